"""Checks of series: jumps, revisions, what later reports say of earlier years."""
