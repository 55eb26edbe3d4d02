"""Target: contact those who are most likely to respond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np

from ..document.allowed import rounded, show
from ..document.estimate import Estimate
from ..document.fields import Money, Quantity, Share, needed
from ..text.languages import message
from ..vocabulary import Unit
from .base import (
    Conflict,
    Counted,
    Metric,
    Names,
    Numbers,
    Task,
    Values,
)

LIFT_AT_DEPTH = Metric(
    "lift_at_depth",
    message("Lift at depth"),
    "Response rate among the people contacted, over the response rate of everybody. 1 is choosing at random.",
    Quantity(Unit.RATIO, 0, 1_000),
)


class Targeting(Task):
    """A share of the people is contacted; more of them respond than of people chosen at random."""

    title: ClassVar[str] = message("Targeting")
    about: ClassVar[str] = "Contact the most promising: mailings, calls, offers, inspections."
    formula: ClassVar[str] = r"v = d\,(\rho\,\ell_d\,V - C)"
    in_words: ClassVar[str] = message(
        "A person is worth, for the share that is contacted, how often the chosen ones respond times what a "
        "response earns, less the cost of the contact."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "depth": "d",
        "response_rate": r"\rho",
        "lift_at_depth": r"\ell_d",
        "value_of_response": "V",
        "contact_cost": "C",
    }
    formula_with_numbers: ClassVar[str] = (
        r"{depth}\cdot({response_rate}\cdot{lift_at_depth}\cdot{value_of_response}-{contact_cost})"
    )
    source: ClassVar[str] = (
        "Provost and Fawcett 2013, Data Science for Business, chapters 7 and 8 (lift and profit curves)"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (("lift_at_depth",),)
    told: ClassVar[tuple[str, ...]] = ("response_rate",)

    kind: Literal["targeting"]
    response_rate: Share | None = needed("Response rate", "Share of all the people who would respond if contacted.")
    value_of_response: Money | None = needed("Value of a response", "What one response earns.")
    contact_cost: Money | None = needed("Cost of a contact", "What contacting one person costs.")
    depth: Share | None = needed("Depth", "Share of the people who are contacted.")

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Lift at depth: a ratio of two response rates, from 0; 1 is choosing at random."""
        return (LIFT_AT_DEPTH,)

    def value_without_model(self, inputs: Values) -> Numbers:
        # Nobody is contacted.
        return 0.0 * inputs["depth"]

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per person: inputs and metrics are numbers or arrays of shape (draws,), which broadcast.

        depth (response_rate lift value_of_response - contact_cost); depth and response_rate as shares 0..1, the other
        two in money. Lift is cut at 1 / max(depth, response_rate). Source: Provost and Fawcett 2013, ch. 7 and 8.
        """
        tiny = np.finfo(float).tiny
        # No choice finds more responders than there are.
        most = 1 / np.maximum(np.maximum(inputs["depth"], inputs["response_rate"]), tiny)
        lift = np.minimum(metrics["lift_at_depth"], most)
        return inputs["depth"] * (inputs["response_rate"] * lift * inputs["value_of_response"] - inputs["contact_cost"])

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per person."""
        i = inputs
        lift = f"MIN({metrics['lift_at_depth']},1/MAX({i['depth']},{i['response_rate']}))"
        return f"{i['depth']}*({i['response_rate']}*{lift}*{i['value_of_response']}-{i['contact_cost']})"

    def conflicts(self, metrics: Mapping[str, Estimate]) -> Sequence[Conflict]:
        found = list(super().conflicts(metrics))
        lift = metrics.get("lift_at_depth")
        if lift is None or self.depth is None or self.response_rate is None:
            return found
        most = 1 / max(self.depth.p50, self.response_rate.p50, 1e-9)
        if lift.p50 > most * (1 + 1e-12):
            allowed = message(
                "must be at most {most} with depth {depth} and response rate {rate}: "
                "above that there would be more responses than responders or contacts",
                most=rounded(most),
                depth=show(self.depth.p50),
                rate=show(self.response_rate.p50),
            )
            found.append(Conflict(("metrics", "lift_at_depth"), lift.p50, allowed))
        return found

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        return [Counted("response_rate", inputs["response_rate"])]

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        # The response rate of the contacted is a share; lift is that share over the response rate of everybody.
        rate = np.clip(value * inputs["response_rate"], 0.0, 1.0)
        base = np.maximum(inputs["response_rate"], np.finfo(float).tiny)
        error: Numbers = np.sqrt(rate * (1 - rate) / np.maximum(cases * inputs["depth"], 1.0)) / base
        return error
