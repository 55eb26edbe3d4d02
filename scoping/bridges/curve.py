"""Any other task: the team draws the curve from its metric to money per case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, Field

from ..document.allowed import not_allowed
from ..document.estimate import Array
from ..document.fields import AnyNumber, Quantity, needed
from ..text.languages import message
from ..vocabulary import Better, Unit
from .base import Task
from .pieces import Metric, Names, Numbers, Values

if TYPE_CHECKING:
    from scipy.interpolate import PchipInterpolator


def _rising(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    metric_values = [point[0] for point in points]
    if any(later <= earlier for earlier, later in pairwise(metric_values)):
        raise not_allowed("curve_order", message("metric values must rise from point to point"))
    return points


Point = Annotated[tuple[AnyNumber, AnyNumber], Field(strict=False)]
Points = Annotated[list[Point], Field(min_length=2, max_length=50), AfterValidator(_rising)]


class Curve(Task):
    """Money per case as a monotone curve through given points of the metric. No extrapolation."""

    title: ClassVar[str] = message("Curve")
    about: ClassVar[str] = "Any other task: you give points of the metric, and what a case is worth at each."
    formula: ClassVar[str] = r"v = \mathrm{PCHIP}(\text{metric};\ \text{points}),\ \text{never outside the points}"
    in_words: ClassVar[str] = message(
        "A case is worth what your own points say, on a smooth line between them, and never beyond them."
    )
    letters: ClassVar[Mapping[str, str]] = {}
    source: ClassVar[str] = (
        "Fritsch and Carlson 1980, Monotone Piecewise Cubic Interpolation, SIAM J. Numer. Anal. 17(2)"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = ()

    kind: Literal["curve"]
    metric: Annotated[str, Field(min_length=1, max_length=100)] | None = needed(
        "Metric", "The technical metric's name, as your evaluation reports it."
    )
    points: Points | None = needed(
        "Points", "Pairs of a metric value and the money that a case is worth at it, metric rising. At least two."
    )

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The one metric that the team names, in its own unit, between its first and last point; none before that."""
        if not self.metric or not self.points:
            return ()
        (first, worth_first), (last, worth_last) = self.points[0], self.points[-1]
        range_ = Quantity(Unit.METRIC, first, last, bounded=True)
        better = Better.UP if worth_last >= worth_first else Better.DOWN
        return (Metric(self.metric, self.metric, "The metric of your own curve.", range_, better),)

    def sets(self) -> tuple[tuple[str, ...], ...]:
        return ((self.metric,),) if self.metric else ()

    def value_per_case(self, _inputs: Values, metrics: Values) -> Numbers:
        """Money per case at the metric's values: a number or an array of any shape, and the same shape back.

        Monotone piecewise cubic interpolation through the points (metric value, money); the inputs are not read.
        Source: Fritsch and Carlson 1980.
        """
        assert self.points is not None
        assert self.metric is not None
        xs, ys = np.array(self.points, float).T
        # Rounding may carry a draw past the last point by one bit; further out is refused by the document.
        inside = np.clip(metrics[self.metric], xs[0], xs[-1])
        worth: Numbers = _through(xs, ys)(inside)
        return worth

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        # Within 0..1 the metric is taken for a share of cases; how another is read off a sample, nobody has said.
        if not self.points or self.points[0][0] < 0 or self.points[-1][0] > 1:
            return None
        error: Numbers = np.sqrt(value * (1 - value) / np.maximum(cases, 1.0))
        return error

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The piecewise cubic in Horner form, money per case; LOOKUP finds the stretch between two points."""
        assert self.points is not None
        metric = metrics[str(self.metric)]
        xs, ys = np.asarray(self.points, float).T
        starts = _array(xs[:-1], "r")
        cubic, square, slope, level = (f"LOOKUP({metric},{starts},{_array(row, '.15g')})" for row in _through(xs, ys).c)
        along = f"({metric}-LOOKUP({metric},{starts}))"
        return f"({level}+{along}*({slope}+{along}*({square}+{along}*{cubic})))"


def _through(xs: Array, ys: Array) -> PchipInterpolator:
    """The monotone curve through the points."""
    from scipy.interpolate import PchipInterpolator  # slow to import: only this kind of task needs it

    return PchipInterpolator(xs, ys, extrapolate=False)


def _array(values: Iterable[float], form: str) -> str:
    """An array constant of a spreadsheet."""
    return "{" + ",".join(repr(float(each)) if form == "r" else format(float(each), form) for each in values) + "}"
