"""Which time the rows span, where it has gaps, and which rows are the first and the last tenth of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil, floor

import ibis
import ibis.expr.types as ir

from ...document.evidence import Coverage
from .columns import Column
from .counting import Counted, seconds
from .moments import rounded

_DAY = 86_400
_MOST_MOMENTS = 1_000_000
"""Gaps are looked for between so many moments at most; a longer span is looked at by its millionth parts."""

_TENTH = 0.1


def coverage(table: ir.Table, time: Counted) -> Coverage | None:
    """First and last time, the longest gap and the usual one between times that differ."""
    if time.column.type != "time" or time.low is None or time.high is None:
        return None
    step = max(1, ceil((time.high - time.low) / _MOST_MOMENTS))
    moments = table.select(at=(seconds(table[time.column.place]) / step).floor().cast("int64"))
    moments = moments.filter(moments["at"].notnull()).distinct()
    gaps = moments.select(gap=moments["at"] - moments["at"].lag().over(order_by=moments["at"]))
    found = gaps.aggregate(longest=gaps["gap"].max(), usual=gaps["gap"].quantile(0.5)).to_pyarrow().to_pylist()[0]
    return Coverage(
        first=_written(time.low),
        last=_written(time.high),
        longest_gap_days=rounded((found["longest"] or 0) * step / _DAY),
        usual_gap_days=rounded((found["usual"] or 0) * step / _DAY),
        unreadable=time.mixed,
    )


def _written(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).replace(tzinfo=None).isoformat()


@dataclass(frozen=True)
class Tenths:
    """The rows of the first and of the last tenth of time."""

    before: ir.Table
    after: ir.Table


def tenths(table: ir.Table, time: Column) -> Tenths | None:
    """By rows, so that both have enough of them; None where time stands still."""
    at = seconds(table[time.place]) if time.type == "time" else table[time.place]
    if time.type not in ("time", "number"):
        return None
    found = table.aggregate(q=at.cast("float64").quantile([_TENTH, 1 - _TENTH])).to_pyarrow().to_pylist()[0]["q"]
    if found is None or found[0] is None:
        return None
    first, last = (rounded(each) for each in found)
    if time.type == "time":
        first, last = floor(first), ceil(last)
    if first >= last:
        return None
    return Tenths(table.filter(at <= ibis.literal(first)), table.filter(at >= ibis.literal(last)))
