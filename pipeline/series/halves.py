"""What the readings of many reports are taken to mean: that of the later ones is worked out beside the earlier.

Meanings are many and what they are made of is little: they travel as numbers of the indicators, dimensions and periods
that they share.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from pipeline.beside import beside, middle
from pipeline.model.extraction import Complaint, Extraction
from pipeline.series.meaning import Meaning
from pipeline.series.observe import Draft, Observer, drafts_of

#: Share of the readings that are observed here: drafts are made here of all of them.
_HERE = 0.4
#: Of one report, what its readings are taken to mean, and what could not be placed.
_Told = tuple[list[Meaning], list[Complaint]]


def observed(
    extractions: Sequence[Extraction], observer: Observer
) -> Iterator[tuple[list[Draft], list[Complaint]]]:
    """The drafts of each report, in the order of the reports, and what could not be placed."""
    cut = middle((len(one.readings) for one in extractions), _HERE)
    told: Iterator[_Told] = map(observer.observe, extractions[:cut])
    if rest := extractions[cut:]:
        other = beside(lambda: _packed([observer.observe(one) for one in rest]))
        told = chain(told, _unpacked(other, rest))
    for extraction, (meanings, complaints) in zip(extractions, told, strict=True):
        yield drafts_of(extraction, meanings), complaints


class _Column(NamedTuple):
    """One part of many meanings: what occurs of it, and which of that each meaning has."""

    values: list[Any]
    numbers: array[int]


#: Parts of the meanings of some reports, and of each report what could not be placed.
_Packed = tuple[list[_Column], list[list[Complaint]]]


def _packed(told: Sequence[_Told]) -> _Packed:
    parts = zip(*chain.from_iterable(meanings for meanings, _ in told), strict=True)
    return [_column(part) for part in parts], [complaints for _, complaints in told]


def _column(part: Iterable[Any]) -> _Column:
    values: list[Any] = []
    numbers = array("I")
    known: dict[int, int] = {}
    for value in part:
        number = known.setdefault(id(value), len(values))
        if number == len(values):
            values.append(value)
        numbers.append(number)
    return _Column(values, numbers)


def _unpacked(other: Callable[[], _Packed], extractions: Sequence[Extraction]) -> Iterator[_Told]:
    columns, complaints = other()
    parts = (map(column.values.__getitem__, column.numbers) for column in columns)
    meanings = map(Meaning._make, zip(*parts, strict=True))
    for extraction, said in zip(extractions, complaints, strict=True):
        yield list(islice(meanings, len(extraction.readings))), said
