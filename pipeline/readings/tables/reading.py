"""All tables of a report: candidates, the winner with its score, its cells with both labels, its banner and caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pipeline.codebook.loading import Codebook, Template
from pipeline.language.numerals import parse
from pipeline.model.extraction import Complaint
from pipeline.model.page import Page, Role
from pipeline.model.place import Box
from pipeline.model.reading import Cell, Label, Reading, Table
from pipeline.readings.cells.broken import broken_numbers
from pipeline.readings.cells.cellunits import fold
from pipeline.readings.cells.farsigns import near_signs
from pipeline.readings.cells.orders import settle_orders
from pipeline.readings.cells.separators import settle_marks
from pipeline.readings.cells.unitlines import names_unit, tells_all, unit_note_of
from pipeline.readings.front import cover_of
from pipeline.readings.grids.groups import joined
from pipeline.readings.tables.body import SectionOf, banner_readings, readings_of
from pipeline.readings.tables.candidates import Draft, candidates
from pipeline.readings.tables.captions import (
    Banner,
    caption_above,
    find_banners,
    numbers_in,
    stands_clear,
    unit_lines,
    units_above,
    without_number,
)
from pipeline.readings.tables.continuation import Part, continued, strands
from pipeline.readings.tables.doubts import doubtful_labels
from pipeline.readings.tables.evened import evened
from pipeline.readings.tables.totals import ends_group, is_total, means_total
from pipeline.readings.tables.turned import put_back, upright
from pipeline.readings.tables.unsettled import contradictions, doubtful_places, unsaid_units
from pipeline.readings.tables.untabled import unsearched, untabled

#: A banner belongs to a table that begins within this many points below it or ends so far above it.
BANNER_REACH = 150.0


@dataclass(slots=True)
class Found:
    """Tables of a report with their readings; ``used`` holds the lines (page, index) that prose must leave alone."""

    tables: list[Table] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)


#: Above a table that opens its page stands nothing of these but its caption.
_TEXT = frozenset({Role.BODY, Role.HEADING})


def find_tables(
    report_id: str, path: Path, pages: Sequence[Page], section_of: SectionOf, codebook: Codebook
) -> Found:
    """Tables and table figures of a report.

    Args:
        report_id: id of the report.
        path: the PDF, for camelot's geometry.
        pages: its pages.
        section_of: heading under which a height (points from the top) of a page stands.
        codebook: labels of totals and wordings of units.
    """
    cover = cover_of(pages)
    templates = [one for one in codebook.templates if one.family in cover]
    search = _Search(report_id, path, section_of, codebook, templates, Found())
    previous: Part | None = None
    for page in pages:
        try:
            previous = search.page(page, previous)
        except MemoryError:
            raise
        except Exception as problem:  # a page that breaks the search never loses the others
            previous = None
            search.found.complaints.append(unsearched(page.number, problem))
    _settle(search.found)
    return search.found


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for the tables of one report, page by page; ``found`` grows."""

    report_id: str
    path: Path
    section_of: SectionOf
    codebook: Codebook
    templates: Sequence[Template]
    found: Found

    def page(self, page: Page, previous: Part | None) -> Part | None:
        """Find the tables of a page; the last of them, or of the pages before, which may go on over the next page."""
        closes = partial(ends_group, codebook=self.codebook)
        view, back = upright(page) or (page, None)
        view = near_signs(evened(view))
        drafts, loose = _drafts(self.path, view, self.codebook, self.templates)
        banners = [*loose, *(b for d in drafts for b in d.banners)]
        taken = {i for d in drafts for i in d.filled.used} | {i for b in banners for i in b.lines}
        held: list[Box] = []  # where tables are
        n = 0
        for draft in drafts:
            table, lines = _table(self.report_id, view, draft, n + 1, taken, held, self.section_of, self.codebook)
            first = not any(
                line.role in _TEXT and line.box.bottom < table.box.top and i not in lines
                for i, line in enumerate(view.lines)
            )
            part = continued(previous, Part(table=table, meaning=draft.meaning, first=first), closes)
            if part.headless and not part.is_form and (table.method == "aligned" or table.row_count == 1):
                continue  # figures under no head, that continue nothing, are no table
            n += 1
            readings = settle_marks(readings_of(view, draft, part, self.section_of, self.codebook))
            self.found.complaints += broken_numbers(readings)
            self.found.complaints += doubtful_labels(draft.filled, draft.meaning, readings, self.codebook)
            self.found.complaints += doubtful_places(page.number, draft.filled, readings)
            self.found.complaints += unsaid_units(part.table, part.meaning.column_labels, readings, self.codebook)
            table, readings = put_back(part.table, readings, back) if back else (part.table, readings)
            self.found.tables.append(table)
            self.found.readings += readings
            self.found.complaints += contradictions(table, readings, self.codebook)
            self.found.used |= {
                (page.number, i)
                for i in (*draft.filled.used, *lines, *(i for b in draft.banners for i in b.lines))
            }
            previous = part
            held.append(draft.filled.grid.box)
        for k, banner in enumerate(loose, start=n + 1):
            table_id = f"{self.report_id}-p{page.number:03d}-t{k}"
            readings = banner_readings(
                self.report_id, page, table_id, [banner], self.section_of, self.codebook, ""
            )
            self.found.readings += [replace(r, table_id="") for r in readings]
            self.found.used |= {(page.number, i) for i in banner.lines}
        used = {i for number, i in self.found.used if number == page.number}
        self.found.complaints += untabled(view, used, back)
        return previous


def _settle(found: Found) -> None:
    """Decide the order of digit groups, table by table over all its pages."""
    settled: dict[str, Reading] = {}
    for strand in strands(found.tables, found.readings):
        held, complaints = settle_orders(strand)
        settled |= {r.reading_id: r for r in held}
        found.complaints += complaints
    found.readings = [settled.get(r.reading_id, r) for r in found.readings]


def _drafts(
    path: Path, page: Page, codebook: Codebook, templates: Sequence[Template]
) -> tuple[list[Draft], list[Banner]]:
    """Tables of a page, and banners that stand by none."""
    bare = {i: fold(without_number(line.text)) for i, line in enumerate(page.lines)}
    totals = {text: is_total(text, codebook) for text in set(bare.values())}
    # Only what stands clear of any table: a table's own row of totals is found with the table.
    clear = {t: found and len(t.split()) > 1 for t, found in totals.items()}
    apart = {i for b in find_banners(page, clear, bare, set()) if stands_clear(page, b) for i in b.lines}
    apart |= unit_lines(page, lambda text: names_unit(text, codebook))
    drafts = candidates(path, page, apart, templates, lambda text: is_total(fold(text), codebook))
    multi = [d for d in drafts if d.filled.grid.rows > 1]
    taken = {i for d in multi for i in d.filled.used} - apart
    rows = [d for d in drafts if d.filled.grid.rows == 1]
    framed_banners = [b for b in (_as_banner(page, d, codebook) for d in rows) if b is not None]
    taken |= {i for b in framed_banners for i in b.lines}
    banners = [*framed_banners, *find_banners(page, totals, bare, taken)]
    loose = []
    for banner in banners:
        near = min(multi, key=lambda d: _distance(d.filled.grid.box, banner.box), default=None)
        if near is not None and _distance(near.filled.grid.box, banner.box) <= BANNER_REACH:
            near.banners.append(banner)
        else:
            loose.append(banner)
    boxes = [b.box for b in banners]
    single = [
        d
        for d in drafts
        if d.filled.grid.rows == 1 and not any(d.filled.grid.box.overlap(b) > 0 for b in boxes)
    ]
    return sorted([*multi, *single], key=lambda d: d.filled.grid.box.top), loose


def _as_banner(page: Page, draft: Draft, codebook: Codebook) -> Banner | None:
    """A ruled row that holds the label of a total and one number, as a banner."""
    label = draft.meaning.row_labels.get(0, Label())
    figures = [(i, page.lines[i].text) for i in draft.filled.used if parse(page.lines[i].text) is not None]
    numbers = [number for i in draft.filled.used for number in numbers_in(page.lines[i].text)]
    if len(figures) != 1 or len(numbers) > 1 or not means_total(label, codebook):
        return None  # a number beside the label is of a row of several
    return Banner(label, tuple(figures), tuple(draft.filled.used), draft.filled.grid.box)


def _ends_above(other: Box, table: Box) -> bool:
    """Whether a table found before ends above another, and not beside its title."""
    beside = other.x1 <= table.x0 or table.x1 <= other.x0
    return other.bottom < (table.top if beside else table.centre[1])


def _distance(table: Box, banner: Box) -> float:
    """White between a banner and a table on the vertical, those below it a little farther."""
    if banner.bottom <= table.top + 2:
        return table.top - banner.bottom
    return max(banner.top - table.bottom, 0.0) + 40


def _table(
    report_id: str,
    page: Page,
    draft: Draft,
    n: int,
    taken: set[int],
    above: Sequence[Box],
    section_of: SectionOf,
    codebook: Codebook,
) -> tuple[Table, list[int]]:
    grid, meaning = draft.filled.grid, draft.meaning
    table_id = f"{report_id}-p{page.number:03d}-t{n}"
    whole = Box.around([grid.box, *(b.box for b in draft.banners)])
    ceiling = max((box.bottom for box in above if _ends_above(box, grid.box)), default=0.0)
    caption, lines = caption_above(page, grid.box, taken, ceiling)
    caption = joined(caption, meaning.caption)
    section = section_of(page.number, whole.top)
    note, caption = unit_note_of(caption, codebook)
    if not note:
        rows, names = meaning.row_labels.values(), partial(names_unit, codebook=codebook)
        of_all = partial(tells_all, rows=rows, caption=caption, codebook=codebook)
        told = units_above(page, grid.box, taken, ceiling, names, of_all)
        note, lines = " / ".join(page.lines[i].text for i in told), [*lines, *told]
    cells = tuple(
        Cell(
            row=s.row,
            column=s.column,
            row_span=s.row_span,
            column_span=s.column_span,
            box=s.box,
            text=draft.filled.text(s.row, s.column),
            header=s.row not in meaning.row_labels or s.column not in meaning.data_columns,
        )
        for s in grid.slots
    )
    table = Table(
        table_id=table_id,
        report_id=report_id,
        page=page.number,
        box=grid.box,
        cells=cells,
        row_count=grid.rows,
        column_count=grid.columns,
        caption=caption,
        unit_note=note,
        section=section,
        direction=meaning.direction,
        method=grid.method,
        score=round(draft.filled.score, 3),
    )
    return table, lines
