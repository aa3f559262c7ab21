"""Everything in, an Edition on disk out: all or nothing."""
