"""Forecast a quantity (regression) that somebody orders, staffs or stocks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np
from scipy.special import ndtri

from ..document.fields import Count, Money, Quantity, needed
from ..text.languages import message
from ..vocabulary import Better, Unit
from .base import Task
from .pieces import Metric, Names, Numbers, Step, Values

RMSE = Metric(
    "rmse",
    message("RMSE"),
    "Root mean squared error of the forecast, in units of demand.",
    Quantity(Unit.UNITS, 0, 1e12),
    Better.DOWN,
)
MAPE = Metric(
    "mape",
    message("MAPE"),
    "Mean absolute error of the forecast as a share of demand.",
    Quantity(Unit.SHARE, 0, 100),
    Better.DOWN,
)
# Mean absolute deviation of a normal variable is its standard deviation times sqrt(2 / pi).
_TO_DEVIATION = float(np.sqrt(np.pi / 2))


class Forecast(Task):
    """The newsvendor: too little costs one thing, too much another; a better forecast costs less of both."""

    title: ClassVar[str] = message("Forecast")
    about: ClassVar[str] = "Predict a quantity, then order, staff or stock for it: demand, load, returns."
    formula: ClassVar[str] = (
        r"v = -\sigma\,(C_u + C_o)\,\varphi\big(\Phi^{-1}(k)\big),\qquad k = \frac{C_u}{C_u + C_o},"
        r"\qquad \sigma = \mathrm{RMSE}\ \text{or}\ \mathrm{MAPE}\cdot\bar D\,\sqrt{\pi/2}"
    )
    in_words: ClassVar[str] = message(
        "A forecast costs money where it is off: each unit too few costs one amount, each unit too many "
        "another. The wider the error, the more it costs."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "rmse": r"\mathrm{RMSE}",
        "mape": r"\mathrm{MAPE}",
        "mean_demand": r"\bar D",
        "cost_under": "C_u",
        "cost_over": "C_o",
    }
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "deviation",
            r"\sigma",
            message("Error"),
            message("The standard deviation of the forecast's error, in units."),
            Unit.NUMBER,
        ),
        Step(
            "fractile",
            "k",
            message("Critical fractile"),
            message("How often it pays to have had enough: what too few costs, as a share of both."),
            Unit.SHARE,
        ),
    )
    formula_with_numbers: ClassVar[str] = (
        r"-{deviation}\cdot({cost_under}+{cost_over})\cdot\varphi\big(\Phi^{{-1}}({fractile})\big)"
    )
    source: ClassVar[str] = (
        "Newsvendor with normal errors: Silver, Pyke and Thomas 2017, Inventory and Production Management, ch. 9"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (("rmse",), ("mape",))

    kind: Literal["forecast"]
    mean_demand: Count | None = needed("Mean demand", "How many units a case asks for on average.")
    cost_under: Money | None = needed("Cost of a unit too few", "Lost margin, penalty or overtime for each unit short.")
    cost_over: Money | None = needed("Cost of a unit too many", "Waste, storage or idle time for each unit over.")

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """RMSE in units of demand, or MAPE as a share of demand (it may exceed 1)."""
        return RMSE, MAPE

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per item ordered for: inputs and metrics are numbers or arrays of shape (draws,), which broadcast.

        -s (Cu + Co) phi(Phi^-1(Cu / (Cu + Co))), with s in units (RMSE, or MAPE mean_demand sqrt(pi / 2)) and Cu, Co
        in money per unit. Source: the newsvendor, Silver, Pyke and Thomas 2017, ch. 9.
        """
        found = self.worked_out(inputs, metrics)
        density = np.exp(-0.5 * ndtri(found["fractile"]) ** 2) / np.sqrt(2 * np.pi)
        worth: Numbers = -found["deviation"] * _both(inputs) * density
        return worth

    def worked_out(self, inputs: Values, metrics: Values) -> Values:
        """The standard deviation of the error, in units, and the critical fractile."""
        deviation = metrics["rmse"] if "rmse" in metrics else metrics["mape"] * inputs["mean_demand"] * _TO_DEVIATION
        return {"deviation": deviation, "fractile": inputs["cost_under"] / _both(inputs)}

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per item, a cost below 0."""
        both = f"({inputs['cost_under']}+{inputs['cost_over']})"
        deviation = metrics.get("rmse") or f"{metrics['mape']}*{inputs['mean_demand']}*SQRT(PI()/2)"
        fractile = f"{inputs['cost_under']}/{both}"
        return f"-{deviation}*{both}*NORMDIST(NORMSINV({fractile}),0,1,FALSE)"

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        # Normal errors: a standard deviation is read with sigma / sqrt(2 n), a mean absolute one with its own spread.
        share = np.sqrt(0.5) if metric == "rmse" else np.sqrt(np.pi / 2 - 1)
        error: Numbers = value * share / np.sqrt(np.maximum(cases, 1.0))
        return error


def _both(inputs: Values) -> Numbers:
    """What a unit too few and a unit too many cost together; never 0, which would divide."""
    return np.maximum(inputs["cost_under"] + inputs["cost_over"], np.finfo(float).tiny)
