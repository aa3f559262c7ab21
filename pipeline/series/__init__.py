"""Readings of all reports in, Observations and Series out."""
