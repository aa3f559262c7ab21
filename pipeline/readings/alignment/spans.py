"""Which places a label stands for: runs of columns under a group's head, runs of rows beside a stub."""

from __future__ import annotations

import math
from collections.abc import Sequence

#: No label spans more places than this.
LONGEST = 24


def shared(
    labels: Sequence[float], places: Sequence[tuple[float, float]], skip: float
) -> tuple[list[tuple[int, int]], float]:
    """Give each label a run of neighbouring places whose middle it stands at.

    Args:
        labels: middles of the labels, ascending.
        places: extents of the places, ascending.
        skip: cost of a place that no label gets, in the unit of the middles.

    Returns:
        For each label the first place and the one after the last; and the sum of distances and skips,
        infinite when there are more labels than places.
    """
    count, wide = len(labels), len(places)
    if count > wide:
        return [], math.inf
    best = [[math.inf] * (wide + 1) for _ in range(count + 1)]
    came: list[list[tuple[int, bool]]] = [[(0, False)] * (wide + 1) for _ in range(count + 1)]
    best[0] = [skip * p for p in range(wide + 1)]
    for label in range(1, count + 1):
        for end in range(label, wide + 1):
            cost, start, skipped = best[label][end - 1] + skip, end - 1, True
            for first in range(max(label - 1, end - LONGEST), end):
                middle = (places[first][0] + places[end - 1][1]) / 2
                other = best[label - 1][first] + abs(labels[label - 1] - middle)
                if other < cost:
                    cost, start, skipped = other, first, False
            best[label][end] = cost
            came[label][end] = (start, skipped)
    runs: list[tuple[int, int]] = []
    label, end = count, wide
    while label:
        start, skipped = came[label][end]
        if not skipped:
            runs.append((start, end))
            label -= 1
        end = start
    return runs[::-1], best[count][wide]
