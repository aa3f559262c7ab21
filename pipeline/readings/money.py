"""Money at home: what a dinar is in a report, and signs (mD, MD, DA) that only hold in reports of their country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from pipeline.codebook.loading import Codebook, UnitWord, fold
from pipeline.language.lexicon import MONEY
from pipeline.language.numerals import parse
from pipeline.model.reading import Reading


def at_home(codebook: Codebook, country: str) -> Codebook:
    """The codebook with the words and signs of the money of a country, if that has any of its own."""
    home = next((one for one in codebook.currencies if one.country == country), None)
    if home is None:
        return codebook
    words = {key: UnitWord(wording=key, unit=home.unit, power=power) for key, power in home.words.items()}
    signs = {sign: UnitWord(wording=sign, unit=home.unit, power=power) for sign, power in home.signs.items()}
    return replace(codebook, unit_words={**codebook.unit_words, **words}, signs=signs)


def in_home_money(readings: Sequence[Reading], codebook: Codebook) -> list[Reading]:
    """Figures of sentences with the money of the report's country: «58,7 millions de dinars», «67,7 MD»."""
    return [_at_home(reading, codebook) for reading in readings]


def _at_home(reading: Reading, codebook: Codebook) -> Reading:
    word = codebook.unit_words.get(fold(reading.unit_label)) if reading.unit_measure in MONEY else None
    if word and word.unit in MONEY and word.unit != reading.unit_measure and reading.value is not None:
        scale = Decimal(10) ** word.power
        return replace(
            reading,
            unit_measure=word.unit,
            value=reading.value * scale,
            resolution=reading.resolution * scale,
        )
    if not codebook.signs:
        return reading
    sign = _sign_behind(reading, codebook)
    number = parse(reading.raw)
    if sign is None or number is None or number.percent or reading.value is None:
        return reading
    scale = Decimal(10) ** sign.power
    if number.ambiguous and sign.power:
        scale /= 1000  # before a word of scale one mark parts decimals: 295,853 MDT
    return replace(
        reading,
        value=number.value * scale,
        resolution=number.resolution * scale,
        unit_measure=sign.unit,
        unit_label=sign.wording,
    )


def _sign_behind(reading: Reading, codebook: Codebook) -> UnitWord | None:
    """The sign that stands right behind a figure in its sentence, wherever the figure stands in it."""
    shown = regex.escape(reading.raw)
    behind = regex.findall(rf"(?<![\d.,]){shown}[ \u00a0\u202f]*([\p{{L}}.³]+)?", reading.sentence)
    signs = {codebook.signs.get(word) or codebook.signs.get(word.rstrip(".")) for word in behind}
    return signs.pop() if len(signs) == 1 else None
