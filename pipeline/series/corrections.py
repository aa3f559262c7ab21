"""Declared corrections: the value changes, what is printed never; one that no longer applies is reported.

They come first, so that every check and every series is of the corrected values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.codebook.decisions import Correction, Figure
from pipeline.model.edition import Edit
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.place import Method
from pipeline.model.reading import Absence, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What the reports say with the corrections applied, an edit for each changed reading, and what did not apply.

    Each complaint has the id of the report it is about, empty when that report is not there.
    """

    extractions: tuple[Extraction, ...]
    edits: tuple[Edit, ...]
    complaints: tuple[tuple[str, Complaint], ...]


def corrected(extractions: Sequence[Extraction], corrections: Sequence[Correction]) -> Corrected:
    """Apply the corrections to the readings they are for.

    A correction applies to every figure of its page that bears all its labels and has the value ``old``: a value
    printed twice is corrected twice.
    """
    held: list[Extraction] = []
    edits: list[Edit] = []
    complaints: list[tuple[str, Complaint]] = []
    known = [extraction.report.sha256 for extraction in extractions]
    for extraction in extractions:
        sha256, report_id = extraction.report.sha256, extraction.report.report_id
        new: dict[str, Reading] = {}
        for one in (one for one in corrections if sha256.startswith(one.report)):
            meant = [reading for reading in extraction.readings if one.means(_figure(reading, sha256))]
            fit = [reading for reading in meant if _is(reading.value, one.old)]
            new |= {reading.reading_id: _corrected(reading, Decimal(one.new)) for reading in fit}
            edits += [_edit(reading, one) for reading in fit]
            if not fit:
                complaints.append((report_id, _stale(one, meant)))
        readings = (
            tuple(new.get(reading.reading_id, reading) for reading in extraction.readings) if new else ()
        )
        held.append(replace(extraction, readings=readings) if new else extraction)
    strangers = [one for one in corrections if not any(sha256.startswith(one.report) for sha256 in known)]
    return Corrected(
        extractions=tuple(held),
        edits=tuple(edits),
        complaints=(*complaints, *(("", _for_no_report(one)) for one in strangers)),
    )


def _figure(reading: Reading, sha256: str) -> Figure:
    row, column = reading.row_label, reading.column_label
    return Figure(
        sha256=sha256,
        page=reading.locus.page,
        reading_id=reading.reading_id,
        labels=Figure.parts((row.ar, row.fr, column.ar, column.fr, reading.unit_label)),
        sentence=reading.sentence,
    )


def _is(value: Decimal | None, old: str) -> bool:
    return value == Decimal(old) if old else value is None


def _corrected(reading: Reading, value: Decimal) -> Reading:
    """The reading with what a person says it is, as exact as they say; nothing about how it was read is in doubt."""
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    whole = reading.resolution > 0 and value % reading.resolution == 0
    return replace(
        reading,
        value=value,
        resolution=max(reading.resolution, step) if whole else step,
        absence=Absence.NONE,
        locus=replace(reading.locus, method=Method.PERSON, confidence=1.0),
        second_raw="",
        order_repaired=False,
    )


def _edit(reading: Reading, correction: Correction) -> Edit:
    said = "\x1f".join(
        (reading.reading_id, correction.field, correction.old, correction.new, correction.author)
    )
    return Edit(
        edit_id=f"E-{hashlib.sha256(said.encode()).hexdigest()[:12]}",
        reading_id=reading.reading_id,
        field=correction.field,
        old=correction.old,
        new=correction.new,
        by=correction.author,
        reason=correction.reason,
    )


def _stale(correction: Correction, held: Sequence[Reading]) -> Complaint:
    where = f"corrections.toml {correction.number}: {correction.old or '-'} → {correction.new}"
    values = ", ".join("-" if reading.value is None else str(reading.value) for reading in held) or "-"
    return Complaint(
        rule="SER-02",
        page=correction.page,
        message_ar=f"تصحيح لم يعد ينطبق ({where}؛ القيمة المقروءة: {values})",
        message_fr=f"Une correction ne s'applique plus ({where} ; valeur lue : {values})",
        message_en=f"A correction no longer applies ({where}; value read: {values})",
        readings=tuple(reading.reading_id for reading in held),
    )


def _for_no_report(one: Correction) -> Complaint:
    return Complaint(
        rule="SER-03",
        page=one.page,
        message_ar=f"التصحيح رقم {one.number} يخص تقريرا غير موجود في هذا التشغيل ({one.report})",
        message_fr=f"La correction n° {one.number} vise un rapport absent de ce traitement ({one.report})",
        message_en=f"Correction {one.number} is for a report that is not in this run ({one.report})",
    )
