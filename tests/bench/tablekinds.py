"""Kinds of tables that yearly reports print beside plain ones: each a function that lays out one, or the pages of one."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.bench.tablespec import NUMBERS, Block, Box, Layout, Leaf, Numbers, Sheet, printed
from tests.bench.tablewords import Pair, Words

#: Rows and leaves as :class:`Layout` wants them: a chain of labels, and what it is.
Lines = list[tuple[list[Pair], str]]
Values = list[list[Decimal | str]]

MEN, WOMEN = ("الذكور", "Hommes"), ("الإناث", "Femmes")
TOTAL, GRAND = ("المجموع", "Total"), ("المجموع العام", "Total général")
AGES = [("أقل من 15 سنة", "Moins de 15 ans"), ("15-59 سنة", "15-59 ans"), ("60 سنة فأكثر", "60 ans et plus")]
BARE_AGES = [(a, a) for a in ("0-4", "5-14", "15-24", "25-59", "60+")]
URBAN, RURAL = ("الوسط الحضري", "Milieu urbain"), ("الوسط القروي", "Milieu rural")
TALL_HEADS = (
    (
        "عدد الأشخاص\nفي وضعية إعاقة\nالمستفيدين",
        "Nombre de personnes\nen situation de handicap\nbénéficiaires",
    ),
    ("الغلاف المالي\n(بملايين الدراهم)", "Enveloppe budgétaire\n(en millions de DH)"),
)
TALL_ROWS = [
    ("مؤسسات الرعاية الاجتماعية\nالخاصة بالأشخاص المسنين", "Établissements de protection sociale\npour personnes âgées"),
    ("دور الطالب والطالبة", "Dar Attalib et Attaliba"),
    ("فضاءات متعددة الوظائف\nللنساء", "Espaces multifonctionnels\npour femmes"),
]  # fmt: skip
OF_WHICH = [
    ("مؤسسات الرعاية", "Établissements"), ("منها: دور الأطفال", "dont maisons d'enfants"),
    ("منها: دور المسنين", "dont foyers pour personnes âgées"), ("مراكز التكوين", "Centres de formation"),
]  # fmt: skip
FORM = [
    ("عدد المؤسسات", "Nombre d'établissements"), ("الطاقة الاستيعابية", "Capacité d'accueil"),
    ("عدد الأطر", "Effectif du personnel"), ("عدد المستفيدين", "Nombre de bénéficiaires"),
]  # fmt: skip
MONTHS = [
    ("يناير", "Janv."), ("فبراير", "Févr."), ("مارس", "Mars"), ("أبريل", "Avr."), ("ماي", "Mai"), ("يونيو", "Juin"),
    ("يوليوز", "Juil."), ("غشت", "Août"), ("شتنبر", "Sept."),
]  # fmt: skip
MEASURES = [("العدد", "Nombre"), ("النسبة", "Part")]
SOURCE = ("المصدر: مديرية التخطيط والإحصاء", "Source : direction de la planification")


@dataclass
class Drawer:
    """What a kind is drawn with: words, chance, the ruling, how numbers are printed."""

    words: Words
    lot: random.Random
    style: str
    how: Numbers
    unit: Pair | None = None  # said in the caption, in brackets

    def counts(self, rows: int, columns: int, top: int = 40_000) -> list[list[Decimal]]:
        """Figures by lot."""
        return [[Decimal(self.lot.randint(top // 90, top)) for _ in range(columns)] for _ in range(rows)]

    def stub(self, *stubs: str) -> str:
        """One of the layouts of labels."""
        return self.lot.choice(stubs or ("mirror", "mirror_back", "ar", "fr", "cell_right", "cell_left"))

    def lay(self, stub: str, leaves: Lines, rows: Lines, values: Values, corner: Pair | None = None) -> Sheet:
        """A sheet of these lines."""
        tiers = max(len(chain) for chain, _ in leaves)
        layout = Layout(
            self.lot, self.style, stub, "kinds", self.how, corner or self.lot.choice(self.words.stub)
        )
        return layout.lay(leaves, tiers, rows, values)

    def places(self) -> list[Pair]:
        """Places or bodies that rows are about."""
        return list(self.lot.choice(self.words.rows))


def added_up(values: Values, *, first: bool = False) -> Values:
    """Figures with a row of their sums."""
    sums: list[Decimal | str] = [
        sum((v for v in column if isinstance(v, Decimal)), Decimal(0)) for column in zip(*values, strict=True)
    ]
    return [sums, *values] if first else [*values, sums]


def parts(pairs: Sequence[Pair], total: Pair | None = TOTAL, *, first: bool = False) -> Lines:
    """Rows for labels, with one of totals."""
    rows: Lines = [([pair], "part") for pair in pairs]
    whole: Lines = [([total], "total")] if total else []
    return [*whole, *rows] if first else [*rows, *whole]


def sex_by_age(d: Drawer) -> Sheet:
    """Places by sex and age, the total a head of its own over both tiers."""
    leaves: Lines = [([sex, age], "count") for sex in (MEN, WOMEN) for age in AGES]
    leaves.insert(d.lot.choice((0, len(leaves))), ([TOTAL], "count"))
    places = d.places()
    values = added_up([list(row) for row in d.counts(len(places), len(leaves), 3_000)])
    return d.lay(d.stub("mirror", "ar", "fr"), leaves, parts(places), values)


def totals_first(d: Drawer) -> Sheet:
    """Totals in the first row and the first column."""
    leaves: Lines = [([TOTAL], "count"), ([MEN], "count"), ([WOMEN], "count")]
    places = d.places()
    values = added_up([list(row) for row in d.counts(len(places), 3)], first=True)
    return d.lay(d.stub(), leaves, parts(places, first=True), values)


def tall_labels(d: Drawer) -> Sheet:
    """Labels and heads of several lines, the unit in the head."""
    leaves: Lines = [([TALL_HEADS[0]], "count"), ([TALL_HEADS[1]], "money")]
    values: Values = [[a, b / 10] for a, b in d.counts(len(TALL_ROWS), 2)]
    return d.lay(d.stub("mirror", "mirror_back", "ar", "fr"), leaves, parts(TALL_ROWS), added_up(values))


def age_classes(d: Drawer) -> Sheet:
    """Rows that are classes of age, written in digits alone."""
    leaves: Lines = [([MEN], "count"), ([WOMEN], "count"), ([TOTAL], "count")]
    values = added_up([list(row) for row in d.counts(len(BARE_AGES), 3)])
    return d.lay(d.stub("ar", "fr"), leaves, parts(BARE_AGES), values, ("الفئة العمرية", "Tranche d'âge"))


def year_rows(d: Drawer) -> Sheet:
    """Rows that are years."""
    years = [(str(y), str(y)) for y in range(2018, 2024)]
    leaves: Lines = [([c], "count") for c in d.lot.sample(d.words.counts, 2)]
    values: Values = [list(row) for row in d.counts(len(years), 2)]
    return d.lay(d.stub("ar", "fr"), leaves, parts(years, None), values, ("السنة", "Année"))


def evolution(d: Drawer) -> Sheet:
    """Two years and the change between them, in signed percents."""
    leaves: Lines = [
        ([("2022", "2022")], "count"), ([("2023", "2023")], "count"), ([("نسبة التطور", "Évolution")], "change"),
    ]  # fmt: skip
    places = d.places()
    values: Values = [
        [
            a,
            b,
            ("+" if b >= a else "-")
            + printed((abs(100 * (b - a) / a)).quantize(Decimal("0.1")), d.how, percent=True),
        ]
        for a, b in d.counts(len(places), 2)
    ]
    return d.lay(d.stub(), leaves, parts(places, None), values)


def empty_column(d: Drawer) -> Sheet:
    """A column that nobody filled in, between others."""
    leaves: Lines = [([c], "count") for c in d.lot.sample(d.words.counts, 3)]
    places = d.places()
    values: Values = [[a, "", c] for a, c in d.counts(len(places), 2)]
    return d.lay(d.stub(), leaves, parts(places, None), values)


def months(d: Drawer) -> Sheet:
    """Nine months and their sum."""
    leaves: Lines = [*(([m], "count") for m in MONTHS), ([TOTAL], "count")]
    places = d.places()[:3]
    values = added_up([[*row, sum(row, Decimal(0))] for row in d.counts(len(places), len(MONTHS), 700)])
    return d.lay(d.stub("ar", "fr"), leaves, parts(places), values)


def number_and_share(d: Drawer) -> Sheet:
    """Each place with a row for the number and one for the share."""
    leaves: Lines = [
        ([("2021", "2021")], "count"),
        ([("2022", "2022")], "count"),
        ([("2023", "2023")], "count"),
    ]
    places = d.places()[:3]
    rows: Lines = [([place, measure], "part") for place in places for measure in MEASURES]
    values: Values = []
    for row in d.counts(len(places), 3):
        values += [
            list(row),
            [printed(Decimal(d.lot.randint(100, 9899)) / 100, d.how, percent=True) for _ in row],
        ]
    return d.lay(d.stub("nested_ar", "nested_fr", "nested_mirror"), leaves, rows, values)


def form(d: Drawer) -> Sheet:
    """A form: labels and figures, no heads."""
    values: Values = [list(row) for row in d.counts(len(FORM), 1)]
    return d.lay(d.stub("mirror", "ar", "fr", "cell_right"), [([], "count")], parts(FORM, None), values)


def of_which(d: Drawer) -> Sheet:
    """Rows that are parts of the row above them."""
    leaves: Lines = [([c], "count") for c in d.lot.sample(d.words.counts, 2)]
    values: Values = [list(row) for row in d.counts(len(OF_WHICH), 2)]
    return d.lay(d.stub("mirror", "ar", "fr", "cell_right"), leaves, parts(OF_WHICH), added_up(values))


def bare_percents(d: Drawer) -> Sheet:
    """Percents whose sign stands in the head alone."""
    leaves: Lines = [([d.lot.choice(d.words.counts)], "count"), ([("النسبة %", "Part %")], "count")]
    places = d.places()
    values: Values = [[a, Decimal(d.lot.randint(10, 989)) / 10] for (a,) in d.counts(len(places), 1)]
    return d.lay(d.stub(), leaves, parts(places, None), values)


def sections(d: Drawer, *, in_stub: bool = False) -> Sheet:
    """Rows under titles that lie across the whole table, a total of all of them last."""
    leaves: Lines = [([c], "count") for c in d.lot.sample(d.words.counts, 2)]
    places = d.places()[:3]
    sheet = d.lay(
        d.stub("ar", "fr", "cell_right"),
        leaves,
        [*(([place], "part") for _ in (0, 1) for place in places), ([GRAND], "total")],
        added_up([list(row) for row in d.counts(2 * len(places), 2)]),
    )
    ar = any(pair[0] for pair in (f.row for f in sheet.facts))
    fr = any(pair[1] for pair in (f.row for f in sheet.facts))
    for title, n in ((URBAN, 0), (RURAL, len(places) + 1)):
        lines = tuple(text for text, on in zip(title, (ar, fr), strict=True) if on)
        at = sheet.head_rows + n
        if not in_stub:
            sheet = with_row(sheet, at, Box(0, 0, lines, "stub", columns=sheet.columns, strong=True))
            continue
        stub = next(b.column for b in sheet.boxes if b.kind == "stub")
        sheet = with_row(sheet, at, Box(0, stub, lines, "stub", strong=True))
        blanks = [Box(at, c, ("",), "stub") for c in range(sheet.columns) if c != stub]
        sheet = replace(sheet, boxes=[*sheet.boxes, *blanks])
    facts = []
    for i, fact in enumerate(sheet.facts):
        group = URBAN if i < 2 * len(places) else RURAL if i < 4 * len(places) else ("", "")
        row = tuple(
            " / ".join(x for x in (g, r) if x) if r else "" for g, r in zip(group, fact.row, strict=True)
        )
        facts.append(replace(fact, row=(row[0], row[1])))
    return replace(sheet, facts=facts)


def stub_sections(d: Drawer) -> Sheet:
    """Rows under titles that stand in the column of labels."""
    return sections(d, in_stub=True)


def source_row(d: Drawer) -> Sheet:
    """The source in a last row across the table."""
    sheet = totals_first(d)
    return with_row(sheet, sheet.rows, Box(0, 0, SOURCE, "stub", columns=sheet.columns))


def with_row(sheet: Sheet, at: int, box: Box, *, heads: int = 0) -> Sheet:
    """The sheet with one more row that one cell fills."""
    sheet = replace(sheet, head_rows=sheet.head_rows + heads)
    moved = [replace(b, row=b.row + 1) if b.row >= at else b for b in sheet.boxes]
    return replace(sheet, boxes=[*moved, replace(box, row=at)], rows=sheet.rows + 1)


def titled(d: Drawer) -> Sheet:
    """The title in a first row across the table."""
    sheet = totals_first(d)
    return with_row(sheet, 0, Box(0, 0, d.words.captions[0], "head", columns=sheet.columns), heads=1)


def called_labels(d: Drawer) -> Sheet:
    """Labels with the calls of notes, raised after their last letter."""
    sheet = totals_first(d)
    stubs = [b for b in sheet.boxes if b.kind == "stub" and not b.strong and b.lines != ("",)]
    chosen = {id(b) for b in d.lot.sample(stubs, 2)}
    heads = [b for b in sheet.boxes if b.kind == "head" and b.row == 0]
    chosen.add(id(d.lot.choice(heads)))
    boxes = [replace(b, mark=str(d.lot.randint(1, 3))) if id(b) in chosen else b for b in sheet.boxes]
    return replace(sheet, boxes=boxes)


def shared_figure(d: Drawer) -> Sheet:
    """A column whose figures stand for all rows of their group at once."""
    rows: Lines = [([outer, pair], "part") for outer, inner in d.words.nested for pair in inner]
    leaves: Lines = [([c], "count") for c in d.lot.sample(d.words.counts, 2)]
    sheet = d.lay(
        d.stub("nested_ar", "nested_fr"), leaves, rows, [list(row) for row in d.counts(len(rows), 2)]
    )
    at, boxes, facts = 0, list(sheet.boxes), list(sheet.facts)
    gone: set[int] = set()
    for _, inner in d.words.nested:
        first = at
        column = next(
            b.column for b in boxes if b.kind == "figure" and b.lines[0] == facts[2 * first + 1].printed
        )
        for r in range(at, at + len(inner)):
            if r > first:
                gone.add(2 * r + 1)
        boxes = [
            replace(b, rows=len(inner)) if b.kind == "figure" and b.column == column and b.row == sheet.head_rows + first else b
            for b in boxes
            if not (b.kind == "figure" and b.column == column and sheet.head_rows + first < b.row < sheet.head_rows + first + len(inner))
        ]  # fmt: skip
        fact = facts[2 * first + 1]
        whole = tuple(text.split(" / ")[0] for text in fact.row)
        facts[2 * first + 1] = replace(fact, row=(whole[0], whole[1]))
        at += len(inner)
    return replace(sheet, boxes=boxes, facts=[f for i, f in enumerate(facts) if i not in gone])


def said_in_cells(d: Drawer) -> Sheet:
    """Sums with their scale and currency in the cell."""
    leaves: Lines = [([("الغلاف المالي", "Enveloppe")], "said"), ([d.lot.choice(d.words.counts)], "count")]
    places = d.places()
    stub = d.stub("ar", "fr")
    values: Values = [
        [f"{a} {'مليون درهم' if stub == 'ar' else 'millions de DH'}", b]
        for a, b in d.counts(len(places), 2, 900)
    ]
    sheet = d.lay(stub, leaves, parts(places, None), values)
    facts = [
        replace(f, value=Decimal(f.printed.split()[0]) * 10**6, absence="") if " " in f.printed and f.printed[-1].isalpha() else f
        for f in sheet.facts
    ]  # fmt: skip
    return replace(sheet, facts=facts)


def remarks(d: Drawer) -> Sheet:
    """A last column of remarks, most of them none."""
    sheet = d.lay(
        stub := d.stub("ar", "fr"),
        [([c], "count") for c in d.lot.sample(d.words.counts, 2)],
        parts(places := d.places(), None),
        [list(row) for row in d.counts(len(places), 2)],
    )
    head = "ملاحظات" if stub == "ar" else "Observations"
    note = "قيد الإنجاز" if stub == "ar" else "en cours"
    boxes = [replace(b, column=b.column + 1) for b in sheet.boxes] if stub == "ar" else list(sheet.boxes)
    at = 0 if stub == "ar" else sheet.columns
    boxes.append(Box(0, at, (head,), "head", rows=sheet.head_rows))
    boxes += [Box(r, at, (note if r % 3 == 1 else "",), "stub") for r in range(sheet.head_rows, sheet.rows)]
    return replace(sheet, boxes=boxes, columns=sheet.columns + 1)


Kind = Callable[[Drawer], Sheet | list[Sheet]]
KINDS: dict[str, Kind] = {
    kind.__name__: kind
    for kind in (
        sex_by_age, totals_first, tall_labels, age_classes, year_rows, evolution, empty_column, months,
        number_and_share, form, of_which, bare_percents, sections, stub_sections, source_row, called_labels, shared_figure,
        said_in_cells, remarks, titled,
    )
}  # fmt: skip


def kind_leaves(
    words: Words, lot: random.Random, styles: Sequence[str], kinds: Mapping[str, Kind], rounds: int = 2
) -> list[Leaf]:
    """Pages with one table each, every kind in turn; one that is set over several pages has them all."""
    made: list[Leaf] = []
    for name, draw in [*kinds.items()] * rounds:
        d = Drawer(words, lot, lot.choice(styles), lot.choice(NUMBERS))
        drawn = draw(d)
        caption = lot.choice(words.captions)
        unit = tuple(f" ({text})" for text in d.unit) if d.unit else ("", "")
        n = len(made) + 1
        title = Block("caption", (f"جدول {n}: {caption[0]}{unit[0]}", f"Tableau {n} : {caption[1]}{unit[1]}"))
        above = [Block("prose", (lot.choice(words.prose_ar),)), title]
        below = [Block("prose", (lot.choice(words.prose_fr),))]
        sheets = drawn if isinstance(drawn, list) else [drawn]
        for i, sheet in enumerate(sheets):
            blocks = [*(above if i == 0 else []), Block("sheets", sheets=[sheet])]
            topics = (
                f"kind:{name}",
                f"style:{d.style}",
                *(t for t in sheet.topics if t.startswith(("stub", "numbers"))),
            )
            made.append(Leaf([*blocks, *(below if i == len(sheets) - 1 else [])], sheet.facts, topics))
    return made
