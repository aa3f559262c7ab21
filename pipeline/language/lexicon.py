"""The word tables of this package, read once from ``codebook/lexicon`` and flattened."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pipeline.language.flat import flat_text

#: Unit codes that are money (ISO 4217).
MONEY = (
    *(
        "MAD",
        "EUR",
        "USD",
        "TND",
        "DZD",
        "LYD",
        "MRU",
        "MRO",
        "EGP",
        "JOD",
        "SYP",
        "LBP",
        "IQD",
        "SAR",
        "AED",
        "KWD",
        "QAR",
    ),
    *("BHD", "OMR", "YER", "SDG", "XXX"),
)


@cache
def table(name: str) -> Mapping[str, Any]:
    """A TOML file of the lexicon, as it stands."""
    file = resources.files("pipeline.codebook").joinpath("lexicon", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """A list of wordings, flattened."""
    held: Any = table(name)
    for key in keys:
        held = held[key]
    return frozenset(flat_text(word) for word in held)


@cache
def values(name: str, *keys: str) -> dict[str, int]:
    """A table of value → wordings, turned round and flattened; shared, not to be changed."""
    held: Any = table(name)
    for key in keys:
        held = held[key]
    return {flat_text(word): int(value) for value, wordings in held.items() for word in wordings}


@cache
def unit_words() -> Mapping[str, tuple[str, int]]:
    """Flat wording → unit code and power of ten, from ``codebook/unit_words.csv``."""
    file = resources.files("pipeline.codebook").joinpath("unit_words.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {flat_text(row["wording"]): (row["unit"], int(row["power"])) for row in rows}
