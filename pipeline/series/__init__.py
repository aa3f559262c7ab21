"""Readings of all reports in, observations and series with one vintage per report out."""
