"""Labels that say that their row adds up others: those of a whole table, or those of a group."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.codebook.loading import Codebook
from pipeline.model.reading import Label
from pipeline.readings.cells.cellunits import fold
from pipeline.readings.grids.headers import split_languages

#: So like a wording, of 100, is one that was read with a letter wrong.
LIKE = 88


def means_total(label: Label, codebook: Codebook) -> bool:
    """Whether a label means a grand total, in either language."""
    return is_total(fold(label.ar), codebook) or is_total(fold(label.fr), codebook)


def is_total(text: str, codebook: Codebook) -> bool:
    """Whether a folded label means a grand total."""
    sides = split_languages(text)
    parts = [side for side in (fold(sides.ar), fold(sides.fr)) if side]
    return _says_total(text, codebook) or (bool(parts) and all(_says_total(side, codebook) for side in parts))


def ends_group(label: Label, codebook: Codebook) -> bool:
    """Whether a label means the total of a group, or one that may be of a group as well as of all."""
    words = codebook.identities.words["subtotal"]
    return means_total(label, codebook) or any(
        text == word or text.startswith(f"{word} ")
        for text in (fold(label.ar), fold(label.fr))
        for word in words
    )


def is_part(label: Label, codebook: Codebook) -> bool:
    """Whether a label says that its row is part of the one above: «dont femmes», «منها كهربائية»."""
    words = codebook.identities.words["of_which"]
    tiers = (fold(text.rpartition(" / ")[2]) for text in (label.ar, label.fr) if text)
    return any(tier.startswith(f"{word} ") for tier in tiers for word in words)


def _says_total(text: str, codebook: Codebook) -> bool:
    return any(
        text == t or (fuzz.ratio(text, t) >= LIKE and text.count(" ") == t.count(" "))
        for t in codebook.total_wordings
    )
