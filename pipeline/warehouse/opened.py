"""A published edition as pandas frames: ``pipeline.open("outputs/latest").latest``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipeline.errors import UsageError
from pipeline.warehouse.manifest import of_this_schema
from pipeline.warehouse.schema import SCHEMA


def day_of(said: int | str | date) -> str:
    """A day, month or year as ISO 8601 writes it.

    Raises:
        UsageError: when it is none.
    """
    text = str(said)
    try:
        date.fromisoformat(f"{text}-01-01"[:10] if len(text) in (4, 7) else text)
    except ValueError:
        raise UsageError(f"'{text}' is no day.", "Write 2024-03-15, 2024-03 or 2024.") from None
    return text


class Opened:
    """One edition, read-only. Every published table and view is an attribute that gives a frame of its own.

    ``obs_value`` and its like are floats in the frames, ready to be plotted; with ``exact=True`` they are
    :class:`decimal.Decimal`, as published. A missing value is ``NaN`` or ``None``, never 0.

    Args:
        folder: folder of the edition, ``outputs/latest`` or one below ``outputs/editions``; ``outputs`` is its latest.
        exact: decimals instead of floats.

    Raises:
        InputError: when there is no edition in the folder, or one that another version made.
    """

    def __init__(self, folder: Path | str = "outputs/latest", *, exact: bool = False) -> None:
        # Resolved once, so that a new edition published meanwhile changes nothing under the reader's feet.
        held = Path(folder)
        self.folder = (held / "latest" if (held / "latest").exists() else held).resolve()
        self.exact = exact
        of_this_schema(self.folder)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Inputs, tools, counts and checksums."""
        held: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return held

    @property
    def reports(self) -> pd.DataFrame:
        """One PDF a row."""
        return self._table("reports")

    @property
    def tables(self) -> pd.DataFrame:
        """One printed table a row."""
        return self._table("tables")

    @property
    def readings(self) -> pd.DataFrame:
        """One figure as printed a row."""
        return self._table("readings")

    @property
    def mentions(self) -> pd.DataFrame:
        """Numbers that are no figures."""
        return self._table("mentions")

    @property
    def observations(self) -> pd.DataFrame:
        """One figure normalised a row, every vintage."""
        return self._table("observations")

    @property
    def series(self) -> pd.DataFrame:
        """Register of series."""
        return self._table("series")

    @property
    def indicators(self) -> pd.DataFrame:
        """What one indicator counts a row: definition, unit, kind, over what it may be added up."""
        return self._table("indicators")

    @property
    def links(self) -> pd.DataFrame:
        """Why figures of one report are of one indicator."""
        return self._table("links")

    @property
    def proposals(self) -> pd.DataFrame:
        """Two indicators that may be one a row."""
        return self._table("proposals")

    @property
    def revisions(self) -> pd.DataFrame:
        """One period said by two vintages a row."""
        return self._table("revisions")

    @property
    def findings(self) -> pd.DataFrame:
        """One suspicion a row."""
        return self._table("findings")

    @property
    def edits(self) -> pd.DataFrame:
        """One change of a value a row."""
        return self._table("edits")

    @property
    def codelists(self) -> pd.DataFrame:
        """One code a row."""
        return self._table("codelists")

    @property
    def latest(self) -> pd.DataFrame:
        """Each series and period once, as the newest report says it."""
        return self.query("select * from latest")

    @property
    def first(self) -> pd.DataFrame:
        """Each series and period once, as the first report said it."""
        return self.query('select * from "first"')

    def as_of(self, day: int | str | date) -> pd.DataFrame:
        """Each series and period once, as the reports say it that were known on a day.

        Args:
            day: a date, or as ISO 8601 writes it; a year or a month is the end of it. A report is known from
                ``release_date`` on: as ``releases.csv`` of the codebook says, else from the last day of its year.

        Raises:
            UsageError: when it is no day.
        """
        return self.query("select * from as_of(?)", [day_of(day)])

    def vintages(self, series_id: str) -> pd.DataFrame:
        """The revision triangle of one series: a row a period, a column a report year.

        Raises:
            UsageError: when there is no such series.
        """
        held = self.query(
            "select time_period, report_year, obs_value from by_year where series_id = ?", [series_id]
        )
        if held.empty:
            raise UsageError(f"No series {series_id} in this edition.", "Find one with: hasila series WORDS.")
        return held.pivot(index="time_period", columns="report_year", values="obs_value").sort_index()

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Answer a SQL question with a frame.

        Raises:
            UsageError: when DuckDB does not accept the statement.
        """
        try:
            with duckdb.connect(str(self.folder / "hasila.duckdb"), read_only=True) as connection:
                connection.execute("set enable_external_access = false")
                answer = connection.execute(sql, list(parameters))
                decimals = [c[0] for c in answer.description or () if str(c[1]).startswith("DECIMAL")]
                if not self.exact:
                    return answer.df()
                rows = answer.fetchall()
                frame = pd.DataFrame(rows, columns=[c[0] for c in answer.description or ()])
                return frame.astype(dict.fromkeys(decimals, object))
        except duckdb.Error as error:
            raise UsageError(str(error).splitlines()[0], "See the tables with: show tables.") from error

    def _table(self, name: str) -> pd.DataFrame:
        key = next(one.key for one in SCHEMA if one.name == name)
        return self.query(f'select * from "{name}" order by {", ".join(key)}')

    def __repr__(self) -> str:
        return f"<edition {self.folder.name}>"
