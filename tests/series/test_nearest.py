"""Wordings are compared with those that share the most words, however many there are."""

from __future__ import annotations

from pipeline.series.nearest import nearest


def test_each_is_paired_with_those_that_share_the_most_words() -> None:
    sets = [frozenset({"clubs", f"kind{at // 2}", f"town{at}"}) for at in range(1000)]
    pairs = set(nearest(sets))
    assert {(at, at + 1) for at in range(0, 1000, 2)} <= pairs


def test_a_word_that_all_have_brings_no_two_together() -> None:
    assert list(nearest([frozenset({"clubs"}) for _ in range(1000)])) == []


def test_the_pairs_stay_few_when_the_sets_are_many() -> None:
    sets = [frozenset({f"a{at % 997}", f"b{at % 991}", f"c{at % 983}"}) for at in range(20_000)]
    assert sum(1 for _ in nearest(sets)) <= 150_000
