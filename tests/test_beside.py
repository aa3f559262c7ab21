"""A piece of work beside gives what it gives here, also where there is no second process for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.beside import beside
from pipeline.codebook.loading import load
from pipeline.model.reading import Label
from pipeline.run import assembled
from pipeline.series.assemble import assemble
from pipeline.validation import inspection
from pipeline.validation.judge import judge
from pipeline.warehouse.publish import begun
from tests.bench.synthetic import extractions

CODEBOOK = load()


def test_work_is_done_in_a_process_of_its_own_and_its_result_comes_back() -> None:
    # In a fresh process: other tests may have left threads.
    code = (
        "import os; from pipeline.beside import beside\n"
        "process, given = beside(lambda: (os.getpid(), {'a': [1, 2]}))()\n"
        "print(given == {'a': [1, 2]}, (process != os.getpid()) == (len(os.sched_getaffinity(0)) > 1))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


def test_while_another_thread_is_at_work_nothing_is_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert beside(os.getpid)() == os.getpid()
    finally:
        done.set()
        other.join()


def test_what_fails_beside_is_tried_here_and_raised() -> None:
    def fails() -> int:
        raise ZeroDivisionError("as told")

    with pytest.raises(ZeroDivisionError, match="as told"):
        beside(fails)()


def test_tables_looked_at_in_two_halves_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    held = list(extractions(5))
    # A slip that arithmetic finds, in the last report: what is put right there has to come back.
    last = held[-1]
    slipped = tuple(
        replace(r, value=r.value + 1) if i == 4 and r.value else r for i, r in enumerate(last.readings)
    )
    held[-1] = replace(last, readings=slipped)
    seen = []
    for worth in (10**9, 1):
        monkeypatch.setattr("pipeline.beside.WORTH_TWO", worth)
        seen.append(inspection.inspect(held, CODEBOOK))
    whole, halves = seen
    assert halves == whole
    assert list(halves.vouched) == list(whole.vouched)
    assert whole.failed > 0


def test_reports_observed_in_two_halves_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    held = list(extractions(5))
    last = held[-1]
    # In the half that travels: a period that is none, and a percent under a head that speaks of change.
    first = replace(last.readings[0], period="soon")
    second = replace(
        last.readings[1], unit_measure="PT", measure="", column_label=Label(ar="التغير", fr="Variation")
    )
    held[-1] = replace(last, readings=(first, second, *last.readings[2:]))
    made = []
    for worth in (10**9, 1):
        monkeypatch.setattr("pipeline.beside.WORTH_TWO", worth)
        made.append(assemble(held, CODEBOOK))
    whole, halves = made
    assert halves == whole
    assert [complaint.rule for _, complaint in whole.complaints] == ["SER-01"]


def test_rules_of_series_that_run_beside_find_what_they_find_here(monkeypatch: pytest.MonkeyPatch) -> None:
    held = list(extractions(3))
    first = held[1].readings[0]
    assert first.value is not None
    # Five times as many as the year before: a jump, told by a rule of series.
    held[1] = replace(held[1], readings=(replace(first, value=5 * first.value), *held[1].readings[1:]))
    assembly = assemble(held, CODEBOOK)
    made = []
    for worth in (10**9, 1):
        monkeypatch.setattr("pipeline.beside.WORTH_TWO", worth)
        made.append(judge(held, assembly, CODEBOOK))
    here, beside_it = made
    assert beside_it == here
    assert "XYR-03" in {finding.rule for finding in here.findings}


def test_what_is_printed_is_written_beside_as_it_is_written_here(tmp_path: Path) -> None:
    dataset = assembled(list(extractions(1)), CODEBOOK)

    def counted(out: Path) -> dict[str, bytes]:
        with begun(dataset, out) as writing:
            counts = writing.printed()
            assert list(counts) == ["reports", "tables", "readings", "mentions"]
            assert counts["readings"] == len(dataset.readings)
            return {path.name: path.read_bytes() for path in writing.aside.rglob("*.*")}

    done = threading.Event()
    other = threading.Thread(target=done.wait)
    written = counted(tmp_path / "beside")
    other.start()
    try:
        assert counted(tmp_path / "here") == written
    finally:
        done.set()
        other.join()
    assert len(written) == 8
    assert not list((tmp_path / "here" / "editions").iterdir())
