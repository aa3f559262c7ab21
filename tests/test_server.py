"""The private Prefect API: on this machine alone, gone with whoever started it, and its database there at once."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from pipeline.server import _TABLES, _with_tables
from tests.processes import ROOT, environment, wait_for


def test_a_server_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """A small one in the place of Prefect's, which the tests of nights by a schedule see end."""
    code = (
        "import sys, time, pathlib\n"
        "from pipeline import server\n"
        "server._SERVER = 'tests.smallserver:create_app'\n"
        "with server.private_api(pathlib.Path(sys.argv[1])) as url:\n"
        "    print(url, flush=True)\n"
        "    time.sleep(600)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    assert answers(url)
    assert url.startswith("http://127.0.0.1:")  # nobody else's machine reaches it
    process.kill()
    process.wait()
    process.stdout.close()
    assert wait_for(lambda: not answers(url), 20)


def test_a_new_database_is_at_the_last_revision_of_the_installed_prefect(tmp_path: Path) -> None:
    found = find_spec("prefect")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "server" / "database" / "_migrations" / "versions" / "sqlite"
    texts = [file.read_text(encoding="utf-8") for file in folder.glob("*.py")]
    made = {word for text in texts for word in re.findall(r'^revision\b.*?"(\w+)"', text, re.M)}
    gone = {word for text in texts for word in re.findall(r'^down_revision\b.*?"(\w+)"', text, re.M)}
    _with_tables(tmp_path / "prefect.db")
    with closing(sqlite3.connect(tmp_path / "prefect.db")) as database:
        revision = {row[0] for row in database.execute("SELECT version_num FROM alembic_version")}
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert revision == made - gone, (
        f"after another Prefect was locked, {_TABLES.name} is made by: make tables"
    )
    assert {"flow_run", "task_run", "log", "artifact"} <= tables


def test_a_database_that_is_there_is_left_alone(tmp_path: Path) -> None:
    database = tmp_path / "prefect.db"
    database.write_bytes(b"somebody's")
    _with_tables(database)
    assert database.read_bytes() == b"somebody's"
    assert [file.name for file in tmp_path.iterdir()] == ["prefect.db"]


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
