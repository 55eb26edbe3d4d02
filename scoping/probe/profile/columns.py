"""What the columns of a source are, once text that holds numbers or times is read as such."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir

from ...document.evidence.profile import ColumnType


@dataclass(frozen=True)
class Column:
    """A column of the table that is measured: where it stands, what people call it, and what it holds.

    `values` counts what stood in a column of text that is read as numbers or times: what of it is not of that type
    is missing in the table. `is_whole` is true of a number column that is stored as whole numbers.
    """

    place: str
    name: str
    type: ColumnType
    values: int | None = None
    is_whole: bool = False
    is_personal: bool = False


@dataclass(frozen=True)
class Tidy:
    """The table with typed columns: numbers as int64 or float64, times as timestamps, yes or no, and text."""

    table: ir.Table
    rows: int
    columns: tuple[Column, ...]
    remarks: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((each for each in self.columns if each.name == name), None)


EXACT_ROWS = 1_000_000
"""Up to so many rows everything is counted; beyond, different values are estimated, and quantiles are of a sample."""
