"""The layout of a page, and what its file says that marked stretches of glyphs stand for (ActualText).

Chromium, LibreOffice, Typst and cairo name so what no map from one code to its letter can: a letter drawn by several
glyphs, or one whose code already has another name. Chromium sometimes does it a letter too late on a whole line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from pipeline.language.bidi import fold_presentation, kind_of

#: What is believed of such a stretch: the letters of one Arabic ligature with their marks. Digits and words have names of their
#: own, which are looked at elsewhere.
_LIGATURE = re.compile(
    r"[\u064B-\u065F\u0670]*(?:[\u0620-\u063F\u0641-\u064A\u066E-\u06D3][\u064B-\u065F\u0670]*){1,4}"
)
#: Glyphs of one letter stand no farther apart than this share of their size.
_APART = 0.16
#: What is left of a direction that a turn took away.
REMNANT = 1e-6
#: The first number of no such glyph is larger, of whatever size it is.
NEARLY_TURNED = 1e-3
#: So many glyphs away stands at most the letter that is said too late.
_NEAR = 2


class Layout(NamedTuple):
    """What is drawn, and by ``id`` of its widest glyph the text and the glyphs of each stretch that is one letter or ligature."""

    page: LTPage
    said: dict[int, tuple[str, tuple[LTChar, ...]]]


@dataclass(slots=True)
class _Stretch:
    text: str
    chars: list[LTChar] = field(default_factory=list)


def layout_of(page: Any) -> Layout:
    """The layout of a pdfplumber page."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    said = {}
    for stretch in _in_step(device.lines, [s for s in device.stretches if _is_letter(s)]):
        first, *parts = sorted(stretch.chars, key=lambda char: char.x0 - char.x1)
        said[id(first)] = (stretch.text, (first, *parts))
    return Layout(device.get_result(), said)


class _Device(PDFPageAggregator):
    """Gathers the glyphs of each line, and those of each marked stretch that says what it stands for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines: list[list[LTChar]] = []
        self.stretches: list[_Stretch] = []
        self._open: list[_Stretch | None] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """A marked stretch begins."""
        text = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        self._open.append(_Stretch(decode_text(text)) if isinstance(text, bytes) else None)

    def end_tag(self) -> None:
        """The stretch that began last ends."""
        if self._open and (stretch := self._open.pop()):
            self.stretches.append(stretch)

    def render_char(self, *args: Any, **options: Any) -> float:
        """A glyph is drawn."""
        advance = super().render_char(*args, **options)
        char = cast("LTChar", self.cur_item._objs[-1])
        # Nearly every glyph of nearly every page is told by its first number alone.
        if abs(char.matrix[0]) < NEARLY_TURNED and _runs_along_page(char.matrix):
            char.upright = False
        if not self.lines or abs(self.lines[-1][0].matrix[5] - char.matrix[5]) > char.size:
            self.lines.append([])
        self.lines[-1].append(char)
        for stretch in filter(None, self._open):
            stretch.chars.append(char)
        return advance


def _runs_along_page(matrix: Sequence[float]) -> bool:
    """Whether text runs straight up or down the page, though a remnant of its turning is not quite nothing.

    pdfminer takes 6e-17 for a direction; Typst writes such numbers.
    """
    a, b, c, d = map(abs, matrix[:4])
    return max(a, d) < REMNANT * min(b, c)


def _is_letter(stretch: _Stretch) -> bool:
    """Whether a stretch is the glyphs of one letter or ligature, and none of these is a digit."""
    chars = stretch.chars
    if (
        not chars
        or not _LIGATURE.fullmatch(stretch.text)
        or any(kind_of(c.get_text()) in "NA" for c in chars)
    ):
        return False
    placed = sorted(chars, key=lambda char: char.x0)
    far = _APART * chars[0].size
    return all(char.upright == chars[0].upright for char in chars) and all(
        right.x0 - max(c.x1 for c in placed[:at]) <= far for at, right in enumerate(placed[1:], start=1)
    )


def _in_step(lines: Sequence[Sequence[LTChar]], stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The stretches without those that say the letters of their neighbours, and without what stands among such."""
    by_char = {id(s.chars[0]): s for s in stretches}
    late: set[int] = set()
    for line in lines:
        renamed = [
            i for i, c in enumerate(line) if (s := by_char.get(id(c))) and len(s.chars) == 1 and _renamed(s)
        ]
        runs: list[list[int]] = []
        for at in renamed:
            if not runs or at - runs[-1][-1] > _NEAR:
                runs.append([])
            runs[-1].append(at)
        for run in runs:
            echoes = sum(_echoes(line, at, by_char[id(line[at])].text) for at in run)
            if len(run) > 1 and 2 * echoes >= len(run):
                late |= {id(c) for c in line[max(run[0] - _NEAR, 0) : run[-1] + _NEAR + 1]}
    return [s for s in stretches if id(s.chars[0]) not in late]


def _echoes(line: Sequence[LTChar], at: int, text: str) -> bool:
    """Whether a text is the name of a glyph that stands beside the one of that number."""
    around = (*line[max(at - _NEAR, 0) : at], *line[at + 1 : at + 1 + _NEAR])
    return any(fold_presentation(c.get_text()) == text for c in around)


def _renamed(stretch: _Stretch) -> bool:
    return fold_presentation(stretch.chars[0].get_text()) != stretch.text
