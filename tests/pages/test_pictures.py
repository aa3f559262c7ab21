"""Print that a digital page holds as pictures, fields and notes is read beside its text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from fixtures.making.content import HERE
from pipeline.model.page import Direction, Line, PageKind, Word
from pipeline.model.place import Box, Method
from pipeline.pages import read_pages
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.image import raster
from pipeline.pages.ocr import tesseract
from pipeline.pages.pictures import joined, pictures_to_read
from pipeline.pages.text.textlayer import read_layer
from pipeline.readings.grids.ruled import ruled_grids
from tests.pages.test_phenomena import changed, drawn, put, read, texts

A4 = (595.0, 842.0)
AREA = A4[0] * A4[1]
FACE = str(HERE / "fonts" / "NotoNaskhArabic-Regular.ttf")


def picture(folder: Path, rows: list[list[str]], size: int, columns: list[int], width: int) -> str:
    """Rows of cells as an image, each cell ending at the right at its column."""
    font = ImageFont.truetype(FACE, size)
    image = Image.new("L", (width, round(1.9 * size) * len(rows)), 255)
    pen = ImageDraw.Draw(image)
    for n, row in enumerate(rows):
        for text, at in zip(row, columns, strict=True):
            pen.text((at, 1.9 * size * n + 0.2 * size), text, font=font, fill=0, anchor="ra", direction="rtl")
    path = folder / f"{len(rows)}-{rows[0][0]}.png"
    image.save(path)
    return str(path)


def test_lines_drawn_as_images_among_real_text_are_read(tmp_path: Path) -> None:
    first, second = "عدد المشاريع 1830 مشروعا", "توزيع المستفيدين حسب الجهات"

    def draw(canvas: Canvas) -> None:
        put(canvas, "حصيلة المنجزات لسنة 2023", x=100, y=600)
        for n, text in enumerate((first, second)):
            canvas.drawImage(picture(tmp_path, [[text]], 48, [680], 700), 150, 500 - 40 * n, 168, 22)
        put(canvas, "المجموع 26.283 مستفيدا", x=100, y=400)

    page = read(drawn(tmp_path, draw, A4))
    assert page.kind is PageKind.MIXED
    assert [line.text for line in page.lines] == [
        "حصيلة المنجزات لسنة 2023",
        first,
        second,
        "المجموع 26.283 مستفيدا",
    ]


def test_a_table_that_is_an_image_of_low_resolution_among_text_is_read(tmp_path: Path) -> None:
    rows = [["السنة", "المعامل"], ["1990", "12,45"], ["1991", "11,60"], ["1992", "10,35"], ["1993", "9,80"]]

    def draw(canvas: Canvas) -> None:
        put(canvas, "يحدد معامل الزيادة وفق الجدول التالي", x=100, y=700)
        canvas.drawImage(picture(tmp_path, rows, 18, [260, 120], 300), 150, 480, 216, 123)  # 100 dpi
        put(canvas, "وينشر هذا المرسوم بالجريدة الرسمية", x=100, y=400)

    page = read(drawn(tmp_path, draw, A4))
    assert page.kind is PageKind.MIXED
    said = {word.text for line in page.lines for word in line.words}
    assert {cell for row in rows[1:] for cell in row} <= said


def test_print_that_two_pictures_share_is_read_once(tmp_path: Path) -> None:
    """A table as an image over a watermark that covers most of the page."""
    Image.new("RGB", (300, 400), (250, 250, 255)).save(tmp_path / "mark.png")
    rows = [["السنة", "المعامل"], ["1990", "12,45"], ["1991", "11,60"], ["1992", "10,35"]]

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(str(tmp_path / "mark.png"), 80, 300, 440, 440)
        canvas.drawImage(picture(tmp_path, rows, 36, [520, 240], 600), 150, 480, 216, 98)

    words = [word.text for line in read(drawn(tmp_path, draw, A4)).lines for word in line.words]
    assert sorted(words) == sorted(cell for row in rows for cell in row)


def _word(text: str) -> Glyph:
    box = Box(10, 10, 60, 20)
    return Glyph(text=text, box=box, baseline=20.0, size=10.0, method=Method.OCR, confidence=0.9)


def test_a_picture_that_every_page_shows_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def words(image: raster.Gray, dpi: float, *_: object) -> list[Glyph]:
        asked.append(image.shape)
        return [_word("المملكة")]

    def draw(canvas: Canvas) -> None:
        for number in range(3):
            put(canvas, f"الصفحة رقم {number}", x=100, y=500)
            canvas.drawImage(picture(tmp_path, [["المملكة", "المغربية"]], 36, [520, 240], 600), 150, 700, 216, 60)
            if number < 2:
                canvas.showPage()

    monkeypatch.setattr(tesseract, "read_words", words)
    pages = read_pages(drawn(tmp_path, draw, A4))
    assert ["المملكة" in [w.text for line in page.lines for w in line.words] for page in pages] == [True] * 3
    assert len(asked) == 1


def test_the_rules_of_a_table_that_is_an_image_part_its_cells(tmp_path: Path) -> None:
    rows = [["السنة", "المعامل"], ["1990", "12,45"], ["1991", "11,60"], ["1992", "10,35"]]
    with Image.open(picture(tmp_path, rows, 36, [520, 240], 600)) as plain:
        ruled = plain.copy()
    pen, pitch = ImageDraw.Draw(ruled), round(1.9 * 36)
    for y in (0, *(pitch * n for n in range(1, len(rows))), ruled.height - 3):
        pen.line((0, y, ruled.width, y), fill=0, width=3)
    for x in (1, 290, ruled.width - 2):
        pen.line((x, 0, x, ruled.height), fill=0, width=3)
    ruled.save(tmp_path / "ruled.png")

    def draw(canvas: Canvas) -> None:
        put(canvas, "يحدد معامل الزيادة وفق الجدول التالي", x=100, y=700)
        canvas.drawImage(str(tmp_path / "ruled.png"), 150, 480, 216, 98)

    page = read(drawn(tmp_path, draw, A4))
    (grid,) = ruled_grids(page)
    assert (grid.rows, grid.columns) == (4, 2)
    assert grid.box.overlap(Box(150, 264, 366, 362)) > 0.95 * 216 * 98
    words = [word.text for line in page.lines for word in line.words]
    assert {cell for row in rows[1:] for cell in row} <= set(words)


def _note(subtype: str, flags: int = 4) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        shown = pdf.make_stream(b"BT /F1 12 Tf 2 4 Td (Total 1 830 projets en cours) Tj ET")
        shown.stream_dict.update(
            {
                "/Type": Name.XObject,
                "/Subtype": Name.Form,
                "/BBox": Array([0, 0, 200, 20]),
                "/Resources": Dictionary(
                    Font=Dictionary(
                        F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
                    )
                ),
            }
        )
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name(f"/{subtype}"),
            Rect=Array([40, 100, 240, 120]),
            F=flags,
            AP=Dictionary(N=shown),
        )
        page.Annots = Array([pdf.make_indirect(note)])
        if subtype == "Widget":
            page.Annots[0].update({"/FT": Name.Tx, "/T": pikepdf.String("total")})
            pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[0]]))

    return change


@pytest.mark.parametrize("subtype", ["FreeText", "Widget"])
def test_the_text_of_notes_and_filled_fields_is_read(tmp_path: Path, subtype: str) -> None:
    alone = changed(drawn(tmp_path, lambda _: None), _note(subtype))
    assert texts(alone) == ["Total 1 830 projets en cours"]
    beside = changed(drawn(tmp_path, lambda c: put(c, y=40)), _note(subtype))
    assert len(texts(beside)) == 2


def _unpictured(
    subtype: str, text: str, *, stale: bool = False, **more: object
) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    """A note or field whose text the viewer draws: the file has no picture of it, or one that it says is out of date."""

    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        _note(subtype)(pdf, page)
        note = page.Annots[0]
        note.P = page.obj
        note.DA = pikepdf.String("/Helv 10 Tf 0 g")
        note["/V" if subtype == "Widget" else "/Contents"] = pikepdf.String(text)
        for key, value in more.items():
            note[f"/{key}"] = value
        if stale:
            pdf.Root.AcroForm.NeedAppearances = True
        else:
            del note.AP

    return change


@pytest.mark.parametrize("subtype", ["FreeText", "Widget"])
@pytest.mark.parametrize("text", ["المجموع 26.283 مستفيدا", "Total 1 830 projets en cours", "١٢٣", "26.283"])
def test_29_the_text_of_a_note_or_field_without_a_picture_is_read_as_the_file_has_it(
    tmp_path: Path, subtype: str, text: str
) -> None:
    alone = read(changed(drawn(tmp_path, lambda _: None), _unpictured(subtype, text)))
    assert (alone.kind, [line.text for line in alone.lines]) == (PageKind.TEXT, [text])
    assert Box(39, 79, 241, 101).overlap(alone.lines[0].box) > 0.99 * (
        alone.lines[0].box.width * alone.lines[0].box.height
    )
    beside = read(changed(drawn(tmp_path, lambda c: put(c, y=40)), _unpictured(subtype, text)))
    assert [line.text for line in beside.lines][:1] == [text]
    assert len(beside.lines) == 2


def test_a_field_whose_picture_is_out_of_date_says_its_value(tmp_path: Path) -> None:
    page = read(changed(drawn(tmp_path, lambda _: None), _unpictured("Widget", "2 115", stale=True)))
    assert [line.text for line in page.lines] == ["2 115"]


@pytest.mark.parametrize("more", [{"F": 2}, {"Ff": 1 << 13}, {"FT": Name.Btn}])
def test_a_field_that_shows_no_text_says_nothing(tmp_path: Path, more: dict[str, object]) -> None:
    assert not texts(changed(drawn(tmp_path, lambda _: None), _unpictured("Widget", "2 115", **more)))


def test_a_note_of_two_lines_without_a_picture_is_two_lines(tmp_path: Path) -> None:
    path = changed(drawn(tmp_path, lambda _: None), _unpictured("FreeText", "عدد المشاريع\r26.283"))
    first, second = read(path).lines
    assert (first.text, second.text) == ("عدد المشاريع", "26.283")
    assert first.box.bottom <= second.box.top


def test_a_field_over_a_scan_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    word = Glyph(text="2 ll5", box=Box(50, 82, 90, 98), baseline=96, size=10, method=Method.OCR)
    monkeypatch.setattr(tesseract, "read_words", lambda *_: [word])
    Image.new("L", (400, 200), 230).save(tmp_path / "scan.png")
    scan = drawn(tmp_path, lambda c: c.drawImage(str(tmp_path / "scan.png"), 0, 0, 400, 200))
    assert texts(changed(scan, _unpictured("Widget", "2 115"))) == ["2 115"]


def test_a_note_that_names_its_page_spoils_no_text_layer(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        _note("FreeText")(pdf, page)
        page.Annots[0].P = page.obj

    page = read(changed(drawn(tmp_path, lambda c: put(c, y=40)), change))
    assert (page.kind, page.layer_problem) == (PageKind.MIXED, "")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_note_on_a_turned_page_is_where_the_page_shows_it(tmp_path: Path, turn: int) -> None:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        _note("FreeText")(pdf, page)
        page.Rotate = turn
        page.MediaBox = Array([-30, -20, 370, 180])

    (box,) = read_layer_of(changed(drawn(tmp_path, lambda c: put(c, y=40)), change)).images
    # From the corners of the paper the note is 70 and 130 points away sideways, 120 and 60 up and down.
    shown = {90: (120, 70, 140, 270), 180: (130, 120, 330, 140), 270: (60, 130, 80, 330)}[turn]
    assert (box.x0, box.top, box.x1, box.bottom) == shown


def test_a_link_that_is_damaged_loses_no_text(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        _note("FreeText")(pdf, page)
        page.Annots.append(Dictionary(Subtype=Name.Link, T=7, A=Array([])))
        page.Annots.append(Dictionary(Subtype=Name.FreeText, AP=Dictionary(), Rect=Array([1])))

    layer = read_layer_of(changed(drawn(tmp_path, lambda c: put(c, y=40)), change))
    assert (len(layer.images), bool(layer.glyphs)) == (1, True)


def read_layer_of(path: Path) -> Layer:
    with pdfplumber.open(path) as pdf:
        return read_layer(pdf.pages[0])


def test_hidden_notes_are_not_read(tmp_path: Path) -> None:
    hidden = changed(drawn(tmp_path, lambda c: put(c, y=40)), _note("FreeText", 2))
    assert len(texts(hidden)) == 1


def test_strips_of_one_picture_are_put_together() -> None:
    strips = [Box(100, 100 + 8 * n, 400, 108 + 8 * n) for n in range(20)]
    assert joined([*strips, Box(450, 100, 500, 110)]) == [Box(100, 100, 400, 260), Box(450, 100, 500, 110)]


def test_icons_and_backgrounds_are_no_print() -> None:
    word = Word(text="نص", raw="نص", box=Box(100, 100, 120, 110), size=10)
    lines = [
        Line(words=(word,), box=Box(100, 100 + 20 * n, 400, 110 + 20 * n), direction=Direction.RTL)
        for n in range(4)
    ]
    icon, background, table = Box(20, 20, 40, 40), Box(90, 90, 410, 200), Box(100, 400, 400, 600)
    assert pictures_to_read([icon, background, table], lines, AREA) == [table]
