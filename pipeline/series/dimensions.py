"""Labels of rows and columns as dimensions: sex, age, area, period, other breakdowns; the rest is a measure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.codebook.loading import Codebook, LabelRow, fold
from pipeline.codebook.wording import is_arabic
from pipeline.language.yearparts import YearPart
from pipeline.model.edition import Code
from pipeline.model.reading import Label
from pipeline.series.periods import first_part, is_period, period_in, without_period
from pipeline.series.remarks import Remarks
from pipeline.series.territories import Places

TOTAL = "_T"
#: Groups of labels.csv whose rows are classes of a breakdown of that name.
_BREAKDOWNS = (
    "milieu",
    "disability",
    "services",
    "institutions",
    "social",
    "people",
    "programme",
    "bodies",
    "money",
)
#: Groups whose rows say what is counted or how, not which part of it.
_MEASURES = (
    "total",
    "institutions",
    "bodies",
    "people",
    "money",
    "programme",
    "furniture",
    "period",
    "sex",
    "age",
)
#: Codes of columns that hold changes, not levels.
_GROWTH = {"VARIATION", "INCREASE", "DECREASE"}
#: Titles of age breakdowns; with one of them in caption or heads, "children" and "adults" are ages.
_AGE_TITLES = ("AGE", "AGE_GROUP", "BENEF_BREAKDOWN_AGE")


@dataclass(slots=True)
class Dimensions:
    """What the labels of one figure say. ``measures`` are the labels that say what is counted.

    ``counted`` and ``pairs`` are the measures and the other dimensions once all labels are read; ``remark`` is the status
    that labels give in brackets, ``part`` the part of the year that they name.
    """

    sex: str = ""
    age: str = ""
    area: str = ""
    period: str = ""
    others: dict[str, str] = field(default_factory=dict)
    total: bool = False
    contradicts: bool = False
    growth: bool = False
    measures: list[Label] = field(default_factory=list)
    named: list[tuple[str, str, Label]] = field(default_factory=list)
    counted: tuple[Label, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    remark: str = ""
    part: YearPart | None = None


@dataclass(frozen=True)
class Breakdowns:
    """Reads labels with one codebook; what was read once is remembered."""

    codebook: Codebook
    places: Places
    remarks: Remarks
    _read_before: dict[tuple[str, str, str, str, int | None, bool], Dimensions] = field(default_factory=dict)

    def about_ages(self, texts: Iterable[str]) -> bool:
        """Tell whether the caption or the heads of a table speak of ages."""
        keys = [f" {fold(part)} " for text in texts for part in text.split(" / ")]
        return any(f" {title} " in key for title in self._age_titles for key in keys)

    @cached_property
    def _age_titles(self) -> frozenset[str]:
        return frozenset(fold(row.wording) for row in self.codebook.labels if row.code in _AGE_TITLES)

    def of(self, row: Label, column: Label, *, year: int | None, ages: bool = False) -> Dimensions:
        """Dimensions of a table figure; not to be changed, they are shared by figures with equal labels.

        Args:
            row: label of its row.
            column: label of its column, tiers joined by `` / ``.
            year: year of the edition, for territories.
            ages: whether the table is about ages, so that "children" is one.
        """
        key = (row.ar, row.fr, column.ar, column.fr, year, ages)
        found = self._read_before.get(key)
        if found is None:
            found = self._read_before[key] = Dimensions()
            for tier in _tiers(row):
                self._read(tier, found, year, ages, is_row=True)
            for tier in _tiers(column):
                self._read(tier, found, year, ages, is_row=False)
            found.counted, found.pairs = tuple(found.measures), tuple(sorted(found.others.items()))
            found.remark = self.remarks.of(key[:4])
            found.part = first_part(key[:4])
        return found

    def _read(self, label: Label, found: Dimensions, year: int | None, ages: bool, *, is_row: bool) -> None:
        period = _agree(period_in(label.ar), period_in(label.fr))
        bare = Label(ar=without_period(label.ar), fr=without_period(label.fr))
        if period and is_period(period):
            found.period = found.period or period
            if not any(c.isalpha() for c in bare.ar + bare.fr) or self._rows(bare, ("period",)):
                return
            label = bare
        arabic, french = fold(label.ar), fold(label.fr)
        sexes = {self.codebook.sex_of.get(key, "") for key in (arabic, french)} & {"M", "F"}
        if len(sexes) > 1:
            found.contradicts = True
            return
        if arabic in self.codebook.total_wordings or french in self.codebook.total_wordings:
            found.total = True
        elif sexes:
            found.sex = next(iter(sexes))
        elif area := _agree(self.places.area_of(label.ar, year), self.places.area_of(label.fr, year)):
            found.area = area
        elif ages and (
            age := _agree(self.codebook.age_of.get(arabic, ""), self.codebook.age_of.get(french, ""))
        ):
            found.age = age
        else:
            self._other(label, found, is_row=is_row)

    def _other(self, label: Label, found: Dimensions, *, is_row: bool) -> None:
        """A class of another breakdown, by the codebook or as printed; or what is counted."""
        rows = self._rows(label, _BREAKDOWNS)
        is_age = self._rows(label, ("age",))
        if is_age and not rows:
            found.age = is_age[0].code
        elif self._says_measure(label):
            found.measures.append(label)
            found.growth = found.growth or bool({row.code for row in self._rows(label, ("total",))} & _GROWTH)
        elif rows and (is_row or rows[0].group not in _MEASURES):
            found.others[rows[0].group] = rows[0].code
        elif is_row:
            self._as_printed(label, found)
        else:
            # An unknown head may be a class or a measure: as a measure it keeps its column apart as well.
            found.measures.append(label)

    def _as_printed(self, label: Label, found: Dimensions) -> None:
        code = printed_code(label)
        found.others["item"] = code
        found.named.append(("CL_ITEM", code, label))

    def _rows(self, label: Label, groups: Sequence[str]) -> list[LabelRow]:
        """Rows of the codebook that both languages, or the one that is printed, agree on."""
        held = [
            {row.code: row for row in self.codebook.label_of.get(fold(text), ()) if row.group in groups}
            for text in (label.ar, label.fr)
            if text
        ]
        known = [rows for rows in held if rows]
        if not known:
            return []
        return [row for code, row in known[0].items() if all(code in rows for rows in known)]

    def _says_measure(self, label: Label) -> bool:
        """Whether a label says what is counted: number, share, beneficiaries, amount."""
        return bool(self._rows(label, ("total",))) or any(
            row.code.startswith("BENEF") for row in self._rows(label, ("people",))
        )


def printed_code(label: Label) -> str:
    """A code for a label that the codebook does not know; the same in every report that prints it so."""
    key = fold(without_period(label.ar)) or fold(without_period(label.fr))
    return f"X_{hashlib.sha256(key.encode()).hexdigest()[:6].upper()}"


def code_of(list_name: str, code: str, label: Label) -> Code:
    """The row of a code list for a printed label."""
    arabic, french = label.ar or label.fr, label.fr or label.ar
    return Code(
        list=list_name,
        code=code,
        label_ar=arabic,
        label_fr=french,
        label_en=french if not is_arabic(french) else arabic,
    )


def _tiers(label: Label) -> list[Label]:
    """Tiers of a label, top first, the languages paired where both have as many."""
    arabic = [part.strip() for part in label.ar.split(" / ") if part.strip()]
    french = [part.strip() for part in label.fr.split(" / ") if part.strip()]
    if len(arabic) == len(french):
        return [Label(ar=ar, fr=fr) for ar, fr in zip(arabic, french, strict=True)]
    if len(arabic) <= 1 and len(french) <= 1:
        return [label] if label else []
    longer = max(arabic, french, key=len)
    return [Label(ar=part) if longer is arabic else Label(fr=part) for part in longer]


def _agree(arabic: str, french: str) -> str:
    """What both languages say, or the one that says something; nothing where they contradict each other."""
    return "" if arabic and french and arabic != french else arabic or french
