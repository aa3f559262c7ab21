"""What labels say of a value in brackets: provisional (P) or estimated (E), as statuses of CL_OBS_STATUS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.codebook.loading import Codebook
from pipeline.codebook.wording import Forms, Term, met, words_of

_BRACKETS = regex.compile(r"[(\[]([^)\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Remarks:
    """Reads remarks with one codebook."""

    codebook: Codebook

    def of(self, labels: Sequence[str]) -> str:
        """Status that the remarks of some labels give; empty when they say nothing of it."""
        # Only a remark in brackets: shelters are "provisional" too.
        if not any("(" in text or "[" in text for text in labels):
            return ""
        remarks = words_of(" ".join(match for text in labels for match in _BRACKETS.findall(text)))
        if _any(self.codebook.matching.provisional, remarks):
            return "P"
        return "E" if _any(self.codebook.matching.estimated, remarks) else ""


def graver(one: str, other: str) -> str:
    """Of two statuses the one that says more: provisional before estimated before none."""
    return "P" if "P" in (one, other) else one or other


def _any(terms: Sequence[Term], words: tuple[Forms, ...]) -> bool:
    return bool(words) and any(met(one, words, 0) for one in terms)
