"""The drawn table pages on a ReportLab canvas, as scripts without a shaping engine draw them."""

from __future__ import annotations

from pathlib import Path

import regex
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from fixtures.making.with_reportlab import _register, visual
from tests.bench.tablespec import Block, Box, Leaf, Sheet

_ARABIC = regex.compile(r"\p{Script=Arabic}")
#: Signs of Arabic numbers are of the Arabic script too, and no letters.
_LETTER = regex.compile(r"[\p{Script=Arabic}&&\p{L}]", regex.V1)
_EASTERN = regex.compile(r"[٠-٩٪٫٬]")
MARGIN, SIZE = 56.0, 10.0


def draw(pages: list[Leaf], path: Path) -> None:
    """Write the pages to ``path``."""
    _register()
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in pages:
        _Pen(canvas, page).draw()
        canvas.showPage()
    canvas.save()


class _Pen:
    """Draws one page from the top; ``y`` is the distance from the top in points."""

    def __init__(self, canvas: Canvas, page: Leaf) -> None:
        self.canvas, self.page = canvas, page
        self.width, self.height = A4 if not page.turned else A4[::-1]
        self.y = MARGIN

    def draw(self) -> None:
        if self.page.turned:
            self.canvas.rotate(90)
            self.canvas.translate(0, -A4[0])
        for block in self.page.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        kind, left, right = block.kind, MARGIN, self.width - MARGIN
        if kind == "sheets":
            widths = [sum(_widths(s)) for s in block.sheets]
            factor = min(1.0, (right - left - 26 * (len(widths) - 1)) / sum(widths))
            widths = [factor * width for width in widths]
            x = (self.width - sum(widths) - 26 * (len(widths) - 1)) / 2
            top = self.y
            bottoms = []
            for sheet, width in zip(block.sheets, widths, strict=True):
                bottoms.append(top + self.table(sheet, x, top, factor))
                x += width + 26
            self.y = max(bottoms) + 10
        elif kind == "gap":
            self.y += 330
        elif kind == "banner":
            self.banner(block)
        elif kind == "columns":
            top, middle = self.y, self.width / 2
            self.paragraph(block.text[1], left, middle - 12)
            low, self.y = self.y, top
            self.paragraph(block.text[0], middle + 12, right)
            self.y = max(low, self.y)
        elif kind == "cards":
            for n, text in enumerate(block.text):
                number, label = text.split("|")
                x0 = left + n * 165
                self.canvas.rect(x0, self.height - self.y - 52, 150, 52)
                self.text(number, x0 + 75, self.y + 22, "centre", size=17, bold=True)
                self.text(label, x0 + 75, self.y + 42, "centre")
            self.y += 66
        elif kind == "contents":
            for text in block.text:
                label, number = text.split("|")
                self.text(label, right, self.y + SIZE, "right")
                self.text(number, left, self.y + SIZE, "left")
                self.text("." * 50, left + 30, self.y + SIZE, "left")
                self.y += 18
        elif kind == "callout":
            top = self.y
            self.y += 6
            self.paragraph(block.text[0], left + 8, left + 310)
            self.canvas.roundRect(left, self.height - self.y, 320, self.y - top, 6)
            self.y += 12
        elif kind == "list":
            for text in block.text:
                arabic = bool(_ARABIC.search(text))
                self.text(
                    "• " + text,
                    right - 12 if arabic else left + 12,
                    self.y + SIZE,
                    "right" if arabic else "left",
                )
                self.y += 17
        elif kind == "caption":
            for text in block.text:
                self.text(text, self.width / 2, self.y + SIZE, "centre", bold=True)
                self.y += 15
            self.y += 3
        else:
            for text in block.text:
                self.paragraph(
                    text, left, right, size={"note": 8.0, "unit": 8.5, "heading": 15.0}.get(kind, SIZE)
                )
            self.y += 6 if kind == "prose" else 0

    def paragraph(self, text: str, left: float, right: float, size: float = SIZE) -> None:
        arabic = bool(_ARABIC.search(text))
        line: list[str] = []
        for word in [*text.split(), ""]:
            if line and (not word or _wide(" ".join([*line, word]), size) > right - left):
                self.text(
                    " ".join(line),
                    right if arabic else left,
                    self.y + size,
                    "right" if arabic else "left",
                    size=size,
                )
                self.y += 1.55 * size
                line = []
            line.append(word)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        side: str,
        *,
        size: float = SIZE,
        bold: bool = False,
        colour: str = "#000000",
        turned: bool = False,
    ) -> None:
        arabic = bool(_ARABIC.search(text)) or bool(_EASTERN.search(text))
        shown = (
            visual(text, rtl=bool(_LETTER.search(text)))
            if not turned
            else " ".join(reversed(text.split(" ")))
        )
        self.canvas.setFont(_font(arabic, bold), size)
        self.canvas.setFillColor(HexColor(colour))
        {
            "left": self.canvas.drawString,
            "right": self.canvas.drawRightString,
            "centre": self.canvas.drawCentredString,
        }[side](x, self.height - y, shown)

    def banner(self, block: Block) -> None:
        ar, number, fr, style = block.text
        middle = self.width / 2
        if style == "row":
            for x0, x1, text in (
                (middle - 210, middle - 60, fr),
                (middle - 60, middle + 60, number),
                (middle + 60, middle + 210, ar),
            ):
                self.canvas.rect(x0, self.height - self.y - 22, x1 - x0, 22)
                self.text(text, (x0 + x1) / 2, self.y + 15, "centre", bold=True)
            self.y += 34
            return
        lines = [(ar, number), (fr, "")] + ([("", number)] if style == "thrice" else [])
        self.canvas.setFillColor(HexColor("#1f4e79"))
        self.canvas.rect(
            middle - 150,
            self.height - self.y - 18 * len(lines) - 6,
            300,
            18 * len(lines) + 6,
            stroke=0,
            fill=1,
        )
        for label, figure in lines:
            self.y += 18
            if label and figure:
                wide = _wide(label, SIZE)
                self.text(label, middle + 60, self.y - 3, "centre", bold=True, colour="#ffffff")
                self.text(
                    figure, middle + 60 - wide / 2 - 12, self.y - 3, "right", bold=True, colour="#ffffff"
                )
            else:
                self.text(label or figure, middle, self.y - 3, "centre", bold=True, colour="#ffffff")
        self.y += 16

    def table(self, sheet: Sheet, x: float, top: float, factor: float) -> float:
        """Draw a table, made smaller by ``factor`` to fit the page; returns its height."""
        widths, heights = _widths(sheet), _heights(sheet)
        xs = [sum(widths[:i]) for i in range(len(widths) + 1)]
        ys = [sum(heights[:i]) for i in range(len(heights) + 1)]
        height, self.height = self.height, 0.0
        self.canvas.saveState()
        self.canvas.translate(x, height - top)
        self.canvas.scale(factor, factor)
        for box in sheet.boxes:
            self.background(box, sheet, xs, ys)
        self.rules(sheet, xs, ys)
        for box in sheet.boxes:
            self.cell(box, sheet, xs, ys)
        self.canvas.restoreState()
        self.height = height
        return factor * ys[-1]

    def background(self, box: Box, sheet: Sheet, xs: list[float], ys: list[float]) -> None:
        head, style = box.kind == "head", sheet.style
        colour = {
            "band": "#1f4e79" if head else "#e8eef4" if box.row % 2 else "",
            "tiles": "#7a1f2b" if head else "#eef2f6",
        }.get(style, "")
        if colour:
            inset = 0.8 if style == "tiles" else 0
            x0, x1, y0, y1 = xs[box.column], xs[box.column + box.columns], ys[box.row], ys[box.row + box.rows]
            self.canvas.setFillColor(HexColor(colour))
            self.canvas.rect(
                x0 + inset,
                self.height - y1 + inset,
                x1 - x0 - 2 * inset,
                y1 - y0 - 2 * inset,
                stroke=0,
                fill=1,
            )

    def rules(self, sheet: Sheet, xs: list[float], ys: list[float]) -> None:
        style = sheet.style
        if style == "rounded":
            self.canvas.roundRect(xs[0], self.height - ys[-1], xs[-1] - xs[0], ys[-1] - ys[0], 7)
        if style == "book":
            for at in (0, sheet.head_rows, len(ys) - 1):
                self.rule(xs[0], ys[at], xs[-1], ys[at], style)
        if style in ("full", "thin", "double", "rows", "rounded"):
            for box in sheet.boxes:
                x0, x1, y0, y1 = (
                    xs[box.column],
                    xs[box.column + box.columns],
                    ys[box.row],
                    ys[box.row + box.rows],
                )
                outer = style == "rounded"
                if not (outer and box.row == 0):
                    self.rule(x0, y0, x1, y0, style)
                if not (outer and box.row + box.rows == sheet.rows):
                    self.rule(x0, y1, x1, y1, style)
                if style in ("full", "thin", "double"):
                    self.rule(x0, y0, x0, y1, style)
                    self.rule(x1, y0, x1, y1, style)

    def rule(self, x0: float, y0: float, x1: float, y1: float, style: str) -> None:
        canvas, h = self.canvas, self.height
        canvas.setStrokeColor(HexColor("#222222"))
        canvas.setLineWidth(0.6)
        if style == "thin":
            canvas.setFillColor(HexColor("#222222"))
            canvas.rect(x0 - 0.3, h - y1 - 0.3, x1 - x0 + 0.6, y1 - y0 + 0.6, stroke=0, fill=1)
        elif style == "double":
            for off in (-1.1, 1.1):
                dx, dy = (off, 0) if x0 == x1 else (0, off)
                canvas.line(x0 + dx, h - y0 + dy, x1 + dx, h - y1 + dy)
        else:
            canvas.line(x0, h - y0, x1, h - y1)

    def cell(self, box: Box, sheet: Sheet, xs: list[float], ys: list[float]) -> None:
        x0, x1, y0, y1 = xs[box.column], xs[box.column + box.columns], ys[box.row], ys[box.row + box.rows]
        colour = "#ffffff" if box.kind == "head" and sheet.style in ("band", "tiles") else "#000000"
        bold = box.kind == "head" or box.strong
        y = (y0 + y1) / 2 - 14 * len(box.lines) / 2 + 10.5
        for text in box.lines:
            turned = box.rtl_figure and " " in text and all(c.isdigit() or c == " " for c in text)
            if box.kind == "figure":
                self.text(text, x1 - 10, y, "right", bold=bold, colour=colour, turned=turned)
                if box.mark:
                    self.text(box.mark, x1 - 9.5, y - 3.5, "left", size=6)
            else:
                self.text(text, (x0 + x1) / 2, y, "centre", bold=bold, colour=colour)
                if box.mark and text == box.lines[-1]:
                    half, arabic = _wide(text, SIZE, bold) / 2, bool(_ARABIC.search(text))
                    at = (x0 + x1) / 2 + (-half - 0.5 if arabic else half + 0.5)
                    self.text(box.mark, at, y - 3.5, "right" if arabic else "left", size=6, colour=colour)
            y += 14


def _font(arabic: bool, bold: bool) -> str:
    return {
        (True, True): "Amiri-Bold",
        (True, False): "Amiri",
        (False, True): "Latin-Bold",
        (False, False): "Latin",
    }[arabic, bold]


def _wide(text: str, size: float, bold: bool = False) -> float:
    arabic = bool(_ARABIC.search(text)) or bool(_EASTERN.search(text))
    return pdfmetrics.stringWidth(visual(text, rtl=arabic), _font(arabic, bold), size)


def _widths(sheet: Sheet) -> list[float]:
    widths = [44.0] * sheet.columns
    for box in sorted(sheet.boxes, key=lambda b: b.columns):
        need = max((_wide(t, SIZE, bold=True) for t in box.lines), default=0.0) + 20
        have = sum(widths[box.column : box.column + box.columns])
        for c in range(box.column, box.column + box.columns):
            widths[c] += max(need - have, 0.0) / box.columns
    return widths


def _heights(sheet: Sheet) -> list[float]:
    heights = [20.0] * sheet.rows
    for box in sorted(sheet.boxes, key=lambda b: b.rows):
        need = 14.0 * len(box.lines) + 6
        have = sum(heights[box.row : box.row + box.rows])
        for r in range(box.row, box.row + box.rows):
            heights[r] += max(need - have, 0.0) / box.rows
    return heights
