"""Made-up documents for the benchmark of the checks: tables in the shapes of the reports, and sentences beside them.

Everything here is drawn at random from a seed and shares no code with the checks: numbers are Python integers and
``Decimal`` quotients, printing is done here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

REGIONS = [
    ("طنجة تطوان الحسيمة", "Tanger-Tétouan-Al Hoceïma"), ("الشرق", "Oriental"), ("فاس مكناس", "Fès-Meknès"),
    ("الرباط سلا القنيطرة", "Rabat-Salé-Kénitra"), ("بني ملال خنيفرة", "Béni Mellal-Khénifra"),
    ("الدار البيضاء سطات", "Casablanca-Settat"), ("مراكش آسفي", "Marrakech-Safi"), ("درعة تافيلالت", "Drâa-Tafilalet"),
    ("سوس ماسة", "Souss-Massa"), ("كلميم واد نون", "Guelmim-Oued Noun"),
    ("العيون الساقية الحمراء", "Laâyoune-Sakia El Hamra"), ("الداخلة وادي الذهب", "Dakhla-Oued Ed-Dahab"),
]  # fmt: skip
SEXES = [("ذكور", "Masculin"), ("إناث", "Féminin")]
AGES = [("أقل من 6 سنوات", "Moins de 6 ans"), ("من 6 إلى 14 سنة", "6-14 ans"), ("من 15 إلى 59 سنة", "15-59 ans"),
        ("60 سنة فما فوق", "60 ans et plus")]  # fmt: skip
PROGRAMMES = [("التمكين الاقتصادي", "Autonomisation économique"), ("دعم التمدرس", "Appui à la scolarisation"),
    ("المساعدة الاجتماعية", "Assistance sociale"), ("الوساطة الأسرية", "Médiation familiale"),
    ("حماية الطفولة", "Protection de l'enfance"), ("رعاية المسنين", "Prise en charge des personnes âgées"),
    ("التكوين المهني", "Formation professionnelle"), ("الأجهزة التعويضية", "Appareillage")]  # fmt: skip
TOTALS = [("المجموع", "Total"), ("الإجمالي", "Ensemble"), ("المجموع العام", "Total général")]
SUBJECTS = [("المستفيدون من مراكز التوجيه", "Bénéficiaires des centres d'orientation"),
    ("المستفيدون من الدعم", "Bénéficiaires de l'appui"), ("المشاريع الممولة", "Projets financés"),
    ("الحالات المعالجة", "Cas traités")]  # fmt: skip
SHAPES = (
    "sexes",
    "ages",
    "regions",
    "years",
    "tiers",
    "subtotals",
    "first",
    "budget",
    "average",
    "planned",
    "growth",
)


@dataclass(slots=True)
class Box:
    """One figure of a table: its true printed string, unit, and the string that is read."""

    raw: str
    unit: str = "PS"
    value: Decimal | None = None
    resolution: Decimal = Decimal(1)
    second: str = ""
    confidence: float = 1.0


@dataclass(slots=True)
class Table:
    """``rows`` and ``heads`` are labels in both languages; ``cells`` by row and column; what is a total is listed."""

    shape: str
    caption: tuple[str, str]
    heads: list[tuple[str, str]]
    rows: list[tuple[str, str]]
    cells: dict[tuple[int, int], Box]
    total_rows: list[int] = field(default_factory=list)
    total_columns: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    percents: list[int] = field(default_factory=list)
    scanned: bool = False


@dataclass(slots=True)
class Document:
    """A report of one year: a table and sentences."""

    year: int
    table: Table
    sentences: list[str]
    report_id: str = ""


def printed(number: int | Decimal, decimals: int = 0, percent: bool = False) -> Box:
    """A figure as it is printed: groups of three, comma, percent sign."""
    value = Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")
    return Box(
        text + ("%" if percent else ""), "PT" if percent else "PS", value, Decimal(1).scaleb(-decimals)
    )


def percent(part: int, whole: int, decimals: int) -> Box:
    return printed(Decimal(100 * part) / whole if whole else Decimal(0), decimals, True)


class Dice(Random):
    """Draws what a table looks like; its numbers come from a stream of their own, so that next year's table looks alike.

    ``drift`` moves the numbers of next year a little from those of this one.
    """

    def __init__(self, seed: int, drift: int | None = None) -> None:
        super().__init__(seed)
        self.seeded = seed
        self.numbers = Random(seed + 1)
        self.drift = Random(drift) if drift is not None else None

    def count(self, size: str = "any") -> int:
        """How many of something."""
        low, high = {"any": (1, 4.6), "big": (2.5, 4.9), "small": (0.7, 2)}[size]
        number = int(10 ** self.numbers.uniform(low, high))
        return self.moved(number)

    def moved(self, number: int) -> int:
        """The number a year later."""
        return max(int(number * self.drift.uniform(0.87, 1.2)), 1) if self.drift else number


def pair(seed: int, shape: str, year: int) -> list[Document]:
    """The reports of two years on one subject: the same lines, figures that moved, earlier years repeated."""
    held = []
    for at, drift in enumerate((None, seed + 2)):
        draw = Dice(seed, drift)
        table = globals()[f"_{shape}"](draw, year + at)
        table.scanned = draw.random() < 0.4
        held.append(Document(year + at, table, sentences(draw, year + at)))
    _repeat(held[0].table, held[1].table)
    return held


def _repeat(before: Table, after: Table) -> None:
    """Columns of years that the earlier report had told are told alike."""
    told = {fr: c for c, (_, fr) in enumerate(before.heads) if fr[:4].isdigit()}
    for c, (_, fr) in enumerate(after.heads):
        if fr in told and fr[:4].isdigit():
            for r in range(len(after.rows)):
                if (r, told[fr]) in before.cells:
                    after.cells[r, c] = before.cells[r, told[fr]]
    if after.shape == "growth":
        for r in range(len(after.rows)):
            after.cells[r, 2] = _grown(after.cells[r, 0], after.cells[r, 1])


def _grown(old: Box, new: Box) -> Box:
    a, b = old.value or Decimal(1), new.value or Decimal(0)
    return printed(100 * (b - a) / a, 1, True)


def _simple(draw: Dice, rows: list[tuple[str, str]], shape: str) -> Table:
    decimals = draw.choice([1, 2, 2])
    counts = [draw.count("big") for _ in rows]
    total = sum(counts)
    order = draw.random() < 0.5
    heads = [("عدد المستفيدين", "Nombre de bénéficiaires"), ("النسبة المئوية", "Pourcentage")]
    with_percents = draw.random() < 0.85
    columns = 2 if with_percents else 1
    if order and with_percents:
        heads.reverse()
    count_at = 1 if order and with_percents else 0
    cells = {}
    for r, n in enumerate([*counts, total]):
        cells[r, count_at] = printed(n)
        if with_percents:
            cells[r, 1 - count_at] = percent(n, total, decimals)
    return Table(shape, draw.choice(SUBJECTS), heads[:columns], [*rows, draw.choice(TOTALS)], cells, [len(rows)], [],
                 [count_at], [1 - count_at] if with_percents else [])  # fmt: skip


def _sexes(draw: Dice, year: int) -> Table:
    return _simple(draw, SEXES, "sexes")


def _ages(draw: Dice, year: int) -> Table:
    return _simple(draw, AGES, "ages")


def _over_time(draw: Dice, size: str, heads: list) -> list[int]:
    """Numbers of a row: of several years they follow each other, of several groups they don't."""
    if not heads[0][1][:4].isdigit():
        return [draw.count(size) for _ in heads]
    first = draw.count(size)
    return [int(first * draw.numbers.uniform(0.9, 1.3)) for _ in heads]


def crossed(
    draw: Dice, rows: list, heads: list, shape: str, size: str = "any", total_row: bool = True
) -> Table:
    table = Table(shape, draw.choice(SUBJECTS), [*heads, TOTALS[0]], [*rows], {})
    values = [_over_time(draw, size, heads) for _ in rows]
    if draw.random() < 0.3:
        values[draw.randrange(len(rows))][draw.randrange(len(heads))] = 0
    for r, row in enumerate(values):
        for c, n in enumerate([*row, sum(row)]):
            table.cells[r, c] = printed(n) if n or c == len(heads) else Box("-", "PS")
    table.total_columns = [len(heads)]
    table.counts = list(range(len(heads) + 1))
    if total_row:
        table.rows.append(draw.choice(TOTALS))
        sums = [sum(column) for column in zip(*values, strict=True)]
        for c, n in enumerate([*sums, sum(sums)]):
            table.cells[len(rows), c] = printed(n)
        table.total_rows = [len(rows)]
    return table


def _regions(draw: Dice, year: int) -> Table:
    return crossed(draw, REGIONS, SEXES, "regions")


def _years(draw: Dice, year: int) -> Table:
    rows = draw.sample(PROGRAMMES, draw.randint(3, 7))
    table = crossed(draw, rows, [(str(y), str(y)) for y in (year - 2, year - 1, year)], "years", "big")
    for r in range(len(table.rows)):
        del table.cells[r, 3]
    table.heads.pop()
    table.total_columns, table.counts = [], [0, 1, 2]
    return table


def _tiers(draw: Dice, year: int) -> Table:
    rows = draw.sample(PROGRAMMES, draw.randint(3, 6))
    one, two = (crossed(draw, rows, SEXES, "tiers", "big") for _ in range(2))
    two.rows = one.rows
    for r in range(len(rows)):
        for c in (0, 1):
            now = int((one.cells[r, c].value or 0) * Decimal(draw.numbers.uniform(0.9, 1.3)))
            two.cells[r, c] = printed(now) if now else Box("-")
        two.cells[r, 2] = printed(sum(two.cells[r, c].value or 0 for c in (0, 1)))
    for c in range(3):
        two.cells[len(rows), c] = printed(sum(two.cells[r, c].value or 0 for r in range(len(rows))))
    heads = [(f"{y} / {ar}", f"{y} / {fr}") for y in (year - 1, year) for ar, fr in [*SEXES, TOTALS[0]]]
    cells = {**one.cells, **{(r, c + 3): box for (r, c), box in two.cells.items()}}
    return Table("tiers", one.caption, heads, one.rows, cells, one.total_rows, [2, 5], list(range(6)))


def _subtotals(draw: Dice, year: int) -> Table:
    table = Table("subtotals", draw.choice(SUBJECTS), [(str(y), str(y)) for y in (year - 1, year)], [], {})
    grand = [0, 0]
    for _ in range(draw.randint(2, 3)):
        sums = [0, 0]
        for label in draw.sample(PROGRAMMES, draw.randint(2, 4)):
            for c, n in enumerate(_over_time(draw, "big", table.heads)):
                sums[c] += n
                table.cells[len(table.rows), c] = printed(n)
            table.rows.append(label)
        for c in (0, 1):
            table.cells[len(table.rows), c] = printed(sums[c])
            grand[c] += sums[c]
        table.total_rows.append(len(table.rows))
        table.rows.append(("المجموع الجزئي", "Sous-total"))
    for c in (0, 1):
        table.cells[len(table.rows), c] = printed(grand[c])
    table.total_rows.append(len(table.rows))
    table.rows.append(TOTALS[2])
    table.counts = [0, 1]
    return table


def _first(draw: Dice, year: int) -> Table:
    table = _simple(draw, draw.sample(PROGRAMMES, draw.randint(3, 8)), "first")
    last = len(table.rows) - 1
    order = [last, *range(last)]
    table.rows = [table.rows[r] for r in order]
    table.cells = {(order.index(r), c): box for (r, c), box in table.cells.items()}
    table.total_rows = [0]
    return table


def _budget(draw: Dice, year: int) -> Table:
    rows = draw.sample(PROGRAMMES, draw.randint(3, 6))
    amounts = [Decimal(draw.count("big")) / 10 for _ in rows]
    total = sum(amounts, Decimal(0))
    table = Table("budget", draw.choice(SUBJECTS), [("المبلغ بمليون درهم", "Montant en MDH"), ("النسبة", "Part")],
                  [*rows, TOTALS[0]], {}, [len(rows)], [], [0], [1])  # fmt: skip
    for r, amount in enumerate([*amounts, total]):
        box = printed(amount, 1)
        box.unit, box.value, box.resolution = "MAD", amount * 10**6, Decimal(10**5)
        table.cells[r, 0] = box
        table.cells[r, 1] = printed(100 * amount / total, 1, True)
    return table


def _average(draw: Dice, year: int) -> Table:
    rows = draw.sample(PROGRAMMES, draw.randint(5, 8))
    heads = [
        ("عدد المراكز", "Nombre de centres"),
        ("عدد المستفيدين", "Bénéficiaires"),
        ("المعدل لكل مركز", "Moyenne par centre"),
    ]
    table = Table("average", draw.choice(SUBJECTS), heads, [*rows, TOTALS[0]], {}, [len(rows)], [], [0, 1])
    pairs = [(draw.count("small"), draw.count("big")) for _ in rows]
    pairs.append((sum(a for a, _ in pairs), sum(b for _, b in pairs)))
    for r, (centres, people) in enumerate(pairs):
        table.cells[r, 0], table.cells[r, 1] = printed(centres), printed(people)
        table.cells[r, 2] = printed(Decimal(people) / centres, 1)
    return table


def _planned(draw: Dice, year: int) -> Table:
    rows = draw.sample(PROGRAMMES, draw.randint(5, 8))
    heads = [("المتوقع", "Prévu"), ("المنجز", "Réalisé"), ("نسبة الإنجاز", "Taux de réalisation")]
    table = Table("planned", draw.choice(SUBJECTS), heads, [*rows, TOTALS[0]], {}, [len(rows)], [], [0, 1])
    pairs = [(n := draw.count("big"), int(n * draw.numbers.uniform(0.4, 1.2))) for _ in rows]
    pairs.append((sum(a for a, _ in pairs), sum(b for _, b in pairs)))
    for r, (planned, done) in enumerate(pairs):
        table.cells[r, 0], table.cells[r, 1] = printed(planned), printed(done)
        table.cells[r, 2] = percent(done, planned, 1)
    return table


def _growth(draw: Dice, year: int) -> Table:
    rows = draw.sample(PROGRAMMES, draw.randint(5, 8))
    heads = [(str(year - 1), str(year - 1)), (str(year), str(year)), ("نسبة التطور", "Évolution en %")]
    table = Table("growth", draw.choice(SUBJECTS), heads, [*rows, TOTALS[0]], {}, [len(rows)], [], [0, 1])
    pairs = [(n := draw.count("big"), int(n * draw.numbers.uniform(0.6, 1.8))) for _ in rows]
    pairs.append((sum(a for a, _ in pairs), sum(b for _, b in pairs)))
    for r, (old, new) in enumerate(pairs):
        table.cells[r, 0], table.cells[r, 1] = printed(old), printed(new)
        table.cells[r, 2] = _grown(table.cells[r, 0], table.cells[r, 1])
    return table


_DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
_JOURS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
]
_MOIS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def sentences(draw: Dice, year: int) -> list[str]:
    """A date with its weekday, a plan named twice, a growth with both its figures; in Arabic or in French."""
    arabic = draw.random() < 0.6
    day = date(year, draw.randint(1, 12), draw.randint(1, 28))
    return [dated(day, day.weekday(), arabic), *planned(draw, year, arabic, 0), grown(draw, year, arabic, 0)]


def dated(day: date, weekday: int, arabic: bool) -> str:
    """A sentence with a date and a weekday."""
    if arabic:
        return f"نظمت الوزارة يوم {_DAYS[weekday]} {day.day:02d} {_MONTHS[day.month - 1]} {day.year} لقاء تواصليا بالرباط."
    return (
        f"Une rencontre a été tenue le {_JOURS[weekday]} {day.day} {_MOIS[day.month - 1]} {day.year} à Rabat."
    )


def planned(draw: Dice, year: int, arabic: bool, off: int) -> list[str]:
    """Two sentences that name one plan with its period; ``off`` years apart."""
    first, length = year - draw.randint(0, 2), draw.choice([3, 4, 5])
    other = first + length + off
    if arabic:
        return [
            f"تندرج هذه المبادرات في إطار استراتيجية «جسر» {first}-{first + length} للتنمية.",
            f"كما تواصل الوزارة تنزيل استراتيجية «جسر» {first}-{other} بشراكة مع الجمعيات.",
        ]
    return [
        f"Ces actions relèvent de la stratégie « Jisr » {first}-{first + length} de développement.",
        f"Le ministère poursuit la stratégie « Jisr » {first}-{other} avec les associations.",
    ]


def grown(draw: Dice, year: int, arabic: bool, wrong: int) -> str:
    """A sentence with two figures and the growth between them; ``wrong`` percent points off."""
    steps = Random(draw.seeded)
    levels = [steps.randint(200, 9000)]
    for _ in range(3):
        levels.append(int(levels[-1] * steps.uniform(1.08, 1.9)))
    old, new = levels[year - 2020], levels[year - 2019]
    rate = round(100 * (new - old) / old) + wrong
    if arabic:
        return f"انتقل عدد المستفيدين من {old} مستفيد سنة {year - 1} إلى {new} مستفيد سنة {year}، أي بزيادة بلغت {rate}%."
    said = f"Le nombre est passé de {old} bénéficiaires en {year - 1} à {new} bénéficiaires en {year}"
    return f"{said}, soit une hausse de {rate} %."
