"""Pieces of a page: words of one line that belong together, what parts them, and the columns that they form."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.language.numerals import parse
from pipeline.model.page import Line, Page, Role, Word
from pipeline.model.place import Box, Method
from pipeline.readings.marks import (
    cut_out,
    is_figure,
    is_lone_call,
    without_call,
    without_raised,
)

_FURNITURE = (Role.FOOTER, Role.PAGE_NUMBER, Role.FOOTNOTE, Role.CONTENTS, Role.SCALE)
#: Words of one cell stand nearer to each other than this share of the font size.
CELL_GAP = 0.8
#: Labels of two stub columns stand at least so many font sizes apart: printed, and scanned.
STUB_GAP, SCANNED_STUB_GAP = 0.5, 1.6
#: … or each is set to the edge or middle of others of its column within so many points, so many all together.
SET_LIKE, LEAST_ALIKE = 0.5, 3
#: Two figures that can't be one stand nearer still.
FIGURE_GAP = 0.4
#: So many gaps of a justified line are alike within this factor, and no wider than its tallest word is high.
JUSTIFIED_GAPS, ALIKE, UNEVEN = 5, 1.25, (0.5, 1.6)
#: A label over two columns may end so many points short of one of them.
BRIDGE = 4.0
#: A line so many times as high as it is wide runs up or down.
STANDING = 1.3
#: A tail of a letter is so unsure as a figure, and so near to its label, in heights of that.
TAIL_SURE, TAIL_REACH = 0.5, 0.5
#: A line of more words than this, or wider than this share of the page, is running text.
PROSE_WORDS, PROSE_SHARE = 12, 0.62
#: No list of contents tells of so many pages.
MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line that belong together; ``index`` is that of the line on its page."""

    index: int
    line: Line
    figure: bool

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.line.box

    @property
    def y(self) -> float:
        """Its middle from the top."""
        return self.line.box.centre[1]

    def of(self, words: Sequence[Word]) -> Piece:
        """The part of it that holds some of its words."""
        line = replace(self.line, words=tuple(words), box=Box.around(word.box for word in words))
        return Piece(self.index, line, is_figure(line.text))

    @property
    def x(self) -> float:
        """Its middle from the left."""
        return self.line.box.centre[0]


def pieces_of(page: Page, taken: Sequence[Box]) -> list[Piece]:
    """Pieces of a page that stand outside the boxes already read and are no running foot."""
    found = []
    for index, line in enumerate(page.lines):
        if _is_furniture(line, page) or is_lone_call(line, page.lines):
            continue
        for part in _parts(line):
            if any(box.holds(*part.box.centre) for box in taken):
                continue
            # The head of a table at the top of many pages may be taken for a running head.
            found.append(Piece(index, part, line.role is not Role.HEADER and is_figure(part.text)))
    texts = [p.box for p in found if is_prose(p, page)]
    # A speck of a scan in a line of running text is no figure of a table below or above it.
    found = [p for p in found if not (p.figure and any(_amid(p.box, text) for text in texts))]
    return [p for p in found if not _is_tail(p, found)]


def _is_tail(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a doubtful sign of a scan under no figure is a piece of a letter of the label that it touches."""
    word = piece.line.words[0]
    if (
        not piece.figure
        or word.method is not Method.OCR
        or len(piece.line.text) > 1
        or word.confidence >= TAIL_SURE
    ):
        return False
    mine = (piece.box.x0, piece.box.x1)
    beside = [p for p in pieces if p is not piece and overlap((p.box.x0, p.box.x1), mine) > 0]
    reach = TAIL_REACH * max((p.box.height for p in beside), default=0.0)
    near = any(p.box.top - reach < piece.y < p.box.bottom + reach for p in beside if not p.figure)
    return near and not any(p.figure for p in beside)


def _amid(figure: Box, text: Box) -> bool:
    level = min(figure.bottom, text.bottom) - max(figure.top, text.top)
    return text.x0 < figure.x0 and figure.x1 < text.x1 and level > 0.5 * figure.height


def _is_furniture(line: Line, page: Page) -> bool:
    """Feet and page numbers; a lone number in the margin with others beside it is a figure of a table."""
    if line.role is not Role.PAGE_NUMBER:
        return line.role in _FURNITURE
    beside = sum(
        other.role not in _FURNITURE and abs(other.box.centre[1] - line.box.centre[1]) < 3
        for other in page.lines
    )
    return beside < 2


def _parts(line: Line) -> list[Line]:
    """A line cut where its words stand far apart, footnote calls beside figures dropped."""
    words = sorted(line.words, key=lambda w: w.box.x0)
    groups: list[set[int]] = [{id(words[0])}]
    edge = words[0].box.x1
    gaps = sorted(max(b.box.x0 - a.box.x1, 0.0) for a, b in itertools.pairwise(words))
    lettered = sum(any(c.isalpha() for c in word.text) for word in words)
    stretched = _is_stretched(words, gaps)
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    # But for one or two, the gaps of a long line of text are of one width; those between heads follow their columns.
    even = lettered > PROSE_WORDS and gaps[1] >= UNEVEN[0] * usual and gaps[-2] <= UNEVEN[1] * usual
    justified = 2 * lettered > len(words) and (even or stretched)
    wide = max(CELL_GAP * line.size, 1.8 * usual if justified else 0.0)
    tight = min((b.box.x0 - a.box.x1 for a, b in itertools.pairwise(words) if _two_groups(a, b)), default=0.0)
    for before, word in itertools.pairwise(words):
        gap = word.box.x0 - edge
        apart = gap > FIGURE_GAP * line.size and (
            _two_figures(before, word) or (_two_groups(before, word) and 0 < 1.6 * tight < gap)
        )
        if gap > wide or apart:
            groups.append(set())
        groups[-1].add(id(word))
        edge = max(edge, word.box.x1)
    return [_line_of(line, [w for w in line.words if id(w) in group]) for group in groups]


def _is_stretched(words: Sequence[Word], gaps: Sequence[float]) -> bool:
    """Whether a line of a scan is running text that is set as wide as its column: heads beside each other have capitals."""
    if len(gaps) < JUSTIFIED_GAPS or words[0].method is not Method.OCR:
        return False
    capitals = sum(word.text[:1].isupper() for word in words)
    alike = gaps[-1] <= min(ALIKE * gaps[0], max(word.box.height for word in words))
    return alike and 2 * capitals <= len(words)


def _two_groups(left: Word, right: Word) -> bool:
    return left.text[-1:].isdigit() and right.text[:1].isdigit()


def _two_figures(left: Word, right: Word) -> bool:
    """Whether two neighbours are figures that can't be the groups of one; each may be in brackets of its own."""
    if left.text[-1] in ")%٪" and left.text[0] == "(" == right.text[0]:
        return any(c.isdigit() for c in left.text) and any(c.isdigit() for c in right.text)
    return all(parse(w.text) is not None for w in (left, right)) and all(
        parse(" ".join(pair)) is None for pair in ((left.text, right.text), (right.text, left.text))
    )


def _line_of(line: Line, words: Sequence[Word]) -> Line:
    if len(words) == len(line.words) and len(without_raised(words)) == len(words):
        return line
    kept = without_raised(cut_out(words, line))
    return replace(line, words=kept, box=Box.around(word.box for word in kept))


def is_prose(piece: Piece, page: Page) -> bool:
    """Whether a piece is running text."""
    return len(piece.line.words) > PROSE_WORDS or piece.box.width > PROSE_SHARE * page.width


def ends_paragraph(piece: Piece, others: Sequence[Piece], page: Page) -> bool:
    """Whether a short line ends a sentence whose full lines stand right above it."""
    size = piece.line.size
    return piece.line.text.rstrip().endswith((".", "؛")) and any(
        is_prose(p, page)
        and abs(p.line.size - size) < 0.1 * size
        and -0.5 * size < piece.box.top - p.box.bottom < 1.1 * size
        and overlap((p.box.x0, p.box.x1), (piece.box.x0, piece.box.x1)) > 0
        for p in others
    )


def _stand(row: Sequence[Piece]) -> bool:
    """Whether heads run up or down, so that their cells are as high as the longest of them."""
    return sum(len(p.line.text) > 1 and p.box.height > STANDING * p.box.width for p in row) > 1


def set_wide(row: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether heads may stand far above those below: they run up or down, or all say one thing, each over its own column."""
    over = [{i for i, c in enumerate(columns) if overlap(c, (p.box.x0, p.box.x1)) > 0} for p in row]
    alike = len({p.line.text for p in row}) == 1 < len(row)
    return _stand(row) or (alike and all(len(own) == 1 for own in over) and len(set.union(*over)) == len(row))


def lists_pages(figures: Sequence[Piece]) -> bool:
    """Whether a column of figures may be that of a list of contents: small whole numbers that only go up."""
    numbers = [parse(without_call(p.line.text)) for p in sorted(figures, key=lambda p: p.y)]
    values = [n.value for n in numbers if n is not None and not n.percent]
    small = max(values, default=Decimal(0)) < MOST_PAGES and all(v == v.to_integral_value() for v in values)
    return small and all(a < b for a, b in itertools.pairwise(values))


def merged(extents: Sequence[tuple[float, float]], gap: float = 0.5) -> list[tuple[float, float]]:
    """Extents that overlap, or nearly, as one; sorted."""
    out: list[tuple[float, float]] = []
    for low, high in sorted(extents):
        if out and low <= out[-1][1] + gap:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return out


def overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Length that two extents share, 0 or less when they are apart."""
    return min(a[1], b[1]) - max(a[0], b[0])


def columns_of(pieces: Sequence[Piece]) -> tuple[list[tuple[float, float]], list[Piece]]:
    """Columns that pieces form, and the pieces that lie across two of them.

    A piece lies across when two others of about one height (a label of two rows stands between those of each),
    apart from each other, both share its width.
    """
    across = [p for p in pieces if _bridges(p, pieces)]
    if 2 * len(across) > len(pieces):
        across = []  # the words of one label stand far apart, no column does
    across += _lone_across([p for p in pieces if all(p is not a for a in across)])
    apart = {id(p) for p in across}
    return merged([(p.box.x0, p.box.x1) for p in pieces if id(p) not in apart]), across


def _lone_across(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with none beside them that cover the white between two columns whose labels stand beside each other."""
    beside = [p for p in pieces if any(o is not p and abs(o.y - p.y) < p.line.size for o in pieces)]
    alone = [p for p in pieces if all(p is not b for b in beside)]
    # What is printed again at the same place (a total of each group) lies across with it.
    likely = [p for p in alone if _reaches(p, [o for o in pieces if not _stand_alike(o, p)])]
    rest = [p for p in pieces if all(p is not one for one in likely)]
    return [p for p in likely if _reaches(p, rest)]


def _stand_alike(one: Piece, other: Piece) -> bool:
    return abs(one.box.x0 - other.box.x0) < 1 and abs(one.box.x1 - other.box.x1) < 1


def _reaches(piece: Piece, others: Sequence[Piece]) -> bool:
    """Whether a piece reaches over two columns that others form, some of them side by side."""
    columns = merged([(p.box.x0, p.box.x1) for p in others])
    mine = (piece.box.x0 - BRIDGE, piece.box.x1 + BRIDGE)
    under = [
        [p for p in others if overlap((p.box.x0, p.box.x1), c) > 0] for c in columns if overlap(mine, c) > 0
    ]
    return any(
        abs(a.y - b.y) < piece.line.size
        for one, other in itertools.combinations(under, 2)
        for a in one
        for b in other
    )


def cut_labels(labels: Sequence[Piece], size: float) -> list[Piece]:
    """Labels, one that holds the cells of two stub columns cut in two: at its widest gap, where the others leave white."""
    out: list[Piece] = []
    whole = [p for p in labels if not _bridges(p, labels)]
    for piece in labels:
        words = sorted(piece.line.words, key=lambda w: w.box.x0)
        gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(words)]
        widest = max(gaps, default=0.0)
        others = [p for p in whole if p is not piece]
        columns = merged([(p.box.x0, p.box.x1) for p in others])
        # The boxes of a scan's words hug their ink.
        least = (SCANNED_STUB_GAP if words[0].method is Method.OCR else STUB_GAP) * size
        usual = sorted(gaps)[-2] if len(gaps) > 1 else 0.5 * size
        if widest <= usual:
            out.append(piece)
            continue
        at = gaps.index(widest) + 1
        low, high = words[at - 1].box.x1, words[at].box.x0
        ids = {id(w) for w in words[:at]}
        parts = [piece.of([w for w in piece.line.words if (id(w) in ids) is left]) for left in (True, False)]
        homes = [[c for c in columns if overlap((p.box.x0, p.box.x1), c) > 0] for p in parts]
        white = all(overlap((low, high), c) < 0.3 * widest for c in columns)
        printed = words[0].method is not Method.OCR
        two = white and all(len(h) == 1 for h in homes) and homes[0] != homes[1]
        if two and (
            widest >= max(least, 1.6 * usual)
            or (printed and _set_like(parts, others, [home[0] for home in homes]))
        ):
            out += parts
        else:
            out.append(piece)
    return out


def _set_like(
    parts: Sequence[Piece], others: Sequence[Piece], columns: Sequence[tuple[float, float]]
) -> bool:
    """Whether each part of a label is set to the edge or middle that others of its column are set to."""
    alike = []
    for part, column in zip(parts, columns, strict=True):
        held = [_marks(p) for p in others if overlap((p.box.x0, p.box.x1), column) > 0]
        alike.append(max(sum(abs(m[k] - _marks(part)[k]) < SET_LIKE for m in held) for k in range(3)))
    return min(alike) > 0 and sum(alike) >= LEAST_ALIKE


def _marks(piece: Piece) -> tuple[float, float, float]:
    return piece.box.x0, piece.x, piece.box.x1


def _bridges(piece: Piece, pieces: Sequence[Piece]) -> bool:
    mine = (piece.box.x0 - BRIDGE, piece.box.x1 + BRIDGE)
    under = [p for p in pieces if p is not piece and overlap(mine, (p.box.x0, p.box.x1)) > 0]
    return any(
        overlap((a.box.x0, a.box.x1), (b.box.x0, b.box.x1)) < -2
        and min(a.box.bottom, b.box.bottom) + piece.line.size > max(a.box.top, b.box.top)
        for a, b in itertools.combinations(under, 2)
    )
