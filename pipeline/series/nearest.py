"""Of many sets of words, those that have the most in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

#: Each set is paired with so many others at most, and at least; with fewer where there would be more pairs than that.
_NEAREST, _FEWEST, _PAIRS = 24, 2, 150_000
#: A word that stands in more sets than that brings no two together; in fewer where there are so many sets.
_COMMON, _LOOKS = 300, 2_000_000


def nearest(sets: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of places in ``sets``, in order, the smaller first: each with those that share the most words with it."""
    share = min(_NEAREST, max(_FEWEST, _PAIRS // max(1, len(sets))))
    common = min(_COMMON, _LOOKS // max(1, len(sets)))
    places: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(sets):
        for word in words:
            places[word].append(at)
    found: set[tuple[int, int]] = set()
    for at, words in enumerate(sets):
        shared: Counter[int] = Counter()
        for word in words:
            if len(places[word]) <= common:
                shared.update(places[word])
        del shared[at]
        best = sorted(shared, key=lambda other: (-shared[other], other))[:share]
        found.update((min(at, other), max(at, other)) for other in best)
    yield from sorted(found)
