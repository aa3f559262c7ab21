"""Nouns survive the way to JSON and back, exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.archive.codec import from_plain, to_plain
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Absence, Cell, Label, Mention, Qualifier, Reading, Table
from pipeline.model.report import Outcome, Report

BOX = Box(0.1, 1 / 3, 100.25, 200.0)
REPORT = Report(
    report_id="ab" * 6,
    sha256="ab" * 32,
    file_name="تقرير.pdf",
    path=Path("/reports/تقرير.pdf"),
    size=1,
    pages_by_kind=(("text", 3), ("scan", 1)),
    outcome=Outcome.PARTLY,
)


def an_extraction() -> Extraction:
    reading = Reading(
        reading_id="r1",
        locus=Locus("ab" * 6, 2, BOX, Method.OCR, 0.5),
        kind="cell",
        raw="56,52%",
        value=Decimal("56.520"),
        resolution=Decimal("0.01"),
        qualifier=Qualifier.MORE_THAN,
        row_label=Label(ar="المجموع", fr="Total"),
        row=3,
    )
    missing = Reading(
        reading_id="r2", locus=reading.locus, kind="cell", raw="-", value=None, absence=Absence.NIL
    )
    cell = Cell(row=0, column=0, box=BOX, text="a\nb")
    table = Table(table_id="t", report_id="r", page=1, box=BOX, cells=(cell,), row_count=1, column_count=1)
    return Extraction(
        report=REPORT,
        tables=(table,),
        readings=(reading, missing),
        mentions=(Mention(mention_id="m", locus=reading.locus, kind="date", raw="1 أكتوبر"),),
        complaints=(Complaint(rule="EXT-01", page=1, message_ar="", message_fr="", message_en="x"),),
    )


def test_what_a_report_says_is_the_same_after_the_way_through_json() -> None:
    said = an_extraction()
    assert from_plain(Extraction, json.loads(json.dumps(to_plain(said)))) == said


def test_a_decimal_keeps_its_printed_zeros() -> None:
    said = from_plain(Extraction, to_plain(an_extraction()))
    assert str(said.readings[0].value) == "56.520"


def test_a_label_that_many_cells_bear_is_one_text_in_memory() -> None:
    one = an_extraction().readings[0]
    cells = tuple(replace(one, reading_id=f"r{n}", section="محور") for n in range(2))
    first, second = from_plain(tuple[Reading, ...], json.loads(json.dumps(to_plain(cells))))
    assert first.section is second.section


def test_pages_are_the_same_after_the_way_through_json() -> None:
    word = Word(text="نص", raw="ﻧﺺ", box=BOX, size=11.04, method=Method.TEXT)
    line = Line(words=(word,), box=BOX, direction=Direction.RTL)
    page = Page(number=1, width=595.3, height=842, kind=PageKind.TEXT, reason="", score=1, lines=(line,))
    assert from_plain(tuple[Page, ...], json.loads(json.dumps(to_plain((page,))))) == (page,)


def test_an_entry_with_other_fields_is_not_taken_for_a_noun() -> None:
    plain = to_plain(REPORT)
    plain["colour"] = "green"
    with pytest.raises(ValueError, match="fields of Report"):
        from_plain(Report, plain)


def test_a_number_where_a_word_belongs_is_not_taken() -> None:
    plain = to_plain(REPORT)
    plain["file_name"] = 7
    with pytest.raises(ValueError, match="no str"):
        from_plain(Report, plain)


def test_what_is_no_noun_has_no_json_form() -> None:
    with pytest.raises(TypeError, match="no JSON form"):
        to_plain({1, 2})
