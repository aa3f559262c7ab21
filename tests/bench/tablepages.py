"""Drawn pages with tables of known truth, and pages without any: ``make(folder, seed)`` writes one PDF per producer.

Every page is described by :mod:`tests.bench.tablespec`; WeasyPrint, Chromium and LibreOffice set it from HTML,
ReportLab draws it line by line. Scans are photographs of those pages in three grades.
"""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageFilter

from tests.bench.tablecanvas import draw
from tests.bench.tablehtml import html
from tests.bench.tablekinds import KINDS, kind_leaves
from tests.bench.tablespec import HEADS, NUMBERS, STUBS, STYLES, Block, Fact, Leaf, Maker, printed
from tests.bench.tablewords import DEVELOPMENT, VERIFICATION, Words
from tests.bench.tableyearly import YEARLY

PRODUCERS = ("weasyprint", "chromium", "libreoffice", "reportlab")
#: Sets of pages: what development looked at, what it looked at last (other words), and what it never looked at.
WORDS = {"development": DEVELOPMENT, "verification": VERIFICATION}
SETS: dict[str, tuple[Words, int]] = {
    "development": (DEVELOPMENT, 11),
    "verification": (VERIFICATION, 907),
    "unseen": (VERIFICATION, 5501),
}
#: Sets of the kinds of tables that yearly reports print beside plain ones: the same two halves.
KIND_SETS: dict[str, tuple[Words, int]] = {
    "kinds": (DEVELOPMENT, 12),
    "kinds, unseen": (VERIFICATION, 5502),
    "yearly": (DEVELOPMENT, 13),
    "yearly, unseen": (VERIFICATION, 5503),
}
_BANNER = ("العدد الإجمالي للمستفيدين", "Nombre total de bénéficiaires")


def leaves(words: Words, seed: int, producer: str, tables: int, plain: int) -> list[Leaf]:
    """Pages of one producer: ``tables`` with tables, then ``plain`` without."""
    lot = random.Random(f"{seed}-{producer}")
    maker = Maker(words, lot.randrange(10**9))
    styles = _dealt(lot, [s for s in STYLES if s not in _UNSET.get(producer, ())], tables)
    stubs, heads, numbers = (_dealt(lot, kinds, tables) for kinds in (STUBS, HEADS, NUMBERS))
    shapes = _dealt(lot, _SHAPES, tables)
    made: list[Leaf] = []
    for i, (style, stub, head, how, shape) in enumerate(
        zip(styles, stubs, heads, numbers, shapes, strict=True)
    ):
        if shape == "turned" and producer == "libreoffice":
            shape = "single"
        made += _leaf(maker, words, style, stub, head, how, shape, i)
    return [*made[:tables], *(_plain(words, lot, i) for i in range(plain))]


_SHAPES = ("single", "single", "banner", "pair", "long", "unit", "long_bare", "below", "turned", "prose")
#: Rulings that a producer can't set.
_UNSET = {"libreoffice": ("rounded", "thin", "tiles"), "weasyprint": ("thin",), "chromium": ("thin",)}


def _dealt(lot: random.Random, kinds: Sequence, count: int) -> list:
    """``count`` of the kinds, each about equally often, in random order."""
    out: list = []
    while len(out) < count:
        deck = list(kinds)
        lot.shuffle(deck)
        out += deck
    return out[:count]


def _leaf(
    maker: Maker, words: Words, style: str, stub: str, head: str, how, shape: str, i: int
) -> list[Leaf]:
    lot = maker.lot
    caption = lot.choice(words.captions)
    title = Block("caption", (f"جدول {i + 1}: {caption[0]}", f"Tableau {i + 1} : {caption[1]}"))
    prose = Block("prose", (lot.choice(words.prose_ar),))
    notes = Block("note", tuple(lot.sample(words.notes, lot.choice((1, 2)))))
    topics: tuple[str, ...] = (f"shape:{shape}",)
    if shape == "pair":
        stub = lot.choice(("ar", "fr", "cell_right", "cell_left"))
        sheets = [maker.sheet(style, stub, "flat", how, few=True) for _ in range(2)]
        return [_page([prose, title, Block("sheets", sheets=sheets), notes], topics)]
    if shape in ("long", "long_bare"):
        return _over_two(maker, style, stub, head, how, shape, [prose, title], notes)
    sheet = maker.sheet(style, stub, head, how)
    table = Block("sheets", sheets=[sheet])
    if shape == "banner":
        total = Decimal(lot.randint(1200, 990_000))
        text = printed(total, replace(how, rtl=False))
        banner = Block("banner", (_BANNER[0], text, _BANNER[1], lot.choice(("row", "beside", "thrice"))))
        page = _page([prose, title, banner, table], topics)
        page.facts.insert(0, Fact(_BANNER, ("", ""), text, total))
        return [page]
    if shape == "unit":
        unit = lot.choice(words.units)
        return [_page([title, Block("unit", (" / ".join(unit),)), table, notes], topics)]
    if shape == "below":
        return [_page([prose, table, title, prose], topics)]
    if shape == "turned":
        page = _page([title, table, notes], topics)
        page.turned = True
        return [page]
    if shape == "prose":
        return [_page([prose, prose, table, prose, Block("prose", (lot.choice(words.prose_fr),))], topics)]
    return [_page([prose, title, table, notes], topics)]


def _over_two(
    maker: Maker, style: str, stub: str, head: str, how, shape: str, above: list[Block], notes: Block
) -> list[Leaf]:
    """One table cut at a page break, the head printed again or not."""
    sheet = maker.sheet(style, stub, head, how)
    per_row = len(sheet.facts) // (sheet.rows - sheet.head_rows)
    cut = sheet.head_rows + (sheet.rows - sheet.head_rows) // 2
    while any(b.row < cut < b.row + b.rows for b in sheet.boxes):
        cut += 1
    at = (cut - sheet.head_rows) * per_row
    first = replace(sheet, boxes=[b for b in sheet.boxes if b.row < cut], rows=cut, facts=sheet.facts[:at])
    kept = sheet.head_rows if shape == "long" else 0
    second = replace(
        sheet,
        boxes=[b for b in sheet.boxes if b.row < kept]
        + [replace(b, row=b.row - cut + kept) for b in sheet.boxes if b.row >= cut],
        rows=sheet.rows - cut + kept,
        facts=sheet.facts[at:],
        head_rows=kept,
    )
    topics = (f"shape:{shape}",)
    return [
        _page([*above, Block("gap"), Block("sheets", sheets=[first])], topics),
        _page([Block("sheets", sheets=[second]), notes, above[0]], topics),
    ]


def _page(blocks: list[Block], topics: tuple[str, ...]) -> Leaf:
    sheets = [sheet for block in blocks for sheet in block.sheets]
    every = topics + tuple(t for s in sheets for t in s.topics)
    return Leaf(blocks, [fact for sheet in sheets for fact in sheet.facts], every)


def _plain(words: Words, lot: random.Random, i: int) -> Leaf:
    """A page of prose, a list, two columns or call-outs: no table anywhere."""
    arabic, french = list(words.prose_ar), list(words.prose_fr)
    head = Block("heading", (f"{i + 1}. {lot.choice(words.captions)[0]}",))
    kind = ("prose", "list", "columns", "callout", "figures", "contents")[i % 6]
    if kind == "prose":
        blocks = [Block("prose", (lot.choice((*arabic, *french)),)) for _ in range(8)]
    elif kind == "list":
        blocks = [
            Block("list", tuple(f"{lot.choice(words.counts)[0]}: {lot.randint(12, 9000)}" for _ in range(7)))
        ]
        blocks.append(Block("list", tuple(f"{p[1]} ;" for p in lot.choice(words.rows))))
    elif kind == "columns":
        lot.shuffle(arabic)
        blocks = [Block("columns", (" ".join(arabic), " ".join(french)))] * 2
    elif kind == "callout":
        blocks = [
            Block("callout", (lot.choice(arabic),)),
            Block("prose", (arabic[0],)),
            Block("callout", (lot.choice(french),)),
        ]
    elif kind == "figures":
        blocks = [
            Block("cards", tuple(f"{lot.randint(20, 99000)}|{c[0]}" for c in words.counts[:3])),
            Block("prose", (arabic[1],)),
        ]
    else:
        blocks = [
            Block(
                "contents",
                tuple(f"{c[0]}|{3 + 7 * n}" for n, c in enumerate((*words.counts, *words.captions))),
            )
        ]
    return Leaf([head, *blocks, Block("prose", (lot.choice(french),))], [], (f"plain:{kind}",))


def make(
    folder: Path,
    name: str = "development",
    *,
    tables: int = 40,
    plain: int = 10,
    producers: Sequence[str] = PRODUCERS,
) -> dict[Path, list[Leaf]]:
    """Write one PDF per producer; returns the pages of each with their truth.

    A set of kinds has two tables of each kind and no other pages.
    """
    made = {}
    for producer in producers:
        if name in KIND_SETS:
            words, seed = KIND_SETS[name]
            styles = [s for s in STYLES if s not in _UNSET.get(producer, ())]
            kinds = YEARLY if "yearly" in name else KINDS
            pages = kind_leaves(words, random.Random(f"{seed}-{producer}"), styles, kinds)
        else:
            words, seed = SETS[name]
            pages = leaves(words, seed, producer, tables, plain)
        path = folder / f"{name.replace(', ', '-')}-{producer}.pdf"
        WRITERS[producer](pages, path)
        made[path] = pages
    return made


def _weasyprint(pages: list[Leaf], path: Path) -> None:
    from weasyprint import HTML

    HTML(string=html(pages, producer="weasyprint")).write_pdf(path, pdf_identifier=b"tables")


def _chromium(pages: list[Leaf], path: Path) -> None:
    from fixtures.making.with_chromium import FLAGS

    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise RuntimeError("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "pages.html"
        page.write_text(html(pages, producer="chromium"), encoding="utf-8")
        subprocess.run(
            [program, *FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={path}", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=180,
        )


def _libreoffice(pages: list[Leaf], path: Path) -> None:
    """Its tables have rows of a height of their own: letters get smaller until each page holds what it should."""
    for size in (8.0, 7.5, 7.0, 6.5):
        _written(pages, path, size)
        if len(pypdfium2.PdfDocument(path)) == len(pages):
            return
    raise RuntimeError("the pages run over")


def _written(pages: list[Leaf], path: Path, size: float) -> None:
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "pages.html"
        page.write_text(html(pages, producer="libreoffice", size=size), encoding="utf-8")
        subprocess.run(
            [
                program,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--infilter=HTML (StarWriter)",
                "--convert-to",
                "pdf:writer_pdf_Export",
                "--outdir",
                folder,
                str(page),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        shutil.move(Path(folder) / "pages.pdf", path)


WRITERS: dict[str, Callable[[list[Leaf], Path], None]] = {
    "weasyprint": _weasyprint,
    "chromium": _chromium,
    "libreoffice": _libreoffice,
    "reportlab": draw,
}

#: Grades of scans: resolution, skew in degrees, noise, JPEG quality, photocopied.
GRADES = {
    "300": (300, 0.3, 2.0, 60, False),
    "200": (200, 0.7, 5.0, 45, False),
    "150": (150, 0.4, 6.0, 40, True),
}


def scanned(source: Path, numbers: Sequence[int], path: Path, grade: str) -> None:
    """Photograph pages (1-based) of a PDF in one grade: grey, askew, with the noise of paper; no text layer."""
    dpi, skew, noise, quality, copied = GRADES[grade]
    document, out = pypdfium2.PdfDocument(source), pikepdf.new()
    for n in numbers:
        page = document[n - 1]
        width, height = page.get_size()
        image = page.render(scale=dpi / 72).to_pil().convert("L")
        image = image.rotate(skew if n % 2 else -skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
        if copied:
            image = image.filter(ImageFilter.GaussianBlur(0.6))
        grains = np.random.default_rng(n).normal(0.0, noise, (image.height, image.width))
        pixels = np.asarray(image, dtype=np.float32) * (238 - 22) / 255 + 22 + grains
        if copied:
            pixels = 255 / (1 + np.exp(-(pixels - 128) / 26))
        stream = io.BytesIO()
        Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(stream, "JPEG", quality=quality)
        picture = pikepdf.Stream(out, stream.getvalue())
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height = image.width, image.height
        picture.ColorSpace, picture.BitsPerComponent, picture.Filter = (
            pikepdf.Name.DeviceGray,
            8,
            pikepdf.Name.DCTDecode,
        )
        sheet = out.add_blank_page(page_size=(width, height))
        sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
        sheet.Contents = pikepdf.Stream(out, f"q {width} 0 0 {height} 0 0 cm /Scan Do Q".encode())
    document.close()
    out.save(path, deterministic_id=True)
