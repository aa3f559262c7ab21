"""Bench of the checks: made-up clean documents, faults put into them, what is found, where, and repaired."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from math import sqrt
from pathlib import Path

from pipeline.archive.opening import examine
from pipeline.codebook.loading import Codebook, load
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Finding, Judgement, Severity
from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Absence, Label, Reading
from pipeline.model.reading import Table as Grid
from pipeline.model.report import Outcome, Report
from pipeline.reading import read_report
from pipeline.readings.prose.sentences import find_figures
from pipeline.run import assembled
from pipeline.series.assemble import assemble
from pipeline.validation.inspection import inspect
from pipeline.validation.judge import judge
from pipeline.validation.tables.failures import checked
from pipeline.validation.tables.layout import Naming, grids
from pipeline.validation.tables.localise import ways
from tests.bench.made_faults import CLASSES, Fault, put
from tests.bench.made_tables import SHAPES, Dice, Document, crossed, pair

#: Documents that were never looked at while the checks were written start here.
VERIFICATION, DEVELOPMENT = 900_000, 100_000
CLEAN, EACH = 330, 40
#: Classes that the arithmetic of one table can see.
_SEEN = ("misread", "dropped", "transposed", "reversed groups", "stale total", "stale percent", "other denominator",
         "missing row", "unit × 1000")  # fmt: skip


def wilson(hits: int, of: int, z: float = 1.96) -> str:
    """A share with its 95 % interval, in percent."""
    if not of:
        return "–"
    p = hits / of
    middle, spread = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)
    return f"{100 * p:.1f} % ({100 * max(low, 0):.1f}–{100 * min(high, 1):.1f}, n = {of})"


def extraction(document: Document) -> Extraction:
    """What the reading stage would give for a document."""
    name = f"m{document.year}"
    report = Report(
        report_id=name, sha256=name * 8, path=Path(f"{name}.pdf"), file_name=f"{name}.pdf", size=1,
        outcome=Outcome.READ, edition_year=document.year, publisher="وزارة التضامن",
    )  # fmt: skip
    prose = find_figures(name, [_page(document.sentences)], set(), lambda page, top: "", 12)
    table_id = f"{name}-p002-t1"
    return Extraction(
        report=report,
        tables=(
            Grid(
                table_id=table_id, report_id=name, page=2, box=Box(0, 0, 500, 500), cells=(),
                row_count=len(document.table.rows), column_count=len(document.table.heads),
                caption=Label(ar=document.table.caption[0], fr=document.table.caption[1]),
            ),
        ),
        readings=(*_readings(document, name, table_id), *prose.readings),
        mentions=tuple(prose.mentions),
    )  # fmt: skip


def _readings(document: Document, name: str, table_id: str) -> list[Reading]:
    table = document.table
    held = []
    for (r, c), box in sorted(table.cells.items()):
        place = Locus(
            name, 2, Box(50 * c, 20 * r, 50 * c + 40, 20 * r + 12), Method.OCR if table.scanned else Method.TEXT,
            min(box.confidence, 0.995) if table.scanned else 1.0,
        )  # fmt: skip
        held.append(
            Reading(
                reading_id=f"{table_id}-r{r}-c{c}",
                locus=place,
                kind="cell",
                raw=box.raw,
                value=box.value,
                resolution=box.resolution,
                unit_measure=box.unit,
                table_id=table_id,
                row=r,
                column=c,
                absence=Absence.NIL if box.value is None else Absence.NONE,
                row_label=Label(ar=table.rows[r][0], fr=table.rows[r][1]),
                column_label=Label(ar=table.heads[c][0], fr=table.heads[c][1]),
                second_raw=box.second,
            )
        )
    return held


def _page(sentences: list[str]) -> Page:
    lines = []
    for i, sentence in enumerate(sentences):
        top = 60.0 * i + 40
        words = tuple(
            Word(text=w, raw=w, box=Box(40 * j, top, 40 * j + 36, top + 12), size=12)
            for j, w in enumerate(sentence.split())
        )
        way = Direction.RTL if any("\u0600" <= ch <= "\u06ff" for ch in sentence) else Direction.LTR
        lines.append(Line(words=words, box=Box.around(w.box for w in words), direction=way))
    return Page(number=1, width=2000, height=2000, kind=PageKind.TEXT, reason="", score=1, lines=tuple(lines))


def judged(documents: list[Document], codebook: Codebook) -> Judgement:
    """Everything from readings to findings."""
    extractions = [extraction(one) for one in documents]
    return judge(extractions, assemble(extractions, codebook), codebook)


@dataclass(slots=True)
class Score:
    """Counts of one class."""

    tried: int = 0
    found: int = 0
    first: int = 0
    placed: int = 0
    origin: Counter[str] = field(default_factory=Counter)
    right_origin: int = 0
    missed: list[str] = field(default_factory=list)


def touching(fault: Fault, judgement: Judgement, kind: str) -> list[Finding]:
    """Findings that name what was made wrong."""
    last = fault.documents[-1]
    ids = {f"m{last.year}-p002-t1-r{r}-c{c}" for r, c in fault.cells}
    rule = {"weekday": "CEL-08", "plan": "DOC-06", "growth": "DOC-05"}.get(fault.word, "")
    held = []
    for finding in judgement.findings:
        if finding.severity is Severity.INFORMATION or finding.rule == "CEL-03":
            continue
        named = set(finding.readings) | {_reading(o) for o in finding.observations}
        if (rule and finding.rule == rule and finding.report_id == f"m{last.year}") or (ids & named):
            held.append(finding)
    return held


_READING_OF: dict[str, str] = {}


def _reading(observation: str) -> str:
    return _READING_OF.get(observation, "")


def measure(
    first_seed: int, codebook: Codebook, *, clean: int, each: int
) -> tuple[dict[str, Score], Counter[str], list[str]]:
    """Scores by class, and what the clean documents raised."""
    noise: Counter[str] = Counter()
    odd: list[str] = []
    for i in range(clean):
        documents = pair(first_seed + 10 * i, SHAPES[i % len(SHAPES)], 2020)
        for finding in judged(documents, codebook).findings:
            noise[finding.severity.value] += 1
            if finding.severity is not Severity.INFORMATION:
                odd.append(f"{SHAPES[i % len(SHAPES)]} {finding.rule} {finding.message_en[:200]}")
    scores: dict[str, Score] = defaultdict(Score)
    for number, kind in enumerate(CLASSES):
        at = 0
        while scores[kind].tried < each and at < 60 * each:
            seed = first_seed + 10_000 * (number + 1) + 10 * at
            fault = put(Dice(seed), kind, pair(seed, SHAPES[at % len(SHAPES)], 2020))
            at += 1
            if fault is not None:
                _score(scores[kind], kind, fault, codebook)
    return scores, noise, odd


def _score(score: Score, kind: str, fault: Fault, codebook: Codebook) -> None:
    extractions = [extraction(one) for one in fault.documents]
    assembly = assemble(extractions, codebook)
    _READING_OF.clear()
    _READING_OF.update({o.observation_id: o.reading_id for o in assembly.observations})
    held = touching(fault, judge(extractions, assembly, codebook), kind)
    score.tried += 1
    if not held:
        table = fault.documents[-1].table
        read = [table.cells[cell].raw for cell in fault.cells[:3] if cell in table.cells]
        score.missed.append(f"{table.shape} {fault.cells[:3]} {fault.truth} -> {read}")
        return
    score.found += 1
    score.right_origin += held[0].origin.value in CLASSES[kind]
    score.origin[held[0].origin.value] += 1
    last = fault.documents[-1]
    if len(fault.cells) == 1 and last.table.percents and kind != "missing row":
        score.placed += 1
        wanted = f"m{last.year}-p002-t1-r{fault.cells[0][0]}-c{fault.cells[0][1]}"
        table = [f for f in held if f.rule.startswith("TAB")]
        score.first += bool(table) and table[0].readings[0] == wanted


@dataclass(slots=True)
class Repairs:
    """How many faults of reading were put right, put wrong, or left; and faults of the source that were touched."""

    tried: int = 0
    right: int = 0
    wrong: int = 0
    sources: int = 0
    touched: int = 0
    noted: list[str] = field(default_factory=list)


def repairs(first_seed: int, codebook: Codebook, *, each: int) -> Repairs:
    """Faults of reading on scans, where a repair is wanted, and faults of the source, where none is."""
    out = Repairs()
    for number, kind in enumerate(CLASSES):
        if kind in ("wrong weekday", "plan horizon", "growth claim", "restated", "stale copy"):
            continue
        for at in range(each):
            seed = first_seed + 1_000_000 * (number + 1) + 10 * at
            fault = put(Dice(seed), kind, pair(seed, SHAPES[at % len(SHAPES)], 2020))
            if fault is not None:
                _repaired(out, kind, fault, codebook)
    return out


def _repaired(out: Repairs, kind: str, fault: Fault, codebook: Codebook) -> None:
    last = fault.documents[-1]
    reading = kind in ("misread", "dropped", "reversed groups")
    if not reading:  # on a scan too, what both readings agree on is what is printed
        last.table.scanned = True
    edits = inspect([extraction(last)], codebook).edits
    out.tried += reading
    out.sources += not reading
    if not edits:
        return
    out.touched += not reading
    if reading:
        r, c = fault.cells[0]
        name = f"m{last.year}-p002-t1-r{r}-c{c}"
        true = number_in(fault.truth) * (10**6 if last.table.cells[r, c].unit == "MAD" else 1)
        right = [(e.reading_id, Decimal(e.new)) for e in edits] == [(name, true)]
        out.right += right
        out.wrong += not right
        if not right:
            out.noted.append(f"{kind} {last.table.shape} {fault.truth} {edits}")


def number_in(text: str) -> Decimal:
    """A number as this bench prints it."""
    return Decimal(text.replace(" ", "").replace("%", "").replace(",", "."))


def rate(codebook: Codebook) -> list[str]:
    """Tables a minute on one core without repair, and the cost of one search by size of table."""
    extractions = [extraction(pair(50 * i, SHAPES[i % len(SHAPES)], 2020)[0]) for i in range(1500)]
    naming = Naming.of(codebook)
    began = time.process_time()
    for one in extractions:
        for grid in grids(one, naming):
            checked(grid)
    speed = 60 * len(extractions) / (time.process_time() - began)
    lines = [
        f"Rate: {speed:,.0f} tables a minute of processor time, from readings to relations, without repair.",
        "",
    ]
    lines += ["| rows × 3 columns with totals | search for one wrong cell | for two |", "|---|---|---|"]
    for size in (3, 6, 12, 24, 48, 96):
        lines.append(f"| {size} | {_search(size, 1, naming)} | {_search(size, 2, naming)} |")
    return lines


def _search(size: int, wrong: int, naming: Naming) -> str:
    draw = Dice(size)
    document = pair(size, "regions", 2020)[0]
    labels = [(f"جماعة {i}", f"Commune {i}") for i in range(size)]
    document.table = crossed(draw, labels, [("ذكور", "Masculin"), ("إناث", "Féminin")], "regions", "big")
    for i in range(wrong):
        box = document.table.cells[i, i]
        box.value = (box.value or Decimal(0)) + 10
    table = checked(grids(extraction(document), naming)[0])
    began = time.perf_counter()
    for group in table.failed:
        ways(table.grid, group, table.held)
    return f"{1000 * (time.perf_counter() - began):.1f} ms"


def scanned(codebook: Codebook) -> str:
    """Real faults of recognition: the scanned fixture against its twin with a text layer."""
    reports = Path(__file__).resolve().parents[2] / "fixtures" / "reports"
    scan, twin = (
        read_report(examine(reports / name), codebook) for name in ("2023-scan.pdf", "2023-chromium.pdf")
    )
    dataset = assembled([scan], codebook)
    published = {i: o.obs_value for o in dataset.observations for i in (o.reading_id, *o.duplicates)}
    reading_of = {o.observation_id: o.reading_id for o in dataset.observations}
    marked = {i for f in dataset.findings for i in (*f.readings, *(reading_of[o] for o in f.observations))}
    true = Counter(r.value for r in twin.readings if r.value is not None)
    values = [r for r in dataset.readings if r.value is not None]
    wrong = []
    for one in values:
        value = published.get(one.reading_id, one.value)
        if true[value] > 0:
            true[value] -= 1
        else:
            wrong.append(one)
    silent = [one for one in wrong if one.reading_id not in marked]
    return (
        f"\nScanned fixture of 2023: {len(values)} values, {len(wrong)} not in its twin; with a finding or a repair "
        f"{wilson(len(wrong) - len(silent), len(wrong))}; wrong and unmarked {wilson(len(silent), len(values))}. "
        f"{sum(true.values())} values of the twin are not among them.\n"
    )


def run() -> str:
    """The section of the bench."""
    codebook = load()
    began = time.perf_counter()
    scores, noise, _ = measure(VERIFICATION, codebook, clean=CLEAN, each=EACH)
    mended = repairs(VERIFICATION, codebook, each=400)
    return (
        report(scores, noise, CLEAN)
        + told(mended)
        + "\n".join([*rate(codebook), scanned(codebook)])
        + f"\nTook {time.perf_counter() - began:.0f} s.\n"
    )


def told(mended: Repairs) -> str:
    """The lines on repairs."""
    done = mended.right + mended.wrong
    return (
        f"\nRepairs accepted without a person: {wilson(mended.right, done)} right; "
        f"{wilson(done, mended.tried)} of the misreadings are put right, the others are findings. "
        f"Faults of the source on scans that were changed: {wilson(mended.touched, mended.sources)}.\n\n"
    )


def report(scores: dict[str, Score], noise: Counter[str], clean: int) -> str:
    """Markdown of the scores."""
    lines = [
        "| class | found | right cell first (with percents) | origin right | origins told |",
        "|---|---|---|---|---|",
    ]
    for kind, score in scores.items():
        told = ", ".join(f"{name} {count}" for name, count in score.origin.most_common())
        lines.append(
            f"| {kind} | {wilson(score.found, score.tried)} | {wilson(score.first, score.placed)} "
            f"| {wilson(score.right_origin, score.found)} | {told} |"
        )
    every, seen = list(scores.values()), [scores[k] for k in _SEEN]
    lines += [
        "",
        f"Found over all: {wilson(sum(s.found for s in every), sum(s.tried for s in every))}; "
        f"classes that arithmetic sees: {wilson(sum(s.found for s in seen), sum(s.tried for s in seen))}.",
        f"Right cell first: {wilson(sum(s.first for s in every), sum(s.placed for s in every))}. "
        f"Origin right: {wilson(sum(s.right_origin for s in every), sum(s.found for s in every))}.",
        f"Clean documents: {clean} pairs of reports, {2 * clean} tables. Per 100 tables: "
        f"{100 * noise['error'] / (2 * clean):.2f} errors, {100 * noise['warning'] / (2 * clean):.2f} warnings, "
        f"{100 * noise['information'] / (2 * clean):.2f} informations.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    done = repairs(DEVELOPMENT, load(), each=150)
    print(told(done), *done.noted[:5], sep="\n")
    print(*rate(load()), sep="\n")
    found, noise, odd = measure(DEVELOPMENT, load(), clean=110, each=20)
    print(report(found, noise, 110))
    print("\n".join(odd[:25]))
    for kind, score in found.items():
        for line in score.missed[:6]:
            print(kind, "MISSED", line)
