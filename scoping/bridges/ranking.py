"""Rank: recommend, search, sort a list that people choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np

from ..document.estimate import Estimate
from ..document.fields import Money, Quantity, Share, needed, optional
from ..text.languages import message
from ..vocabulary import Unit
from .base import Task
from .pieces import Counted, Metric, Names, Numbers, Values

Factor = Annotated[Estimate, Quantity(Unit.FACTOR, 0, 100)]
LIFT = Metric(
    "lift",
    message("Lift"),
    "Relative change of the offline metric (NDCG, recall at k) against today's ranking.",
    Quantity(Unit.SHARE, -1, 10),
)


class Ranking(Task):
    """People convert more often when what they want stands higher."""

    title: ClassVar[str] = message("Ranking")
    about: ClassVar[str] = "Recommend, search or sort what people choose from: shops, media, job offers."
    formula: ClassVar[str] = r"v = c\,(1 + \varepsilon\,\ell)\,m"
    in_words: ClassVar[str] = message(
        "A visit is worth the share of the visits that end in a purchase, raised by what a better ranking "
        "adds, times the margin of a purchase."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "baseline_conversion": "c",
        "elasticity": r"\varepsilon",
        "lift": r"\ell",
        "margin": "m",
    }
    formula_with_numbers: ClassVar[str] = r"{baseline_conversion}\cdot(1+{elasticity}\cdot{lift})\cdot{margin}"
    source: ClassVar[str] = (
        "Conversion times margin; elasticity of the online to the offline metric as in Kohavi, Tang and Xu 2020, "
        "Trustworthy Online Controlled Experiments, ch. 7"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (("lift",),)
    told: ClassVar[tuple[str, ...]] = ("baseline_conversion",)

    kind: Literal["ranking"]
    baseline_conversion: Share | None = needed(
        "Conversion today", "Share of the sessions that convert with today's ranking."
    )
    margin: Money | None = needed("Margin", "What one conversion earns after its own costs.")
    elasticity: Factor = optional(
        "Elasticity",
        "How much conversion rises, in %, when the offline metric rises by 1%. Offline gains often shrink online.",
        Estimate.of(1.0),
    )

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Lift: the relative change of the offline metric against today's ranking, from -1."""
        return (LIFT,)

    def value_without_model(self, inputs: Values) -> Numbers:
        return self.value_per_case(inputs, {"lift": 0.0})

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        # Half the sessions of an experiment see today's ranking.
        return [Counted("baseline_conversion", inputs["baseline_conversion"], portion=0.5)]

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        # An online experiment: half the sessions see each ranking, and the difference in conversion tells the lift.
        rate, elasticity = inputs["baseline_conversion"], np.maximum(inputs["elasticity"], 1e-9)
        error: Numbers = np.sqrt(4 * rate * (1 - rate) / np.maximum(cases, 1.0)) / (np.maximum(rate, 1e-9) * elasticity)
        return error

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per session: inputs and metrics are numbers or arrays of shape (draws,), which broadcast.

        baseline_conversion (1 + elasticity lift) margin; conversion as a share 0..1, elasticity a factor, margin in
        money. Source: see `source`.
        """
        return inputs["baseline_conversion"] * (1 + inputs["elasticity"] * metrics["lift"]) * inputs["margin"]

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per session."""
        return f"{inputs['baseline_conversion']}*(1+{inputs['elasticity']}*{metrics['lift']})*{inputs['margin']}"

    def formula_without_model(self, inputs: Names) -> str:
        return self.formula_per_case(inputs, {"lift": "0"})
