"""Figures of sentences held against the lines of the tables beside them that they name: counts, rates, shares of a total.

A sentence says many things of a row, and a table few of them. So a figure is only held against what the sentence shows
that it speaks of: its other figures stand in the same column, or its words name the column, or they say that a part has
its share of the whole; and no word right behind the figure may speak of something that the table does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from pipeline.model.finding import Finding
from pipeline.model.observation import Observation, is_country
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import Interval
from pipeline.validation.prose.compared import exchanged, meets, middle, one_value, stands_for, two_values
from pipeline.validation.prose.facts import of_one_year
from pipeline.validation.prose.sheets import CELL, PERCENT, Given, Key, Sheet
from pipeline.validation.prose.spoken import Figure, Met, Spoken, met, paired, spoken
from pipeline.validation.prose.telling import kind_of
from pipeline.validation.prose.worded import FEW, Worded

#: Numbers of fewer digits are alike, and unlike, by chance.
_LEAST = 10
#: A figure farther from what a table gives than this factor is hardly meant to be the same.
_NEAR = 2
#: A figure of so many units of its last digit tells a row apart.
_LONG = 100
_LEVELS = ("", "level")


@dataclass(frozen=True, slots=True)
class _Saying:
    """The lines of one table, one way round, that a sentence names, and the figures of a kind that are said of them."""

    sheet: Sheet
    named: tuple[Met, ...]
    pairs: Mapping[int, tuple[Met | None, tuple[Met, ...]]]

    @property
    def lines(self) -> frozenset[int]:
        """The lines that are named."""
        return frozenset(one.line for one in self.named)

    def line(self, at: int) -> Met | None:
        """The line of which a figure is said; all are said of the one line that is named."""
        if len(self.lines) == 1 and at in self.pairs and not self.pairs[at][0]:
            return self.named[0]
        return self.pairs[at][0] if at in self.pairs else None


@dataclass(frozen=True)
class Statement:
    """One sentence with its figures of one kind, and the tables that are near it, those of its page first."""

    evidence: Evidence
    told: Spoken
    figures: tuple[Figure, ...]
    sheets: tuple[Sheet, ...]
    observed: Mapping[str, Observation]

    def findings(self) -> Iterator[Finding]:
        """Its figures that are not what the tables give for the lines they are said of."""
        for at, figure in enumerate(self.figures):
            if not self._is_plain(at):
                continue
            free = self._may_be_wrong(at)
            found = list(self._backed(at)) if free else []
            sure = bool(found)
            if free and not found and (not figure.reading.base_period or self._since_last_year(figure.reading)):
                found = self._nearest(at)
            if not found and not figure.reading.base_period:
                found = list(self._of_row(at))
            if found and one_value(found):
                given = found[0]
                if self._comparable(figure.reading, given, sure) and not self._is_told(given):
                    yield two_values(figure.reading, given, sure)

    @cached_property
    def sayings(self) -> tuple[_Saying, ...]:
        """What the sentence names of each table, both ways round."""
        found = []
        for sheet in self.sheets:
            ways = [sheet.named(percents) for percents in ((True, False) if self.percents else (False,))]
            for names in ways[: 1 if ways[0].held == ways[-1].held else 2]:
                lines = met(self.told, names)
                found.append(_Saying(sheet, tuple(lines), paired(self.figures, lines)))
        return tuple(found)

    @cached_property
    def words(self) -> Worded:
        """What its words tell."""
        return Worded(self.evidence, self.told)

    @property
    def percents(self) -> bool:
        """Whether its figures are percents."""
        return self.figures[0].reading.unit_measure == PERCENT

    @cached_property
    def agreed(self) -> Mapping[int, list[tuple[int, int, Key]]]:
        """By figure what agrees with it: the saying, the line and how the table gives it."""
        found: dict[int, list[tuple[int, int, Key]]] = defaultdict(list)
        for number, saying in enumerate(self.sayings):
            for at, mine in enumerate(self._intervals):
                near = {name.line for name in saying.pairs.get(at, (None, ()))[1]}
                if saying.sheet.lines.total is not None:
                    near.add(saying.sheet.lines.total)
                for line in near:
                    for given in saying.sheet.given(line):
                        if self._of_kind(given) and meets(mine, given):
                            found[at].append((number, line, given.key))
        return found

    def _of_a_name(self, at: int) -> bool:
        """Whether a percent with decimals is what a table gives for any line that the sentence names."""
        if not self.percents or self.figures[at].reading.resolution >= 1:
            return False
        mine = self._intervals[at]
        return any(
            self._of_kind(given) and meets(mine, given)
            for saying in self.sayings
            for line in saying.lines
            for given in saying.sheet.given(line)
        )

    @cached_property
    def _intervals(self) -> tuple[tuple[Interval | None, Interval | None], ...]:
        """What each figure stands for, as printed and where a share was cut off."""
        return tuple(stands_for(figure.reading) for figure in self.figures)

    def _of_kind(self, given: Given) -> bool:
        kind = kind_of(given.cells[0].unit_measure) if given.key[0] == CELL else PERCENT
        return kind == kind_of(self.figures[0].reading.unit_measure)

    def _is_plain(self, at: int) -> bool:
        """Whether a figure is an exact level or change, of more than a few, and of what is and not of what is to be."""
        reading = self.figures[at].reading
        plain = reading.value is not None and reading.qualifier is Qualifier.EXACT
        level = reading.measure in _LEVELS or (self.percents and reading.measure == "growth_rate")
        if not (plain and level) or self.evidence.sure(reading):
            return False
        return (self.percents or (reading.value or 0) >= _LEAST) and not self.words.aims

    def _may_be_wrong(self, at: int) -> bool:
        """Whether no table gives a figure for any line that the sentence names."""
        return at not in self.agreed and not self._of_a_name(at)

    def _since_last_year(self, reading: Reading) -> bool:
        """Whether a percent is a growth from the year before that of the report."""
        year = self.evidence.year_of.get(reading.locus.report_id)
        return reading.measure == "growth_rate" and year is not None and reading.base_period == str(year - 1)

    def _is_told(self, given: Given) -> bool:
        """Whether the sentence has elsewhere what the table gives: a figure beside it is of another year, or thing."""
        held = zip(self.figures, self._intervals, strict=True)
        return any(meets(mine, given) for one, mine in held if one.reading.qualifier is Qualifier.EXACT)

    def _backed(self, at: int) -> Iterator[Given]:
        """What a table gives for the line of a figure in the way in which it gives others of the sentence for theirs."""
        for number, saying in enumerate(self.sayings):
            name = saying.line(at)
            if name is None or name.brief or self.words.of_another_rate(self.figures[at], saying.sheet):
                continue
            for given in saying.sheet.given(name.line):
                backing = [
                    other
                    for other, held in self.agreed.items()
                    if any(n == number and key == given.key and line != name.line for n, line, key in held)
                    and self._goes_on(at, other, saying)
                ]
                if self._of_kind(given) and sum(self._weight(other, given.key) for other in backing) >= 1:
                    yield given

    def _weight(self, at: int, key: Key) -> float:
        """How much it says that a figure agrees; whole percents are some share of a table by chance."""
        reading = self.figures[at].reading
        if key[0] == CELL:
            return 1 if reading.resolution < 1 or (reading.value or 0) >= _LEAST else 0
        return 1 if reading.resolution < 1 or self.words.shares(self.figures[at]) else 0.5

    def _goes_on(self, at: int, other: int, saying: _Saying) -> bool:
        """Whether the later of two figures is told in few words of its own, and neither of something else."""
        later = self.figures[max(at, other)]
        return len(self.words.strange(later, saying.sheet)[0]) <= FEW and not any(
            self.words.strange(self.figures[one], saying.sheet)[1] for one in (at, other)
        )

    def _nearest(self, at: int) -> list[Given]:
        """What the words tell; where a row and a column are named it is that of which the nearer one before has its share."""
        found = list(self._worded(at)) or list(self._counted(at))
        start = self.figures[at].start
        before = [name.start for _, name in found if name.start < start]
        nearest = max(before) if before else min((name.start for _, name in found), default=0)
        return [given for given, name in found if given.key[0] == CELL or name.start == nearest]

    def _worded(self, at: int) -> Iterator[tuple[Given, Met]]:
        """What a table of the page gives for the line of a figure across a line that the words tell, and the line's name."""
        figure = self.figures[at]
        for saying in self.sayings:
            name, sheet = saying.line(at), saying.sheet
            if name is None:
                continue
            if name.start > figure.end and name.clause != figure.clause:
                continue
            said = self.told.stems if self._beside(at, name) else self.words.clause(figure)
            before, behind = self.words.strange(figure, sheet)
            known = bool(self.words.has_beside(sheet, name.line)) or self.words.of_all(figure)
            if len(behind) > known or len(before) > FEW:
                continue
            if not self.evidence.telling.places.isdisjoint(before):
                continue  # a place that the table does not name, or in the other language
            if self._stands_elsewhere(figure, saying):
                continue
            given = [one for one in sheet.given(name.line) if self._of_kind(one)]
            if not self.percents:
                found = [] if sheet.turned else self.words.counts(figure, sheet, said, given)
            elif self.words.grew(figure):
                plain = not (sheet.turned or self.words.narrows(name, figure, sheet))
                found = self.words.changes(figure, sheet, given) if plain else []
            else:
                found = self.words.rates(figure, sheet, said, name.line, given)
            here = sheet.page == figure.reading.locus.page
            here = here and not name.brief
            yield from ((one, name) for one in found if here or exchanged(figure.reading, one))

    def _of_row(self, at: int) -> Iterator[Given]:
        """What a table gives in the column that a figure is said of, for the row of which others of the sentence are.

        That is the one row that the sentence names, or for a rate the total, if it names none.
        """
        figure = self.figures[at]
        of_rows = any(not self.sayings[number].sheet.turned for number, *_ in self.agreed.get(at, ()))
        if len(self.told.figures) == 1 or figure.reading.measure == "growth_rate" or of_rows:
            return
        for sheet, row in self._rows:
            across = self.words.head(figure, sheet, row)
            given = [one for one in sheet.given(row) if one.key == (CELL, across) and self._of_kind(one)]
            others = [one for one in sheet.given(row) if one.key[0] == CELL]
            if given and not any(meets(self._intervals[at], one) for one in others):
                yield from given

    @cached_property
    def _rows(self) -> tuple[tuple[Sheet, int], ...]:
        """The tables of whose rows one is what the sentence is about, and that row."""
        found = ((sheet, self._row(sheet)) for sheet in self.sheets if not sheet.turned)
        return tuple((sheet, row) for sheet, row in found if row is not None)

    def _row(self, sheet: Sheet) -> int | None:
        """The row of a table that a sentence is about, where a long figure of the sentence stands in it."""
        told = [one.reading for one in self.told.figures if one.reading.qualifier is Qualifier.EXACT]
        telling = [one for one in told if (one.value or 0) >= _LONG * max(one.resolution, Decimal(1))]
        if not telling:
            return None
        lines = {one.line for one in met(self.told, sheet.named(False))}
        row = lines.pop() if len(lines) == 1 else sheet.lines.total if not lines and self.percents else None
        if row is None:
            return None
        held = [one for one in sheet.given(row) if one.key[0] == CELL]
        return row if any(self._is_of(one, given) for one in telling for given in held) else None

    @staticmethod
    def _is_of(reading: Reading, given: Given) -> bool:
        alike = kind_of(reading.unit_measure) == kind_of(given.cells[0].unit_measure) != PERCENT
        return alike and meets(stands_for(reading), given)

    def _counted(self, at: int) -> Iterator[tuple[Given, Met]]:
        """The share of the one cell of the page that a count right before a percent is, in the total of its column."""
        figure = self.figures[at]
        count = self.words.counted_before(figure)
        if count is None:
            return
        kind = kind_of(count.reading.unit_measure)
        found = [
            (sheet, line, across)
            for sheet in self.sheets
            if sheet.page == figure.reading.locus.page
            for line, held in sheet.cells.items()
            for across, cell in held.items()
            if cell.value == count.reading.value and kind_of(cell.unit_measure) == kind
        ]
        given = [one for sheet, line, across in found for one in sheet.given(line) if one.across == across]
        shares = [one for one in given if one.key[0] != CELL]
        if (
            len(found) == 2 and len(shares) == 1 and not meets(stands_for(figure.reading), shares[0])
        ):  # one cell, both ways round
            yield shares[0], Met(0, count.start, count.end, count.clause)

    def _beside(self, at: int, name: Met) -> bool:
        """Whether a name stands in the clause of a figure, or before the first figure of its kind."""
        figure = self.figures[at]
        return name.clause == figure.clause or (at == 0 and name.start < figure.start)

    def _stands_elsewhere(self, figure: Figure, saying: _Saying) -> bool:
        """Whether a table of the page has the figure, not at the place of another line that the sentence names."""
        reading = figure.reading
        kind = kind_of(reading.unit_measure)
        lines = {
            (sheet.table_id, line)
            for sheet in self.sheets
            if sheet.page == reading.locus.page and not sheet.turned
            for line, held in sheet.cells.items()
            if any(
                cell.value == reading.value and kind_of(cell.unit_measure) == kind for cell in held.values()
            )
        }
        named = set() if saying.sheet.turned else {(saying.sheet.table_id, line) for line in saying.lines}
        return not lines <= named

    def _comparable(self, reading: Reading, given: Given, sure: bool) -> bool:
        """Whether a figure can be meant to be what the table gives: of one year, and not far from it."""
        mine = self.observed.get(reading.reading_id)
        theirs = self.observed.get(given.cells[0].reading_id)
        if (
            mine is None or theirs is None
        ):  # what can't be placed is of the report's year, unless it says another
            if reading.period_stated or given.cells[0].period_stated:
                return False
        elif not of_one_year(mine, theirs) or (not is_country(mine.ref_area) and mine.ref_area != theirs.ref_area):
            return False
        value, other = abs(Fraction(reading.value or 0)), abs(middle(given.value))
        low, high = sorted((value, other))
        if low == high or (low < _LEAST and not self.percents):
            return False  # a fall of 37.1 % is −37.1 % in a table
        return high <= (_NEAR * low if not sure else _NEAR * _NEAR * low)


def statement(
    evidence: Evidence, held: Sequence[Reading], sheets: Iterable[Sheet], observed: Mapping[str, Observation]
) -> Iterator[Statement]:
    """What one sentence states, percents and counts apart."""
    tables = tuple(sheets)
    if not tables or {kind_of(one.unit_measure) for one in held}.isdisjoint((PERCENT, "COUNT")):
        return
    told = spoken(evidence.telling, held)
    for percents in (True, False):
        figures = tuple(
            one
            for one in told.figures
            if kind_of(one.reading.unit_measure) == (PERCENT if percents else "COUNT")
        )
        if figures:
            yield Statement(evidence, told, figures, tables, observed)
