"""Reports behind addresses are fetched once for each version; editions arrive whole."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from pipeline.archive import remote
from pipeline.archive.discover import discover
from pipeline.archive.inbox import gathered
from pipeline.archive.opening import examine
from pipeline.archive.remote import send_edition
from pipeline.errors import InputError, UsageError
from pipeline.model.report import Outcome

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """A real server that speaks S3, on this machine; gives its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(storage: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": storage}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(remote, "_PAUSES", (0.0, 0.0))
    system = fsspec.filesystem("s3", use_listings_cache=False, skip_instance_cache=True)
    name = tmp_path.name.replace("_", "-")[:60]
    system.mkdir(name)
    return system, name


def test_a_folder_of_a_bucket_is_fetched_with_all_below_it(bucket: Any, tmp_path: Path) -> None:
    system, name = bucket
    for key in ("in/2022.pdf", "in/deep/حصيلة 2023.PDF", "in/notes.txt", "other/2021.pdf"):
        system.pipe_file(f"{name}/{key}", key.encode())
    found = gathered([f"s3://{name}/in/"], tmp_path / "here")
    assert [path.name for path in found] == ["2022.pdf", "حصيلة 2023.PDF"]
    assert found[1].read_bytes() == "in/deep/حصيلة 2023.PDF".encode()
    assert [path.name for path in gathered([f"s3://{name}/**/202?.pdf"], tmp_path / "here")] == [
        "2022.pdf",
        "2021.pdf",
    ]
    assert [path.name for path in gathered([f"s3://{name}/other/2021.pdf"], tmp_path / "here")] == [
        "2021.pdf"
    ]


def test_only_a_new_version_is_fetched_again(
    bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, name = bucket
    transfers: list[str] = []
    fetch = remote._fetch
    monkeypatch.setattr(remote, "_fetch", lambda *how: transfers.append(how[1]) or fetch(*how))
    system.pipe_file(f"{name}/a.pdf", b"first")
    (path,) = gathered([f"s3://{name}/a.pdf"], tmp_path)
    assert gathered([f"s3://{name}/"], tmp_path) == [path]
    assert len(transfers) == 1
    system.pipe_file(f"{name}/a.pdf", b"other")  # as long as the first
    assert gathered([f"s3://{name}/"], tmp_path) == [path]
    assert (len(transfers), path.read_bytes()) == (2, b"other")


def test_what_can_not_be_reached_is_an_input_error(bucket: Any, tmp_path: Path) -> None:
    _, name = bucket
    with pytest.raises(InputError, match="No PDF found"):
        gathered([f"s3://{name}/empty/"], tmp_path)
    with pytest.raises(InputError, match=r"can't be reached|No PDF found"):
        gathered([f"s3://no-such-{name}/"], tmp_path)


def test_a_file_that_can_not_be_fetched_has_a_row_and_the_others_are_read(
    bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, name = bucket
    whole = (ROOT / "fixtures" / "damaged" / "owner_locked.pdf").read_bytes()
    for key in ("bad.pdf", "good.pdf"):
        system.pipe_file(f"{name}/{key}", whole)
    fetch = remote._fetch

    def flaky(system: Any, key: str, target: Path) -> None:
        if "bad" in key:
            raise ConnectionResetError("planted")
        fetch(system, key, target)

    monkeypatch.setattr(remote, "_fetch", flaky)
    bad, good = discover(gathered([f"s3://{name}/"], tmp_path), examine)
    assert (bad.file_name, bad.outcome, good.outcome) == ("bad.pdf", Outcome.REFUSED, Outcome.READ)


def test_an_edition_arrives_before_it_is_named(
    bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, name = bucket
    edition = tmp_path / "editions" / "e1"
    (edition / "csv").mkdir(parents=True)
    for place in ("csv/reports.csv", "manifest.json"):
        (edition / place).write_text(place)
    order: list[str] = []
    send = remote._send
    monkeypatch.setattr(remote, "_send", lambda *how: order.append(how[2]) or send(*how))
    send_edition(edition, f"s3://{name}/out", latest=False)
    assert not system.exists(f"{name}/out/latest.json")
    send_edition(edition, f"s3://{name}/out", latest=True)
    assert [place.rpartition("e1/")[2] for place in order] == ["csv/reports.csv", "manifest.json"]
    pointer = json.loads(system.cat_file(f"{name}/out/latest.json"))
    assert pointer == {"edition": "e1", "folder": "editions/e1"}
    with pytest.raises(UsageError, match="can't be written"):
        send_edition(edition, "s3://no-such-bucket-anywhere/out", latest=True)


class Served(http.server.SimpleHTTPRequestHandler):
    """A folder over HTTP, which breaks down as often as told."""

    breakdowns = 0

    def send_head(self) -> Any:
        if type(self).breakdowns:
            type(self).breakdowns -= 1
            self.send_error(503)
            return None
        return super().send_head()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def website(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "تقرير 2023.pdf").write_bytes(b"report")
    (folder / "index.txt").write_bytes(b"no report")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0),
        lambda *how: Served(*how, directory=str(folder)),  # type: ignore[arg-type]
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_reports_are_fetched_from_a_web_page_and_after_a_breakdown(
    website: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_PAUSES", (0.0, 0.0, 0.0))
    for address in (f"{website}/", f"{website}/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1%202023.pdf"):
        Served.breakdowns = 2
        (path,) = gathered([address], tmp_path / "here")
        assert (path.name, path.read_bytes()) == ("تقرير 2023.pdf", b"report")


@pytest.mark.slow
def test_a_night_from_bucket_to_bucket_publishes_what_a_local_one_does(bucket: Any, tmp_path: Path) -> None:
    system, name = bucket
    report = ROOT / "fixtures" / "reports" / "2021-libreoffice.pdf"
    system.put_file(str(report), f"{name}/in/2021-libreoffice.pdf")

    def run(*arguments: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "pipeline", "run", *arguments, "--no-prefect", "--json"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
        said: dict[str, Any] = json.loads(done.stdout)
        return said

    there = run(f"s3://{name}/in/", "--out", f"s3://{name}/dataset")
    local = run(str(report), "--out", str(tmp_path / "local"))
    pointer = json.loads(system.cat_file(f"{name}/dataset/latest.json"))
    assert pointer["edition"] == there["edition"]
    top = f"{name}/dataset/{pointer['folder']}"
    sent = {file.removeprefix(f"{top}/") for file in system.find(top)}
    made = tmp_path / "local" / "latest"
    assert sent == {str(file.relative_to(made)) for file in made.rglob("*") if file.is_file()}
    for file in (file for file in sent if file.endswith((".csv", ".parquet"))):
        assert system.cat_file(f"{top}/{file}") == (made / file).read_bytes(), file
    assert local["rows"] == there["rows"]
    assert run(f"s3://{name}/in/", "--out", f"s3://{name}/dataset")["new"] is False
