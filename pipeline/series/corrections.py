"""Declared corrections: the value changes, what is printed never; one that no longer applies is reported."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.codebook.loading import fold
from pipeline.codebook.nouns import Correction
from pipeline.model.edition import Edit
from pipeline.model.extraction import Complaint
from pipeline.model.reading import Reading
from pipeline.model.report import Report
from pipeline.series.observe import Draft
from pipeline.series.units import bounds_of


def correct(
    drafts: Sequence[Draft], report: Report, corrections: Sequence[Correction]
) -> tuple[list[Edit], list[Complaint]]:
    """Apply the corrections declared for a report to its drafts, in place.

    A correction applies to every figure of its page that bears all its labels and has the value ``old``: a value
    printed twice is corrected twice.

    Returns:
        One edit for each changed reading, and a complaint for each correction that applies to nothing.
    """
    edits: list[Edit] = []
    stale: list[Complaint] = []
    for correction in corrections:
        if not report.sha256.startswith(correction.report):
            continue
        held = [draft for draft in drafts if _is_meant(draft.reading, correction)]
        fit = [draft for draft in held if draft.observation.obs_value == Decimal(correction.old)]
        for draft in fit:
            edit = _edit(draft.reading, correction)
            edits.append(edit)
            _apply(draft, Decimal(correction.new), edit.edit_id)
        if not fit:
            stale.append(_stale(correction, held))
    return edits, stale


def _is_meant(reading: Reading, correction: Correction) -> bool:
    if reading.locus.page != correction.page or (
        correction.reading and reading.reading_id != correction.reading
    ):
        return False
    labels = [
        reading.row_label.ar,
        reading.row_label.fr,
        reading.column_label.ar,
        reading.column_label.fr,
        reading.unit_label,
    ]
    printed = {fold(part) for label in labels for part in label.split(" / ") if part}
    sentence = fold(reading.sentence)
    return all(
        fold(label) in printed or (sentence and fold(label) in sentence) for label in correction.labels
    )


def _apply(draft: Draft, value: Decimal, edit_id: str) -> None:
    observation = draft.observation
    low, high = bounds_of(
        value,
        resolution=draft.reading.resolution,
        unit=observation.unit_measure,
        qualifier=draft.reading.qualifier,
        highest=draft.reading.value_max,
        in_words=draft.reading.in_words,
    )
    draft.observation = replace(
        observation, obs_value=value, lower_bound=low, upper_bound=high, edit_id=edit_id
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


def _stale(correction: Correction, held: Sequence[Draft]) -> Complaint:
    where = f"corrections.toml {correction.number}: {correction.old} → {correction.new}"
    values = ", ".join(str(draft.observation.obs_value) for draft in held) or "-"
    return Complaint(
        rule="SER-02",
        page=correction.page,
        message_ar=f"تصحيح لم يعد ينطبق ({where}؛ القيمة المقروءة: {values})",
        message_fr=f"Une correction ne s'applique plus ({where} ; valeur lue : {values})",
        message_en=f"A correction no longer applies ({where}; value read: {values})",
        readings=tuple(draft.reading.reading_id for draft in held),
    )
