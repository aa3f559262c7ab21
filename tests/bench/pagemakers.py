"""The pages of the measurement of reading, set by seven producers, and text layers that lie."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from pathlib import Path

import pikepdf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from fixtures.making.content import HERE
from fixtures.making.direction import is_arabic
from fixtures.making.with_chromium import FLAGS
from fixtures.making.with_reportlab import _register, visual
from tests.bench.pagetext import Block, Sheet

FONTS = HERE / "fonts"
_FACES = {"Noto Naskh Arabic": "NotoNaskhArabic", "Amiri": "Amiri", "Noto Sans Arabic": "NotoSansArabic"}


def _html(pages: Sequence[Sheet], face: str) -> str:
    faces = "".join(
        f"@font-face {{ font-family: '{name}'; font-weight: {weight}; src: url('{(FONTS / f'{file}-{cut}.ttf').as_uri()}') }}\n"
        for name, file in ((face, _FACES[face]), ("Noto Sans", "NotoSans"))
        for weight, cut in (("normal", "Regular"), ("bold", "Bold"))
    )
    body = "".join(
        f"<section{' class=next' if i else ''}>{''.join(map(_block, page.blocks))}</section>"
        for i, page in enumerate(pages)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><style>{faces}
@page {{ size: A4; margin: 16mm }}
body {{ margin: 0; font: 10.5pt/1.45 '{face}', 'Noto Sans' }} .next {{ page-break-before: always }}
p {{ margin: 0 0 1.6mm 0 }} .heading {{ font-size: 15pt; font-weight: bold }} .note {{ font-size: 8.5pt }}
.number {{ font-size: 20pt; font-weight: bold; text-align: center }}
.label {{ text-align: center }} table {{ border-collapse: collapse; width: 100%; margin: 1mm 0 2mm 0 }}
td {{ border: 0.7pt solid #333; padding: 0.6mm 2mm; text-align: center }}
[dir=ltr] {{ font-family: 'Noto Sans', '{face}' }}</style></head><body>{body}</body></html>"""


def _block(block: Block) -> str:
    if block.kind == "table":
        rows = "".join(
            "<tr>" + "".join(f'<td dir="{_way(cell)}">{escape(cell)}</td>' for cell in row) + "</tr>"
            for row in block.cells
        )
        return f'<table dir="rtl" border="1" cellspacing="0" cellpadding="3">{rows}</table>'
    if block.kind == "callout":
        (number,), (label,) = block.cells
        return f'<p class="number" dir="ltr">{number}</p><p class="label" dir="rtl">{label}</p>'
    return f'<p class="{block.kind}" dir="{_way(block.cells[0][0])}">{escape(block.cells[0][0])}</p>'


def _way(text: str) -> str:
    return "rtl" if is_arabic(text) else "ltr"


def weasyprint(pages: Sequence[Sheet], path: Path, face: str = "Noto Naskh Arabic") -> None:
    """Pango shapes each line, glyphs stored in visual order."""
    from weasyprint import HTML

    HTML(string=_html(pages, face)).write_pdf(path, pdf_identifier=b"pages")


def chromium(pages: Sequence[Sheet], path: Path, face: str = "Noto Sans Arabic") -> None:
    """Skia/PDF."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "pages.html"
        page.write_text(_html(pages, face), encoding="utf-8")
        profile = f"--user-data-dir={folder}/profile"
        subprocess.run(
            [program, *FLAGS, profile, f"--print-to-pdf={path}", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=180,
        )


def libreoffice(pages: Sequence[Sheet], path: Path, face: str = "Amiri") -> None:
    """Writer, from HTML; a lam-alef is one glyph."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FONTCONFIG_FILE": str(_fontconfig(Path(folder)))}
        page = Path(folder) / "pages.html"
        body = _html(pages, face).replace(
            "<section class=next>", '<p class="next" style="page-break-before: always"></p>'
        )
        body = body.replace('<table dir="rtl"', '<table dir="rtl" width="100%"').replace(
            ' dir="rtl">', ' dir="rtl" align="right">'
        )
        body = (
            body.replace("10.5pt/1.45", "9pt/1")
            .replace("16mm", "12mm")
            .replace("</style>", f"body, p, td {{ font-family: '{face}'; font-size: 10.5pt }}</style>")
        )
        page.write_text(body, encoding="utf-8")
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                *("--headless", "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"),
                *("--outdir", folder, str(page)),
            ],
            check=True,
            capture_output=True,
            timeout=300,
            env=environment,
        )
        shutil.move(Path(folder) / "pages.pdf", path)


def cairo(pages: Sequence[Sheet], path: Path, face: str = "Amiri") -> None:
    """One pango-view call a page; the paper is as long as the text. Tables are set as lines of cells."""
    out = pikepdf.new()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FONTCONFIG_FILE": str(_fontconfig(Path(folder)))}
        for page in pages:
            text, made = Path(folder) / "page.txt", Path(folder) / "page.pdf"
            text.write_text("\n".join(page.texts), encoding="utf-8")
            subprocess.run(
                ["pango-view", "--no-display", f"--font={face} 11", "--width=480", "--margin=40", f"--output={made}", str(text)],
                check=True,
                capture_output=True,
                timeout=60,
                env=environment,
            )  # fmt: skip
            with pikepdf.open(made) as one:
                out.pages.extend(one.pages)
        out.save(path)


def _fontconfig(folder: Path) -> Path:
    """Only the fonts of the fixtures, so that every machine sets the same pages."""
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir></fontconfig>")
    return config


def reportlab(pages: Sequence[Sheet], path: Path) -> None:
    """Presentation forms drawn in visual order, as scripts without a shaping engine do."""
    _drawn(pages, path, _whole)


def objects(pages: Sequence[Sheet], path: Path) -> None:
    """One text object for each glyph, drawn in logical order, marks and all, as some converters do."""
    _drawn(pages, path, _glyph_by_glyph)


def outlined(pages: Sequence[Sheet], path: Path) -> None:
    """Every letter drawn as curves, as designers export pages."""
    _drawn(pages, path, _curves)


_Put = Callable[[Canvas, float, float, str, str, float], None]


def _whole(canvas: Canvas, x: float, y: float, shown: str, font: str, size: float) -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, y, shown)


def _glyph_by_glyph(canvas: Canvas, x: float, y: float, shown: str, font: str, size: float) -> None:
    canvas.setFont(font, size)
    places = []
    for letter in shown:
        places.append((x, letter))
        x += pdfmetrics.stringWidth(letter, font, size)
    for at, letter in reversed(places) if is_arabic(shown) or font == "Amiri" else places:
        if letter.strip():
            canvas.drawString(at, y, letter)


class _Path(BasePen):
    """Draws a glyph's outline into a path of the canvas."""

    def __init__(self, canvas: Canvas, glyphs: object, x: float, y: float, scale: float) -> None:
        super().__init__(glyphs)
        self.path = canvas.beginPath()
        self.place = lambda point: (x + scale * point[0], y + scale * point[1])

    def _moveTo(self, pt):  # noqa: N802 (the names are those of fontTools)
        self.path.moveTo(*self.place(pt))

    def _lineTo(self, pt):  # noqa: N802
        self.path.lineTo(*self.place(pt))

    def _curveToOne(self, pt1, pt2, pt3):  # noqa: N802
        self.path.curveTo(*self.place(pt1), *self.place(pt2), *self.place(pt3))

    def _closePath(self):  # noqa: N802
        self.path.close()


@cache
def _face(font: str) -> TTFont:
    return TTFont(FONTS / f"{'NotoSans' if font == 'Latin' else font}-Regular.ttf")


def _curves(canvas: Canvas, x: float, y: float, shown: str, font: str, size: float) -> None:
    face = _face(font)
    names, glyphs, scale = face.getBestCmap(), face.getGlyphSet(), size / face["head"].unitsPerEm
    for letter in shown:
        pen = _Path(canvas, glyphs, x, y, scale)
        glyphs[names.get(ord(letter), ".notdef")].draw(pen)
        canvas.drawPath(pen.path, stroke=0, fill=1)
        x += pdfmetrics.stringWidth(letter, font, size)


def _drawn(pages: Sequence[Sheet], path: Path, put: _Put) -> None:
    _register()
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in pages:
        y = A4[1] - 50.0
        for block in page.blocks:
            size = {"heading": 15.0, "note": 8.5}.get(block.kind, 10.5)
            if block.kind == "table":
                y = _drawn_table(canvas, block, y, put)
                continue
            for (text,) in block.cells:
                for line in _wrapped(text, size, A4[0] - 100):
                    y -= 1.5 * size
                    rtl = is_arabic(text)
                    shown, font = _shown(line, rtl=rtl)
                    wide = pdfmetrics.stringWidth(shown, font, size)
                    put(canvas, A4[0] - 50 - wide if rtl else 50.0, y, shown, font, size)
            y -= 5
        canvas.showPage()
    canvas.save()


def _drawn_table(canvas: Canvas, block: Block, y: float, put: _Put) -> float:
    widths = (110.0, 60.0, 70.0, 80.0, 55.0, 120.0)
    for row in block.cells:
        x = A4[0] - 50
        for width, cell in zip(widths, row, strict=True):
            x -= width
            canvas.rect(x, y - 18, width, 18)
            shown, font = _shown(cell, rtl=is_arabic(cell))
            put(canvas, x + (width - pdfmetrics.stringWidth(shown, font, 9)) / 2, y - 13, shown, font, 9)
        y -= 18
    return y - 5


def _shown(text: str, *, rtl: bool) -> tuple[str, str]:
    eastern = any("٠" <= c <= "٩" for c in text)
    return visual(text, rtl=rtl), "Amiri" if rtl or eastern else "Latin"


def _wrapped(text: str, size: float, width: float) -> list[str]:
    rtl, lines = is_arabic(text), [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        shown, font = _shown(longer, rtl=rtl)
        if lines[-1] and pdfmetrics.stringWidth(shown, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


PRODUCERS: dict[str, Callable[[Sequence[Sheet], Path], None]] = {
    "WeasyPrint": weasyprint,
    "Chromium": chromium,
    "LibreOffice": libreoffice,
    "Cairo (pango-view)": cairo,
    "ReportLab, presentation forms": reportlab,
    "one text object a glyph": objects,
}


#: Programs that a producer needs, any of them.
PROGRAMS = {
    "Chromium": ("chromium", "google-chrome"),
    "LibreOffice": ("soffice",),
    "Cairo (pango-view)": ("pango-view",),
}


def installed(producer: str) -> bool:
    """Whether this machine has what a producer needs."""
    return any(shutil.which(program) for program in PROGRAMS.get(producer, ("sh",)))


#: How a text layer lies: from the letter that is drawn to the one that the file names.
LIES: dict[str, Callable[[int], int]] = {
    "private use": lambda code: 0xE000 + code % 0x800 if _is_letter(code) else code,
    "wrong Arabic letters": lambda code: (
        0x627 + (code - 0x621) * 7 % 0x23 if 0x621 <= code <= 0x64A else code
    ),
    "Latin-1 gibberish": lambda code: 0xC0 + code % 0x3F if _is_letter(code) else code,
    "8 named 3, 8 named by nothing": lambda code: 0x33 if code == 0x38 else code,
    "3 and 8 named each other": lambda code: {0x33: 0x38, 0x38: 0x33}.get(code, code),
}


def broken_layers(source: Path, folder: Path) -> dict[str, Path]:
    """Copies of a sound PDF whose text layers lie, each in its own way."""
    made = {}
    for name in ("no ToUnicode", *LIES):
        made[name] = folder / f"{source.stem} {name.replace(' ', '-')}.pdf"
        with pikepdf.open(source) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                    if name in LIES:
                        thing.ToUnicode = pdf.make_stream(_mapped(thing.ToUnicode.read_bytes(), LIES[name]))
                    else:
                        del thing["/ToUnicode"]
            pdf.save(made[name])
    return made


def _is_letter(code: int) -> bool:
    return 0x621 <= code <= 0x64A or 0xFB50 <= code <= 0xFEFC


_HEX = rb"<\s*([0-9A-Fa-f]+)\s*>\s*"


def _mapped(cmap: bytes, change: Callable[[int], int]) -> bytes:
    """A character map with its targets changed, every code written out."""
    codes: dict[bytes, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        codes.update(
            {
                code: bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in re.findall(_HEX + _HEX, block)
            }
        )
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, one, many in re.findall(_HEX + _HEX + rb"(?:" + _HEX + rb"|\[(.*?)\])", block, re.S):
            texts = [bytes.fromhex(t.decode()).decode("utf-16-be") for t in re.findall(_HEX, many) or [one]]
            for offset in range(int(high, 16) - int(low, 16) + 1):
                text = texts[offset] if many else texts[0][:-1] + chr(ord(texts[0][-1]) + offset)
                codes[b"%0*X" % (len(low), int(low, 16) + offset)] = text
    space = re.search(rb"begincodespacerange.*?endcodespacerange", cmap, re.S)
    rows = [
        b"<%s> <%s>" % (code, "".join(chr(change(ord(c))) for c in text).encode("utf-16-be").hex().encode())
        for code, text in codes.items()
    ]
    body = b"\n".join(
        b"%d beginbfchar\n%s\nendbfchar" % (len(part), b"\n".join(part))
        for part in (rows[at : at + 100] for at in range(0, len(rows), 100))
    )
    head = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Lies def /CMapType 2 def\n"
    )
    return head + b"1 " + (space[0] if space else b"") + b"\n" + body + b"\nendcmap end end"
