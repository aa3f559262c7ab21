"""Known counts and limits of the checks, from ``identities.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.codebook.wording import fold
from pipeline.errors import CodebookError

#: What a label may say of its line.
WORD_KINDS = (
    "total", "subtotal", "average", "share", "rate", "change", "of_which", "order", "cumulative", "distinct",
    "several", "selected", "averaged", "still", "beyond", "measured", "sharing", "grown",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of a thing there are, in the years in which that holds (the twelve regions)."""

    name: str
    value: int
    words: tuple[str, ...]
    valid_from: int | None
    valid_to: int | None
    why: str

    def holds_in(self, year: int | None) -> bool:
        """Whether the count holds in a year; an unknown year is taken as today's."""
        if year is None:
            return self.valid_to is None
        return (self.valid_from is None or year >= self.valid_from) and (
            self.valid_to is None or year <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """Counts, limits, and the words by which a label tells what its row or column is (folded)."""

    counts: tuple[Count, ...]
    limits: Mapping[str, Decimal]
    words: Mapping[str, tuple[str, ...]]


def load_identities(path: Path) -> Identities:
    """Read the file.

    Raises:
        CodebookError: naming file and key of what is wrong.
    """
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CodebookError(
            f"The codebook has no file {path.name} in {path.parent}.", "Copy it from the package."
        ) from None
    except tomllib.TOMLDecodeError as problem:
        raise CodebookError(f"{path.name} is not TOML: {problem}.", "Mend the line it names.") from None
    counts = []
    for name, row in held.get("counts", {}).items():
        if not isinstance(row.get("value"), int) or not row.get("why"):
            raise CodebookError(
                f"{path.name}, counts.{name}: 'value' must be a whole number and 'why' must say why.",
                "Mend it.",
            )
        counts.append(
            Count(
                name=name,
                value=row["value"],
                words=tuple(row.get("words", ())),
                valid_from=row.get("valid_from"),
                valid_to=row.get("valid_to"),
                why=row["why"],
            )
        )
    limits = {}
    for name, row in held.get("limits", {}).items():
        try:
            limits[name] = Decimal(str(row["value"]))
        except (KeyError, TypeError, InvalidOperation):
            raise CodebookError(
                f"{path.name}, limits.{name}: 'value' is not a number.", "Write it in quotes."
            ) from None
        if not row.get("why"):
            raise CodebookError(
                f"{path.name}, limits.{name}: 'why' is missing.", "Say why this limit and no other."
            )
    return Identities(counts=tuple(counts), limits=limits, words=_words(held.get("words", {}), path.name))


def _words(held: Mapping[str, object], name: str) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for kind in WORD_KINDS:
        given = held.get(kind)
        if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
            raise CodebookError(f"{name}, words.{kind}: not a list of words.", "Give a list in brackets.")
        words[kind] = tuple(sorted({fold(word) for word in given if fold(word)}))
    return words
