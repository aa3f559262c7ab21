"""Series of the fixture editions, renamed, laid out anew and united again from year to year, are recognised."""

from __future__ import annotations

from collections import defaultdict

from pipeline.codebook.loading import load
from pipeline.series.assemble import assemble
from tests.series.content import extraction

EDITIONS = ("2021", "2022", "2023", "2024")
#: Least share of the figures of an indicator that have to be recognised.
RECALL = 0.95


def test_figures_are_linked_to_their_indicator_and_never_to_another() -> None:
    told = [extraction(name) for name in EDITIONS]
    truth = {reading: indicator for _, held in told for reading, indicator in held.items() if indicator}
    assembly = assemble([one for one, _ in told], load())
    linked = {
        reading: one.indicator
        for one in assembly.observations
        if one.indicator_known
        for reading in (one.reading_id, *one.duplicates)
    }
    wrong = {r: (code, truth.get(r)) for r, code in linked.items() if code != truth.get(r)}
    assert wrong == {}
    assert sum(reading in linked for reading in truth) >= RECALL * len(truth)


def test_two_vintages_of_one_true_quantity_are_one_series_without_the_codebook_knowing_it() -> None:
    told = [extraction(name) for name in EDITIONS]
    truth = {reading: indicator for _, held in told for reading, indicator in held.items() if indicator}
    assembly = assemble([one for one, _ in told], load())
    indicators: dict[str, set[str]] = defaultdict(set)
    for one in assembly.observations:
        for reading in (one.reading_id, *one.duplicates):
            if reading in truth:
                indicators[one.indicator].add(truth[reading])
    assert {code: held for code, held in indicators.items() if len(held) > 1} == {}


def test_every_link_says_why_and_counts_its_figures() -> None:
    assembly = assemble([extraction(name)[0] for name in EDITIONS], load())
    assert {(one.indicator, one.locus.report_id) for one in assembly.observations} == {
        (link.indicator, link.report_id) for link in assembly.links
    }
    for link in assembly.links:
        assert link.printed
        assert link.why.startswith("cues.csv line " if link.known else "made from ")
