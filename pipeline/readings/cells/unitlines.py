"""What a unit line above a table is said of: all its columns, or those of money alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from pipeline.codebook.loading import Codebook
from pipeline.language.flat import flat_text
from pipeline.language.lexicon import MONEY
from pipeline.language.lexicon import table as lexicon
from pipeline.language.numberwords import dual_scales, is_number_word, scales
from pipeline.language.numerals import parse
from pipeline.model.reading import Label, Table
from pipeline.readings.cells.cellunits import bare, fold, tells_unit, unit_of, without_sums

#: A line that says the unit of all amounts has no more words.
ALL_WORDS = 10


def unit_note_of(caption: Label, codebook: Codebook) -> tuple[str, Label]:
    """Take the unit line out of a caption: a part that names only a unit and a scale."""
    notes: list[str] = []
    kept: dict[str, list[str]] = {"ar": [], "fr": []}
    for language, text in (("ar", caption.ar), ("fr", caption.fr)):
        for part in text.split(" / "):
            if names_unit(part, codebook):
                notes.append(part)
            elif part:
                kept[language].append(part)
    return " / ".join(notes), Label(ar=" / ".join(kept["ar"]), fr=" / ".join(kept["fr"]))


def names_unit(text: str, codebook: Codebook) -> bool:
    """Whether a short text names a unit of money or a scale, and says no number of it but a power of ten.

    «6,3 MDH» and «وثلاثة آلاف» are sums: the end of a sentence, perhaps.
    """
    if not set(filter(str.isdigit, text)) <= set("10١٠") or says_sum(text):
        return False
    unit = unit_of([text], codebook)
    words = fold(text).replace("(", " ").replace(")", " ").split()
    return bool(text) and (unit.code in MONEY or bool(unit.power)) and len(words) <= 5


def says_sum(text: str) -> bool:
    """Whether a text says in words how many thousands or millions there are."""
    words = [word.strip("()").removeprefix("و") for word in flat_text(text).split()]
    large = [word in scales() or word in dual_scales() for word in words]
    return any(large) and any(is_number_word(w) and not scale for w, scale in zip(words, large, strict=True))


def tells_all(text: str, rows: Collection[Label], caption: Label, codebook: Codebook) -> bool:
    """Whether a short text says of all amounts in which unit or scale they are (جميع المبالغ بالمليون درهم).

    Not of a table whose caption or most of its rows name what is counted.
    """
    words = fold(text.strip(" ()")).split()
    counts = sum(any(tells_unit(t, codebook) for t in (row.ar, row.fr) if t) for row in rows)
    if 2 * counts > len(rows) or unit_of([caption.ar, caption.fr], codebook).code == "PS":
        return False
    unit = unit_of([text], codebook)
    told = 2 < len(words) <= ALL_WORDS and words[0] in _heads("all_amounts")
    return told and (unit.code in MONEY or bool(unit.power))


def unsaid_columns(table: Table, heads: Mapping[int, Label], codebook: Codebook) -> set[int]:
    """Columns of which a unit line of money is perhaps not said: others are named after money, they are not.

    Figures of such a column that all have as many decimals as those of money have are money: counts have none.

    Args:
        table: with its unit line and captions.
        heads: names of the columns of figures.
        codebook: wordings of units.
    """
    lines = (table.unit_note, table.caption.ar, table.caption.fr)
    stated = unit_of([without_sums(text) for text in lines], codebook)
    if stated.code not in MONEY or not stated.power:
        return set()
    money = {c for c, head in heads.items() if any(map(_names_money, (head.ar, head.fr)))}
    told = {
        c
        for c, head in heads.items()
        if any(tells_unit(text, codebook) for text in (head.ar, head.fr) if text)
    }
    years = {c for c, head in heads.items() if not any(x.isalpha() for x in f"{head.ar}{head.fr}")}
    derived = {c for c, head in heads.items() if any(map(_derives, (head.ar, head.fr)))}
    decimals = _decimals_by_column(table)
    like = {decimals[c] for c in money if decimals.get(c)}
    fractions = {c for c in heads if decimals.get(c) in like}
    return set(heads) - money - told - years - derived - fractions if money else set()


def _names_money(text: str) -> bool:
    return any(_is_head("money_heads", word) for word in fold(text).split())


def _derives(text: str) -> bool:
    """Whether a head names a difference or sum of others, in the unit of those."""
    return any(_is_head("derived_heads", word) for word in fold(text.rsplit(" / ", 1)[-1]).split()[:1])


def _is_head(kind: str, word: str) -> bool:
    return not _heads(kind).isdisjoint((word, bare(word)))


@cache
def _heads(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("identifiers")["words"][kind])


def _decimals_by_column(table: Table) -> dict[int, int]:
    """How many decimals the figures of a column have, where all of them have as many."""
    held: dict[int, set[int]] = {}
    for cell in table.cells:
        number = None if cell.header else parse(cell.text)
        if number is not None and not number.percent:
            exponent = number.resolution.as_tuple().exponent
            held.setdefault(cell.column, set()).add(-exponent if isinstance(exponent, int) else 0)
    return {column: places.pop() for column, places in held.items() if len(places) == 1}
