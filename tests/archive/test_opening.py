"""Which files can be read, and what is said about those that can't."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pikepdf
import pytest

from pipeline.archive.limits import Limits
from pipeline.archive.opening import examine, listed_passwords, readable_copy
from pipeline.errors import UsageError
from pipeline.model.report import Outcome


def make_pdf(path: Path, pages: int = 2, **how: object) -> Path:
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Contents = pdf.make_stream(b"BT ET " * 200)
    pdf.docinfo["/Producer"] = "Ministry Writer 7"
    pdf.save(path, **how)
    return path


def test_a_whole_report_is_known_by_its_hash_pages_and_producer(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "حصيلة 2023.pdf")
    report = examine(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (report.outcome, report.why) == (Outcome.READ, "")
    assert (report.sha256, report.report_id) == (sha256, sha256[:12])
    assert (report.page_count, report.size) == (2, path.stat().st_size)
    assert (report.file_name, report.producer) == ("حصيلة 2023.pdf", "Ministry Writer 7")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"<!DOCTYPE html><html>", "Not a PDF (a web page saved under a PDF name)"),
        (b"PK\x03\x04rest", "Not a PDF (an Office document or ZIP archive)"),
        (b"\x00" * 3000, "Not a PDF (no PDF header)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "Truncated: the file is cut short, no page is left."),
        (b"%PDF-1.7\nnothing here\n%%EOF\n", "Damaged beyond repair."),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_the_next_step(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    report = examine(path)
    assert report.outcome is Outcome.REFUSED
    assert report.why.startswith(said)
    assert report.why.count("\n") == 0
    assert report.why.endswith(".")
    assert len(report.report_id) == 12


def test_a_report_locked_with_a_password_is_refused(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="owner", user="user")
    report = examine(make_pdf(tmp_path / "locked.pdf", encryption=lock))
    assert report.outcome is Outcome.REFUSED
    assert report.why.startswith("Locked with a password. Name it in the file of HASILA_PASSWORDS")


def test_a_locked_report_opens_with_a_password_from_the_list(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="owner", user="سر 2023")
    path = make_pdf(tmp_path / "locked.pdf", encryption=lock)
    words = tmp_path / "passwords.txt"
    words.write_text("wrong\n\nسر 2023\n", encoding="utf-8")
    passwords = listed_passwords(words)
    report = examine(path, passwords=passwords)
    assert (report.outcome, report.page_count) == (Outcome.READ, 2)
    with pikepdf.open(readable_copy(report, tmp_path / "..", passwords)) as pdf:
        assert not pdf.is_encrypted
    (tmp_path / ".." / f"{report.report_id}.pdf").unlink()


def test_a_list_of_passwords_that_is_not_there_is_a_wrong_setting(tmp_path: Path) -> None:
    assert listed_passwords(None) == ()
    with pytest.raises(UsageError, match="HASILA_PASSWORDS"):
        listed_passwords(tmp_path / "nowhere")


def test_what_an_author_does_not_allow_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="pipeline")
    lock = pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))
    examine(make_pdf(tmp_path / "restricted.pdf", encryption=lock))
    assert "restricted.pdf is encrypted; its author does not allow: extract" in caplog.text


def with_a_picture(path: Path, width: int, height: int) -> Path:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    picture = pdf.make_stream(
        b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height
    )
    inner = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    form = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, Resources=inner)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    pdf.save(path)
    return path


def test_a_report_beyond_a_limit_is_refused_with_the_setting_that_allows_it(tmp_path: Path) -> None:
    plain = make_pdf(tmp_path / "plain.pdf", pages=3)
    wide = pikepdf.new()
    wide.add_blank_page(page_size=(14000, 100))
    wide.pages[0].obj.UserUnit = 2
    wide.save(tmp_path / "wide.pdf")
    cases = [
        (plain, Limits(megabytes=0), "0 megabytes", "MOST_MEGABYTES"),
        (plain, Limits(pages=2), "3 pages", "MOST_PAGES"),
        (plain, Limits(objects=5), "objects", "MOST_OBJECTS"),
        (tmp_path / "wide.pdf", Limits(), "page 1 is 28000 points long", "MOST_POINTS"),
        (with_a_picture(tmp_path / "p.pdf", 40000, 30000), Limits(), "a picture of 1200 megapixels on page 1", "MEGAPIXELS"),
    ]  # fmt: skip
    for path, limits, said, setting in cases:
        report = examine(path, limits)
        assert report.outcome is Outcome.REFUSED, said
        assert report.why.startswith("Too large to read: ")
        assert said in report.why
        assert setting in report.why
        assert examine(plain).outcome is Outcome.READ


def test_a_report_whose_password_is_empty_opens_and_is_decrypted_for_reading(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))
    report = examine(make_pdf(tmp_path / "restricted.pdf", encryption=lock))
    assert (report.outcome, report.page_count) == (Outcome.READ, 2)
    copy = readable_copy(report, tmp_path / "..")
    assert copy != report.path
    with pikepdf.open(copy) as pdf:
        assert not pdf.is_encrypted
    copy.unlink()


def test_a_plain_report_is_read_where_it_lies(tmp_path: Path) -> None:
    report = examine(make_pdf(tmp_path / "plain.pdf"))
    assert readable_copy(report, tmp_path) == report.path


def test_a_report_without_pages_is_refused(tmp_path: Path) -> None:
    report = examine(make_pdf(tmp_path / "none.pdf", pages=0))
    assert report.outcome is Outcome.REFUSED
    assert report.why.startswith("The PDF has no pages.")


def test_a_truncated_report_is_refused_or_says_how_many_pages_are_left(tmp_path: Path) -> None:
    whole = make_pdf(tmp_path / "whole.pdf", pages=40, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = whole.read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        cut = tmp_path / f"cut-{share}.pdf"
        cut.write_bytes(content[: int(len(content) * share)])
        report = examine(cut)
        assert report.outcome in (Outcome.REFUSED, Outcome.PARTLY), share
        assert "cut short" in report.why
        assert report.page_count < 40 or report.outcome is Outcome.PARTLY


def test_a_damaged_cross_reference_table_is_rebuilt_for_reading(tmp_path: Path) -> None:
    whole = make_pdf(tmp_path / "whole.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = whole.read_bytes()
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(content[: content.rindex(b"startxref")])
    report = examine(cut)
    assert (report.outcome, report.page_count) == (Outcome.PARTLY, 2)
    copy = readable_copy(report, tmp_path)
    with pikepdf.open(copy, attempt_recovery=False) as pdf:
        assert len(pdf.pages) == 2


def test_a_file_that_may_not_be_opened_gets_a_row_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_pdf(tmp_path / "secret.pdf")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    report = examine(path)
    assert (report.outcome, report.sha256) == (Outcome.REFUSED, "")
    assert len(report.report_id) == 12
    assert "Permission denied" in report.why


@pytest.mark.parametrize(
    ("name", "outcome", "said"),
    [
        ("empty.pdf", Outcome.REFUSED, "The file is empty."),
        ("locked.pdf", Outcome.REFUSED, "Locked with a password."),
        ("no_pages.pdf", Outcome.REFUSED, "The PDF has no pages."),
        ("not_a_pdf.pdf", Outcome.REFUSED, "Not a PDF"),
        ("truncated.pdf", Outcome.REFUSED, "Truncated:"),
        ("owner_locked.pdf", Outcome.READ, ""),
    ],
)
def test_each_damaged_fixture_is_known_for_what_it_is(name: str, outcome: Outcome, said: str) -> None:
    report = examine(Path(__file__).resolve().parents[2] / "fixtures" / "damaged" / name)
    assert report.outcome is outcome
    assert report.why.startswith(said)


def test_a_trailer_whose_size_is_no_number_does_not_stop_the_look_at_a_report(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "size.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = path.read_bytes()
    assert b"/Size " in whole
    path.write_bytes(re.sub(rb"/Size (\d+)", rb"/Size /\1", whole))
    assert examine(path).page_count == 2
