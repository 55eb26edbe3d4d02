"""Target: contact those who are most likely to respond."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np

from ..document.allowed import rounded, show
from ..document.estimate import Estimate
from ..document.fields import SHARE, Count, Money, Quantity, Share, needed, optional
from ..document.paths import Path
from ..text.languages import message
from ..vocabulary import Unit
from . import best_first
from .base import Task
from .pieces import Conflict, Counted, Metric, Names, Numbers, Step, Values

LIFT_AT_DEPTH = Metric(
    "lift_at_depth",
    message("Lift at depth"),
    "Response rate among the people contacted, over the response rate of everybody. 1 is choosing at random. Where some "
    "would respond anyway: the same of the responses that the contact itself brings, measured against a control group.",
    Quantity(Unit.RATIO, 0, 1_000),
)
DEPTH = Metric(
    "depth",
    message("Own depth"),
    "Share of the people whom this alternative contacts, where it is not the depth that all share. 100% contacts "
    "everybody: the lift is then 1 and need not be given.",
    SHARE,
    is_choice=True,
)
_TINY = np.finfo(float).tiny


class Targeting(Task):
    """A share of the people is contacted; more of them respond than of people chosen at random."""

    title: ClassVar[str] = message("Targeting")
    about: ClassVar[str] = "Contact the most promising: mailings, calls, offers, inspections."
    formula: ClassVar[str] = (
        r"v = a\,\bigl((\rho - \rho_0)\,\ell\,V - C\bigr),\qquad a = d,\quad \ell = \ell_d"
        + best_first.FORMULA
        + r"\\[4pt] a_0 = d,\quad x_0 = d\,\rho\,\ell_d,\quad q = \rho,\quad \theta \text{ at that point};\qquad \text{then }"
        r" \ell = \ell_d\,\frac{x}{a}\Big/\frac{x_0}{a_0}"
    )
    in_words: ClassVar[str] = message(
        "A person is worth, for the share that is contacted, how many more of the chosen ones respond than would anyway "
        "times what a response earns, less the cost of the contact."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "depth": "d",
        "response_rate": r"\rho",
        "respond_anyway": r"\rho_0",
        "lift_at_depth": r"\ell_d",
        "value_of_response": "V",
        "contact_cost": "C",
        best_first.LIMIT: "K",
    }
    steps: ClassVar[tuple[Step, ...]] = (
        Step(
            "contacted",
            "a",
            message("Share contacted"),
            message("The depth, or less where the most actions a month are reached."),
            Unit.SHARE,
        ),
        Step(
            "lift",
            r"\ell",
            message("Lift of the contacted"),
            message("The lift at depth; higher where only the most promising of them are contacted."),
            Unit.RATIO,
        ),
    )
    formula_with_numbers: ClassVar[str] = (
        r"{contacted}\cdot({response_rate}\cdot{lift}\cdot{value_of_response}-{contact_cost})"
    )
    source: ClassVar[str] = (
        "Provost and Fawcett 2013, Data Science for Business, chapters 7 and 8 (lift and profit curves); uplift: Radcliffe "
        "2007, Using Control Groups to Target on Predicted Lift; best first: Plackett 1965, A Class of Bivariate "
        "Distributions"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (("lift_at_depth",),)
    told: ClassVar[tuple[str, ...]] = ("response_rate", "respond_anyway")
    everybody: ClassVar[Mapping[str, float]] = {"depth": 1.0}
    asked_for: ClassVar[tuple[str, ...]] = ("respond_anyway",)
    formula_step_titles: ClassVar[Mapping[str, str]] = {
        **best_first.STEP_TITLES,
        "earned": message("Responses that the contact brings, of all people"),
    }

    kind: Literal["targeting"]
    response_rate: Share | None = needed("Response rate", "Share of all the people who would respond if contacted.")
    respond_anyway: Share | None = optional(
        "Would respond anyway",
        "Share of all the people who would respond without being contacted, as a control group shows. Only what is above "
        "it is earned; a contact that puts people off has a lower response rate. Empty counts as nobody; 0 says so.",
    )
    value_of_response: Money | None = needed("Value of a response", "What one response earns.")
    contact_cost: Money | None = needed("Cost of a contact", "What contacting one person costs.")
    depth: Share | None = needed(
        "Depth", "Share of the people who are contacted. Each alternative may have one of its own."
    )
    most_actions_per_month: Count | None = best_first.most_actions()

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Lift at depth: a ratio of two response rates, from 0; 1 is choosing at random. And the share contacted."""
        return LIFT_AT_DEPTH, DEPTH

    @property
    def follows_volume(self) -> bool:
        """With a limit, more people leave more of them alone."""
        return self.most_actions_per_month is not None

    def chosen_share(self, inputs: Values, metrics: Values) -> Numbers:
        """Share of the people who are to be contacted."""
        return _depth(inputs, metrics)

    def value_without_model(self, inputs: Values) -> Numbers:
        # Nobody is contacted.
        return 0.0 * inputs["response_rate"]

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per person: inputs and metrics are numbers or arrays of shape (draws,), which broadcast.

        depth ((response_rate - respond_anyway) lift value_of_response - contact_cost); shares 0..1, the other two in
        money. Lift is cut where it would find more responses than there are. Source: Provost and Fawcett 2013, ch. 7
        and 8; of the responses only those count that the contact brings (Radcliffe 2007). Where there is a limit,
        the most promising of the chosen are contacted (see `best_first`).
        """
        contacted, lift = _reached(inputs, metrics)
        return contacted * (_uplift(inputs) * lift * inputs["value_of_response"] - inputs["contact_cost"])

    def worked_out(self, inputs: Values, metrics: Values) -> Values:
        """Share contacted, and the lift among them."""
        contacted, lift = _reached(inputs, metrics)
        return {"contacted": contacted, "lift": lift}

    def numbers_formula(self) -> str:
        """Without those who would respond anyway where nobody spoke of them."""
        earned = r"({response_rate}-{respond_anyway})" if self.respond_anyway is not None else "{response_rate}"
        return self.formula_with_numbers.replace("{response_rate}", earned)

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per person.

        Where there is a limit, the cells of `formula_steps` are among the metrics.
        """
        i, depth = inputs, metrics.get("depth") or inputs["depth"]
        if best_first.LIMIT not in inputs:
            earned = f"{_uplift_formula(i)}*{_lift_formula(i, depth, metrics)}*{i['value_of_response']}"
            return f"{depth}*({earned}-{i['contact_cost']})"
        acted = best_first.acted_formula(i, metrics)
        kept = best_first.kept_formula(acted, metrics)
        return f"{metrics['earned']}*{i['value_of_response']}*{kept}-{acted}*{i['contact_cost']}"

    def formula_steps(self, inputs: Names, metrics: Names, name: Callable[[str], str]) -> Names:
        """Where there is a limit: who is chosen, and how well the best of them are told from the rest."""
        if best_first.LIMIT not in inputs:
            return {}
        rate, depth = inputs["response_rate"], metrics.get("depth") or inputs["depth"]
        lift = _lift_formula(inputs, depth, metrics)
        found = f"MIN({depth}*{rate}*{lift},{depth},{rate})"
        earned = {"earned": f"{depth}*{_uplift_formula(inputs)}*{lift}"}
        return {**best_first.steps(rate, depth, found, name), **earned}

    def missing_metrics(self, metrics: Mapping[str, Estimate], path: Path, left: Collection[str] = ()) -> list[Path]:
        depth = metrics.get("depth")
        # Whoever contacts everybody, or nobody, chooses nobody.
        chooses = depth is None or not depth.is_certain or 0 < depth.p50 < 1
        return super().missing_metrics(metrics, path) if chooses else []

    def conflicts(self, metrics: Mapping[str, Estimate]) -> Sequence[Conflict]:
        found = list(super().conflicts(metrics))
        lift, own = metrics.get("lift_at_depth"), metrics.get("depth")
        depth = own or self.depth
        if lift is None or depth is None or self.response_rate is None:
            return found
        if own is not None and own.p10 == 1 and not (lift.p10 == lift.p90 == 1):
            allowed = message("must be 1 or empty where everybody is contacted: nobody is chosen")
            return [*found, Conflict(("metrics", "lift_at_depth"), lift.p50, allowed)]
        shared = {"response_rate": self.response_rate, "respond_anyway": self.respond_anyway}
        middle: Values = {name: each.p50 for name, each in shared.items() if each is not None}
        most = float(_largest_lift(middle, max(depth.p50, 1e-9)))
        if lift.p50 > most * (1 + 1e-12):
            allowed = message(
                "must be at most {most} with depth {depth} and response rate {rate}: "
                "above that there would be more responses than responders or contacts",
                most=rounded(most),
                depth=show(depth.p50),
                rate=show(self.response_rate.p50),
            )
            found.append(Conflict(("metrics", "lift_at_depth"), lift.p50, allowed))
        return found

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        if "respond_anyway" not in inputs:
            return [Counted("response_rate", inputs["response_rate"])]
        # One half of the sample is contacted, the other one is the control group.
        return [Counted(name, inputs[name], portion=0.5) for name in ("response_rate", "respond_anyway")]

    def reading_error(self, metric: str, value: Numbers, cases: Numbers, inputs: Values) -> Numbers | None:
        if metric != "lift_at_depth":
            return None
        # The response rate of the contacted is a share; lift is that share over the response rate of everybody.
        rate = np.clip(value * inputs["response_rate"], 0.0, 1.0)
        base = np.maximum(inputs["response_rate"], _TINY)
        variance, people = rate * (1 - rate), cases * inputs["depth"]
        if "respond_anyway" in inputs:
            # Of two response rates, of which a control group counts one (Radcliffe 2007).
            control = np.clip(value * inputs["respond_anyway"], 0.0, 1.0)
            variance, people = variance + control * (1 - control), people / 2
            base = np.maximum(np.abs(_uplift(inputs)), _TINY)
        error: Numbers = np.sqrt(variance / np.maximum(people, 1.0)) / base
        return error


def _depth(inputs: Values, metrics: Values) -> Numbers:
    return metrics["depth"] if "depth" in metrics else inputs["depth"]


def _uplift(inputs: Values) -> Numbers:
    """Share of all the people who respond because they are contacted; negative where contacts put people off."""
    return inputs["response_rate"] - inputs.get("respond_anyway", 0.0)


def _largest_lift(inputs: Values, depth: Numbers) -> Numbers:
    """No choice finds more responses than there are responders or contacts; no loss is larger than what there was."""
    if "respond_anyway" not in inputs:
        return 1 / np.maximum(np.maximum(depth, inputs["response_rate"]), _TINY)
    uplift = _uplift(inputs)
    people = np.where(uplift >= 0, inputs["response_rate"], inputs["respond_anyway"])
    most: Numbers = people / np.maximum(np.abs(uplift) * np.maximum(depth, people), _TINY)
    return most


def _reached(inputs: Values, metrics: Values) -> tuple[Numbers, Numbers]:
    """Share of the people who are contacted, and the lift among them: those of the choice, or of the best of it."""
    depth = _depth(inputs, metrics)
    lift = np.minimum(metrics.get("lift_at_depth", 1.0), _largest_lift(inputs, depth))
    if best_first.LIMIT not in inputs:
        return depth, lift
    rate = inputs["response_rate"]
    found = np.minimum(np.minimum(depth * rate * lift, depth), rate)
    acted = best_first.acted_share(depth, inputs)
    kept = best_first.kept_share(rate, depth, found, acted)
    return acted, np.where(acted < depth, lift * kept * depth / np.maximum(acted, _TINY), lift)


def _uplift_formula(inputs: Names) -> str:
    anyway = inputs.get("respond_anyway")
    return f"({inputs['response_rate']}-{anyway})" if anyway else inputs["response_rate"]


def _lift_formula(inputs: Names, depth: str, metrics: Names) -> str:
    lift, rate, anyway = metrics.get("lift_at_depth", "1"), inputs["response_rate"], inputs.get("respond_anyway")
    if anyway is None:
        return f"MIN({lift},1/MAX({depth},{rate}))"
    people, uplift = f"IF({rate}>={anyway},{rate},{anyway})", _uplift_formula(inputs)
    return f"MIN({lift},{people}/MAX(ABS({uplift})*MAX({depth},{people}),1E-300))"
