"""Nouns into columns and batches of them: sorted by key, decimals exact, boxes rounded.

A table is nouns and, for each of its columns, how the value of one noun is got. Whole columns are taken at a time: a
million rows never exist as rows, and what is slow in Python (decimals, rounding) is done once for each column.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.edition import Dataset, Printed
from pipeline.model.finding import Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.series import Series
from pipeline.warehouse.columns import TYPES, VALUE, Column, TableSchema
from pipeline.warehouse.schema import table as schema_of

Getter = Callable[[Any], Any]
#: Nouns that are gone through column by column at once: few enough to stay in the processor's cache.
_AT_ONCE = 250
_NINE = Decimal("0.000000001")
#: Decimals that are kept of numbers that are no values.
_ROUNDED = {"x0": 2, "top": 2, "x1": 2, "bottom": 2, "confidence": 3, "score": 3, "priority": 4}
_GRAVITY = {Severity.INFORMATION: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Frame:
    """Nouns of one table, sorted by its key, and how each column is got from one of them."""

    nouns: Sequence[Any]
    columns: Mapping[str, Getter]

    def batches(self, schema: TableSchema, size: int = 25_000) -> Iterator[pa.RecordBatch]:
        """The rows as record batches, at least one: memory is bound by the size of a batch."""
        getters = [self.columns[column.name] for column in schema.columns]
        for start in range(0, len(self.nouns) or 1, size):
            held: list[list[Any]] = [[] for _ in getters]
            for at in range(start, start + size, _AT_ONCE):
                part = self.nouns[at : min(at + _AT_ONCE, start + size)]
                for values, get in zip(held, getters, strict=True):
                    values.extend(map(get, part))
            arrays = [_array(values, column) for values, column in zip(held, schema.columns, strict=True)]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema.arrow)


def printed_frames(printed: Printed) -> Iterator[tuple[str, Frame]]:
    """The tables of what is printed with their names, in schema order, each made when it is asked for."""
    yield _framed("reports", printed.reports, _REPORTS)
    yield _framed("tables", printed.tables, _TABLES)
    yield _framed("readings", printed.readings, _READINGS)
    yield _framed("mentions", printed.mentions, _MENTIONS)


def meant_frames(dataset: Dataset) -> Iterator[tuple[str, Frame]]:
    """The tables of what it is taken to mean, which follow those of what is printed; likewise."""
    standing = {"validation": _validation(dataset)}
    yield _framed("observations", dataset.observations, {**_OBSERVATIONS, **standing})
    del standing  # knows all that was checked: tens of megabytes
    yield _framed("series", dataset.series, _SERIES)
    yield _framed("indicators", dataset.indicators, _INDICATORS)
    yield _framed("links", dataset.links, _LINKS)
    yield _framed("proposals", dataset.proposals, _PROPOSALS)
    yield _framed("revisions", (row for one in dataset.series for row in _revisions_of(one)), _REVISIONS)
    yield _framed("findings", dataset.findings, _FINDINGS)
    yield _framed("edits", dataset.edits, _EDITS)
    codes = {(code.list, code.code): code for code in dataset.codes}.values()
    yield _framed("codelists", codes, _CODES)


def _framed(name: str, nouns: Iterable[Any], columns: Mapping[str, Getter]) -> tuple[str, Frame]:
    key = [columns[column] for column in schema_of(name).key]
    if len(key) == 1:
        return name, Frame(sorted(nouns, key=key[0]), columns)
    return name, Frame(sorted(nouns, key=lambda noun: tuple(get(noun) for get in key)), columns)


def _array(values: list[Any], column: Column) -> pa.Array:
    if column.kind == "value":
        return _decimals(values)
    if column.kind == "texts":
        return pa.array([" ".join(value) for value in values], TYPES["texts"])
    array = pa.array(values, TYPES[column.kind])
    return pc.round(array, _ROUNDED[column.name]) if column.name in _ROUNDED else array


def _decimals(values: list[Decimal | None]) -> pa.Array:
    """Exact decimals; by way of their text, which is seven times as fast as one by one."""
    try:
        return pa.array([None if v is None else str(v) for v in values], pa.string()).cast(VALUE)
    except pa.ArrowInvalid:  # more than nine decimals
        return pa.array([None if v is None else v.quantize(_NINE) for v in values], VALUE)


def _plain(names: str) -> dict[str, Getter]:
    """Columns that are fields of the noun under the same name."""
    return {name: attrgetter(name) for name in names.split()}


def _renamed(**fields: str) -> dict[str, Getter]:
    """Columns that are fields of the noun, or of a noun in it, under another name."""
    return {name: attrgetter(field) for name, field in fields.items()}


def _dimensions(noun: Any) -> str:
    if not noun.dimensions:
        return ""
    return "; ".join(f"{name}={value}" for name, value in noun.dimensions)


def _where(get: Getter) -> Getter:
    """A column of the place, empty for a finding that has none."""
    return lambda finding: get(finding) if finding.locus is not None else None


_BOX = _renamed(x0="box.x0", top="box.top", x1="box.x1", bottom="box.bottom")
_PLACE = _renamed(
    report_id="locus.report_id",
    page="locus.page",
    x0="locus.box.x0",
    top="locus.box.top",
    x1="locus.box.x1",
    bottom="locus.box.bottom",
)
_READ = _renamed(method="locus.method", confidence="locus.confidence")
_LEVEL: dict[str, Getter] = {"measure": lambda noun: noun.measure or "level"}
_REPORTS = {
    **_plain(
        "report_id file_name sha256 edition_year release_date title_ar title_fr publisher country producer fictitious"
        " page_count outcome why"
    ),
    "pages_by_kind": lambda r: ", ".join(f"{kind} {count}" for kind, count in r.pages_by_kind),
}
_TABLES = {
    **_plain("table_id report_id page unit_note section row_count column_count method score"),
    **_BOX,
    **_renamed(caption_ar="caption.ar", caption_fr="caption.fr", table_dir="direction"),
}
_READINGS = {
    **_plain(
        "reading_id kind raw value value_max resolution unit_measure unit_label qualifier absence in_words table_id row"
        " column section sentence period period_stated base_period second_raw order_repaired"
    ),
    **_renamed(
        row_label_ar="row_label.ar",
        row_label_fr="row_label.fr",
        column_label_ar="column_label.ar",
        column_label_fr="column_label.fr",
    ),
    **_PLACE,
    **_READ,
    **_LEVEL,
}
_MENTIONS = {**_plain("mention_id kind raw value weekday section sentence"), **_PLACE}
_OBSERVATIONS = {
    **_plain(
        "observation_id series_id ref_area indicator indicator_known sex age time_period period_stated report_year"
        " obs_value unit_measure unit_mult decimals qualifier lower_bound upper_bound obs_status base_period raw"
        " reading_id duplicates edit_id"
    ),
    "dimensions": _dimensions,
    **_PLACE,
    **_READ,
    **_LEVEL,
}
_INDICATORS = {
    **_plain(
        "indicator label_ar label_fr label_en definition_ar definition_fr definition_en unit_measure kind additive"
    ),
    **_renamed(indicator_known="known"),
}
_LINKS = {**_plain("indicator report_id printed why observation_count"), **_renamed(indicator_known="known")}
_PROPOSALS = _plain("indicator other score why")
_EDITS = _plain("edit_id reading_id field old new by reason")
_CODES = _plain("list code label_ar label_fr label_en valid_from valid_to")


def _validation(dataset: Dataset) -> Getter:
    """How an observation stands: by the gravest finding that names it, else whether a check vouches for it."""
    gravest: dict[str, Severity] = {}
    for finding in dataset.findings:
        severity = finding.severity
        if finding.accepted or severity is Severity.INFORMATION:
            continue
        for target in (*finding.readings, *finding.observations):
            if _GRAVITY[severity] > _GRAVITY[gravest.get(target, Severity.INFORMATION)]:
                gravest[target] = severity
    checked = frozenset(dataset.checked)

    def standing(o: Observation) -> str:
        if o.observation_id not in gravest and o.reading_id not in gravest and not o.duplicates:
            return "pass" if o.reading_id in checked else "unchecked"
        names = (o.observation_id, o.reading_id, *o.duplicates)
        if not gravest.keys().isdisjoint(names):
            return max((gravest[name] for name in names if name in gravest), key=_GRAVITY.__getitem__)
        return "unchecked" if checked.isdisjoint(names) else "pass"

    return standing


_SERIES = {
    **_plain("series_id indicator label_ar label_fr label_en ref_area sex age unit_measure"),
    "dimensions": _dimensions,
    "first_period": lambda s: min((v.time_period for v in s.vintages), default=""),
    "last_period": lambda s: max((v.time_period for v in s.vintages), default=""),
    "first_vintage": lambda s: min(_years(s), default=None),
    "last_vintage": lambda s: max(_years(s), default=None),
    "observation_count": lambda s: len(s.vintages),
}


def _years(series: Series) -> list[int]:
    return [v.report_year for v in series.vintages if v.report_year is not None]


class _Revision(NamedTuple):
    """What two vintages say of one period."""

    old: Observation
    new: Observation


_REVISIONS = {
    **_renamed(
        series_id="new.series_id",
        time_period="new.time_period",
        old_year="old.report_year",
        new_year="new.report_year",
        old_value="old.obs_value",
        new_value="new.obs_value",
        old_observation_id="old.observation_id",
        new_observation_id="new.observation_id",
    ),
    "difference": lambda pair: pair.new.obs_value - pair.old.obs_value,
}


def _revisions_of(series: Series) -> Iterator[_Revision]:
    """Pairs of consecutive vintage years of one period; copies of one year count once."""
    if len(series.vintages) < 2:
        return
    by_period: dict[str, dict[int, Observation]] = defaultdict(dict)
    for v in series.vintages:
        if v.report_year is not None and v.obs_value is not None:
            held = by_period[v.time_period]
            if v.report_year not in held or _better(v, held[v.report_year]):
                held[v.report_year] = v
    for vintages in by_period.values():
        for old, new in itertools.pairwise(sorted(vintages)):
            yield _Revision(vintages[old], vintages[new])


def _better(new: Observation, old: Observation) -> bool:
    """Of two copies of one year what a person corrected comes first, the text layer before a scan."""
    return _trust(new) > _trust(old)


def _trust(one: Observation) -> tuple[bool, str, float]:
    return one.locus.method is Method.PERSON, one.locus.method.value, one.locus.confidence


_FINDINGS = {
    **_plain(
        "finding_id rule level severity origin report_id series_id expected observed message_ar message_fr message_en"
        " readings observations priority accepted"
    ),
    "explanations": lambda finding: " | ".join(finding.explanations),
    **{name: _where(_PLACE[name]) for name in ("page", "x0", "top", "x1", "bottom")},
}
