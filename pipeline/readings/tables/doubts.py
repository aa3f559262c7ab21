"""Labels of recognised tables that lost words or were read with doubt: told with the figures that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from pipeline.codebook.loading import Codebook
from pipeline.model.extraction import Complaint
from pipeline.model.page import UNREAD, Word
from pipeline.model.place import Method
from pipeline.model.reading import Reading
from pipeline.readings.cells.cellunits import fold
from pipeline.readings.grids.grid import Filled, Slot
from pipeline.readings.grids.headers import Reading2D

#: A word of a label that recognition was less sure of may be another: of 35 wrong Arabic labels 33 hold such a word.
SURE = 0.82
#: Particles of one letter are read with doubt even where all is well.
_WORD, _LETTER = regex.compile(r"\p{L}{2,}"), regex.compile(r"\p{L}")
_ARABIC, _EASTERN = regex.compile(r"[\p{Script=Arabic}--\p{N}]", regex.V1), regex.compile(r"[٠-٩]")
Lines = list[list[Word]]


def doubtful_labels(
    filled: Filled, meaning: Reading2D, readings: Sequence[Reading], codebook: Codebook
) -> Iterator[Complaint]:
    """One complaint of labels that no language tells surely, and one for the record of those that one does.

    Args:
        filled: the table, its words by cells.
        meaning: where its heads, stubs and figures are.
        readings: its figures.
        codebook: wordings that vouch for a label, however unsurely it was read.
    """
    if all(reading.locus.method is not Method.OCR for reading in readings):
        return
    told: dict[bool, list[tuple[str, Reading]]] = {True: [], False: []}
    for reading in readings:
        if reading.row is None or reading.column is None:
            continue
        for lines in (_of_row(filled, meaning, reading.row), _of_column(filled, meaning, reading.column)):
            doubted = _doubted(lines, codebook)
            if doubted is not None:
                told[doubted[0]].append((doubted[1], reading))
    grave = {reading.reading_id for _, reading in told[True]}
    for warned, held in told.items():
        kept = [(shown, r) for shown, r in held if warned or r.reading_id not in grave]
        if kept:
            yield _complaint(warned, kept)


def _of_row(filled: Filled, meaning: Reading2D, row: int) -> list[Lines]:
    """Lines of the stub cells of a row, cell by cell."""
    return _lines(
        filled,
        (
            s
            for s in filled.grid.slots
            if s.row <= row < s.row + s.row_span
            and not _over(s, meaning.data_columns)
            and row in meaning.row_labels
        ),
    )


def _of_column(filled: Filled, meaning: Reading2D, column: int) -> list[Lines]:
    """Lines of the heads of a column, cell by cell."""
    first = min(meaning.row_labels, default=0)
    heads = (s for s in filled.grid.slots if s.row < first and s.column <= column < s.column + s.column_span)
    return _lines(filled, heads)


def _over(slot: Slot, columns: Sequence[int]) -> bool:
    return any(slot.column <= c < slot.column + slot.column_span for c in columns)


def _lines(filled: Filled, slots: Iterable[Slot]) -> list[Lines]:
    return [lines for s in slots if (lines := filled.lines.get((s.row, s.column)))]


def _doubted(cells: Sequence[Lines], codebook: Codebook) -> tuple[bool, str] | None:
    """Whether the cells of a label leave it in doubt in every language, and what is doubted; ``None`` of sure ones.

    Print without a word belongs to the language of its line; alone on a line it belongs to none.
    """
    sure: dict[str, bool] = {}
    shown: list[str] = []
    for line in (line for lines in cells for line in lines):
        texts = " ".join(word.text for word in line)
        arabic = bool(_ARABIC.search(texts))
        words = [w for w in line if _WORD.search(w.text)] or [w for w in line if _LETTER.search(w.text)]
        weak = any(word.confidence < SURE for word in words) and not known(texts, codebook)
        weak |= UNREAD in texts
        weak |= not arabic and bool(_EASTERN.search(texts))
        language = "ar" if arabic else "fr"
        if words:
            sure[language] = sure.get(language, True) and not weak
        if weak:
            shown.append(texts)
    return (not any(sure.values()), shown[0]) if shown else None


def known(text: str, codebook: Codebook) -> bool:
    """Whether a label is to the letter one that the codebook has: what is misread seldom is."""
    key = fold(text)
    listed = (codebook.total_wordings, codebook.sex_of, codebook.age_of, codebook.area_of, codebook.label_of)
    return any(key in wordings for wordings in listed)


def _complaint(warned: bool, held: Sequence[tuple[str, Reading]]) -> Complaint:
    shown = ", ".join(list(dict.fromkeys(text for text, _ in held))[:4])
    return Complaint(
        rule="EXT-06" if warned else "EXT-07",
        page=held[0][1].locus.page,
        readings=tuple(dict.fromkeys(reading.reading_id for _, reading in held)),
        message_ar=f"تسميات في جدول ممسوح قُرئت بشك أو ضاعت منها كلمات: {shown}",
        message_fr=f"Libellés d'un tableau numérisé lus avec doute ou incomplets : {shown}",
        message_en=f"Labels of a scanned table read with doubt, or words of them lost: {shown}",
    )
