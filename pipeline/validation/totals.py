"""Totals: rows, columns, banners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.model.finding import Finding, Severity
from pipeline.model.reading import Reading
from pipeline.validation.cards import card, say, share
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import of, total
from pipeline.validation.layout import Grid, is_year


def column_totals(evidence: Evidence) -> Iterator[Finding]:
    """The row called total is the sum of the rows above (or below) it, in every column of counts."""
    for grid in evidence.grids:
        for row in grid.total_rows:
            parts = _group(grid, row)
            if len(parts) < 2:
                continue
            for column in grid.columns:
                if column in grid.share_columns or (row, column) not in grid.cells:
                    continue
                yield from _sum(
                    evidence,
                    "TAB-01",
                    grid.cells[row, column],
                    grid.column(column, parts),
                    len(parts),
                    "column",
                )


def _group(grid: Grid, total_row: int) -> list[int]:
    """Rows that a total row adds up: those since the total before it; all of them when it comes first."""
    before = [r for r in grid.total_rows if r < total_row]
    above = [r for r in grid.parts if r < total_row and (not before or r > before[-1])]
    if above:
        return above
    after = [r for r in grid.total_rows if r > total_row]
    return [r for r in grid.parts if r > total_row and (not after or r < after[0])]


def row_totals(evidence: Evidence) -> Iterator[Finding]:
    """The column called total is the sum of the other columns of its row."""
    for grid in evidence.grids:
        for column in grid.total_columns:
            parts = [c for c in grid.columns if c not in grid.total_columns and c not in grid.share_columns]
            parts = [
                c
                for c in parts
                if not is_year(next(r for (_, at), r in grid.cells.items() if at == c).column_label)
            ]
            units = {
                grid.cells[r, c].unit_measure
                for r in grid.rows
                for c in (*parts, column)
                if (r, c) in grid.cells
            }
            if len(parts) < 2 or len(units) != 1:
                continue
            for row in grid.rows:
                if (row, column) in grid.cells:
                    held = [grid.cells[row, c] for c in parts if (row, c) in grid.cells]
                    yield from _sum(evidence, "TAB-02", grid.cells[row, column], held, len(parts), "row")


def _sum(
    evidence: Evidence, rule: str, whole: Reading, parts: Sequence[Reading], expected: int, what: str
) -> Iterator[Finding]:
    """Compare a total with its parts; a part that is missing (other than nil) makes it uncheckable."""
    present = [p for p in parts if p.value is not None]
    gaps = [p for p in parts if p.value is None and p.absence.value != "nil"]
    interval = of(whole)
    if interval is None or gaps or len(parts) < expected or len(present) < 2:
        return
    added = total(x for x in (of(p) for p in present) if x is not None)
    if added.meets(interval):
        evidence.vouch(rule, [whole, *present])
        return
    values = [p.value for p in present if p.value is not None]
    summed = sum(values, Decimal(0))
    sums = " + ".join(say(v) for v in values)
    named = {
        "column": ("مجموع العمود", "total de la colonne", "total of the column"),
        "row": ("مجموع السطر", "total de la ligne", "total of the row"),
    }[what]
    yield card(
        rule,
        "table",
        Severity.ERROR,
        readings=[whole, *present],
        expected=say(summed),
        observed=say(whole.value),
        influence=share(summed - (whole.value or Decimal(0)), whole.value),
        ar=f"{named[0]}: {sums} = {say(summed)}؛ المطبوع {whole.raw}",
        fr=f"{named[1]} : {sums} = {say(summed)} ; imprimé {whole.raw}",
        en=f"{named[2]}: {sums} = {say(summed)}; printed {whole.raw}",
    )


def banner_totals(evidence: Evidence) -> Iterator[Finding]:
    """A grand total printed above a table is the one inside it, or the sum of its rows where that has none."""
    for grid in evidence.grids:
        counts = [c for c in grid.columns if c not in grid.share_columns]
        inside = [grid.cells[r, c] for r in grid.total_rows for c in counts if (r, c) in grid.cells]
        inside = [r for r in inside if r.value is not None]
        for banner in grid.banners:
            if not inside or banner.unit_measure == "PT":
                continue
            interval = of(banner)
            matching = [
                r for r in inside if interval is not None and (x := of(r)) is not None and x.meets(interval)
            ]
            if matching:
                evidence.vouch("TAB-05", [banner, *matching])
                continue
            yield card(
                "TAB-05",
                "table",
                Severity.ERROR,
                readings=[banner, *inside],
                expected=say(inside[-1].value),
                observed=say(banner.value),
                ar=f"العدد الإجمالي فوق الجدول {banner.raw} وفي الجدول {inside[-1].raw}",
                fr=f"Total annoncé au-dessus du tableau {banner.raw} ; dans le tableau {inside[-1].raw}",
                en=f"The total above the table is {banner.raw}; inside the table it is {inside[-1].raw}",
            )


def shares_of_total(evidence: Evidence) -> Iterator[Finding]:
    """A percent is its count over the total of the column, to the last printed digit."""
    for grid in evidence.grids:
        counts = [c for c in grid.columns if c not in grid.share_columns and c not in grid.total_columns]
        if len(grid.share_columns) != 1 or len(counts) != 1 or not grid.total_rows:
            continue
        share_column, count_column = grid.share_columns[0], counts[0]
        wholes = [grid.cells[r, count_column] for r in grid.total_rows if (r, count_column) in grid.cells]
        wholes = [w for w in wholes if w.value]
        if not wholes:
            continue
        for row in grid.parts:
            part, percent = grid.cells.get((row, count_column)), grid.cells.get((row, share_column))
            if part is None or percent is None:
                continue
            yield from _share(evidence, part, wholes[-1], percent)


def _share(evidence: Evidence, part: Reading, whole: Reading, percent: Reading) -> Iterator[Finding]:
    a, b, p = of(part), of(whole), of(percent)
    if a is None or b is None or p is None or part.value is None or not whole.value:
        return
    if a.over(b).times(100).meets(p):
        evidence.vouch("TAB-03", [part, whole, percent])
        return
    exact = Fraction(part.value) * 100 / Fraction(whole.value)
    decimals = max(-int(percent.resolution.normalize().as_tuple().exponent), 0)
    arithmetic = f"{say(part.value)} ÷ {say(whole.value)} = {say(exact, 4)} %"
    rounded = f"{say(exact, decimals)} %"
    yield card(
        "TAB-03",
        "table",
        Severity.ERROR,
        readings=[percent, part, whole],
        expected=rounded,
        observed=percent.raw,
        influence=0.4,
        ar=f"{arithmetic} ← {rounded}؛ المطبوع {percent.raw}",
        fr=f"{arithmetic} → {rounded} ; imprimé {percent.raw}",
        en=f"{arithmetic} → {rounded}; printed {percent.raw}",
    )


def shares_sum(evidence: Evidence) -> Iterator[Finding]:
    """Percents of a table whose total is printed as 100 sum to it, within what rounding allows."""
    for grid in evidence.grids:
        for column in grid.share_columns:
            for row in grid.total_rows:
                whole = grid.cells.get((row, column))
                parts = grid.column(column, _group(grid, row))
                if (
                    whole is None
                    or whole.value is None
                    or len(parts) < 2
                    or any(p.value is None for p in parts)
                ):
                    continue
                added, interval = total(x for x in (of(p) for p in parts) if x is not None), of(whole)
                if interval is None or added.meets(interval):
                    evidence.vouch("TAB-04", [whole, *parts], weak=True)
                    continue
                summed = sum((p.value for p in parts if p.value is not None), Decimal(0))
                sums = " + ".join(p.raw for p in parts)
                yield card(
                    "TAB-04",
                    "table",
                    Severity.ERROR,
                    readings=[whole, *parts],
                    expected=whole.raw,
                    observed=say(summed),
                    ar=f"مجموع النسب {sums} = {say(summed)}؛ المطبوع {whole.raw}",
                    fr=f"Somme des parts {sums} = {say(summed)} ; imprimé {whole.raw}",
                    en=f"The shares {sums} sum to {say(summed)}; printed {whole.raw}",
                )


def share_domain(evidence: Evidence) -> Iterator[Finding]:
    """A share lies between 0 and 100; growth and completion rates may not."""
    for reading in evidence.readings:
        if reading.unit_measure != "PT" or reading.kind != "cell" or reading.value is None:
            continue
        if not 0 <= reading.value <= 100 and not evidence.speaks_of_change(reading):
            yield card(
                "CEL-02",
                "cell",
                Severity.WARNING,
                readings=[reading],
                expected="0–100",
                observed=reading.raw,
                ar=f"نسبة خارج 0 و100: {reading.raw}",
                fr=f"Part hors de 0 à 100 : {reading.raw}",
                en=f"A share outside 0 to 100: {reading.raw}",
            )
