"""Figures of sentences: number words against an independent writer of them, rate, and cost on hostile text."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from num2words import num2words

from pipeline.language.quantities import find
from tests.language.labelling import score, sentences

_SENTENCES = (
    "بلغ عدد المستفيدين 26283 طفل خلال سنة 2023 مقابل 21 760 سنة 2022",
    "تم إحداث 12 و15 مركزا على التوالي بكلفة 1,5 مليون درهم",
    "أزيد من مائة وعشرين ألف شهادة إعاقة، أي بزيادة تفوق 200 % مقارنة مع سنة 2021",
    "Le nombre de bénéficiaires a atteint 26 283 enfants en 2023, contre 21 760 en 2022",
)
_HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "numbers joined by waw, in digits": lambda n: "5 و" * (n // 3),
    "compared numbers": lambda n: "مقابل 5 " * (n // 8),
    "halves": lambda n: "ساعة ونصف " * (n // 10),
    "the letter waw": lambda n: "و" * n,
    "numbers joined by waw": lambda n: "خمسة و" * (n // 6),
    "lone digits": lambda n: "1 " * (n // 2),
    "labels with dots and hyphens": lambda n: "a.b-" * (n // 4),
    "years joined by hyphens": lambda n: "2023-" * (n // 5),
    "empty lines": lambda n: "\n" * n,
}


def run() -> str:
    """The block of the README."""
    return "\n".join([*_labelled(), "", *_words(), "", *_rate(), "", *_hostile()])


def _labelled() -> list[str]:
    """Sentences labelled by hand; the unseen half was only ever scored."""
    rows = [
        "| labelled by hand | sentences | quantities | F1 (value, unit class, qualifier) "
        "| sentences without one that leak | ordinals, dates, periods right |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for half in ("developed", "unseen"):
        held = sentences(half)
        for name, some in (
            (f"{half}, Arabic", [s for s in held if s.language == "ar"]),
            (f"{half}, French", [s for s in held if s.language == "fr"]),
            (f"{half}, both", held),
        ):
            told = score(some)
            rows.append(
                f"| {name} | {len(some)} | {told.labelled} | {told.f1:.3f} | {told.leaked} of {told.others}"
                f" | {told.named_right} of {told.named} |"
            )
    return rows


def _words(count: int = 2000) -> list[str]:
    rows = ["| numbers below 10^12 in words | read back exactly |", "|---|---|"]
    for language, name in (("ar", "Arabic (num2words)"), ("fr", "French (num2words)")):
        source = random.Random(7)
        right = 0
        for _ in range(count):
            number = source.randrange(1, 10 ** source.randint(1, 12))
            values = [
                found.value for found in find(num2words(number, lang=language)) if found.kind == "number"
            ]
            right += values == [number]
        rows.append(f"| {name} | {right} of {count} |")
    return rows


def _rate() -> list[str]:
    sentences = _SENTENCES * 500
    _seconds(lambda: [find(sentence) for sentence in _SENTENCES])
    spent = min(_seconds(lambda: [find(sentence) for sentence in sentences]) for _ in range(9))
    return [f"Sentences of four figures or so: {len(sentences) / spent:,.0f} a second on one core."]


def _hostile(size: int = 50_000) -> list[str]:
    rows = ["| hostile text of 100 000 characters | seconds | against half of it |", "|---|---:|---:|"]
    for name, made in _HOSTILE.items():
        half, whole = (_reading(made(length)) for length in (size, 2 * size))
        rows.append(f"| {name} | {whole:.2f} | × {whole / half:.1f} |")
    return rows


def _reading(text: str) -> float:
    return min(_seconds(lambda: find(text)) for _ in range(2))


def _seconds(work: Callable[[], object]) -> float:
    """Processor seconds: what other work on the machine costs does not count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun
