"""What stands on the drawn table pages, and the truth about it; nothing here knows how a page is drawn."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tests.bench.tablewords import Pair, Words

STYLES = ("full", "rows", "book", "none", "band", "tiles", "rounded", "thin", "double")
STUBS = (
    "mirror",
    "mirror_back",
    "ar",
    "fr",
    "cell_right",
    "cell_left",
    "nested_ar",
    "nested_fr",
    "nested_mirror",
    "numbered",
)
HEADS = ("flat", "flat", "tiers", "three", "years", "split")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ABSENT = {
    "-": "nil",
    "–": "nil",
    "…": "not_available",
    "ND": "not_available",
    "غ م": "not_available",
    "": "blank",
}


@dataclass(frozen=True)
class Box:
    """A cell as drawn: its place in the grid (columns from the left), its lines, what it is for."""

    row: int
    column: int
    lines: tuple[str, ...]
    kind: str  # head, stub, figure
    rows: int = 1
    columns: int = 1
    mark: str = ""  # footnote call printed raised after the figure
    rtl_figure: bool = False  # the figure's cell runs right to left: plain-space groups are displayed turned
    strong: bool = False


@dataclass(frozen=True)
class Fact:
    """One figure of the truth: labels with tiers joined by `` / ``; ``value`` of a printed number, else the absence.

    ``most`` is the upper end of a range; ``power`` that of ten which a unit line tells, any of them when ``None``.
    """

    row: Pair
    column: Pair
    printed: str
    value: Decimal | None
    absence: str = ""
    most: Decimal | None = None
    power: int | None = None


@dataclass
class Sheet:
    """One table: its boxes, its ruling, and its facts."""

    boxes: list[Box]
    rows: int
    columns: int
    style: str
    facts: list[Fact]
    head_rows: int
    topics: tuple[str, ...] = ()


@dataclass
class Block:
    """Something on a page: ``text`` (kind prose, caption, note, heading, callout, columns …) or tables side by side."""

    kind: str
    text: tuple[str, ...] = ()
    sheets: list[Sheet] = field(default_factory=list)


@dataclass
class Leaf:
    """One page with the facts on it; ``turned`` pages have their table set at 90 degrees."""

    blocks: list[Block]
    facts: list[Fact]
    topics: tuple[str, ...]
    turned: bool = False

    @property
    def stands_alone(self) -> bool:
        """Whether the page holds tables with all their heads, upright."""
        sheets = [sheet for block in self.blocks for sheet in block.sheets]
        return bool(self.facts) and not self.turned and all(sheet.head_rows for sheet in sheets)


@dataclass(frozen=True)
class Numbers:
    """How numbers are printed in one table."""

    group: str
    decimal: str
    eastern: bool = False
    percent: str = "{}%"
    negative: str = "-{}"
    rtl: bool = False


NUMBERS = (
    Numbers(" ", ","),
    Numbers(" ", ",", rtl=True),
    Numbers("\u00a0", ","),
    Numbers("\u202f", ",", percent="{} %"),
    Numbers(".", ",", percent="%{}"),
    Numbers(",", ".", negative="({})"),
    Numbers("'", ".", percent="% {}"),
    Numbers("٬", "٫", eastern=True, percent="{}٪"),
    Numbers("", ",", negative="{}-"),
    Numbers(" ", ",", negative="({})"),
)


def printed(value: Decimal, how: Numbers, *, percent: bool = False) -> str:
    """A number as one of the reports prints it."""
    whole, _, part = f"{abs(value):f}".partition(".")
    groups = []
    while len(whole) > 3 and how.group:
        groups.append(whole[-3:])
        whole = whole[:-3]
    text = how.group.join([whole, *groups[::-1]]) + (how.decimal + part if part else "")
    if how.eastern:
        text = text.translate(_EASTERN)
    if percent:
        return how.percent.format(text)
    return how.negative.format(text) if value < 0 else text


class Maker:
    """Draws specifications of tables by lot, from one vocabulary and one seed."""

    def __init__(self, words: Words, seed: int) -> None:
        self.words = words
        self.lot = random.Random(seed)

    def sheet(
        self,
        style: str,
        stub: str,
        head: str,
        numbers: Numbers,
        *,
        few: bool = False,
        keep: slice = slice(None),
    ) -> Sheet:
        """One table of the given kinds; labels and figures by lot."""
        leaves, tiers = self._columns(head, few)
        rows = self._rows(stub, few)[keep]
        values = self._values(rows, leaves)
        return Layout(self.lot, style, stub, head, numbers, self.lot.choice(self.words.stub)).lay(
            leaves, tiers, rows, values
        )

    def _columns(self, head: str, few: bool) -> tuple[list[tuple[list[Pair], str]], int]:
        """The lowest columns, each with its chain of heads and whether it holds counts, shares or money."""
        words, lot = self.words, self.lot
        if head in ("flat", "split"):
            counts = lot.sample(words.counts, 1 if few else lot.choice((1, 2)))
            leaves = [([c], "count") for c in counts]
            return [*leaves, ([lot.choice(words.shares)], "share")], 1
        start = lot.choice((2019, 2020, 2021))
        years = [(str(y), str(y)) for y in range(start, start + (2 if few else 3))]
        if head == "years":
            return [([y], "count") for y in years], 1
        group = lot.choice(words.groups)
        if head == "tiers":
            inner = (
                [(words.counts[0], "count"), (words.shares[0], "share")]
                if lot.random() < 0.5
                else [(y, "count") for y in years[:2]]
            )
            return [([g, x], kind) for g in group for x, kind in inner], 2
        first, second = words.groups
        return [([g, h, y], "count") for g in first for h in second for y in years[: 1 if few else 2]], 3

    def _rows(self, stub: str, few: bool) -> list[tuple[list[Pair], str]]:
        words, lot = self.words, self.lot
        total = lot.choice(words.totals)
        if stub.startswith("nested"):
            rows = []
            for outer, inner in words.nested:
                rows += [([outer, pair], "part") for pair in inner]
            return [*rows, ([total], "total")]
        pairs = list(lot.choice(words.rows))
        rows = [([pair], "part") for pair in pairs]
        return [([total], "total"), *rows] if lot.random() < 0.25 else [*rows, ([total], "total")]

    def _values(
        self, rows: Sequence[tuple[list[Pair], str]], leaves: Sequence[tuple[list[Pair], str]]
    ) -> list[list[Decimal | str]]:
        """Figures that add up to their totals; some absent, and then the total is of the others."""
        lot, columns = self.lot, []
        for _, kind in leaves:
            if kind == "share":
                column: list[Decimal | str] = [Decimal(lot.randint(100, 9899)) / 100 for _ in rows]
            else:
                top = lot.choice((900, 40_000, 990_000, 9_000_000))
                column = [Decimal(lot.randint(top // 9, top)) for _ in rows]
                if lot.random() < 0.15:
                    column[lot.randrange(len(column))] = Decimal(-lot.randint(12, 980))
                if lot.random() < 0.5 and len(rows) > 2:
                    gone = [i for i, row in enumerate(rows) if row[1] == "part"]
                    column[lot.choice(gone)] = lot.choice(("-", "–", "…", "ND", "غ م", "", "0"))
                parts = [v for v, row in zip(column, rows, strict=True) if row[1] == "part"]
                whole = sum((v for v in parts if isinstance(v, Decimal)), Decimal(0))
                column = [whole if row[1] == "total" else v for v, row in zip(column, rows, strict=True)]
            columns.append(column)
        return [[column[i] for column in columns] for i in range(len(rows))]


@dataclass
class Layout:
    """Places labels and figures of one table in a grid."""

    lot: random.Random
    style: str
    stub: str
    head: str
    numbers: Numbers
    corner: Pair

    def lay(
        self,
        leaves: list[tuple[list[Pair], str]],
        tiers: int,
        rows: list[tuple[list[Pair], str]],
        values: list[list[Decimal | str]],
    ) -> Sheet:
        left, right = {
            "mirror": (["fr0"], ["ar0"]),
            "mirror_back": (["ar0"], ["fr0"]),
            "ar": ([], ["ar0"]),
            "fr": (["fr0"], []),
            "cell_right": ([], ["both0"]),
            "cell_left": (["both0"], []),
            "nested_ar": ([], ["ar1", "ar0"]),
            "nested_fr": (["fr0", "fr1"], []),
            "nested_mirror": (["fr0", "fr1"], ["ar1", "ar0"]),
            "numbered": ([], ["ar0", "no"]),
        }[self.stub]
        rtl = bool(right) and self.stub != "mirror_back"
        languages = {"ar": "ar", "fr": "fr", "nested_ar": "ar", "nested_fr": "fr", "numbered": "ar"}.get(
            self.stub, "both"
        )
        split = self.head == "split" and languages == "both"
        head_rows = tiers * (2 if split else 1)
        data = list(range(len(left), len(left) + len(leaves)))
        if rtl:
            data = data[::-1]
        boxes: list[Box] = []
        self._heads(boxes, leaves, tiers, data, languages, rtl)
        corners = [
            (c, what)
            for c, what in [
                *enumerate(left),
                *((len(left) + len(leaves) + i, w) for i, w in enumerate(right)),
            ]
        ]
        for c, what in corners if head_rows else ():
            boxes.append(Box(0, c, self._corner(what), "head", rows=head_rows))
        facts: list[Fact] = []
        n = 0
        for i, (chain, role) in enumerate(rows):
            r = head_rows + i
            n += role == "part"
            for c, what in corners:
                self._stub(boxes, rows, i, r, c, what, n)
            for at, value, (heads, kind) in zip(data, values[i], leaves, strict=True):
                text, fact = self._figure(value, kind, chain, heads, languages)
                mark = ""
                if fact.value is not None and role == "part" and self.lot.random() < 0.02:
                    mark = self.lot.choice(("1", "2", "*"))
                boxes.append(
                    Box(
                        r,
                        at,
                        (text,),
                        "figure",
                        mark=mark,
                        rtl_figure=self.numbers.rtl,
                        strong=role == "total",
                    )
                )
                facts.append(fact)
        topics = (
            f"style:{self.style}",
            f"stub:{self.stub}",
            f"head:{self.head}",
            f"numbers:{NUMBERS.index(self.numbers)}",
        )
        return Sheet(
            boxes,
            head_rows + len(rows),
            len(left) + len(leaves) + len(right),
            self.style,
            facts,
            head_rows,
            topics,
        )

    def _corner(self, what: str) -> tuple[str, ...]:
        if what == "no":
            return ("ر.ت",)
        if what.endswith("1"):
            return ("الإقليم",) if what.startswith("ar") else ("Ville",)
        return _lines(self.corner, {"ar0": "ar", "fr0": "fr"}.get(what, "both"))

    def _heads(
        self,
        boxes: list[Box],
        leaves: list[tuple[list[Pair], str]],
        tiers: int,
        data: list[int],
        languages: str,
        rtl: bool,
    ) -> None:
        for tier in range(tiers):
            i = 0
            while i < len(leaves):
                j = i
                while j + 1 < len(leaves) and leaves[j + 1][0][: tier + 1] == leaves[i][0][: tier + 1]:
                    j += 1
                first = min(data[i], data[j])
                if tier >= len(leaves[i][0]):  # the tier above stands for this one too
                    i = j + 1
                    continue
                pair = leaves[i][0][tier]
                deep = tiers - tier if tier == len(leaves[i][0]) - 1 else 1
                if self.head == "split" and languages == "both":
                    boxes.append(Box(0, first, (pair[0],), "head", columns=j - i + 1))
                    boxes.append(Box(1, first, (pair[1],), "head", columns=j - i + 1))
                else:
                    lines = _lines(pair, languages)
                    boxes.append(Box(tier, first, lines, "head", rows=deep, columns=j - i + 1))
                i = j + 1

    def _stub(
        self, boxes: list[Box], rows: list[tuple[list[Pair], str]], i: int, r: int, c: int, what: str, n: int
    ) -> None:
        chain, role = rows[i]
        strong = role == "total"
        nested = self.stub.startswith("nested")
        if what == "no":
            boxes.append(Box(r, c, ("" if strong else str(n),), "stub", strong=strong))
        elif nested and strong:
            if what.endswith("0"):
                # The total's label covers both stub columns.
                start = (
                    c
                    if self.stub == "nested_fr" or (self.stub == "nested_mirror" and what == "fr0")
                    else c - 1
                )
                boxes.append(Box(r, start, _lines(chain[0], what[:2]), "stub", columns=2, strong=True))
        elif nested and what.endswith("0"):
            if i == 0 or rows[i - 1][0][0] != chain[0]:
                span = sum(1 for other, kind in rows[i:] if kind == "part" and other[0] == chain[0])
                boxes.append(Box(r, c, _lines(chain[0], what[:2]), "stub", rows=span))
        else:
            pair = chain[int(what[-1])]
            boxes.append(Box(r, c, _lines(pair, what[:-1]), "stub", strong=strong))

    def _figure(
        self, value: Decimal | str, kind: str, chain: list[Pair], heads: list[Pair], languages: str
    ) -> tuple[str, Fact]:
        row, column = _joined(chain, languages), _joined(heads, languages)
        if isinstance(value, str):
            if value in ABSENT:
                return value, Fact(row, column, value, None, ABSENT[value])
            return value, Fact(row, column, value, _number(value))
        text = printed(value, self.numbers, percent=kind == "share")
        return text, Fact(row, column, text, value)


def _number(text: str) -> Decimal:
    """The number of a figure that is given as it is printed: signed, with a percent sign or a unit."""
    plain = "".join(c for c in text.translate(_WESTERN).replace(",", ".") if c in "0123456789.-")
    whole, _, part = plain.rpartition(".") if plain.count(".") else (plain, "", "")
    return Decimal(f"{whole.replace('.', '')}.{part or 0}")


def _lines(pair: Pair, languages: str) -> tuple[str, ...]:
    """The lines of a cell; a line feed in a label parts its lines."""
    texts = pair if languages == "both" and pair[0] != pair[1] else pair[:1]
    if languages != "both":
        texts = (pair[0] if languages == "ar" else pair[1],)
    return tuple(line for text in texts for line in text.split("\n"))


def _joined(chain: Sequence[Pair], languages: str) -> Pair:
    arabic = " / ".join(p[0] for p in chain if p[0] and (languages != "fr" or p[0] == p[1]))
    french = " / ".join(p[1] for p in chain if p[1] and (languages != "ar" or p[0] == p[1]))
    return arabic.replace("\n", " "), french.replace("\n", " ")
