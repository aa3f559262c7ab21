"""``digest.html`` and ``digest.md``: what was read, what changed, what to check, on one page for people."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape

from pipeline.model.edition import Dataset
from pipeline.model.finding import Finding, Severity
from pipeline.model.observation import is_country
from pipeline.model.place import Box
from pipeline.model.series import Series
from pipeline.warehouse.charts import Point, chart, said
from pipeline.warehouse.difference import Difference

#: Draws the surroundings of a box: report id, page, box → PNG bytes, or nothing where it can't be drawn.
Picture = Callable[[str, int, Box], bytes | None]

#: Findings that come with a picture, findings listed, series charted, and changes listed.
PICTURES, LISTED, CHARTED, CHANGES = 24, 120, 12, 40
#: Groups of digits with spaces between them, and any number.
_GROUPS = r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)"
_NUMBER = rf"(?:{_GROUPS}|\d[\d\u202f.,]*)%?"
#: A name of a file, numbers with signs of arithmetic between them, or a number in groups.
_LEFT_TO_RIGHT = re.compile(
    rf"[A-Za-z0-9][\w.\-]*\.[A-Za-z]{{3,4}}\b|{_NUMBER}(?:\s?[+×÷=≈/→−-]\s?%?\s?{_NUMBER}(?:\s?%)?)+|{_GROUPS}"
)
#: Outcomes, kinds of pages and units in the three languages of the page: French, Arabic, English.
WORDS = {
    "read": ("lu", "قرئ", "read"),
    "partly": ("lu en partie", "قرئ جزئيا", "read in part"),
    "refused": ("refusé", "مرفوض", "refused"),
    "timeout": ("délai dépassé", "تجاوز المهلة", "took too long"),
    "out_of_memory": ("mémoire épuisée", "نفدت الذاكرة", "out of memory"),
    "crash": ("panne du lecteur", "تعطل القارئ", "reader crashed"),
    "text": ("texte", "نص", "text"),
    "scan": ("scan", "مسح ضوئي", "scan"),
    "mixed": ("mixte", "مختلط", "mixed"),
    "garbled": ("illisible, reconnue", "نص معطوب", "garbled text"),
    "outlines": ("tracés", "رسوم", "outlines"),
    "blank": ("vide", "فارغة", "blank"),
    "PS": ("personnes", "أشخاص", "persons"),
    "NUMBER": ("nombre", "عدد", "number"),
    "EUR": ("euros", "أورو", "euros"),
    "USD": ("dollars américains", "دولار أمريكي", "US dollars"),
    "TND": ("dinars tunisiens", "دينار تونسي", "Tunisian dinars"),
    "DZD": ("dinars algériens", "دينار جزائري", "Algerian dinars"),
    "LYD": ("dinars libyens", "دينار ليبي", "Libyan dinars"),
    "MRU": ("ouguiyas", "أوقية", "ouguiyas"),
    "MRO": ("anciens ouguiyas", "أوقية قديمة", "old ouguiyas"),
    "EGP": ("livres égyptiennes", "جنيه مصري", "Egyptian pounds"),
    "JOD": ("dinars jordaniens", "دينار أردني", "Jordanian dinars"),
    "SYP": ("livres syriennes", "ليرة سورية", "Syrian pounds"),
    "LBP": ("livres libanaises", "ليرة لبنانية", "Lebanese pounds"),
    "IQD": ("dinars irakiens", "دينار عراقي", "Iraqi dinars"),
    "SAR": ("riyals saoudiens", "ريال سعودي", "Saudi riyals"),
    "AED": ("dirhams des Émirats", "درهم إماراتي", "UAE dirhams"),
    "KWD": ("dinars koweïtiens", "دينار كويتي", "Kuwaiti dinars"),
    "QAR": ("riyals qataris", "ريال قطري", "Qatari riyals"),
    "BHD": ("dinars bahreïnis", "دينار بحريني", "Bahraini dinars"),
    "OMR": ("rials omanais", "ريال عماني", "Omani rials"),
    "YER": ("rials yéménites", "ريال يمني", "Yemeni rials"),
    "SDG": ("livres soudanaises", "جنيه سوداني", "Sudanese pounds"),
    "XXX": ("autre monnaie", "عملة أخرى", "another currency"),
    "MAD": ("dirhams", "درهم", "dirhams"),
    "PT": ("%", "%", "%"),
    "PP": ("points", "نقط مئوية", "percentage points"),
    "new": ("nouvelle", "جديدة", "new"),
    "changed": ("changée", "متغيرة", "changed"),
    "filled": ("complétée", "مستكملة", "filled"),
    "lost": ("perdue", "مفقودة", "lost"),
    "gone": ("disparue", "مختفية", "gone"),
}
#: What to do about a finding, by its origin: French, Arabic, English.
NEXT_STEP = {
    "extraction": (
        "Notre lecture est en doute : la comparer à l'image, puis la corriger ou l'accepter (hasila review).",
        "قراءتنا موضع شك: تقارن بالصورة، ثم تصحح أو تقبل (hasila review).",
        "Our reading is in doubt: compare it with the picture, then correct or accept it (hasila review).",
    ),
    "source": (
        "Le rapport se contredit : la valeur imprimée est gardée, la question va à l'éditeur.",
        "التقرير يناقض نفسه: تبقى القيمة المطبوعة، والسؤال للناشر.",
        "The report contradicts itself: the printed value stays, the question is one for the publisher.",
    ),
    "revision": (
        "Une édition ultérieure dit autre chose : les deux valeurs sont gardées.",
        "إصدار لاحق يقول غير ذلك: القيمتان محفوظتان.",
        "A later edition says otherwise: both values are kept.",
    ),
    "definition": (
        "Peut-être deux grandeurs : comparer libellés, unités et périodes.",
        "قد تكونان كميتين مختلفتين: تقارن التسميات والوحدات والفترات.",
        "Perhaps two quantities: compare labels, units and periods.",
    ),
    "wording": (
        "Affaire de formulation : la valeur reste.",
        "مسألة صياغة: تبقى القيمة.",
        "A matter of wording: the value stays.",
    ),
    "undetermined": (
        "Le calcul ne dit pas quel chiffre est faux : regarder la page.",
        "لا يدل الحساب على الرقم الخاطئ: ينظر في الصفحة.",
        "Arithmetic does not say which figure is wrong: look at the page.",
    ),
}
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


def write_digest(
    dataset: Dataset,
    counts: Mapping[str, int],
    folder: Path,
    edition_id: str,
    change: Difference | None,
    picture: Picture | None,
) -> None:
    """Write both digests; the page is self-contained and needs no network."""
    facts = _facts(dataset, counts, folder, edition_id, change, picture)
    environment = Environment(
        loader=PackageLoader("pipeline.warehouse"),
        autoescape=select_autoescape(["html.j2"], default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["isolated"] = isolated
    (folder / "digest.html").write_text(
        environment.get_template("digest.html.j2").render(facts), encoding="utf-8"
    )
    plain = Environment(
        loader=PackageLoader("pipeline.warehouse"), autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    (folder / "digest.md").write_text(plain.get_template("digest.md.j2").render(facts), encoding="utf-8")


def isolated(text: str) -> Markup:
    """HTML of a text in which arithmetic and names of files keep their own direction inside Arabic."""
    parts: list[Markup] = []
    at = 0
    for match in _LEFT_TO_RIGHT.finditer(text):
        parts += [escape(text[at : match.start()]), Markup('<bdi dir="ltr">{}</bdi>').format(match.group())]
        at = match.end()
    return Markup("").join([*parts, escape(text[at:])])


def by_consequence(findings: tuple[Finding, ...]) -> list[Finding]:
    """Open findings, those of the greatest consequence first."""
    held = [f for f in findings if not f.accepted]
    return sorted(held, key=lambda f: (_WEIGHT[f.severity], -f.priority, f.finding_id))


def _facts(
    dataset: Dataset,
    counts: Mapping[str, int],
    folder: Path,
    edition_id: str,
    change: Difference | None,
    picture: Picture | None,
) -> dict[str, Any]:
    names = {r.report_id: r.file_name for r in dataset.reports}
    findings = by_consequence(dataset.findings)
    return {
        "edition_id": edition_id,
        "verdict": dataset.verdict,
        "counts": dict(counts),
        "standing": _standing(folder),
        "reports": [
            {
                "file": r.file_name,
                "year": r.edition_year or "",
                "title_ar": r.title_ar,
                "title_fr": r.title_fr,
                "outcome": r.outcome.value,
                "why": r.why,
                "pages": r.page_count,
                "fictitious": r.fictitious,
                "kinds": r.pages_by_kind,
            }
            for r in sorted(dataset.reports, key=lambda r: (r.edition_year or 0, r.file_name))
        ],
        "change": change,
        "changes": _changes(change, dataset.series),
        "words": WORDS,
        "findings": [
            _finding(f, names, picture if i < PICTURES else None) for i, f in enumerate(findings[:LISTED])
        ],
        "unlisted": max(len(findings) - LISTED, 0),
        "health": dataset.health,
        "charts": _charts(dataset.series),
        "coverage": _coverage(dataset),
        "said": said,
    }


def _changes(change: Difference | None, series: tuple[Series, ...]) -> list[dict[str, Any]]:
    """The changes listed, the gravest first, with the labels of their series."""
    labels = {one.series_id: (one.label_fr, one.label_ar, one.label_en) for one in series}
    order = ("lost", "gone", "changed", "filled", "new")
    held = sorted(change.changes if change else (), key=lambda c: (order.index(c.kind), c.observation_id))
    return [
        {
            "kind": c.kind,
            "series_id": c.series_id,
            "time_period": c.time_period,
            "old": said(c.old),
            "new": said(c.new),
            "labels": labels.get(c.series_id, ("", "", "")),
        }
        for c in held[:CHANGES]
    ]


def _standing(folder: Path) -> dict[str, int]:
    column = pq.read_table(folder / "parquet" / "observations.parquet", columns=["validation"]).column(0)
    counted = {row["values"]: row["counts"] for row in column.value_counts().to_pylist()}
    return {name: counted.get(name, 0) for name in ("pass", "warning", "error", "unchecked")}


def _finding(finding: Finding, names: Mapping[str, str], picture: Picture | None) -> dict[str, Any]:
    image = None
    if picture is not None and finding.locus is not None:
        image = picture(finding.locus.report_id, finding.locus.page, finding.locus.box)
    return {
        "id": finding.finding_id,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "origin": finding.origin.value,
        "next": NEXT_STEP[finding.origin.value],
        "file": names.get(finding.report_id, ""),
        "page": finding.locus.page if finding.locus is not None else None,
        "ar": finding.message_ar,
        "fr": finding.message_fr,
        "en": finding.message_en,
        "expected": finding.expected,
        "observed": finding.observed,
        "picture": base64.b64encode(image).decode() if image else "",
    }


def _charts(series: tuple[Series, ...]) -> list[dict[str, str]]:
    """Totals of known indicators with the most years."""
    drawn = []
    for one in series:
        if one.sex != "_T" or not is_country(one.ref_area) or one.dimensions:
            continue
        points = {
            (v.time_period, v.report_year): Point(int(v.time_period), v.report_year, v.obs_value)
            for v in one.vintages
            if v.obs_value is not None and v.report_year is not None and v.time_period.isdigit()
        }
        years = {p.year for p in points.values()}
        if len(years) >= 2 and _level(one):
            drawn.append((len(years), not one.indicator.startswith("X_"), one, list(points.values())))
    drawn.sort(key=lambda d: (-d[1], -d[0], d[2].series_id))
    return [
        {
            "ar": one.label_ar,
            "fr": one.label_fr,
            "en": one.label_en or one.label_fr,
            "unit": one.unit_measure,
            "svg": chart(points),
            "id": one.series_id,
        }
        for _, _, one, points in drawn[:CHARTED]
    ]


def _level(series: Series) -> bool:
    values = {v.obs_value for v in series.vintages}
    return series.unit_measure != "PT" or values != {Decimal(100)}


def _coverage(dataset: Dataset) -> dict[str, Any]:
    """Figures read by section and edition year."""
    years = {r.report_id: r.edition_year for r in dataset.reports}
    copies = Counter(r.edition_year for r in dataset.reports if r.edition_year)
    counted = Counter(
        (reading.section or "—", year)
        for reading in dataset.readings
        if (year := years[reading.locus.report_id]) is not None
    )
    columns = sorted({year for _, year in counted})
    totals: Counter[str] = Counter()
    for (section, _), count in counted.items():
        totals[section] += count
    rows: list[dict[str, Any]] = [
        {
            "section": section,
            "cells": [round(counted[section, year] / max(copies[year], 1)) for year in columns],
        }
        for section, _ in totals.most_common(14)
    ]
    top = max((cell for row in rows for cell in row["cells"]), default=1) or 1
    return {"years": columns, "rows": rows, "top": top}
