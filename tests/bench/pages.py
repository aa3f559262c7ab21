"""Reading pages: text in logical order from six producers, text layers that lie, scans in five grades, and the cost of it."""

from __future__ import annotations

import itertools
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber
import pytesseract
from rapidfuzz.distance import Levenshtein

from pipeline.model.page import Line, Page, Word
from pipeline.pages import ocr, raster, read_pages
from pipeline.pages import page as reading
from pipeline.pages.triage import Triage
from tests.bench import pagemakers
from tests.bench.checks import wilson as share
from tests.bench.pagescans import GRADES, TURNED, Grade, scan
from tests.bench.pagetext import (
    EASTERN,
    STYLES,
    Sheet,
    Style,
    arabic_words,
    digit_strings,
    normal,
    placed_digit_strings,
    sheets,
)

#: Values under this confidence carry a finding (``sure_confidence`` of the codebook).
SURE = 0.99
SEED = 70401
#: Pages of each producer that are scanned in each grade, and the producers with their typefaces.
SCANNED = 2
FACES = ("WeasyPrint", "Chromium", "LibreOffice")


@dataclass
class Score:
    """Counts over the scans of one grade."""

    strings: int = 0
    exact: int = 0
    marked: int = 0
    silent: int = 0
    sure: int = 0
    sure_wrong: int = 0
    words: int = 0
    words_right: int = 0
    by_confidence: Counter[tuple[float, bool]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def run() -> str:
    """The block of the README."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = sheets(SEED, 5, styles=[*STYLES, EASTERN])
        producers = [producer for producer in pagemakers.PRODUCERS if pagemakers.installed(producer)]
        files = {producer: folder / f"{n}.pdf" for n, producer in enumerate(producers)}
        for producer, path in files.items():
            pagemakers.PRODUCERS[producer](pages, path)
        parts = [
            _digital(pages, files),
            _triage(files, folder),
            _scans(folder),
            _native(folder),
            _turned(folder),
            _cost(files, folder),
        ]
    return "\n\n".join(parts)


def _digital(pages: Sequence[Sheet], files: dict[str, Path]) -> str:
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


def _triage(files: dict[str, Path], folder: Path) -> str:
    """Pages told right: those whose layer lies never ``text``, healthy ones always; reading their image is left out."""
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


def _originals(
    folder: Path, seed: int, count: int, faces: Sequence[str] = FACES, styles: Sequence[Style] = ()
) -> list[tuple[Path, list[Sheet]]]:
    made = []
    for n, face in enumerate(f for f in faces if pagemakers.installed(f)):
        usual = STYLES[n % 2 :: 2] if count < len(STYLES) else STYLES
        pages = sheets(seed + n, count, styles=styles or usual)
        path = folder / f"original {face}{' native' if styles else ''}.pdf"
        pagemakers.PRODUCERS[face](pages, path)
        made.append((path, pages))
    return made


def _scans(folder: Path) -> str:
    rows = [
        "| scans | digit strings exact | wrong or missing, marked or absent | wrong and unmarked | "
        "of values with confidence ≥ 0.99 wrong | Arabic words right |",
        "|---|---|---:|---|---|---|",
    ]
    originals = _originals(folder, SEED + 10, SCANNED)
    confidences: Counter[tuple[float, bool]] = Counter()
    for grade in GRADES:
        score = _graded(originals, grade, folder)
        confidences += score.by_confidence
        rows.append(
            f"| {grade.name} | {share(score.exact, score.strings)} | {score.marked} | "
            f"{share(score.silent, score.strings)} | {share(score.sure_wrong, score.sure)} | "
            f"{share(score.words_right, score.words)} |"
        )
        print(grade.name, score.wrong, flush=True)
    rows += ["", "| confidence of figures on scans | right |", "|---|---|"]
    for low, high in itertools.pairwise((0.0, 0.45, 0.7, 0.85, 0.92, SURE, 1.01)):
        right, wrong = (
            sum(n for (c, r), n in confidences.items() if low <= c < high and r is way)
            for way in (True, False)
        )
        rows.append(f"| {low:.2f} to {min(high, 1.0):.2f} | {share(right, right + wrong)} |")
    return "\n".join(rows)


def _graded(originals: list[tuple[Path, list[Sheet]]], grade: Grade, folder: Path) -> Score:
    jobs = []
    for path, pages in originals:
        out = folder / f"{path.stem} {grade.name}.pdf"
        scan(path, tuple(range(1, len(pages) + 1)), grade, out)
        jobs += [(out, n, sheet) for n, sheet in enumerate(pages, start=1)]
    score = Score()
    with ProcessPoolExecutor(2) as pool:
        for (_, _, sheet), page in zip(jobs, pool.map(_read, [j[:2] for j in jobs]), strict=True):
            _judge(score, sheet, page)
    return score


def _read(job: tuple[Path, int]) -> Page:
    return read_pages(job[0], only=[job[1]])[0]


def _judge(score: Score, sheet: Sheet, page: Page) -> None:
    """Compare one scan with its truth, figure by figure; a wrong one is marked by its words or by its absence."""
    wanted = digit_strings(sheet.texts)
    left = wanted.copy()
    sure: list[str] = []
    for line in page.lines:
        for text, words in _figures(line):
            doubted = any(w.second_raw or w.confidence < SURE for w in words)
            score.by_confidence[min((w.confidence for w in words), default=0.0), bool(left[text])] += 1
            if left[text]:
                left[text] -= 1
                score.exact += 1
                score.sure += not doubted
            elif not doubted:
                sure.append(text)
                score.sure += 1
                score.sure_wrong += 1
    missing = left.total()
    score.strings += wanted.total()
    score.silent += len(sure)
    score.marked += max(missing - len(sure), 0)
    score.wrong += [f"unmarked {sure}", f"not read {list(left.elements())}"] if sure or missing else []
    truth = arabic_words(sheet.texts)
    score.words += truth.total()
    score.words_right += (truth & arabic_words([line.text for line in page.lines])).total()


def _figures(line: Line) -> list[tuple[str, tuple[Word, ...]]]:
    """Digit strings of a line with the words that hold them."""
    return [(text, line.words_between(start, end)) for text, start, end in placed_digit_strings(line.text)]


def _native(folder: Path) -> str:
    """Pages whose numbers are in Arabic-Indic digits; typefaces that the networks were trained on."""
    rows = [
        "| Arabic-Indic digits on scans | digit strings exact | wrong or missing, marked or absent | "
        "wrong and unmarked | of values with confidence ≥ 0.99 wrong |",
        "|---|---|---:|---|---|",
    ]
    originals = _originals(folder, SEED + 30, 1, styles=[EASTERN])
    for grade in GRADES[:3]:
        score = _graded(originals, grade, folder)
        rows.append(
            f"| {grade.name} | {share(score.exact, score.strings)} | {score.marked} | "
            f"{share(score.silent, score.strings)} | {share(score.sure_wrong, score.sure)} |"
        )
        print("Arabic-Indic", grade.name, score.wrong, flush=True)
    return "\n".join(rows)


def _turned(folder: Path) -> str:
    rows = ["| 300 dpi, the sheet lying | digit strings exact | Arabic words right |", "|---|---|---|"]
    originals = _originals(folder, SEED + 20, 1, FACES[:2])
    for grade in TURNED:
        score = _graded(originals, grade, folder)
        rows.append(
            f"| {grade.turned}° | {share(score.exact, score.strings)} | {share(score.words_right, score.words)} |"
        )
    return "\n".join(rows)


def _cost(files: dict[str, Path], folder: Path) -> str:
    ratios = []
    for path in files.values():
        _chars(path)
        ours, theirs = (min(_seconds(work, path) for _ in range(5)) for work in (read_pages, _chars))
        ratios.append(ours / theirs)
    lines = [
        f"A digital page costs {statistics.median(ratios):.2f} times pdfplumber's own `page.chars` "
        f"({min(ratios):.2f} to {max(ratios):.2f} by producer)."
    ]
    scanned = []
    for grade in GRADES:
        path = folder / f"original {FACES[0]} {grade.name}.pdf"
        bare = min(_seconds(_bare, path, grade) for _ in range(2))
        scanned.append((grade.name, _seconds(lambda p: read_pages(p, only=[1]), path) / bare))
    told = ", ".join(f"{ratio:.2f} ({name})" for name, ratio in scanned)
    lines.append(
        f"A scanned page costs, as a multiple of one bare Tesseract call with the script model: {told}."
    )
    return "\n".join(lines)


def _chars(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            _ = page.chars
            page.close()


def _bare(path: Path, grade: Grade) -> None:
    image = raster.render(path, 1, grade.dpi)
    pytesseract.image_to_data(image, lang=ocr._data_name(ocr.TEXT_MODEL), config=f"--dpi {grade.dpi}")


def _seconds(work: Callable[..., object], *given: object) -> float:
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun
