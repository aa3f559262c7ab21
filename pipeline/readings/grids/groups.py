"""Rows of a grid that are no rows of figures but titles of the rows below them, and labels that several rows share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.language.flat import flat_text
from pipeline.model.reading import Label
from pipeline.readings.marks import is_figure

Place = tuple[int, int]
#: Rows over the total of a group, at least.
LEAST_GROUP = 2


def titles_across(
    text: Mapping[Place, str], owner: Mapping[Place, Place], head: int, rows: int, columns: int
) -> set[int]:
    """Rows that one cell fills from side to side; above the first figures only those that stand under a full head.

    Args:
        text: text of every unit cell.
        owner: the cell that covers each unit cell.
        head: rows above the first that holds figures.
        rows: rows of the grid.
        columns: columns of the grid.
    """
    if columns < 2:
        return set()
    across = {
        r
        for r in range(1, rows)
        if {owner.get((r, c)) for c in range(columns)} == {(r, 0)}
        and text[r, 0].strip()
        and not is_figure(text[r, 0])
    }
    first = head
    while first - 1 in across:
        first -= 1
    named = {owner.get((first - 1, c)) for c in range(columns) if text.get((first - 1, c), "").strip()}
    return {r for r in across if r >= (first if len(named) > 1 else head)}


def title_above(owner: Mapping[Place, Place], head: int, columns: int) -> list[int]:
    """Rows at the top of a head that one cell fills from side to side while others stand below: the table's title."""
    rows: list[int] = []
    for r in range(head - 1):
        if len({owner.get((r, c)) for c in range(columns)}) > 1:
            break
        rows.append(r)
    below = {owner.get((r, c)) for r in range(len(rows), head) for c in range(columns)}
    return rows if columns > 1 and len(below) > 1 else []


def titles_in_stub(
    text: Mapping[Place, str],
    rows: Sequence[int],
    head: int,
    labels: Sequence[int],
    data: Sequence[int],
) -> set[int]:
    """Rows without any figure whose label heads the rows below them.

    Those under one are called like those under another, or end in its total, or all titles end in a colon and the first
    opens the body.

    Args:
        text: text of every unit cell.
        rows: rows that may hold figures or be such titles, the last of the head among them.
        head: rows above the first that holds figures.
        labels: columns of labels.
        data: columns of figures.
    """
    bare = [
        r
        for r in rows
        if not any(text[r, c].strip() for c in data) and any(text[r, c].strip() for c in labels)
    ]
    bare = [r for r in bare if r >= head or r == head - 1 > 0]
    opened = [r for r in bare if all(text[r, c].rstrip().endswith(":") for c in labels if text[r, c].strip())]
    if opened and opened[0] == min([r for r in rows if r >= head] + opened):
        return set(opened)
    if len(bare) < 2:
        return set()
    names: dict[int, set[tuple[str, ...]]] = {r: set() for r in bare}
    for r in rows:
        above = [b for b in bare if b < r]
        if r not in names and above:
            names[above[-1]].add(tuple(" ".join(text[r, c].split()) for c in labels))
    alike = {r for r in bare if any(names[r] & names[o] for o in bare if o != r)}
    return alike | _titles_totalled(text, [r for r in rows if r >= bare[0]], bare, labels)


def _titles_totalled(
    text: Mapping[Place, str], rows: Sequence[int], bare: Sequence[int], labels: Sequence[int]
) -> set[int]:
    """Rows without figures whose rows end in one that is called by them («مجموع المداخيل»), and those that follow such a one."""
    found: set[int] = set()
    ended = False
    for r, following in zip(bare, [*bare[1:], max(rows) + 1], strict=True):
        held = [o for o in rows if r < o < following]
        named = len(held) > LEAST_GROUP and any(_called_by(text[r, c], text[held[-1], c]) for c in labels)
        if held and (named or ended):
            found.add(r)
        ended = named
    return found


def _called_by(title: str, label: str) -> bool:
    """Whether a label has all words of a title and more."""
    words = set(flat_text(title).split())
    return bool(words) and words < set(flat_text(label).split())


def titled(
    titles: Mapping[int, Label],
    row_labels: Mapping[int, Label],
    is_total: Callable[[Label], bool],
    ends_group: Callable[[Label], bool],
    first: Label | None = None,
    *,
    totalled: bool = False,
) -> dict[int, Label]:
    """Labels of rows with the title that they stand under; what tells of all groups stands under none, nor does what follows
    a total that is called by the title.

    Args:
        titles: rows that are titles.
        row_labels: labels of all other rows.
        is_total: whether a label means a total of all, or may mean it.
        ends_group: whether it means the total of a group, or may mean it.
        first: title of the rows above the first title, from the page before.
        totalled: whether groups on the page before have totals; else one that ends the table is that of all.
    """
    last = max(row_labels, default=-1)
    over = {**({} if first is None else {-1: first}), **titles}
    groups: dict[int, list[int]] = {}
    for r in sorted(row_labels):
        above = [t for t in over if t < r]
        if above:
            groups.setdefault(max(above), []).append(r)
    totals = {t: [r for r in held if ends_group(row_labels[r])] for t, held in groups.items()}
    ends = {t: _end(over[t], held, row_labels, is_total) for t, held in groups.items()}
    out = dict(row_labels)
    for t, held in groups.items():
        others = [o for o in groups if o != t]
        lone = t == -1 and not totalled
        whole = len(totals[t]) > 1 or lone or not all(totals[o] for o in others)
        # Where all groups end with their totals, what stands below the last of these is of all.
        each_ends = all(totals[o] and totals[o][-1] == groups[o][-1] for o in others)
        closed = each_ends and bool(totals[t]) and bool(others or totalled) and last in held
        end = min(ends[t], totals[t][-1]) if closed else ends[t]
        for r in held:
            of_all = r == last and is_total(row_labels[r]) and whole
            if not of_all and r <= end:
                out[r] = _under(over[t], row_labels[r])
    return out


def _end(
    title: Label, held: Sequence[int], labels: Mapping[int, Label], is_total: Callable[[Label], bool]
) -> int:
    """The row that is called the total of a title, else the last of those below it."""
    named = (
        r
        for r in held
        if is_total(Label(ar=_beside(title.ar, labels[r].ar), fr=_beside(title.fr, labels[r].fr)))
    )
    return next(named, held[-1])


def _beside(title: str, label: str) -> str:
    """What a label that is called by a title has beside its words."""
    words = flat_text(title).split()
    return " ".join(w for w in label.split() if flat_text(w) not in words) if _called_by(title, label) else ""


def _under(title: Label, label: Label) -> Label:
    return joined(Label(ar=title.ar if label.ar else "", fr=title.fr if label.fr else ""), label)


def with_wholes(labels: Mapping[int, Label], is_part: Callable[[Label], bool]) -> dict[int, Label]:
    """Labels of rows, each that begins with «dont» or «منها» under the label of the row above that it is part of.

    Args:
        labels: of all rows of figures.
        is_part: whether a label says that its row is part of the one above.
    """
    out: dict[int, Label] = {}
    whole = Label()
    for r in sorted(labels):
        part = is_part(labels[r])
        whole = whole if part else labels[r]
        own = _without_tiers(whole, labels[r])
        out[r] = _under(whole, own) if part else labels[r]
    return out


def _without_tiers(upper: Label, lower: Label) -> Label:
    """The lower label without the tiers that it begins with as the upper one does."""

    def own(over: str, under: str) -> str:
        tiers, above = under.split(" / "), over.split(" / ")
        same = next((i for i, (a, b) in enumerate(zip(tiers, above, strict=False)) if a != b), 0)
        return " / ".join(tiers[same:])

    return Label(ar=own(upper.ar, lower.ar), fr=own(upper.fr, lower.fr))


def joined(upper: Label, lower: Label) -> Label:
    """Two labels as tiers of one."""
    return Label(
        ar=" / ".join(filter(None, (upper.ar, lower.ar))),
        fr=" / ".join(filter(None, (upper.fr, lower.fr))),
    )


def shared_label(labels: Sequence[Label]) -> Label:
    """What a figure is called that stands for several rows or columns: the tiers they share, else all of them."""
    if len(set(labels)) == 1:
        return labels[0]
    return Label(ar=_shared([label.ar for label in labels]), fr=_shared([label.fr for label in labels]))


def _shared(texts: Sequence[str]) -> str:
    tiers = [text.split(" / ") for text in texts]
    common = [tier for tier in tiers[0] if all(tier in other for other in tiers)]
    return " / ".join(common) or " + ".join(dict.fromkeys(filter(None, texts)))
