"""The review shows what waits, takes decisions from its own page alone, and the next edition holds them."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import duckdb
import pytest

from pipeline.checking import explained
from pipeline.cli import outcome
from pipeline.codebook.decisions import accepted, corrections
from pipeline.outputs import place_of
from pipeline.workbench.asking import ask, database_in
from pipeline.workbench.decisions import accept, correct
from pipeline.workbench.review import Review
from pipeline.workbench.served import Desk
from pipeline.workbench.waiting import figures, finding, places, suggestions, waiting
from tests.browser import CHROMIUM, Browser
from tests.workbench.conftest import ROOT, one, run, swapped

pytestmark = pytest.mark.slow
DAY = date(2026, 3, 1)


@dataclass
class Client:
    """A browser without eyes: it keeps its cookies and follows where it is led."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, path: str, form: Mapping[str, str] | None = None, **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        url = urlsplit(self.address)
        connection = HTTPConnection(url.hostname or "", url.port, timeout=60)
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": held, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if form is not None:
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection.request("GET" if form is None else "POST", path, urlencode(form) if form else None, sent)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers)

    def follow(self, path: str, form: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Where a request leads in the end, and what stands there."""
        status, text, headers = self.ask(path, form)
        while status == 303:
            path = headers["Location"]
            status, text, headers = self.ask(path)
        assert status == 200, text
        return path, text

    def enter(self) -> tuple[str, str]:
        url = urlsplit(self.address)
        return self.follow(f"{url.path}?{url.query}")


def sitting(database: Path, book: Path, out: Path) -> Review:
    return Review(
        database=database,
        codebook=book,
        author="ليلى",
        today=lambda: DAY,
        place=lambda report_id: place_of(out, report_id),
        explained=explained,
        again="hasila run PATHS",
    )


def served(review: Review) -> Iterator[Desk]:
    with Desk(review) as desk:
        thread = threading.Thread(target=desk.serve_forever)
        thread.start()
        try:
            yield desk
        finally:
            desk.shutdown()
            thread.join()


@pytest.fixture
def desk(database: Path, book: Path, out: Path) -> Iterator[Desk]:
    yield from served(sitting(database, book, out))


@pytest.fixture
def client(desk: Desk) -> Client:
    client = Client(desk.address)
    client.enter()
    return client


def total(database: Path) -> str:
    """The finding about the row total in which two digits are swapped."""
    return one(
        database,
        f"select finding_id from findings where readings like '%{swapped(database)}%' and rule = 'TAB-01'",
    )


def test_what_was_decided_on_the_page_stands_in_the_next_edition(
    out: Path, database: Path, book: Path
) -> None:
    command = [sys.executable, "-m", "pipeline", "review", "--no-browser", "--author", "ليلى"]
    where = ["--out", str(out), "--codebook", str(book), "--edition", database.parent.name]
    process = subprocess.Popen([*command, *where], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    address = re.findall(r"http://\S+", process.stdout.readline())[0]
    client = Client(address)
    path, page = client.enter()
    assert path == f"/finding/{waiting(database)[0].finding_id}"
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    wrong, weekday = (
        total(database),
        one(database, "select min(finding_id) from findings where rule = 'CEL-08'"),
    )
    said = {"token": token, "reading": swapped(database), "new": "3 358", "reason": "Two digits are swapped."}
    client.follow(f"/finding/{wrong}/correct", said)
    client.follow(f"/finding/{weekday}/accept", {"token": token, "reason": "A slip.", "verdict": "confirmed"})
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "2 decisions. Have them applied with: hasila run " in told
    run(out, book)
    after = database_in(out)
    assert one(after, f"select obs_value from observations where reading_id = '{swapped(after)}'").startswith(
        "3358."
    )
    assert ask(after, "select 1 from findings where finding_id = ?", [wrong]).rows == ()
    assert one(after, f"select accepted from findings where finding_id = '{weekday}'") == "True"
    assert weekday not in [one.finding_id for one in waiting(after)]


def test_only_the_browser_that_was_given_the_key_is_answered(desk: Desk) -> None:
    stranger = Client(desk.address)
    for path in ("/", "/queue", "/review.css", "/page/x/1.png", "/?key=wrong"):
        status, text, _ = stranger.ask(path)
        assert (status, "<html" in text) == (403, False), path
    assert stranger.ask("/undo", {"token": desk.token})[0] == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:80"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Content_Type": "text/plain"}, 403),
    ],
)
def test_another_page_can_decide_nothing(
    headers: dict[str, str], status: int, desk: Desk, client: Client, database: Path, book: Path
) -> None:
    form = {"token": desk.token, "reason": "x"}
    assert client.ask(f"/finding/{total(database)}/accept", form, **headers)[0] == status
    assert list(accepted(book / "accepted.toml")) == []


def test_a_decision_needs_the_token_of_our_form(
    desk: Desk, client: Client, database: Path, book: Path
) -> None:
    path = f"/finding/{total(database)}/accept"
    for form in (
        {"reason": "x"},
        {"reason": "x", "token": "guessed"},
        {"reason": "x" * 70_000, "token": desk.token},
    ):
        assert client.ask(path, form)[0] == 403
    assert client.ask(f"{path}?token={desk.token}&reason=x")[0] == 404
    assert list(accepted(book / "accepted.toml")) == []


def test_the_key_leads_to_no_other_host(desk: Desk) -> None:
    _, _, headers = Client(desk.address).ask(f"//evil.example/?key={desk.key}&lang=ar")
    assert headers["Location"] == "/evil.example/?lang=ar"


def test_what_a_report_prints_is_shown_and_never_run(
    database: Path, book: Path, out: Path, tmp_path: Path
) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    (tmp_path / "e").mkdir()
    mine = Path(shutil.copy(database, tmp_path / "e" / "hasila.duckdb"))
    with duckdb.connect(str(mine)) as connection:
        for table, columns in {
            "findings": "message_ar message_fr message_en expected observed explanations rule",
            "readings": "raw sentence row_label_ar row_label_fr column_label_ar second_raw",
            "reports": "file_name",
        }.items():
            for column in columns.split():
                connection.execute(f"update {table} set {column} = ?", [evil])
    for desk in served(sitting(mine, book, out)):
        client = Client(desk.address)
        client.enter()
        for one_finding in waiting(mine):
            for language in ("ar", "fr", "en"):
                _, page, headers = client.ask(f"/finding/{one_finding.finding_id}?lang={language}")
                assert "&lt;script&gt;" in page
                assert "<script>alert" not in page
                assert "<img" not in page
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        _, page = client.follow("/queue")
        assert "<script>alert" not in page
        path = f"/finding/{total(database)}/accept"
        status, page, _ = client.ask(path, {"token": desk.token, "reason": f"  {evil}", "verdict": "<b>"})
        assert status == 409
        assert "<script>alert" not in page
        assert "<img" not in page


def test_pages_need_nothing_from_elsewhere(client: Client, database: Path) -> None:
    for path in ("/queue", f"/finding/{total(database)}", "/review.css", "/review.js"):
        _, text, headers = client.ask(path)
        assert not re.search(r"https?://|//[a-z]|@import|url\(", text.replace("// ", "")), path
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Cache-Control"] == "no-store"


def test_a_figure_stands_beside_its_page_its_values_and_its_series(client: Client, database: Path) -> None:
    row = finding(database, total(database))
    _, page, _ = client.ask(f"/finding/{row['finding_id']}?lang=en")
    (place,) = places(row, figures(database, row))
    picture = f"/page/{place.report_id}/{place.page}.png"
    assert picture in page
    assert client.ask(picture)[2]["Content-Type"] == "image/png"
    assert page.count("<rect") == len(place.boxes) == 5
    assert 'data-value="3358"' in page
    assert "digits swapped" in page
    assert "report 2022" in page
    assert client.ask("/page/nothing/1.png")[0] == client.ask(f"/page/{place.report_id}/99.png")[0] == 404
    assert client.ask("/finding/F-nothing")[0] == 404


def test_a_report_that_was_moved_is_told_and_can_be_decided_all_the_same(
    database: Path, book: Path, tmp_path: Path
) -> None:
    for desk in served(sitting(database, book, tmp_path)):
        client = Client(desk.address)
        client.enter()
        _, page, _ = client.ask(f"/finding/{total(database)}?lang=en")
        assert "is not where it was" in page
        client.follow(f"/finding/{total(database)}/accept", {"token": desk.token, "reason": "x"})
    assert len(list(accepted(book / "accepted.toml"))) == 1


def test_a_decision_can_be_taken_back_byte_for_byte(
    desk: Desk, client: Client, database: Path, book: Path
) -> None:
    before = (book / "corrections.toml").read_bytes()
    form = {"token": desk.token, "reading": swapped(database), "new": "3358", "reason": "x"}
    path, page = client.follow(f"/finding/{total(database)}/correct", form)
    assert path != f"/finding/{total(database)}"
    assert "corrections.toml" in page
    path, _ = client.follow("/undo", {"token": desk.token})
    assert path == f"/finding/{total(database)}"
    assert (book / "corrections.toml").read_bytes() == before
    assert client.ask("/undo", {"token": desk.token})[0] == 409


def test_what_is_refused_is_told_with_what_was_typed(desk: Desk, client: Client, database: Path) -> None:
    form = {"token": desk.token, "reading": swapped(database), "new": "3.358", "reason": "typed before"}
    status, page, _ = client.ask(f"/finding/{total(database)}/correct", form)
    assert status == 409
    assert "may be 3358 or a decimal" in page
    assert 'value="typed before"' in page


def test_the_queue_is_by_consequence_and_knows_what_was_decided_elsewhere(
    database: Path, book: Path, out: Path
) -> None:
    held = waiting(database)
    assert [one.severity for one in held] == sorted(
        (one.severity for one in held), key=["error", "warning", "information"].index
    )
    looked = {"reason": "x", "author": "y"}
    accept(database, book, held[0].finding_id, **looked, today=DAY)
    correct(database, book, swapped(database), "3358", **looked)
    review = sitting(database, book, out)
    assert review.standing()[held[0].finding_id] == "accepted"
    assert review.standing()[total(database)] == "corrected"
    assert review.next_after() == held[1].finding_id
    review.skipped = {one.finding_id for one in held}
    assert review.next_after() == ""


def test_after_the_last_finding_the_next_command_is_told(desk: Desk, client: Client, database: Path) -> None:
    for _ in waiting(database):
        path, _ = client.follow("/")
        path, page = client.follow(f"{path}/accept", {"token": desk.token, "reason": "Looked at."})
    assert path == "/queue"
    assert "Tout est décidé." in page
    assert "hasila run PATHS" in page


def test_an_edition_without_findings_says_so(database: Path, book: Path, out: Path, tmp_path: Path) -> None:
    mine = Path(shutil.copy(database, tmp_path / "hasila.duckdb"))
    with duckdb.connect(str(mine)) as connection:
        connection.execute("update findings set accepted = true")
    for desk in served(sitting(mine, book, out)):
        path, page = Client(desk.address).enter()
        assert path == "/queue"
        assert "Rien n’attend de décision." in page


def test_values_are_offered_from_explanations_second_readings_and_what_was_expected() -> None:
    cells = [
        {"reading_id": "a", "raw": "44 581", "now": "44581", "second_raw": "44 531"},
        {"reading_id": "b", "raw": "12,5%", "now": "12.5", "second_raw": ""},
    ]
    row = {
        "explanations": "44 581 → 44\u202f531, 12,5% → 21,5 (two) | a line of 3 is missing",
        "expected": "44 531",
    }
    assert suggestions(row, cells) == [("a", "44531"), ("b", "21.5")]
    assert suggestions({"explanations": "", "expected": "الأحد"}, cells[1:]) == []


def test_a_port_that_is_taken_and_a_missing_codebook_are_told(
    desk: Desk, out: Path, book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HASILA_CODEBOOK", raising=False)
    where = ["--out", str(out), "--no-browser"]
    assert outcome(["review", *where]) == 2
    assert "hasila codebook copy FOLDER" in capsys.readouterr().err
    assert outcome(["review", *where, "--codebook", str(book), "--port", str(desk.server_port)]) == 2
    assert "Give another --port" in capsys.readouterr().err


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_person_decides_with_the_keyboard_alone(desk: Desk, database: Path, book: Path) -> None:
    with Browser() as browser:
        browser.open(f"{desk.origin}/finding/{total(database)}?key={desk.key}&lang=fr")
        assert "key" not in browser.ask("location.href")
        browser.press("1")
        browser.write("Deux chiffres intervertis")
        browser.press("Enter")
        browser.wait(f"location.pathname !== '/finding/{total(database)}'")
        (held,) = corrections(book / "corrections.toml")
        assert (held.old, held.new, held.reason) == ("3385", "3358", "Deux chiffres intervertis")
        browser.press("a")  # without a reason nothing is decided
        assert browser.ask("document.activeElement.id") == "reason"
        browser.write("Vu")
        browser.press("Escape")
        browser.press("a")
        browser.wait("document.querySelector('progress').value > 1")
        assert len(list(accepted(book / "accepted.toml"))) == 1
        browser.press("u")
        browser.wait("document.querySelector('progress').value < 3")
        assert list(accepted(book / "accepted.toml")) == []
        shown = browser.ask("location.pathname")
        browser.press("s")
        browser.wait(f"location.pathname !== '{shown}'")
        assert desk.review.skipped == {shown.removeprefix("/finding/")}


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("width", [400, 1300])
def test_no_page_scrolls_sideways_and_arabic_runs_from_the_right(
    width: int, desk: Desk, database: Path
) -> None:
    with Browser(width) as browser:
        for language in ("ar", "fr", "en"):
            for path in ("/queue", f"/finding/{total(database)}"):
                browser.open(f"{desk.origin}{path}?key={desk.key}&lang={language}")
                assert browser.ask("document.dir || document.documentElement.dir") == (
                    "rtl" if language == "ar" else "ltr"
                )
                assert browser.ask("document.documentElement.scrollWidth") <= width, (path, language)
        assert browser.ask("document.querySelector('image').getBBox().width") > 500
        near = browser.ask("document.querySelector('svg').getAttribute('viewBox')")
        browser.press("w")
        assert browser.ask("document.querySelector('svg').getAttribute('viewBox')") != near
        browser.press("n")
        assert browser.ask("document.querySelector('svg').getAttribute('viewBox')") == near
