"""Work done beside this process, in a forked copy of it that gives back what it found.

A fork sees all that is in memory and costs nothing to send to; what it gives back is pickled, so it should be little. It
only helps with pure Python over large things, and is only safe while no other thread is at work.
"""

from __future__ import annotations

import os
import pickle
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any, TypeVar

from pipeline.confine import die_with

Given = TypeVar("Given")
#: So many readings are worth a second process.
WORTH_TWO = 50_000


def middle(sizes: Iterable[int], here: float = 0.5) -> int:
    """Where to cut things of so many readings in two, the share of this process before it; few are one piece."""
    counts = list(accumulate(sizes))
    if not counts or counts[-1] < WORTH_TWO:
        return len(counts)
    return bisect_left(counts, counts[-1] * here) + 1


def beside(work: Callable[[], Given], *, readings: int = WORTH_TWO) -> Callable[[], Given]:
    """Begin a piece of work beside; what is returned waits for it and gives its result.

    Where a fork would not be safe or worth it for so few readings, or there is no second core, the work is done when its
    result is asked for; so it is when the forked process fails, and whatever is wrong is raised here.
    """
    if readings < WORTH_TWO or threading.active_count() > 1 or len(os.sched_getaffinity(0)) < 2:
        return work
    read_end, write_end = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        _answer(work, read_end, write_end, parent)
    os.close(write_end)

    def result() -> Given:
        with os.fdopen(read_end, "rb") as pipe:
            told = pipe.read()
        ended = os.waitpid(child, 0)[1]
        if ended or not told:
            return work()
        given: Given = pickle.loads(told)
        return given

    return result


def _answer(work: Callable[[], Any], read_end: int, write_end: int, parent: int) -> None:
    """The forked process: do the work, write the result, leave without anything that the parent will do at its end."""
    code = 1
    try:
        die_with(parent)
        os.close(read_end)
        with os.fdopen(write_end, "wb") as pipe:
            pickle.dump(work(), pipe, protocol=pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)
