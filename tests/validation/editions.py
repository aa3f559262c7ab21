"""Reports made of paragraphs and tables, read by the project's own modules as far as text goes, and what is found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.codebook.loading import load
from pipeline.codebook.wording import is_arabic
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Finding
from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Label, Reading, Table
from pipeline.readings.prose.sentences import find_figures
from pipeline.series.assemble import assemble
from pipeline.validation.judge import judge
from tests.series.sentences import MINISTRY, report

CODEBOOK = load()


@dataclass(frozen=True)
class Grid:
    """A table: its caption, heads of its columns of figures, rows as label and figures (``""`` where none is)."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    unit: str = "PS"


@dataclass(frozen=True)
class Tile:
    """A big number over a small label."""

    number: str
    label: str


def label(text: str) -> Label:
    """A label of one language, or of both parted by ``|``."""
    parts = [part.strip() for part in text.split("|")]
    return Label(
        ar=next((p for p in parts if is_arabic(p)), ""), fr=next((p for p in parts if not is_arabic(p)), "")
    )


def edition(*told: str | Grid, year: int = 2019, section: str = "", publisher: str = MINISTRY) -> Extraction:
    """A report of a year: paragraphs on its first page in this order, each table on a page of its own."""
    report_id = f"{year:012x}"
    said = [one for one in told if isinstance(one, str)]
    prose = find_figures(report_id, [_page(said)], set(), lambda page, top: section, 11.0)
    tables, cells = [], []
    for number, grid in enumerate((one for one in told if isinstance(one, Grid)), start=2):
        table, held = _table(report_id, number, grid, section)
        tables.append(table)
        cells += held
    return Extraction(
        report=report(report_id, year=year, publisher=publisher),
        tables=tuple(tables),
        readings=(*prose.readings, *cells),
        mentions=tuple(prose.mentions),
    )


def paged(*pages: Sequence[str | Grid | Tile], year: int = 2019) -> Extraction:
    """A report of several pages: paragraphs, tables and big numbers, each on its page."""
    report_id = f"{year:012x}"
    tables, cells, said = [], [], []
    for number, told in enumerate(pages, start=1):
        tiles = [f"{one.number} {one.label}" for one in told if isinstance(one, Tile)]
        plain = [one for one in told if isinstance(one, str)]
        for kind, texts in (("callout", tiles), ("prose", plain)):
            page = replace(_page(texts), number=number)
            found = find_figures(report_id, [page] if texts else [], set(), lambda page, top: "", 11.0)
            said += [
                replace(one, kind=kind, reading_id=f"{report_id}-p{number:03d}-{kind}{at}")
                for at, one in enumerate(found.readings)
            ]
        for at, grid in enumerate((one for one in told if isinstance(one, Grid)), start=1):
            table, held = _table(report_id, number, grid, "", at)
            tables.append(table)
            cells += held
    return Extraction(
        report=report(report_id, year=year), tables=tuple(tables), readings=(*said, *cells), mentions=()
    )


def findings(*editions: Extraction) -> list[Finding]:
    """What is found in reports that are published together."""
    return list(judge(editions, assemble(editions, CODEBOOK), CODEBOOK).findings)


def _page(paragraphs: Sequence[str]) -> Page:
    lines = []
    for row, text in enumerate(paragraphs):
        rtl, words, x = is_arabic(text), [], 0.0
        for part in text.split():
            left, right = (500 - x - 4, 500 - x) if rtl else (40 + x, 40 + x + 4)
            words.append(
                Word(text=part, raw=part, box=Box(left, 50 + 60 * row, right, 62 + 60 * row), size=11)
            )
            x += 5
        box = Box.around(word.box for word in words)
        lines.append(Line(words=tuple(words), box=box, direction=Direction.RTL if rtl else Direction.LTR))
    return Page(number=1, width=595, height=2000, kind=PageKind.TEXT, reason="", score=1, lines=tuple(lines))


def _table(report_id: str, page: int, grid: Grid, section: str, number: int = 1) -> tuple[Table, list[Reading]]:
    table_id = f"{report_id}-p{page:03d}-t{number}"
    cells = []
    for row, (name, *values) in enumerate(grid.rows):
        for column, (raw, head) in enumerate(zip(values, grid.heads, strict=True)):
            if not raw:
                continue
            percent = "%" in raw
            value = Decimal(raw.replace(" ", "").replace("%", "").replace(",", "."))
            cells.append(
                Reading(
                    reading_id=f"{table_id}-r{row}-c{column}",
                    locus=Locus(report_id, page, Box(400 - 60 * column, 50 + 20 * row, 440 - 60 * column, 62 + 20 * row)),
                    kind="cell",
                    raw=raw,
                    value=value,
                    resolution=Decimal(1).scaleb(int(value.as_tuple().exponent)),
                    unit_measure="PT" if percent else grid.unit,
                    table_id=table_id,
                    row=row,
                    column=column,
                    row_label=label(name),
                    column_label=label(head),
                    section=section,
                )
            )  # fmt: skip
    table = Table(
        table_id=table_id,
        report_id=report_id,
        page=page,
        box=Box(0, 0, 500, 500),
        cells=(),
        row_count=len(grid.rows),
        column_count=len(grid.heads),
        caption=label(grid.caption),
        section=section,
    )
    return table, cells
