"""Money whose name several countries share, and the signs of it that only hold at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.codebook.rows import Row, toml_entries
from pipeline.codebook.wording import fold
from pipeline.language.lexicon import MONEY


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency of reports of a country.

    ``words`` (folded) tell it anywhere, ``signs`` to the letter; both with the power of ten of what is printed.
    """

    unit: str
    country: str
    words: Mapping[str, int] = field(default_factory=dict)
    signs: Mapping[str, int] = field(default_factory=dict)


def currencies(path: Path) -> Iterator[Currency]:
    """Entries of ``currencies.toml``.

    Raises:
        CodebookError: naming file and entry of the first that is wrong.
    """
    for row in toml_entries(path, "currency", ("unit", "country")):
        row.demand(row.held["unit"] in MONEY, f"'{row.held['unit']}' is no money")
        words, signs = _powers(row, "words"), _powers(row, "signs")
        yield Currency(
            unit=row.held["unit"],
            country=row.held["country"],
            words={fold(word): power for word, power in words.items()},
            signs=signs,
        )


def _powers(row: Row, key: str) -> dict[str, int]:
    held = row.held.get(key, {})
    row.demand(
        all(power.lstrip("-").isdigit() for power in held), f"a power of '{key}' is not a whole number"
    )
    return {word: int(power) for power, wordings in held.items() for word in wordings}
