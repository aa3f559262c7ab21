"""A plain table from anywhere: what adds up is silent, what does not is told with its place and arithmetic."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.cli import outcome as exit_code
from pipeline.validation.tables.digits import neighbours, slip
from pipeline.validation.tables.wording import in_language


def check(tmp_path: Path, text: str | bytes, *options: str) -> tuple[Result, list[dict[str, object]]]:
    file = tmp_path / "table.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = CliRunner().invoke(cli, ["check", str(file), "--json", *options], standalone_mode=False)
    assert result.exception is None, result.exception
    return result, [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def found(tmp_path: Path, text: str | bytes) -> list[tuple[object, object, object]]:
    return [(f["rule"], f["row"], f["column"]) for f in check(tmp_path, text)[1]]


SEXES = "sex;count;share\nMale;57883;56,52%\nFemale;{};43,48%\nTotal;102414;100,00%\n"


def test_a_misread_count_is_named_with_what_should_stand_there(tmp_path: Path) -> None:
    assert found(tmp_path, SEXES.format("44531")) == []
    result, findings = check(tmp_path, SEXES.format("44581"), "--strict")
    assert result.return_value == 1
    (one,) = findings
    assert (one["rule"], one["row"], one["column"], one["severity"]) == ("TAB-01", 3, 2, "error")
    assert (one["printed"], one["expected"]) == ("44581", "44\u202f531")
    assert "57,883 + 44,581 = 102,464" in str(one["message"])


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("ar", ("= 102\u202f464", "= 43,5302 %")),
        ("fr", ("= 102\u202f464", "= 43,5302 %")),
        ("en", ("= 102,464", "= 43.5302 %")),
    ],
)
def test_the_arithmetic_is_told_in_three_languages(
    tmp_path: Path, lang: str, written: tuple[str, str]
) -> None:
    _, (one,) = check(tmp_path, SEXES.format("44581"), "--lang", lang)
    assert one["message"] == one[f"message_{lang}"]
    assert all(number in str(one["message"]) for number in written)


@pytest.mark.parametrize(
    ("lang", "explained"), [("ar", "رقم متشابه"), ("fr", "chiffre ressemblant"), ("en", "look-alike digit")]
)
def test_what_would_explain_it_is_told_in_the_same_language(
    tmp_path: Path, lang: str, explained: str
) -> None:
    _, (one,) = check(tmp_path, SEXES.format("44581"), "--lang", lang)
    assert str(one["explanations"]).count(explained) == 1


CLEAN = {
    "from one percent to another it is points": (
        "r,prévu,réalisé,écart\nA,88.0%,84.6%,-3.4%\nB,60,75,15\nC,40,22,-18\nD,9,11,2\nE,7,5,-2\n"
    ),
    "no label says that the last line is the sum": "x,A,B,C\nu,1,20,3\nv,2,30,4\nw,7,11,5\nall of it,10,61,12\n",
    "a line of which is the sum of those above it": "r,n\nA,50\nB,20\ndont C,70\nD,5\nTotal,75\n",
    "a part may be spent to a higher rate": "r,ouvert,taux de réalisation\nA,50,60%\ndont B,20,75%\nC,10,40%\nTotal,60,57%\n",
    "homes and those who live there": "ar,fr,n\nدور المسنين,Personnes âgées,5\nدور الطالب,Dar Talib,6\nالمجموع,Total,11\n",
    "the total stands first": "Région;Centres\nEnsemble;60\nOriental;10\nSouss;20\nFès;30\n",
    "totals of rows and columns": "r,F,M,Total\nA,1,2,3\nB,4,5,9\nTotal,5,7,12\n",
    "sub-totals": "r,n\nA,1\nB,2\nSous-total,3\nC,4\nD,5\nSous-total,9\nTotal,12\n",
    "a region before its provinces": "r,2021,2022\nNord,30,50\nTanger,10,20\n"
    "Tétouan,20,30\nSud,7,9\nDakhla,3,4\nAousserd,4,5\nTotal,37,59\n",
    "a balance is what spending leaves": "r,2021,2022\nIncome,500,620\nSpending,450,410\nTotal,50,210\n",
    "an average is not summed": "r,n,moyenne\nA,10,3.5\nB,20,4.5\nTotal,30,4.2\n",
    "growth is not summed": "r,2021,2022,évolution\nA,10,20,100%\nB,20,30,50%\nTotal,30,50,66.7%\n",
    "a dash adds nothing": "r,n\nA,10\nB,-\nC,5\nTotal,15\n",
    "shares as fractions": "r,n,share\nA,1,0.25\nB,3,0.75\nTotal,4,1\n",
    "what a computer leaves of 0.3": "r,x\nA,0.1\nB,0.2\nTotal,0.30000000000000004\n",
    "years and numbers of order are no figures": "N°,année,cas\n1,2020,4\n2,2021,5\n3,2022,6\nTotal,,15\n",
    "two wholes of one hundred, each below its parts": "chapitre,ligne,part\nRecettes,Budget,64.9%\nRecettes,Familles,9.6%\n"
    "Recettes,Partenaires,25.5%\nRecettes,Total,100.0%\nDépenses,Repas,41.3%\nDépenses,Transport,15.3%\n"
    "Dépenses,Centres,43.4%\nDépenses,Total,100.0%\n",
    "the aim of a delay is over what was": "indicateur,prévu,réalisé,taux\nVisites,500,306,61.2%\nLivres,40,38,95.0%\n"
    "Spectacles,60,66,110.0%\nDélai,35,38,92.1%\n",
    "of which is part of the line above": "r,n\nA,10\ndont femmes,4\nB,5\nTotal,15\n",
    "people counted in two programmes": "r,a,b\nX,10,20\nY,10,20\nZ,8,9\nTotal part.,20,30\n",
}  # fmt: skip


def test_every_slip_and_every_cause_has_its_words_in_all_languages() -> None:
    names = {
        slip(a, b)[1] for a in ("1074", "44531", "500") for b in (*neighbours(a), "9999999", "70041")
    } - {""}
    told = [
        *(f"1 → 2 ({name})" for name in names),
        "a line of 5 is missing",
        "the percents fit a base of about 7",
    ]
    for text in told:
        assert in_language(text, "en") == text
        assert len({text, in_language(text, "ar"), in_language(text, "fr")}) == 3, text


@pytest.mark.parametrize("shape", CLEAN)
def test_a_table_that_adds_up_is_silent(tmp_path: Path, shape: str) -> None:
    assert [f for f in check(tmp_path, CLEAN[shape])[1] if f["severity"] == "error"] == []


WRONG = {
    "r,F,M,Total\nA,1,2,3\nB,4,5,9\nC,7,7,15\nTotal,12,14,26\n": [("TAB-01", 4, 4)],
    "r,2021,2022,évolution\nA,10,20,100%\nB,20,30,50%\nC,40,50,35%\nD,10,11,10%\n": [("TAB-10", 4, 4)],
    "r,centres,cas,moyenne\nA,2,10,5\nB,4,10,2.5\nC,5,20,4\nD,10,31,3.7\n": [("TAB-09", 5, 4)],
    "r,prévu,réalisé,taux de réalisation\nA,20,10,50%\nB,40,10,25%\nC,50,20,40%\nD,100,31,13%\n": [("TAB-07", 5, 4)],
    "r;n\nA;10\ndont femmes;14\nB;5\nTotal;15\n": [("TAB-08", 3, 2)],
    "ar,fr,n\nذكور,Féminin,5\nإناث,Masculin,6\nالمجموع,Total,11\n": [("TAB-06", 2, 3)],
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_line_that_does_not_follow_the_others_is_named(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == WRONG[text]


TIDY = "area,sex,year,value\n" + "".join(
    f"{area},{sex},{year},{value}\n"
    for area, values in {"A": (10, 20, 30), "B": (11, 22, 33), "C": (5, 6, 11)}.items()
    for year in (2021, 2022)
    for sex, value in zip(("M", "F", "_T"), values, strict=True)
)


def test_a_table_of_one_figure_a_row_is_checked_group_by_group(tmp_path: Path) -> None:
    assert found(tmp_path, TIDY) == []
    assert found(tmp_path, TIDY.replace("B,_T,2022,33", "B,_T,2022,34")) == [("TAB-01", 13, 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = "الجهة;العدد\nالشرق;10\nالجنوب;20\nالمجموع;31\n"
    assert found(tmp_path, text.encode(encoding)) == [("TAB-01", 4, 2)]
    western = "Région;Bénéficiaires\nFès;10\nMarrakech;20\nTotal général;31\n"
    assert found(tmp_path, western.encode("cp1252")) == [("TAB-01", 4, 2)]


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["r", "n"])
    for row in (["A", 1], ["B", 2.5], ["Total", 4.5]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "b.xlsx"), "--json"], standalone_mode=False)
    assert '"rule": "TAB-01"' in result.stdout


@pytest.mark.parametrize(
    "text", [b"", b"  \n\n", b"%PDF-1.4", b"PK\x03\x04junk"], ids=["empty", "blank", "pdf", "broken workbook"]
)
def test_what_is_no_table_is_refused_in_one_line(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(text)
    assert exit_code(["check", str(file)]) == 3


@pytest.mark.parametrize(
    "text",
    ["a,b\nx,y\n", "a\n1\n2\n", '"a,b\n1,2\n3', "a;b;c\n1;2\n3;4;5;6\n", "1,2,3\n4,5,6\n", ",,,\n,,\n", "a,b\nx,١٢٣\ny,\n",
     "a,b\n" + "x,1e400\n" * 3, "a,b\nTotal,1\nTotal,2\nTotal,3\n", "\0\0a,b\n1,2\n"],
)  # fmt: skip
def test_no_table_however_odd_stops_the_check(tmp_path: Path, text: str) -> None:
    result, _ = check(tmp_path, text)
    assert result.return_value == 0


REGIONS = (
    "Tanger-Tétouan-Al Hoceïma", "L’Oriental", "Fès-Meknès", "Rabat-Salé-Kénitra", "Béni Mellal-Khénifra",
    "Casablanca-Settat", "Marrakech-Safi", "Drâa-Tafilalet", "Souss-Massa",
)  # fmt: skip


def test_a_finding_of_a_whole_table_stands_at_its_first_figure(tmp_path: Path) -> None:
    rows = "".join(f"{name},{11 + i}\n" for i, name in enumerate(REGIONS))
    assert found(tmp_path, f"Région,Nombre\n{rows}") == [("TAB-12", 2, 2)]


def test_a_column_of_years_with_a_total_below_is_one_of_labels(tmp_path: Path) -> None:
    assert found(tmp_path, "Année,Nombre\n2020,100\n2021,120\n2022,150\nTotal,370\n") == []
    assert found(tmp_path, "Année,Nombre\n2020,100\n2021,120\n2022,150\nTotal,371\n") == [("TAB-01", 5, 2)]


def test_a_currency_behind_an_amount_is_no_part_of_it(tmp_path: Path) -> None:
    amounts = "Poste;Montant\nA;1 000,50 DH\nB;2 000,25 DH\nTotal;{} DH\n"
    assert found(tmp_path, amounts.format("3 000,75")) == []
    assert found(tmp_path, amounts.format("3 100,75")) == [("TAB-01", 4, 2)]


def test_a_cumulated_column_may_be_the_sum_of_its_row(tmp_path: Path) -> None:
    text = "Centre\t2021\t2022\tCumul\nA\t10\t20\t30\nB\t5\t5\t10\nTotal\t15\t25\t{}\n"
    assert found(tmp_path, text.format(40)) == []
    assert found(tmp_path, text.format(41)) == [("TAB-02", 4, 4)]


def test_a_total_of_which_a_part_is_missing_is_said_to_be_unchecked(tmp_path: Path) -> None:
    result, findings = check(tmp_path, "Région,Cas\nA,12\nB,n.d.\nC,7\nTotal,40\n")
    assert findings == []
    assert "Totals that could not be checked" in result.stderr
    result, _ = check(tmp_path, "Région,Cas\nA,12\nB,21\nC,7\nTotal,40\n")
    assert "Totals that could not be checked" not in result.stderr


def test_a_file_that_is_not_there_keeps_no_other_from_being_checked(tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text(SEXES.format("44581"))
    assert exit_code(["check", str(tmp_path / "none.csv"), str(good), "--quiet"]) == 3
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "none.csv"), str(good)], standalone_mode=False)
    assert "TAB-01" in result.stdout


def test_nothing_to_check_is_said(tmp_path: Path) -> None:
    result, findings = check(tmp_path, "a,b\nx,5\ny,6\n")
    assert findings == []
    assert "Nothing in it could be checked" in result.stderr


def test_a_column_of_rates_under_a_line_that_no_label_calls_a_total_is_no_sum(tmp_path: Path) -> None:
    text = "Country,People,Area,Density\nA,1000,10,100\nB,3000,20,150\nC,900,30,30\nD,100,1,99\nWorld,5000,61,82\n"
    assert found(tmp_path, text) == []


@pytest.mark.parametrize("head", ["نصيب الفرد (درهم)", "Dépense par habitant (DH)"])
def test_what_falls_to_each_head_is_no_sum_down_its_column(tmp_path: Path, head: str) -> None:
    rows = "Taliouine;5610;8450000;1506,2\nAskaoun;7125;5200000;729,8\nAgadir;7480;4100000;548,1\n"
    assert found(tmp_path, f"commune;habitants;coût;{head}\n{rows}Total;20215;17750000;878,1\n") == []


STAFF = "catégorie,Effectif 2013,Entrées,Sorties,Effectif 2014,Variation (%)\nCadres,412,+22,-19,415,+0.7\n"
STAFF += "Agents de maîtrise,655,+15,-31,639,{}\nAgents d'exécution,855,+12,-53,814,-4.8\n"
STAFF += "Ensemble,1922,+49,-103,1868,-2.8\n"


def test_over_numbers_below_zero_a_ratio_holds_whatever_it_is_and_vouches_for_none(tmp_path: Path) -> None:
    assert found(tmp_path, STAFF.format("-2.4")) == []
    assert [(row, column) for _, row, column in found(tmp_path, STAFF.format("2.4"))] == [(3, 6)]
