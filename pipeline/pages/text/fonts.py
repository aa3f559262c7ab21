"""Fonts as pdfminer makes them, without the letters that it guesses."""

from __future__ import annotations

from collections.abc import Mapping

from pdfminer.pdffont import PDFFont, PDFSimpleFont
from pdfminer.pdfinterp import PDFResourceManager

#: Flag of a font whose codes follow no common encoding (PDF 32000-1, table 123).
_SYMBOLIC = 4


class Fonts(PDFResourceManager):
    """Makes the fonts of a document.

    Where a font's ToUnicode map leaves a code out, pdfminer takes it for one of a common encoding. A symbolic font
    that states no encoding has none: LibreOffice numbers glyphs as it uses them, and the alef of a lam-alef, which is the
    second glyph of its cluster and so has no name, came out as the letter «P». Such a glyph stays without a name.
    """

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of a dictionary; the same object for the same number."""
        font = super().get_font(objid, spec)
        if isinstance(font, PDFSimpleFont) and _names_all(font, spec):
            font.cid2unicode = {}
        return font


def _names_all(font: PDFSimpleFont, spec: Mapping[str, object]) -> bool:
    """Whether nothing but its ToUnicode map names the glyphs of a font."""
    return font.unicode_map is not None and "Encoding" not in spec and bool(font.flags & _SYMBOLIC)
