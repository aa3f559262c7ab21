"""What a file says that marked stretches of its glyphs stand for (ActualText), and when that is believed."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.pages.test_catalogue import made
from tests.pages.test_phenomena import changed, texts


def said(folder: Path, word: list[tuple[str, str | None]]) -> Path:
    """A page of one word: its glyphs from right to left, each with its name and what it is said to stand for, if anything."""
    path = made(folder, [[name for name, _ in word]])

    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        shown = page.Contents.read_bytes()
        start, end = shown.index(b"<") + 1, shown.index(b">")
        codes = [shown[at : at + 2] for at in range(start, end, 2)]
        drawn = b"".join(
            b"<%s> Tj\n" % code
            if text is None
            else b"/Span <</ActualText <feff%s>>> BDC <%s> Tj EMC\n"
            % (text.encode("utf-16-be").hex().encode(), code)
            for code, (_, text) in zip(codes, reversed(word), strict=True)
        )
        page.Contents = pdf.make_stream(shown[: start - 1] + drawn + b"ET")

    return changed(path, change)


def plain(text: str) -> list[tuple[str, str | None]]:
    return [(letter, None) for letter in text]


def test_a_letter_whose_code_has_another_name_is_what_the_file_says_of_it(tmp_path: Path) -> None:
    word = [*plain("الإ"), ("ا", "ي"), *plain("جابية")]
    assert texts(said(tmp_path, word)) == ["الإيجابية"]


def test_letters_said_a_glyph_too_late_are_those_that_they_are_named(tmp_path: Path) -> None:
    """Chromium does so on lines that it broke within a shaped run."""
    text = "لدعم الالتقائية في مجال"
    late = [(name, after) for name, after in zip(text, [*text[1:], "ة"], strict=True)]
    assert texts(said(tmp_path, [*plain("يعد آلية "), *late])) == [f"يعد آلية {text}"]


@pytest.mark.parametrize("claim", ["1", "المغرب كله", "total", ""])
def test_a_digit_or_a_phrase_that_the_file_says_in_place_of_a_glyph_is_not_believed(
    tmp_path: Path, claim: str
) -> None:
    assert texts(said(tmp_path, [*plain("مشرو"), ("ع", claim)])) == ["مشروع"]


def test_a_digit_is_no_letter_whatever_the_file_says(tmp_path: Path) -> None:
    assert texts(said(tmp_path, [*plain("الفوج "), ("1", "ب")])) == ["الفوج 1"]


def test_glyphs_of_one_stretch_are_one_letter(tmp_path: Path) -> None:
    """LibreOffice and cairo mark a letter that is drawn as a tooth and its dots or hamza so."""
    path = said(tmp_path, [*plain("لفا"), ("د", "OPEN"), ("\u0654", "CLOSE"), *plain("دة")])

    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        # The mark is drawn first, at the left of its letter.
        shown = page.Contents.read_bytes()
        first, second = (
            f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC ".encode()
            for text in ("CLOSE", "OPEN")
        )
        both = b"/Span <</ActualText <feff0626>>> BDC "
        page.Contents = pdf.make_stream(shown.replace(b" EMC\n" + second, b" ").replace(first, both))

    assert texts(changed(path, change)) == ["لفائدة"]
