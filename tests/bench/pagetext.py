"""What stands on the pages of the measurement of reading: made-up ministry prose and tables, by lot from a seed."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

NBSP = "\u00a0"
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789..")
_PLAIN = {**_WESTERN, 0xA0: " ", 0x202F: " "}
_DIGITS = re.compile(r"\d+(?:[.,/:'’–-]\d+| \d{3}(?!\d))*")
_PERCENT_FIRST = re.compile(r"(?<!\d)% ?(\d+(?:[.,]\d+)?)(?!\d|%)")
_PERCENT_APART = re.compile(r"(\d) %(?!\d| \d)")
_ARABIC_WORD = regex.compile(r"[\u0621-\u064A\u064B-\u0652]{2,}")

#: n: a count, m: a count in the millions, d: with decimals, p: a share, y: a year, r: a range of years, t: a date, l: a law.
_ARABIC = (
    "بلغ عدد المنخرطين في التعاونيات الفلاحية {n} منخرطا سنة {y}، مقابل {n} منخرطا سنة {y}، أي بزيادة قدرها {p}.",
    "وقد رصد لبرنامج تأهيل الأسواق القروية غلاف مالي قدره {d} مليون درهم برسم الفترة {r} (المرسوم رقم {l}).",
    "وإلى غاية {t} تم تجهيز {n} قاعة متعددة الوسائط لفائدة {n} تلميذة وتلميذ، منهم {p} بالوسط القروي.",
    "ساهمت اللجان الجهوية في تسوية {n} ملفا عالقا من أصل {n}، وهو ما يمثل نسبة {p} من مجموع الملفات.",
    "استقبلت وحدات الاستماع والتوجيه {n} حالة، تمت معالجة {n} منها خلال السنة نفسها و{n} خلال سنة {y}.",
    "يهدف المخطط الوطني للماء (PNE) إلى تعبئة {d} مليار متر مكعب في أفق سنة {y}، بكلفة تناهز {m} درهم.",
    "كما نظمت مديرية التكوين (DFC) ما مجموعه {n} دورة تكوينية، استفاد منها {n} إطارا بمعدل {d} أيام للفرد.",
    "تقلص معدل الهدر المدرسي من {p} سنة {y} إلى {p} سنة {y}، حسب نتائج البحث الوطني المنجز بتاريخ {t}.",
    "ويتوزع هذا المبلغ بين التسيير ({m} درهم) والاستثمار ({m} درهم)، طبقا لأحكام القانون التنظيمي رقم {l}.",
    "تجدر الإشارة إلى أن هذه الأوراش تندرج ضمن رؤية مندمجة تروم تحسين جودة الخدمات وتقريبها من المواطنين.",
)
_FRENCH = (
    "Au {t}, le réseau compte {n} points de lecture publique fréquentés par {n} abonnés, soit {p} de plus qu'en {y}.",
    "L'enveloppe allouée au programme {r} s'élève à {m} dirhams, dont {p} au titre du milieu rural (loi n° {l}).",
    "Le taux d'achèvement des chantiers est passé de {p} en {y} à {p} en {y}, pour {n} bénéficiaires recensés.",
)
_HEADINGS = (
    "ثانيا: حصيلة برامج التأهيل والتجهيز",
    "المحور الثالث: الموارد البشرية والتكوين المستمر",
    "رابعا: مؤشرات تنفيذ المخطط الاستراتيجي",
)
_ROWS = (
    ("تعاونيات الصناعة التقليدية", "Coopératives artisanales"),
    ("مراكز التكوين بالتدرج", "Centres d'apprentissage"),
    ("دور الشباب", "Maisons de jeunes"),
    ("ملاعب القرب", "Terrains de proximité"),
    ("المكتبات العمومية", "Bibliothèques publiques"),
    ("رياض الأطفال", "Jardins d'enfants"),
    ("المستوصفات القروية", "Dispensaires ruraux"),
    ("الأسواق الأسبوعية", "Marchés hebdomadaires"),
    ("محطات المعالجة", "Stations d'épuration"),
    ("المجموع", "Total"),
)
_HEADS = (
    ("عدد الوحدات", "Unités"),
    ("المستفيدون", "Bénéficiaires"),
    ("الكلفة بالدرهم", "Coût en DH"),
    ("النسبة", "Part"),
)
_CALLOUTS = ("أسرة استفادت من الدعم المباشر", "مشروعا قيد الإنجاز", "شهادة مسلمة عن بعد")
_NOTES = (
    "المصدر: مديرية الدراسات والتخطيط، معطيات مؤقتة إلى غاية {t}.",
    "(1) لا تشمل الأرقام {n} وحدة متوقفة.",
)


@dataclass(frozen=True)
class Style:
    """How one page prints its numbers."""

    group: str
    decimal: str
    percent: str = "{}%"
    eastern: bool = False

    def whole(self, value: int) -> str:
        """A count with its groups."""
        return self.native(f"{value:,}".replace(",", self.group))

    def part(self, value: float, digits: int) -> str:
        """A number with decimals."""
        return self.native(f"{value:.{digits}f}".replace(".", self.decimal))

    def native(self, text: str) -> str:
        """The digits of the page."""
        return text.translate(_EASTERN) if self.eastern else text


#: Arabic-Indic digits have a style of their own: recognition of them is counted apart.
STYLES = (Style(NBSP, ","), Style(".", ","), Style("", ",", percent=f"{{}}{NBSP}%"), Style(",", "."))
EASTERN = Style(".", ",", eastern=True)


@dataclass(frozen=True)
class Block:
    """One thing on a page: ``kind`` is heading, ar, fr, callout (number, label), table (rows of cells) or note."""

    kind: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """One page; its blocks in reading order, the cells of a row from the right."""

    blocks: tuple[Block, ...]
    style: Style

    @property
    def texts(self) -> list[str]:
        """Every stretch of print in reading order."""
        return [cell for block in self.blocks for row in block.cells for cell in row]


def sheets(seed: int, count: int, *, tables: bool = True, styles: Sequence[Style] = STYLES) -> list[Sheet]:
    """Pages by lot."""
    return [_sheet(random.Random(f"{seed}-{i}"), styles[i % len(styles)], tables) for i in range(count)]


def _sheet(lot: random.Random, style: Style, tables: bool) -> Sheet:
    blocks = [Block("heading", ((lot.choice(_HEADINGS),),))]
    arabic = lot.sample(_ARABIC, 7)
    blocks += [Block("ar", ((_filled(lot, text, style),),)) for text in arabic[:4]]
    plain = style if not style.eastern else STYLES[0]
    blocks.append(Block("fr", ((_filled(lot, lot.choice(_FRENCH), plain),),)))
    if tables:
        blocks.append(_table(lot, style))
        blocks.append(Block("callout", ((style.whole(lot.randint(20, 99_000)),), (lot.choice(_CALLOUTS),))))
    blocks += [Block("ar", ((_filled(lot, text, style),),)) for text in arabic[4:]]
    blocks += [Block("note", ((_filled(lot, text, style),),)) for text in _NOTES]
    return Sheet(tuple(blocks), style)


def _table(lot: random.Random, style: Style) -> Block:
    rows = [("البيان", *(head for head, _ in _HEADS), "Désignation")]
    for arabic, french in [*lot.sample(_ROWS[:-1], 8), _ROWS[-1]]:
        rows.append(
            (
                arabic,
                style.whole(lot.randint(3, 980)),
                style.whole(lot.randint(800, 99_000)),
                style.whole(lot.randint(100_000, 89_000_000)),
                style.percent.format(style.part(lot.uniform(1, 99), lot.choice((1, 2)))),
                french,
            )
        )
    return Block("table", tuple(rows))


def _filled(lot: random.Random, text: str, style: Style) -> str:
    def one(match: re.Match[str]) -> str:
        year = lot.randint(2009, 2024)
        return {
            "n": lambda: style.whole(int(10 ** lot.uniform(1.1, 5.2))),
            "m": lambda: style.whole(lot.randint(1_000_000, 950_000_000)),
            "d": lambda: style.part(lot.uniform(1, 99), lot.choice((1, 2))),
            "p": lambda: style.percent.format(style.part(lot.uniform(1, 99), lot.choice((0, 1, 2)))),
            "y": lambda: style.native(str(year)),
            "r": lambda: style.native(f"{year}-{year + lot.randint(2, 9)}"),
            "t": lambda: style.native(f"{lot.randint(1, 28):02}/{lot.randint(1, 12):02}/{year}"),
            "l": lambda: style.native(f"{lot.randint(1, 130)}.{lot.randint(10, 23)}"),
        }[match[1]]()

    return re.sub(r"\{(\w)\}", one, text)


def digit_strings(texts: Sequence[str]) -> Counter[str]:
    """Digit strings with their inner separators, digits as Western ones, spaces between groups dropped."""
    return Counter(
        text.replace(" ", "") for one in texts for text in _DIGITS.findall(normal(one).translate(_WESTERN))
    )


def placed_digit_strings(line: str) -> list[tuple[str, int, int]]:
    """Digit strings of one read line with their offsets."""
    plain = line.translate(_PLAIN)
    return [(m[0].replace(" ", ""), m.start(), m.end()) for m in _DIGITS.finditer(plain)]


def arabic_words(texts: Sequence[str]) -> Counter[str]:
    """Arabic words of two letters or more."""
    return Counter(word for text in texts for word in _ARABIC_WORD.findall(text))


def normal(text: str) -> str:
    """Any run of spaces as one plain space; a percent sign always behind its number.

    ``64%`` typed and ``%64`` typed share one display in a right-to-left line, so its side is no error of reading.
    """
    flat = " ".join(text.replace("٪", "%").split())
    return _PERCENT_FIRST.sub(r"\1%", _PERCENT_APART.sub(r"\1%", flat))
