"""Tells people what a run came to: the digest to a file, and to a webhook as JSON. Never fails a run.

A night with nothing new tells nothing. The address of a webhook is a secret, so only its host is ever logged.
"""

from __future__ import annotations

import json
import logging
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.archive.shelf import write_aside
from pipeline.model.edition import Edition
from pipeline.settings import Settings

_log = logging.getLogger(__name__)
#: Seconds between the attempts at a webhook, and for each of them.
_PAUSES, _PATIENCE = (2.0, 8.0), 15.0


def tell_edition(edition: Edition, settings: Settings) -> None:
    """Tell that an edition was published, or held back: that is a result, and no failure."""
    if not (settings.webhook or settings.digest):
        return
    verdict = edition.verdict
    result = "held_back" if verdict.held_back else "published"
    counts = dict(edition.counts)
    head = (
        f"Hasila: edition {edition.edition_id} {result.replace('_', ' ')}, {counts.get('reports', 0)} reports, "
        f"{verdict.errors} findings of severity error. {verdict.why}"
    ).strip()
    try:
        digest = (edition.folder / "digest.md").read_text(encoding="utf-8")
    except OSError:
        digest = ""
    findings = {"error": verdict.errors, "warning": verdict.warnings, "information": verdict.informations}
    facts = {"edition": edition.edition_id, "why": verdict.why, "rows": counts, "findings": findings}
    _tell(settings, head, digest, {"result": result, **facts})


def tell_failure(error: Exception, settings: Settings) -> None:
    """Tell that a run ended without an edition, and why."""
    why = str(error) or type(error).__name__
    _tell(settings, f"Hasila: the run failed. {why}", "", {"result": "failed", "why": why})


def _tell(settings: Settings, head: str, digest: str, facts: dict[str, object]) -> None:
    if settings.digest:
        _write(settings.digest, f"{head}\n\n{digest}".strip() + "\n")
    if settings.webhook:
        # `text` is what chat programs show of it.
        _post(settings.webhook, json.dumps({"text": head, **facts, "digest": digest}).encode())


def _write(file: Path, text: str) -> None:
    try:
        write_aside(file, text.encode())
    except OSError as error:
        _log.warning("The digest can't be written to %s (%s).", file, error.strerror or error)


def _post(address: str, body: bytes) -> None:
    where = urlsplit(address).hostname or "the webhook"
    for pause in (*_PAUSES, None):
        try:
            asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})
            with urllib.request.urlopen(asked, timeout=_PATIENCE):
                return
        except (OSError, ValueError) as error:
            if pause is None:
                _log.warning("%s could not be told of the run (%s).", where, type(error).__name__)
                return
            time.sleep(pause)
