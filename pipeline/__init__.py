"""Hasila: yearly reports in PDF to one tidy dataset, every figure traced to a box on a page.

The path of the data is the layout; read ``run.py`` first::

    archive  → pages → readings → series → validation → warehouse → workbench
    bytes      Page    Reading    Observation  Finding      Edition     a person's decision

From Python::

    import pipeline
    edition = pipeline.open("outputs/latest")
    edition.latest            # a pandas frame
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.warehouse.opened import Opened

__version__ = "0.1.0"
__all__ = ["open"]


def open(edition: Path | str = "outputs/latest", *, exact: bool = False) -> Opened:  # noqa: A001 - as csv, gzip and Image say it
    """Open a published edition as pandas frames.

    Args:
        edition: folder of the edition.
        exact: values as decimals; else as floats, ready to be plotted.

    Raises:
        InputError: when there is no edition in the folder.
    """
    from pipeline.warehouse.opened import Opened  # a second for pandas and DuckDB, paid by who asks

    return Opened(edition, exact=exact)
