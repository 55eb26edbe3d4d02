"""Mean, standard deviation and quantiles of number columns, the same on every engine.

A sum of floating-point numbers depends on their order, and so on how many threads read them. Here each number is
first made a whole one, a multiple of 2**-60 of the column's largest, and those are summed as decimals, which is exact
in any order. Quantiles are interpolated between neighbours (type 7 of Hyndman and Fan 1996, percentile_cont in SQL).
Both are kept to twelve digits, since engines interpolate in another order of operations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import frexp, ldexp, sqrt
from typing import Any

import ibis
import ibis.expr.types as ir

from ...document.evidence.profile import QUANTILE_LEVELS
from .asking import asked_of
from .counting import Counted

DIGITS = 12
_BITS = 60
_WIDEST = 900
"""Beyond 2**900 and below 2**-900 numbers are scaled no further: the factor would itself be no number."""

_FEW = 60


@dataclass(frozen=True)
class Moments:
    """Of one column; the standard deviation is that of a sample (n - 1)."""

    mean: float
    standard_deviation: float | None
    quantiles: tuple[float, ...] = ()


def rounded(value: float) -> float:
    """To twelve digits; there is one zero, whatever its sign was."""
    return float(f"{value:.{DIGITS}g}") + 0.0


def moments(
    table: ir.Table, columns: Sequence[Counted], pivots: Mapping[str, float] | None = None
) -> dict[str, Moments]:
    """Mean and standard deviation by place: two passes over the data; one, if numbers near the means are given."""
    numbers = [each for each in columns if each.column.type == "number" and each.present]
    sums = {f"{each.column.place}_sum": _sum(table, each) for each in numbers}
    if pivots is not None:
        found = asked_of(table, {**sums, **_squares_of(table, numbers, pivots)}, _FEW)
        means = {each.column.place: _mean(each, found) for each in numbers}
    else:
        found = asked_of(table, sums, _FEW)
        means = {each.column.place: _mean(each, found) for each in numbers}
        pivots = {key: rounded(float(mean)) for key, mean in means.items()}
        found |= asked_of(table, _squares_of(table, numbers, pivots), _FEW)
    return {
        each.column.place: Moments(
            rounded(float(means[each.column.place])), _deviation(each, means[each.column.place], pivots, found)
        )
        for each in numbers
    }


def _squares_of(table: ir.Table, columns: Sequence[Counted], pivots: Mapping[str, float]) -> dict[str, ir.Scalar]:
    return {f"{each.column.place}_squares": _squares(table, each, pivots) for each in columns}


def near_means(table: ir.Table, columns: Sequence[Counted]) -> dict[str, float]:
    """Numbers near the means, from some of the rows."""
    numbers = [each for each in columns if each.column.type == "number" and each.present]
    found = asked_of(table, {each.column.place: table[each.column.place].cast("float64").mean() for each in numbers})
    return {place: rounded(value or 0.0) for place, value in found.items()}


def quantiles(table: ir.Table, columns: Sequence[Counted]) -> dict[str, tuple[float, ...]]:
    """The quantiles at QUANTILE_LEVELS of each number column by place: one pass."""
    numbers = [each for each in columns if each.column.type == "number" and each.present]
    return dict(_quantiles(table, [each.column.place for each in numbers], QUANTILE_LEVELS))


def _quantiles(
    table: ir.Table, places: Sequence[str], levels: Sequence[float]
) -> Iterator[tuple[str, tuple[float, ...]]]:
    questions = {each: table[each].cast("float64").quantile(list(levels)) for each in places}
    for each, found in asked_of(table, questions, _FEW).items():
        if found is not None and found[0] is not None:
            # Between two of the smallest numbers there are, an engine interpolates to zero.
            yield each, tuple(accumulate((rounded(float(value)) for value in found), max))


def quantiles_at(table: ir.Table, places: Sequence[str], levels: Sequence[float]) -> dict[str, tuple[float, ...]]:
    """The quantiles of number columns at other levels, by place."""
    return dict(_quantiles(table, places, levels))


def _exponent(largest: float) -> int:
    """The power of two above the largest number, within what a factor can be."""
    return max(-_WIDEST, min(_WIDEST, frexp(largest)[1]))


def _largest(column: Counted, around: float = 0.0) -> float:
    assert column.low is not None
    assert column.high is not None
    return max(abs(column.low - around), abs(column.high - around))


def _above(value: ir.Value, least: float) -> ir.Value:
    """Zero in place of what is too small to count: PostgreSQL refuses a product that is too small for a number."""
    return ibis.ifelse(value.abs() < least, 0.0, value)


def _whole_sum(value: ir.Value) -> ir.Scalar:
    return value.floor().cast("int64").cast("decimal(38, 0)").sum()


def _sum(table: ir.Table, column: Counted) -> ir.Scalar:
    value = table[column.column.place]
    if column.column.is_whole:
        return value.cast("decimal(38, 0)").sum()
    exponent = _exponent(_largest(column))
    return _whole_sum(_above(value, 2.0 ** (exponent - _BITS)) * 2.0 ** (_BITS - exponent))


def _mean(column: Counted, sums: Mapping[str, Any]) -> Fraction:
    total = Fraction(int(sums[f"{column.column.place}_sum"]), column.present)
    return total if column.column.is_whole else total * Fraction(2) ** (_exponent(_largest(column)) - _BITS)


def _squares(table: ir.Table, column: Counted, pivots: Mapping[str, float]) -> ir.Scalar:
    pivot = pivots[column.column.place]
    exponent = _exponent(_largest(column, pivot))
    away = _above(table[column.column.place].cast("float64") - pivot, 2.0 ** (exponent - _BITS / 2))
    around = away * 2.0**-exponent
    return _whole_sum(around * around * 2.0**_BITS)


def _deviation(
    column: Counted, mean: Fraction, pivots: Mapping[str, float], squares: Mapping[str, Any]
) -> float | None:
    """From squares around a pivot next to the mean: what the pivot adds is taken off again."""
    if column.present == 1:
        return None
    pivot = pivots[column.column.place]
    exponent = _exponent(_largest(column, pivot))
    # In units of the largest deviation: squares of small numbers may be too small for a floating-point number.
    off = (mean - Fraction(pivot)) / Fraction(2) ** exponent
    around = Fraction(int(squares[f"{column.column.place}_squares"])) / Fraction(2) ** _BITS - column.present * off**2
    return rounded(ldexp(sqrt(float(max(around, Fraction(0)) / (column.present - 1))), exponent))
