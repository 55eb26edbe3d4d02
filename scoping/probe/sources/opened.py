"""Data that has been opened: a table where it is, and how it can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from ...document.evidence.source import SourceKind

ROW = "row_number"
"""The column with the number of a row in the source, from 1, where the source has an order."""

SomeRows = Callable[[ir.Table, float, int], ir.Table]
"""A share of the rows at random, by a seed."""


def place(index: int) -> str:
    """What a column is called inside: names that people gave are data, and are never part of a query."""
    return f"c{index}"


@dataclass(frozen=True)
class Opened:
    """A table with the columns c0, c1, ... and ROW, whose names are in `names`, in order.

    `thinned` draws rows where the data is. `kept` gives a table that many questions are asked of a name there, and
    keeps a copy where it is said to be small; `local` puts columns that are in memory where they can be asked.
    """

    table: ir.Table
    names: tuple[str, ...]
    kind: SourceKind
    name: str
    thinned: SomeRows
    local: Callable[[object], ir.Table]
    kept: Callable[[ir.Table, bool], ir.Table] = lambda table, _is_small: table
    sha256: str = ""
    is_ordered: bool = True
    remarks: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=lambda: {"ibis-framework": ibis.__version__})
