"""Reading pages: text in logical order from six producers, text layers that lie, scans in five grades, and the cost of it."""

from __future__ import annotations

import itertools
import os
import pickle
import resource
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber
import pytesseract

from pipeline.model.page import Line, Page, Word
from pipeline.pages import read_pages
from pipeline.pages.image import raster
from pipeline.pages.ocr import tesseract
from tests.bench import pagemakers
from tests.bench.__main__ import README, rewritten
from tests.bench.checks import wilson as share
from tests.bench.pagelayers import FACES, SEED, digital, made, triage
from tests.bench.pagescans import GRADES, TURNED, Grade, scan
from tests.bench.pagetext import (
    EASTERN,
    STYLES,
    Sheet,
    Style,
    arabic_words,
    digit_strings,
    placed_digit_strings,
    sheets,
)

#: Values under this confidence carry a finding (``sure_confidence`` of the codebook).
SURE = 0.99
#: Pages of each producer that are scanned in each grade.
SCANNED = 2


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
    with tempfile.TemporaryDirectory() as name:
        return _block({part: work(Path(name)) for part, work in _parts().items()})


def main(given: Sequence[str]) -> int:
    """Measure some parts and keep what they give in a folder; the README's block is rewritten once all are there.

    ``python -m tests.bench.pages FOLDER [PART...]``; parts are ``digital``, ``triage``, ``scans 1`` (the number of a
    grade) and so on, ``native``, ``turned`` and ``cost``. All of one block should come from one state of the code.
    """
    parts = _parts()
    if not given or set(given[1:]) - set(parts):
        print(f"Say a folder and then parts of: {', '.join(parts)}.", file=sys.stderr)
        return 2
    folder = Path(given[0])
    folder.mkdir(exist_ok=True)
    for part in given[1:] or parts:
        with tempfile.TemporaryDirectory() as name:
            (folder / f"{part}.pickle").write_bytes(pickle.dumps(parts[part](Path(name))))
    kept = {part: folder / f"{part}.pickle" for part in parts}
    wanting = [part for part, path in kept.items() if not path.exists()]
    if wanting:
        print(f"Still to be measured: {', '.join(wanting)}.")
        return 0
    block = _block({part: pickle.loads(path.read_bytes()) for part, path in kept.items()})
    README.write_text(rewritten(README.read_text("utf-8"), "pages", block), encoding="utf-8")
    return 0


def _parts() -> dict[str, Callable[[Path], Any]]:
    """Work by its name: a text of the block each, a score for each grade of scans."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    grades = {
        f"scans {n}": lambda folder, grade=grade: _graded(
            _originals(folder, SEED + 10, SCANNED), grade, folder
        )
        for n, grade in enumerate(GRADES, start=1)
    }
    return {
        "digital": digital,
        "triage": triage,
        **grades,
        "native": _native,
        "turned": _turned,
        "cost": _cost,
    }


def _block(measured: dict[str, Any]) -> str:
    scores = [measured[part] for part in measured if part.startswith("scans")]
    before, after = ("digital", "triage"), ("native", "turned", "cost")
    texts = [*(measured[part] for part in before), _scans(scores), *(measured[part] for part in after)]
    return "\n\n".join(texts)


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


def _scans(scores: Sequence[Score]) -> str:
    rows = [
        "| scans | digit strings exact | wrong or missing, marked or absent | wrong and unmarked | "
        "of values with confidence ≥ 0.99 wrong | Arabic words right |",
        "|---|---|---:|---|---|---|",
    ]
    confidences: Counter[tuple[float, bool]] = Counter()
    for grade, score in zip(GRADES, scores, strict=True):
        confidences += score.by_confidence
        rows.append(
            f"| {grade.name} | {share(score.exact, score.strings)} | {score.marked} | "
            f"{share(score.silent, score.strings)} | {share(score.sure_wrong, score.sure)} | "
            f"{share(score.words_right, score.words)} |"
        )
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
    print(grade.name, score.wrong, flush=True)
    return score


def _read(job: tuple[Path, int]) -> Page:
    return read_pages(job[0], only=[job[1]])[0]


def _judge(score: Score, sheet: Sheet, page: Page) -> None:
    """Compare one scan with its truth, figure by figure; a wrong one is marked by its words or by its absence."""
    wanted = digit_strings(sheet.texts)
    left = wanted.copy()
    sure: list[str] = []
    seen = [
        (any(w.second_raw or w.confidence < SURE for w in words), text, words)
        for line in page.lines
        for text, words in _figures(line)
    ]
    # The sure ones first, so that a marked misreading takes no other's place.
    for way in (False, True):
        for doubted, text, words in (one for one in seen if one[0] is way):
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


def _cost(folder: Path) -> str:
    """Ratios of the processor's time, all threads and Tesseract's processes included: the clock depends on who else works."""
    _, files = made(folder)
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
    ((source, _),) = _originals(folder, SEED + 10, 1, FACES[:1])
    for n, grade in enumerate(GRADES):
        path = folder / f"{n}.scan.pdf"
        scan(source, (1,), grade, path)
        bare, ours = (
            min(_seconds(work, path, *given) for _ in range(2))
            for work, given in ((_bare, (grade,)), (read_pages, ()))
        )
        scanned.append((grade.name, ours / bare))
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
    pytesseract.image_to_data(image, lang=tesseract._data_name(tesseract.TEXT_MODEL), config=f"--dpi {grade.dpi}")


def _seconds(work: Callable[..., object], *given: object) -> float:
    begun = _spent()
    work(*given)
    return _spent() - begun


def _spent() -> float:
    """Seconds of the processor that this process and those that it started have used."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
