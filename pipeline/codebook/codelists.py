"""The code lists that are published, made of all rows of the codebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.codebook.nouns import (
    Body,
    Indicator,
    LabelRow,
    Territory,
)
from pipeline.codebook.rows import csv_rows
from pipeline.model.edition import Code


def all_codes(
    path: Path,
    indicators: Mapping[str, Indicator],
    territories: Sequence[Territory],
    labels: Sequence[LabelRow],
    bodies: Sequence[Body],
) -> Iterator[Code]:
    """Codes of ``codes.csv``, then those of indicators, territories, labels, and of bodies under all their names."""
    seen: set[tuple[str, str]] = set()
    for row in csv_rows(path, ("list", "code", "label_ar", "label_fr", "label_en")):
        row.demand((row["list"], row["code"]) not in seen, f"{row['code']} is there twice in {row['list']}")
        seen.add((row["list"], row["code"]))
        yield Code(
            list=row["list"],
            code=row["code"],
            label_ar=row["label_ar"],
            label_fr=row["label_fr"],
            label_en=row["label_en"],
        )
    for one in indicators.values():
        yield Code(
            list="CL_INDICATOR",
            code=one.code,
            label_ar=one.label_ar,
            label_fr=one.label_fr,
            label_en=one.label_en,
        )
    for area in territories:
        yield Code(
            list="CL_AREA",
            code=area.code,
            label_ar=area.name_ar,
            label_fr=area.name_fr,
            label_en=area.name_fr,
            valid_from=area.valid_from,
            valid_to=area.valid_to,
        )
    yield from _body_codes(bodies)
    yield from _label_codes(labels)


def _body_codes(bodies: Sequence[Body]) -> Iterator[Code]:
    """Ministries, bodies and programmes; the last name of each has the plain code, an earlier one its number after it."""
    names: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        names[body.code].append(body)
    for code, held in names.items():
        for number, body in enumerate(held, start=1):
            yield Code(
                list="CL_BODY",
                code=code if number == len(held) else f"{code}_{number}",
                label_ar=body.name_ar,
                label_fr=body.name_fr,
                label_en=body.name_fr,
                valid_from=body.valid_from,
                valid_to=body.valid_to,
            )


def _label_codes(labels: Sequence[LabelRow]) -> Iterator[Code]:
    """Codes of the breakdowns that labels.csv knows, each with its first wording in each language."""
    first: dict[str, dict[str, LabelRow]] = defaultdict(dict)
    for row in labels:
        first[row.code].setdefault(row.language, row)
    for code, held in first.items():
        group = held["ar"].group
        if group in ("sex", "total", "furniture", "regions", "period"):
            continue
        yield Code(
            list="CL_AGE" if group == "age" else f"CL_{group.upper()}",
            code=code,
            label_ar=held["ar"].wording,
            label_fr=held["fr"].wording,
            label_en=held["ar"].label_en,
        )
