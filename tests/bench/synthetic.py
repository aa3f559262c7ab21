"""Made-up reports as readings, of any number: what an archive of many bodies and years would hold, without PDFs.

Every report has 500 readings: twelve bilingual tables of twelve regions by sex with their totals, a banner, and figures
in sentences. Labels and wordings repeat from year to year as in print, values move by a few percent, one
table in fifty has a total that doesn't add up, a figure in four speaks of the year before, and one report in forty is
a scan of the one before it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pipeline.model.extraction import Extraction
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Cell, Label, Reading, Table
from pipeline.model.report import Report

READINGS_A_REPORT = 500
_YEARS = 20
_TABLES = 12
#: Every so manieth report is a scan of the one before.
_COPY = 40
_REGIONS = (
    ("جهة طنجة - تطوان - الحسيمة", "Région de Tanger - Tétouan - Al Hoceïma"),
    ("جهة الشرق", "Région de l'Oriental"),
    ("جهة فاس - مكناس", "Région de Fès - Meknès"),
    ("جهة الرباط - سلا - القنيطرة", "Région de Rabat - Salé - Kénitra"),
    ("جهة بني ملال - خنيفرة", "Région de Béni Mellal - Khénifra"),
    ("جهة الدار البيضاء - سطات", "Région de Casablanca - Settat"),
    ("جهة مراكش - آسفي", "Région de Marrakech - Safi"),
    ("جهة درعة - تافيلالت", "Région de Drâa - Tafilalet"),
    ("جهة سوس - ماسة", "Région de Souss - Massa"),
    ("جهة كلميم - واد نون", "Région de Guelmim - Oued Noun"),
    ("جهة العيون - الساقية الحمراء", "Région de Laâyoune - Sakia El Hamra"),
    ("جهة الداخلة - وادي الذهب", "Région de Dakhla - Oued Ed-Dahab"),
)
_HEADS = (("ذكور", "Masculin"), ("إناث", "Féminin"), ("المجموع", "Total"))
_TOTAL = Label(ar="المجموع", fr="Total")
_SUBJECTS = (
    ("المستفيدين من التكوين", "bénéficiaires de la formation", "متدربا"),
    ("الأشخاص المسنين", "personnes âgées", "مسنا"),
    ("التلاميذ المدعمين", "élèves soutenus", "تلميذا"),
    ("الأطفال المتكفل بهم", "enfants pris en charge", "طفلا"),
)
_ONE = Decimal(1)


def extractions(reports: int) -> Iterator[Extraction]:
    """So many reports, of bodies that each publish one a year for twenty years; the same ones at every call."""
    for number in range(reports):
        is_copy = number % _COPY == _COPY - 1
        body, at = divmod(number - is_copy, _YEARS)
        made = _report(number, body, 2005 + at, random.Random(number - is_copy))
        yield _scanned(made) if is_copy else made


def _scanned(made: Extraction) -> Extraction:
    """The same as read from a scan."""
    locus = {r.reading_id: replace(r.locus, method=Method.OCR, confidence=0.9) for r in made.readings}
    return replace(made, readings=tuple(replace(r, locus=locus[r.reading_id]) for r in made.readings))


def _report(number: int, body: int, year: int, dice: random.Random) -> Extraction:
    report_id = f"{number:012x}"
    tables: list[Table] = []
    readings: list[Reading] = []
    for at in range(_TABLES):
        _table(report_id, body, year, at, dice, tables, readings)
    while len(readings) < READINGS_A_REPORT:
        readings.append(_sentence(report_id, body, year, len(readings), dice))
    report = Report(
        report_id=report_id,
        sha256=report_id.ljust(64, "0"),
        file_name=f"body-{body:03d}-{year}.pdf",
        path=Path(f"body-{body:03d}-{year}.pdf"),
        size=1,
        page_count=_TABLES + 4,
        edition_year=year,
        publisher=f"هيئة رقم {body}",
        pages_by_kind=(("text", _TABLES + 4),),
    )
    return Extraction(report=report, tables=tuple(tables), readings=tuple(readings))


def _level(body: int, at: int, row: int, column: int, year: int) -> int:
    """A value that grows by about three percent a year from a start of its own."""
    start = 400 + (body * 7919 + at * 104729 + row * 1299709 + column * 15485863) % 9000
    return start * (100 + 3 * (year - 2005)) // 100


def _table(
    report_id: str,
    body: int,
    year: int,
    at: int,
    dice: random.Random,
    tables: list[Table],
    readings: list[Reading],
) -> None:
    page = at + 2
    ar, fr, _ = _SUBJECTS[at % len(_SUBJECTS)]
    table_id = f"{report_id}-p{page:03d}-t1"
    section = f"المحور {at % 5 + 1}"
    caption = Label(
        ar=f"توزيع {ar} في إطار البرنامج {body}-{at} حسب الجهة والجنس",
        fr=f"Répartition des {fr} du programme {body}-{at} par région et sexe",
    )
    heads = tuple(
        Cell(row=0, column=c, text=f"{a} {f}", box=Box(100 + 90 * c, 80, 180 + 90 * c, 100), header=True)
        for c, (a, f) in enumerate(_HEADS)
    )
    tables.append(
        Table(
            table_id=table_id,
            report_id=report_id,
            page=page,
            box=Box(40, 80, 550, 500),
            cells=heads,
            row_count=14,
            column_count=5,
            caption=caption,
            section=section,
            method="strokes",
            score=1.0,
        )
    )
    grid = [[_level(body, at, row, column, year) for column in range(2)] for row in range(len(_REGIONS))]
    rows = [[*parts, sum(parts)] for parts in grid]
    rows.append([sum(row[column] for row in rows) for column in range(3)])
    if dice.random() < 0.02:
        rows[-1][2] += 90
    for row, values in enumerate(rows):
        label = Label(ar=_REGIONS[row][0], fr=_REGIONS[row][1]) if row < len(_REGIONS) else _TOTAL
        for column, value in enumerate(values):
            box = Box(100.0 + 90 * column, 110.0 + 25 * row, 160.0 + 90 * column, 122.0 + 25 * row)
            readings.append(
                Reading(
                    reading_id=f"{table_id}-r{row + 1}-c{column + 1}",
                    locus=Locus(report_id, page, box),
                    kind="cell",
                    raw=f"{value:,}".replace(",", " "),
                    value=Decimal(value),
                    resolution=_ONE,
                    unit_measure="PS",
                    table_id=table_id,
                    row=row + 1,
                    column=column + 1,
                    row_label=label,
                    column_label=Label(ar=_HEADS[column][0], fr=_HEADS[column][1]),
                    section=section,
                    measure="level",
                )
            )


def _sentence(report_id: str, body: int, year: int, number: int, dice: random.Random) -> Reading:
    """A figure in a sentence; every fourth one speaks of the year before."""
    period = year - 1 if number % 4 == 0 else year
    value = _level(body, number, 99, 0, period) + (dice.randrange(3) if number % 4 == 0 else 0)
    noun = _SUBJECTS[number % len(_SUBJECTS)][2]
    raw = f"{value} {noun}"
    page = _TABLES + 2 + number % 3
    sentence = (
        f"وفي إطار المشروع {body}-{number - number % 2} استفاد {raw} من خدمات المواكبة خلال سنة {period}."
    )
    return Reading(
        reading_id=f"{report_id}-p{page:03d}-f{number:03d}",
        locus=Locus(report_id, page, Box(60, 100, 200, 112)),
        kind="prose",
        raw=raw,
        value=Decimal(value),
        resolution=_ONE,
        unit_measure="PS",
        unit_label=noun,
        section=f"المحور {number % 5 + 1}",
        sentence=sentence,
        period=str(period),
        period_stated=True,
        measure="level",
    )
