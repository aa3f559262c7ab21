"""Strangers' digital reports as an office would scan them: four pages of each, every page with a fault of its own.

What is read of them is held against their truth with the scoring of ``tests/test_strangers.py``, grade by grade, and
against the digital report itself: a published value is *wrong* when neither the truth nor what the text layer is read to
has it on its sheet, and *silent* when moreover no finding names it and no edit made it (as in ``scanned.py``).
"""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from pipeline.archive.opening import examine
from pipeline.codebook.loading import Codebook, load
from pipeline.model.extraction import Extraction
from pipeline.model.reading import Reading
from pipeline.reading import read_report
from pipeline.run import assembled
from tests.bench.officefaults import FAULTS
from tests.bench.pagescans import GRADES, Grade, add_picture, photographed
from tests.bench.scanned import warnings_of
from tests.test_strangers import FLOORS, FOLDER, MENTIONED, labelled, place, truth

PAGES = 4
#: The grades a page may have; the last stands for the faults, which take turns.
PLAIN = {"300 dpi": GRADES[0], "200 dpi": GRADES[1], "photocopy": GRADES[2]}
OFFICE = Grade("an office's scanner", 200, skew=0.3, noise=3.0, quality=70)
TWO = "two on a sheet"
REPORTS = sorted(name for name in FLOORS if not name.endswith("-scan"))
#: The reader was mended by the first half; the other was looked at once before and once after.
DEVELOPMENT, HELD_OUT = REPORTS[::2], REPORTS[1::2]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a scanned report: the pages of the digital one that it shows, and what happened to it."""

    pages: tuple[int, ...]
    grade: str


@dataclass(slots=True)
class Outcome:
    """Counts of a grade: of true figures and cells, and of published values."""

    figures: int = 0
    figures_read: int = 0
    cells: int = 0
    cells_read: int = 0
    labelled: int = 0
    values: int = 0
    strange: int = 0
    wrong: int = 0
    silent: int = 0
    warned: int = 0
    seen: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another outcome in."""
        for name in (one.name for one in fields(self)):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def sheets_of(name: str, index: int) -> list[Sheet]:
    """The sheets of a report: the four pages on end that say most, each with the next grade."""
    true = truth(name)
    says = Counter(f["page"] for f in true["figures"])
    for table in true["tables"]:
        says[table["page"]] += len(table["cells"])
    last = max(says)
    first = max(range(1, max(2, last - PAGES + 2)), key=lambda at: sum(says[at + k] for k in range(PAGES)))
    faults = [*FAULTS, TWO]
    held = []
    for k, page in enumerate(range(first, min(first + PAGES, last + 1))):
        turn = (k + index) % (len(PLAIN) + 1)
        fault = faults[index % len(faults)]
        pages = (page, first - 1 if first > 1 else last) if turn == len(PLAIN) and fault == TWO else (page,)
        held.append(Sheet(pages, [*PLAIN, fault][turn]))
    return held


def scan(name: str, sheets: Sequence[Sheet], path: Path) -> None:
    """The sheets of a report as pictures in a PDF of its own."""
    document, out = pypdfium2.PdfDocument(FOLDER / f"{name}.pdf"), pikepdf.new()
    for number, sheet in enumerate(sheets, start=1):
        grade = PLAIN.get(sheet.grade, OFFICE)
        shown = [
            document[page - 1].render(scale=grade.dpi / 72).to_pil().convert("L") for page in sheet.pages
        ]
        image = Image.new("L", (sum(one.width for one in shown), max(one.height for one in shown)), 255)
        for at, one in enumerate(shown):
            image.paste(one, (sum(before.width for before in shown[:at]), 0))
        seed = number + sum(map(ord, name))
        if sheet.grade in FAULTS:
            image = FAULTS[sheet.grade](image, seed)
        size = image.width * 72 / grade.dpi, image.height * 72 / grade.dpi
        add_picture(out, photographed(image, grade, seed), *size, grade)
    document.close()
    out.save(path, deterministic_id=True)


def outcomes(
    name: str, sheets: Sequence[Sheet], read: Extraction, twin: Extraction, codebook: Codebook
) -> Iterator[tuple[Sheet, Outcome]]:
    """By sheet, what is read and published of it against what is printed there."""
    dataset = assembled([read], codebook)
    told = warnings_of(dataset)
    published = {i: o.obs_value for o in dataset.observations for i in (o.reading_id, *o.duplicates)}
    reading_of = {o.observation_id: o.reading_id for o in dataset.observations}
    marked = {i for f in dataset.findings for i in (*f.readings, *(reading_of[o] for o in f.observations))}
    marked |= {edit.reading_id for edit in dataset.edits}
    true = truth(name)
    for number, sheet in enumerate(sheets, start=1):
        said = [r for r in dataset.readings if r.value is not None and r.locus.page == number]
        out = _against(true, sheet, said)
        printed = _printed(true, sheet, twin)
        for one in said:
            assert one.value is not None
            value = (published.get(one.reading_id) or one.value).normalize()
            right = printed[value] > 0
            printed[value] -= right
            sure = one.reading_id not in marked
            out.values += 1
            out.wrong += not right
            out.silent += not right and sure
            out.warned += right and bool(told[one.reading_id])
            if not right:
                where = " × ".join(str(label) for label in (one.row_label, one.column_label))
                kind = "SILENT" if sure else "marked"
                out.seen.append(
                    f"{kind} {name} {sheet} {one.kind} {one.raw!r} -> {value} ({one.locus.confidence:.2f}) {where}"
                )
        yield sheet, out


def _against(true: dict[str, Any], sheet: Sheet, said: Sequence[Reading]) -> Outcome:
    """The scoring of the strangers' test, of one sheet."""
    here = [f for f in true["figures"] if f["page"] in sheet.pages]
    figures = Counter(place(1, f["value"])[1] for f in here if f["unit"] != MENTIONED)
    cells = [
        (place(1, c["value"])[1], c) for t in true["tables"] if t["page"] in sheet.pages for c in t["cells"]
    ]
    found = Counter(one.value.normalize() for one in said if one.value is not None)
    of: dict[Decimal, list[Reading]] = {}
    for one in said:
        assert one.value is not None
        of.setdefault(one.value.normalize(), []).append(one)
    strange = (
        found - figures - Counter(at for at, _ in cells) - Counter(place(1, f["value"])[1] for f in here)
    )
    return Outcome(
        figures=figures.total(),
        figures_read=(figures & found).total(),
        cells=len(cells),
        cells_read=(Counter(at for at, _ in cells) & found).total(),
        labelled=sum(any(labelled(one, cell) for one in of.get(at, ())) for at, cell in cells),
        strange=strange.total(),
    )


def _printed(true: dict[str, Any], sheet: Sheet, twin: Extraction) -> Counter[Decimal]:
    """Every value of the sheet, as often as the truth or the digital report has it there."""
    drawn = Counter(
        place(1, one["value"])[1]
        for one in (*true["figures"], *(c | {"page": t["page"]} for t in true["tables"] for c in t["cells"]))
        if one["page"] in sheet.pages
    )
    read = Counter(
        r.value.normalize() for r in twin.readings if r.value is not None and r.locus.page in sheet.pages
    )
    return drawn | read


HEAD = "| grade | figures | cells | under their labels | values | strange | wrong | wrong and unmarked | right with a warning |"


def row(name: str, out: Outcome) -> str:
    """One row of the table."""
    told = [
        f"{out.figures_read} of {out.figures}",
        f"{out.cells_read} of {out.cells}",
        *map(str, (out.labelled, out.values, out.strange, out.wrong, out.silent, out.warned)),
    ]
    return f"| {name} | {' | '.join(told)} |"


def run() -> str:
    """The section of the bench: the reports that the reader was not mended by."""
    logging.disable(logging.WARNING)
    codebook = load()
    grades: dict[str, Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="hasila-bench-") as folder:
        for index, name in enumerate(HELD_OUT):
            sheets, path = sheets_of(name, index), Path(folder) / f"{name}.pdf"
            scan(name, sheets, path)
            read, twin = (read_report(examine(file), codebook) for file in (path, FOLDER / f"{name}.pdf"))
            for sheet, out in outcomes(name, sheets, read, twin, codebook):
                grades.setdefault(sheet.grade, Outcome()).add(out)
                grades.setdefault("all", Outcome()).add(out)
    rule = "|---" + "|---:" * HEAD.count(" | ") + "|"
    return "\n".join([HEAD, rule, *(row(name, grades[name]) for name in grades)])
