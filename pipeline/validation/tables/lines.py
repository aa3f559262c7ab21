"""Checks of tables that are no arithmetic over lines: figures above them, domains, labels in two languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipeline.codebook.loading import Codebook, fold
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.reading import Label, Reading
from pipeline.validation.cards import card, say
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import of
from pipeline.validation.tables.failures import Checked, findings_of
from pipeline.validation.tables.layout import Grid
from pipeline.validation.tables.wording import name

#: One for each of something: «Bénéficiaires par centre», «المستفيدون لكل مركز».
_PER = re.compile(r"\b(?:par|per|لكل)\b")
_TOTALS = ("total", "subtotal")
#: A total above a table that is more than so many times the one inside may be of something else.
_FAR = 2
#: Figures that a message quotes.
_SHOWN = 5


def relations(rule: str) -> RelationRule:
    """The check that gives the failed relations of one rule id."""
    return RelationRule(rule)


@dataclass(frozen=True, slots=True)
class RelationRule:
    """Tables are checked once; each rule gives the cards that bear its id, the first also vouches for what holds."""

    rule: str

    def __call__(self, evidence: Evidence) -> Iterator[Finding]:
        """Cards of this rule, over all tables."""
        for table in evidence.checked:
            self._vouch(evidence, table)
            if any(relation.rule == self.rule for group in table.failed for relation in group):
                yield from (f for f in findings_of(table) if f.rule == self.rule)

    def _vouch(self, evidence: Evidence, table: Checked) -> None:
        for relation in table.held:
            if relation.rule == self.rule:
                cells = table.grid.cells
                told = [cells[key].reading_id for key in relation.keys]
                evidence.vouch(self.rule, told, weak=self.rule == "TAB-04")


def cut_off(evidence: Evidence) -> Iterator[Finding]:
    """Decimals that are cut off are no error, and are told once a table."""
    for table in evidence.checked:
        if not table.cut_off:
            continue
        readings = [table.grid.cells[relation.result] for relation in table.cut_off]
        shown = ", ".join(reading.raw for reading in readings[:4])
        yield card(
            "TAB-15",
            "table",
            Severity.INFORMATION,
            readings=readings,
            observed=readings[0].raw,
            origin=Origin.WORDING,
            influence=0.2,
            ar=f"الكسور العشرية مقطوعة غير مدورة: {shown}",
            fr=f"Décimales tronquées, non arrondies : {shown}",
            en=f"Decimals are cut off, not rounded: {shown}",
        )


def banner_totals(evidence: Evidence) -> Iterator[Finding]:
    """A grand total printed above a table is the one inside it."""
    for grid in evidence.grids:
        counts = [c for c in grid.columns if c not in grid.share_columns]
        totals = grid.rows_called(*_TOTALS)
        inside = [grid.cells[r, c] for r in totals for c in counts if (r, c) in grid.cells]
        inside = [r for r in inside if r.value is not None]
        for banner in grid.banners:
            alike = [r for r in inside if _kind(r) == _kind(banner)]
            if not alike or banner.unit_measure == "PT":
                continue
            interval = of(banner)
            matching = [
                r for r in alike if interval is not None and (x := of(r)) is not None and x.meets(interval)
            ]
            if matching:
                evidence.vouch("TAB-05", [r.reading_id for r in (banner, *matching)])
                continue
            yield card(
                "TAB-05",
                "table",
                Severity.ERROR if _near(banner, alike[-1]) else Severity.WARNING,
                readings=[banner, *alike],
                expected=say(alike[-1].value),
                observed=say(banner.value),
                ar=f"العدد الإجمالي فوق الجدول {banner.raw} وفي الجدول {alike[-1].raw}",
                fr=f"Total annoncé au-dessus du tableau {banner.raw} ; dans le tableau {alike[-1].raw}",
                en=f"The total above the table is {banner.raw}; inside the table it is {alike[-1].raw}",
            )


def _kind(reading: Reading) -> str:
    """Kind of a unit; a number without a noun may count people as well as things."""
    return "COUNT" if reading.unit_measure in ("PS", "NUMBER") else reading.unit_measure


def _near(banner: Reading, inside: Reading) -> bool:
    """Whether a total above a table is like the one inside it, or a power of ten away: one farther off may be of other things."""
    low, high = sorted(abs(r.value or Decimal(0)) for r in (banner, inside))
    ratio = high / low if low else Decimal(0)
    return 0 < ratio <= _FAR or (bool(ratio) and ratio == Decimal(1).scaleb(ratio.adjusted()))


def domains(evidence: Evidence) -> Iterator[Finding]:
    """A share lies between 0 and 100, people are whole and no fewer than none; growth, completion and means may be else.

    Shares of one column are one card: when many are outside it is the column that holds no shares.
    """
    columns: dict[tuple[str, int | None], list[Reading]] = defaultdict(list)
    for reading in evidence.readings:
        if reading.unit_measure != "PT" or reading.kind != "cell" or reading.value is None:
            continue
        if not 0 <= reading.value <= 100 and not evidence.may_be_beyond(reading):
            columns[reading.table_id, reading.column].append(reading)
    for outside in columns.values():
        yield _outside(
            outside, "0–100", ("نسبة خارج 0 و100", "Part hors de 0 à 100", "A share outside 0 to 100")
        )
    for grid in evidence.grids:
        ratios = _ratios(grid)
        for (row, column), reading in grid.cells.items():
            if reading.unit_measure != "PS" or reading.value is None or _is_count(reading.value):
                continue
            kinds = {grid.row_kind[row][0], grid.column_kind[column][0]}
            if kinds & {"change", "average", "rate"} or _says_mean(evidence.codebook, reading) or column in ratios:
                continue
            if reading.value < 0 and not evidence.may_be_beyond(reading):
                yield _outside(
                    [reading],
                    "≥ 0",
                    ("عدد أشخاص سالب", "Personnes en nombre négatif", "Fewer than no people"),
                )
            elif reading.value % 1 and reading.resolution < 1:
                words = ("عدد أشخاص بكسر", "Personnes en fraction", "People in fractions")
                yield _outside([reading], str(round(reading.value)), words)


def _is_count(value: Decimal) -> bool:
    return value >= 0 and not value % 1


def _ratios(grid: Grid) -> set[int]:
    """Columns that are called «… par centre» and hold nothing but fractions: so many for each, no count."""
    called = {c for c, label in grid.column_label.items() if _PER.search(f"{label.ar} {label.fr}")}
    whole = {c for (_, c), reading in grid.cells.items() if c in called and _is_whole(reading.value)}
    return called - whole


def _is_whole(value: Decimal | None) -> bool:
    """Whether a value has no fraction; a remainder of 10⁴⁰⁰ is more than can be worked out."""
    return value is not None and value == value.to_integral_value()


def _says_mean(codebook: Codebook, reading: Reading) -> bool:
    """Whether a label says anywhere that a mean is meant: «Fréquentation moyenne par spectacle»."""
    labels = (reading.row_label, reading.column_label)
    told = {word for label in labels for text in (label.ar, label.fr) for word in fold(text).split()}
    return not told.isdisjoint(codebook.identities.words["averaged"])


def _outside(readings: Sequence[Reading], expected: str, words: tuple[str, str, str]) -> Finding:
    shown = ", ".join(reading.raw for reading in readings[:_SHOWN]) + (" …" if len(readings) > _SHOWN else "")
    return card(
        "CEL-02",
        "cell",
        Severity.WARNING,
        readings=readings,
        expected=expected,
        observed=readings[0].raw,
        ar=f"{words[0]}: {shown}",
        fr=f"{words[1]} : {shown}",
        en=f"{words[2]}: {shown}",
    )


#: Kind and code of what a known label means.
Meaning = tuple[str, str]


def part_of_line(evidence: Evidence) -> Iterator[Finding]:
    """A line «of which» is no more than the line it stands under, unless it is what several above it add up to.

    Rates are not compared: a part may be spent to a higher rate than its whole. No more are differences, where one part
    may fall while another grows.
    """
    for grid in evidence.grids:
        for above, row in pairwise(grid.rows):
            if grid.row_kind[row][0] != "of_which" or grid.row_kind[above][0] == "of_which" or _adds_up(grid, row):
                continue
            for column in grid.columns:
                key, whole = (row, column), (above, column)
                if key not in grid.bounds or whole not in grid.bounds or column in grid.share_columns:
                    continue
                part, parent = grid.cells[key], grid.cells[whole]
                alike = part.unit_measure == parent.unit_measure != "PT"
                differing = grid.column_kind[column][0] == "change" or min(grid.bounds[key][0], grid.bounds[whole][0]) < 0
                if grid.bounds[key][0] <= grid.bounds[whole][1] or not alike or differing:
                    continue
                yield card(
                    "TAB-08",
                    "table",
                    Severity.ERROR,
                    readings=[part, parent],
                    expected=f"≤ {parent.raw}",
                    observed=part.raw,
                    ar=f"{name(grid.row_label[row])}: {part.raw} أكثر من {parent.raw}",
                    fr=f"{name(grid.row_label[row])} : {part.raw} dépasse {parent.raw}",
                    en=f"{name(grid.row_label[row])}: {part.raw} is more than {parent.raw}",
                )


def _adds_up(grid: Grid, row: int) -> bool:
    """Whether a line is the sum of some right above it in all columns of counts and sums."""
    at = grid.rows.index(row)
    columns = [c for c in grid.columns if (row, c) in grid.cells and grid.cells[row, c].unit_measure != "PT"]
    for first in range(at - 2, -1, -1):
        held = grid.rows[first:at]
        sums = {c: [grid.cells[r, c].value for r in held if (r, c) in grid.cells] for c in columns}
        if columns and all(sum(filter(None, parts)) == grid.cells[row, c].value for c, parts in sums.items()):
            return True
    return False


def label_pairs(evidence: Evidence) -> Iterator[Finding]:
    """The Arabic and the French label of a row mean the same; where a shift by a row mends it, that is said."""
    for grid in evidence.grids:
        labels = [grid.row_label[row] for row in grid.rows]
        known = evidence.contradicting
        known |= {label: _contradicts(label, evidence.codebook) for label in labels if label not in known}
        wrong = [i for i, label in enumerate(labels) if known[label]]
        if not wrong:
            continue
        shifted = _shifted(labels, evidence.codebook)
        readings = [
            r for i in wrong for r in grid.cells.values() if r.row == grid.rows[i] and r.value is not None
        ]
        if not readings:
            continue
        pairs = " | ".join(f"{labels[i].ar} / {labels[i].fr}" for i in wrong)
        extra = (
            (
                "، تسميات إحدى اللغتين منزاحة بسطر",
                ", une langue est décalée d'une ligne",
                ", one language is a row off",
            )
            if shifted
            else ("", "", "")
        )
        yield card(
            "TAB-06",
            "table",
            Severity.ERROR,
            readings=readings,
            expected=labels[wrong[0]].ar,
            observed=labels[wrong[0]].fr,
            origin=Origin.EXTRACTION if shifted else None,
            ar=f"تسميتان متناقضتان: {pairs}{extra[0]}",
            fr=f"Libellés contradictoires : {pairs}{extra[1]}",
            en=f"Labels that contradict each other: {pairs}{extra[2]}",
        )


def _contradicts(label: Label, codebook: Codebook) -> bool:
    """Whether both labels are known and mean different things; an unknown one is no contradiction.

    The tiers of a group and its row may stand in another order in each language.
    """
    if not (label.ar and label.fr):
        return False
    arabic, french = (
        [_meanings(tier, codebook) for tier in text.split(" / ")] for text in (label.ar, label.fr)
    )
    return _without_fellow(arabic, french) and _without_fellow(french, arabic)


def _without_fellow(one: Sequence[set[Meaning]], other: Sequence[set[Meaning]]) -> bool:
    """Whether a known tier of one language means what no tier of the other does, and that means others of its kind.

    «دور المسنين» beside «Personnes âgées» are homes and those who live there.
    """
    all_of_other = set().union(*other)
    kinds = {kind for kind, _ in all_of_other}
    return any(meant and meant.isdisjoint(all_of_other) and kinds & {kind for kind, _ in meant} for meant in one)


def _meanings(text: str, codebook: Codebook) -> set[Meaning]:
    key = fold(text)
    meant = {(row.group, row.code) for row in codebook.label_of.get(key, ())}
    meant |= {("area", area.code) for area in codebook.area_of.get(key, ())}
    if key in codebook.sex_of:
        meant.add(("sex", codebook.sex_of[key]))
    if key in codebook.total_wordings:
        meant.add(("sex", "_T"))
    return meant


def _shifted(labels: Sequence[Label], codebook: Codebook) -> bool:
    """Whether moving the Arabic labels by one row makes every pair agree."""
    for step in (1, -1):
        moved = [
            Label(ar=labels[i + step].ar, fr=label.fr)
            for i, label in enumerate(labels)
            if 0 <= i + step < len(labels)
        ]
        if len(moved) > 1 and not any(_contradicts(label, codebook) for label in moved):
            return True
    return False
