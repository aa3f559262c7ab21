"""A decision is added to what stands in its file, is read back, is never made twice and never against another."""

from __future__ import annotations

import shutil
import stat
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebook.deciding import declare, set_aside, withdraw
from pipeline.codebook.decisions import Accepted, Correction, Figure, accepted, corrections
from pipeline.errors import CodebookError, UsageError

BUILT_IN = Path(__file__).resolve().parent.parent.parent / "pipeline" / "codebook"
WOMEN = Figure(sha256="ab" * 32, page=4, reading_id="abababababab-p004-t1-r2-c1", labels=("أنثى", "Nombre"))
CORRECTION = Correction(
    report="abababababab",
    page=4,
    labels=("أنثى", "Nombre"),
    old="44581",
    new="44531",
    reason='Misread: "44 531"\\',
    author="ليلى",
)
LOOKED = Accepted(finding="F-0123456789ab", rule="CEL-08", who="ليلى", when=date(2026, 11, 23), why="A slip.")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name in ("corrections.toml", "accepted.toml"):
        shutil.copy(BUILT_IN / name, tmp_path / name)
    return tmp_path


def test_a_correction_is_added_and_read_back_as_it_was_meant(book: Path) -> None:
    before = (book / "corrections.toml").read_bytes()
    entry = declare(book, CORRECTION, WOMEN)
    assert (book / "corrections.toml").read_bytes() == before + entry.added
    assert list(corrections(book / "corrections.toml")) == [replace(CORRECTION, number=1)]
    lines = (book / "corrections.toml").read_text(encoding="utf-8").splitlines()
    assert (entry.number, lines[entry.line - 1]) == (1, "[[correction]]")


def test_a_finding_set_aside_is_read_back_as_it_was_meant(book: Path) -> None:
    looked = replace(LOOKED, until=date(2027, 11, 23), verdict="confirmed")
    set_aside(book, looked)
    assert list(accepted(book / "accepted.toml")) == [replace(looked, number=1)]


@pytest.mark.parametrize("held", [b"", b"# no end of line", b"# one\r\n# two\r\n", "# أ\n\n\n".encode()])
def test_what_stands_in_the_file_is_kept_byte_for_byte(held: bytes, book: Path) -> None:
    file = book / "corrections.toml"
    file.write_bytes(held)
    file.chmod(0o640)
    declare(book, CORRECTION, WOMEN)
    other = replace(WOMEN, page=5)
    declare(book, replace(CORRECTION, page=5), other)
    assert file.read_bytes().startswith(held)
    assert (b"\r\n[[correction]]\r\n" in file.read_bytes()) == (b"\r" in held)
    assert len(tomllib.loads(file.read_text(encoding="utf-8"))["correction"]) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in book.iterdir() if path.name.startswith(".")] == []


def test_the_same_decision_is_not_written_twice(book: Path) -> None:
    first = declare(book, CORRECTION, WOMEN)
    again = declare(book, replace(CORRECTION, reason="Once more."), WOMEN)
    assert (again.number, again.line, again.added) == (first.number, first.line, b"")
    assert set_aside(book, LOOKED).added
    assert not set_aside(book, replace(LOOKED, why="Once more.")).added


def test_a_decision_against_an_earlier_one_is_refused_with_its_place(book: Path) -> None:
    declare(book, CORRECTION, WOMEN)
    set_aside(book, LOOKED)
    before = [(book / name).read_bytes() for name in ("corrections.toml", "accepted.toml")]
    # Told by other labels, it is the same figure all the same.
    other = replace(CORRECTION, labels=(), reading=WOMEN.reading_id, new="44500")
    with pytest.raises(
        UsageError, match=r"corrections\.toml entry 1 \(line \d+\) says already that it is 44531"
    ):
        declare(book, other, WOMEN)
    with pytest.raises(UsageError, match=r"accepted\.toml entry 1 .* explained"):
        set_aside(book, replace(LOOKED, verdict="false_alarm"))
    assert before == [(book / name).read_bytes() for name in ("corrections.toml", "accepted.toml")]


def test_an_acceptance_that_ran_out_can_be_given_again(book: Path) -> None:
    set_aside(book, replace(LOOKED, until=date(2026, 12, 1)))
    later = replace(LOOKED, when=date(2026, 12, 2), verdict="confirmed")
    assert set_aside(book, later).number == 2


def test_the_last_decision_can_be_taken_back_also_when_another_was_made_since(book: Path) -> None:
    before = (book / "corrections.toml").read_bytes()
    entry = declare(book, CORRECTION, WOMEN)
    second = declare(book, replace(CORRECTION, page=5), replace(WOMEN, page=5))
    withdraw(entry)
    assert (book / "corrections.toml").read_bytes() == before + second.added
    with pytest.raises(UsageError, match="changed since"):
        withdraw(entry)


@pytest.mark.parametrize("wrong", ["correction = []\n", "[[correction]]\npage = 1\n", "nothing\n"])
def test_a_file_that_can_take_no_entry_is_left_as_it_is(wrong: str, book: Path) -> None:
    (book / "corrections.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"corrections\.toml"):
        declare(book, CORRECTION, WOMEN)
    assert (book / "corrections.toml").read_text(encoding="utf-8") == wrong
    assert [path.name for path in book.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_is_no_codebook_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="hasila codebook copy"):
        declare(tmp_path / "nowhere", CORRECTION, WOMEN)


def test_a_linked_file_stays_a_link(book: Path, tmp_path: Path) -> None:
    real = tmp_path / "shared.toml"
    (book / "corrections.toml").rename(real)
    (book / "corrections.toml").symlink_to(real)
    declare(book, CORRECTION, WOMEN)
    assert (book / "corrections.toml").is_symlink()
    assert "44531" in real.read_text(encoding="utf-8")


def test_of_many_who_decide_at_once_nobody_is_lost(book: Path) -> None:
    def decide(page: int) -> None:
        declare(book, replace(CORRECTION, page=page), replace(WOMEN, page=page))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, range(1, 25)))
    assert sorted(one.page for one in corrections(book / "corrections.toml")) == list(range(1, 25))


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_any_text_can_be_a_reason_and_is_kept_as_one_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("book")
    (folder / "accepted.toml").write_bytes(b"")
    set_aside(folder, replace(LOOKED, why=text))
    (read,) = accepted(folder / "accepted.toml")
    assert read.why == " ".join(text.split())
