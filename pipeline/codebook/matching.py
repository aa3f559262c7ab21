"""Weights, margin and word lists of recognising an indicator, read from ``matching.toml``."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.codebook.nouns import Matching
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
        unknown = set(words["taking_part"]).difference(codes)
        if unknown:
            raise CodebookError(
                f"{path.name}: taking_part names {', '.join(sorted(unknown))}, which neither labels.csv nor concepts.csv has.",
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
            negating=frozenset(fold(word) for word in words["negating"]),
            breakdown_by=frozenset(fold(word) for word in words["breakdown_by"]),
            breakdowns=tuple(term(word) for word in words["breakdowns"]),
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
