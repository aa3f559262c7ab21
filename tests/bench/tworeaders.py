"""Two readers against one over the same reports: ``python -m tests.bench.tworeaders FOLDER REPORTS``; prints JSON.

By the clock, so that only a machine with two idle cores tells anything.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.bench.brokennight import measure


def compared(folder: Path, reports: int) -> dict[str, float]:
    """Seconds of a run with one reader and with two, each the better of two, taken by turns; and one over the other."""
    taken: dict[str, list[float]] = {"plain-1": [], "plain-2": []}
    for time in range(2):
        for how, seconds in taken.items():
            seconds.append(measure(folder / f"{how}-{time}", reports, how)["seconds"])
    one, two = (min(seconds) for seconds in taken.values())
    return {"one": round(one, 1), "two": round(two, 1), "times": round(one / two, 2)}


if __name__ == "__main__":
    print(json.dumps(compared(Path(sys.argv[1]), int(sys.argv[2]))))
