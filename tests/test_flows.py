"""The Prefect flow publishes what the plain functions publish, and leaves nothing running."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import outcome
from tests.processes import ROOT, data_of, environment, page_of

DAMAGED = ROOT / "fixtures" / "damaged"


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
    of_all = "flows.nightly, flows.backfill, flows.read_reports, flows.read_part"
    code = f"import cloudpickle, flows\nfor it in ({of_all}): cloudpickle.dumps(it)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.prefect
def test_the_flow_and_the_plain_functions_publish_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = page_of("2023-weasyprint.pdf", tmp_path / "report.pdf", 4)
    given = ["--debug", "run", str(report), str(DAMAGED)]
    command = [sys.executable, "-m", "pipeline", *given, "--out", str(tmp_path / "flow")]
    through = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert through.returncode == 0, through.stderr
    assert outcome([*given, "--out", str(tmp_path / "plain"), "--no-prefect"]) == 0
    assert data_of(tmp_path / "flow")
    assert data_of(tmp_path / "flow") == data_of(tmp_path / "plain")
    assert through.stderr.count("\n") == capsys.readouterr().err.count("\n") == 7
    assert not (tmp_path / "plain" / ".state" / "prefect").exists()
