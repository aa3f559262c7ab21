"""Nouns into rows and batches of them: sorted by key, decimals exact, boxes rounded."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipeline.model.edition import Code, Dataset, Edit
from pipeline.model.finding import Finding, Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Mention, Reading, Table
from pipeline.model.report import Report
from pipeline.model.series import Proposal, Recognition, Series
from pipeline.warehouse.columns import TYPES, VALUE, TableSchema
from pipeline.warehouse.schema import table as schema_of

Row = dict[str, Any]
_NINE = Decimal("0.000000001")


def rows_of(dataset: Dataset) -> dict[str, Iterable[Row]]:
    """Rows of every published table, by name, in schema order; each lazily, sorted by the key of its table."""
    standing = _validation(dataset)
    return {
        "reports": _sorted("reports", map(_report, dataset.reports)),
        "tables": map(_printed_table, sorted(dataset.tables, key=lambda t: t.table_id)),
        "readings": map(_reading, sorted(dataset.readings, key=lambda r: r.reading_id)),
        "mentions": map(_mention, sorted(dataset.mentions, key=lambda m: m.mention_id)),
        "observations": (
            _observation(o, standing) for o in sorted(dataset.observations, key=lambda o: o.observation_id)
        ),
        "series": map(_series, sorted(dataset.series, key=lambda s: s.series_id)),
        "links": map(_link, sorted(dataset.links, key=lambda one: (one.indicator, one.report_id))),
        "proposals": map(_proposal, sorted(dataset.proposals, key=lambda p: (p.indicator, p.other))),
        "revisions": _sorted("revisions", (row for s in dataset.series for row in _revisions_of(s))),
        "findings": map(_finding, sorted(dataset.findings, key=lambda f: f.finding_id)),
        "edits": map(_edit, sorted(dataset.edits, key=lambda e: e.edit_id)),
        "codelists": map(
            _code,
            sorted({(c.list, c.code): c for c in dataset.codes}.values(), key=lambda c: (c.list, c.code)),
        ),
    }


def _sorted(name: str, rows: Iterable[Row]) -> Iterator[Row]:
    key = schema_of(name).key
    yield from sorted(rows, key=lambda row: tuple((row[k] is not None, row[k]) for k in key))


def batches_of(schema: TableSchema, rows: Iterable[Row], size: int = 50_000) -> Iterator[pa.RecordBatch]:
    """Rows as record batches, at least one: memory is bound by the size of a batch."""
    held = iter(rows)
    first = True
    while (part := list(itertools.islice(held, size))) or first:
        first = False
        arrays = [_array([row[c.name] for row in part], c.kind) for c in schema.columns]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema.arrow)


def _array(values: list[Any], kind: str) -> pa.Array:
    if kind == "texts":
        values = [None if value is None else " ".join(value) for value in values]
    if kind != "value":
        return pa.array(values, TYPES[kind])
    try:
        return pa.array(values, VALUE)
    except pa.ArrowInvalid:  # more than nine decimals
        return pa.array([None if v is None else Decimal(v).quantize(_NINE) for v in values], VALUE)


def _box(box: Box) -> Row:
    return {
        "x0": round(box.x0, 2),
        "top": round(box.top, 2),
        "x1": round(box.x1, 2),
        "bottom": round(box.bottom, 2),
    }


def _place(locus: Locus) -> Row:
    return {"report_id": locus.report_id, "page": locus.page, **_box(locus.box)}


def _read(locus: Locus) -> Row:
    return {"method": locus.method.value, "confidence": round(locus.confidence, 3)}


def _report(r: Report) -> Row:
    return {
        "report_id": r.report_id,
        "file_name": r.file_name,
        "sha256": r.sha256,
        "edition_year": r.edition_year,
        "title_ar": r.title_ar,
        "title_fr": r.title_fr,
        "publisher": r.publisher,
        "producer": r.producer,
        "fictitious": r.fictitious,
        "page_count": r.page_count,
        "pages_by_kind": ", ".join(f"{kind} {count}" for kind, count in r.pages_by_kind),
        "outcome": r.outcome.value,
        "why": r.why,
    }


def _printed_table(t: Table) -> Row:
    return {
        "table_id": t.table_id,
        "report_id": t.report_id,
        "page": t.page,
        **_box(t.box),
        "caption_ar": t.caption.ar,
        "caption_fr": t.caption.fr,
        "unit_note": t.unit_note,
        "section": t.section,
        "row_count": t.row_count,
        "column_count": t.column_count,
        "table_dir": t.direction.value,
        "method": t.method,
        "score": round(t.score, 3),
    }


def _reading(r: Reading) -> Row:
    return {
        "reading_id": r.reading_id,
        **_place(r.locus),
        "kind": r.kind,
        "raw": r.raw,
        "value": r.value,
        "value_max": r.value_max,
        "resolution": r.resolution,
        "unit_measure": r.unit_measure,
        "unit_label": r.unit_label,
        "qualifier": r.qualifier.value,
        "absence": r.absence.value,
        "in_words": r.in_words,
        "table_id": r.table_id,
        "row": r.row,
        "column": r.column,
        "row_label_ar": r.row_label.ar,
        "row_label_fr": r.row_label.fr,
        "column_label_ar": r.column_label.ar,
        "column_label_fr": r.column_label.fr,
        "section": r.section,
        "sentence": r.sentence,
        "period": r.period,
        "period_stated": r.period_stated,
        "base_period": r.base_period,
        "measure": r.measure or "level",
        **_read(r.locus),
        "second_raw": r.second_raw,
        "order_repaired": r.order_repaired,
    }


def _mention(m: Mention) -> Row:
    return {
        "mention_id": m.mention_id,
        **_place(m.locus),
        "kind": m.kind,
        "raw": m.raw,
        "value": m.value,
        "weekday": m.weekday,
        "section": m.section,
        "sentence": m.sentence,
    }


def _dimensions(pairs: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{name}={value}" for name, value in pairs)


def _observation(o: Observation, standing: Callable[[Observation], str]) -> Row:
    return {
        "observation_id": o.observation_id,
        "series_id": o.series_id,
        "ref_area": o.ref_area,
        "indicator": o.indicator,
        "indicator_known": o.indicator_known,
        "sex": o.sex,
        "age": o.age,
        "dimensions": _dimensions(o.dimensions),
        "time_period": o.time_period,
        "period_stated": o.period_stated,
        "report_year": o.report_year,
        "obs_value": o.obs_value,
        "unit_measure": o.unit_measure,
        "unit_mult": o.unit_mult,
        "decimals": o.decimals,
        "qualifier": o.qualifier.value,
        "lower_bound": o.lower_bound,
        "upper_bound": o.upper_bound,
        "obs_status": o.obs_status,
        "measure": o.measure or "level",
        "base_period": o.base_period,
        "raw": o.raw,
        **_place(o.locus),
        "reading_id": o.reading_id,
        "duplicates": o.duplicates,
        **_read(o.locus),
        "validation": standing(o),
        "edit_id": o.edit_id,
    }


def _validation(dataset: Dataset) -> Callable[[Observation], str]:
    """How an observation stands: by the gravest finding that names it, else whether a check vouches for it."""
    gravest: dict[str, Severity] = {}
    order = [Severity.INFORMATION, Severity.WARNING, Severity.ERROR]
    for finding in dataset.findings:
        if finding.accepted or finding.severity is Severity.INFORMATION:
            continue
        for target in (*finding.readings, *finding.observations):
            gravest[target] = max(
                gravest.get(target, Severity.INFORMATION), finding.severity, key=order.index
            )
    checked = frozenset(dataset.checked)

    def standing(o: Observation) -> str:
        names = (o.observation_id, o.reading_id, *o.duplicates)
        named = [gravest[name] for name in names if name in gravest]
        if named:
            return max(named, key=order.index).value
        return "pass" if any(name in checked for name in names) else "unchecked"

    return standing


def _series(s: Series) -> Row:
    periods = sorted(v.time_period for v in s.vintages)
    years = sorted(v.report_year for v in s.vintages if v.report_year is not None)
    return {
        "series_id": s.series_id,
        "indicator": s.indicator,
        "label_ar": s.label_ar,
        "label_fr": s.label_fr,
        "label_en": s.label_en,
        "ref_area": s.ref_area,
        "sex": s.sex,
        "age": s.age,
        "dimensions": _dimensions(s.dimensions),
        "unit_measure": s.unit_measure,
        "first_period": periods[0] if periods else "",
        "last_period": periods[-1] if periods else "",
        "first_vintage": years[0] if years else None,
        "last_vintage": years[-1] if years else None,
        "observation_count": len(s.vintages),
    }


def _link(one: Recognition) -> Row:
    return {
        "indicator": one.indicator,
        "report_id": one.report_id,
        "indicator_known": one.known,
        "printed": one.printed,
        "why": one.why,
        "observation_count": one.observation_count,
    }


def _proposal(p: Proposal) -> Row:
    return {"indicator": p.indicator, "other": p.other, "score": p.score, "why": p.why}


def _revisions_of(series: Series) -> Iterable[Row]:
    """Pairs of consecutive vintage years of one period; copies of one year count once."""
    by_period: dict[str, dict[int, Observation]] = defaultdict(dict)
    for v in series.vintages:
        if v.report_year is not None and v.observation.obs_value is not None:
            held = by_period[v.time_period]
            if v.report_year not in held or _better(v.observation, held[v.report_year]):
                held[v.report_year] = v.observation
    for period, vintages in by_period.items():
        years = sorted(vintages)
        for old_year, new_year in itertools.pairwise(years):
            old, new = vintages[old_year], vintages[new_year]
            assert old.obs_value is not None
            assert new.obs_value is not None
            yield {
                "series_id": series.series_id,
                "time_period": period,
                "old_year": old_year,
                "new_year": new_year,
                "old_value": old.obs_value,
                "new_value": new.obs_value,
                "difference": new.obs_value - old.obs_value,
                "old_observation_id": old.observation_id,
                "new_observation_id": new.observation_id,
            }


def _better(new: Observation, old: Observation) -> bool:
    """Of two copies of one year the text layer comes before a scan."""
    return (new.locus.method.value, new.locus.confidence) > (old.locus.method.value, old.locus.confidence)


def _finding(f: Finding) -> Row:
    place = _place(f.locus) if f.locus is not None else dict.fromkeys(("page", "x0", "top", "x1", "bottom"))
    return {
        **place,
        "finding_id": f.finding_id,
        "rule": f.rule,
        "level": f.level,
        "severity": f.severity.value,
        "origin": f.origin.value,
        "report_id": f.report_id,
        "series_id": f.series_id,
        "expected": f.expected,
        "observed": f.observed,
        "message_ar": f.message_ar,
        "message_fr": f.message_fr,
        "message_en": f.message_en,
        "readings": f.readings,
        "observations": f.observations,
        "priority": round(f.priority, 4),
        "accepted": f.accepted,
    }


def _edit(e: Edit) -> Row:
    return {
        "edit_id": e.edit_id,
        "reading_id": e.reading_id,
        "field": e.field,
        "old": e.old,
        "new": e.new,
        "by": e.by,
        "reason": e.reason,
    }


def _code(c: Code) -> Row:
    return {
        "list": c.list,
        "code": c.code,
        "label_ar": c.label_ar,
        "label_fr": c.label_fr,
        "label_en": c.label_en,
    }
