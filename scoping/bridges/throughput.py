"""Throughput: people, or a line, make more units an hour, or the same units in fewer hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np

from ..document.estimate import Estimate
from ..document.fields import Count, Money, Quantity, Share, needed, optional
from ..text.languages import message
from ..vocabulary import Better, Unit
from .base import Task
from .pieces import Counted, Metric, Names, Numbers, Step, Values

THROUGHPUT_GAIN = Metric(
    "throughput_gain",
    message("Change of throughput"),
    "How many more units an hour than today: +14% if 2.12 issues an hour become 2.42. Below 0 if the help slows people down.",
    Quantity(Unit.SHARE, -0.9, 10),
)
TIME_REDUCTION = Metric(
    "time_reduction",
    message("Time saved on a unit"),
    "How much less time a unit takes than today. A saving of 50% means twice as many units an hour. Below 0 if it takes longer.",
    Quantity(Unit.SHARE, -4, 0.95, bounded=True),
)
ERRORS_AGAINST_TODAY = Metric(
    "errors_against_today",
    message("Errors against today"),
    "The share of units with an error, over today's: 0.9 if one error in ten goes away, 1 if there are as many as today.",
    Quantity(Unit.RATIO, 0, 1_000),
    Better.DOWN,
    default=1.0,
)


class Throughput(Task):
    """An hour makes more: where demand is given hours are freed, where it is not there are more units to sell."""

    title: ClassVar[str] = message("Throughput")
    about: ClassVar[str] = (
        "Units an hour by a person or a line: issues solved, orders picked, pages checked, parts made."
    )
    formula: ClassVar[str] = (
        r"v = (1-y)\,\kappa\,w\,h + y\,u\,m\,g - u\,\min(1,\,k\,e)\,E"
        r"\\[4pt] h = \frac{g}{1+g},\qquad g = \text{change of throughput, or}\ \frac{s}{1-s}"
        r"\\[4pt] \text{hours that are lost}\ (h < 0)\ \text{cost all of}\ w"
    )
    in_words: ClassVar[str] = message(
        "An hour of today is worth, where demand is given, the part of it that is freed, as far as that time turns into "
        "money; where more can be sold, the margin of the units that it makes more; less what its errors cost."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "units_per_hour": "u",
        "cost_per_hour": "w",
        "freed_time_used": r"\kappa",
        "sold_share": "y",
        "margin_per_unit": "m",
        "error_rate": "e",
        "error_cost": "E",
        "throughput_gain": "g",
        "time_reduction": "s",
        "errors_against_today": "k",
    }
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "freed",
            "h",
            message("Time freed"),
            message("Share of the hours that the same work no longer needs: +14% units an hour free 12.3%."),
            Unit.SHARE,
        ),
        Step(
            "gain",
            "g",
            message("More units"),
            message("How many more units the same hours make."),
            Unit.SHARE,
        ),
        Step(
            "counted",
            r"\kappa",
            message("Time that counts"),
            message("The share of the freed time that turns into money; time that is lost counts in full."),
            Unit.SHARE,
        ),
        Step(
            "faulty",
            r"\min(1,\,k\,e)",
            message("Units with an error"),
            message("Share of the units with an error, with the help."),
            Unit.SHARE,
        ),
    )
    formula_with_numbers: ClassVar[str] = (
        r"(1-{sold_share})\cdot{counted}\cdot{cost_per_hour}\cdot{freed}"
        r"+{sold_share}\cdot{units_per_hour}\cdot{margin_per_unit}\cdot{gain}"
        r"-{units_per_hour}\cdot{faulty}\cdot{error_cost}"
    )
    source: ClassVar[str] = (
        "Time for the same work against work in the same time (Groundwork's own; an hour counts for what the system gains by it: "
        "Goldratt and Cox 1984, The Goal); benefits that do and that do not release cash: HM Treasury 2022, The Green Book; measured "
        "effects: Brynjolfsson, Li and Raymond 2023, Generative AI at Work, NBER 31161"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (("throughput_gain",), ("time_reduction",))

    kind: Literal["throughput"]
    cases_per_month: Count | None = needed(
        "Hours a month",
        "How many hours a month are worked at this today: people times their hours, or the hours that the line runs.",
    )
    units_per_hour: Count | None = needed("Units an hour", "How many units an hour makes today: 2.12 issues, 60 picks.")
    cost_per_hour: Money | None = needed(
        "Cost of an hour", "What an hour of that person, or of the line, costs with everything on top."
    )
    freed_time_used: Share | None = needed(
        "Freed time turned into money",
        "Share of the freed time that somebody stops paying for, or pays for elsewhere: temps and overtime that end, "
        "hires not made, people moved to paid work. Minutes that only make the day easier are 0%.",
    )
    sold_share: Share = optional(
        "More units instead",
        "Share of the hours whose gain goes into more units, because more can be sold or a backlog waits. 0% where "
        "demand is given: then the same work takes less time.",
        Estimate.of(0.0),
    )
    margin_per_unit: Money = optional(
        "Margin of a unit more",
        "What one more unit earns after all that it costs itself (material, delivery, its errors). The hour is paid already.",
        Estimate.of(0.0),
    )
    error_rate: Share = optional("Errors today", "Share of the units with an error today.", Estimate.of(0.0))
    error_cost: Money = optional(
        "Cost of an error", "What one unit with an error costs: rework, refund, scrap.", Estimate.of(0.0)
    )

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Change of throughput, or time saved on a unit, each a share of today's; errors as a ratio to today's."""
        return THROUGHPUT_GAIN, TIME_REDUCTION, ERRORS_AGAINST_TODAY

    def value_without_model(self, inputs: Values) -> Numbers:
        # Nothing goes faster, and there are as many errors as today.
        return self.value_per_case(inputs, {"throughput_gain": 0.0, "errors_against_today": 1.0})

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per hour of today: inputs and metrics are numbers or arrays of shape (draws,), which broadcast.

        (1 - y) k w h + y u m g - u e E, with g the change of units an hour, h = g / (1 + g) the share of the hours that
        the same work no longer needs, y `sold_share`, k `freed_time_used` (1 where time is lost) and e the share of
        units with an error; costs and margin in money, u in units an hour. Source: see `source`.
        """
        found = self.worked_out(inputs, metrics)
        sold, units = inputs["sold_share"], inputs["units_per_hour"]
        freed = (1 - sold) * found["counted"] * inputs["cost_per_hour"] * found["freed"]
        more = sold * units * inputs["margin_per_unit"] * found["gain"]
        return freed + more - units * found["faulty"] * inputs["error_cost"]

    def worked_out(self, inputs: Values, metrics: Values) -> Values:
        """Time freed, more units, the share of the time that counts, and the share of units with an error."""
        gain, freed = _gain(metrics), _freed(metrics)
        return {
            "freed": freed,
            "gain": gain,
            # Who frees an hour may not be able to use it; who loses one must pay for another.
            "counted": np.where(np.asarray(freed) < 0, 1.0, inputs["freed_time_used"]),
            "faulty": np.minimum(1.0, metrics["errors_against_today"] * inputs["error_rate"]),
        }

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per hour of today."""
        i = inputs
        gain, freed = _formulas(metrics)
        counted = f"IF({freed}<0,1,{i['freed_time_used']})"
        faulty = f"MIN(1,{metrics['errors_against_today']}*{i['error_rate']})"
        return (
            f"(1-{i['sold_share']})*{counted}*{i['cost_per_hour']}*{freed}"
            f"+{i['sold_share']}*{i['units_per_hour']}*{i['margin_per_unit']}*{gain}"
            f"-{i['units_per_hour']}*{faulty}*{i['error_cost']}"
        )

    def formula_without_model(self, inputs: Names) -> str:
        return self.formula_per_case(inputs, {"throughput_gain": "0", "errors_against_today": "1"})

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        # No share of labelled cases tells how fast people are.
        return []

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        """Of hours half of which have the help, from the units counted in each half.

        The ratio of two Poisson rates has the relative error sqrt(1/a + 1/b), for a and b units (Rothman, Greenland and
        Lash 2008, Modern Epidemiology, ch. 14). People who differ from one another make it larger: this is the least.
        """
        if metric == "errors_against_today":
            return None
        units = np.maximum(cases * inputs["units_per_hour"], 1.0)
        ratio = 1 + value if metric == "throughput_gain" else 1 - value
        error: Numbers = ratio * 2 / np.sqrt(units)
        return error


def _gain(metrics: Values) -> Numbers:
    """Change of the units an hour, a share of today's."""
    if "throughput_gain" in metrics:
        return metrics["throughput_gain"]
    return metrics["time_reduction"] / (1 - metrics["time_reduction"])


def _freed(metrics: Values) -> Numbers:
    """Share of the hours that the same work no longer needs."""
    if "throughput_gain" in metrics:
        return metrics["throughput_gain"] / (1 + metrics["throughput_gain"])
    return metrics["time_reduction"]


def _formulas(metrics: Names) -> tuple[str, str]:
    """`_gain` and `_freed` as spreadsheet formulas."""
    if "throughput_gain" in metrics:
        gain = metrics["throughput_gain"]
        return gain, f"({gain}/(1+{gain}))"
    saved = metrics["time_reduction"]
    return f"({saved}/(1-{saved}))", saved
