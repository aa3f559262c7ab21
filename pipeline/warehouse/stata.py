"""A table as a Stata file of version 118: labels of variables, Arabic as it is, long texts in full."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.warehouse.columns import TableSchema

#: The file carries no clock.
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zones
#: Longest text of a plain Stata variable, in bytes, and longest label of a variable.
_LONGEST, _LABEL = 2045, 80


def write_stata(held: pa.Table, schema: TableSchema, path: Path) -> None:
    """Write one table; values are doubles there (exact to 15 digits), a missing one is Stata's ``.``."""
    frame = held.to_pandas()
    long: list[str] = []
    for column in schema.columns:
        if column.kind in ("text", "texts"):
            frame[column.name] = frame[column.name].fillna("").map(_storable).astype(object)
            if any(len(text.encode()) > _LONGEST for text in frame[column.name]):
                long.append(column.name)
        elif column.kind == "flag":
            frame[column.name] = frame[column.name].astype("Int8").astype("float64")
        else:
            frame[column.name] = pd.to_numeric(frame[column.name].astype(object), errors="raise").astype(
                "float64"
            )
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        variable_labels={column.name: column.en[:_LABEL] for column in schema.columns},
        data_label=f"Hasila: {schema.en}"[:_LABEL],
        time_stamp=_EPOCH,
        convert_strl=long,
    )


def _storable(text: str) -> str:
    return text.replace("\0", "")
