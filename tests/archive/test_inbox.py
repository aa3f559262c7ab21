"""What can be named as the reports to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive.inbox import gathered
from pipeline.errors import InputError


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for name in ("2022.pdf", "2023.pdf", "deep/2023 [ar].pdf"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"%PDF-")
    return tmp_path


def names(paths: list[Path], inbox: Path) -> list[str]:
    return [path.relative_to(inbox).as_posix() for path in paths]


def test_files_folders_and_patterns_are_understood(inbox: Path) -> None:
    found = gathered([inbox / "deep", f"{inbox}/**/2023*.pdf", f"file://{inbox}/2022.pdf"], inbox)
    assert names(found, inbox) == ["deep", "2023.pdf", "deep/2023 [ar].pdf", "2022.pdf"]


def test_a_name_that_looks_like_a_pattern_and_exists_is_that_file(inbox: Path) -> None:
    assert names(gathered([inbox / "deep" / "2023 [ar].pdf"], inbox), inbox) == ["deep/2023 [ar].pdf"]


def test_a_list_is_read_from_its_own_folder(inbox: Path) -> None:
    inbox.joinpath("list.txt").write_text("\ufeff# first\n2022.pdf\n\n  deep/*.pdf \n", encoding="utf-8")
    assert names(gathered([f"@{inbox}/list.txt"], inbox), inbox) == ["2022.pdf", "deep/2023 [ar].pdf"]


@pytest.mark.parametrize(
    ("source", "said"),
    [("nowhere.pdf", "does not exist"), ("*.docx", "matches no file"), ("@none.txt", "can't be read")],
)
def test_what_is_not_there_is_an_input_error(inbox: Path, source: str, said: str) -> None:
    named = f"@{inbox}/{source[1:]}" if source.startswith("@") else f"{inbox}/{source}"
    with pytest.raises(InputError, match=said):
        gathered([named], inbox)


def test_an_address_of_no_known_kind_is_told(inbox: Path) -> None:
    from pipeline.errors import UsageError

    with pytest.raises(UsageError, match="no known kind"):
        gathered(["nonsense://bucket/a.pdf"], inbox)
