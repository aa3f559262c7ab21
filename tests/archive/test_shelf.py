"""What was read is kept whole or not at all, and stale work is never met."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive.shelf import Shelf, pack, version_of
from pipeline.model.place import Box

BOX = Box(1, 2, 3, 4)


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.find("pages", "k", Box) is None
    shelf.keep("pages", "k", BOX)
    assert shelf.find("pages", "k", Box) == BOX


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08", pack(1), pack("text"), b"garbage"])
def test_an_entry_that_can_not_be_understood_counts_as_missing(tmp_path: Path, content: bytes) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep("pages", "k", BOX)
    shelf.place("pages", "k").write_bytes(content)
    assert shelf.find("pages", "k", Box) is None


def test_a_write_that_fails_leaves_neither_an_entry_nor_a_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        Shelf(tmp_path).keep("pages", "k", BOX)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_equal_nouns_are_kept_as_equal_bytes() -> None:
    assert pack(BOX) == pack(Box(1, 2, 3, 4))


def test_the_version_changes_with_code_tables_names_and_libraries_but_not_with_leftovers(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.py").write_text("x = 1")
    first = version_of([folder], {"pdfplumber": "0.11"})
    assert version_of([folder], {"pdfplumber": "0.11"}) == first
    (folder / "a.pyc").write_bytes(b"leftover")
    assert version_of([folder], {"pdfplumber": "0.11"}) == first
    assert version_of([folder], {"pdfplumber": "0.12"}) != first
    (folder / "words.toml").write_text("a = 1")
    second = version_of([folder], {"pdfplumber": "0.11"})
    assert second != first
    (folder / "words.toml").rename(folder / "other.toml")
    assert version_of([folder], {"pdfplumber": "0.11"}) not in (first, second)
