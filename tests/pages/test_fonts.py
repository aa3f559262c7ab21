"""Facts about fonts whose map leaves codes out."""

from __future__ import annotations

from typing import Any

import pytest
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from pipeline.pages.text.fonts import Fonts

ALEF_ALONE = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <08> <0627> endbfchar"


def font(**others: object) -> Any:
    spec = {
        "Type": LIT("Font"),
        "Subtype": LIT("TrueType"),
        "BaseFont": LIT("AAAAAA+Scheherazade"),
        "FirstChar": 0,
        "Widths": [500] * 256,
        "FontDescriptor": {"Flags": 4},
        "ToUnicode": PDFStream({}, ALEF_ALONE),
    }
    return Fonts().get_font(None, spec | others)


def test_a_code_that_the_map_of_a_symbolic_font_leaves_out_is_no_latin_letter() -> None:
    assert font().to_unichr(8) == "ا"
    with pytest.raises(PDFUnicodeNotDefined):
        font().to_unichr(0x50)


@pytest.mark.parametrize("others", [{"Encoding": LIT("WinAnsiEncoding")}, {"FontDescriptor": {"Flags": 32}}])
def test_a_font_that_follows_an_encoding_keeps_its_letters(others: dict[str, object]) -> None:
    assert font(**others).to_unichr(0x50) == "P"
