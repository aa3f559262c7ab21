"""The legend of a chart: the name beside the small area of each colour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.page import MARGINAL, Line, Page, Tint, Word
from pipeline.model.place import Box

Colour = tuple[float, ...]

#: A key is no larger than so many points, and about as high as wide, to this factor.
KEY, SQUARE = 22.0, 3.5
#: A name begins within so many font sizes of its key; its words stand no farther apart.
BESIDE, APART = 1.3, 1.0
#: The middle of a key and of its name differ by less than so many font sizes.
LEVEL = 0.7
#: Keys of one legend stand on one line or under each other, within so many points.
IN_LINE = 1.5
#: The next line of a name begins so near below, in font sizes.
STACKED = 0.5


@dataclass(frozen=True, slots=True)
class Named:
    """The lines of a name in a legend, from the top, and the indices of the page's lines that hold them."""

    lines: tuple[tuple[Word, ...], ...]
    used: tuple[int, ...]

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box.around(word.box for line in self.lines for word in line)


def legend_of(page: Page, colours: Collection[Colour], chart: Box) -> dict[Colour, Named] | None:
    """The name of each colour of a chart; none where a colour has no key, or keys have no names of their own.

    Args:
        page: the page.
        colours: those of its bars or slices.
        chart: where these stand; of several legends with the same colours that counts which is nearest.
    """
    keys = [
        tint
        for tint in page.tints
        if tint.colour in colours and _is_key(tint.box) and tint.box.overlap(chart) <= 0
    ]
    for legend in sorted(_legends(keys, colours), key=lambda held: _away(held, chart)):
        named = _named(page, legend)
        if named is not None:
            return named
    return None


def _is_key(box: Box) -> bool:
    long, short = max(box.width, box.height), min(box.width, box.height)
    return long <= KEY and long <= SQUARE * short


def _legends(keys: Sequence[Tint], colours: Collection[Colour]) -> list[dict[Colour, Box]]:
    """Keys that make a legend: one of each colour, all there are or those on one line or under each other."""
    found = []
    groups: list[list[Tint]] = [list(keys), *_in_line(keys, upright=False), *_in_line(keys, upright=True)]
    for group in groups:
        held = {tint.colour: tint.box for tint in group}
        if len(held) == len(colours) == len({tint.box for tint in group}):
            found.append(held)
    return found


def _in_line(keys: Iterable[Tint], *, upright: bool) -> list[list[Tint]]:
    lines: list[list[Tint]] = []
    at = float("-inf")
    for place, tint in sorted(((t.box.centre[not upright], t) for t in keys), key=lambda p: p[0]):
        if place - at > IN_LINE:
            lines.append([])
        lines[-1].append(tint)
        at = place
    return lines


def _away(legend: dict[Colour, Box], chart: Box) -> float:
    x, y = Box.around(legend.values()).centre
    return abs(x - chart.centre[0]) + abs(y - chart.centre[1])


def _named(page: Page, legend: dict[Colour, Box]) -> dict[Colour, Named] | None:
    """The names beside keys, all on the same side of them, that where they stand nearer."""
    sides = []
    for right in (True, False):
        named = {colour: _beside(page, box, list(legend.values()), right=right) for colour, box in legend.items()}
        told = {colour: name for colour, name in named.items() if name is not None}
        if len(told) == len(legend) and len({name.lines for name in told.values()}) == len(told):
            gaps = [_gap(legend[colour], name.box, right=right) for colour, name in told.items()]
            sides.append((sum(gaps), told))
    return min(sides, key=lambda side: side[0])[1] if sides else None


def _gap(key: Box, name: Box, *, right: bool) -> float:
    return name.x0 - key.x1 if right else key.x0 - name.x1


def _beside(page: Page, key: Box, keys: Sequence[Box], *, right: bool) -> Named | None:
    """The name at one side of a key, up to the next key on its line, and its lines below."""
    level = sorted(
        (abs(line.box.centre[1] - key.centre[1]), index)
        for index, line in enumerate(page.lines)
        if line.role not in MARGINAL and abs(line.box.centre[1] - key.centre[1]) < LEVEL * line.size
    )
    others = [box for box in keys if box is not key and box.top < key.bottom and key.top < box.bottom]
    for _, index in level:
        words = _first(page.lines[index].words, key, others, right=right)
        if not words:
            continue
        lines, used = [tuple(words)], [index]
        for below, more in enumerate(page.lines):
            if _goes_on(lines[-1], more, keys, right=right):
                lines.append(more.words)
                used.append(below)
        return Named(tuple(lines), tuple(used))
    return None


def _first(words: Sequence[Word], key: Box, others: Sequence[Box], *, right: bool) -> list[Word]:
    """The words of a line that stand one behind the other from a key on, in the order of the line."""
    ends = [box.x0 if right else -box.x1 for box in others]
    edge = key.x1 if right else -key.x0
    end = min((e for e in ends if e >= edge), default=float("inf"))
    spans = sorted(
        ((w.box.x0, w.box.x1, w) if right else (-w.box.x1, -w.box.x0, w) for w in words), key=lambda s: s[0]
    )
    held: set[int] = set()
    reach = BESIDE
    for start, stop, word in spans:
        if stop <= edge + 1 and not held:
            continue
        if start < edge - 1 or start - edge > reach * word.size or start >= end:
            break
        held.add(id(word))
        edge, reach = stop, APART
    return [word for word in words if id(word) in held]


def _goes_on(last: Sequence[Word], line: Line, keys: Sequence[Box], *, right: bool) -> bool:
    """Whether a line is the next one of a name: right below it, begun at the same edge, beside no key."""
    box = Box.around(word.box for word in last)
    size = last[0].size
    flush = abs(line.box.x0 - box.x0) < 1 if right else abs(line.box.x1 - box.x1) < 1
    near = -0.3 * size < line.box.top - box.bottom < STACKED * size and abs(line.size - size) < 0.1 * size
    return (
        flush
        and near
        and line.role not in MARGINAL
        and not any(abs(line.box.centre[1] - key.centre[1]) < LEVEL * size for key in keys)
    )
