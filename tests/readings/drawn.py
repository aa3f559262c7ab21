"""Pages drawn for one fact each, and what is read on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.archive.opening import examine
from pipeline.codebook.loading import Codebook, load
from pipeline.model.extraction import Extraction
from pipeline.model.reading import Reading
from pipeline.reading import read_report

STYLE = """@page { size: A4; margin: 20mm } body { font-family: 'Noto Sans', 'Amiri'; font-size: 10pt }
table { border-collapse: collapse; margin: 4mm auto } td { padding: 1.2mm 3mm; text-align: center }
.full td { border: 0.7pt solid #333 } .rows td { border-top: 0.6pt solid #333; border-bottom: 0.6pt solid #333 }
.band .h td { background: #1f4e79; color: #fff } .turned { transform: rotate(-90deg) translate(-240mm, 0);
transform-origin: top left; width: 240mm; height: 160mm } .down { transform: rotate(90deg) translate(0, -165mm);
transform-origin: top left; width: 240mm; height: 160mm } .new { page-break-before: always }"""


@cache
def codebook() -> Codebook:
    return load(None)


@cache
def read(*bodies: str) -> Extraction:
    """What is read in a PDF with the given HTML, one page for each."""
    from weasyprint import HTML

    pages = "".join(
        f'<section class="{"new" if i else ""}">{body}</section>' for i, body in enumerate(bodies)
    )
    with TemporaryDirectory(prefix="hasila-drawn-") as folder:
        path = Path(folder) / "page.pdf"
        HTML(string=f"<html><head><style>{STYLE}</style></head><body>{pages}</body></html>").write_pdf(path)
        return read_report(examine(path), codebook())


def table(rows: Sequence[Sequence[str]], style: str = "", heads: int = 1) -> str:
    """A plain table; ``|`` in a cell parts its lines."""
    out = ""
    for r, row in enumerate(rows):
        cells = "".join(f"<td>{cell.replace('|', '<br>')}</td>" for cell in row)
        out += f'<tr class="{"h" if r < heads else ""}">{cells}</tr>'
    return f'<table class="{style}" dir="ltr">{out}</table>'


def cells(said: Extraction) -> dict[tuple[str, str, str, str], str]:
    """Printed strings of table cells by their four labels."""
    return {labels(r): r.raw for r in said.readings if r.kind == "cell"}


def labels(r: Reading) -> tuple[str, str, str, str]:
    return r.row_label.ar, r.row_label.fr, r.column_label.ar, r.column_label.fr
