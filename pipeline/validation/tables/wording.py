"""One line of arithmetic for a failed relation, in three languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pipeline.model.reading import Label, Reading
from pipeline.validation.cards import Say, say
from pipeline.validation.tables.layout import Grid
from pipeline.validation.tables.relations import Relation

#: More terms than this are shortened to the first, the last and their number.
_MOST = 12

Three = tuple[str, str, str]

#: Explanations of a failed table, Arabic and French; they are worked out in English.
_EXPLAINED: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^a line of (.*) is missing$"), "ينقص سطر قدره {}", "il manque une ligne de {}"),
    (
        re.compile(r"^the percents fit a base of about (.*)$"),
        "النسب محسوبة على نحو {}",
        "les parts se rapportent à environ {}",
    ),
)
_SLIPS: dict[str, tuple[str, str]] = {
    "groups reversed": ("مجموعات معكوسة", "groupes inversés"),
    "three zeros": ("ثلاثة أصفار", "trois zéros"),
    "look-alike digit": ("رقم متشابه", "chiffre ressemblant"),
    "one digit": ("رقم واحد", "un chiffre"),
    "two digits": ("رقمان", "deux chiffres"),
    "digits swapped": ("رقمان متبادلان", "chiffres intervertis"),
    "digit lost": ("رقم ساقط", "chiffre perdu"),
    "digit doubled": ("رقم مكرر", "chiffre redoublé"),
    "group lost": ("مجموعة ساقطة", "groupe perdu"),
    "decimal mark lost": ("فاصلة ساقطة", "virgule perdue"),
    "another number": ("عدد آخر", "autre nombre"),
}


def in_language(explanation: str, language: str) -> str:
    """An explanation in ``ar``, ``fr`` or ``en``."""
    if language == "en":
        return explanation
    at = ("ar", "fr").index(language)
    for pattern, *said in _EXPLAINED:
        if found := pattern.match(explanation):
            return said[at].format(found[1].replace(", ", "; ").replace(",", "\u202f").replace("; ", ", "))
    changes, _, slips = explanation.rpartition(" (")
    names = [_SLIPS.get(name, (name, name))[at] for name in slips.rstrip(")").split(", ")]
    return f"{changes} ({('، ' if at == 0 else ', ').join(names)})" if changes else explanation


_NAMES: dict[str, Three] = {
    "TAB-01": ("مجموع العمود", "total de la colonne", "total of the column"),
    "TAB-02": ("مجموع السطر", "total de la ligne", "total of the row"),
    "TAB-03": ("النسبة", "part", "share"),
    "TAB-04": ("مجموع النسب", "somme des parts", "sum of the shares"),
    "TAB-07": ("المعدل", "taux", "rate"),
    "TAB-09": ("المتوسط", "moyenne", "average"),
    "TAB-14": ("المجموع التراكمي", "cumul", "running total"),
    "TAB-10": ("التطور", "évolution", "change"),
}
#: A label of a table may be a whole sentence.
_LABEL = 50
_PRINTED: Three = ("المطبوع", "imprimé", "printed")
#: Colon and semicolon of each language.
_MARKS = ((":", "؛"), (" :", " ;"), (":", ";"))


def expected_of(grid: Grid, relation: Relation) -> Fraction | None:
    """The value that the result would have, computed from the other figures as printed."""
    parts = sum((_value(grid.cells[key]) for key in relation.parts), Fraction(0))
    if relation.form == "sum":
        return parts
    if relation.form == "mean":
        return parts / len(relation.parts)
    base = sum((_value(grid.cells[key]) for key in relation.base), Fraction(0))
    return parts * relation.factor / base - relation.less if base else None


def arithmetic(grid: Grid, relation: Relation) -> tuple[str, Three]:
    """What was expected, as printed there, and the line that says so: «share “Girls”: 12 ÷ 48 = 25 %; printed 52 %»."""
    result, names = grid.cells[relation.result], _named(grid, relation)
    work = _ratio if relation.form == "ratio" else _sum
    worked = [work(grid, relation, partial(say, language=language)) for language in ("ar", "fr", "en")]
    arrows = ("←", "→", "→")
    lines = [
        f"{names[i]}{colon} {line.replace('→', arrows[i])}{sep} {_PRINTED[i]} {result.raw}"
        for i, ((colon, sep), (line, _)) in enumerate(zip(_MARKS, worked, strict=True))
    ]
    return worked[1][1], (lines[0], lines[1], lines[2])


def _ratio(grid: Grid, relation: Relation, write: Say) -> tuple[str, str]:
    """The division and its result, as one language writes numbers."""
    wanted = expected_of(grid, relation)
    sign = " %" if relation.factor == 100 else ""
    expected = f"{_places(wanted, _decimals(grid, relation), write)}{sign}"
    left = f"{write(_added(grid, relation.parts))} ÷ {write(_added(grid, relation.base))}"
    less = f" − {relation.less} %" if relation.less else ""
    whole = None if wanted is None else wanted + relation.less
    return f"{left} = {_places(whole, 4, write)}{sign}{less} → {expected}", expected


def _sum(grid: Grid, relation: Relation, write: Say) -> tuple[str, str]:
    """The addition, or average, and its result, as one language writes numbers."""
    wanted, decimals = expected_of(grid, relation), _decimals(grid, relation)
    exact = wanted is not None and wanted.denominator == 1
    expected = _places(wanted, decimals if not exact or decimals else 0, write)
    sums = " + ".join(_short(grid, relation, write))
    sums = f"({sums}) ÷ {len(relation.parts)}" if relation.form == "mean" else sums
    return f"{sums} = {expected}", expected


def _decimals(grid: Grid, relation: Relation) -> int:
    """Decimals of the result as printed."""
    resolution = grid.cells[relation.result].resolution
    return max(-int(resolution.normalize().as_tuple().exponent), 0) if resolution else 0


def _named(grid: Grid, relation: Relation) -> list[str]:
    """What the relation is, and the label of the line that it is of, in each language."""
    row, column = relation.result
    within_row = relation.parts[0][0] == row
    # Of a sum along a column the column is named; of a share that stands beside its count, the row.
    label = grid.row_label[row] if within_row else grid.column_label[column]
    quotes = ((label.ar or label.fr, "«{}»"), (label.fr or label.ar, "« {} »"), (name(label), "“{}”"))
    return [
        f"{what} {quoted.format(text[:_LABEL])}" if text else what
        for what, (text, quoted) in zip(_NAMES[relation.rule], quotes, strict=True)
    ]


def name(label: Label) -> str:
    """A label in one of the languages in which it is printed."""
    return label.fr or label.ar


def _short(grid: Grid, relation: Relation, write: Say) -> list[str]:
    said = [write(grid.cells[key].value) for key in relation.parts]
    return said if len(said) <= _MOST else [*said[:3], f"… ({len(said) - 4})", said[-1]]


def _added(grid: Grid, keys: Sequence[tuple[int, int]]) -> Decimal:
    return sum((grid.cells[key].value or Decimal(0) for key in keys), Decimal(0))


def _places(number: Fraction | None, decimals: int, write: Say) -> str:
    return "?" if number is None else write(number, decimals)


def _value(reading: Reading) -> Fraction:
    return Fraction(reading.value) if reading.value is not None else Fraction(0)
