"""What a column and a table of an edition are: kinds of values and their types in Arrow, SQL and Data Package."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

#: Exact enough for money in full dirhams and for shares alike.
VALUE = pa.decimal128(38, 9)
TYPES = {
    "text": pa.string(),
    "int": pa.int64(),
    "value": VALUE,
    "point": pa.float64(),
    "flag": pa.bool_(),
    "texts": pa.string(),
}
SQL = {
    "text": "VARCHAR",
    "int": "BIGINT",
    "value": "DECIMAL(38,9)",
    "point": "DOUBLE",
    "flag": "BOOLEAN",
    "texts": "VARCHAR",
}
#: Types of Data Package v2 (Table Schema).
FIELDS = {
    "text": "string",
    "int": "integer",
    "value": "number",
    "point": "number",
    "flag": "boolean",
    "texts": "string",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind (text, texts, int, value, point, flag) and what it means, in English and French."""

    name: str
    kind: str
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One published table; ``key`` names the columns no two rows share, by which rows are sorted."""

    name: str
    en: str
    fr: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def arrow(self) -> pa.Schema:
        """Arrow schema of the table."""
        return pa.schema([pa.field(c.name, TYPES[c.kind]) for c in self.columns])


def columns_of(text: str) -> tuple[Column, ...]:
    """Columns from lines ``name | kind | English | French``."""
    made = []
    for line in text.strip().splitlines():
        name, kind, en, fr = (part.strip() for part in line.split("|"))
        made.append(Column(name, kind, en, fr))
    return tuple(made)
