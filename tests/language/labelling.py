"""Sentences labelled by hand, and how well the grammar of figures agrees with the labels."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.commands.figures import rows

AT = Path(__file__).parent / "labelled"
_MONEY = ("MAD", "EUR", "USD")
_NAMED = ("ordinal", "date", "period")
_DIGITS = 6

Label = tuple[str, str, str]  # value, kind or currency, qualifier


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what is said in it: quantities, and what has a value but counts nothing."""

    phenomenon: str
    language: str
    text: str
    quantities: Counter[Label]
    named: Counter[Label]


@dataclass(frozen=True, slots=True)
class Score:
    """Quantities right in value, unit class and qualifier; ``leaked`` of ``others`` sentences without a quantity."""

    right: int
    labelled: int
    found: int
    leaked: int
    others: int
    named_right: int
    named: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.labelled + self.found)


def sentences(half: str) -> list[Sentence]:
    """One half of the set: ``developed`` may be looked at, ``unseen`` is only scored."""
    lines = (AT / f"{half}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [_sentence(*line.split("\t")) for line in lines]


def _sentence(phenomenon: str, language: str, text: str, labels: str) -> Sentence:
    every = [_label(label.split()) for label in labels.split(" ; ") if label.strip()]
    return Sentence(
        phenomenon,
        language,
        text,
        Counter(label for label in every if label[1] in ("number", "percent", "unit", *_MONEY)),
        Counter(label for label in every if label[1] in _NAMED),
    )


def _label(parts: Sequence[str]) -> Label:
    value, kind, qualifier = (*parts, "exact")[:3]
    if kind not in _NAMED and value != "-":
        value = _range(value)
    return value, kind, qualifier


def _range(value: str) -> str:
    return "..".join(_plain(_fraction(end)) for end in value.split(".."))


def _fraction(value: str) -> Decimal:
    over, _, under = value.partition("/")
    return round(Decimal(over) / Decimal(under), _DIGITS) if under else Decimal(over)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def told(text: str) -> tuple[Counter[Label], Counter[Label]]:
    """What ``hasila figures`` prints of a sentence, as labels."""
    quantities: Counter[Label] = Counter()
    named: Counter[Label] = Counter()
    for row in rows([text]):
        found = json.loads(row, parse_float=Decimal)
        kind, value = found["kind"], found["value"]
        if kind in ("number", "percent", "unit", "currency"):
            ends = (found["low"], found["high"]) if found["qualifier"] == "between" else (value,)
            quantity = "..".join(_plain(Decimal(end)) for end in ends)
            # The labels know no "nearly": officials use it for "about".
            qualifier = "about" if found["qualifier"] == "nearly" else found["qualifier"]
            quantities[quantity, found["unit"] if kind == "currency" else kind, qualifier] += 1
        elif kind in _NAMED:
            dated = kind == "date" and str(value).startswith("--")
            named["-" if value is None or dated else str(value), kind, "exact"] += 1
    return quantities, named


def score(held: Sequence[Sentence]) -> Score:
    """Agreement over sentences."""
    right = labelled = found = leaked = others = named_right = named = 0
    for sentence in held:
        quantities, rest = told(sentence.text)
        right += (quantities & sentence.quantities).total()
        labelled += sentence.quantities.total()
        found += quantities.total()
        named_right += (rest & sentence.named).total()
        named += sentence.named.total()
        if not sentence.quantities:
            others += 1
            leaked += bool(quantities)
    return Score(right, labelled, found, leaked, others, named_right, named)
