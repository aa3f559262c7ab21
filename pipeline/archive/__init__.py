"""bytes in, Report out: discover by hash, open, refuse with a reason."""
