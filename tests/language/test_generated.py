"""Sentences put together from frames, qualifiers, nouns and every way to print a number: each says its one figure."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.quantities import find

_QUALIFIERS = {
    "ar": {
        "": "exact", "حوالي ": "about", "أزيد من ": "more_than", "ما يناهز ": "about", "لا يقل عن ": "at_least",
        "أقل من ": "less_than", "قرابة ": "about", "لا يتجاوز ": "up_to", "ما يفوق ": "more_than", "إلى حدود ": "up_to",
    },
    "fr": {
        "": "exact", "environ ": "about", "plus de ": "more_than", "près de ": "about", "au moins ": "at_least",
        "moins de ": "less_than", "jusqu'à ": "up_to", "pas moins de ": "at_least", "quelque ": "about",
    },
}  # fmt: skip
_NOUNS = {
    "ar": ["مستفيد", "امرأة", "مركزا", "اتفاقية شراكة", "طفل في وضعية إعاقة", "جمعية", "أسرة معوزة", "سريرا"],
    "fr": ["bénéficiaires", "femmes rurales", "centres", "conventions", "enfants", "associations locales", "lits"],
}  # fmt: skip
_FRAMES = {
    "ar": [
        "استفاد {} من هذا البرنامج سنة 2022.",
        "وقد تم دعم {} بمختلف الجهات.",
        "- {} سنة 2021؛",
        "بلغ العدد {} إلى متم دجنبر 2023",
        "ويستهدف المشروع {} في أفق 2026 (المرحلة الأولى).",
        "كما استقبلت المراكز {} خلال الفترة 2021-2023",
        "في 2023، استفاد {}.",
    ],
    "fr": [
        "Le programme a touché {} en 2022.",
        "- {} en 2021 ;",
        "On compte {} à fin décembre 2023.",
        "La campagne a concerné {}, selon le ministère.",
        "Il vise {} à l'horizon 2026 (première phase).",
    ],
}
_AMOUNTS = {"ar": {"مليون درهم": 6, "مليار درهم": 9}, "fr": {"MDH": 6, "millions de dirhams": 6}}
_PERCENTS = {
    "ar": ["{}%", "{} %", "%{}", "{} في المائة", "{} بالمائة"],
    "fr": ["{}%", "{} %", "{} pour cent"],
}
_SCALES = {"ar": {"مليون": 6, "ألف": 3, "مليار": 9}, "fr": {"millions de": 6, "milliards de": 9}}
_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_SEPARATORS = ("", " ", "\u00a0", "\u202f", ".", ",")
_DECIMALS = st.sampled_from(["1,2", "3,5", "12", "45", "2,75", "300", "7", "0,8", "56,52"])

Told = tuple[str, str, str, Decimal, Decimal | None]  # text, kind, qualifier, value, high


@st.composite
def _sentences(draw: st.DrawFn) -> Told:
    language = draw(st.sampled_from(["ar", "fr"]))
    wording, qualifier = draw(st.sampled_from(sorted(_QUALIFIERS[language].items())))
    noun = draw(st.sampled_from(_NOUNS[language]))
    kind, high = "number", None
    match draw(st.sampled_from(["digits", "scale", "percent", "amount", "range"])):
        case "digits":
            number = draw(st.integers(11, 9_999_999))
            printed = f"{number:,}".replace(",", draw(st.sampled_from(_SEPARATORS)))
            printed, value = (printed.translate(_INDIC) if draw(st.booleans()) else printed), Decimal(number)
        case "scale":
            part, (scale, power) = draw(_DECIMALS), draw(st.sampled_from(sorted(_SCALES[language].items())))
            printed, value = f"{part} {scale}", Decimal(part.replace(",", ".")).scaleb(power)
        case "percent":
            part, kind, noun = draw(_DECIMALS), "percent", "من المجموع" if language == "ar" else "du total"
            printed = draw(st.sampled_from(_PERCENTS[language])).format(part)
            value = Decimal(part.replace(",", "."))
        case "amount":
            part, (unit, power) = draw(_DECIMALS), draw(st.sampled_from(sorted(_AMOUNTS[language].items())))
            kind, noun = "currency", "لهذا الغرض" if language == "ar" else "pour les associations"
            printed, value = f"{part} {unit}", Decimal(part.replace(",", ".")).scaleb(power)
        case _:
            low, more = draw(st.integers(2, 500)), draw(st.integers(1, 500))
            wording, qualifier, value, high = "", "between", Decimal(low), Decimal(low + more)
            forms = (
                ["ما بين {} و{}", "بين {} و {}"]
                if language == "ar"
                else ["entre {} et {}", "{} à {}", "{}-{}"]
            )
            printed = draw(st.sampled_from(forms)).format(value, high)
    frame = draw(st.sampled_from(_FRAMES[language]))
    return frame.format(f"{wording}{printed} {noun}"), kind, qualifier, value, high


@settings(deadline=None, max_examples=500)
@given(_sentences())
def test_a_sentence_says_its_one_figure_whatever_way_it_is_printed(told: Told) -> None:
    text, kind, qualifier, value, high = told
    figures = [f for f in find(text) if f.kind in ("number", "percent", "currency", "unit")]
    assert [(f.kind, f.qualifier, f.value, f.high) for f in figures] == [(kind, qualifier, value, high)], text
