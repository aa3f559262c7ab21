"""What a report says of itself on its first pages: year, titles, publisher, and whether it is made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import regex
from rapidfuzz import fuzz

from pipeline.codebook.loading import Codebook, fold
from pipeline.language.flat import flat_text, flatten
from pipeline.language.quantities import find
from pipeline.model.page import Line, Page, Word
from pipeline.model.report import Report

_YEAR = regex.compile(r"(?<![\d/\-.])(?:19|20)\d{2}(?![\d/\-.])")
#: A financial or school year.
_IN_A_ROW = regex.compile(r"(?<![\d/\-.])((?:19|20)\d{2})[/\-]((?:19|20)\d{2})(?![\d/\-])")
_ARABIC = regex.compile(r"\p{Script=Arabic}")
_LATIN = regex.compile(r"\p{Script=Latin}")
_MADE_UP = ("مختلقة", "edition fictive", "made-up test", "fictitious")
#: Pages that are the cover.
COVER_PAGES = 2
#: On a scanned cover an emblem is read as a large short word of little confidence: a title has more letters, and is sure.
TITLE_LETTERS, TITLE_SURE = 3, 0.6
_MINISTRY = regex.compile(r"^(?:وزارة|ministere)\b")


def describe(report: Report, pages: Sequence[Page], codebook: Codebook) -> Report:
    """Fill in edition year, titles, publisher, kinds of pages and the mark of a made-up edition."""
    kinds = Counter(page.kind.value for page in pages)
    front = [line for page in pages[:1] for line in page.lines]
    title_ar = _title(front, _ARABIC.search)
    title_fr = _title(front, lambda text: _LATIN.search(text) and not _ARABIC.search(text))
    flat = flat_text(" ".join(line.text for line in front))
    return replace(
        report,
        edition_year=_edition_year(pages, title_ar, title_fr),
        title_ar=title_ar,
        title_fr=title_fr,
        publisher=_publisher(front, codebook),
        country=_country(cover_of(pages), codebook),
        fictitious=any(flat_text(mark) in flat for mark in _MADE_UP),
        pages_by_kind=tuple(sorted(kinds.items())),
        page_count=max(report.page_count, len(pages)),
    )


def _title(lines: Sequence[Line], is_language: object) -> str:
    """The lines of the largest size in one language; addresses and mottos in capitals are smaller."""
    held = [
        line
        for line in lines
        if callable(is_language) and is_language(line.text) and "www." not in line.text and _titular(line)
    ]
    if not held:
        return ""
    size = max(line.size for line in held)
    largest = sorted((line for line in held if line.size >= 0.9 * size), key=lambda line: line.box.top)
    return " ".join(word.text for line in largest for word in line.words if not _speck(word))


def _speck(word: Word) -> bool:
    """Whether a word of a scanned cover is so short and unsure that it is hardly one."""
    return word.confidence < TITLE_SURE and sum(c.isalnum() for c in word.text) < TITLE_LETTERS


def _titular(line: Line) -> bool:
    letters = [(sum(c.isalpha() for c in word.text), word.confidence) for word in line.words]
    count = sum(n for n, _ in letters)
    return count >= TITLE_LETTERS and sum(n * sure for n, sure in letters) / count >= TITLE_SURE


def _edition_year(pages: Sequence[Page], *titles: str) -> int | None:
    """The year of the title; else the latest on the cover, of its dates if of nothing else; else the latest named most inside.

    A report of one year names many earlier ones, in tables and laws, so inside it the latest is taken of the
    years named at least half as often as the one named most; plans name later years, but seldom.
    """
    for title in titles:
        if years := _years(title):
            return max(years)
    cover = [line.text for page in pages[:1] for line in page.lines]
    for years in ([y for text in cover for y in _years(text)], [y for text in cover for y in _dates(text)]):
        if years:
            return max(years)
    inside = Counter(y for page in pages for line in page.lines for y in _years(line.text))
    return max((year for year in inside if 2 * inside[year] >= max(inside.values())), default=None)


def _years(text: str) -> list[int]:
    """Years that a text names, not those of laws, dates and plans; of two in a row, as of a school year, the last."""
    documents = {f.number_start for f in find(text) if f.named == "document_year"}
    flat = flatten(text)
    years = [
        int(m.group()) for m in _YEAR.finditer(flat.text) if flat.span(m.start(), m.end())[0] not in documents
    ]
    return years + [int(m[2]) for m in _IN_A_ROW.finditer(flat.text) if int(m[2]) == int(m[1]) + 1]


def _dates(text: str) -> list[int]:
    return [int(f.text_value[:4]) for f in find(text) if f.kind == "date" and f.text_value[:4].isdecimal()]


def _publisher(lines: Sequence[Line], codebook: Codebook) -> str:
    """The ministry under its name of the time, as the codebook has it; else the line that begins with its word."""
    whole = fold(" ".join(line.text for line in lines if _ARABIC.search(line.text)))
    french = fold(
        " ".join(line.text for line in lines if _LATIN.search(line.text) and not _ARABIC.search(line.text))
    )
    scored = [
        (max(fuzz.partial_ratio(fold(ar), whole), fuzz.partial_ratio(fold(fr), french)), ar)
        for ar, fr in codebook.publishers
    ]
    best = max(scored, default=(0.0, ""))
    if best[0] >= 92:
        return best[1]
    return next((line.text for line in lines if _MINISTRY.match(flat_text(line.text))), "")


def cover_of(pages: Sequence[Page]) -> str:
    """The folded text of the first pages, which tell of which country and of which family a report is."""
    return fold(" ".join(line.text for page in pages[:COVER_PAGES] for line in page.lines))


def _country(cover: str, codebook: Codebook) -> str:
    """Code of the country whose official name stands on the cover; empty where none does, or several do."""
    named = {
        area.code
        for name, held in codebook.area_of.items()
        for area in held
        if area.level == "country" and " " in name and f" {name} " in f" {cover} "
    }
    return named.pop() if len(named) == 1 else ""
