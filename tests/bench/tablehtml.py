"""The drawn table pages as HTML, for the producers that set HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import regex

from fixtures.making.content import HERE
from tests.bench.tablespec import Block, Box, Leaf, Sheet

_ARABIC = regex.compile(r"\p{Script=Arabic}")
#: Points that a letter of the text takes, that a cell has beside its text, and that a page is wide between its margins.
LETTER, PADDING, PAGE = 5.9, 14.2, 482.0
_FONTS = (("Amiri", "Noto Sans"), ("Noto Naskh Arabic", "Noto Sans"), ("Noto Sans Arabic", "Noto Sans"))


def html(pages: Sequence[Leaf], *, producer: str, size: float | None = None) -> str:
    """One document, one section a page."""
    body = "".join(_leaf(page, i, producer) for i, page in enumerate(pages))
    style = _style(producer, size or (8.0 if producer == "libreoffice" else 10.5))
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{style}</style></head><body>{body}</body></html>'


def _leaf(page: Leaf, i: int, producer: str) -> str:
    blocks = "".join(_block(block, i, producer) for block in page.blocks)
    if page.turned:
        blocks = f'<div class="turned">{blocks}</div>'
    brk = ' style="page-break-before: always"' if i else ""
    if producer == "libreoffice":
        # The import knows a page break only on a paragraph.
        return f"<p{brk} class=start>&nbsp;</p>{blocks}" if i else blocks
    return f'<section class="f{i % 3}"{brk}>{blocks}</section>'


def _block(block: Block, i: int, producer: str) -> str:
    kind = block.kind
    if kind == "sheets":
        alone = len(block.sheets) == 1
        tables = [_table(sheet, producer, small=alone and _overflows(sheet)) for sheet in block.sheets]
        if len(tables) == 1:
            return tables[0]
        if producer == "libreoffice":
            # Its import sets tables in a table one below the other.
            return "<p>&nbsp;</p>".join(tables)
        return f'<div class="beside">{"".join(tables)}</div>'
    if kind == "banner":
        return _banner(block)
    if kind == "gap":
        return "" if producer == "libreoffice" else '<div class="gap"></div>'
    if kind == "cards":
        cards = "".join("<div><b>{}</b><br>{}</div>".format(*text.split("|")) for text in block.text)
        if producer == "libreoffice":
            return "".join("<p dir=rtl><b>{}</b> {}</p>".format(*text.split("|")) for text in block.text)
        return f'<div class="cards">{cards}</div>'
    if kind == "contents":
        if producer == "libreoffice":
            return "".join(
                "<p dir=rtl>{} ........................ {}</p>".format(*text.split("|"))
                for text in block.text
            )
        return "".join(
            '<p class="contents" dir="rtl"><span>{}</span><i></i><span>{}</span></p>'.format(*t.split("|"))
            for t in block.text
        )
    if kind == "columns":
        if producer == "libreoffice":
            cells = "".join(
                f'<td valign="top" style="border:none">{_line(t, "prose")}</td>' for t in block.text
            )
            return f'<table class="beside" width="100%" border="0"><tr>{cells}</tr></table>'
        halves = "".join(f"<div>{_line(text, 'prose')}</div>" for text in block.text)
        return f'<div class="columns">{halves}</div>'
    if kind == "callout" and producer == "libreoffice":
        return f'<table border="1" width="70%" cellpadding="6"><tr><td>{_line(block.text[0], "prose")}</td></tr></table>'
    if kind == "callout":
        return f'<div class="callout">{_line(block.text[0], "prose")}</div>'
    if kind == "list":
        items = "".join(f"<li dir={_way(text)}>{escape(text)}</li>" for text in block.text)
        return f"<ul>{items}</ul>"
    return "".join(_line(text, kind) for text in block.text)


def _line(text: str, css: str) -> str:
    return f'<p class="{css}" dir="{_way(text)}">{escape(text)}</p>'


def _way(text: str) -> str:
    return "rtl" if _ARABIC.search(text) else "ltr"


def _banner(block: Block) -> str:
    ar, number, fr, style = block.text
    value = f'<span dir="ltr">{escape(number)}</span>'
    if style == "row":
        cells = f'<td dir="ltr">{escape(fr)}</td><td dir="ltr">{value}</td><td dir="rtl">{escape(ar)}</td>'
        return f'<table class="full banner" dir="ltr"><tr>{cells}</tr></table>'
    bdi = f'<bdi dir="ltr">\u2066{escape(number)}\u2069</bdi>'
    lines = f'<p dir="rtl">{escape(ar)} {bdi}</p><p dir="ltr">{escape(fr)}</p>'
    if style == "thrice":
        lines += f'<p dir="ltr">{value}</p>'
    return f'<div class="banner">{lines}</div>'


def _overflows(sheet: Sheet) -> bool:
    """Whether a table in the size of the text would run over the edge of the page: by the longest words of its columns."""
    longest = [0] * sheet.columns
    for box in sheet.boxes:
        parts = box.lines if box.kind == "figure" else [w for line in box.lines for w in line.split()]
        if box.columns == 1:
            longest[box.column] = max([longest[box.column], *map(len, parts)])
    return LETTER * sum(longest) + PADDING * sheet.columns > PAGE


def _table(sheet: Sheet, producer: str, *, small: bool) -> str:
    rows = []
    for r in range(sheet.rows):
        held = sorted((b for b in sheet.boxes if b.row == r), key=lambda b: b.column)
        rows.append(f"<tr>{''.join(_cell(b, sheet, producer) for b in held)}</tr>")
    extra = ' border="1"' if producer == "libreoffice" and sheet.style in ("full", "double") else ""
    wide = " wide" if sheet.columns > 9 or small else ""
    table = f'<table class="t {sheet.style}{wide}" dir="ltr"{extra} cellspacing="0" cellpadding="4">{"".join(rows)}</table>'
    return f'<div class="round">{table}</div>' if sheet.style == "rounded" else table


def _cell(box: Box, sheet: Sheet, producer: str) -> str:
    spans = (f' rowspan="{box.rows}"' if box.rows > 1 else "") + (
        f' colspan="{box.columns}"' if box.columns > 1 else ""
    )
    last = " last" if box.row + box.rows == sheet.rows else ""
    under = " under" if box.row + box.rows == sheet.head_rows else ""
    odd = " odd" if box.row % 2 else ""
    css = f"{box.kind}{last}{under}{odd}{' strong' if box.strong else ''}"
    inline = f' style="{_inline(box, sheet, bool(last), bool(under))}"' if producer == "libreoffice" else ""
    if box.kind == "figure":
        mark = f"<sup>{box.mark}</sup>" if box.mark and box.mark != "*" else box.mark
        way = "rtl" if box.rtl_figure else "ltr"
        return f'<td class="{css}" dir="{way}"{spans}{inline}>{escape(box.lines[0])}{mark}</td>'
    call = f"<sup>{box.mark}</sup>" if box.mark else ""
    ends = ["" for _ in box.lines[1:]] + [call]
    lines = "".join(
        f'<p dir="{_way(line)}">{escape(line)}{end}</p>' for line, end in zip(box.lines, ends, strict=True)
    )
    if producer == "libreoffice":
        # Its import sets paragraphs in cells far apart.
        lines = f'<p align="center" style="margin: 0">{"<br>".join(map(_marked, box.lines))}{call}</p>'
    return f'<td class="{css}"{spans}{inline}>{lines}</td>'


def _marked(line: str) -> str:
    """A line that keeps its direction inside a paragraph of the other one."""
    return f"\u2067{escape(line)}\u2069" if _way(line) == "rtl" else f"\u2066{escape(line)}\u2069"


def _inline(box: Box, sheet: Sheet, last: bool, under: bool) -> str:
    """Styles of a cell spelled out, for a reader of HTML that knows no classes on cells."""
    style, head = sheet.style, box.kind == "head"
    if style in ("full", "double"):
        line = "3pt double #000" if style == "double" else "0.7pt solid #000"
        return f"border: {line}"
    if style == "rows":
        return "border-top: 0.7pt solid #000; border-bottom: 0.7pt solid #000; border-left: none; border-right: none"
    if style == "book":
        top = "1pt solid #000" if box.row == 0 else "none"
        bottom = "1pt solid #000" if last or under else "none"
        return f"border: none; border-top: {top}; border-bottom: {bottom}"
    if style == "band":
        return "border: none; " + (
            "background: #1f4e79; color: #ffffff" if head else "background: #e8eef4" if box.row % 2 else ""
        )
    return "border: none"


def _style(producer: str, size: float) -> str:
    faces = "".join(
        f"@font-face {{ font-family: '{name}'; font-weight: {weight}; src: url('{(HERE / 'fonts' / file).as_uri()}') }}\n"
        for name, weight, file in (
            ("Amiri", "normal", "Amiri-Regular.ttf"), ("Amiri", "bold", "Amiri-Bold.ttf"),
            ("Noto Naskh Arabic", "normal", "NotoNaskhArabic-Regular.ttf"), ("Noto Naskh Arabic", "bold", "NotoNaskhArabic-Bold.ttf"),
            ("Noto Sans Arabic", "normal", "NotoSansArabic-Regular.ttf"), ("Noto Sans Arabic", "bold", "NotoSansArabic-Bold.ttf"),
            ("Noto Sans", "normal", "NotoSans-Regular.ttf"), ("Noto Sans", "bold", "NotoSans-Bold.ttf"),
        )
    )  # fmt: skip
    fonts = "".join(
        f".f{i} {{ font-family: '{latin}', '{arabic}' }} .f{i} [dir=rtl] {{ font-family: '{arabic}', '{latin}' }}\n"
        for i, (arabic, latin) in enumerate(_FONTS)
    )
    if producer == "libreoffice":
        faces, fonts = "", "body { font-family: 'Noto Sans', 'Amiri'; }"
    return f"""{faces}{fonts}
@page {{ size: A4; margin: {12 if producer == "libreoffice" else 20}mm }}
body {{ margin: 0; font-size: {size}pt; line-height: {1.2 if producer == "libreoffice" else 1.5} }}
p {{ margin: 0 0 3mm 0 }} p[dir=rtl] {{ text-align: right }} td p {{ margin: 0; line-height: 1.35 }}
p.prose {{ text-align: justify }}
.caption {{ text-align: center !important; font-weight: bold; margin: 0 0 1.5mm 0 }}
.heading {{ font-size: 15pt; font-weight: bold; color: #1f4e79 }}
.unit {{ font-size: 9pt; margin-bottom: 1mm; text-align: left !important }}
.note {{ font-size: 8.5pt; margin-bottom: 0.5mm }}
.gap {{ height: 120mm }}
td p {{ text-align: center !important }}
table.t {{ border-collapse: collapse; margin: 0 auto 3mm auto; min-width: 100mm }}
table.t td {{ padding: 1.2mm 2.5mm; text-align: center; vertical-align: middle }}
td.head, td.strong {{ font-weight: bold }} td.figure {{ white-space: nowrap }}
table.wide {{ font-size: 7.5pt }} table.wide td {{ padding: 0.8mm 1.2mm }}
table.full td {{ border: 0.7pt solid #333 }}
table.double td {{ border: 2.4pt double #333 }}
table.rows td {{ border-top: 0.6pt solid #333; border-bottom: 0.6pt solid #333 }}
table.book {{ border-top: 1.2pt solid #000; border-bottom: 1.2pt solid #000 }}
table.book td.under {{ border-bottom: 0.7pt solid #000 }}
table.band td.head {{ background: #1f4e79; color: #fff }} table.band td.odd:not(.head) {{ background: #e8eef4 }}
table.tiles {{ border-collapse: separate; border-spacing: 1.6pt }}
table.tiles td {{ background: #eef2f6 }} table.tiles td.head {{ background: #7a1f2b; color: #fff }}
.round {{ border: 0.9pt solid #1f4e79; border-radius: 7pt; width: fit-content; margin: 0 auto 3mm auto; overflow: hidden }}
.round table.t {{ margin: 0 }} table.rounded td:not(.last) {{ border-bottom: 0.6pt solid #1f4e79 }}
table.rounded td.head {{ background: #dfe8f0 }}
table.banner {{ border-collapse: collapse; margin: 0 auto 3mm auto }} table.banner td {{ padding: 1.5mm 5mm; font-weight: bold }}
div.banner {{ background: #1f4e79; color: #fff; width: 110mm; margin: 0 auto 3mm auto; padding: 1.5mm; font-weight: bold }}
div.banner p {{ text-align: center !important; margin: 0 }}
.beside {{ display: flex; gap: 9mm; font-size: 6.5pt }} .beside table.t {{ min-width: 0; flex: none }} .beside .round {{ margin-left: 0; margin-right: 0 }}
.columns {{ display: flex; gap: 8mm }} .columns > div {{ flex: 1 }}
.callout {{ border: 1pt solid #1f4e79; border-radius: 5pt; background: #eef4fa; padding: 3mm; margin: 4mm 0; width: 110mm }}
.cards {{ display: flex; gap: 6mm; margin-bottom: 5mm }} .cards div {{ flex: 1; border: 1pt solid #888; padding: 3mm; text-align: center }}
.cards b {{ font-size: 17pt }}
.contents {{ display: flex }} .contents i {{ flex: 1; border-bottom: 1pt dotted #555; margin: 0 2mm }}
.turned {{ width: 250mm; transform: rotate(-90deg) translate(-250mm, 0); transform-origin: top left; height: 165mm }}
"""
