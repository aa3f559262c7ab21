"""The text layer of a page: its glyphs, named as they are drawn, joined to lines in logical order."""
