"""Figures of running text, wherever a page puts them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.language.quantities import find
from pipeline.readings.prose import sentences
from tests.readings.drawn import read

AR = '<p dir="rtl" style="font-family: Amiri; width: {width}mm">{text}</p>'


def _figures(*bodies: str) -> list[tuple[Decimal | None, str, str, str]]:
    return [
        (r.value, r.unit_measure, r.unit_label, r.qualifier.value)
        for r in read(*bodies).readings
        if r.kind in ("prose", "callout")
    ]


@pytest.mark.parametrize("width", [34, 45, 60, 90, 150])
def test_a_figure_broken_over_lines_is_whole(width: int) -> None:
    text = "بلغت كلفة البرنامج ما يناهز 12,5 مليون درهم لفائدة 1830 امرأة في مختلف جهات المملكة."
    assert _figures(AR.format(width=width, text=text)) == [
        (Decimal(12_500_000), "MAD", "درهم", "about"),
        (Decimal(1830), "PS", "امرأة", "exact"),
    ]


def test_a_sentence_that_runs_over_a_page_break_keeps_its_figure() -> None:
    filling = "<p>" + "Le programme a été mené dans toutes les régions avec ses partenaires. " * 60 + "</p>"
    text = "<p>" + "mot " * 400 + "au profit de plus de 12 500 femmes rurales " + "mot " * 400 + "</p>"
    found = _figures(filling * 2 + text)
    assert found == [(Decimal(12_500), "PS", "femmes", "more_than")]


def test_figures_stand_in_headings_bullets_brackets_and_notes() -> None:
    body = """<h2>Bilan : 66 centres en 2023</h2><ul><li>12 conventions signées ;</li><li>40 projets.</li></ul>
    <p>Les bénéficiaires (dont 800 femmes) sont suivis.</p><p style="font-size: 7pt">(1) Hors 15 dossiers rejetés.</p>"""
    assert [(value, label) for value, _, label, _ in _figures(body)] == [
        (Decimal(66), "centres"),
        (Decimal(12), "conventions"),
        (Decimal(40), "projets"),
        (Decimal(800), "femmes"),
        (Decimal(15), "dossiers"),
    ]


def test_a_big_number_over_a_small_label_is_a_figure() -> None:
    body = """<p>Le ministère a poursuivi ses actions sociales dans les régions du Royaume cette année.</p>
    <div style="width: 60mm; text-align: center"><div style="font-size: 30pt">26 283</div><div>enfants scolarisés</div></div>
    <p>Il a renforcé ses partenariats avec les associations locales et les collectivités.</p>"""
    assert _figures(body) == [(Decimal(26_283), "PS", "enfants", "exact")]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    left = "<p>" + "Les centres ont accueilli 1 200 familles dans les communes rurales cette année. " + "</p>"
    right = (
        "<p>" + "Les caravanes ont visité 45 communes dans la région avec leurs partenaires locaux. " + "</p>"
    )
    body = f'<div style="columns: 2; column-gap: 12mm">{left * 3}{right * 3}</div>'
    assert [value for value, *_ in _figures(body)] == [Decimal(1200)] * 3 + [Decimal(45)] * 3


def test_shared_nouns_and_numbers_joined_in_one_sentence() -> None:
    text = "تم تمويل 40 مشروعا للجمعيات بالإضافة لـ 120 مشروع، وإحداث 12 و15 مركزا على التوالي."
    assert [(value, label) for value, _, label, _ in _figures(AR.format(width=150, text=text))] == [
        (Decimal(40), "مشروعا"),
        (Decimal(120), "مشروع"),
        (Decimal(12), "مركزا"),
        (Decimal(15), "مركزا"),
    ]


def test_numbers_that_name_things_are_kept_as_mentions_with_their_place() -> None:
    said = read("<p>Conformément à la loi n° 97.13 et à l'article 31, le 8 mars 2023, page 12.</p>")
    assert not [r for r in said.readings if r.kind == "prose"]
    assert {m.kind for m in said.mentions} >= {"law", "article", "date", "item"}
    assert all(m.locus.page == 1 and m.locus.box.x1 > m.locus.box.x0 for m in said.mentions)


@pytest.mark.parametrize(
    ("text", "period", "stated"),
    [
        ("استفاد 500 طفل سنة 2021.", "2021", True),
        ("استفاد 500 طفل خلال الفترة 2021-2023.", "2021/2023", True),
        ("استفاد 500 طفل ما بين 2021 و2023.", "2021/2023", True),
        ("استفاد 500 طفل خلال الموسم الدراسي 2022-2023.", "2022-A1", True),
        ("بلغ عدد المراكز 120 مركزا إلى غاية 31 دجنبر 2023.", "2023-12-31", True),
        ("استفاد 500 طفل خلال شهر مارس 2023.", "2023-03", True),
        ("À fin décembre 2022, 500 enfants sont suivis.", "2022-12", True),
        ("Le programme a touché 500 enfants entre 2021 et 2023.", "2021/2023", True),
        ("يستفيد حاليا 500 طفل.", "", False),
        ("في إطار السياسة المندمجة 2015-2025 استفاد 500 طفل.", "", False),
        ("القانون الصادر في 8 مارس 2012 يهم 500 طفل.", "", False),
        ("استفاد 500 طفل من مشاريع انطلقت قبل سنة 2018.", "", False),
        ("Les opérations engagées avant 2018 concernent 500 enfants.", "", False),
    ],
)
def test_a_figure_is_of_the_period_that_its_sentence_says(text: str, period: str, stated: bool) -> None:
    (figure,) = read(AR.format(width=150, text=text)).readings
    assert (figure.period, figure.period_stated) == (period, stated)


def test_a_big_year_over_a_title_counts_nothing() -> None:
    body = """<div style="width: 90mm"><div style="font-size: 40pt">2015</div><div>Entraide nationale de l'Oriental</div></div>
    <p>Le ministère a poursuivi ses actions sociales dans les régions du Royaume cette année.</p>"""
    assert _figures(body) == []


def test_a_percent_in_brackets_with_no_word_beside_it_is_no_figure() -> None:
    assert _figures("<p>(18,8 %)</p>") == []
    assert _figures("<p>Le total de la dotation (18,8 %)</p>") == [(Decimal("18.8"), "PT", "%", "exact")]


TILE = """<div style="width: 45mm; text-align: center"><div style="font-size: 19pt; font-weight: bold">{number}</div>
<div style="font-size: 8.5pt">{label}</div></div><p>{text}</p>"""
BODY = "Le présent rapport retrace les réalisations du département au titre de l’exercice, conformément au programme."


@pytest.mark.parametrize(
    ("number", "label", "figures"),
    [
        ("57", "établissements pour personnes âgées", [("57", "NUMBER", "établissements")]),
        (
            "7 sur 10",
            "usagers satisfaits du guichet numérique",
            [("7", "NUMBER", "usagers"), ("10", "NUMBER", "usagers")],
        ),
        ("1,24 milliard DH", "budget global du pôle social", [("1240000000", "MAD", "DH")]),
        ("212 MDH", "mobilisés pour l’appui aux associations", [("212000000", "MAD", "MDH")]),
        ("34 710", "نساء استقبلتهن الفضاءات المتعددة الوظائف خلال السنة", [("34710", "PS", "نساء")]),
    ],
)
def test_a_call_out_of_several_lines_says_all_of_its_label(
    number: str, label: str, figures: list[tuple[str, str, str]]
) -> None:
    said = [
        r for r in read(TILE.format(number=number, label=label, text=BODY)).readings if r.kind == "callout"
    ]
    assert [(f"{r.value:f}", r.unit_measure, r.unit_label) for r in said] == figures
    assert {r.sentence for r in said} == {f"{number} {label}"}


@pytest.mark.parametrize("style", ["", "sup { font-size: 6.5pt; line-height: 0; vertical-align: 3pt }"])
@pytest.mark.parametrize(
    ("text", "figures", "sentence"),
    [
        (
            "Conventions avec 379<sup>1</sup> associations.",
            ["379 associations"],
            "Conventions avec 379 associations.",
        ),
        ("Hausse de 9,0 %.<sup>1</sup> Les 12 centres.", ["9.0 %", "12 centres"], "Les 12 centres."),
        (
            "Les 64<sup>(2)</sup> sessions de 2021<sup>3</sup> au centre.",
            ["64 sessions"],
            "Les 64 sessions de 2021 au centre.",
        ),
    ],
)
def test_the_raised_call_of_a_note_is_no_figure_of_its_sentence(
    style: str, text: str, figures: list[str], sentence: str
) -> None:
    said = read(f"<style>{style}</style><p>{text}</p>").readings
    assert [f"{r.value} {r.unit_label}" for r in said] == figures
    assert said[-1].sentence == sentence


def test_calls_of_notes_count_on_past_a_hundred() -> None:
    style = "<style>sup { font-size: 6.5pt; line-height: 0; vertical-align: 3pt }</style>"
    said = read(f"{style}<p>Le nombre d’infractions<sup>102</sup> reste limité à 45 cas.</p>").readings
    assert [(r.raw, r.sentence) for r in said] == [("45", "Le nombre d’infractions reste limité à 45 cas.")]


def test_the_raised_two_of_square_metres_stays() -> None:
    style = "<style>sup { font-size: 6.5pt; line-height: 0; vertical-align: 3pt }</style>"
    said = read(f"{style}<p>Une salle de 120 m<sup>2</sup> pour 12 agents.</p>").readings
    assert said[-1].sentence == "Une salle de 120 m² pour 12 agents."


def test_a_paragraph_that_breaks_the_grammar_of_figures_loses_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> Any:
        if "malade" in text:
            raise IndexError("made up")
        return find(text)

    monkeypatch.setattr(sentences, "find", broken)
    said = read("<p>Le centre malade a reçu 45 enfants en 2023.</p><p>Puis 12 centres ont ouvert.</p>")
    assert [r.raw for r in said.readings] == ["12"]
    assert [(c.rule, c.page, bool(c.box)) for c in said.complaints] == [("EXT-18", 1, True)]


def test_numbers_in_a_row_of_tiles_need_not_be_so_big_as_one_by_itself() -> None:
    tile = (
        '<td style="border: 1pt solid #900; width: 45mm; line-height: 1">'
        '<div style="font-size: {size}pt">{n}</div><div>{label}</div></td>'
    )
    tiles = "".join(
        tile.format(size=13.5, n=n, label=label)
        for n, label in (("30.712", "طفلا مستفيدا"), ("9.874", "مهنيا متخصصا"))
    )
    said = read(f"<p>{BODY}</p><p>{BODY}</p><table><tr>{tiles}</tr></table>").readings
    assert [(r.raw, r.unit_label) for r in said] == [("30.712", "طفلا"), ("9.874", "مهنيا")]


def test_a_paragraph_set_larger_than_most_text_is_one_from_its_first_line() -> None:
    french = "<p>" + "Les projets de la province ont été menés avec les communes et les associations. " * 12 + "</p>"
    style = "font-family: Amiri; font-size: 14pt; white-space: pre"
    lines = (
        "وخلال السداسي الثاني، تم فسخ صفقتين وتسلم أربع",
        "عشرة صفقة؛ ولم تتجاوز الغرامات 350.000 درهم.",
    )
    arabic = f'<div dir="rtl" style="{style}">{chr(10).join(lines)}</div>'
    assert _figures(french + arabic) == [
        (Decimal(2), "NUMBER", "صفقتين", "exact"),
        (Decimal(14), "NUMBER", "صفقة", "exact"),
        (Decimal(350_000), "MAD", "درهم", "up_to"),
    ]


def test_a_title_over_a_paragraph_in_its_size_is_a_heading() -> None:
    text = "<p>" + "Les projets ont été menés avec les communes rurales et leurs associations. " * 12 + "</p>"
    body = """<div style="font-size: 14pt; width: 120mm">Bilan des actions<br>Les 12 centres de la province ont accueilli
    les familles des communes rurales et leurs enfants cette année.</div>"""
    sections = {r.section for r in read(text + body).readings}
    assert sections == {"Bilan des actions"}


def test_lines_in_boxes_side_by_side_go_on_each_in_its_own_box() -> None:
    boxes = (
        ("2.310 مشروعا مقبولا من", "أصل 5.144"),
        ("بين 20 و75 ألف درهم لكل", "مشروع من المشاريع"),
        ("تم تكوين 1.240 امرأة من", "الجماعات القروية"),
    )
    style = "position: absolute; top: 10mm; width: 50mm; text-align: center"
    drawn = "".join(
        f'<div dir="rtl" style="{style}; left: {60 * i}mm">{"<br>".join(box)}</div>' for i, box in enumerate(boxes)
    )
    assert {r.sentence for r in read(drawn).readings} == {" ".join(box) for box in boxes}
    assert (Decimal(5144), "NUMBER", "مشروعا", "exact") in _figures(drawn)


@pytest.mark.parametrize(
    ("number", "label", "noun", "unit"),
    [("أزيد من 1.900", "منصب شغل محدث", "منصب", "NUMBER"), ("Plus de 1 900", "femmes formées", "femmes", "PS")],
)
def test_a_big_number_with_its_qualifier_counts_what_its_label_says(
    number: str, label: str, noun: str, unit: str
) -> None:
    body = f"""<p>Le ministère a poursuivi ses actions sociales dans les régions du Royaume cette année.</p>
    <div style="width: 70mm; text-align: center"><div style="font-size: 26pt">{number}</div><div>{label}</div></div>
    <p>Il a renforcé ses partenariats avec les associations locales et les collectivités.</p>"""
    assert _figures(body) == [(Decimal(1900), unit, noun, "more_than")]


def test_a_share_in_digits_over_a_label_is_no_number_of_it() -> None:
    body = """<p>Le ministère a poursuivi ses actions sociales dans les régions du Royaume cette année.</p>
    <div style="width: 70mm; text-align: center"><div style="font-size: 26pt">1/4</div><div>des bénéficiaires vivent
    en montagne</div></div><p>Il a renforcé ses partenariats avec les associations et les collectivités.</p>"""
    assert _figures(body) == []
