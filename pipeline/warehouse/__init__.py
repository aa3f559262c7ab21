"""Everything in, an Edition on disk out: all or nothing."""

from pipeline.warehouse.publish import publish

__all__ = ["publish"]
