"""Figures in sentences: paragraphs in, Readings and Mentions out, each with its box."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.errors import place_of
from pipeline.language.flat import flat_text
from pipeline.language.found import Found
from pipeline.language.quantities import find
from pipeline.language.reference import reference_period
from pipeline.model.extraction import Complaint
from pipeline.model.page import Line, Page, Role, Word
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Mention, Qualifier, Reading
from pipeline.readings.prose.callouts import Callout, callouts
from pipeline.readings.prose.numbering import numbered_headings
from pipeline.readings.prose.paragraphs import Paragraph, paragraphs

_SENTENCE_END = re.compile(r"(?<=[.؟!?؛;])\s+")
_FIGURES = ("number", "percent", "currency")
#: A year this many characters behind a figure and its noun belongs to it.
OWN_REACH = 24


@dataclass(slots=True)
class Figures:
    """Prose figures of a report and the numbers in it that are none."""

    readings: list[Reading] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)


def find_figures(
    report_id: str,
    pages: Sequence[Page],
    used: set[tuple[int, int]],
    section_of: Callable[[int, float], str],
    body: float,
) -> Figures:
    """All prose figures of a report.

    Args:
        report_id: id of the report.
        pages: its pages.
        used: (page, index) of lines that tables hold.
        section_of: heading above a height of a page.
        body: font size of running text, in points (0 where unknown).
    """
    out = Figures()
    counts: dict[tuple[int, str], int] = defaultdict(int)
    taken = set(used)
    for page in pages:
        for one in callouts(page, {i for number, i in taken if number == page.number}, body):
            taken |= {(page.number, i) for i in (*one.number, *one.label)}
            _callout(report_id, page, one, section_of, counts, out)
    numbered = numbered_headings(pages)
    for paragraph in paragraphs(pages, taken):
        try:
            everything = find(paragraph.text)
        except MemoryError:
            raise
        except Exception as problem:  # a paragraph that breaks the grammar of figures never loses the others
            out.complaints.append(_not_searched(paragraph, problem))
            continue
        leads = bool(everything) and not paragraph.text[: everything[0].number_start].strip(" |")
        if leads and (id(first := paragraph.pieces[0][2]) in numbered or _is_ring(first)):
            everything = (everything[0]._replace(kind="marker", named="list_marker"), *everything[1:])
        _told(report_id, paragraph, everything, section_of(*paragraph.place), counts, out)
    return out


def _told(
    report_id: str,
    paragraph: Paragraph,
    everything: Sequence[Found],
    section: str,
    counts: dict[tuple[int, str], int],
    out: Figures,
) -> None:
    """Each number of a paragraph as a reading or a mention, with its sentence, place and period."""
    periods = [
        one._replace(text_value=period) for one in everything if (period := reference_period(one, paragraph.text))
    ]
    sentences = _sentences(paragraph.text)
    for found in everything:
        start, end = next(
            (s for s in sentences if s[0] <= found.number_start < s[1]), (0, len(paragraph.text))
        )
        sentence = paragraph.text[start:end].strip()
        words = paragraph.words_between(found.number_start, found.number_end)
        if not words:
            continue
        if found.kind in _FIGURES and not found.bare and not _lone_in_brackets(found, sentence):
            about = _period(found, everything, periods, (start, end))
            out.readings.append(
                _reading(report_id, found, words, section, sentence, about, counts, "prose")
            )
        else:
            out.mentions.append(_mention(report_id, found, words, section, sentence, counts))


def _not_searched(paragraph: Paragraph, problem: Exception) -> Complaint:
    page, place = paragraph.place[0], place_of(problem)
    return Complaint(
        rule="EXT-18",
        page=page,
        box=Box.around(line.box for _, number, line in paragraph.pieces if number == page),
        message_ar=f"تعذر البحث عن الأرقام في فقرة من الصفحة {page} ({place})",
        message_fr=f"Les chiffres d'un paragraphe de la page {page} n'ont pas pu être cherchés ({place})",
        message_en=f"A paragraph of page {page} could not be searched for figures ({place})",
    )


def _is_ring(line: Line) -> bool:
    """Whether a line of a scan begins with a ring that marks an item, read as a zero: nobody begins with «0 مساعدة»."""
    first = line.words[0]
    return first.method is Method.OCR and first.text in ("0", "٠", "۰") and len(line.words) > 1


def _lone_in_brackets(found: Found, sentence: str) -> bool:
    """Whether a figure stands in brackets where nothing is said: they may be its minus, a stray cell's."""
    bare = re.escape(found.raw)
    return not any(c.isalpha() for c in sentence) and re.search(rf"\({bare}\)", sentence) is not None


def _sentences(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for match in _SENTENCE_END.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    return spans


def _locus(report_id: str, words: Sequence[tuple[int, Word]]) -> Locus:
    """Place of the words on the page of the first of them."""
    page = words[0][0]
    held = [word for number, word in words if number == page]
    return Locus(
        report_id, page, Box.around(w.box for w in held), held[0].method, min(w.confidence for w in held)
    )


def _number_id(report_id: str, page: int, letter: str, counts: dict[tuple[int, str], int]) -> str:
    counts[page, letter] += 1
    return f"{report_id}-p{page:03d}-{letter}{counts[page, letter]:03d}"


def _reading(
    report_id: str,
    found: Found,
    words: Sequence[tuple[int, Word]],
    section: str,
    sentence: str,
    period: tuple[str, bool, str],
    counts: dict[tuple[int, str], int],
    kind: str,
) -> Reading:
    place = _locus(report_id, words)
    second = (
        [word.second_raw or word.text for _, word in words]
        if any(word.second_raw for _, word in words)
        else []
    )
    return Reading(
        reading_id=_number_id(report_id, place.page, "f", counts),
        locus=place,
        kind=kind,
        raw=found.raw,
        value=found.value,
        value_max=found.high,
        resolution=found.resolution,
        unit_measure=found.unit,
        unit_label=found.unit_label,
        qualifier=Qualifier(found.qualifier),
        in_words=found.in_words,
        section=section,
        sentence=sentence,
        period=period[0],
        period_stated=period[1],
        base_period=period[2],
        measure=found.measure,
        second_raw=" ".join(second),
        order_repaired=found.repaired,
    )


def _mention(
    report_id: str,
    found: Found,
    words: Sequence[tuple[int, Word]],
    section: str,
    sentence: str,
    counts: dict[tuple[int, str], int],
) -> Mention:
    place = _locus(report_id, words)
    kind = found.named or ("duration" if found.kind == "unit" else found.kind)
    value = found.text_value or ("" if found.value is None else f"{found.value.normalize():f}")
    return Mention(
        mention_id=_number_id(report_id, place.page, "m", counts),
        locus=place,
        kind=kind,
        raw=found.raw,
        value=value,
        section=section,
        sentence=sentence,
        weekday=found.weekday,
    )


def _period(
    found: Found, everything: Sequence[Found], years: Sequence[Found], sentence: tuple[int, int]
) -> tuple[str, bool, str]:
    """Reference period of a figure, whether it is printed in its sentence, and the year it is compared with.

    ``years`` are the reference periods of the paragraph. One right behind a figure is that figure's own. The others
    take the nearest one of the sentence that no figure owns, then one that is owned by a figure before them; then
    the last unowned one of the paragraph, which is what an opening clause («خلال سنة 2023، …») means.
    """
    start, end = sentence
    figures = [f for f in everything if f.kind in _FIGURES and not f.bare]
    owners = {id(year): _owner(year, figures) for year in years}
    base = [f for f in everything if f.named == "base_year" and start <= f.number_start < end]
    base_year = _nearest(found, base).text_value if base and found.measure == "growth_rate" else ""
    if found.measure == "target" and (aims := [f for f in everything if f.named == "horizon"]):
        return _nearest(found, aims).text_value, True, base_year
    own = [y for y in years if owners[id(y)] is found]
    if own:
        return own[0].text_value, True, base_year
    inside = [y for y in years if start <= y.number_start < end and not _figure_between(found, y, figures)]
    free = [y for y in inside if owners[id(y)] is None] or [
        y for y in inside if y.number_end <= found.number_start
    ]
    if free:
        return _nearest(found, free).text_value, True, base_year
    before = [y for y in years if y.number_start < start and owners[id(y)] is None]
    # A day or month there is that of an event, unless nothing else tells the year.
    before = [y for y in before if "-" not in y.text_value or y.text_value.endswith("-A1")] or before
    return (before[-1].text_value if before else ""), False, base_year


def _owner(year: Found, figures: Sequence[Found]) -> Found | None:
    """The figure right before a year («30 مركزا سنة 2021»)."""
    before = [f for f in figures if f.number_end <= year.number_start]
    if not before:
        return None
    nearest = max(before, key=lambda f: f.number_end)
    return nearest if year.number_start - max(nearest.end, nearest.number_end) <= OWN_REACH else None


def _figure_between(found: Found, year: Found, figures: Sequence[Found]) -> bool:
    """Whether a year stands behind the figure with another figure in between."""
    return any(found.number_end <= f.number_start < year.number_start for f in figures)


def _nearest(found: Found, others: Sequence[Found]) -> Found:
    def away(other: Found) -> int:
        return (
            other.number_start - found.number_end
            if other.number_start >= found.number_end
            else found.number_start - other.number_end
        )

    return min(others, key=away)


def _callout(
    report_id: str,
    page: Page,
    one: Callout,
    section_of: Callable[[int, float], str],
    counts: dict[tuple[int, str], int],
    out: Figures,
) -> None:
    """A call-out is read as the sentence «number label»; the label may hold further figures («مقابل 11 214 سنة 2023»)."""
    said = Paragraph()
    for i in (*one.number, *one.label):
        said.add(page.number, page.lines[i])
    end = said.pieces[len(one.number)][0]
    told = [f for f in find(said.text) if f.kind in _FIGURES]
    figures = [f for f in told if f.number_start < end]
    section = section_of(*said.place)
    beside = [f for f in told if f.number_start >= end and not f.bare]
    for found in [*([f for f in figures if not f.bare] or figures[:1]), *beside]:
        words = said.words_between(found.number_start, found.number_end)
        out.readings.append(
            _reading(report_id, found, words, section, said.text, ("", False, ""), counts, "callout")
        )


def body_size(pages: Sequence[Page]) -> float:
    """Font size of most letters that are no heading or furniture, in points; 0 without text."""
    sizes: dict[float, int] = defaultdict(int)
    for page in pages:
        for line in page.lines:
            if line.role is Role.BODY:
                sizes[round(line.size * 2) / 2] += len(flat_text(line.text))
    return max(sizes, key=lambda s: (sizes[s], s)) if sizes else 0.0
