"""Pages of real documents by others, read as a person reads them; skipped where the files are absent."""

from __future__ import annotations

import itertools
import json
import os
import re
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.model.page import Page
from pipeline.pages import read_pages

REAL = Path(os.environ.get("HASILA_REAL", Path(__file__).parents[3] / "shared" / "real"))
TRUTH = json.loads((REAL / "truth.json").read_text()) if REAL.is_dir() else []
#: What is not read yet on pages that are images, measured on 28 November 2026: digit strings and phrases by page. A table
#: as an image of 67 dpi, a typewriter, roman numerals, «كل» written together with what follows.
MISSED = {
    ("order-1096-26.pdf", 4): (0, 4),
    ("order-1096-26.pdf", 5): (0, 2),
    ("order-1096-26.pdf", 7): (0, 1),
    ("order-1096-26.pdf", 8): (0, 3),
    ("order-1096-26.pdf", 9): (0, 0),
    ("decree-2-95-110-1995-scan.pdf", 4): (1, 1),
    ("bank-statement-eastern-digits.pdf", 3): (0, 1),
    ("decision-scan-palestine.pdf", 2): (1, 3),
    ("bnf-1984-p8.jpg", 1): (0, 3),
}

pytestmark = pytest.mark.real


@cache
def page_of(file: str, number: int) -> Page:
    path = REAL / file
    if path.suffix == ".pdf":
        (page,) = read_pages(path, only=[number])
        return page
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder) / "scan.pdf"
        Image.open(path).convert("L").save(scan, resolution=300)
        (page,) = read_pages(scan)
        return page


def normal(number: str) -> str:
    western = number.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    return re.sub(r"[^\d]", "", western)


def digit_strings(page: Page) -> Counter[str]:
    """Digit strings of a page; two or three groups parted by spaces are joined too, so that either may be looked up."""
    found: Counter[str] = Counter()
    for line in page.lines:
        words = [normal(w.text) for w in line.words]
        found.update(w for w in words if w)
        found.update(a + b for a, b in itertools.pairwise(words) if a and b)
        found.update(a + b + c for a, b, c in zip(words, words[1:], words[2:], strict=False) if a and b and c)
        found.update(part for w in line.words for part in map(normal, re.split(r"[/\-–]", w.text)) if part)
    return found


def cases() -> list[Any]:
    return [
        pytest.param(
            t,
            id=f"{t['file']}-{t['page']}",
            marks=[pytest.mark.slow] if (t["file"], t["page"]) in MISSED else [],
        )
        for t in TRUTH
    ]


def missed(truth: dict[str, Any]) -> tuple[int, int]:
    return MISSED.get((truth["file"], truth["page"]), (0, 0))


@pytest.mark.parametrize("truth", cases())
def test_every_digit_string_is_read_but_for_those_that_are_written_down(truth: dict[str, Any]) -> None:
    found = digit_strings(page_of(truth["file"], truth["page"]))
    wanted = [normal(n) for n in truth.get("numbers", ())]
    left = [n for n in wanted if n and not found[n]]
    assert len(left) <= missed(truth)[0], left


@pytest.mark.parametrize("truth", cases())
def test_every_phrase_is_read_but_for_those_that_are_written_down(truth: dict[str, Any]) -> None:
    page = page_of(truth["file"], truth["page"])
    flat = " ".join(line.text for line in page.lines)
    # A phrase set over two lines of a cell has the other cells of its row between: then its words count.
    words = {word.text for line in page.lines for word in line.words}
    left = [p for p in truth.get("text", ()) if p not in flat and not words.issuperset(p.split())]
    assert len(left) <= missed(truth)[1], left


@pytest.mark.slow
def test_the_decree_with_the_wrong_digit_map_is_not_believed() -> None:
    if not TRUTH:
        pytest.skip("no real files here")
    page = page_of("decree-2-22-606-wrong-digit-map.pdf", 2)
    assert page.kind.value == "garbled"
    words = {w.text.strip("().،") for line in page.lines for w in line.words}
    assert {"1444", "2.22.606", "65.99"} <= words
