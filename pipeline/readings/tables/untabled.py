"""Figures that stand in rows and columns and are in no table: told, for what they mean is read nowhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from pipeline.errors import place_of
from pipeline.model.extraction import Complaint
from pipeline.model.page import Page
from pipeline.model.place import Box
from pipeline.readings.alignment.regions import regions
from pipeline.readings.marks import is_year
from pipeline.readings.pieces import Piece, merged, overlap, pieces_of

#: So many rows with so many figures under each other are no chance.
LEAST_ROWS, LEAST_COLUMNS = 3, 2


def untabled(page: Page, used: Collection[int], back: Callable[[Box], Box] | None = None) -> list[Complaint]:
    """Rows of figures of a page that no table holds.

    Args:
        page: the page, its text upright.
        used: indices of the lines that tables and banners hold.
        back: the way back for boxes of a page that was turned.
    """
    pieces = [p for p in pieces_of(page, []) if p.index not in used]
    found = [rows for region in regions(page, pieces) if (rows := _rows(region.rows))]
    return [_complaint(page.number, rows, back) for rows in found]


def _rows(rows: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The rows that hold numbers in columns that most of them share; none when they are few."""
    numbers = [
        [p for p in row if any(c.isdigit() for c in p.line.text) and not is_year(p.line.text)] for row in rows
    ]
    held = [row for row in numbers if row]
    columns = [
        c
        for c in merged([(p.box.x0, p.box.x1) for row in held for p in row])
        if sum(any(overlap((p.box.x0, p.box.x1), c) > 0 for p in row) for row in held) > 0.6 * len(held)
    ]
    several = [row for row in held if len(row) >= LEAST_COLUMNS]
    return several if len(columns) >= LEAST_COLUMNS and len(several) >= LEAST_ROWS else []


def _complaint(page: int, rows: Sequence[Sequence[Piece]], back: Callable[[Box], Box] | None) -> Complaint:
    place = Box.around(p.box for row in rows for p in row)
    shown = " / ".join(" ".join(p.line.text for p in row) for row in rows[:2])
    return Complaint(
        rule="EXT-14",
        page=page,
        box=back(place) if back else place,
        message_ar=f"أرقام في سطور وأعمدة لم يُتعرف فيها على جدول: {shown}",
        message_fr=f"Des chiffres en lignes et colonnes dont aucun tableau n'a pu être lu : {shown}",
        message_en=f"Figures in rows and columns of which no table could be read: {shown}",
    )


def unsearched(page: int, problem: Exception) -> Complaint:
    """Tells that a page broke the search for its tables, and where in the search."""
    place = place_of(problem)
    return Complaint(
        rule="EXT-17",
        page=page,
        message_ar=f"تعطل البحث عن جداول الصفحة {page} ({place}): قد تُقرأ أرقامها خارج جدولها",
        message_fr=f"La recherche des tableaux de la page {page} a échoué ({place}) :"
        " ses chiffres peuvent être lus hors de leur tableau",
        message_en=f"The search for the tables of page {page} failed ({place}):"
        " its figures may be read outside their table",
    )
