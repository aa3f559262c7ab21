"""What of a table is in doubt, told so that no value of it is wrong in silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipeline.codebook.loading import Codebook
from pipeline.model.extraction import Complaint
from pipeline.model.page import Word
from pipeline.model.place import Box
from pipeline.model.reading import Label, Reading, Table
from pipeline.readings.cells.cellunits import fold
from pipeline.readings.cells.unitlines import unsaid_columns
from pipeline.readings.grids.grid import Filled


def contradictions(table: Table, readings: Sequence[Reading], codebook: Codebook) -> list[Complaint]:
    """Rows whose Arabic and French labels mean different things (Masculin beside أنثى)."""
    complaints = []
    for row in sorted({r.row for r in readings if r.row is not None}):
        held = [r for r in readings if r.row == row]
        label = held[0].row_label
        arabic, french = codebook.sex_of.get(fold(label.ar)), codebook.sex_of.get(fold(label.fr))
        if arabic and french and arabic != french:
            complaints.append(
                Complaint(
                    rule="EXT-02",
                    page=table.page,
                    readings=tuple(r.reading_id for r in held),
                    message_ar=f"تسميتا السطر متناقضتان: {label.ar} / {label.fr}",
                    message_fr=f"Les deux libellés de la ligne se contredisent : {label.ar} / {label.fr}",
                    message_en=f"The two labels of the row contradict each other: {label.ar} / {label.fr}",
                )
            )
    return complaints


def doubtful_places(page: int, filled: Filled, readings: Sequence[Reading]) -> list[Complaint]:
    """What has no sure place in a grid: words, figures of several rows, a title that may be a head, heads."""
    return [
        *lost_words(page, filled.lost, readings),
        *shared_figures(page, filled.doubtful, readings),
        *doubtful_title(page, filled.maybe_head, readings),
        *doubtful_heads(page, filled.unsure_heads, readings),
    ]


def lost_words(page: int, lost: Sequence[Word], readings: Sequence[Reading]) -> list[Complaint]:
    """Words inside a table that stand in none of its cells: a label beside or above them may be short of them.

    Args:
        page: number of the page.
        lost: the words.
        readings: figures of the table, places as on the page.
    """
    words = [w for w in lost if any(c.isalnum() for c in w.text)]
    if [w.text for w in words] == [str(i) for i in range(1, len(words) + 1)]:
        return []  # they number the rows
    cells = [r for r in readings if r.row is not None]
    if not words or not cells:
        return []
    touched = [r for r in cells if any(_beside(w.box, r.locus.box) for w in words)] or cells
    shown = " ".join(w.text for w in words[:6])
    return [
        Complaint(
            rule="EXT-10",
            page=page,
            readings=tuple(r.reading_id for r in touched),
            message_ar=f"كلمات داخل الجدول لا تقع في أي خانة، قد تنقص من تسمية: {shown}",
            message_fr=f"Des mots du tableau ne sont dans aucune case, un libellé peut en manquer : {shown}",
            message_en=f"Words of the table stand in no cell, a label may lack them: {shown}",
        )
    ]


def _beside(word: Box, figure: Box) -> bool:
    """Whether a word stands level with a figure or over its column."""
    level = min(word.bottom, figure.bottom) - max(word.top, figure.top)
    over = min(word.x1, figure.x1) - max(word.x0, figure.x0)
    return level > 0.3 * min(word.height, figure.height) or (over > 0 and word.bottom <= figure.top)


def shared_figures(
    page: int, doubtful: Collection[tuple[int, int]], readings: Sequence[Reading]
) -> list[Complaint]:
    """Figures alone in the middle of several rows, which may stand for all of them or for one."""
    held = [r for r in readings if (r.row, r.column) in doubtful and r.value is not None]
    if not held:
        return []
    shown = ", ".join(r.raw for r in held[:4])
    return [
        Complaint(
            rule="EXT-11",
            page=page,
            readings=tuple(r.reading_id for r in held),
            message_ar=f"قد يخص الرقم عدة أسطر معا لا سطرا واحدا: {shown}",
            message_fr=f"Ces chiffres valent peut-être pour plusieurs lignes à la fois : {shown}",
            message_en=f"These figures may stand for several rows at once: {shown}",
        )
    ]


def doubtful_title(page: int, title: str, readings: Sequence[Reading]) -> list[Complaint]:
    """A title that may as well be a head over some columns; the labels of their figures lack it then."""
    held = [r for r in readings if r.row is not None and r.value is not None]
    if not title or not held:
        return []
    return [
        Complaint(
            rule="EXT-15",
            page=page,
            readings=tuple(r.reading_id for r in held),
            message_ar=f"قد يكون «{title}» عنوان أعمدة من الجدول لا عنوان الجدول كله",
            message_fr=f"«{title}» est peut-être l'en-tête de colonnes et non le titre du tableau",
            message_en=f"«{title}» may be a head over columns and not the title of the table",
        )
    ]


def doubtful_heads(page: int, heads: Sequence[str], readings: Sequence[Reading]) -> list[Complaint]:
    """Heads that may stand over other columns than they were given to."""
    held = [r for r in readings if r.row is not None and r.value is not None]
    if not heads or not held:
        return []
    shown = " / ".join(heads)
    return [
        Complaint(
            rule="EXT-16",
            page=page,
            readings=tuple(r.reading_id for r in held),
            message_ar=f"قد تخص عناوين أعمدة أعمدة أخرى: {shown}",
            message_fr=f"Des en-têtes valent peut-être pour d'autres colonnes : {shown}",
            message_en=f"Heads that may stand over other columns: {shown}",
        )
    ]


def unsaid_units(
    table: Table, heads: Mapping[int, Label], readings: Sequence[Reading], codebook: Codebook
) -> list[Complaint]:
    """Figures of columns that a unit line of money is perhaps not said of; they are left without its scale."""
    columns = unsaid_columns(table, heads, codebook)
    held = [r for r in readings if r.column in columns and r.value is not None and r.unit_measure != "PT"]
    if not held:
        return []
    shown = " / ".join(filter(None, dict.fromkeys(r.column_label.ar or r.column_label.fr for r in held)))
    return [
        Complaint(
            rule="EXT-12",
            page=table.page,
            readings=tuple(r.reading_id for r in held),
            message_ar=f"قد لا تشمل وحدة الجدول هذه الأعمدة: {shown}",
            message_fr=f"L'unité du tableau ne vaut peut-être pas pour ces colonnes, lues sans elle : {shown}",
            message_en=f"The unit of the table is perhaps not said of these columns, which are read without it: {shown}",
        )
    ]
