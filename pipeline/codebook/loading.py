"""The codebook, read and cross-checked: every complaint names file and line.

A statistician edits the files (README.md beside them says what each means); no single report year belongs into code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.codebook.codelists import all_codes
from pipeline.codebook.currencies import currencies
from pipeline.codebook.decisions import ACCEPTED, CORRECTIONS, accepted, corrections
from pipeline.codebook.identities import load_identities
from pipeline.codebook.matching import matching
from pipeline.codebook.nouns import (
    BODY_KINDS,
    KINDS,
    REACHES,
    UNITS,
    Body,
    Codebook,
    Cue,
    Group,
    Indicator,
    LabelRow,
    Territory,
    UnitWord,
)
from pipeline.codebook.releases import releases
from pipeline.codebook.rows import Row, csv_rows
from pipeline.codebook.templates import Template, templates
from pipeline.codebook.wording import Term, fold, term
from pipeline.errors import UsageError

__all__ = ["Codebook", "Indicator", "LabelRow", "Template", "Territory", "UnitWord", "fold", "load"]

HERE = Path(__file__).parent
LANGUAGES = ("ar", "fr")
SEXES = {"SEX_M": "M", "BOYS": "M", "SEX_F": "F", "GIRLS": "F", "SEX_T": "_T"}
#: Codes of labels.csv that mean the whole of a breakdown.
TOTAL_CODES = ("TOTAL", "GRAND_TOTAL", "TOTAL_BENEF", "SEX_T")
#: Codes of the group "age" that name the breakdown, not a class of it.
AGE_TITLES = ("AGE", "AGE_GROUP")


def load(folder: Path | None = None) -> Codebook:
    """Read the codebook of a folder, or the one that comes with the package.

    Raises:
        CodebookError: naming file and line of the first row that is wrong.
    """
    at = folder or HERE
    labels = tuple(_labels(at / "labels.csv"))
    concepts = (*labels, *_labels(at / "concepts.csv", {row.code for row in labels}))
    territories = tuple(_territories(at / "territories.csv"))
    bodies = tuple(_bodies(at / "bodies.csv"))
    indicators = {i.code: i for i in _indicators(at / "indicators.csv", {body.family for body in bodies})}
    by_wording: dict[str, list[LabelRow]] = defaultdict(list)
    for row in labels:
        if fold(row.wording):  # a dash has no match key
            by_wording[fold(row.wording)].append(row)
    return Codebook(
        indicators=indicators,
        labels=labels,
        concepts=concepts,
        territories=territories,
        bodies=bodies,
        cues=tuple(_cues(at / "cues.csv", indicators)),
        matching=matching(at / "matching.toml", {row.code for row in concepts}),
        codes=tuple(all_codes(at / "codes.csv", indicators, territories, labels, bodies)),
        corrections=tuple(corrections(at / CORRECTIONS)),
        accepted=tuple(accepted(at / ACCEPTED)),
        releases=tuple(releases(at / "releases.csv")),
        templates=tuple(templates(at / "templates.csv")),
        identities=load_identities(at / "identities.toml"),
        unit_words=_unit_words(at / "unit_words.csv"),
        currencies=tuple(currencies(at / "currencies.toml")),
        total_wordings=frozenset(
            key for key, rows in by_wording.items() if any(r.code in TOTAL_CODES for r in rows)
        ),
        sex_of=_first_codes(labels, SEXES),
        age_of=_first_codes(
            labels, {r.code: r.code for r in labels if r.group == "age" and r.code not in AGE_TITLES}
        ),
        label_of={key: tuple(rows) for key, rows in by_wording.items()},
        area_of=_areas(territories),
        headings=frozenset(fold(row.wording) for row in labels if row.group == "furniture"),
    )


def copy_to(folder: Path) -> int:
    """Copy the built-in codebook to a new or empty folder; the number of files.

    Raises:
        UsageError: when something is there, or it can't be written.
    """
    files = [file for file in sorted(HERE.iterdir()) if file.suffix in (".csv", ".toml", ".md")]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty.", "Give a new folder.")
        for file in files:
            (folder / file.name).write_bytes(file.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{folder} can't be written ({error.strerror or error}).", "Give another folder."
        ) from error
    return len(files)


_DEFINITIONS = ("definition_ar", "definition_fr", "definition_en")


def _indicators(path: Path, families: set[str]) -> Iterator[Indicator]:
    seen: set[str] = set()
    needed = ("code", "label_ar", "label_fr", "label_en", *_DEFINITIONS, "unit", "kind")
    for row in csv_rows(path, needed, ("counted", "additive", "dimensions", "family", "note")):
        row.demand(row["code"] not in seen, f"indicator {row['code']} is there twice")
        row.demand(
            row["code"].replace("_", "").isalnum() and row["code"].isascii(), f"'{row['code']}' is no code"
        )
        row.demand(
            not row["code"].startswith("X_"), "codes that begin with X_ are for provisional indicators"
        )
        additive = tuple(row["additive"].split())
        over = {*row["dimensions"].split(), "year"}
        row.demand(
            over.issuperset(additive),
            f"it has no dimension '{' '.join({*additive} - over)}' to be added over",
        )
        seen.add(row["code"])
        yield Indicator(
            code=row["code"],
            label_ar=row["label_ar"],
            label_fr=row["label_fr"],
            label_en=row["label_en"],
            unit=row.one_of("unit", UNITS),
            kind=row.one_of("kind", KINDS),
            definition_ar=row["definition_ar"],
            definition_fr=row["definition_fr"],
            definition_en=row["definition_en"],
            counted=row["counted"],
            additive=additive,
            dimensions=tuple(row["dimensions"].split()),
            family=row.one_of("family", ("", *sorted(families))),
            note=row["note"],
        )


def _labels(path: Path, listed: Collection[str] = ()) -> Iterator[LabelRow]:
    """Rows of a list of wordings; codes that another list has need not be in both languages."""
    languages: dict[str, set[str]] = defaultdict(set)
    groups: dict[str, str] = {}
    last: dict[str, Row] = {}
    seen: set[tuple[str, str]] = set()
    for row in csv_rows(path, ("code", "group", "language", "wording"), ("label_en",)):
        code = row["code"]
        row.demand(
            (code, row["language"] + row["wording"]) not in seen,
            f"'{row['wording']}' is there twice for {code}",
        )
        row.demand(groups.setdefault(code, row["group"]) == row["group"], f"{code} is in two groups")
        seen.add((code, row["language"] + row["wording"]))
        languages[code].add(row.one_of("language", LANGUAGES))
        last[code] = row
        yield LabelRow(
            code=code,
            group=row["group"],
            language=row["language"],
            wording=row["wording"],
            label_en=row["label_en"],
            line=row.line,
        )
    for code, held in languages.items():
        missing = set(LANGUAGES) - held if code not in listed else set[str]()
        last[code].demand(not missing, f"{code} has no wording in {', '.join(sorted(missing))}")


def _territories(path: Path) -> Iterator[Territory]:
    rows = list(
        csv_rows(
            path,
            ("code", "level", "name_ar", "name_fr"),
            ("parent", "name_zgh", "other_names", "valid_from", "valid_to"),
        )
    )
    codes = {row["code"] for row in rows}
    seen: set[str] = set()
    for row in rows:
        row.demand(row["code"] not in seen, f"territory {row['code']} is there twice")
        row.demand(
            not row["parent"] or row["parent"] in codes, f"parent '{row['parent']}' is not in the file"
        )
        seen.add(row["code"])
        yield Territory(
            code=row["code"],
            level=row["level"],
            parent=row["parent"],
            name_ar=row["name_ar"],
            name_fr=row["name_fr"],
            name_zgh=row["name_zgh"],
            other_names=_parts(row["other_names"]),
            valid_from=row.year("valid_from"),
            valid_to=row.year("valid_to"),
        )


def _bodies(path: Path) -> Iterator[Body]:
    for row in csv_rows(path, ("code", "kind", "family", "name_ar", "name_fr"), ("valid_from", "valid_to")):
        first, last = row.year("valid_from"), row.year("valid_to")
        row.demand(first is None or last is None or first <= last, f"{first} is after {last}")
        yield Body(
            code=row["code"],
            kind=row.one_of("kind", BODY_KINDS),
            family=row["family"],
            name_ar=row["name_ar"],
            name_fr=row["name_fr"],
            valid_from=first,
            valid_to=last,
        )


def _cues(path: Path, indicators: Mapping[str, Indicator]) -> Iterator[Cue]:
    for row in csv_rows(
        path, ("indicator", "where"), ("measure", "nouns", "required", "supporting", "forbidden")
    ):
        row.demand(row["indicator"] in indicators, f"indicator '{row['indicator']}' is not in indicators.csv")
        row.demand(bool(row["required"] or row["nouns"]), "neither nouns nor required words")
        yield Cue(
            indicator=row["indicator"],
            where=row.one_of("where", ("table", "prose", "any")),
            measure=row.one_of("measure", ("", "growth_rate", "change", "rate", "target", "structure")),
            nouns=_terms(row["nouns"]),
            required=tuple(_group(part.strip()) for part in row["required"].split("&") if part.strip()),
            supporting=_terms(row["supporting"]),
            forbidden=_terms(row["forbidden"]),
            line=row.line,
        )


def _group(text: str) -> Group:
    return Group(terms=_terms(text.lstrip("!~ ")), reach=REACHES.get(text[0], ""))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _terms(text: str) -> tuple[Term, ...]:
    return tuple(term(part) for part in _parts(text))


def _unit_words(path: Path) -> dict[str, UnitWord]:
    words: dict[str, UnitWord] = {}
    for row in csv_rows(path, ("wording", "power"), ("unit",)):
        row.demand(row["power"].removeprefix("-").isdigit(), f"power '{row['power']}' is not a whole number")
        key = row["wording"] if row["wording"] == "%" else fold(row["wording"])
        words[key] = UnitWord(
            wording=row["wording"], unit=row.one_of("unit", (*UNITS, "")), power=int(row["power"])
        )
    return words


def _first_codes(labels: Sequence[LabelRow], codes: Mapping[str, str]) -> dict[str, str]:
    """Folded wordings to codes; a wording of several codes keeps the first."""
    found: dict[str, str] = {}
    for row in labels:
        if row.code in codes:
            found.setdefault(fold(row.wording), codes[row.code])
    return found


def _areas(territories: Sequence[Territory]) -> dict[str, tuple[Territory, ...]]:
    found: dict[str, list[Territory]] = defaultdict(list)
    for one in territories:
        for name in dict.fromkeys(fold(name) for name in (one.name_ar, one.name_fr, *one.other_names)):
            found[name].append(one)
    return {key: tuple(held) for key, held in found.items()}
