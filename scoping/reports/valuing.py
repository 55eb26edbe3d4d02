"""How a case is valued: the formula of each kind of task in words, its letters explained, and with a team's own numbers.

The numbers are the middle (P50) of each estimate. What is said here in LaTeX is worked out by the value model; the
letters are those of the formula that each bridge declares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import pi, sqrt

from ..bridges import KINDS
from ..document.alternatives import Alternative, name_of
from ..document.fields import Quantity
from ..document.proposal import Proposal
from ..text.languages import ENGLISH, Language, message, say
from ..text.wording import metric_value, money, number
from ..value.model import Inputs, ValueModel, value_model
from ..vocabulary import Unit


@dataclass(frozen=True)
class Letter:
    """One letter of a formula: how it is written, what it is, what that means."""

    latex: str
    title: str
    help: str


_WORDS: Mapping[str, str] = {
    "detection": message(
        "A case is worth what acting on the cases that are rightly flagged earns, less what acting on false alarms costs, less the harm of those that are missed, plus what rightly leaving a case alone earns."
    ),
    "automation": message(
        "A case costs what a person costs for the share that people still handle, and what the machine and its errors cost for the rest; less cost is more worth."
    ),
    "forecast": message(
        "A forecast costs money where it is off: each unit too few costs one amount, each unit too many another. The wider the error, the more it costs."
    ),
    "ranking": message(
        "A visit is worth the share of the visits that end in a purchase, raised by what a better ranking adds, times the margin of a purchase."
    ),
    "targeting": message(
        "A person is worth, for the share that is contacted, how often the chosen ones respond times what a response earns, less the cost of the contact."
    ),
    "assistance": message(
        "A task is worth the minutes that it saves at the wage, less the minutes that reading the output takes, less what errors cost that slip through."
    ),
    "curve": message("A case is worth what your own points say, on a smooth line between them, and never beyond them."),
}
"""What the formula of each kind says."""

_LETTERS: Mapping[str, Mapping[str, str]] = {
    "detection": {
        "prevalence": "q",
        "recall": "r",
        "precision": "p",
        "false_positive_rate": r"\mathrm{FPR}",
        "roc_auc": r"\mathrm{AUC}",
        "action_success": "s",
        "value_of_catch": "V",
        "action_cost": "A",
        "false_alarm_cost": "F",
        "miss_cost": "M",
        "correct_pass_value": "P",
    },
    "automation": {
        "automation_rate": "c",
        "accuracy": "a",
        "manual_cost": "W",
        "manual_error_rate": "e_h",
        "error_cost": "E",
        "machine_cost": "m",
    },
    "forecast": {
        "rmse": r"\mathrm{RMSE}",
        "mape": r"\mathrm{MAPE}",
        "mean_demand": r"\bar D",
        "cost_under": "C_u",
        "cost_over": "C_o",
    },
    "ranking": {"baseline_conversion": "c", "elasticity": r"\varepsilon", "lift": r"\ell", "margin": "m"},
    "targeting": {
        "depth": "d",
        "response_rate": r"\rho",
        "lift_at_depth": r"\ell_d",
        "value_of_response": "V",
        "contact_cost": "C",
    },
    "assistance": {
        "wage_per_hour": "w",
        "acceptance_rate": "a",
        "time_saved": "s",
        "minutes_per_task": "T",
        "review_minutes": "R",
        "undetected_error_rate": "e",
        "error_cost": "E",
    },
    "curve": {},
}
"""The letter of each input and metric in the formula of its kind."""

_STEPS: Mapping[str, tuple[Letter, ...]] = {
    "detection": (
        Letter(
            "f",
            message("False alarms"),
            message("False alarms per case, from the precision or the false-positive rate."),
        ),
    ),
    "forecast": (
        Letter(r"\sigma", message("Error"), message("The standard deviation of the forecast's error, in units.")),
        Letter(
            "k",
            message("Critical fractile"),
            message("How often it pays to have had enough: what too few costs, as a share of both."),
        ),
    ),
}
"""The letters of what a formula works out on the way."""

_FORMULAS: Mapping[str, str] = {
    "detection": r"{prevalence}\cdot{recall}\cdot({action_success}\cdot{value_of_catch}-{action_cost})"
    r"-{false_alarms}\cdot({action_cost}+{false_alarm_cost})-{prevalence}\cdot(1-{recall})\cdot{miss_cost}"
    r"+(1-{prevalence}-{false_alarms})\cdot{correct_pass_value}",
    "automation": r"-\big((1-{automation_rate})\cdot({manual_cost}+{manual_error_rate}\cdot{error_cost})"
    r"+{automation_rate}\cdot({machine_cost}+(1-{accuracy})\cdot{error_cost})\big)",
    "forecast": r"-{deviation}\cdot({cost_under}+{cost_over})\cdot\varphi\big(\Phi^{{-1}}({fractile})\big)",
    "ranking": r"{baseline_conversion}\cdot(1+{elasticity}\cdot{lift})\cdot{margin}",
    "targeting": r"{depth}\cdot({response_rate}\cdot{lift_at_depth}\cdot{value_of_response}-{contact_cost})",
    "assistance": r"\tfrac{{1}}{{60}}\,{wage_per_hour}\cdot({acceptance_rate}\cdot{time_saved}\cdot{minutes_per_task}"
    r"-{review_minutes})-{undetected_error_rate}\cdot{error_cost}",
}
"""The formulas with a place for each number; detection by its ROC AUC and curves have none that is short enough."""


@dataclass(frozen=True)
class Valued:
    """One alternative's formula with its own numbers, in LaTeX, and the worth of a case in words."""

    name: str
    latex: str
    worth: str


def in_words(kind: str) -> str:
    """What the formula of a kind of task says."""
    return _WORDS[kind]


def letters(kind: str) -> tuple[Letter, ...]:
    """The letters of a kind's formula: its inputs as they are declared, its metrics, what it works out on the way."""
    known, bridge = _LETTERS[kind], KINDS[kind]
    inputs = [(name, str(info.title), str(info.description)) for name, info in bridge.model_fields.items()]
    metrics = (
        [(each.name, each.title, each.help) for each in bridge.model_construct(kind=kind).metrics] if known else []
    )
    declared = [Letter(known[name], title, about) for name, title, about in [*inputs, *metrics] if name in known]
    return (*declared, *_STEPS.get(kind, ()))


def valued(proposal: Proposal, language: Language = ENGLISH) -> tuple[Valued, ...]:
    """Every alternative's formula with the team's own numbers; nothing while inputs are missing."""
    model = value_model(proposal)
    if model is None:
        return ()
    values: Inputs = {each.path: each.estimate.p50 for each in model.inputs}
    places = [model.status_quo, *((index, each) for index, each in model.valued.items())]
    return tuple(_Told(model, index, alternative, values, language).valued() for index, alternative in places)


class _Told:
    """One alternative's formula."""

    def __init__(
        self, model: ValueModel, index: int, alternative: Alternative, values: Inputs, language: Language
    ) -> None:
        self._model, self._index, self._alternative = model, index, alternative
        self._values, self._language = values, language
        self._numbers = {**model.shared_of(values), **model.metrics_of(index, values)}

    def valued(self) -> Valued:
        """The formula, its numbers and what it comes to."""
        worth = float(self._model.value_per_case(self._index, self._alternative, self._values))
        said = say(money(worth, self._model.proposal.currency), self._language)
        return Valued(name_of(self._alternative, self._index), f"v = {self._formula()}{_text(said)}", said)

    def _formula(self) -> str:
        template = _FORMULAS.get(self._model.bridge.kind)
        has_model = self._model.bridge.given(self._alternative.metrics)
        if template is None or not has_model or "roc_auc" in has_model:
            return ""
        return template.format_map({**self._written(), **self._derived()}) + r"\;=\;"

    def _written(self) -> dict[str, str]:
        return {name: self._amount(float(value), self._quantity(name)) for name, value in self._numbers.items()}

    def _quantity(self, name: str) -> Quantity | None:
        shared = {each.path.removeprefix("bridge."): each.quantity for each in self._model.inputs}
        metrics = {each.name: each.quantity for each in self._model.bridge.metrics}
        return metrics.get(name) or shared.get(name)

    def _amount(self, value: float, quantity: Quantity | None) -> str:
        if quantity is not None and quantity.unit == Unit.MONEY:
            return _text(say(money(value, self._model.proposal.currency), self._language))
        return _text(say(metric_value(value, quantity.unit if quantity else Unit.NUMBER), self._language))

    def _derived(self) -> dict[str, str]:
        """What a formula derives from the numbers before it uses it."""
        derive = _DERIVED.get(self._model.bridge.kind)
        numbers = {name: float(value) for name, value in self._numbers.items()}
        return {name: _text(self._said(name, value)) for name, value in derive(numbers).items()} if derive else {}

    def _said(self, name: str, value: float) -> str:
        return say(number(value, 2) if name == "deviation" else metric_value(value, Unit.SHARE), self._language)


def _false_alarms(numbers: Mapping[str, float]) -> dict[str, float]:
    """False alarms per case, from the precision or from the false-positive rate."""
    caught = numbers["prevalence"] * numbers["recall"]
    if "precision" in numbers:
        return {"false_alarms": caught * (1 - numbers["precision"]) / numbers["precision"]}
    return {"false_alarms": numbers["false_positive_rate"] * (1 - numbers["prevalence"])}


def _error(numbers: Mapping[str, float]) -> dict[str, float]:
    """The standard deviation of the forecast's error, and the critical fractile."""
    deviation = numbers["rmse"] if "rmse" in numbers else numbers["mape"] * numbers["mean_demand"] * sqrt(pi / 2)
    both = numbers["cost_under"] + numbers["cost_over"]
    return {"deviation": deviation, "fractile": numbers["cost_under"] / both}


_DERIVED: Mapping[str, Callable[[Mapping[str, float]], dict[str, float]]] = {
    "detection": _false_alarms,
    "forecast": _error,
}
_SPECIAL = re.compile(r"([\\{}$%&#_^~])")


def _text(said: str) -> str:
    """A figure within a formula: its signs are no commands."""
    return r"\text{" + _SPECIAL.sub(r"\\\1", said.replace("\N{MINUS SIGN}", "-")) + "}"
