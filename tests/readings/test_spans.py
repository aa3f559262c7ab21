"""Labels and the runs of rows or columns they stand for."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readings.alignment.spans import shared


@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.integers(10, 40))
def test_labels_set_in_the_middle_of_their_runs_get_them_back(sizes: list[int], pitch: int) -> None:
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    runs = list(pairwise([0, *ends]))
    places = [(float(k * pitch), float(k * pitch) + 8) for k in range(ends[-1])]
    labels = [(places[a][0] + places[b - 1][1]) / 2 for a, b in runs]
    assert shared(labels, places, 100.0) == (runs, 0.0)


def test_a_place_far_from_every_label_is_left_out_at_its_cost() -> None:
    assert shared([4.0], [(0.0, 8.0), (50.0, 58.0)], 6.0) == ([(0, 1)], 6.0)


def test_more_labels_than_places_fit_nowhere() -> None:
    assert shared([1.0, 2.0], [(0.0, 3.0)], 1.0) == ([], float("inf"))
