"""Further kinds of tables that yearly reports print: budgets, targets, calendars, figures with words or shares beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from tests.bench.tablekinds import Drawer, added_up, parts
from tests.bench.tablespec import NUMBERS, Box, Fact, Pair, Sheet, printed

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BUDGET = ("ميزانية 2023", "Budget 2023")
OPENED, SPENT = ("الاعتمادات المفتوحة", "Crédits ouverts"), ("الاعتمادات المنفذة", "Crédits émis")
RUNNING, INVESTED = ("التسيير", "Fonctionnement"), ("الاستثمار", "Investissement")
RATE = ("نسبة الإنجاز", "Taux de réalisation")
PROGRAMMES = [
    ("الأسرة والطفولة", "Famille et enfance"), ("المساواة والتمكين", "Égalité et autonomisation"),
    ("القيادة والدعم", "Pilotage et soutien"), ("التنمية الاجتماعية", "Développement social"),
]  # fmt: skip
AIMED, REACHED = ("المستهدف", "Cible"), ("المنجز", "Réalisé")
MEASURED = [
    (("مراكز مؤهلة", "Centres mis à niveau"), ("عدد", "Nombre"), 90),
    (("الأطر المكونة", "Cadres formés"), ("عدد", "Nombre"), 4_000),
    (("نسبة تغطية الأقاليم", "Couverture des provinces"), ("%", "%"), 99),
    (("كلفة المشاريع", "Coût des projets"), ("مليون درهم", "MDH"), 300),
]
REGION_TOTAL = ("مجموع الجهة", "Total région")
EVENTS = [
    (("12 مارس 2023", "12/03/2023"), ("لقاء تواصلي", "Rencontre de concertation"), ("الرباط", "Rabat")),
    (("05 أبريل 2023", "05/04/2023"), ("دورة تكوينية", "Session de formation"), ("فاس", "Fès")),
    (("21 يونيو 2023", "21/06/2023"), ("يوم دراسي", "Journée d'étude"), ("أكادير", "Agadir")),
    (("10 دجنبر 2023", "10/12/2023"), ("قافلة طبية", "Caravane médicale"), ("الرشيدية", "Errachidia")),
]
CARRIED, BROUGHT = ("المجموع المرحل", "À reporter"), ("المجموع المنقول", "Report")
UNIT = ("بملايين الدراهم", "En millions de DH")
PROJECTS, COST = ("عدد المشاريع", "Nombre de projets"), ("الكلفة", "Coût")
SERVED, JOBS = ("المستفيدون", "Bénéficiaires"), ("مناصب الشغل المحدثة", "Emplois créés")
REMARKS = (("تقديري", "est."), ("مؤقت", "provisoire"))


def language(d: Drawer) -> str:
    """A stub of one language."""
    return d.stub("ar", "fr")


def with_column(sheet: Sheet, at: int, head: str, texts: Sequence[str]) -> Sheet:
    """The sheet with one more column of texts, one beside each row."""
    moved = [replace(b, column=b.column + 1) if b.column >= at else b for b in sheet.boxes]
    moved.append(Box(0, at, (head,), "head", rows=sheet.head_rows))
    moved += [Box(sheet.head_rows + r, at, (text,), "stub") for r, text in enumerate(texts)]
    return replace(sheet, boxes=moved, columns=sheet.columns + 1)


def rewritten(sheet: Sheet, texts: Sequence[str], facts: Sequence[Sequence[Fact]]) -> Sheet:
    """The sheet with other texts in the cells of its figures, and what each of them says."""
    left = iter(texts)
    boxes = [replace(b, lines=(next(left),)) if b.kind == "figure" else b for b in sheet.boxes]
    return replace(sheet, boxes=boxes, facts=[fact for held in facts for fact in held])


def programmes(d: Drawer) -> Sheet:
    """Credits by programme: heads of three tiers, of two and of one."""
    leaves = [([BUDGET, g, k], "count") for g in (OPENED, SPENT) for k in (RUNNING, INVESTED)]
    leaves += [([BUDGET, RATE], "share"), ([("المناصب المالية", "Postes budgétaires")], "count")]
    values = [
        [*row[:4], Decimal(d.lot.randint(100, 9899)) / 100, row[4]]
        for row in d.counts(len(PROGRAMMES), 5, 900_000)
    ]
    return d.lay(d.stub("ar", "fr"), leaves, parts(PROGRAMMES, None), values)


def targets(d: Drawer) -> Sheet:
    """Indicators with their unit in a column of its own, the aim, what was reached and the rate."""
    stub = language(d)
    leaves = [([AIMED], "count"), ([REACHED], "count"), ([RATE], "share")]
    values = []
    for _, _, top in MEASURED:
        aim, reached = (Decimal(d.lot.randint(top // 2, top)) for _ in range(2))
        values.append([aim, reached, (100 * reached / aim).quantize(Decimal("0.1"))])
    sheet = d.lay(
        stub, leaves, parts([pair for pair, _, _ in MEASURED], None), values, ("المؤشر", "Indicateur")
    )
    which = stub == "fr"
    at = 1 if which else sheet.columns - 1
    return with_column(sheet, at, ("الوحدة", "Unité")[which], [unit[which] for _, unit, _ in MEASURED])


def with_shares(d: Drawer) -> Sheet:
    """Counts with their share in brackets in the same cell."""
    leaves = [([c], "count") for c in d.lot.sample(d.words.counts, 2)]
    places = d.places()
    how = replace(d.how, percent="{} %", rtl=False)
    sheet = d.lay(
        d.stub("ar", "fr", "mirror"), leaves, parts(places, None), list(map(list, d.counts(len(places), 2)))
    )
    texts, facts = [], []
    for fact in sheet.facts:
        share = Decimal(d.lot.randint(10, 989)) / 10
        shown = printed(share, how, percent=True)
        texts.append(f"{fact.printed} ({shown})")
        facts.append([fact, replace(fact, printed=shown, value=share)])
    return rewritten(sheet, texts, facts)


def ranges(d: Drawer) -> Sheet:
    """A column of ranges beside one of counts."""
    stub = language(d)
    leaves = [
        ([("عدد المراكز", "Nombre de centres")], "count"),
        ([("الطاقة الاستيعابية", "Capacité d'accueil")], "count"),
    ]
    places = d.places()
    lows = [d.lot.randint(11, 90) for _ in places]
    form = d.lot.choice(("{} - {}", "{}–{}", "من {} إلى {}" if stub == "ar" else "de {} à {}"))
    sheet = d.lay(
        stub, leaves, parts(places, None), [[Decimal(d.lot.randint(3, 400)), Decimal(low)] for low in lows]
    )
    texts, facts = [], []
    for i, fact in enumerate(sheet.facts):
        if i % 2:
            high = (fact.value or Decimal(0)) + d.lot.randint(5, 60)
            fact = replace(fact, printed=form.format(fact.value, high), most=high)
        texts.append(fact.printed)
        facts.append([fact])
    return rewritten(sheet, texts, facts)


def provinces(d: Drawer) -> Sheet:
    """Provinces by region, with a row of sums for each region and one for all."""
    leaves = [([c], "count") for c in d.lot.sample(d.words.counts, 2)]
    rows, values = [], []
    for outer, inner in d.words.nested:
        rows += [([outer, pair], "part") for pair in (*inner, REGION_TOTAL)]
        values += added_up(list(map(list, d.counts(len(inner), 2))))
    rows.append(([d.words.totals[0]], "total"))
    sums = [row for row, (chain, _) in zip(values, rows, strict=False) if chain[-1] == REGION_TOTAL]
    values.append(added_up(sums)[-1])
    return d.lay(d.stub("nested_ar", "nested_fr", "nested_mirror"), leaves, rows, values)


def calendar(d: Drawer) -> Sheet:
    """Events with their day and place, and how many came."""
    stub = language(d)
    which = stub == "fr"
    values = list(map(list, d.counts(len(EVENTS), 1, 900)))
    leaves = [([("عدد المشاركين", "Nombre de participants")], "count")]
    sheet = d.lay(
        stub, leaves, parts([event for _, event, _ in EVENTS], None), values, ("النشاط", "Activité")
    )
    towns, days = ([one[i][which] for one in EVENTS] for i in (2, 0))
    sheet = with_column(sheet, 1 if which else sheet.columns - 1, ("المكان", "Lieu")[which], towns)
    sheet = with_column(sheet, 0 if which else sheet.columns, ("التاريخ", "Date")[which], days)
    facts = []
    for fact, (day, event, town) in zip(sheet.facts, EVENTS, strict=True):
        said = " / ".join(one[which] for one in (day, event, town))
        # A day in digits reads the same in both languages.
        facts.append(replace(fact, row=(day[1], said) if which else (said, "")))
    return replace(sheet, facts=facts)


def noted_cells(d: Drawer) -> Sheet:
    """Some figures with a word in brackets after them: estimated, provisional."""
    stub = language(d)
    leaves = [([c], "count") for c in d.lot.sample(d.words.counts, 2)]
    places = d.places()
    d.how = replace(d.how, rtl=False)
    sheet = d.lay(stub, leaves, parts(places, None), list(map(list, d.counts(len(places), 2))))
    texts = [
        f"{fact.printed} ({d.lot.choice(REMARKS)[stub == 'fr']})" if d.lot.random() < 0.3 else fact.printed
        for fact in sheet.facts
    ]
    return rewritten(sheet, texts, [[fact] for fact in sheet.facts])


def counts_and_money(d: Drawer) -> Sheet:
    """Counts beside sums under a line that says millions of dirhams."""
    d.unit = UNIT
    others = d.lot.sample((PROJECTS, SERVED, JOBS), 2)
    leaves = [([others[0]], "count"), ([COST], "count"), ([others[1]], "count")]
    places = d.places()
    sheet = d.lay(
        d.stub("mirror", "ar", "fr", "cell_right"),
        leaves,
        parts(places),
        added_up(list(map(list, d.counts(len(places), 3)))),
    )
    powers = [6 if COST[0] in fact.column[0] or COST[1] in fact.column[1] else 0 for fact in sheet.facts]
    return replace(sheet, facts=[replace(f, power=p) for f, p in zip(sheet.facts, powers, strict=True)])


def two_scripts(d: Drawer) -> Sheet:
    """Years in Eastern digits over columns of either digits."""
    d.how = NUMBERS[0]
    years = [(f"{y}".translate(_EASTERN),) * 2 for y in (2022, 2023)]
    leaves = [([year], "count") for year in years]
    places = d.places()
    sheet = d.lay("ar", leaves, parts(places, None), list(map(list, d.counts(len(places), 2))))
    texts = [
        printed(fact.value or Decimal(0), NUMBERS[7]) if i % 2 else fact.printed
        for i, fact in enumerate(sheet.facts)
    ]
    # Eastern digits are Arabic.
    facts = [
        [replace(f, printed=t, column=(f.column[0], ""))] for f, t in zip(sheet.facts, texts, strict=True)
    ]
    return rewritten(sheet, texts, facts)


def carried(d: Drawer) -> list[Sheet]:
    """A table over two pages, its sums carried from one to the other."""
    labels: list[Pair] = [pair for held in d.words.rows for pair in held]
    leaves = [([c], "count") for c in d.lot.sample(d.words.counts, 2)]
    stub, corner = d.stub(), d.lot.choice(d.words.stub)
    values = list(map(list, d.counts(14, 2)))
    first = added_up(values[:7])
    last = added_up([first[-1], *values[7:]])
    upper, lower = parts(labels[:7], CARRIED), parts(labels[7:14], d.words.totals[0])
    lower.insert(0, ([BROUGHT], "total"))
    return [d.lay(stub, leaves, rows, held, corner) for rows, held in ((upper, first), (lower, last))]


YEARLY: dict[str, Callable[[Drawer], Sheet | list[Sheet]]] = {
    kind.__name__: kind
    for kind in (
        programmes, targets, with_shares, ranges, provinces, calendar, noted_cells, counts_and_money, two_scripts, carried,
    )
}  # fmt: skip
