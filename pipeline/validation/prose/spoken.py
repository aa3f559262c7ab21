"""What a sentence says in order: its words, its figures, the lines of a table that it names, and which figure is said of which.

Between two figures stand the words of one of them. «Les filles 52 %, les garçons 48 %» names before it counts, «45 % à
Salé et 30 % à Témara» counts before it names: each figure goes with the name next to it such that most have one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.codebook.loading import Codebook, fold
from pipeline.codebook.wording import without_level
from pipeline.model.reading import Label, Reading
from pipeline.validation.prose.telling import Telling

#: What parts clauses; between digits a point or comma is part of a number.
_MARKS = re.compile(r"[،؛;:()–]|[.,](?!\d)")
#: What may stand inside a number.
_INSIDE = (".", ",")
_WORD = re.compile(r"[^\W\d_][^\s،؛;:()«»\"]*")
#: What a mark between a name and a figure counts, in words; ways to pair that differ by less are told apart by chance.
_MARK, _MARGIN = 6, 3
#: More figures of one kind in one sentence are a list of their own.
_MOST = 8
#: Names of fewer words may be part of any other.
_TELLING = 2

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that tells something, as its stem, and where it stands: its place in the text and the clause."""

    stem: str
    at: int
    clause: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence, where it begins and ends, and its clause."""

    reading: Reading
    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class Met:
    """A line of a table that a sentence names: its number, where, and in which clause; ``brief`` by part of its label."""

    line: int
    start: int
    end: int
    clause: int
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence: its words and its figures in order."""

    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]

    @property
    def stems(self) -> frozenset[str]:
        """All that its words tell."""
        return frozenset(word.stem for word in self.words)

    def between(self, start: int, end: int) -> frozenset[str]:
        """What the words between two places tell."""
        return frozenset(word.stem for word in self.words if start <= word.at < end)


def placed(readings: Sequence[Reading]) -> list[Figure]:
    """Figures of one sentence, given in printed order, where they stand in it."""
    text = readings[0].sentence
    marks = [mark.start() for mark in _MARKS.finditer(text)]
    figures, last = [], 0
    for reading in readings:
        start = _alone(text, reading.raw, last)
        if start >= 0:
            last = start + len(reading.raw)
            figures.append(Figure(reading, start, last, _clause(marks, start)))
    return figures


def spoken(telling: Telling, readings: Sequence[Reading]) -> Spoken:
    """Read a sentence with its figures, given in printed order."""
    text = readings[0].sentence
    marks = [mark.start() for mark in _MARKS.finditer(text)]
    words = [
        Word(stem, found.start(), _clause(marks, found.start()))
        for found in _WORD.finditer(text)
        for stem in telling.ordered(found[0])
    ]
    return Spoken(text, tuple(words), tuple(placed(readings)))


def _alone(text: str, raw: str, start: int) -> int:
    """Where a number stands that is no piece of another one; −1 where it does not."""
    at = text.find(raw, start)
    while at >= 0:
        before, behind = text[at - 1 : at], text[at + len(raw) : at + len(raw) + 1]
        if not (before.isdigit() or before in _INSIDE or behind.isdigit()):
            return at
        at = text.find(raw, at + 1)
    return at


def _clause(marks: Sequence[int], at: int) -> int:
    return sum(1 for mark in marks if mark < at)


def names_of(telling: Telling, label: Label) -> tuple[Name, ...]:
    """The names of a line in each language: its innermost tier; of the total of a group that of the group."""
    found = []
    for text in (label.ar, label.fr):
        tiers = text.split(" / ")
        if len(tiers) > 1 and is_whole(telling.codebook, tiers[-1]):
            tiers = tiers[:-1]
        name = telling.ordered(without_level(fold(tiers[-1])))
        if name:
            found.append(name)
    return tuple(found)


def brief_name(telling: Telling, label: Label) -> Name:
    """What stands before a bracket in a label: «Maisons de l'étudiante (Dar Taliba) et internats assimilés»."""
    for text in (label.ar, label.fr):
        before, bracket, _ = text.rsplit(" / ", 1)[-1].partition("(")
        name = telling.ordered(without_level(fold(before))) if bracket else ()
        if len(name) >= _TELLING:
            return name
    return ()


def is_whole(codebook: Codebook, text: str) -> bool:
    """Whether a label means a total, of all or of a group."""
    folded, words = fold(text), codebook.identities.words
    return folded in codebook.total_wordings or any(
        folded == word or folded.startswith(f"{word} ") for kind in ("total", "subtotal") for word in words[kind]
    )


@dataclass(frozen=True, slots=True)
class Names:
    """Names of lines; in how many of them a word stands, which lines have it in theirs, and their labels to the letter.

    ``brief`` are what labels have before a bracket.
    """

    held: Mapping[int, tuple[Name, ...]]
    shared: Mapping[str, int]
    lines: Mapping[str, frozenset[int]]
    printed: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    brief: Mapping[int, Name] = field(default_factory=dict)

    @staticmethod
    def of(
        held: Mapping[int, tuple[Name, ...]],
        labels: Mapping[int, Label] | None = None,
        brief: Mapping[int, Name] | None = None,
    ) -> Names:
        """Index names; ``labels`` tell those apart that only an ending does (دور الطالب, دور الطالبة)."""
        lines: dict[str, set[int]] = defaultdict(set)
        for line, names in held.items():
            for word in {word for name in names for word in name}:
                lines[word].add(line)
        return Names(
            held,
            {word: len(found) for word, found in lines.items()},
            {word: frozenset(found) for word, found in lines.items()},
            {line: _printed(label) for line, label in (labels or {}).items() if line in held},
            {line: name for line, name in (brief or {}).items() if line in held},
        )


def _printed(label: Label) -> tuple[str, ...]:
    return tuple(fold(text.split(" / ")[-1]) for text in (label.ar, label.fr) if text)


def met(sentence: Spoken, names: Names) -> list[Met]:
    """The lines that a sentence names, in the order in which it does: by their whole name, or by words no other line has."""
    told = [word.stem for word in sentence.words]
    present = set(told)
    near = sorted({line for word in present for line in names.lines.get(word, ())})
    every = sorted(
        ((name, line) for line in near for name in names.held[line] if present.issuperset(name)),
        key=lambda one: -len(one[0]),
    )
    several = Counter(name for name, _ in every)
    taken: set[int] = set()
    found: list[Met] = []
    for name, line in every:
        alone = several[name] == 1 or _to_the_letter(sentence, names, name, line)
        for at in range(len(told) - len(name) + 1) if alone else ():
            places = range(at, at + len(name))
            if tuple(told[at : at + len(name)]) == name and taken.isdisjoint(places):
                taken.update(places)
                found.append(_met(sentence, line, places))
    whole = {one.line for one in found}
    for line in near:
        for name in names.held[line] if line not in whole else ():
            own = {word for word in name if names.shared[word] == 1}
            at_own = [i for i, word in enumerate(told) if word in own and i not in taken]
            if own and {told[i] for i in at_own} == own:
                found.append(_met(sentence, line, at_own[-len(own) :]))
                break
    if names.brief:
        found += _met_in_part(sentence, names, near, {one.line for one in found}, taken)
    return sorted(found, key=lambda one: one.start)


def _met_in_part(
    sentence: Spoken, names: Names, near: Sequence[int], known: Collection[int], taken: Collection[int]
) -> Iterator[Met]:
    """Lines that a sentence names by what their label has before a bracket, where no other line has these words."""
    told = tuple(word.stem for word in sentence.words)
    for line in near:
        name = names.brief.get(line, ()) if line not in known else ()
        if not name or set.intersection(*(set(names.lines.get(word, ())) for word in name)) != {line}:
            continue
        at = next((at for at in range(len(told)) if told[at : at + len(name)] == name), None)
        if at is not None and not any(place in taken for place in range(at, at + len(name))):
            yield replace(_met(sentence, line, range(at, at + len(name))), brief=True)


def _to_the_letter(sentence: Spoken, names: Names, name: Name, line: int) -> bool:
    """Whether of several lines of one name a sentence has the label of this one alone."""
    text = f" {fold(sentence.text)} "
    lines = [one for one in names.lines[name[0]] if name in names.held[one]]
    told = [one for one in lines if any(f" {label} " in text for label in names.printed.get(one, ()) if label)]
    return told == [line]


def _met(sentence: Spoken, line: int, places: Sequence[int]) -> Met:
    first, last = sentence.words[places[0]], sentence.words[places[-1]]
    return Met(line, first.at, last.at, last.clause)


def paired(figures: Sequence[Figure], named: Sequence[Met]) -> dict[int, tuple[Met | None, tuple[Met, ...]]]:
    """Which name each figure of one kind is said of, and all names next to it; none where two ways are alike.

    A name and a figure belong together where neither another figure of the kind nor another name stands between them.
    """
    if not figures or not named or len(figures) > _MOST:
        return {}
    near = [_near(at, figures, named) for at in range(len(figures))]
    ways = sorted(_ways(figures, near, 0, frozenset()), key=lambda way: (-len(way[1]), way[0]))
    best = dict(ways[0][1])
    rival = next((way for way in ways[1:] if len(way[1]) == len(best)), None)
    if rival is not None and rival[0] - ways[0][0] < _MARGIN:
        best = {at: name for at, name in best.items() if dict(rival[1]).get(at) == name}
    return {at: (best.get(at), tuple(near[at])) for at in range(len(figures))}


def _near(at: int, figures: Sequence[Figure], named: Sequence[Met]) -> list[Met]:
    one = figures[at]
    start = figures[at - 1].end if at else -1
    end = figures[at + 1].start if at + 1 < len(figures) else 10**9
    before = [name for name in named if start <= name.start < one.start]
    after = [name for name in named if one.end <= name.start < end]
    return [*before[-1:], *after[:1]]


def _ways(
    figures: Sequence[Figure], near: Sequence[Sequence[Met]], at: int, used: frozenset[int]
) -> Iterable[tuple[int, tuple[tuple[int, Met], ...]]]:
    """Ways to give each figure from one on a name of its own or none, with what they cost."""
    if at == len(figures):
        yield 0, ()
        return
    for cost, way in _ways(figures, near, at + 1, used):
        yield cost, way
    for name in near[at]:
        if name.start not in used:
            for cost, way in _ways(figures, near, at + 1, used | {name.start}):
                yield cost + _far(figures[at], name), ((at, name), *way)


def _far(figure: Figure, name: Met) -> int:
    """How far a name stands from a figure, in words, marks between them counted as several."""
    ends = (name.end, figure.start) if name.start < figure.start else (figure.end, name.start)
    words = sum(1 for a, b in pairwise(_spaces(figure.reading.sentence)) if ends[0] <= a < ends[1] and b - a > 1)
    return words + _MARK * abs(figure.clause - name.clause)


def _spaces(text: str) -> list[int]:
    return [i for i, letter in enumerate(text) if letter == " "]
