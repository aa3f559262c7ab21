"""Classes of breakdowns that reports print in other words: one by the same rules as captions (``uniting.py``).

The code of a class that the codebook does not know comes from its Arabic, else from its French; a report that prints only
the French, or words the Arabic in another way, would give it a second one. Two are one when the French is the same to the
letter, or when rows of one indicator say the same in words or concepts. Two that one report has are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from pipeline.codebook.loading import fold
from pipeline.codebook.wording import is_arabic
from pipeline.model.edition import Code
from pipeline.model.observation import Observation
from pipeline.model.series import Proposal
from pipeline.series.links import Link, Printed
from pipeline.series.observe import named
from pipeline.series.periods import without_period
from pipeline.series.titles import Titles
from pipeline.series.uniting import Union, unite

#: Likeness (0 to 100) of the Arabic from which it does not speak against the French.
_NOT_AGAINST = 55.0
#: So many rows of one indicator are all compared with one another.
_MOST_COMPARED = 100
#: The dimension and code list of classes made from print.
DIMENSION, LIST = "item", "CL_ITEM"


@dataclass(frozen=True, slots=True)
class Classes:
    """By the code of a class made from print that is given up, the one that is kept, and why; ``why`` is for people.

    ``alike`` are classes that may be one.
    """

    kept: Mapping[str, str]
    why: Mapping[str, str]
    alike: tuple[Proposal, ...] = ()


def unite_classes(
    codes: Iterable[Code],
    reports_of: Mapping[str, Collection[str]],
    observations: Iterable[Observation],
    titles: Titles,
) -> Classes:
    """Find classes made from print that are one.

    Args:
        codes: classes made from print, in the order in which reports have them.
        reports_of: ids of the reports that have a code; two that one report has are two classes.
        observations: what is told of these classes, under the indicators that are kept.
        titles: reads labels.
    """
    items = {code.code: code for code in codes if code.list == LIST}
    same_french = list(_of_one_french(items.values(), reports_of))
    kept = {union.code: union.kept for union in same_french}
    reports: dict[str, set[str]] = defaultdict(set)
    for code in items:
        reports[kept.get(code, code)] |= set(reports_of.get(code, ()))
    seen = [
        (
            _printed(items[code], kept.get(code, code), indicator, titles),
            frozenset(reports[kept.get(code, code)]),
        )
        for indicator, held in _changed(_rows_of(observations if len(items) > 1 else ())).items()
        for code in held
    ]
    found, alike = unite(seen, most_compared=_MOST_COMPARED)
    unions = [*same_french, *found]
    now = {union.code: union.kept for union in unions}
    return Classes(
        {code: _last(code, now) for code in now},
        {union.code: f"«{_said(items[union.code])}» is {union.why}" for union in unions},
        tuple(_proposals(alike, items)),
    )


def _proposals(alike: Iterable[Proposal], items: Mapping[str, Code]) -> Iterator[Proposal]:
    """What is only alike, of each class with the likest one."""
    proposed = set[str]()
    for one in sorted(alike, key=lambda one: (-one.score, one.indicator, one.other)):
        if one.indicator not in proposed:
            proposed.add(one.indicator)
            first, second = _said(items[one.other]), _said(items[one.indicator])
            yield replace(one, why=f"rows «{first}» and «{second}»: {one.why}")


def _last(code: str, kept: Mapping[str, str]) -> str:
    while code in kept:
        code = kept[code]
    return code


def _of_one_french(codes: Iterable[Code], reports_of: Mapping[str, Collection[str]]) -> Iterator[Union]:
    groups: dict[str, list[Code]] = defaultdict(list)
    for code in codes:
        if code.label_fr and not is_arabic(code.label_fr):
            groups[fold(code.label_fr)].append(code)
    for held in groups.values():
        first, there = held[0], set(reports_of.get(held[0].code, ()))
        for other in held[1:]:
            mine = set(reports_of.get(other.code, ()))
            if not there & mine and _not_against(first, other):
                yield Union(
                    other.code, first.code, f"one with «{_said(first)}»: French the same to the letter"
                )
                there |= mine


def _not_against(one: Code, other: Code) -> bool:
    arabic = [fold(code.label_ar) for code in (one, other) if is_arabic(code.label_ar)]
    return len(arabic) < 2 or fuzz.token_sort_ratio(*arabic) >= _NOT_AGAINST


def _rows_of(observations: Iterable[Observation]) -> dict[str, dict[str, set[str]]]:
    """Indicators with the classes made from print that their rows name, each with the reports that have it there."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in observations:
        for name, code in one.dimensions:
            if name == DIMENSION:
                found[one.indicator][code].add(one.locus.report_id)
    return found


def _changed(rows: Mapping[str, Mapping[str, set[str]]]) -> dict[str, list[str]]:
    """Indicators whose rows are not the same in all reports: of the others nothing can be one."""
    found = {}
    for indicator, held in rows.items():
        there = set[str]().union(*held.values())
        if sum(mine != there for mine in held.values()) > 1:
            found[indicator] = list(held)
    return found


def _printed(code: Code, name: str, indicator: str, titles: Titles) -> Link:
    """A class as a wording that can be compared: only with those that rows of the same indicator name."""
    # A class that is printed in one language bears it twice.
    arabic = code.label_ar if is_arabic(code.label_ar) else ""
    french = code.label_fr if not is_arabic(code.label_fr) else ""
    held = [fold(without_period(text)) for text in (arabic, french)]
    numbers = sorted({word for word in (held[0] or held[1]).split() if any(c.isdigit() for c in word)})
    words = [titles.words([text]) for text in held]
    concepts = [titles.concepts([text]) for text in held]
    gist = [titles.gist([text]) for text in held]
    printed = Printed(
        ar=titles.without_opening(held[0]),
        fr=titles.without_opening(held[1]),
        frame=("class", indicator, *numbers),
        in_table=True,
        words=(words[0], words[1]),
        concepts=(concepts[0], concepts[1]),
        gist=(gist[0], gist[1]),
    )
    return Link(
        code=name, known=False, unit="", label_ar=arabic, label_fr=french, label_en="", measure="", why="",
        said=_said(code), printed=printed,
    )  # fmt: skip


def _said(code: Code) -> str:
    return " / ".join(dict.fromkeys((code.label_ar, code.label_fr)))


def reclassed(observations: Iterable[Observation], kept: Mapping[str, str]) -> list[Observation]:
    """Observations with the classes that are kept."""
    return [
        _reclassed(one, kept) if any(code in kept for _, code in one.dimensions) else one
        for one in observations
    ]


def reasons(observations: Iterable[Observation], classes: Classes) -> dict[tuple[str, str], list[str]]:
    """By indicator and report, why classes that its rows name are those of other reports."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    if not classes.why:
        return {}
    for one in observations:
        for _, code in one.dimensions:
            if code in classes.why:
                found[one.indicator, one.locus.report_id][classes.why[code]] = None
    return {key: list(held) for key, held in found.items()}


def _reclassed(one: Observation, kept: Mapping[str, str]) -> Observation:
    report_id = one.locus.report_id
    number = one.observation_id.removeprefix(f"{one.series_id}-{one.time_period}-{report_id}")
    dimensions = tuple((name, kept.get(code, code)) for name, code in one.dimensions)
    renewed = named(replace(one, dimensions=dimensions), report_id)
    return replace(renewed, observation_id=renewed.observation_id + number)
