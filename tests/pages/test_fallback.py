"""A page whose text layer makes the library raise is read from its image, and says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from pipeline.codebook.loading import load
from pipeline.model.page import PageKind
from pipeline.model.report import Report
from pipeline.pages import read_pages
from pipeline.readings.extract import extract

Damage = Callable[[pikepdf.Pdf, pikepdf.Page], None]


def _font_without_its_half(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.Font["/F9"] = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Half)
    page.contents_add(pdf.make_stream(b"BT /F9 12 Tf 40 20 Td (AB) Tj ET"))


def _type_3_font_with_half_a_matrix(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.Font["/F9"] = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1]), FontMatrix=Array([1, 0])
    )
    page.contents_add(pdf.make_stream(b"BT /F9 12 Tf 40 20 Td (AB) Tj ET"))


def _colours_without_their_profile(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.ColorSpace = Dictionary(C0=Array([Name.ICCBased, Dictionary(N=3)]))
    page.contents_add(pdf.make_stream(b"/C0 cs"))


def _form_without_a_whole_box(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(b"", Subtype=Name.Form, BBox=Array([0, 0]))
    page.Resources.XObject = Dictionary(X0=form)
    page.contents_add(pdf.make_stream(b"/X0 Do"))


def damaged(folder: Path, damage: Damage) -> Path:
    """A page of print that a viewer shows and that the library raises an error at, then a sound one."""
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(400, 200), invariant=1)
    for total in ("1 830", "2 047"):
        canvas.setFont("Helvetica", 14)
        canvas.drawString(40, 150, "Royaume du Maroc, rapport annuel des réalisations")
        canvas.drawString(40, 100, f"Total des projets : {total} projets en 2023")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        # The two pages share their resources.
        page.Resources = Dictionary(Font=Dictionary(dict(page.Resources.Font)))
        damage(pdf, page)
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    "damage",
    [
        _font_without_its_half,
        _type_3_font_with_half_a_matrix,
        _colours_without_their_profile,
        _form_without_a_whole_box,
    ],
)
def test_a_page_whose_text_layer_raises_an_error_is_read_from_its_image_and_has_a_finding(
    tmp_path: Path, damage: Damage
) -> None:
    path = damaged(tmp_path, damage)
    with pdfplumber.open(path) as pdf, pytest.raises(Exception):  # noqa: B017, PT011  # whatever it is
        _ = pdf.pages[0].chars
    first, second = read_pages(path)
    assert first.kind is PageKind.GARBLED
    assert any("1 830 projets" in line.text for line in first.lines)
    assert (first.width, first.height) == (400, 200)
    assert first.layer_problem
    assert not first.complaint
    assert (second.kind, second.lines[-1].text) == (
        PageKind.TEXT,
        "Total des projets : 2 047 projets en 2023",
    )
    report = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=path, size=1)
    told = extract(report, [first, second], load()).complaints
    assert [(c.rule, c.page, first.layer_problem in c.message_en) for c in told] == [("EXT-08", 1, True)]
