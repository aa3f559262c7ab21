"""Report in, Pages out: words in logical order, strokes, and what kind of page it is."""

from pipeline.pages.page import read_pages

__all__ = ["read_pages"]
