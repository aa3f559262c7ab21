"""Ways in which producers and viewers twist a page, each drawn small and read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from fixtures.making.with_reportlab import _register, visual
from pipeline.model.page import Page, PageKind
from pipeline.pages import read_pages
from pipeline.pages.fontmaps import font_maps
from pipeline.pages.ocr import tesseract
from pipeline.pages.triage import lying_fonts
from tests.bench.pagemakers import _glyph_by_glyph

LINE = "بلغ عدد المستفيدين 26.283 طفلا (2021-2026) سنة 2023"


def drawn(folder: Path, draw: Callable[[Canvas], None], size: tuple[float, float] = (400, 200)) -> Path:
    """A PDF of one page."""
    _register()
    path = folder / "page.pdf"
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return path


def read(path: Path) -> Page:
    return read_pages(path)[0]


def texts(path: Path) -> list[str]:
    return [line.text for line in read(path).lines]


def put(canvas: Canvas, text: str = LINE, x: float = 40, y: float = 100, size: float = 12) -> None:
    canvas.setFont("Amiri", size)
    canvas.drawString(x, y, visual(text, rtl=True))


def changed(path: Path, change: Callable[[pikepdf.Pdf, pikepdf.Page], None]) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf, pdf.pages[0])
        pdf.save(path)
    return path


def wrapped(before: bytes, after: bytes) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    """Puts operators around what a page draws."""

    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.contents_add(pdf.make_stream(before), prepend=True)
        page.contents_add(pdf.make_stream(after))

    return change


def test_text_marked_as_stored_from_its_end_is_read_by_its_place(tmp_path: Path) -> None:
    path = changed(drawn(tmp_path, put), wrapped(b"/ReversedChars BMC", b"EMC"))
    assert texts(path) == [LINE]


def test_glyphs_that_are_text_objects_of_their_own_make_words(tmp_path: Path) -> None:
    shown = visual(LINE, rtl=True)
    assert texts(drawn(tmp_path, lambda c: _glyph_by_glyph(c, 40, 100, shown, "Amiri", 12))) == [LINE]


@pytest.mark.parametrize("spacing", [-1.2, 0.0, 4.0])
def test_word_spacing_does_not_lose_the_spaces(tmp_path: Path, spacing: float) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(40, 100)
        text.setFont("Helvetica", 12)
        text.setWordSpace(spacing)
        text.textOut("Royaume du Maroc en 2023 : 1 830 projets")
        canvas.drawText(text)

    assert texts(drawn(tmp_path, draw)) == ["Royaume du Maroc en 2023 : 1 830 projets"]


@pytest.mark.parametrize("offset", [0.0, 0.25, 0.4])
def test_bold_by_printing_twice_is_read_once(tmp_path: Path, offset: float) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas)
        put(canvas, x=40 + offset)

    assert texts(drawn(tmp_path, draw)) == [LINE]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_the_viewer_turns_is_read_as_it_is_shown(tmp_path: Path, angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*{90: (400, 0), 180: (400, 400), 270: (0, 400)}[angle])
        canvas.rotate({90: 90, 180: 180, 270: 270}[angle])
        put(canvas)

    def turn(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.Rotate = angle

    path = changed(drawn(tmp_path, draw, (400, 400)), turn)
    page = read(path)
    assert [line.text for line in page.lines] == [LINE]
    plain = read(drawn(tmp_path, put, (400, 400))).lines[0].box
    assert page.lines[0].box.x0 == pytest.approx(plain.x0, abs=1)
    assert page.lines[0].box.top == pytest.approx(plain.top, abs=2)


def test_a_page_in_large_user_units_is_read(tmp_path: Path) -> None:
    def change(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.UserUnit = 2.5

    assert texts(changed(drawn(tmp_path, put), change)) == [LINE]


@pytest.mark.parametrize("size", [(14_400, 14_400), (320, 24)])
def test_huge_and_tiny_papers_are_read(tmp_path: Path, size: tuple[float, float]) -> None:
    assert texts(drawn(tmp_path, lambda c: put(c, y=8), size)) == [LINE]


def test_small_and_large_type_of_one_page_are_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "عدد المشاريع", y=150, size=3)
        put(canvas, "١٢٣", y=20, size=90)

    assert texts(drawn(tmp_path, draw)) == ["عدد المشاريع", "١٢٣"]


def test_letters_of_a_type_3_font_are_read_at_their_size(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        letters = "Total2023"
        box = b"500 0 0 0 450 700 d1 0 0 450 700 re f"
        procedures = {f"/g{i}": pdf.make_stream(box) for i in range(len(letters))}
        rows = "\n".join(f"<{i + 65:02x}> <{ord(c):04x}>" for i, c in enumerate(letters))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, 0, 500, 700],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=65,
            LastChar=64 + len(letters),
            Widths=[500] * len(letters),
            CharProcs=pikepdf.Dictionary(procedures),
            Encoding=pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding,
                Differences=[65, *(pikepdf.Name(f"/g{i}") for i in range(len(letters)))],
            ),
            ToUnicode=pdf.make_stream(
                f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
                f"{len(letters)} beginbfchar\n{rows}\nendbfchar endcmap".encode()
            ),
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F3=font))
        page.Contents = pdf.make_stream(b"BT /F3 12 Tf 40 100 Td (ABCDE) Tj 40 0 Td (FGHI) Tj ET")

    page = read(changed(drawn(tmp_path, put), change))
    assert [word.text for line in page.lines for word in line.words] == ["Total", "2023"]
    assert page.lines[0].size == pytest.approx(12, abs=1)


def test_a_negative_in_brackets_keeps_them(tmp_path: Path) -> None:
    (line,) = texts(drawn(tmp_path, lambda c: put(c, "عجز الميزانية (4,924,140,469) درهم")))
    assert line == "عجز الميزانية (4,924,140,469) درهم"


def test_a_letter_glued_to_a_number_stays_with_it(tmp_path: Path) -> None:
    assert texts(drawn(tmp_path, lambda c: put(c, "البالغ 12 و33.885,28 درهما"))) == [
        "البالغ 12 و33.885,28 درهما"
    ]


def test_tatweel_and_joiners_are_dropped_from_the_text(tmp_path: Path) -> None:
    assert texts(drawn(tmp_path, lambda c: put(c, "المجمــــوع العـــام"))) == ["المجموع العام"]


def test_a_font_that_names_two_glyphs_with_one_digit_is_found() -> None:
    assert lying_names({"<01>": "0033", "<02>": "0033", "<03>": "0034"}) == ("Liar",)


def test_a_font_of_sound_digits_or_of_two_styles_of_digits_is_believed() -> None:
    assert lying_names({f"<{i:02x}>": f"{0x30 + i:04x}" for i in range(10)}) == ()
    assert lying_names({f"<{i:02x}>": f"{0x30 + i % 10:04x}" for i in range(20)}) == ()


def test_a_font_whose_digits_changed_places_is_found() -> None:
    sound = {f"<{i + 20:02x}>": f"{0x30 + i:04x}" for i in range(10)}
    swapped = {**sound, "<17>": sound["<1c>"], "<1c>": sound["<17>"]}
    assert lying_names(swapped) == ("Liar",)
    assert lying_names(sound) == ()


def test_a_font_numbered_by_use_is_believed_whatever_the_order_of_its_digits() -> None:
    codes = {
        f"<{i + 1:02x}>": f"{0x30 + digit:04x}" for i, digit in enumerate((2, 0, 3, 1, 9, 8, 4, 7, 5, 6))
    }
    assert lying_names(codes) == ()


def lying_names(codes: dict[str, str]) -> tuple[str, ...]:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    rows = "\n".join(f"{code} <{text}>" for code, text in codes.items())
    cmap = pdf.make_stream(f"{len(codes)} beginbfchar\n{rows}\nendbfchar".encode())
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, BaseFont=pikepdf.Name("/ABCDEF+Liar"), ToUnicode=cmap)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    return lying_fonts(font_maps(pdf))


def test_an_invisible_layer_over_a_scan_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    picture = tmp_path / "scan.png"
    Image.new("L", (400, 200), 230).save(picture)

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(str(picture), 0, 0, 400, 200)
        text = canvas.beginText(40, 100)
        text.setFont("Amiri", 12)
        text.setTextRenderMode(3)
        text.textOut(visual(LINE, rtl=True))
        canvas.drawText(text)

    monkeypatch.setattr(tesseract, "read_words", lambda *_: [])
    page = read(drawn(tmp_path, draw))
    assert page.kind is PageKind.SCAN
    assert not page.lines


FRENCH = (
    "Le budget exécuté s'élève à 729,51 millions de",
    "dirhams, en progression de 3,2 %. Les crédits",
    "restent.",
)
ARABIC = ("بلغت الميزانية المنفذة 729,51 مليون درهم،", "بارتفاع نسبته 3,2 في المائة، وتوصلت", "بالدعم.")


def side_by_side(canvas: Canvas, gutter: float, lines: int) -> None:
    """French to the left of a gutter, set to its edge, and Arabic to the right of it."""
    for at in range(lines):
        canvas.setFont("Amiri", 9)
        canvas.drawRightString(220, 160 - 14 * at, FRENCH[at])
        text = visual(ARABIC[at], rtl=True)
        canvas.drawString(220 + gutter, 160 - 14 * at, text)


@pytest.mark.parametrize("lines", [2, 3])
@pytest.mark.parametrize("gutter", [8, 14])
def test_two_languages_side_by_side_are_read_one_after_the_other(
    tmp_path: Path, gutter: float, lines: int
) -> None:
    read_back = texts(drawn(tmp_path, lambda canvas: side_by_side(canvas, gutter, lines)))
    assert read_back in ([*FRENCH[:lines], *ARABIC[:lines]], [*ARABIC[:lines], *FRENCH[:lines]])


def test_a_french_name_in_a_stretched_arabic_line_is_in_no_column_of_its_own(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for at, name in enumerate(("Entraide", "UNICEF", "Amal")):
            put(canvas, f"وقعت الوزارة مع {name} اتفاقية شراكة لفائدة الأطفال", 40 + 11 * at, 160 - 16 * at)

    assert len(texts(drawn(tmp_path, draw))) == 3


def test_a_stamp_set_aslant_over_a_page_leaves_its_lines_alone(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(6):
            put(canvas, f"استفاد 1250 شخصا من الخدمات رقم {row}", x=60, y=40 + 22 * row)
        canvas.saveState()
        canvas.translate(40, 20)
        canvas.rotate(35)
        put(canvas, "نسخة للعمل 2023", x=60, y=30)
        canvas.restoreState()

    lines = texts(drawn(tmp_path, draw))
    assert len(lines) == 6
    assert all(line.startswith("استفاد 1250 شخصا") for line in lines)


def test_what_a_page_sets_aslant_as_a_whole_is_not_lost(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(12)
        put(canvas, "استفاد 1250 شخصا", x=100, y=40)

    assert "شخصا" in " ".join(texts(drawn(tmp_path, draw)))


def test_a_head_turned_by_a_matrix_that_is_not_quite_exact_is_one_word(tmp_path: Path) -> None:
    path, near = tmp_path / "turned.pdf", tmp_path / "near.pdf"
    canvas = Canvas(str(path), pagesize=(300, 300))
    canvas.drawString(20, 20, "Under it")
    canvas.transform(0, 1, -1, 0, 100, 100)
    canvas.drawString(0, 0, "Filles")
    canvas.save()
    with pikepdf.open(path) as pdf:
        stream = pdf.pages[0].Contents
        drawn = stream.read_bytes()
        assert b"0 1 -1 0 100 100 cm" in drawn
        stream.write(drawn.replace(b"0 1 -1 0 100 100 cm", b".00000000006 1 -1 .00000000006 100 100 cm"))
        pdf.save(near)
    (page,) = read_pages(near)
    assert [line.text for line in page.lines] == ["Filles", "Under it"]
