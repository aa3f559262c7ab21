"""The nouns of the codebook: one class per kind of row, frozen, as a statistician wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.codebook.currencies import Currency
from pipeline.codebook.decisions import Accepted, Correction
from pipeline.codebook.identities import Identities
from pipeline.codebook.releases import Release
from pipeline.codebook.templates import Template
from pipeline.codebook.wording import Term
from pipeline.language.lexicon import MONEY
from pipeline.model.edition import Code

UNITS = ("PS", "NUMBER", *MONEY, "PT", "PP")
BODY_KINDS = ("ministry", "body", "programme")
KINDS = ("flow", "stock", "share", "rate", "target", "structure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One quantity that reports state year after year.

    ``kind`` says whether years may be added, ``counted`` what is counted (``woman``, ``project``), ``family``
    whose reports it may be found in (a value of the column of that name in ``bodies.csv``). ``additive`` names the
    dimensions over which values may be added up, ``year`` for years.
    """

    code: str
    label_ar: str
    label_fr: str
    label_en: str
    unit: str
    kind: str
    definition_ar: str = ""
    definition_fr: str = ""
    definition_en: str = ""
    counted: str = ""
    additive: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    family: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRow:
    """One wording of one label, or of one concept in captions; ``line`` is its line in the file."""

    code: str
    group: str
    language: str
    wording: str
    label_en: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A country or region with its names and the years in which it exists (both ends included)."""

    code: str
    level: str
    parent: str
    name_ar: str
    name_fr: str
    name_zgh: str
    other_names: tuple[str, ...]
    valid_from: int | None
    valid_to: int | None

    def holds_in(self, year: int | None) -> bool:
        """Tell whether it exists in a year; an unknown year is taken as today's."""
        if year is None:
            return self.valid_to is None
        return (self.valid_from or 0) <= year <= (self.valid_to or 9999)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A ministry, public body or programme under one of its names, and the years in which it bore it."""

    code: str
    kind: str
    family: str
    name_ar: str
    name_fr: str
    valid_from: int | None
    valid_to: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWord:
    """A word that tells a unit, a power of ten, or both."""

    wording: str
    unit: str
    power: int


#: Where the words of a group may stand, by the sign before them in cues.csv.
REACHES = {"!": "clause", "~": "lead"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Alternatives of which one must be met.

    ``reach`` is where: ``clause`` (the figure's own; for a cell its labels and caption), ``lead`` (there, or between it and
    the figure before), or anywhere, the heading of the section too, when empty.
    """

    terms: tuple[Term, ...]
    reach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """How an indicator is worded.

    ``nouns`` are heads of what is counted; every group of ``required`` must be met; ``supporting`` words add to
    the score; a ``forbidden`` word near the figure rules the indicator out. ``where`` is ``table``, ``prose`` or
    ``any``. ``line`` is its line in ``cues.csv``.
    """

    indicator: str
    where: str
    measure: str
    nouns: tuple[Term, ...]
    required: tuple[Group, ...]
    supporting: tuple[Term, ...]
    forbidden: tuple[Term, ...]
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Participles:
    """What makes participles of nouns of action behind «تم»: patterns of such nouns, each with what it becomes."""

    done: frozenset[str]
    pronouns: tuple[str, ...]
    patterns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Weights, margin and word lists of recognising an indicator, from ``matching.toml``."""

    own: Decimal
    near: Decimal
    far: Decimal
    section: Decimal
    supporting: Decimal
    margin: Decimal
    window: int
    publisher: float
    connectives: frozenset[str]
    light: frozenset[str]
    titles: frozenset[str]
    titles_whole: frozenset[str]
    behind_noun: frozenset[str]
    nationwide: frozenset[str]
    beneficiary: tuple[Term, ...]
    taking_part: frozenset[str]
    headings: frozenset[str]
    thing_plurals: tuple[str, ...]
    implied: frozenset[tuple[str, str]]
    participles: Participles
    negating: frozenset[str]
    breakdown_by: frozenset[str]
    breakdowns: tuple[Term, ...]
    overview: tuple[Term, ...]
    restricting: tuple[Term, ...]
    anybody: tuple[Term, ...]
    provisional: tuple[Term, ...]
    estimated: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """All rows, and look-ups by folded wording made from them."""

    indicators: Mapping[str, Indicator]
    labels: tuple[LabelRow, ...]
    concepts: tuple[LabelRow, ...]
    territories: tuple[Territory, ...]
    bodies: tuple[Body, ...]
    cues: tuple[Cue, ...]
    matching: Matching
    codes: tuple[Code, ...]
    corrections: tuple[Correction, ...]
    accepted: tuple[Accepted, ...]
    releases: tuple[Release, ...]
    templates: tuple[Template, ...]
    identities: Identities
    unit_words: Mapping[str, UnitWord]
    currencies: tuple[Currency, ...]
    total_wordings: frozenset[str]
    sex_of: Mapping[str, str]
    age_of: Mapping[str, str]
    label_of: Mapping[str, tuple[LabelRow, ...]]
    area_of: Mapping[str, tuple[Territory, ...]]
    headings: frozenset[str]
    #: Of money, to the letter, in one report: ``readings.money.at_home`` fills them in by its country.
    signs: Mapping[str, UnitWord] = field(default_factory=dict)

    @property
    def publishers(self) -> tuple[tuple[str, str], ...]:
        """Names of ministries that publish reports, Arabic and French."""
        return tuple((body.name_ar, body.name_fr) for body in self.bodies if body.kind == "ministry")
