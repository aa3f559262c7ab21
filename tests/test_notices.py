"""People are told what a run came to; a webhook that is down is no reason to fail."""

from __future__ import annotations

import http.server
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import night, notices
from pipeline.errors import InputError
from pipeline.model.edition import Edition
from pipeline.model.finding import Verdict
from pipeline.notices import tell_edition
from pipeline.settings import Settings


class Webhook:
    """A server that keeps what it was told, and refuses as often as wanted."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.refusals = 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.refusals -= 1
                if outer.refusals >= 0:
                    self.send_error(503)
                    return
                outer.told.append(json.loads(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/secret-part"


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    monkeypatch.setattr(notices, "_PAUSES", (0.0, 0.0))
    hook = Webhook()
    yield hook
    hook.server.shutdown()


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    (tmp_path / "digest.md").write_text("# حصيلة\n", encoding="utf-8")
    verdict = Verdict(
        held_back=True, why="6 of 8 reports could not be read.", errors=1, warnings=2, informations=3
    )
    return Edition(edition_id="e1", folder=tmp_path, counts=(("reports", 8),), verdict=verdict)


def test_an_edition_held_back_is_told_with_its_digest(
    webhook: Webhook, edition: Edition, tmp_path: Path
) -> None:
    file = tmp_path / "told" / "digest.md"
    webhook.refusals = 2
    tell_edition(edition, Settings(webhook=webhook.address, digest=file))
    (told,) = webhook.told
    assert told["text"].startswith(
        "Hasila: edition e1 held back, 8 reports, 1 findings of severity error. 6 of 8"
    )
    assert (told["result"], told["rows"], told["digest"]) == ("held_back", {"reports": 8}, "# حصيلة\n")
    assert file.read_text(encoding="utf-8") == f"{told['text']}\n\n# حصيلة\n"


def test_a_webhook_that_is_down_is_a_warning_without_its_address(
    webhook: Webhook, edition: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    webhook.refusals = 9
    caplog.set_level(logging.DEBUG, logger="pipeline")
    tell_edition(edition, Settings(webhook=webhook.address))
    assert "127.0.0.1 could not be told of the run (HTTPError)." in caplog.text
    assert "secret-part" not in caplog.text


def test_a_run_that_fails_is_told_with_the_reason(webhook: Webhook, tmp_path: Path) -> None:
    settings = Settings(out=tmp_path / "out", webhook=webhook.address)
    with pytest.raises(InputError):
        night.night([tmp_path / "nowhere"], settings, through=lambda *_: pytest.fail("nothing to do"))
    (told,) = webhook.told
    assert told["result"] == "failed"
    assert told["text"].startswith("Hasila: the run failed. ")
    assert "does not exist" in told["why"]
