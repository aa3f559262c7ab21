"""What the words of a sentence tell of its figures: of which column one is said, that it is a share, a change or an aim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.codebook.loading import fold
from pipeline.language.lexicon import words
from pipeline.model.reading import Reading
from pipeline.validation.evidence import Evidence
from pipeline.validation.prose.facts import YEAR_END
from pipeline.validation.prose.sheets import CELL, CHANGE, PERCENT, SHARE, Given, Sheet
from pipeline.validation.prose.spoken import Figure, Met, Spoken
from pipeline.validation.prose.telling import kind_of

#: Numbers of fewer digits are alike by chance.
_LONG = 100
#: How far around a figure stand the words that say that something grew by it, in characters.
_BEFORE, _BEHIND = 60, 20
#: Words that begin another clause.
_JOINING = ("et", "ou", "mais", "contre", "alors", "tandis", "مقابل", "بينما", "فيما", "أما", "وقد", "وهو", "وهي")
#: A word behind «و» is joined to what stands before it, unless it is a short one that begins with the letter.
_SHORT = 3
#: Words between a count and its percent, one of them one of these.
_THAT, _THAT_IS = 6, ("soit", "اي", "representant", "represente", "وهو", "يمثل", "بنسبه")
#: Words behind a percent among which is the one for all.
_OF_ALL = 3
_UP_TO = 10**9
#: So many words before a figure may speak of what the table does not: a verb and its adverb.
FEW = 2


@dataclass(frozen=True)
class Worded:
    """A sentence and the words of the codebook by which it is understood."""

    evidence: Evidence
    told: Spoken

    @cached_property
    def aims(self) -> bool:
        """Whether it speaks of what is meant to be."""
        said = set(fold(self.told.text).split())
        said |= {word[1:] for word in said if word.startswith("و")}
        return not said.isdisjoint(words("identifiers", "words", "aims") | words("identifiers", "words", "target"))

    def grew(self, figure: Figure) -> bool:
        """Whether something changed by a percent."""
        if figure.reading.measure == "growth_rate":
            return True
        near = self.told.text[max(0, figure.start - _BEFORE) : figure.end + _BEHIND]
        grown = {*self.evidence.codebook.identities.words["grown"], *words("identifiers", "words", "growth")}
        return any(f" {word} " in f" {fold(near)} " for word in grown)

    def narrows(self, name: Met, figure: Figure, sheet: Sheet) -> bool:
        """Whether words between what grew and its rate say that it is only some of it: «les bénéficiaires ruraux ont …»."""
        if name.start > figure.start:
            return False
        said = {*self.evidence.codebook.identities.words["grown"]}.union(
            *(words("identifiers", "words", kind) for kind in ("growth", "grows", "saw", "measuring"))
        )
        grown = {stem for word in said for stem in self.evidence.telling.ordered(word)}
        between = {
            word.stem for word in self.told.words if name.start < word.at < figure.start and word.clause == figure.clause
        }
        return bool(self._unknown(between, sheet) - grown)

    def strange(self, figure: Figure, sheet: Sheet) -> tuple[frozenset[str], frozenset[str]]:
        """Words before and behind a figure, in its clause, that a table does not have."""
        before, behind = self.around(figure)
        if figure.reading.period.endswith(YEAR_END):
            behind, before = behind - self.evidence.telling.months, before - self.evidence.telling.months
        return self._unknown(before, sheet), self._unknown(behind, sheet)

    def around(self, figure: Figure) -> tuple[frozenset[str], frozenset[str]]:
        """What the words before and behind a figure tell, in its clause and up to other figures."""
        others = [one for one in self.told.figures if one is not figure]
        clause = [word.at for word in self.told.words if word.clause == figure.clause]
        start = max([min(clause, default=0), *(one.end for one in others if one.end <= figure.start)])
        end = min([max(clause, default=0) + 1, *(one.start for one in others if one.start >= figure.end)])
        end = min(end, _joined(self.told.text, figure.end))
        return self.told.between(start, figure.start), self.told.between(figure.end, end)

    def head(self, figure: Figure, sheet: Sheet, row: int) -> int | None:
        """The one column that a figure is said of: its noun, or the rate named beside it, and nothing else of the table.

        Args:
            figure: a count or a percent.
            sheet: a table along its rows.
            row: the row that the sentence is about.

        Returns:
            The column; nothing where its words speak of another line, or of what the table does not have.
        """
        before, behind = self.around(figure)
        percent = figure.reading.unit_measure == PERCENT
        said = before | behind if percent else frozenset(self.evidence.telling.ordered(figure.reading.unit_label))
        found = [
            across
            for across in sheet.cells[row]
            if across not in sheet.crossing.changes
            and any(content and content <= said for content in sheet.crossing.content[across])
        ]
        if len(found) != 1:
            return None
        own = frozenset() if percent else said
        own = own.union(*sheet.crossing.content[found[0]], *sheet.lines.names[row], self.evidence.telling.measuring)
        if not sheet.words.isdisjoint((before | behind) - own):
            return None
        strange_before, strange_behind = self.strange(figure, sheet)
        plain = len(strange_before) <= FEW and len(strange_behind) <= (not percent)
        return found[0] if plain and self.evidence.telling.places.isdisjoint(strange_before | strange_behind) else None

    def clause(self, figure: Figure) -> frozenset[str]:
        """What the clause of a figure tells."""
        return frozenset(word.stem for word in self.told.words if word.clause == figure.clause)

    def shares(self, figure: Figure) -> bool:
        """Whether words around a percent say that a part has its share of a whole."""
        held = [one for one in self.told.figures if one.reading.unit_measure == PERCENT and one is not figure]
        start = max((one.end for one in held if one.end <= figure.start), default=0)
        end = min((one.start for one in held if one.start >= figure.end), default=len(self.told.text))
        return any(self._is_sharing(word.lstrip("و")) for word in fold(self.told.text[start:end]).split())

    def of_another_rate(self, figure: Figure, sheet: Sheet) -> bool:
        """Whether a rate is named before a figure by words that a table does not have: «le taux de satisfaction»."""
        said = self.told.text[: figure.start].split()
        for at, word in enumerate(said):
            if fold(word).lstrip("وب") in words("identifiers", "words", "share_heads"):
                behind = [one for one in said[at + 1 : at + 3] if self.evidence.telling.ordered(one)][:1]
                unknown = self._unknown(self.evidence.telling.ordered(" ".join(behind)), sheet)
                if unknown and not self.evidence.telling.known(behind[0], sheet.words):
                    return True
        return False

    def has_beside(self, sheet: Sheet, line: int) -> set[int]:
        """Across what a line of a table has other figures of the sentence."""
        told = [one.reading for one in self.told.figures]
        return {across for across, cell in sheet.cells[line].items() if any(_same(cell, one) for one in told)}

    def changes(self, figure: Figure, sheet: Sheet, given: Sequence[Given]) -> list[Given]:
        """Changes that a table names as the sentence does, or else that to its last year; an average one is not that."""
        held = self.evidence.codebook.identities.words["change"]
        changing = {stem[:4] for text in held for stem in self.evidence.telling.ordered(text)}
        said = self.told.stems
        if not sheet.crossing.changes:
            return self._worked_out(figure, sheet, given)
        return [
            one
            for one in given
            if one.across in sheet.crossing.changes
            and one.key[0] == CELL
            and all(
                word in said or word[:4] in changing
                for content in sheet.crossing.content[one.across][:1]
                for word in content
            )
        ]

    def _worked_out(self, figure: Figure, sheet: Sheet, given: Sequence[Given]) -> list[Given]:
        """The change to the last year of a table from the year before, or from the one that the sentence names."""
        changed = [one for one in given if one.key[0] == CHANGE]
        years = sorted(sheet.crossing.years.values())
        base = figure.reading.base_period
        if figure.reading.measure != "growth_rate" or not changed or (base and base != years[-2]):
            return []
        return [one for one in changed if sheet.crossing.years[one.across] == years[-1]]

    def rates(
        self, figure: Figure, sheet: Sheet, said: frozenset[str], line: int, given: Sequence[Given]
    ) -> list[Given]:
        """Printed percents whose column is named, or shares of the total where words or counts say so."""
        cells = [one for one in given if one.key[0] == CELL and one.across not in sheet.crossing.changes]
        if named := [one for one in cells if _named(sheet, one.across, said)]:
            return named
        beside, shares = self.has_beside(sheet, line), self.shares(figure)
        plain = [one for one in cells if _plain(sheet, one)]
        if plain and (shares or beside):
            return plain
        if beside and len(cells) == 1:
            return cells
        parts = [one for one in given if one.key[0] == SHARE and one.across not in sheet.crossing.changes]
        if counted := [one for one in parts if one.across in beside]:
            return counted
        if not (shares and self._of_something(figure)) or self.of_another_rate(figure, sheet):
            return []
        named = [one for one in parts if _named(sheet, one.across, said)]
        whole = named or [one for one in parts if one.across in sheet.crossing.whole]
        return whole or _one(sheet, parts)

    def counts(
        self, figure: Figure, sheet: Sheet, said: frozenset[str], given: Sequence[Given]
    ) -> list[Given]:
        """The one count whose column is named, or that says no more than how many."""
        noun = self.evidence.telling.ordered(figure.reading.unit_label)
        if self._unknown(noun, sheet):
            return []
        cells = [one for one in given if one.key[0] == CELL]
        named = [one for one in cells if _named(sheet, one.across, said)]
        if not named:
            named = [one for one in cells if _plain(sheet, one)]
        fullest = [one for one in named if not any(_content(sheet, one) < _content(sheet, two) for two in named)]
        return _one(sheet, fullest)

    def _unknown(self, told: Iterable[str], sheet: Sheet) -> frozenset[str]:
        known = sheet.words | self.evidence.telling.measuring
        return frozenset(word for word in told if word not in known and not self._is_sharing(word))

    def _is_sharing(self, word: str) -> bool:
        return word.startswith(self.evidence.codebook.identities.words["sharing"])

    def counted_before(self, figure: Figure) -> Figure | None:
        """The count that a percent of a total goes on from: «302 dossiers, soit 35,1 % du total»."""
        before = [one for one in self.told.figures if one.end <= figure.start]
        if not before or before[-1].reading.unit_measure == PERCENT or not self.of_all(figure):
            return None
        between = fold(self.told.text[before[-1].end : figure.start]).split()
        near = len(between) <= _THAT and any(word in _THAT_IS for word in between)
        return before[-1] if near and (before[-1].reading.value or 0) >= _LONG else None

    def of_all(self, figure: Figure) -> bool:
        """Whether a percent is told to be of a total: «45 % du total des dossiers»."""
        behind = fold(self.told.text[figure.end :]).split()[:_OF_ALL]
        whole = self.evidence.codebook.identities.words["total"]
        return any(word in whole for word in behind)

    def _of_something(self, figure: Figure) -> bool:
        """Whether something stands behind a percent: that of which it is one."""
        end = min(_joined(self.told.text, figure.end), len(self.told.text))
        return any(letter.isalpha() for letter in self.told.text[figure.end : end])


def _joined(text: str, start: int) -> int:
    """Where the next word that joins another clause stands behind a place."""
    at = start
    for word in text[start:].split(" "):
        plain = word.strip("،,.;؛")
        if at > start and (plain in _JOINING or (plain.startswith("و") and len(plain) > _SHORT)):
            return at
        at += len(word) + 1
    return _UP_TO


def _same(cell: Reading, told: Reading) -> bool:
    one_kind = kind_of(cell.unit_measure) == kind_of(told.unit_measure) != PERCENT
    return one_kind and cell.value == told.value and (cell.value or 0) >= _LONG


def _named(sheet: Sheet, across: int, said: frozenset[str]) -> bool:
    return any(content <= said for content in sheet.crossing.content[across])


def _plain(sheet: Sheet, given: Given) -> bool:
    return not sheet.crossing.content[given.across] or given.across in sheet.crossing.whole


def _one(sheet: Sheet, given: Sequence[Given]) -> list[Given]:
    """The only one, or that of the last year where all are of years."""
    years = [sheet.crossing.years.get(one.across, "") for one in given]
    if len(given) > 1 and all(years):
        given = [one for one, year in zip(given, years, strict=True) if year == max(years)]
    return list(given) if len(given) == 1 else []


def _content(sheet: Sheet, given: Given) -> frozenset[str]:
    return frozenset().union(*sheet.crossing.content[given.across])
