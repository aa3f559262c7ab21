"""Tables as sets: percents that no whole number gives, regions that are lacking, lines that are there twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from pipeline.codebook.loading import Codebook, fold
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.reading import Label, Reading
from pipeline.validation.cards import card, in_each
from pipeline.validation.evidence import Evidence
from pipeline.validation.tables.layout import Grid, Key, is_year
from pipeline.validation.tables.view import View
from pipeline.validation.tables.wording import name

#: A table that names so many of the regions means to name them all.
_MOST_REGIONS = 8
#: Digits beyond the first, noughts at the end not counted, that equal lines must share: chance in powers of ten.
_DIGITS = 6
_TOTALS = ("total", "subtotal")


def possible_percents(evidence: Evidence) -> Iterator[Finding]:
    """Percents of a small number of people are those of whole people (the GRIM test).

    Only where the table prints percents alone and one total stands above it; with so many decimals that every percent
    has a count, nothing is checked.
    """
    for grid in evidence.grids:
        whole = _only_base(grid)
        if whole is None:
            continue
        for key, (low, high) in grid.bounds.items():
            reading = grid.cells[key]
            if reading.unit_measure != "PT" or reading.value is None or not 0 <= reading.value <= 100:
                continue
            least, most = (Fraction(int(x), grid.scale) * whole / 100 for x in (low, high))
            if high - low >= 200 * grid.scale / whole or ceil(least) <= floor(most):
                continue
            near = _nearest((floor(least), ceil(most)), whole)
            yield card(
                "TAB-11",
                "table",
                Severity.WARNING,
                readings=[reading],
                expected=near[1],
                observed=reading.raw,
                ar=f"لا عدد صحيح من {whole} يعطي {reading.raw}: {near[0]}",
                fr=f"Aucun nombre entier sur {whole} ne donne {reading.raw} : {near[1]}",
                en=f"No whole number of {whole} gives {reading.raw}: {near[2]}",
            )  # fmt: skip


def _nearest(counts: Sequence[int], whole: int) -> tuple[str, str, str]:
    """The percents of whole numbers, in each language."""
    return in_each(
        lambda say: " / ".join(f"{n} ÷ {whole} = {say(Fraction(100 * n, whole), 2)} %" for n in counts)
    )


def _only_base(grid: Grid) -> int | None:
    """The one total above a table of shares of a whole; none where counts are printed too."""
    values = [reading for reading in grid.cells.values() if reading.value is not None]
    if not values or any(reading.unit_measure != "PT" for reading in values):
        return None
    totals = {banner.value for banner in grid.banners if banner.unit_measure == "PS"}
    whole = next(iter(totals), None) if len(totals) == 1 else None
    hundreds = any(grid.cells[key].value == 100 for key in grid.bounds if _is_total(grid, key))
    return int(whole) if whole and hundreds and whole == int(whole) else None


def _is_total(grid: Grid, key: Key) -> bool:
    row, column = key
    return grid.row_kind[row][0] in _TOTALS or grid.column_kind[column][0] in _TOTALS


def all_regions(evidence: Evidence) -> Iterator[Finding]:
    """A table by regions has them all; a dash counts as there.

    Where its total is the sum of the regions that are there, the lacking ones may have nothing to tell.
    """
    for table in evidence.checked:
        grid = table.grid
        year = evidence.year_of.get(grid.report_id)
        for turned in (False, True):
            view = View.of(grid, turned=turned)
            there = {
                code for line in view.lines if (code := _region(view.label[line], evidence.codebook, year))
            }
            if len(there) < _MOST_REGIONS:
                continue
            regions = {
                t.code: t for t in evidence.codebook.territories if t.level == "region" and t.holds_in(year)
            }
            lacking = [regions[code] for code in sorted(regions.keys() - there)]
            if not lacking:
                continue
            shown = [r for r in grid.cells.values() if r.value is not None]
            if not shown:
                continue
            sums = any(relation.form == "sum" for relation in table.held)
            yield card(
                "TAB-12",
                "table",
                Severity.INFORMATION if sums else Severity.WARNING,
                locus=shown[0].locus,
                mention=grid.table_id,
                origin=Origin.UNDETERMINED,
                expected=str(len(regions)),
                observed=str(len(there)),
                ar=f"عدد الجهات {len(there)} من أصل {len(regions)}؛ غير موجودة: {'، '.join(t.name_ar for t in lacking)}",
                fr=f"{len(there)} régions sur {len(regions)} ; absentes : {', '.join(t.name_fr for t in lacking)}",
                en=f"{len(there)} of {len(regions)} regions; not there: {', '.join(t.name_fr for t in lacking)}",
            )  # fmt: skip


def _region(label: Label, codebook: Codebook, year: int | None) -> str:
    for text in (label.fr, label.ar):
        for area in codebook.area_of.get(fold(text.split(" / ")[-1]), ()) if text else ():
            if area.level == "region" and area.holds_in(year):
                return area.code
    return ""


def equal_lines(evidence: Evidence) -> Iterator[Finding]:
    """Two rows, or the columns of two years, do not hold the same figures.

    A row that is all of a total and columns of what was planned and done may well be equal; small and round figures
    are by chance.
    """
    for grid in evidence.grids:
        for turned in (False, True):
            view = View.of(grid, turned=turned)
            lines = [
                x for x in view.lines if view.kind[x][0] == "part" and (not turned or is_year(view.label[x]))
            ]
            held = {x: _figures(view, x) for x in lines}
            for one, other in combinations(lines, 2):
                if held[one] and held[one] == held[other] and view.label[one] != view.label[other]:
                    yield _equal(view, one, other)  # fmt: skip


def _figures(view: View, line: int) -> tuple[tuple[int, Decimal], ...]:
    """Counts of a line by place, nothing unless they tell enough to be no accident."""
    found = []
    telling = 0
    for at in view.across:
        reading = view.grid.cells.get(view.key(line, at))
        if reading is None or reading.value is None or reading.unit_measure == "PT":
            continue
        if view.kind_across[at][0] in _TOTALS:
            continue
        found.append((at, reading.value))
        telling += max(len(str(abs(int(reading.value))).rstrip("0")) - 1, 0)
    return tuple(found) if len(found) >= 2 and telling >= _DIGITS else ()


def _equal(view: View, one: int, other: int) -> Finding:
    grid, names = view.grid, (name(view.label[one]), name(view.label[other]))
    cells: list[Reading] = []
    for at in view.across:
        cells += [
            r for line in (other, one) if (r := grid.cells.get(view.key(line, at))) and r.value is not None
        ]
    shown = ", ".join(cell.raw for cell in cells[:6:2])
    return card(
        "TAB-13",
        "table",
        Severity.WARNING,
        readings=cells,
        origin=None if any(cell.second_raw for cell in cells) else Origin.UNDETERMINED,
        observed=cells[0].raw,
        ar=f"الأرقام نفسها في «{names[0]}» و«{names[1]}»: {shown}",
        fr=f"Mêmes chiffres pour « {names[0]} » et « {names[1]} » : {shown}",
        en=f"The same figures for “{names[0]}” and “{names[1]}”: {shown}",
    )  # fmt: skip
