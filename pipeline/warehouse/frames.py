"""Nouns into rows in schema order: sorted by key, decimals exact, boxes rounded."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipeline.model.edition import Dataset
from pipeline.model.finding import Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Box, Locus
from pipeline.model.series import Series
from pipeline.warehouse.schema import SCHEMA, TableSchema

Row = dict[str, Any]
_NINE = Decimal("0.000000001")


def tables_of(dataset: Dataset) -> dict[str, pa.Table]:
    """All published tables of a dataset, by name, in schema order."""
    makers: Mapping[str, Callable[[Dataset], Iterable[Row]]] = {
        "reports": _reports,
        "tables": _tables,
        "readings": _readings,
        "mentions": _mentions,
        "observations": _observations,
        "series": _series,
        "revisions": _revisions,
        "findings": _findings,
        "edits": _edits,
        "codelists": _codelists,
    }
    return {schema.name: _table(schema, makers[schema.name](dataset)) for schema in SCHEMA}


def _table(schema: TableSchema, rows: Iterable[Row]) -> pa.Table:
    ordered = sorted(rows, key=lambda row: tuple((row[k] is not None, row[k]) for k in schema.key))
    columns = {c.name: [_cast(row[c.name], c.kind) for row in ordered] for c in schema.columns}
    return pa.Table.from_pydict(columns, schema=schema.arrow)


def _cast(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "value":
        return Decimal(value).quantize(_NINE)
    if kind == "texts":
        return " ".join(value)
    if kind == "text":
        return str(value)
    return value


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


def _reports(dataset: Dataset) -> Iterable[Row]:
    for r in dataset.reports:
        yield {
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


def _tables(dataset: Dataset) -> Iterable[Row]:
    for t in dataset.tables:
        yield {
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


def _readings(dataset: Dataset) -> Iterable[Row]:
    for r in dataset.readings:
        yield {
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


def _mentions(dataset: Dataset) -> Iterable[Row]:
    for m in dataset.mentions:
        yield {
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


def _observations(dataset: Dataset) -> Iterable[Row]:
    standing = _validation(dataset)
    for o in dataset.observations:
        yield {
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
        worst = max((gravest.get(name, Severity.INFORMATION) for name in names), key=order.index)
        if worst is not Severity.INFORMATION:
            return worst.value
        return "pass" if any(name in checked for name in names) else "unchecked"

    return standing


def _series(dataset: Dataset) -> Iterable[Row]:
    for s in dataset.series:
        periods = sorted(v.time_period for v in s.vintages)
        years = sorted(v.report_year for v in s.vintages if v.report_year is not None)
        yield {
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


def _revisions(dataset: Dataset) -> Iterable[Row]:
    """Pairs of consecutive vintage years of one period; copies of one year count once."""
    for s in dataset.series:
        yield from _revisions_of(s)


def _revisions_of(series: Series) -> Iterable[Row]:
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


def _findings(dataset: Dataset) -> Iterable[Row]:
    for f in dataset.findings:
        place = (
            _place(f.locus) if f.locus is not None else dict.fromkeys(("page", "x0", "top", "x1", "bottom"))
        )
        yield {
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


def _edits(dataset: Dataset) -> Iterable[Row]:
    for e in dataset.edits:
        yield {
            "edit_id": e.edit_id,
            "reading_id": e.reading_id,
            "field": e.field,
            "old": e.old,
            "new": e.new,
            "by": e.by,
            "reason": e.reason,
        }


def _codelists(dataset: Dataset) -> Iterable[Row]:
    unique = {(c.list, c.code): c for c in dataset.codes}
    for c in unique.values():
        yield {
            "list": c.list,
            "code": c.code,
            "label_ar": c.label_ar,
            "label_fr": c.label_fr,
            "label_en": c.label_en,
        }
