"""The reader's child process, and the command, with a count of the finished pages: a line for each in ``$COUNTED``."""

from __future__ import annotations

import os
import sys

from pipeline.archive.shelf import Shelf

_keep = Shelf.keep


def _counted(shelf: Shelf, room: str, key: str, value: object) -> None:
    _keep(shelf, room, key, value)
    if room.startswith("pages/"):
        with open(os.environ["COUNTED"], "a", encoding="utf-8") as lines:  # noqa: PTH123
            lines.write(f"{room} {key}\n")


if __name__ == "__main__" and len(sys.argv) > 1:
    from pipeline import apart
    from pipeline.cli import main

    apart._WORKER = "tests.counting"
    main()
elif __name__ == "__main__":
    from pipeline import worker

    Shelf.keep = _counted  # type: ignore[method-assign]
    sys.exit(worker.main())
