"""Periods of plans and programmes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from pipeline.codebook.loading import fold
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.reading import Mention
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence

_QUOTED = re.compile(r"[«\"“]\s*([^»\"”]{2,60}?)\s*[»\"”]")
_PERIOD = re.compile(r"^(\d{4})/(\d{4})$")
#: How far before its period the quoted name of a plan may end, in characters.
_REACH = 40


def plan_periods(evidence: Evidence) -> Iterator[Finding]:
    """One plan has one period.

    Two mentions of one name with different periods, or two periods that begin together and end a year apart, are
    shown to a person; which one is right can't be told from the page.
    """
    by_report: dict[str, list[Mention]] = defaultdict(list)
    for mention in evidence.mentions:
        if mention.kind == "period" and _PERIOD.match(mention.value):
            by_report[mention.locus.report_id].append(mention)
    alike = float(evidence.codebook.identities.limits["same_name"])
    for mentions in by_report.values():
        yield from _differing(mentions, alike)


def _differing(mentions: Sequence[Mention], alike: float) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    pairs = list(combinations(mentions, 2))
    named = [(a, b, _same_name(a, b, alike)) for a, b in pairs if a.value != b.value]
    for a, b, name in sorted(named, key=lambda pair: not pair[2]):
        near = a.value[:4] == b.value[:4] and abs(int(a.value[5:]) - int(b.value[5:])) == 1
        periods = (min(a.value, b.value), max(a.value, b.value))
        if periods in seen or not (name or near):
            continue
        seen.add(periods)
        often = tuple(sum(m.value == one.value for m in mentions) for one in (a, b))
        ar, fr, en = (f"«{name}»: ", f"« {name} » : ", f"“{name}”: ") if name else ("", "", "")
        yield card(
            "DOC-06",
            "document",
            Severity.WARNING,
            locus=a.locus,
            mention=a.mention_id,
            origin=Origin.WORDING,
            expected=b.value,
            observed=a.value,
            ar=f"{ar}فترتان مختلفتان: {a.raw} (ص {a.locus.page}، ×{often[0]}) و{b.raw} (ص {b.locus.page}، ×{often[1]})",
            fr=f"{fr}deux périodes, {a.raw} (p. {a.locus.page}, {often[0]} fois) et {b.raw} (p. {b.locus.page}, {often[1]} fois)",
            en=f"{en}two periods, {a.raw} (p. {a.locus.page}, ×{often[0]}) and {b.raw} (p. {b.locus.page}, ×{often[1]})",
        )


def _same_name(a: Mention, b: Mention, alike: float) -> str:
    """The name that two mentions share, empty if they name none or two."""
    one, other = _name(a), _name(b)
    return one if one and other and fuzz.ratio(fold(one), fold(other)) >= alike else ""


def _name(mention: Mention) -> str:
    """The quoted name that stands shortly before a period in its sentence."""
    before = mention.sentence.split(mention.raw, 1)[0]
    quoted = list(_QUOTED.finditer(before))
    return quoted[-1][1] if quoted and len(before) - quoted[-1].end() <= _REACH else ""
