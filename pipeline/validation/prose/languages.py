"""The same paragraphs in Arabic and in French on one page: their figures in order, held against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.codebook.wording import is_arabic
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.place import Method
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import of
from pipeline.validation.prose.telling import kind_of
from pipeline.validation.slips import slip

#: Two texts that share fewer figures, or a smaller part of the shorter one's, are no translation of each other.
_FEWEST, _PART = 4, 0.6
#: Values of fewer digits are alike by chance.
_TELLING = 100
#: Longer texts are not compared: what is side by side fits on a page.
_MOST = 200

Pair = tuple[int, int]


def told_in_two_languages(evidence: Evidence, report_id: str) -> Iterator[Finding]:
    """A figure that stands alone between the same agreeing figures in both languages is the same in both."""
    pages: dict[int, tuple[list[Reading], list[Reading]]] = defaultdict(lambda: ([], []))
    for one in evidence.prose_of(report_id):
        if one.kind == "prose" and one.value is not None:
            pages[one.locus.page][is_arabic(one.sentence)].append(one)
    for french, arabic in pages.values():
        if min(len(french), len(arabic)) < _FEWEST or max(len(french), len(arabic)) > _MOST:
            continue
        anchors = _aligned(french, arabic)
        if (apart := _only_one(french, arabic, anchors)) is not None:
            yield _two(*apart)
            continue
        told = [pair for pair in anchors if _tells(french[pair[0]])]
        if len(told) < _FEWEST - 1 or len(anchors) < _PART * min(len(french), len(arabic)):
            continue
        for i, j in anchors:
            evidence.vouch("DOC-01", (french[i].reading_id, arabic[j].reading_id), weak=True)
        yield from (_two(a, b) for a, b in _between(french, arabic, anchors))


def _tells(one: Reading) -> bool:
    return one.value is not None and (one.value >= _TELLING or one.resolution < 1)


def _aligned(french: Sequence[Reading], arabic: Sequence[Reading]) -> list[Pair]:
    """The longest row of figures that are equal in both texts, in order; places in each."""
    best = [[0] * (len(arabic) + 1) for _ in range(len(french) + 1)]
    for i in range(len(french) - 1, -1, -1):
        for j in range(len(arabic) - 1, -1, -1):
            equal = _equal(french[i], arabic[j])
            best[i][j] = best[i + 1][j + 1] + 1 if equal else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(french) and j < len(arabic):
        if _equal(french[i], arabic[j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _equal(one: Reading, other: Reading) -> bool:
    """Whether two figures are one: of one unit, or one cut from its unit where the line ended, and then of many digits."""
    if one.value != other.value:
        return False
    cut = _tells(one) and not (one.unit_label and other.unit_label)
    return cut or kind_of(one.unit_measure) == kind_of(other.unit_measure)


def _only_one(
    french: Sequence[Reading], arabic: Sequence[Reading], anchors: Sequence[Pair]
) -> tuple[Reading, Reading] | None:
    """The one pair that differs of texts that have as many figures in the same order, be it the last."""
    left = {*range(len(french))} - {i for i, _ in anchors}
    if len(french) != len(arabic) or len(left) != 1 or any(i != j for i, j in anchors):
        return None
    (at,) = left
    return (french[at], arabic[at]) if _differ(french[at], arabic[at]) else None


def _differ(one: Reading, other: Reading) -> bool:
    """Whether two figures of one unit that tell something can't be one number."""
    x, y = of(one), of(other)
    one_kind = kind_of(one.unit_measure) == kind_of(other.unit_measure)
    return one_kind and _tells(one) and x is not None and y is not None and not x.meets(y)


def _between(
    french: Sequence[Reading], arabic: Sequence[Reading], anchors: Sequence[Pair]
) -> Iterator[tuple[Reading, Reading]]:
    """Figures that stand alone between two neighbouring anchors in both texts, of one unit, that can't be one number."""
    for (i, j), (k, m) in zip(anchors, [*anchors[1:], (len(french), len(arabic))], strict=True):
        if k - i != 2 or m - j != 2 or k == len(french):
            continue
        if _differ(french[i + 1], arabic[j + 1]):
            yield french[i + 1], arabic[j + 1]


def _two(french: Reading, arabic: Reading) -> Finding:
    slips = bool(slip(french.value or Decimal(0), arabic.value or Decimal(0)))
    exact = all(r.qualifier is Qualifier.EXACT for r in (french, arabic))
    recognised = any(r.locus.method is Method.OCR for r in (french, arabic))
    page = french.locus.page
    return card(
        "DOC-01",
        "document",
        Severity.ERROR if slips and exact and not recognised else Severity.WARNING,
        readings=[arabic, french],
        expected=french.raw,
        observed=arabic.raw,
        origin=Origin.EXTRACTION if recognised else Origin.SOURCE,
        ar=f"في النص العربي {arabic.raw} وفي الفرنسي {french.raw} (ص {page})",
        fr=f"{arabic.raw} dans le texte arabe, {french.raw} dans le texte français (p. {page})",
        en=f"{arabic.raw} in the Arabic text, {french.raw} in the French one (p. {page})",
    )
