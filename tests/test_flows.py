"""The Prefect flow publishes what the plain functions publish, and leaves nothing running."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DIGITAL = ROOT / "fixtures" / "reports" / "2023-weasyprint.pdf"
DAMAGED = ROOT / "fixtures" / "damaged"


def data_of(out: Path) -> dict[str, bytes]:
    edition = (out / "latest").resolve()
    return {
        str(file.relative_to(edition)): file.read_bytes()
        for file in sorted(edition.rglob("*"))
        if file.suffix in (".csv", ".parquet")
    }


def run_hasila(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-m", "pipeline", "--debug", "run", str(DIGITAL), str(DAMAGED), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_flow_holds_no_logic_of_its_own() -> None:
    """Every task is one call of a function of ``pipeline.run``."""
    tree = ast.parse((ROOT / "flows.py").read_text(encoding="utf-8"))
    tasks = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(d).startswith("task(") for d in node.decorator_list)
    ]
    assert len(tasks) == 3
    for node in tasks:
        _docstring, call = node.body
        assert ast.unparse(call).startswith("return run.")


@pytest.mark.prefect
def test_flows_and_tasks_can_travel_to_another_process() -> None:
    of_all = "flows.nightly, flows.backfill, flows.read_report, flows.read_part"
    code = f"import cloudpickle, flows\nfor it in ({of_all}): cloudpickle.dumps(it)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.prefect
def test_the_flow_and_the_plain_functions_publish_the_same_bytes(tmp_path: Path) -> None:
    through = run_hasila("--out", str(tmp_path / "flow"))
    assert through.returncode == 0, through.stderr
    plain = run_hasila("--out", str(tmp_path / "plain"), "--no-prefect")
    assert plain.returncode == 0, plain.stderr
    assert data_of(tmp_path / "flow")
    assert data_of(tmp_path / "flow") == data_of(tmp_path / "plain")
    assert through.stderr.count("\n") == plain.stderr.count("\n") == 7
    assert not (tmp_path / "plain" / ".state" / "prefect").exists()


@pytest.mark.slow
@pytest.mark.prefect
def test_a_run_that_is_killed_leaves_no_prefect_server_behind(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib\n"
        "from pipeline.server import private_api\n"
        "with private_api(pathlib.Path(sys.argv[1])) as url:\n"
        "    print(url, flush=True)\n"
        "    time.sleep(600)\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    assert answers(url)
    assert url.startswith("http://127.0.0.1:")  # nobody else's machine reaches it
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while answers(url) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not answers(url)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
