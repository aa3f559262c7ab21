"""What a finding of a series is about: its quantity, in the language of each message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.codebook.loading import Codebook
from pipeline.model.edition import Code
from pipeline.model.finding import Finding
from pipeline.model.series import Series
from pipeline.validation.evidence import Evidence

#: Members that name the whole, or nothing, say nothing of a quantity.
_WHOLE = frozenset({"_T", "_Z", "MA", ""})
#: A label as printed may be a whole sentence.
_MOST = 80

Three = tuple[str, str, str]


def named(findings: Iterable[Finding], evidence: Evidence) -> list[Finding]:
    """The findings; the messages of those of a series begin with its quantity: «CAPE beneficiaries (female): …»."""
    codes = {code.code: code for code in reversed(evidence.codebook.codes)}
    return [
        _named(finding, evidence.series_of[finding.series_id], evidence.codebook, codes)
        if finding.series_id in evidence.series_of
        else finding
        for finding in findings
    ]


def _named(finding: Finding, series: Series, codebook: Codebook, codes: dict[str, Code]) -> Finding:
    ar, fr, en = subject(series, codebook, codes)
    return replace(
        finding,
        message_ar=f"{ar}: {finding.message_ar}",
        message_fr=f"{fr} : {finding.message_fr}",
        message_en=f"{en}: {finding.message_en}",
    )


def subject(series: Series, codebook: Codebook, codes: dict[str, Code]) -> Three:
    """Name of a quantity in Arabic, French and English; a language that has none takes that of another."""
    labels = [series.label_ar, series.label_fr, series.label_en]
    known = next((label for label in (labels[1], labels[0], labels[2]) if label), series.indicator)
    members = [m for m in (series.sex, series.ref_area, series.age, *_codes(series)) if m not in _WHOLE]
    areas = {area.code: (area.name_ar, area.name_fr, area.name_fr) for area in codebook.territories}
    told = [areas.get(member) or _told(member, codes) for member in members]
    names = []
    for at, label in enumerate(labels):
        text = (label or known)[:_MOST]
        within = ("، " if at == 0 else ", ").join(one[at] for one in told)
        names.append(f"{text} ({within})" if within else text)
    return names[0], names[1], names[2]


def _codes(series: Series) -> Sequence[str]:
    return [code for _, code in series.dimensions]


def _told(member: str, codes: dict[str, Code]) -> Three:
    code = codes.get(member)
    return (code.label_ar, code.label_fr, code.label_en) if code is not None else (member, member, member)
