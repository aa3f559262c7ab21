"""Made-up quantities as the reports of three years: captions, layouts and figures, and what each figure truly is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from pipeline.codebook.loading import load
from pipeline.model.extraction import Extraction
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Label, Reading, Table
from pipeline.readings.cells.cellunits import unit_of
from tests.series.renamings import Wording
from tests.series.sentences import report, said

#: Name of the quantity, area and sex of a reading.
Truth = dict[str, tuple[str, str, str]]

_MEN, _WOMEN, _ALL = (
    Label(ar="ذكور", fr="Hommes"),
    Label(ar="إناث", fr="Femmes"),
    Label(ar="المجموع", fr="Total"),
)
_SEXES = {"M": _MEN, "F": _WOMEN, "_T": _ALL}
_REGIONS = {
    "MA-02": Label(ar="جهة الشرق", fr="L'Oriental"),
    "MA-09": Label(ar="سوس - ماسة", fr="Souss-Massa"),
    "MA": _ALL,
}
_HEAD = Label(ar="العدد", fr="Effectif")
#: Head of the only column, and size of what is printed, of a table of money.
_MONEY = {
    "dirhams": (Label(ar="المبلغ بالدرهم", fr="Montant en DH"), Decimal(1)),
    "millions": (Label(ar="المبلغ بمليون درهم", fr="Montant en MDH"), Decimal(1_000_000)),
}
_RESULTS = Label(ar="حصيلة المنجزات", fr="Bilan des réalisations")
_BOX = Box(0, 0, 1, 1)
#: Page of the table that lists quantities, one a row.
_LISTED = 900

_Cell = tuple[int, int, Label, Label, str, str]


def printed(years: Mapping[str, tuple[Wording, ...]], first: int) -> tuple[list[Extraction], Truth]:
    """One report a year, and what each of its figures is."""
    truth: Truth = {}
    made = []
    for at in range(3):
        report_id = f"{first + at:012x}"
        tables = {_LISTED: _table(report_id, _LISTED, 1, _RESULTS)}
        readings: list[Reading] = []
        for number, (name, wordings) in enumerate(years.items(), start=1):
            ar, fr, layout = wordings[at]
            if layout == "said":
                sentence = said(ar.format(17 * number + at), section=fr, report_id=report_id).readings[0]
                told = [(replace(sentence, reading_id=f"{report_id}-p{number:03d}-f1"), "MA", "_T")]
            elif layout == "listed":
                told = [(_listed(tables[_LISTED], number, Label(ar=ar, fr=fr), at), "MA", "_T")]
            else:
                told = []
                for part, caption, cells in _laid_out(ar, fr, layout):
                    note = "بالآلاف" if layout == "thousands" else ""
                    table = tables[10 * number + part] = _table(report_id, number, part, caption, note)
                    told += [(_cell(table, layout, number, at, cell), *cell[-2:]) for cell in cells]
            readings += [reading for reading, _, _ in told]
            truth |= {reading.reading_id: (name, area, sex) for reading, area, sex in told}
        one = report(report_id, year=first + at)
        made.append(Extraction(report=one, tables=tuple(tables.values()), readings=tuple(readings)))
    return made, truth


def _table(report_id: str, page: int, part: int, caption: Label, unit_note: str = "") -> Table:
    return Table(
        table_id=f"{report_id}-p{page:03d}-t{part}", report_id=report_id, page=page, box=_BOX, cells=(), row_count=4,
        column_count=4, caption=caption, unit_note=unit_note,
    )  # fmt: skip


def _cell(table: Table, layout: str, number: int, at: int, cell: _Cell) -> Reading:
    row, column, row_label, column_label, _, _ = cell
    value, resolution, unit = Decimal(1000 * (17 * number + 7 * row + 3 * column + at)), Decimal(1), "PS"
    if layout == "thousands":
        resolution = Decimal(1000)
    if layout in _MONEY:
        value, resolution, unit = 1000 * value, _MONEY[layout][1], "MAD"
    return Reading(
        reading_id=f"{table.table_id}-r{row}-c{column}", locus=Locus(table.report_id, table.page, _BOX), kind="cell",
        raw=str(value), value=value, resolution=resolution, unit_measure=unit, table_id=table.table_id, row=row,
        column=column, row_label=row_label, column_label=column_label,
    )  # fmt: skip


def _listed(table: Table, row: int, label: Label, at: int) -> Reading:
    """A quantity as one row of a table of results; its unit is what the label tells, as where tables are read."""
    value, unit = Decimal(1000 * (17 * row + at)), unit_of((_HEAD.ar, _HEAD.fr, label.ar, label.fr), load())
    return Reading(
        reading_id=f"{table.table_id}-r{row}-c1", locus=Locus(table.report_id, table.page, _BOX), kind="cell",
        raw=str(value), value=value, resolution=Decimal(1), unit_measure=unit.code, unit_label=unit.label,
        table_id=table.table_id, row=row, column=1, row_label=label, column_label=_HEAD,
    )  # fmt: skip


def _laid_out(ar: str, fr: str, layout: str) -> list[tuple[int, Label, list[_Cell]]]:
    """Tables of one quantity: number, caption and cells."""
    caption = Label(ar=ar, fr=fr)
    sexes = list(_SEXES.items())
    if layout in _MONEY:
        return [(1, caption, [(1, 1, _ALL, _MONEY[layout][0], "MA", "_T")])]
    if layout == "columns":
        return [(1, caption, [(1, c, _HEAD, label, "MA", sex) for c, (sex, label) in enumerate(sexes, 1)])]
    if layout == "regions":
        cells = [
            (r, c, place, label, area, sex)
            for r, (area, place) in enumerate(_REGIONS.items(), 1)
            for c, (sex, label) in enumerate(sexes, 1)
        ]
        return [(1, caption, cells)]
    if layout == "apart":
        return [(n, caption, [(1, 1, label, _HEAD, "MA", sex)]) for n, (sex, label) in enumerate(sexes, 1)]
    return [(1, caption, [(r, 1, label, _HEAD, "MA", sex) for r, (sex, label) in enumerate(sexes, 1)])]
