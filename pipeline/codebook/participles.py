"""Participles for what Arabic says with «تم» and a noun of action: «التي تم إحداثها» are «المحدثة».

The patterns are those of the derived verbs (Wright, A Grammar of the Arabic Language, I, 202 to 240), on folded words; they
are listed in ``matching.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.codebook.nouns import Participles


def participle(words: Sequence[str], at: int, table: Participles) -> str:
    """The passive participle of a folded noun of action with its pronoun behind «تم»; empty where there is none.

    Args:
        words: folded words of a caption.
        at: place of the noun.
        table: words and patterns of ``matching.toml``.
    """
    if at == 0 or words[at - 1] not in table.done:
        return ""
    word = words[at]
    noun = next((word.removesuffix(one) for one in table.pronouns if word.endswith(one)), "")
    for pattern, made in table.patterns:
        if found := re.fullmatch(pattern, noun):
            return found.expand(made)
    return ""
