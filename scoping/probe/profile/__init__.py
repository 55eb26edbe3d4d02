"""The profile of a table: written once, run where the data is.

Everything is an ibis expression, the same for DuckDB, PostgreSQL and Spark. Up to EXACT_ROWS rows every figure is
exact, and the same on each of them to the last digit that is told (twelve). Beyond that the different values of a
column are an estimate of the engine (HyperLogLog, within five per cent). Quantiles and drift are those of 250,000
random rows: a quantile's rank is then off by less than 0.3 percentage points in 95 of 100 cases (Dvoretzky, Kiefer and
Wolfowitz 1956). Duplicates are scaled up from rows in a share of all values. Rows, missing values, least and greatest
values, means and standard deviations stay exact.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ...document.evidence import ClassBalance, ColumnProfile, Drift, Profile, TaskMeasured
from ..asked import Asked
from ..sources.opened import Opened
from .columns import EXACT_ROWS, Column, Tidy
from .counting import Counted, Counts, counted, told
from .drifting import drifts
from .moments import Moments, moments, near_means, quantiles
from .reading import tidy
from .times import coverage, tenths

__all__ = ["EXACT_ROWS", "Column", "Counted", "Counts", "Tidy", "counted", "profiled", "tidy"]

_SKETCHED, _CELLS = 250_000, 20_000_000
"""So many rows, and values, are brought together at most where rows are too many to look at them all."""

_MANY_DIFFERENT = 50_000

_MOST_CLASSES = 100


def profiled(opened: Opened, tidied: Tidy, counts: Counts, asked: Asked, task: TaskMeasured) -> Profile:
    """The profile of the data: a handful of passes over it."""
    roles = asked.roles
    table = tidied.table if counts.is_exact else _some(opened, tidied, counts, asked.seed)
    target, time = counts.of(roles.target), counts.of(roles.time)
    assert target is not None
    of_means = moments(tidied.table, counts.columns, None if counts.is_exact else near_means(table, counts.columns))
    of_quantiles = quantiles(table, counts.columns)
    parts = tenths(table, time.column) if time else None
    drifted = drifts(parts, [each for each in counts.columns if each is not time]) if parts else {}
    columns = [
        _column(each, counts.of(each.name), of_means, of_quantiles, drifted, counts.is_exact)
        for each in told(tidied, roles)
    ]
    return Profile(
        rows=counts.rows,
        columns=len(tidied.columns),
        target_missing=counts.rows - target.present,
        duplicates=_duplicates(tidied, counts),
        classes=_classes(tidied.table, target) if task == "classification" else None,
        coverage=coverage(tidied.table, time) if time else None,
        told=columns,
        not_told=len(tidied.columns) - len(columns),
        sketched_on=None if counts.is_exact else int(table.count().to_pyarrow().as_py()),
    )


def _some(opened: Opened, tidied: Tidy, counts: Counts, seed: int) -> ir.Table:
    """Random rows, brought to where many questions cost little."""
    wanted = min(_SKETCHED, _CELLS // len(tidied.columns))
    places = [each.column.place for each in counts.columns]
    some = opened.thinned(tidied.table, wanted / counts.rows, seed).select(*places)
    return opened.local(some.to_pyarrow())


def _column(
    column: Column,
    found: Counted | None,
    means: dict[str, Moments],
    of_quantiles: dict[str, tuple[float, ...]],
    drifted: dict[str, Drift],
    is_exact: bool,
) -> ColumnProfile:
    if found is None:
        return ColumnProfile(name=column.name, is_personal=column.is_personal)
    own = means.get(column.place)
    at = of_quantiles.get(column.place)
    return ColumnProfile(
        name=column.name,
        type=column.type if found.present else "empty",
        missing=found.missing,
        distinct=found.distinct,
        is_estimated=not is_exact,
        is_constant=found.is_constant,
        is_identifier_like=found.is_identifier_like,
        mean=own.mean if own else None,
        standard_deviation=own.standard_deviation if own else None,
        quantiles=list(at) if at else None,
        mixed=found.mixed,
        drift=drifted.get(column.place),
    )


def _duplicates(tidied: Tidy, counts: Counts) -> int:
    """Rows that repeat an earlier one; none where a column has another value in every row.

    Of very many rows, those are looked at whose value in one column falls into a share of all values, by its hash:
    all copies of a row stay together, and the share scales their number up.
    """
    if counts.is_exact and any(each.distinct == counts.rows for each in counts.columns):
        return 0
    whole = tidied.table.select(*(each.place for each in tidied.columns))
    most = max(counts.columns, key=lambda each: each.distinct)
    grains = 1
    if not counts.is_exact and most.distinct >= _MANY_DIFFERENT:
        grains = max(1, counts.rows // _SKETCHED)
        whole = whole.filter(whole[most.column.place].hash().abs() % grains == 0)
    found = whole.aggregate(rows=whole.count()).to_pyarrow()["rows"][0].as_py()
    return grains * (int(found) - int(whole.distinct().count().to_pyarrow().as_py()))


def _classes(table: ir.Table, target: Counted) -> ClassBalance:
    of_target = table.filter(table[target.column.place].notnull())
    groups = of_target.group_by(target.column.place).aggregate(count=of_target.count())
    found = groups.order_by(ibis.desc("count")).limit(_MOST_CLASSES).select("count").to_pyarrow()
    return ClassBalance(counts=found["count"].to_pylist(), classes=target.distinct)
