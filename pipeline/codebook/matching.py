"""Weights, margin and word lists of recognising an indicator, read from ``matching.toml``."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.codebook.nouns import Matching, Participles
from pipeline.codebook.rows import toml_of
from pipeline.codebook.wording import fold, forms, term
from pipeline.errors import CodebookError


def matching(path: Path, codes: Collection[str]) -> Matching:
    """Read ``matching.toml``.

    Raises:
        CodebookError: when a key is missing, a weight is no number, or a code is none of ``codes``.
    """
    held = toml_of(path)
    try:
        weights, limits, words = held["weights"], held["limits"], held["words"]
        named = {key: set(words[key]) for key in ("taking_part", "headings")}
        named["implied"] = {*words["implied"], *words["implied"].values()}
        for key, held_codes in named.items():
            if unknown := held_codes.difference(codes):
                raise CodebookError(
                    f"{path.name}: {key} names {', '.join(sorted(unknown))}, which neither labels.csv nor concepts.csv has.",
                    "Mend it.",
                )
        return Matching(
            own=Decimal(weights["own"]),
            near=Decimal(weights["near"]),
            far=Decimal(weights["far"]),
            section=Decimal(weights["section"]),
            supporting=Decimal(weights["supporting"]),
            margin=Decimal(limits["margin"]),
            window=int(limits["window"]),
            publisher=float(limits["publisher"]),
            connectives=frozenset(fold(word) for word in words["connectives"]),
            light=frozenset(fold(word) for word in words["light"]),
            titles=frozenset(form for word in words["titles"] for form in forms(fold(word))),
            titles_whole=frozenset(fold(word) for word in words["titles_whole"]),
            behind_noun=frozenset(fold(word) for word in words["behind_noun"]),
            nationwide=frozenset(form for word in words["nationwide"] for form in forms(fold(word))),
            beneficiary=tuple(term(word) for word in words["beneficiary"]),
            taking_part=frozenset(words["taking_part"]),
            headings=frozenset(words["headings"]),
            thing_plurals=tuple(words["thing_plurals"]),
            implied=frozenset(words["implied"].items()),
            participles=Participles(
                done=frozenset(fold(word) for word in words["participles"]["done"]),
                pronouns=tuple(words["participles"]["pronouns"]),
                patterns=tuple((pattern, made) for pattern, made in words["participles"]["patterns"]),
            ),
            negating=frozenset(fold(word) for word in words["negating"]),
            breakdown_by=frozenset(fold(word) for word in words["breakdown_by"]),
            breakdowns=tuple(term(word) for word in words["breakdowns"]),
            anybody=tuple(term(word) for word in words["anybody"]),
            restricting=tuple(term(word) for word in words["restricting"]),
            overview=tuple(term(word) for word in words["overview"]),
            provisional=tuple(term(word) for word in words["provisional"]),
            estimated=tuple(term(word) for word in words["estimated"]),
        )
    except KeyError as missing:
        raise CodebookError(f"{path.name}: {missing} is missing.", "Copy it from the package.") from None
    except (InvalidOperation, ValueError, TypeError) as problem:
        raise CodebookError(
            f"{path.name}: a weight or limit is not a number ({problem}).", "Mend it."
        ) from None
