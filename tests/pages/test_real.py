"""Pages of real documents by others, read as a person reads them; skipped where the files are absent."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.page import Page
from pipeline.pages import read_pages

REAL = Path(os.environ.get("HASILA_REAL", Path(__file__).parents[3] / "shared" / "real"))
TRUTH = json.loads((REAL / "truth.json").read_text()) if REAL.is_dir() else []
#: Pages whose every digit string is read right. The others (Eastern digits on a scan, images of 68 dpi) are
#: measured by the benchmark, and what is uncertain there carries a second reading or a low confidence.
SURE = ["tunisia-2014-mednine.pdf", "decree-2-09-395-2010.pdf", "decision-2662-19.pdf"]

pytestmark = pytest.mark.real


@cache
def page_of(file: str, number: int) -> Page:
    (page,) = read_pages(REAL / file, only=[number])
    return page


def normal(number: str) -> str:
    western = number.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    return re.sub(r"[^\d]", "", western)


def digit_strings(page: Page) -> Counter[str]:
    """Digit strings of a page; groups parted by a space are joined both ways, so that either may be looked up."""
    found: Counter[str] = Counter()
    for line in page.lines:
        words = [normal(w.text) for w in line.words]
        found.update(w for w in words if w)
        found.update(a + b for a, b in itertools.pairwise(words) if a and b)
        found.update(part for w in line.words for part in map(normal, re.split(r"[/\-–]", w.text)) if part)
    return found


def cases() -> list[Any]:
    return [pytest.param(t, id=f"{t['file']}-{t['page']}") for t in TRUTH if t["file"] in SURE]


@pytest.mark.parametrize("truth", cases())
def test_every_digit_string_of_a_digital_page_is_read(truth: dict[str, Any]) -> None:
    found = digit_strings(page_of(truth["file"], truth["page"]))
    wanted = [normal(n) for n in truth.get("numbers", ())]
    assert [n for n in wanted if n and not found[n]] == []


@pytest.mark.parametrize("truth", cases())
def test_every_phrase_of_a_digital_page_is_read(truth: dict[str, Any]) -> None:
    page = page_of(truth["file"], truth["page"])
    flat = " ".join(line.text for line in page.lines)
    # A phrase set over two lines of a cell has the other cells of its row between: then its words count.
    words = {word.text for line in page.lines for word in line.words}
    assert [p for p in truth.get("text", ()) if p not in flat and not words.issuperset(p.split())] == []


def test_the_decree_with_the_wrong_digit_map_is_not_believed() -> None:
    if not TRUTH:
        pytest.skip("no real files here")
    page = page_of("decree-2-22-606-wrong-digit-map.pdf", 2)
    assert page.kind.value == "garbled"
    words = {w.text.strip("().،") for line in page.lines for w in line.words}
    assert {"1444", "2.22.606", "65.99"} <= words
