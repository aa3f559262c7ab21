"""Lines of heads: cut between columns, put together again where they are one head, and by their height."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipeline.model.page import Page, Word
from pipeline.readings.alignment.blocks import Extent
from pipeline.readings.pieces import Piece, overlap

#: So many gaps between words show how wide the blanks of a line are.
EVEN_GAPS = 4
#: Two heads stand at least so many font sizes apart, and the lines of one head so much off each other's middle at most.
LEAST_GAP, CENTRED = 0.42, 0.4


def at_columns(piece: Piece, columns: Sequence[Extent]) -> list[Piece]:
    """A line of heads cut between columns where its words stand farther apart than elsewhere in it."""
    size = piece.line.size
    words = sorted(piece.line.words, key=lambda w: w.box.x0)
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(words)]
    if not gaps:
        return [piece]
    ordered = sorted(gaps)
    usual = ordered[(len(gaps) - 1) // 2] if len(gaps) > 1 else 0.4 * size
    # Where the blanks of a line are all of one width, one that is a little wider tells already.
    even = len(gaps) >= EVEN_GAPS and usual <= 1.15 * ordered[0]
    least = max(0.3 * size, 1.2 * usual) if even else max(LEAST_GAP * size, 1.5 * usual)
    cuts = [
        i + 1
        for i, gap in enumerate(gaps)
        if gap > least
        and any(
            abs(at - (a[1] + b[0]) / 2) < 2.5 * size or a[1] < at < b[0]
            for a, b in itertools.pairwise(columns)
            for at in ((words[i].box.x1 + words[i + 1].box.x0) / 2,)
        )
    ]
    parts = _parts_of(piece, [words[a:b] for a, b in itertools.pairwise([0, *cuts, len(words)])])
    return [piece] if _over_group(piece, parts, columns) else parts


def _over_group(piece: Piece, parts: Sequence[Piece], columns: Sequence[Extent]) -> bool:
    """Whether a line stands in the middle over a run of columns, and its parts do not all stand so over their own."""
    near = CENTRED * piece.line.size
    runs = [(a[0], b[1]) for a, b in itertools.combinations(columns, 2)]
    whole = any(
        abs(piece.x - (low + high) / 2) < near
        and low - near < piece.box.x0
        and piece.box.x1 < high + near
        for low, high in runs
    )
    return whole and not all(any(abs(p.x - (c[0] + c[1]) / 2) < near for c in columns) for p in parts)


def over_others(piece: Piece, heads: Sequence[Piece]) -> list[Piece]:
    """A line cut where all of its parts stand in the middle over heads beside each other in the other script.

    Those must be the next line: the head of a group has its own other line between it and the heads of its columns.
    """
    under = _next_below(piece, heads)
    if len(under) < 2 or any(p.line.direction is piece.line.direction for p in under):
        return [piece]
    words = sorted(piece.line.words, key=lambda w: w.box.x0)
    whites = list(itertools.pairwise(under))
    parts: list[list[Word]] = [words[:1]]
    for before, word in itertools.pairwise(words):
        left, right = whites[min(len(parts), len(whites)) - 1]
        at = (before.box.x1 + word.box.x0) / 2
        wide = word.box.x0 - before.box.x1 > LEAST_GAP * piece.line.size
        if len(parts) <= len(whites) and wide and left.box.x1 < at < right.box.x0:
            parts.append([])
        parts[-1].append(word)
    made = _parts_of(piece, parts)
    centred = [abs(a.x - b.x) < CENTRED * piece.line.size for a, b in zip(made, under, strict=False)]
    return made if len(made) == len(under) and all(centred) else [piece]


def rejoined(row: Sequence[Piece], heads: Sequence[Piece], page: Page) -> list[Piece]:
    """Pieces of one height, two of one line as one where together they stand in the middle over a head in the other script."""
    out: list[Piece] = []
    for piece in sorted(row, key=lambda p: p.x):
        if out and out[-1].index == piece.index and piece.box.x0 - out[-1].box.x1 < piece.line.size:
            words = [
                w for w in page.lines[piece.index].words if w in out[-1].line.words or w in piece.line.words
            ]
            whole = piece.of(words)
            under = _next_below(whole, heads)
            if (
                len(under) == 1
                and under[0].line.direction is not whole.line.direction
                and all(overlap(_wide(p), _wide(under[0])) > 0 for p in (out[-1], piece))
                and abs(under[0].x - whole.x) < CENTRED * whole.line.size
            ):
                out[-1] = whole
                continue
        out.append(piece)
    return out


def levels_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Lines of one height, from the top."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.y):
        if rows and piece.y - rows[-1][0].y < 0.45 * piece.line.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _next_below(piece: Piece, heads: Sequence[Piece]) -> list[Piece]:
    """The next heads below a line that stand under it, from the left."""
    below = [
        p for p in heads if p.y - piece.y >= 0.45 * piece.line.size and overlap(_wide(p), _wide(piece)) > 0
    ]
    return sorted(levels_of(below)[0], key=lambda p: p.x) if below else []


def _parts_of(piece: Piece, parts: Sequence[Sequence[Word]]) -> list[Piece]:
    """A line as the pieces that hold some of its words each, which stay in reading order."""
    ids = [{id(w) for w in part} for part in parts]
    return (
        [piece.of([w for w in piece.line.words if id(w) in held]) for held in ids]
        if len(ids) > 1
        else [piece]
    )


def _wide(piece: Piece) -> Extent:
    return piece.box.x0, piece.box.x1
