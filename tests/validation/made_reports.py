"""Ten little reports written before the checks that they measure: five with contradictions, five with what only looks like one.

``planted`` are the figures as printed of which a finding has to name one; a clean report has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.validation.editions import Grid, Tile

Told = str | Grid | Tile


@dataclass(frozen=True)
class Made:
    """A report by its pages, and the figures put in that contradict another one."""

    name: str
    pages: tuple[tuple[Told, ...], ...]
    planted: tuple[str, ...] = ()


_YOUTH = Grid(
    "Tableau 1 : Fréquentation des maisons de jeunes par préfecture",
    ["Adhérents", "dont filles", "Part des filles"],
    [
        ["Salé", "4 210", "1 768", "42,0%"],
        ["Témara", "2 630", "1 210", "46,0%"],
        ["Khémisset", "1 960", "647", "33,0%"],
        ["Total", "8 800", "3 625", "41,2%"],
    ],
)
_COURTS = Grid(
    "جدول 2: القضايا المسجلة حسب النوع",
    ["القضايا المسجلة", "القضايا المحكومة", "نسبة البت"],
    [
        ["قضايا النفقة", "12 400", "10 540", "85,0%"],
        ["قضايا الطلاق", "8 250", "6 188", "75,0%"],
        ["قضايا الحضانة", "2 100", "1 932", "92,0%"],
        ["المجموع", "22 750", "18 660", "82,0%"],
    ],
    unit="NUMBER",
)
_BEDS = Grid(
    "Tableau 3. Capacité hospitalière par province | الطاقة الاستيعابية حسب الإقليم",
    ["Hôpitaux | المستشفيات", "Lits | الأسرة"],
    [
        ["Nador | الناظور", "3", "412"],
        ["Berkane | بركان", "2", "258"],
        ["Taourirt | تاوريرت", "1", "130"],
        ["Total | المجموع", "6", "800"],
    ],
    unit="NUMBER",
)
_FUNDING = Grid(
    "Financement par source (en millions de dirhams)",
    ["2021", "2022"],
    [["Budget général", "320", "365"], ["Collectivités", "48", "52"], ["Coopération", "32", "83"]],
    unit="MAD",
)
_LITERACY = Grid(
    "المستفيدون من محو الأمية حسب الوسط والجنس",
    ["الإناث", "الذكور", "المجموع"],
    [["الوسط الحضري", "6 300", "2 700", "9 000"], ["الوسط القروي", "9 450", "1 550", "11 000"],
     ["المجموع", "15 750", "4 250", "20 000"]],
)  # fmt: skip

WRONG = (
    Made(
        "maisons de jeunes",
        (
            (
                "Les maisons de jeunes de la région comptent 8 800 adhérents.",
                # Témara 46,0 in the table; the other two agree.
                "La part des filles atteint 42,0 % à Salé, 64,0 % à Témara et 33,0 % à Khémisset.",
                "À elle seule, Salé rassemble 57,8 % des adhérents.",  # 4 210 of 8 800 are 47,8 %
                _YOUTH,
            ),
            (
                Tile("8 080", "adhérents des maisons de jeunes"),  # 8 800
                Tile("3 625", "filles adhérentes"),
            ),
        ),
        ("64,0 %", "57,8 %", "8 080"),
    ),
    Made(
        "محاكم الأسرة",
        (
            (
                Tile("22 750", "قضية مسجلة"),
                Tile("16 880", "قضية محكومة"),  # 18 660
                "عرفت محاكم الأسرة خلال السنة نشاطا متواصلا.",
            ),
            (
                "بلغت نسبة البت في قضايا النفقة 85,0% وفي قضايا الطلاق 57,0% مقابل 92,0% في قضايا الحضانة.",
                "وتمثل قضايا النفقة 45,5% من مجموع القضايا المسجلة.",  # 54,5 %
                _COURTS,
            ),
        ),
        ("16 880", "57,0%", "45,5%"),
    ),
    Made(
        "santé",
        (
            (
                "L'offre hospitalière repose sur 6 hôpitaux totalisant 800 lits, dont 412 à Nador et 285 à Berkane.",
                "تتوفر الجهة على 6 مستشفيات بطاقة 800 سرير، منها 412 بالناظور و258 ببركان.",
                "Nador dispose de 51,5 % des lits, Berkane de 32,3 % et Taourirt de 26,3 %.",  # 16,3 %
                _BEDS,
            ),
        ),
        ("285", "26,3 %"),
    ),
    Made(
        "financement",
        (
            (
                "Le financement a atteint 500 millions de dirhams en 2022, en hausse de 35,0 % par rapport aux"
                " 400 millions de dirhams de 2021.",  # 25 %
                "Sur les 64 conventions signées, 40 ont été exécutées, 14 sont en cours et 10 n'ont pas démarré,"
                " soit 25,6 %.",  # 15,6 %
                _FUNDING,
            ),
        ),
        ("35,0 %", "25,6 %"),
    ),
    Made(
        "محو الأمية",
        (
            (
                "استفاد من البرنامج 20 000 شخص، تمثل الإناث 87,8% منهم والذكور 21,3%.",  # 78,8 %
                "ويقطن 65,0% من المستفيدين بالوسط القروي و45,0% بالوسط الحضري.",  # 55,0 %
                _LITERACY,
            ),
            (Tile("15 570", "مستفيدة من محو الأمية"), "تواصلت الحملات التحسيسية."),  # 15 750
        ),
        ("87,8%", "65,0%", "15 570"),
    ),
)

CLEAN = (
    Made(
        "maisons de jeunes, sans faute",
        (
            (
                "Les maisons de jeunes de la région comptent 8 800 adhérents, pour un objectif de 9 500.",
                "La part des filles atteint 42,0 % à Salé, 46,0 % à Témara et 33,0 % à Khémisset.",
                "Salé rassemble 48 % des adhérents et 35 % des animateurs.",
                "À Témara, 61,5 % des adhérents ont moins de 18 ans.",
                "Khémisset a vu ses effectifs progresser de 12,4 %.",
                "Le taux de satisfaction est de 88,0 % à Salé et de 79,5 % à Témara.",
                _YOUTH,
            ),
            (Tile("8 200", "adhérents en 2017"), Tile("412", "animateurs des maisons de jeunes")),
        ),
    ),
    Made(
        "محاكم الأسرة، بلا خطأ",
        (
            (
                Tile("22 750", "قضية مسجلة"),
                Tile("18 660", "قضية محكومة"),
                Tile("12 930", "قضية منفذة"),
            ),
            (
                "بلغت نسبة البت في قضايا النفقة 85,0% وفي قضايا الطلاق 75,0%.",
                "وتمثل قضايا النفقة أزيد من 54% من مجموع القضايا المسجلة.",
                "أما نسبة الصلح في قضايا الطلاق فلم تتجاوز 22,0%، في حين بلغت في قضايا الحضانة 37,5%.",
                "وتم تنفيذ 64,5% من الأحكام الصادرة في قضايا النفقة.",
                "ويستهدف القطاع رفع نسبة البت في قضايا الطلاق إلى 80,0% في أفق 2025.",
                _COURTS,
            ),
        ),
    ),
    Made(
        "santé, sans faute",
        (
            (
                "L'offre hospitalière repose sur 6 hôpitaux totalisant 800 lits, dont 412 à Nador et 258 à Berkane.",
                "Le taux d'occupation s'élève à 71,2 % à Nador, 64,8 % à Berkane et 58,0 % à Taourirt.",
                "Berkane compte 265 médecins et Nador 431 infirmiers.",
                "Nador dispose de 51,5 % des lits, Berkane du tiers.",
                "L'hôpital de Taourirt sera porté à 150 lits.",
                _BEDS,
            ),
        ),
    ),
    Made(
        "financement, sans faute",
        (
            (
                "Le financement a atteint 500 millions de dirhams en 2022, en hausse de 25,0 % par rapport aux"
                " 400 millions de dirhams de 2021.",
                "La coopération, avec 83 millions de dirhams, a crû de 159,4 %.",
                "Sur les 64 conventions signées, 40 ont été exécutées, soit 62,5 %.",
                "Le budget général couvre 73,0 % du financement de 2022, contre 80,0 % en 2021.",
                "Les collectivités ont versé 45 millions de dirhams avant le 30 juin.",
                _FUNDING,
            ),
        ),
    ),
    Made(
        "محو الأمية، بلا خطأ",
        (
            (
                "استفاد من البرنامج 20 000 شخص، تمثل الإناث 78,8% منهم والذكور 21,3%.",
                "ويقطن 55,0% من المستفيدين بالوسط القروي و45,0% بالوسط الحضري.",
                "وبلغت نسبة النجاح لدى الإناث 91,0% ولدى الذكور 84,5%.",
                "وتمثل الإناث 85,9% من المستفيدين بالوسط القروي.",
                "وينحدر 30,0% من المؤطرين من الوسط القروي.",
                _LITERACY,
            ),
            (Tile("15 750", "مستفيدة من محو الأمية"), Tile("1 240", "مؤطرة ومؤطرا")),
        ),
    ),
)
