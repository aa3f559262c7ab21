"""The words by which captions are read are held to the lists of the codebook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.codebook.loading import HERE, load
from pipeline.codebook.wording import met, term, words_of
from pipeline.errors import CodebookError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE, tmp_path / "codebook"))


def test_how_one_takes_part_is_said_by_codes_that_a_list_has(folder: Path) -> None:
    file = folder / "matching.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('"PARTICIPANT"', '"PARTICIPENT"'), encoding="utf-8"
    )
    with pytest.raises(CodebookError, match="PARTICIPENT"):
        load(folder)


def test_a_concept_of_its_own_has_wordings_in_both_languages(folder: Path) -> None:
    with (folder / "concepts.csv").open("a", encoding="utf-8") as file:
        file.write("BALCONY,institutions,fr,Balcons,Balconies\n")
    with pytest.raises(CodebookError, match="BALCONY has no wording in ar"):
        load(folder)


def test_words_for_captions_give_no_code_to_a_row_label() -> None:
    codebook = load()
    assert "نزلاء" not in codebook.label_of
    assert any(row.wording == "النزلاء" for row in codebook.concepts)


def test_a_unit_that_is_a_sign_stands_in_no_label() -> None:
    assert not met(term("‰"), words_of("Taux de natalité (‰)"), 0)
