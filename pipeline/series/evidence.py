"""What is printed near a figure, by how near it is: the words from which its indicator is recognised.

A sentence with several figures is cut between them: what follows a figure up to the next comma or connecting word
describes it, what comes after that introduces the next figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.codebook.loading import Codebook, fold
from pipeline.codebook.wording import Forms, forms, met, words_of
from pipeline.model.quick import quick
from pipeline.model.reading import Label, Reading
from pipeline.series.periods import without_period

_BOUNDARY = regex.compile(r"[،,;؛:]\s")
#: A conjunction right before the next figure: all before it belongs to the figure before.
_JOINED = regex.compile(r"(?:^|\s)(?:و|et|and)\s*$")
#: A connecting word introduces a figure that follows within so many words.
_LEAD_WORDS = 6
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}_]+")


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words around one figure. ``own`` are those of its clause or, in a table, of its labels and caption.

    ``noun`` is what is counted, ``heads`` the parts of caption or labels in which a cell says it, each in one language;
    ``labels`` what the labels of a cell say is counted. ``phrase`` is the clause as
    printed, without the figure, for the label of a provisional indicator; ``before`` what the sentence says up to the figure,
    ``since`` what it says since the figure before.
    """

    own: tuple[Forms, ...]
    near: tuple[Forms, ...] = ()
    far: tuple[Forms, ...] = ()
    section: tuple[Forms, ...] = ()
    noun: tuple[Forms, ...] = ()
    heads: tuple[tuple[Forms, ...], ...] = ()
    labels: tuple[Forms, ...] = ()
    phrase: str = ""
    before: str = ""
    since: str = ""


def of_cell(reading: Reading, caption: Label, measures: Sequence[Label], codebook: Codebook) -> Evidence:
    """Evidence of a table figure: what its labels and the caption say; a class of a breakdown says nothing.

    A part of the caption that is the heading of the section says what a heading says.
    A label that names what is counted goes before the caption ("number of centres" under "beneficiaries of
    the centres" counts centres); "number" and "share" leave it to the caption.
    """
    telling = [label for label in measures if not _is_plain(label, codebook)]
    labels = " ".join(f"{label.ar} {label.fr}" for label in telling)
    titles = f"{_beside(caption.ar, reading.section)} {_beside(caption.fr, reading.section)}"
    said = [text for label in telling or [caption] for text in (label.ar, label.fr)]
    return Evidence(
        own=words_of(f"{titles} {labels}"),
        section=words_of(reading.section),
        noun=words_of(labels if telling else titles),
        heads=tuple(words_of(part) for text in said for part in text.split(" / ")),
        labels=words_of(labels),
        phrase=f"{titles} {labels}",
    )


def is_overview(caption: Label, section: str, codebook: Codebook) -> bool:
    """Whether a caption says no more than that a table holds indicators: what its rows name is what they count."""
    matching = codebook.matching
    told = [fold(without_period(_beside(text, section))) for text in (caption.ar, caption.fr)]
    words = [word for text in told for word in text.split() if word.isalpha() and word not in matching.light]
    telling = [held for word in words if (held := forms(word)).isdisjoint(matching.titles)]
    return bool(telling) and all(any(met(one, (held,), 0) for one in matching.overview) for held in telling)


def _beside(caption: str, section: str) -> str:
    """The parts of a caption that are not the heading of the section, unless it has no other."""
    parts = caption.split(" / ")
    return " ".join([part for part in parts if not section or part not in section] or parts)


def _is_plain(label: Label, codebook: Codebook) -> bool:
    """Whether a label only says "number", "share" or "total"."""
    rows = [codebook.label_of.get(fold(text), ()) for text in (label.ar, label.fr) if text]
    return any(row.group == "total" and row.code != "TOTAL_BENEF" for held in rows for row in held)


def of_sentence(readings: Sequence[Reading], codebook: Codebook) -> dict[str, Evidence]:
    """Evidence of all figures of one sentence, by reading id.

    Args:
        readings: figures that share one sentence, in reading order.
        codebook: connecting words.
    """
    sentence = readings[0].sentence
    spans = _spans(sentence, readings)
    found: dict[str, Evidence] = {}
    for at, reading in enumerate(readings):
        start, end = spans[at]
        if start < 0:
            # The figure is not found in its own sentence (a garbled line): the whole of it is evidence.
            found[reading.reading_id] = _evidence(reading, sentence, "", "", "", sentence)
            continue
        before = [span for span in spans if span[0] >= 0 and span[1] <= start]
        after = [span for span in spans if span[0] >= end]
        left = max((span[1] for span in before), default=0)
        right = min((span[0] for span in after), default=len(sentence))
        cut_left = _cut(sentence, left, start, codebook) if before else _last_boundary(sentence, 0, start)
        cut_right = _cut(sentence, end, right, codebook) if after else _first_boundary(sentence, end, right)
        clause_before, clause_after = sentence[cut_left:start], sentence[end:cut_right]
        found[reading.reading_id] = _evidence(
            reading,
            clause_before,
            clause_after,
            sentence[left:cut_left],
            f"{sentence[:left]} {sentence[cut_right:]}",
            sentence[:start],
        )
    return found


def _evidence(reading: Reading, before: str, after: str, near: str, far: str, lead: str) -> Evidence:
    clause = f"{before} {reading.raw} {after}"
    return Evidence(
        own=words_of(clause),
        near=words_of(near),
        far=words_of(far),
        section=words_of(reading.section),
        noun=words_of(reading.unit_label),
        phrase=f"{before} {reading.unit_label} {after}",
        before=lead,
        since=f"{near}{before}",
    )


def _spans(sentence: str, readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """Where each figure stands in the sentence; (-1, -1) where it is not found."""
    spans: list[tuple[int, int]] = []
    at = 0
    for reading in readings:
        span = _find(sentence, reading.raw, at)
        spans.append(span)
        at = max(at, span[1])
    return spans


def _find(sentence: str, raw: str, start: int) -> tuple[int, int]:
    words = raw.split()
    if not words:
        return -1, -1
    plain = sentence.find(raw, start)
    if plain >= 0:
        return plain, plain + len(raw)
    pattern = r"\s*".join(regex.escape(word) for word in words)
    match = regex.search(pattern, sentence, pos=start) or regex.search(pattern, sentence)
    return match.span() if match else (-1, -1)


def _cut(sentence: str, start: int, end: int, codebook: Codebook) -> int:
    """Where, between two figures, the words begin to belong to the second."""
    if _JOINED.search(sentence[start:end]):
        return end
    cut = _last_boundary(sentence, start, end)
    for match in list(_WORD.finditer(sentence, start, end))[-_LEAD_WORDS:]:
        if match.start() > cut and fold(match.group()) in codebook.matching.connectives:
            cut = match.start()
    return cut if cut > start else end


def _last_boundary(sentence: str, start: int, end: int) -> int:
    return max((match.end() for match in _BOUNDARY.finditer(sentence, start, end)), default=start)


def _first_boundary(sentence: str, start: int, end: int) -> int:
    match = _BOUNDARY.search(sentence, start, end)
    return match.start() if match else end
