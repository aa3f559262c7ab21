"""Pages in, Tables, Readings and Mentions out, as printed."""

from pipeline.readings.extract import extract

__all__ = ["extract"]
