"""The codebook, read and cross-checked: every complaint names file and line.

A statistician edits the CSV and TOML files; nothing about a single report year belongs into code.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.codebook.identities import Identities, load_identities
from pipeline.errors import CodebookError
from pipeline.language import arabic, french
from pipeline.model.edition import Code

HERE = Path(__file__).parent
UNITS = ("PS", "NUMBER", "MAD", "PT", "PP")
KINDS = ("flow", "stock", "share", "rate", "target", "structure", "amount")
SEXES = {"SEX_M": "M", "BOYS": "M", "SEX_F": "F", "GIRLS": "F", "SEX_T": "_T"}
#: Codes of labels.csv that mean the whole of a breakdown.
TOTAL_CODES = ("TOTAL", "GRAND_TOTAL", "TOTAL_BENEF", "SEX_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One quantity that reports state year after year; ``kind`` says whether years may be added."""

    code: str
    label_ar: str
    label_fr: str
    label_en: str
    unit: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRow:
    """One wording of one label."""

    code: str
    group: str
    language: str
    wording: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A country or region with its names and the years in which it exists."""

    code: str
    level: str
    parent: str
    name_ar: str
    name_fr: str
    valid_from: int | None
    valid_to: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWord:
    """A word that tells a unit, a power of ten, or both."""

    wording: str
    unit: str
    power: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """How an indicator is worded: all groups must be met, any wording of a group will do.

    ``where`` is ``table``, ``prose`` or ``any``; ``nouns`` are heads of the counted noun (prose).
    """

    indicator: str
    where: str
    unit: str
    measure: str
    nouns: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A declared change of one value; it applies only while the printed or read value is still ``old``."""

    report: str  # first digits of the report's SHA-256
    page: int
    reading: str
    field: str
    old: str
    new: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding that a person has looked at; it stays set aside until ``until``."""

    finding: str
    who: str
    why: str
    when: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """All rows, and look-ups by folded wording made from them."""

    indicators: Mapping[str, Indicator]
    labels: tuple[LabelRow, ...]
    territories: tuple[Territory, ...]
    cues: tuple[Cue, ...]
    codes: tuple[Code, ...]
    corrections: tuple[Correction, ...]
    accepted: tuple[Accepted, ...]
    publishers: tuple[tuple[str, str], ...]
    identities: Identities
    unit_words: Mapping[str, UnitWord]
    total_wordings: frozenset[str]
    sex_of: Mapping[str, str]
    age_of: Mapping[str, str]
    area_of: Mapping[str, tuple[Territory, ...]]
    headings: frozenset[str]


def fold(text: str) -> str:
    """Match key of a wording in either language."""
    return arabic.fold(text) if any("\u0600" <= c <= "\u06ff" for c in text) else french.fold(text)


def load(folder: Path | None = None) -> Codebook:
    """Read the codebook of a folder, or the one that comes with the package.

    Raises:
        CodebookError: naming file and line of the first row that is wrong.
    """
    at = folder or HERE
    indicators = {i.code: i for i in _indicators(at / "indicators.csv")}
    labels = tuple(_labels(at / "labels.csv"))
    territories = tuple(_territories(at / "territories.csv"))
    groups = {"sex": _by_wording(labels, SEXES), "total": _wordings(labels, TOTAL_CODES)}
    return Codebook(
        indicators=indicators,
        labels=labels,
        territories=territories,
        cues=tuple(_cues(at / "cues.csv", indicators)),
        codes=tuple([*_codes(at / "codes.csv"), *_indicator_codes(indicators), *_area_codes(territories)]),
        corrections=tuple(_corrections(at / "corrections.toml")),
        accepted=tuple(_accepted(at / "accepted.toml")),
        publishers=tuple((row["name_ar"], row["name_fr"]) for _, row in _rows(at / "publishers.csv", ("name_ar", "name_fr"))),
        identities=load_identities(at / "identities.toml"),
        unit_words=_unit_words(at / "unit_words.csv"),
        total_wordings=frozenset(groups["total"]),
        sex_of=groups["sex"],
        age_of={fold(row.wording): row.code for row in labels if row.group == "age" and row.code.startswith("AGE_") and row.code != "AGE_GROUP"},
        area_of=_areas(territories, labels),
        headings=frozenset(fold(row.wording) for row in labels if row.group == "furniture"),
    )


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their line numbers; needed columns may not be empty."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for row in reader:
                for column in needed:
                    if not (row.get(column) or "").strip():
                        raise CodebookError(f"{path.name} line {reader.line_num}: column '{column}' is empty.", "Fill it in.")
                yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}
    except FileNotFoundError:
        raise CodebookError(f"The codebook has no file {path.name} in {path.parent}.", "Copy it from the package.") from None


def _indicators(path: Path) -> Iterator[Indicator]:
    seen: set[str] = set()
    for line, row in _rows(path, ("code", "label_ar", "label_fr", "label_en", "unit", "kind")):
        _demand(row["code"] not in seen, path, line, f"indicator {row['code']} is there twice")
        _demand(row["unit"] in UNITS, path, line, f"unit '{row['unit']}' is not one of {', '.join(UNITS)}")
        _demand(row["kind"] in KINDS, path, line, f"kind '{row['kind']}' is not one of {', '.join(KINDS)}")
        seen.add(row["code"])
        yield Indicator(
            code=row["code"], label_ar=row["label_ar"], label_fr=row["label_fr"], label_en=row["label_en"],
            unit=row["unit"], kind=row["kind"], note=row.get("note", ""),
        )


def _labels(path: Path) -> Iterator[LabelRow]:
    for line, row in _rows(path, ("code", "group", "language", "wording")):
        _demand(row["language"] in ("ar", "fr"), path, line, f"language '{row['language']}' is neither ar nor fr")
        yield LabelRow(code=row["code"], group=row["group"], language=row["language"], wording=row["wording"], label_en=row["label_en"])


def _territories(path: Path) -> Iterator[Territory]:
    seen: set[tuple[str, str]] = set()
    for line, row in _rows(path, ("code", "level", "name_ar", "name_fr")):
        key = (row["code"], row["valid_from"])
        _demand(key not in seen, path, line, f"territory {row['code']} is there twice for one time")
        seen.add(key)
        yield Territory(
            code=row["code"], level=row["level"], parent=row["parent"], name_ar=row["name_ar"], name_fr=row["name_fr"],
            valid_from=_year(row["valid_from"], path, line), valid_to=_year(row["valid_to"], path, line),
        )


def _cues(path: Path, indicators: Mapping[str, Indicator]) -> Iterator[Cue]:
    for line, row in _rows(path, ("indicator", "where")):
        _demand(row["indicator"] in indicators, path, line, f"indicator '{row['indicator']}' is not in indicators.csv")
        _demand(row["where"] in ("table", "prose", "any"), path, line, f"where '{row['where']}' is not table, prose or any")
        _demand(bool(row["required"] or row["nouns"]), path, line, "neither nouns nor required words")
        yield Cue(
            indicator=row["indicator"], where=row["where"], unit=indicators[row["indicator"]].unit, measure=row["measure"],
            nouns=_alternatives(row["nouns"]),
            required=tuple(_alternatives(group) for group in row["required"].split("&") if group.strip()),
            forbidden=_alternatives(row["forbidden"]),
        )


def _alternatives(text: str) -> tuple[str, ...]:
    return tuple(fold(part) for part in text.split("|") if part.strip())


def _codes(path: Path) -> Iterator[Code]:
    for _, row in _rows(path, ("list", "code", "label_ar", "label_fr", "label_en")):
        yield Code(list=row["list"], code=row["code"], label_ar=row["label_ar"], label_fr=row["label_fr"], label_en=row["label_en"])


def _indicator_codes(indicators: Mapping[str, Indicator]) -> Iterator[Code]:
    for one in indicators.values():
        yield Code(list="CL_INDICATOR", code=one.code, label_ar=one.label_ar, label_fr=one.label_fr, label_en=one.label_en)


def _area_codes(territories: tuple[Territory, ...]) -> Iterator[Code]:
    for one in territories:
        yield Code(list="CL_AREA", code=one.code, label_ar=one.name_ar, label_fr=one.name_fr, label_en=one.name_fr)


def _unit_words(path: Path) -> dict[str, UnitWord]:
    words: dict[str, UnitWord] = {}
    for line, row in _rows(path, ("wording", "power")):
        _demand(row["unit"] in (*UNITS, ""), path, line, f"unit '{row['unit']}' is not one of {', '.join(UNITS)}")
        _demand(row["power"].isdigit(), path, line, f"power '{row['power']}' is not a whole number")
        key = row["wording"] if row["wording"] == "%" else fold(row["wording"])
        words[key] = UnitWord(wording=row["wording"], unit=row["unit"], power=int(row["power"]))
    return words


def _by_wording(labels: tuple[LabelRow, ...], codes: Mapping[str, str]) -> dict[str, str]:
    """Folded wordings to codes; a wording that means a total as well keeps its first code."""
    found: dict[str, str] = {}
    for row in labels:
        if row.code in codes:
            found.setdefault(fold(row.wording), codes[row.code])
    return found


def _wordings(labels: tuple[LabelRow, ...], codes: tuple[str, ...]) -> dict[str, str]:
    return {fold(row.wording): row.code for row in labels if row.code in codes}


def _areas(territories: tuple[Territory, ...], labels: tuple[LabelRow, ...]) -> dict[str, tuple[Territory, ...]]:
    found: dict[str, list[Territory]] = {}
    for one in territories:
        for name in (one.name_ar, one.name_fr):
            found.setdefault(fold(name), []).append(one)
    return {key: tuple(held) for key, held in found.items()}


def _corrections(path: Path) -> Iterator[Correction]:
    for at, row in _toml(path, "correction", ("report", "page", "reading", "field", "old", "new", "reason", "author")):
        _demand(row["field"] == "value", path, at, f"field '{row['field']}' can't be corrected; only 'value' can")
        yield Correction(**{key: row[key] for key in ("report", "page", "reading", "field", "old", "new", "reason", "author")})  # type: ignore[arg-type]


def _accepted(path: Path) -> Iterator[Accepted]:
    for at, row in _toml(path, "accepted", ("finding", "who", "why", "when")):
        _demand(isinstance(row["when"], date), path, at, "'when' is not a date")
        yield Accepted(finding=str(row["finding"]), who=str(row["who"]), why=str(row["why"]), when=row["when"], until=row.get("until"))  # type: ignore[arg-type]


def _toml(path: Path, table: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, object]]]:
    if not path.exists():
        return
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise CodebookError(f"{path.name} is not TOML: {problem}.", "Mend the line it names.") from None
    for at, row in enumerate(held.get(table, []), start=1):
        for key in needed:
            _demand(key in row, path, at, f"'{key}' is missing", what="entry")
        yield at, row


def _year(text: str, path: Path, line: int) -> int | None:
    _demand(not text or (text.isdigit() and len(text) == 4), path, line, f"'{text}' is not a year")
    return int(text) if text else None


def _demand(good: bool, path: Path, line: int, complaint: str, what: str = "line") -> None:
    if not good:
        raise CodebookError(f"{path.name} {what} {line}: {complaint}.", "Mend the row.")
