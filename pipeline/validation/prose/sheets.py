"""A table as sentences speak of it: lines with their names, and the figures and shares that it gives for each line.

A line is a row, or a column in the table turned round; what crosses it is the other. A figure that a sentence tells of a
line is one of its cells or, where it is a percent, the share of a cell in the total of the cells above it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from pipeline.model.reading import Label, Qualifier, Reading
from pipeline.validation.intervals import Interval, exactly, of
from pipeline.validation.prose.spoken import Name, Names, brief_name, is_whole, names_of
from pipeline.validation.prose.telling import Telling, kind_of
from pipeline.validation.tables.layout import Naming

PERCENT = "PT"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: How a table gives a figure: printed, as a share of the total of all or of that of its group, or as the change between years.
CELL, SHARE, GROUP, CHANGE = "cell", "share", "group", "change"
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Given:
    """What a table gives for a line: how and across what, its range, and the cells it is made of."""

    key: Key
    value: Interval
    cells: tuple[Reading, ...]

    @property
    def across(self) -> int:
        """The crossing line."""
        return self.key[1]


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows or the columns of a table: what each is called and says, and which are totals or changes.

    ``content`` are, by language, the words that say what a line is, those that only measure left out; ``bases`` are the
    lines that are the whole of each, that of all first; ``years`` are those that labels say, ``brief`` what labels have
    before a bracket.
    """

    names: Mapping[int, tuple[Name, ...]]
    content: Mapping[int, tuple[frozenset[str], ...]]
    whole: frozenset[int]
    changes: frozenset[int]
    bases: Mapping[int, tuple[int, ...]]
    total: int | None
    years: Mapping[int, str]
    labels: Mapping[int, Label]
    brief: Mapping[int, Name]

    @staticmethod
    def of(telling: Telling, naming: Naming, labels: Mapping[int, Label]) -> Lines:
        """Read the labels of lines."""
        kinds = {at: naming.kind(label)[0] for at, label in labels.items()}
        totals = [at for at, kind in kinds.items() if kind == "total"]
        whole = frozenset(at for at, kind in kinds.items() if kind in ("total", "subtotal"))
        group = {at: (label.ar or label.fr).split(" / ")[:-1] for at, label in labels.items()}
        grand = next((at for at in reversed(totals) if not group[at]), None)
        first = [] if grand is None else [grand]
        bases = {}
        for at in labels:
            own = [one for one in sorted(whole) if group[at] and group[one] == group[at]]
            bases[at] = tuple(one for one in dict.fromkeys([*first, *own[-1:]]) if one != at)
        content = {
            at: tuple(
                held
                for text in (label.ar, label.fr)
                if (held := frozenset(telling.ordered(text.split(" / ")[-1])) - telling.measuring)
            )
            for at, label in labels.items()
        }
        changes = frozenset(at for at, kind in kinds.items() if kind == "change")
        brief = {at: name for at, label in labels.items() if (name := brief_name(telling, label))}
        return Lines(_names(telling, labels), content, whole, changes, bases, grand, _years(labels), labels, brief)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, its lines one way round, and what crosses them; ``words`` is all that the table says."""

    table_id: str
    page: int
    cells: Mapping[int, Mapping[int, Reading]]
    lines: Lines
    crossing: Lines
    words: frozenset[str]
    turned: bool = False
    _named: dict[bool, Names] = field(default_factory=dict)
    _given: dict[int, list[Given]] = field(default_factory=dict)

    def named(self, percents: bool) -> Names:
        """Names of the lines that hold percents, or anything else."""
        if percents not in self._named:
            self._named[percents] = Names.of(
                {
                    line: self.lines.names[line]
                    for line, held in self.cells.items()
                    if any((cell.unit_measure == PERCENT) == percents for cell in held.values())
                },
                self.lines.labels,
                self.lines.brief,
            )
        return self._named[percents]

    def given(self, line: int) -> list[Given]:
        """All that the table gives for a line."""
        if line not in self._given:
            self._given[line] = list(self._work_out(line))
        return self._given[line]

    def _work_out(self, line: int) -> Iterator[Given]:
        yield from self._changed(line)
        bases = [self.cells[base] for base in self.lines.bases.get(line, ())]
        for across, cell in self.cells[line].items():
            value = of(cell)
            if value is None or cell.qualifier is not Qualifier.EXACT:
                continue
            yield Given((CELL, across), value, (cell,))
            if cell.unit_measure == PERCENT or not cell.value:
                continue
            for how, held in zip((SHARE, GROUP), bases, strict=False):
                base = held.get(across)
                alike = base is not None and kind_of(base.unit_measure) == kind_of(cell.unit_measure)
                if base is not None and alike and base.value and 0 < cell.value <= base.value:
                    share = Fraction(cell.value) / Fraction(base.value) * 100
                    yield Given((how, across), exactly(share), (cell, base))


    def _changed(self, line: int) -> Iterator[Given]:
        """What a line changed by from each year to the next one of the table, in percent."""
        held = self.cells[line]
        dated = [(year, at) for at, year in self.crossing.years.items() if at in held and at not in self.crossing.changes]
        years = sorted(dated)
        if len({year for year, _ in years}) < len(years):
            return  # several columns of a year: which go together is not said
        for (_, before), (_, across) in pairwise(years):
            old, new = held[before], held[across]
            now, then = of(new), of(old)
            plain = all(
                one.unit_measure != PERCENT and one.qualifier is Qualifier.EXACT and one.value for one in (old, new)
            )
            alike = kind_of(old.unit_measure) == kind_of(new.unit_measure)
            if plain and alike and now is not None and then is not None:
                yield Given((CHANGE, across), now.over(then).times(100) + exactly(-100), (new, old))


def sheets_of(telling: Telling, naming: Naming, readings: Sequence[Reading], caption: Label) -> list[Sheet]:
    """A table both ways round, its rows as lines and its columns as lines; none where nothing stands in rows and columns."""
    cells: dict[int, dict[int, Reading]] = defaultdict(dict)
    turned: dict[int, dict[int, Reading]] = defaultdict(dict)
    rows: dict[int, Label] = {}
    columns: dict[int, Label] = {}
    for one in readings:
        if one.row is not None and one.column is not None and one.value is not None:
            cells[one.row][one.column] = turned[one.column][one.row] = one
            rows.setdefault(one.row, one.row_label)
            columns.setdefault(one.column, one.column_label)
    if not cells:
        return []
    texts = [caption.ar, caption.fr, readings[0].section]
    texts += [text for label in (*rows.values(), *columns.values()) for text in (label.ar, label.fr)]
    words = frozenset(stem for text in dict.fromkeys(texts) for stem in telling.ordered(text))
    table, page = readings[0].table_id, readings[0].locus.page
    row, column = Lines.of(telling, naming, rows), Lines.of(telling, naming, columns)
    return [
        Sheet(table, page, cells, row, column, words),
        Sheet(table, page, turned, column, row, words, turned=True),
    ]


def _names(telling: Telling, labels: Mapping[int, Label]) -> dict[int, tuple[Name, ...]]:
    """Names of lines; of several called alike in their groups it is that of the group that is the whole."""
    names = {at: names_of(telling, label) for at, label in labels.items()}
    at_large = {name for at, held in names.items() if _of_whole(telling, labels[at]) for name in held}
    return {
        at: held if _of_whole(telling, labels[at]) else tuple(name for name in held if name not in at_large)
        for at, held in names.items()
    }


def _years(labels: Mapping[int, Label]) -> dict[int, str]:
    """The year that a line is of, where its label says one."""
    found = {at: _YEAR.findall(label.fr or label.ar) for at, label in labels.items()}
    return {at: years[-1] for at, years in found.items() if years}


def _of_whole(telling: Telling, label: Label) -> bool:
    """Whether the group of a line is the whole: «مجموع الأعمار / إناث»."""
    return any(
        is_whole(telling.codebook, tier) for text in (label.ar, label.fr) for tier in text.split(" / ")[:-1]
    )
