"""Pages of the review as HTML, in Arabic, French or English; nothing in them comes from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pypdfium2
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.codebook.decisions import VERDICTS
from pipeline.model.place import Box
from pipeline.warehouse.digest import NEXT_STEP, WORDS, isolated
from pipeline.workbench.picture import page_alone
from pipeline.workbench.review import Review
from pipeline.workbench.waiting import Place, figures, finding, places, series, suggestions

LANGUAGES = ("fr", "ar", "en")
#: Points of page around the boxes at first sight, and the least height of what is shown.
_MARGIN, _LEAST = 70.0, 240.0
#: Findings that the list of the queue shows.
_LISTED = 400
_ENVIRONMENT = Environment(
    loader=PackageLoader("pipeline.workbench"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def card_page(
    review: Review, finding_id: str, language: str, token: str, *, typed: Mapping[str, str], error: str = ""
) -> str:
    """The page of one finding; ``typed`` is what a person had typed when ``error`` turned them back."""
    row = finding(review.database, finding_id)
    held = figures(review.database, row)
    told = [one for one in str(row["explanations"] or "").split(" | ") if one]
    return _rendered(
        "card",
        review,
        language,
        token,
        finding=row,
        messages=str(row[f"message_{language}"] or "").split(" | "),
        next_step=NEXT_STEP[str(row["origin"])][LANGUAGES.index(language)],
        explanations=review.explained(told, language),
        suggestions=suggestions(row, held),
        figures=held,
        places=[_page(review, place, number) for number, place in enumerate(places(row, held))],
        series=series(review.database, held),
        decided=review.standing().get(finding_id, ""),
        skipped=finding_id in review.skipped,
        position=[one.finding_id for one in review.queue].index(finding_id) + 1,
        verdicts=VERDICTS,
        typed=typed,
        error=error,
    )


def queue_page(review: Review, language: str, token: str, *, error: str = "") -> str:
    """The whole queue; what was decided, what was skipped, and how it goes on when nothing is open."""
    return _rendered("queue", review, language, token, again=review.again, listed=_LISTED, error=error)


def _rendered(name: str, review: Review, language: str, token: str, **given: Any) -> str:
    at = LANGUAGES.index(language)
    settled = review.standing()

    def words(fr: str, ar: str, en: str) -> str:
        return (fr, ar, en)[at]

    def word(code: str) -> str:
        return WORDS[code][at] if code in WORDS else code

    lines: Callable[[str], Markup] = isolated if language == "ar" else Markup.escape
    return _ENVIRONMENT.get_template(f"{name}.html.j2").render(
        t=words,
        w=word,
        line=lines,
        lang=language,
        dir="rtl" if language == "ar" else "ltr",
        token=token,
        edition=review.database.parent.name,
        codebook=str(review.codebook),
        queue=review.queue,
        settled=settled,
        skips=review.skipped,
        count=len(review.queue),
        done=sum(one.finding_id in settled for one in review.queue),
        last=review.last,
        **given,
    )


def _page(review: Review, place: Place, number: int) -> dict[str, Any]:
    """A page with its boxes, what to show of it first, or why it can't be shown."""
    shown: dict[str, Any] = {"place": place, "number": number, "why": "", "width": 0.0, "height": 0.0}
    path = review.place(place.report_id)
    if path is None:
        return {**shown, "why": "gone"}
    try:
        _, width, height = page_alone(path, place.page)
    except (OSError, IndexError, pypdfium2.PdfiumError):
        return {**shown, "why": "undrawable"}
    return {**shown, "width": width, "height": height, "view": _view(place.around, width, height)}


def _view(around: Box, width: float, height: float) -> str:
    """The part of a page to show first: its full width, so that stubs and heads stay in sight."""
    tall = min(max(around.height + 2 * _MARGIN, _LEAST), height)
    top = min(max(around.centre[1] - tall / 2, 0.0), height - tall)
    return f"0 {top:.1f} {width:.1f} {tall:.1f}"
