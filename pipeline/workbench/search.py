"""Series found by words in Arabic, French or English, in any order and inflection; a typing slip is forgiven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline.codebook.wording import fold, forms
from pipeline.errors import UsageError
from pipeline.workbench.asking import Rows, ask

#: Likeness (0 to 100) from which a word that is found nowhere is taken for one that is.
_LIKE = 80.0
_COLUMNS = (
    "series_id",
    "label",
    "ref_area",
    "sex",
    "unit_measure",
    "first_period",
    "last_period",
    "vintages",
    "last_value",
)
_SQL = """
select s.*, o.obs_value as last_value
from series s left join latest o on o.series_id = s.series_id and o.time_period = s.last_period
order by s.series_id
"""
_KNOWN = """
with known as (select * from as_of(?))
select s.* replace (k.first as first_period, k.last as last_period, k.told as observation_count), o.obs_value as last_value
from series s
join (select series_id, min(time_period) as first, max(time_period) as last, count(*) as told from known group by all) k
  using (series_id)
join known o on o.series_id = s.series_id and o.time_period = k.last
order by s.series_id
"""


def search(
    database: Path,
    words: Sequence[str],
    language: str = "en",
    synonyms: Mapping[str, str] | None = None,
    day: str = "",
) -> Rows:
    """Series whose labels, area, sex, classes, code or id hold every word.

    Args:
        database: of the edition.
        words: as typed; each is met by an inflection of itself, by a word that begins with it, or, when nothing
            else is found, by one that differs in a letter or two.
        language: ``ar``, ``fr`` or ``en``, that of the labels shown.
        synonyms: other words for a code of sex or area, by code.
        day: only what reports said that were known on it; all when empty.

    Returns:
        The series, those with the most vintages first; empty when there are none.
    """
    held = (ask(database, _KNOWN, [day]) if day else ask(database, _SQL)).as_dicts()
    names = _class_names(database)
    for code, more in (synonyms or {}).items():
        names[code] = f"{names.get(code, '')} {more}"
    texts = {str(row["series_id"]): _text(row, names) for row in held}
    ids = [str(row["series_id"]).casefold() for row in held]
    wanted = [
        part
        for word in words
        # A code is taken as it is; other words without their marks and elisions (l'appui).
        for part in ([word.casefold()] if any(word.casefold() in one for one in ids) else fold(word).split())
    ]
    found = [row for row in held if all(_stands(word, texts[str(row["series_id"])]) for word in wanted)]
    if not found and wanted:
        vocabulary = sorted({word for text in texts.values() for word in text})
        nearest = [_nearest(word, vocabulary) for word in wanted]
        found = [row for row in held if all(near & texts[str(row["series_id"])] for near in nearest)]
    found.sort(key=lambda row: (-int(str(row["observation_count"])), str(row["series_id"])))
    return Rows(columns=_COLUMNS, rows=tuple(_shown(row, language) for row in found))


def vintages(database: Path, series_id: str, day: str = "") -> Rows:
    """The revision triangle of a series, as known on a day: a row a period, a column a report year.

    Raises:
        UsageError: when there is no such series.
    """
    said = ask(
        database,
        "select time_period, report_year, obs_value from by_year where series_id = ? and (? = '' or report_year in"
        " (select edition_year from reports where release_date <= rpad(?, 10, '-99')))",
        [series_id, day, day],
    ).rows
    if not said:
        raise UsageError(f"No series {series_id} in this edition.", "Find one with: hasila series WORDS.")
    years = sorted({year for _, year, _ in said if isinstance(year, int)})
    value = {(period, year): number for period, year, number in said}
    periods = sorted({str(period) for period, _, _ in said})
    return Rows(
        columns=("time_period", *(f"report {year}" for year in years)),
        rows=tuple((period, *(value.get((period, year)) for year in years)) for period in periods),
    )


def _class_names(database: Path) -> dict[str, str]:
    """Labels of the classes of breakdowns, by code."""
    rows = ask(database, "select code, label_ar, label_fr, label_en from codelists").rows
    names: dict[str, str] = {}
    for code, *labels in rows:
        names[str(code)] = f"{names.get(str(code), '')} {' '.join(map(str, labels))}"
    return names


def _text(row: Mapping[str, object], names: Mapping[str, str]) -> frozenset[str]:
    """All words of a series in all their forms, and the parts of its codes."""
    said = " ".join(str(row[c]) for c in row if c.startswith("label_"))
    classes = [pair.split("=")[-1].strip() for pair in str(row["dimensions"]).split(";")]
    classes += [str(row["ref_area"]), str(row["sex"]), str(row["age"])]
    said += "".join(f" {names.get(code, '')}" for code in classes)
    codes = f"{row['series_id']} {row['indicator']}".casefold()
    # Word by word: a text with any Arabic in it is folded by the rules of Arabic as a whole.
    folded = (part for word in said.split() for part in fold(word).split())
    words = {form for word in folded for form in (word, *forms(word))}
    return frozenset({*words, codes, *codes.replace(".", "_").split("_")})


def _stands(word: str, text: frozenset[str]) -> bool:
    asked = {word, *forms(word)}
    return bool(asked & text) or (len(word) >= 3 and any(word in held for held in text))


def _nearest(word: str, vocabulary: Sequence[str]) -> set[str]:
    near = process.extract(word, vocabulary, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=8)
    return {held for held, _, _ in near}


def _shown(row: Mapping[str, object], language: str) -> tuple[object, ...]:
    label = row[f"label_{language}"] or row["label_fr"] or row["label_ar"]
    shown = {**row, "label": label, "vintages": row["observation_count"]}
    return tuple(shown[name] for name in _COLUMNS)
