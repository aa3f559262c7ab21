"""Text layers: what is read of healthy ones from six producers, and whether lying ones are told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.model.page import Page
from pipeline.pages import page as reading
from pipeline.pages import read_pages
from pipeline.pages.triage import Triage
from tests.bench import pagemakers
from tests.bench.checks import wilson as share
from tests.bench.pagetext import EASTERN, STYLES, Sheet, digit_strings, normal, sheets

SEED = 70401
#: Producers with their own typefaces.
FACES = ("WeasyPrint", "Chromium", "LibreOffice")


def made(folder: Path) -> tuple[list[Sheet], dict[str, Path]]:
    """Digital pages, and the file of each producer that sets them."""
    pages = sheets(SEED, 5, styles=[*STYLES, EASTERN])
    producers = [producer for producer in pagemakers.PRODUCERS if pagemakers.installed(producer)]
    files = {producer: folder / f"{n}.pdf" for n, producer in enumerate(producers)}
    for producer, path in files.items():
        pagemakers.PRODUCERS[producer](pages, path)
    return pages, files


def digital(folder: Path) -> str:
    pages, files = made(folder)
    rows = ["| digital pages of | characters wrong | digit strings exact |", "|---|---:|---|"]
    for producer, path in files.items():
        wrong, letters, exact, strings = 0, 0, 0, 0
        read = read_pages(path)
        for sheet, page in zip(pages, read, strict=True):
            truth, seen = normal(" ".join(sheet.texts)), normal(" ".join(line.text for line in page.lines))
            wrong += Levenshtein.distance(truth, seen)
            letters += len(truth)
            wanted = digit_strings(sheet.texts)
            exact += (wanted & digit_strings([line.text for line in page.lines])).total()
            strings += wanted.total()
        rows.append(f"| {producer} | {100 * wrong / letters:.3f} % of {letters} | {share(exact, strings)} |")
    return "\n".join(rows)


def triage(folder: Path) -> str:
    """Pages told right: those whose layer lies never ``text``, healthy ones always; reading their image is left out."""
    _, files = made(folder)
    verdicts: dict[str, Counter[str]] = {}
    for producer in (p for p in (*FACES, "Cairo (pango-view)") if p in files):
        for way, path in pagemakers.broken_layers(files[producer], folder).items():
            verdicts.setdefault(way, Counter()).update(_kinds(path))
    outlines = folder / "outlines.pdf"
    pagemakers.outlined(sheets(SEED + 1, 3), outlines)
    verdicts["letters drawn as curves"] = Counter(_kinds(outlines))
    rows = ["| text layer | pages not taken for text | kinds told |", "|---|---|---|"]
    for way, kinds in verdicts.items():
        told = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        rows.append(f"| {way} | {share(kinds.total() - kinds['text'], kinds.total())} | {told} |")
    healthy = Counter(kind for path in files.values() for kind in _kinds(path))
    rows.append(
        f"| healthy, sent to be recognised | {share(healthy.total() - healthy['text'], healthy.total())} | |"
    )
    return "\n".join(rows)


def _kinds(path: Path) -> list[str]:
    """Kinds of the pages of a file; no image is read."""

    def told(
        _path: Path, number: int, _layer: object, _lines: object, width: float, height: float, triage: Triage
    ) -> Page:
        return Page(
            number=number,
            width=width,
            height=height,
            kind=triage.kind,
            reason=triage.reason,
            score=triage.score,
        )

    seeing, reading._from_image = reading._from_image, told
    try:
        return [page.kind.value for page in read_pages(path)]
    finally:
        reading._from_image = seeing
