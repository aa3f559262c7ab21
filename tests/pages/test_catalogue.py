"""Failure modes seen in real documents, by their number in the catalogue, each drawn small and read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from fixtures.making.content import HERE
from fixtures.making.with_reportlab import visual
from pipeline.codebook.loading import load
from pipeline.model.page import Direction, Line, PageKind, Word
from pipeline.model.place import Box, Method
from pipeline.model.report import Report
from pipeline.pages import read_pages
from pipeline.pages.glyph import Glyph
from pipeline.pages.ocr import tesseract
from pipeline.pages.reconcile import reconcile
from pipeline.pages.text.lines import build_lines
from pipeline.readings.extract import extract
from tests.pages.test_phenomena import changed, drawn, put, read, texts


def named(
    letters: list[tuple[str, int]], rows: list[list[int]]
) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    """Replaces what a page draws by glyphs (their text and width in thousandths) set from left to right, row by row."""

    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        names = "\n".join(
            f"<{code:02x}> <{text.encode('utf-16-be').hex()}>"
            for code, (text, _) in enumerate(letters, start=65)
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/ABCDEF+Made"),
            FirstChar=65,
            LastChar=64 + len(letters),
            Widths=Array([width for _, width in letters]),
            ToUnicode=pdf.make_stream(
                f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange {len(letters)} beginbfchar\n"
                f"{names}\nendbfchar endcmap".encode()
            ),
        )
        page.Resources = Dictionary(Font=Dictionary(F0=font))
        drawn_rows = "".join(
            f"1 0 0 1 40 {180 - 16 * n} Tm <{bytes(65 + at for at in row).hex()}> Tj\n"
            for n, row in enumerate(rows)
        )
        page.Contents = pdf.make_stream(f"BT /F0 12 Tf\n{drawn_rows}ET".encode())

    return change


def made(folder: Path, words: list[list[str]], size: tuple[float, float] = (400, 200)) -> Path:
    """A page of rows of glyphs in logical order, each of which may be named by several letters."""
    known = sorted({glyph for row in words for glyph in row})
    letters = [(glyph, 260 if glyph == " " else 350 + 150 * len(glyph)) for glyph in known]
    rows = [[known.index(glyph) for glyph in reversed(row)] for row in words]
    return changed(drawn(folder, put, size), named(letters, rows))


def test_2_3_glyphs_named_by_several_letters_keep_their_order(tmp_path: Path) -> None:
    rows = [
        ["ا", "ل", "إ", "ي", "ر", "ا", "د", "ا", "ت", " ", "و", "ا", "ل", "أ", "ر", "ب", "ا", "ح"],
        ["ا", "لأ", "ج", "ر", " ", "إ", "لا", " ", "في", " ", "ا", "لم", "غ", "ر", "ب"],
        ["ا", "لا", "ن", "تخ", "ا", "با", "ت", " ", "تح", "د", "يد", "ا"],
    ]
    assert texts(made(tmp_path, rows)) == ["الإيرادات والأرباح", "الأجر إلا في المغرب", "الانتخابات تحديدا"]


def renamed(form: str, letter: str) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    """Has the fonts of a page name the glyph of a presentation form otherwise."""

    def change(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        for font in page.Resources.Font.values():
            if "/ToUnicode" in font:
                names = font.ToUnicode.read_bytes()
                before, after = (f"<{ord(c):04X}>".encode() for c in (form, letter))
                font.ToUnicode = pdf.make_stream(names.replace(before, after))

    return change


SAID_4 = "برامج الفلاحة والأشغال وخلاصة إلا التلاميذ"


@pytest.mark.parametrize("face", ["Amiri", "NotoNaskhArabic", "NotoSansArabic"])
def test_4_a_lam_alef_named_like_its_alef_is_both_letters(tmp_path: Path, face: str) -> None:
    pdfmetrics.registerFont(TTFont(face, str(HERE / "fonts" / f"{face}-Regular.ttf")))

    def draw(canvas: Canvas) -> None:
        canvas.setFont(face, 12)
        canvas.drawString(40, 100, visual(SAID_4, rtl=True))

    path = drawn(tmp_path, draw)
    for form in "ﻻﻼ":
        changed(path, renamed(form, "ا"))
    assert texts(changed(path, renamed("ﻸ", "أ"))) == [SAID_4]


def test_4_a_wide_glyph_named_alef_that_is_drawn_otherwise_is_no_lam_alef(tmp_path: Path) -> None:
    path = drawn(tmp_path, lambda c: put(c, "الأساس والبرامج"))
    assert texts(changed(path, renamed("ﺳ", "ا"))) == ["الأااس والبرامج"]


@pytest.mark.parametrize("face", ["NotoNaskhArabic", "NotoSansArabic"])
def test_a_stroke_named_like_the_lam_that_it_stretches_is_no_letter(tmp_path: Path, face: str) -> None:
    """WeasyPrint gives the stroke that Amiri sets between a lam and a kaf the name of its lam."""
    pdfmetrics.registerFont(TTFont(face, str(HERE / "fonts" / f"{face}-Regular.ttf")))

    def draw(canvas: Canvas) -> None:
        canvas.setFont(face, 12)
        canvas.drawString(40, 100, visual("واجبات الـكراء والـكهرباء للكل", rtl=True))

    path = changed(drawn(tmp_path, draw), renamed("ـ", "ل"))
    assert texts(path) == ["واجبات الكراء والكهرباء للكل"]


def test_8_letters_named_as_digits_make_a_page_garbled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "read_words", lambda *_: [])
    # As the catalogue has it: ؿوػ اُؤ٤خ اُيائلح أُزؤر٤خ for طرح القيمة الزائدة المتأتية.
    rows = [list("ؿوػ اُؤ٤خ اُيائلح أُزؤر٤خ")] * 10
    page = read(made(tmp_path, rows))
    assert page.kind is PageKind.GARBLED
    assert not page.lines


def test_9_10_groups_of_arabic_indic_digits_stay_in_their_cells_and_their_order(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "إجمالي الأصول", x=280)
        put(canvas, "٩٤٨ ٩٦٥", x=180)
        put(canvas, "٦٠٥ ١٨١", x=80)

    assert set(texts(drawn(tmp_path, draw))) == {"إجمالي الأصول", "٩٤٨ ٩٦٥", "٦٠٥ ١٨١"}


def test_13_numbers_set_close_to_words_stay_where_they_stand(tmp_path: Path) -> None:
    said = "ابتداء من 16فبراير1958 على منطقة3.500 كيلومتر"
    assert texts(drawn(tmp_path, lambda c: put(c, said))) == [said]


def test_14_brackets_stored_both_ways_on_one_page_all_enclose(tmp_path: Path) -> None:
    rows = {
        "الأرباح": (")4,924,140,469(", "(541,675,445)"),
        "الخسائر": ("1,204,001", ")7,001("),
        "الاحتياطي": (") 42,473,636(", "12,000"),
    }

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Amiri", 12)
        for n, (label, figures) in enumerate(rows.items()):
            for text, x in zip((visual(label, rtl=True), *figures), (300, 180, 60), strict=True):
                canvas.drawString(x, 150 - 20 * n, text)

    said = {line.text.replace("( ", "(") for line in read(drawn(tmp_path, draw)).lines}
    assert {"(4,924,140,469)", "(541,675,445)", "(7,001)", "(42,473,636)", "1,204,001"} <= said


@pytest.mark.parametrize("call", ["45", "(1)", "*"])
def test_22_footnote_calls_are_glued_neither_to_words_nor_to_numbers(tmp_path: Path, call: str) -> None:
    def draw(canvas: Canvas) -> None:
        for text, y in ((visual("تحقيق الاستدامة", rtl=True), 120), ("26.283", 60)):
            canvas.setFont("Amiri", 12)
            canvas.drawString(200, y, text)
            end = 200 + canvas.stringWidth(text, "Amiri", 12)
            canvas.setFont("Amiri", 7)
            canvas.drawString(end if y == 60 else 200 - canvas.stringWidth(call, "Amiri", 7), y + 5, call)

    words = {word.text for line in read(drawn(tmp_path, draw)).lines for word in line.words}
    assert {"الاستدامة", "26.283"} <= words


def test_32_grey_text_over_a_watermark_is_read_once(tmp_path: Path) -> None:
    Image.new("RGB", (40, 20), (200, 230, 250)).save(tmp_path / "mark.png")

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(str(tmp_path / "mark.png"), 0, 0, 400, 200)
        canvas.setFillGray(0.7)
        for y in (60, 100, 140):
            put(canvas, "نص منسوخ رقم 2.23", y=y)

    page = read(drawn(tmp_path, draw))
    assert (page.kind, [line.text for line in page.lines]) == (PageKind.TEXT, ["نص منسوخ رقم 2.23"] * 3)


def test_6_right_digits_beside_lost_letters_win_over_those_seen_on_the_image() -> None:
    box = Box(10, 10, 40, 20)

    def line(text: str, method: Method, confidence: float) -> Line:
        word = Word(text=text, raw=text, box=box, size=10, method=method, confidence=confidence)
        return Line(words=(word,), box=box, direction=Direction.RTL)

    seen = [line("1880", Method.OCR, 0.97)]
    (kept,) = reconcile(seen, [line("1830", Method.TEXT, 1.0)], believed=True)[0].words
    assert (kept.text, kept.second_raw, kept.confidence) == ("1830", "1880", 0.9)
    (doubted,) = reconcile(seen, [line("1830", Method.TEXT, 1.0)], believed=False)[0].words
    assert (doubted.text, doubted.second_raw, doubted.confidence) == ("1880", "1830", 0.6)


def test_blocks_in_two_languages_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    arabic = [
        "بلغ عدد المستفيدين من البرنامج",
        "هذه السنة 26.283 طفلا",
        "في جميع جهات المملكة",
        "حسب المعطيات المتوفرة",
    ]
    french = [
        "Le nombre des bénéficiaires",
        "de cette année est de 26.283",
        "enfants dans toutes les régions",
        "du Royaume du Maroc",
    ]

    def draw(canvas: Canvas) -> None:
        for n, (right, left) in enumerate(zip(arabic, french, strict=True)):
            put(canvas, right, x=330, y=300 - 18 * n)
            canvas.setFont("Helvetica", 11)
            canvas.drawString(40, 300 - 18 * n, left)

    assert texts(drawn(tmp_path, draw, (600, 400))) in ([*arabic, *french], [*french, *arabic])


@pytest.mark.parametrize("ruled", [True, False])
def test_17_a_number_cut_within_a_group_of_its_digits_is_whole_or_told(tmp_path: Path, ruled: bool) -> None:
    def cell_of(*cut: str) -> tuple[list[str], list[tuple[str, str]]]:
        rows = [
            ("البيان", ["2023"], "2022"),
            ("إيرادات النشاط", ["1,204,001"], "1,100,450"),
            ("مصاريف التمويل", list(cut), "(7,442,310)"),
            ("صافي الربح", ["12,450,113"], "11,020,009"),
        ]

        def draw(canvas: Canvas) -> None:
            y, edges = 700, [716]
            for label, lines, right in rows:
                put(canvas, label, x=400, y=y)
                canvas.setFont("Helvetica", 10)
                canvas.drawRightString(200, y, right)
                for n, text in enumerate(lines):
                    canvas.drawRightString(370, y - 13 * n, text)
                y -= 24 + 13 * (len(lines) - 1)
                edges.append(y + 16)
            if ruled:
                canvas.grid((80, 230, 385, 520), edges)

        path = drawn(tmp_path, draw, (595, 842))
        report = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=path, size=1)
        said = extract(report, [read(path)], load())
        values = [str(r.value) for r in said.readings if r.value is not None]
        return values, [(c.rule, c.message_en.rsplit(": ", 1)[1]) for c in said.complaints]

    values, told = cell_of("(35,091,0", "68)")
    assert "-35091068" in values
    assert not told
    values, told = cell_of("35,091,0", "68")
    assert "35091068" in values or told == [("EXT-04", "35,091,0 / 68")]


def joined_up(*texts: str, gap: float = 0.0) -> list[Glyph]:
    """Glyphs of a row from right to left, each 5 points wide, so far apart."""
    return [
        Glyph(
            text=text,
            box=Box(200 - (5 + gap) * n, 90, 205 - (5 + gap) * n, 102),
            baseline=100,
            size=16,
            font="F",
            space=text == " ",
        )
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize("word", ["التونس ي", "المدرس ي", "الش يء", "الأقص ى", "ش يئا"])
def test_21_a_yeh_half_of_which_is_named_a_space_is_one_letter(word: str) -> None:
    """As Word writes what is set in Sakkal Majalla; elsewhere a yeh begins the next word."""
    whole = word if word == "ش يئا" else word.replace(" ", "")
    said = [line.text for line in build_lines(joined_up(*f"حزب {word} يعقد"))]
    assert said == [f"حزب {whole} يعقد"]


@pytest.mark.parametrize("words", ["مجلس يضم", "تأسيس يوم", "في ي"])
def test_21_a_word_that_begins_with_a_yeh_is_a_word(words: str) -> None:
    assert [line.text for line in build_lines(joined_up(*words))] == [words]


HALVES_30 = (
    (
        ["المحافظة", "2019", "2020"],
        ["القاهرة", "1,204", "1,100"],
        ["الجيزة", "842", "700"],
        ["أسوان", "152", "140"],
    ),
    (["2021", "2022"], ["2,400", "1,300"], ["1,600", "900"], ["300", "150"]),
)


def halves(folder: Path, lower: float = 0.0) -> Path:
    """A table whose columns go on on the next page, there set lower by so many points."""

    def draw(canvas: Canvas) -> None:
        put(canvas, "عدد المستفيدين حسب المحافظة والسنة", x=200, y=760)
        for at, rows in enumerate(HALVES_30):
            shift = lower if at else 0.0
            edges = (500, 380, 270)[: len(rows[0])]
            for n, row in enumerate(rows):
                for text, x in zip(row, edges, strict=True):
                    canvas.setFont("Amiri", 11)
                    shown = text if text[0].isdigit() else visual(text, rtl=True)
                    canvas.drawRightString(x, 700 - 24 * n - shift, shown)
            columns = [edges[-1] - 100, *(x + 8 for x in reversed(edges))]
            canvas.grid(columns, [716 - 24 * n - shift for n in range(len(rows) + 1)])
            if not at:
                canvas.showPage()

    return drawn(folder, draw, (595, 842))


def test_30_a_table_that_goes_on_sideways_takes_its_row_labels_along(tmp_path: Path) -> None:
    path = halves(tmp_path)
    report = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=path, size=1)
    said = extract(report, read_pages(path), load())
    own = {(r.row_label.ar, r.column_label.fr or r.column_label.ar, r.raw) for r in said.readings}
    assert own == {
        (right[0], year, figure)
        for right, left in zip(HALVES_30[0][1:], HALVES_30[1][1:], strict=True)
        for year, figure in zip(("2019", "2020", "2021", "2022"), (*right[1:], *left), strict=True)
    }
    assert {table.caption.ar for table in said.tables} == {"عدد المستفيدين حسب المحافظة والسنة"}


def test_30_a_table_without_row_labels_at_another_height_takes_those_of_no_other(tmp_path: Path) -> None:
    path = halves(tmp_path, lower=12)
    report = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=path, size=1)
    said = extract(report, read_pages(path), load())
    assert {r.row_label.ar for r in said.readings if r.locus.page == 2} <= {""}


def test_31_a_name_whose_words_are_drawn_in_the_wrong_order_is_kept_as_printed(tmp_path: Path) -> None:
    assert texts(drawn(tmp_path, lambda c: put(c, "الأحمر البحر"))) == ["الأحمر البحر"]
