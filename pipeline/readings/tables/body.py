"""The figures of one table as readings: of its cells, and of the banner lines beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from pipeline.codebook.loading import Codebook
from pipeline.model.page import Page
from pipeline.model.reading import Label, Reading
from pipeline.readings.cells.cell import cell_reading, share_beside
from pipeline.readings.cells.cellunits import Unit, cell_unit, unit_of
from pipeline.readings.cells.unitlines import unsaid_columns
from pipeline.readings.grids.grid import Filled
from pipeline.readings.grids.groups import shared_label, titled, with_wholes
from pipeline.readings.tables.candidates import Draft
from pipeline.readings.tables.captions import Banner
from pipeline.readings.tables.continuation import Part
from pipeline.readings.tables.totals import ends_group, is_part, means_total

#: The heading under which a height (points from the top) of a page stands.
SectionOf = Callable[[int, float], str]


def readings_of(
    page: Page, draft: Draft, part: Part, section_of: SectionOf, codebook: Codebook
) -> list[Reading]:
    """Figures of a table: of the banners beside it and of its cells."""
    table = part.table
    fallback = " / ".join(x for x in (table.caption.ar, table.caption.fr) if x)
    readings = banner_readings(
        table.report_id, page, table.table_id, draft.banners, section_of, codebook, fallback
    )
    return [*readings, *_body_readings(page, draft.filled, part, codebook)]


def _body_readings(page: Page, filled: Filled, part: Part, codebook: Codebook) -> Iterator[Reading]:
    """Figures of the cells that are neither heads nor stubs."""
    table, meaning = part.table, part.meaning
    lines = (table.unit_note, table.caption.ar, table.caption.fr)
    unsaid = unsaid_columns(table, meaning.column_labels, codebook)
    row_labels = titled(
        meaning.titles,
        meaning.row_labels,
        partial(means_total, codebook=codebook),
        partial(ends_group, codebook=codebook),
        part.above,
        totalled=part.totalled,
    )
    row_labels = with_wholes(row_labels, partial(is_part, codebook=codebook))
    marks = [
        w for line in page.lines for w in line.words if len(w.text) < 3 and table.box.holds(*w.box.centre)
    ]
    for slot in filled.grid.slots:
        rows = [r for r in range(slot.row, slot.row + slot.row_span) if r in row_labels]
        columns = range(slot.column, slot.column + slot.column_span)
        if slot.column not in meaning.data_columns or slot.row not in row_labels:
            continue
        row_label = shared_label([row_labels[r] for r in rows])
        column_label = shared_label([meaning.column_labels[c] for c in columns if c in meaning.column_labels])
        if not row_label and not column_label:
            continue
        unit = meaning.row_units.get(slot.row, "")
        labels = (column_label.ar, column_label.fr, "", unit, row_label.ar, row_label.fr)
        reading = cell_reading(
            reading_id=f"{table.table_id}-r{slot.row}-c{slot.column}",
            report_id=table.report_id,
            page=page.number,
            box=slot.box,
            words=filled.words(slot.row, slot.column),
            text=filled.text(slot.row, slot.column),
            unit=cell_unit(labels, () if slot.column in unsaid else lines, codebook),
            row=slot.row,
            column=slot.column,
            row_label=row_label,
            column_label=column_label,
            table_id=table.table_id,
            section=table.section,
            codebook=codebook,
            turned=slot.column in meaning.turned,
            marks=marks,
        )
        if reading is not None:
            yield reading
            share = share_beside(reading)
            if share is not None:
                yield share


def banner_readings(
    report_id: str,
    page: Page,
    table_id: str,
    banners: Sequence[Banner],
    section_of: SectionOf,
    codebook: Codebook,
    caption: str,
) -> list[Reading]:
    """Figures of banner lines; ``caption`` tells their unit where their labels do not."""
    readings = []
    k = 0
    for banner in banners:
        for index, number in banner.figures:
            line = page.lines[index]
            start = line.text.find(number)
            words = line.words_between(start, start + len(number))
            unit: Unit = unit_of((banner.label.ar, banner.label.fr, caption), codebook)
            k += 1
            reading = cell_reading(
                reading_id=f"{table_id}-b{k}",
                report_id=report_id,
                page=page.number,
                box=line.box,
                words=words,
                text=number,
                unit=unit,
                row=None,
                column=None,
                row_label=banner.label,
                column_label=Label(),
                table_id=table_id,
                section=section_of(page.number, banner.box.top),
                codebook=codebook,
            )
            if reading is not None:
                readings.append(reading)
    return readings
