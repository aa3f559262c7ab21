"""Report in, Pages out: words in logical order, strokes, and what kind of page it is."""
