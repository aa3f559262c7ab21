"""Labels of recognised tables: a figure whose line has no name to be read, or that of another line, says nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.codebook.loading import Codebook, fold
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.place import Method
from pipeline.model.reading import Label, Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.tables.layout import Grid
from pipeline.validation.tables.view import View
from pipeline.validation.tables.wording import name

#: Words of fewer letters are what recognition makes of a smear.
_WORD = 3
_LETTERS, _VOWEL = re.compile(r"[^\W\d_]+"), re.compile(r"[aeiouy]", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FIGURE = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?!\d)")
#: A column with figures in fewer of its rows may be made of pieces of labels.
_SPARSE = 0.34
#: Words by which a heading says that it counts, folded.
_COUNTS = frozenset({"عدد", "العدد", "nombre", "effectif"})
_TOTALS = ("total", "subtotal")

_WHAT = {
    "rows": ("سطر بلا اسم مقروء", "ligne sans libellé lisible", "a row without a readable label"),
    "columns": ("عمود بلا عنوان مقروء", "colonne sans titre lisible", "a column without a readable heading"),
    "heads": (
        "عنوان لا يناسب عموده",
        "titre qui ne va pas à sa colonne",
        "a heading that does not fit its column",
    ),
    "figures": ("رقم في تسمية", "un chiffre pris dans un libellé", "a figure that may be part of a label"),
}


def unreadable_labels(evidence: Evidence) -> Iterator[Finding]:
    """On a scan every row and every column of figures has a name that can be read, and a column has more than a figure or two."""
    for grid in evidence.grids:
        if not _recognised(grid):
            continue
        for what, readings in _nameless(grid, evidence.codebook):
            if not readings:
                continue
            ar, fr, en = _WHAT[what]
            shown = ", ".join(reading.raw for reading in readings[:5])
            yield card(
                "LAB-01",
                "table",
                Severity.WARNING,
                readings=readings,
                observed=readings[0].raw,
                origin=Origin.EXTRACTION,
                influence=0.5,
                ar=f"{ar}: {shown}",
                fr=f"{fr} : {shown}",
                en=f"{en}: {shown}",
            )


def _nameless(grid: Grid, codebook: Codebook) -> Iterator[tuple[str, list[Reading]]]:
    figures = [reading for reading in grid.cells.values() if reading.value is not None]
    in_column = Counter(reading.column for reading in figures)
    rows = {row for row in grid.rows if not readable(grid.row_label[row])}
    columns = {column for column in grid.columns if not readable(grid.column_label[column])}
    columns |= _under_group_only(grid)
    mixed = {c for c in grid.columns if c not in columns and _mixed(grid, c, codebook)}
    yield "rows", [r for r in figures if r.row in rows]
    if len(in_column) > 1 or any(_YEAR.fullmatch(r.raw.strip()) for r in figures if r.row == grid.rows[0]):
        yield "columns", [r for r in figures if r.column in columns]
    sparse = {c for c, n in in_column.items() if n < _SPARSE * len(grid.rows) and len(in_column) > 1}
    yield "heads", [r for r in figures if r.column in mixed]
    yield "figures", [r for r in figures if r.column in sparse]


def _under_group_only(grid: Grid) -> set[int]:
    """Columns that bear the name of a group only, while others of that group have one of their own below it."""
    told = {c: [text for text in (label.ar, label.fr) if text] for c, label in grid.column_label.items()}
    groups = {
        " / ".join(tiers[:depth])
        for held in told.values()
        for tiers in (text.split(" / ") for text in held)
        for depth in range(1, len(tiers))
    }
    return {c for c, held in told.items() if groups & set(held)}


def readable(label: Label) -> bool:
    """Whether some language of a label holds a word or a year, and no language a figure of the table."""
    texts = [text.split(" / ")[-1] for text in (label.ar, label.fr)]
    if any(_FIGURE.search(text) for text in (label.ar, label.fr)):
        return False
    return any(_YEAR.search(text) or any(_is_word(word) for word in _LETTERS.findall(text)) for text in texts)


def _is_word(letters: str) -> bool:
    """Three letters or more; in Latin ones a vowel among them, or an acronym in capitals."""
    if len(letters) < _WORD:
        return False
    return not letters.isascii() or letters.isupper() or bool(_VOWEL.search(letters))


def _mixed(grid: Grid, column: int, codebook: Codebook) -> bool:
    """Whether a heading names two sexes or two years, or says that a column of percents counts something."""
    label = grid.column_label[column]
    for text in (label.ar, label.fr):
        tiers = [fold(part) for part in text.split(" / ")]
        sexes = {codebook.sex_of[part] for part in tiers if part in codebook.sex_of} - {"_T"}
        years = {part for part in tiers if _YEAR.fullmatch(part)}
        if len(sexes) > 1 or len(years) > 1:
            return True
    units = {r.unit_measure for (_, c), r in grid.cells.items() if c == column and r.value is not None}
    words = {word for text in (label.ar, label.fr) for word in fold(text.split(" / ")[-1]).split()}
    named = {word for kind in ("share", "rate", "change") for word in codebook.identities.words[kind]}
    return units == {"PT"} and bool(words & _COUNTS) and not words & named


def same_names(evidence: Evidence) -> Iterator[Finding]:
    """On a scan two lines beside each other do not bear one name: one of the two was not read.

    For the record only where the other language tells the lines apart.
    """
    for grid in evidence.grids:
        if not _recognised(grid):
            continue
        for turned in (False, True):
            view = View.of(grid, turned=turned)
            for lines, apart in _alike(view).items():
                label = name(view.label[lines[0]])
                cells = [
                    r
                    for line in lines
                    for at in view.across
                    if (r := grid.cells.get(view.key(line, at))) is not None and r.value is not None
                ]
                if not cells:
                    continue
                ar, fr, en = ("عمود", "colonnes", "columns") if turned else ("سطر", "lignes", "rows")
                yield card(
                    "LAB-02",
                    "table",
                    Severity.INFORMATION if apart else Severity.WARNING,
                    readings=cells,
                    observed=cells[0].raw,
                    origin=Origin.EXTRACTION,
                    influence=0.5,
                    ar=f"أكثر من {ar} بالاسم نفسه «{label}» ({len(lines)})",
                    fr=f"{len(lines)} {fr} du même nom « {label} »",
                    en=f"{len(lines)} {en} of one name “{label}”",
                )  # fmt: skip


def _alike(view: View) -> dict[tuple[int, ...], bool]:
    """Lines of one name, in either language, within a stretch between totals; of columns the whole head counts.

    With them, whether the other language tells every one of them from the others.
    """
    found: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    stretch = 0
    for line in view.lines:
        if view.kind[line][0] in _TOTALS:
            stretch += 1
            if not view.turned:
                continue
        label = view.label[line]
        for language, text in enumerate((label.ar, label.fr)):
            if len(key := fold(text)) > _WORD:
                found[0 if view.turned else stretch, language, key].append(line)
    alike: dict[tuple[int, ...], bool] = {}
    for (_, language, _), lines in found.items():
        if len(lines) > 1:
            apart = _apart([(view.label[line].fr, view.label[line].ar)[language] for line in lines])
            alike[tuple(lines)] = apart and alike.get(tuple(lines), True)
    return alike


def _apart(texts: Sequence[str]) -> bool:
    """Whether texts are all words, and no two of them alike."""
    keys = [fold(text) for text in texts]
    return all(readable(Label(ar=text)) for text in texts) and len(set(keys)) == len(keys)


def _recognised(grid: Grid) -> bool:
    return any(reading.locus.method is Method.OCR for reading in grid.cells.values())
