"""The digest is one page that needs no network, in three languages, and stands in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from pipeline.model.edition import Dataset, Edition
from pipeline.warehouse.digest import WORDS, isolated
from tests.warehouse.conftest import published

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page(edition: Edition) -> str:
    return (edition.folder / "digest.html").read_text(encoding="utf-8")


def test_the_page_is_self_contained(edition: Edition) -> None:
    assert not re.search(
        r"""(?:src|href)=["'](?!data:)|url\(|@import|https?://(?!www\.w3\.org)""", page(edition)
    )


def test_every_text_of_the_page_is_there_in_the_three_languages(edition: Edition) -> None:
    counts = {language: page(edition).count(f'data-l="{language}"') for language in ("fr", "ar", "en")}
    assert len(set(counts.values())) == 1
    assert all(len(words) == 3 for words in WORDS.values())


def test_arithmetic_and_names_of_files_keep_their_direction_and_nothing_is_run() -> None:
    said = isolated("2022: 21670 هنا، 21\u202f760 في 2022-weasyprint.pdf (ص 7) <b>")
    assert '<bdi dir="ltr">2022-weasyprint.pdf</bdi>' in said
    assert "&lt;b&gt;" in said
    assert isolated("3\u202f000 × 12 = 36\u202f000؛").startswith(
        '<bdi dir="ltr">3\u202f000 × 12 = 36\u202f000</bdi>'
    )


def test_groups_of_digits_keep_their_order_inside_arabic_and_two_numbers_stay_two() -> None:
    assert isolated("المطبوع 3 385 هنا") == 'المطبوع <bdi dir="ltr">3 385</bdi> هنا'
    assert isolated("3 385 → 3\u202f358 (رقمان)").startswith('<bdi dir="ltr">3 385 → 3\u202f358</bdi>')
    assert isolated("في 2023 120 طفلا") == "في 2023 120 طفلا"


def test_what_changed_since_the_last_edition_is_told_with_its_label(dataset: Dataset, tmp_path: Path) -> None:
    published(dataset, tmp_path)
    first = next(o for o in dataset.observations if o.indicator_known and o.obs_value is not None)
    other = replace(first, obs_value=Decimal(7), lower_bound=None, upper_bound=None)
    rest = [o for o in dataset.observations if o is not first]
    again = published(replace(dataset, observations=(other, *rest[:-1])), tmp_path)
    told = (again.folder / "digest.md").read_text(encoding="utf-8")
    assert "1 changed, 0 filled, 0 lost, 1 gone." in told
    assert f"`{first.series_id}`" in told
    assert f"<bdi>{first.series_id}</bdi>" in page(again)


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("width", [400, 1200])
def test_a_browser_shows_the_page_without_scrolling_sideways(
    edition: Edition, tmp_path: Path, language: str, width: int
) -> None:
    shown = tmp_path / "digest.html"
    probe = "<script>document.title=`${document.documentElement.dir} ${document.documentElement.scrollWidth}`</script>"
    shown.write_text(page(edition).replace("</body>", f"{probe}</body>"), encoding="utf-8")
    base = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={width},2000"]
    picture = tmp_path / "page.png"
    address = f"file://{shown}#{language}"
    subprocess.run([*base, f"--screenshot={picture}", address], check=True, capture_output=True, timeout=60)
    colours = Image.open(picture).convert("RGB").getcolors(maxcolors=1_000_000)
    assert colours
    assert len(colours) > 50
    told = subprocess.run([*base, "--dump-dom", address], check=True, capture_output=True, timeout=60)
    title = re.search(r"<title>(\w+) (\d+)</title>", told.stdout.decode())
    assert title
    assert title[1] == ("rtl" if language == "ar" else "ltr")
    assert int(title[2]) <= max(width, 500)  # headless Chromium has no window narrower than 500
