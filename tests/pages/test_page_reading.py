"""How often the engine is asked, and where on the page its words stand."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr import tesseract
from pipeline.pages.ocr.figures import Token

WORD = "الاستماع"


def test_all_print_without_a_word_is_shown_to_the_engine_in_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def seen(images: list[Gray], *_: object) -> list[list[Token]]:
        calls.append(len(images))
        return [[Token(f"{WORD}{'ا' * n}", 44, 44, 100, 40, 0.9)] for n, _ in enumerate(images)]

    monkeypatch.setattr(tesseract, "_tokens_of", seen)
    places = [Token("¬", 200, y, 100, 40, 0.0) for y in (100, 300, 500)]
    words = tesseract._last_look(np.full((800, 800), 255, np.uint8), places, 300, 0.0)
    assert calls == [3]
    assert [(word.x, word.y) for word in words] == [(200, 100), (200, 300), (200, 500)]
    assert [len(word.text) for word in words] == [8, 9, 10]
