"""What every indicator of a run counts: as the codebook defines it, or made from print and marked so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.codebook.nouns import Indicator
from pipeline.model.edition import Definition
from pipeline.model.series import Series


def definitions(series: Iterable[Series], known: Mapping[str, Indicator]) -> tuple[Definition, ...]:
    """One row for each indicator that has a series, by code."""
    first: dict[str, Series] = {}
    for one in series:
        first.setdefault(one.indicator, one)
    return tuple(_defined(first[code], known.get(code)) for code in sorted(first))


def _defined(one: Series, row: Indicator | None) -> Definition:
    return Definition(
        indicator=one.indicator,
        known=row is not None,
        label_ar=one.label_ar,
        label_fr=one.label_fr,
        label_en=one.label_en,
        definition_ar=row.definition_ar if row else "مؤقت: ما تقوله التسميات المجاورة لأرقامه.",
        definition_fr=row.definition_fr
        if row
        else "Provisoire : ce que disent les libellés de ses chiffres.",
        definition_en=row.definition_en if row else "Provisional: what the labels beside its figures say.",
        unit_measure=row.unit if row else one.unit_measure,
        kind=row.kind if row else "",
        additive=row.additive if row else (),
    )
