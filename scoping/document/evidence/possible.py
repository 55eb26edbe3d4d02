"""What figures of an evidence document can be: scores within their bounds, counts that go together.

A document is sealed by whoever made it, so a seal does not say that its figures are possible. Figures that no probe can
have found would be put into money like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf, isfinite

from ...text.languages import message
from ..allowed import show
from .refusing import refuse

_SHARE, _ERROR = (0.0, 1.0), (0.0, inf)
BOUNDS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(
        ("roc_auc", "average_precision", "accuracy", "balanced_accuracy", "macro_f1", "f1", "brier"), _SHARE
    ),
    **dict.fromkeys(("precision", "recall"), _SHARE),
    **dict.fromkeys(("rmse", "mape", "mae", "log_loss", "lift"), _ERROR),
    "r2": (-inf, 1.0),
    "kappa": (-1.0, 1.0),
}
"""Between which values a metric lies, by its usual name."""
_ROUNDING = 1e-9


def within_bounds(metric: str, *values: float | None) -> None:
    """Raises a validation error where a value is none that this metric can have; one that is absent does not count."""
    within(metric, BOUNDS.get(metric, (-inf, inf)), *values)


def a_share(name: str, *values: float | None) -> None:
    """Raises a validation error where a value is not from 0 to 1."""
    within(name, _SHARE, *values)


def within(name: str, bounds: tuple[float, float], *values: float | None) -> None:
    """Raises a validation error where a value lies outside the bounds."""
    low, high = bounds
    for value in values:
        if value is not None and not low - _ROUNDING <= value <= high + _ROUNDING:
            refuse("measured_bounds", _outside(name, low, high))


def _outside(name: str, low: float, high: float) -> str:
    if not isfinite(low):
        return message("{name} cannot be more than {most}", name=name, most=show(high))
    if not isfinite(high):
        return message("{name} cannot be less than {least}", name=name, least=show(low))
    return message("{name} must lie between {low} and {high}", name=name, low=show(low), high=show(high))


def rising(name: str, values: Iterable[float]) -> None:
    """Raises a validation error where a row of numbers falls."""
    if any(after < before - _ROUNDING * max(abs(before), 1.0) for before, after in pairwise(values)):
        refuse("measured_falls", message("{name} must not fall from one to the next", name=name))


def of_the_same(name: str, values: Iterable[float]) -> None:
    """Raises a validation error where numbers differ that belong to the same rows."""
    if len({*values}) > 1:
        refuse("measured_differs", message("{name} must be the same throughout", name=name))


def counted_alike(*columns: tuple[str, Sequence[int]]) -> None:
    """Counts at each threshold: the first columns are the same throughout, the last two never fall."""
    *same, first, last = columns
    for name, values in same:
        of_the_same(name, values)
    for name, values in (first, last):
        rising(name, values)
