"""How a case is valued: the formula of each kind of task in words, its letters explained, and with a team's own numbers.

The numbers are the middle (P50) of each estimate. What is said here in LaTeX is worked out by the value model; the
letters are those of the formula that each bridge declares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..bridges import EVERY_KIND, Part
from ..bridges.best_first import CASES, LIMIT
from ..document.alternatives import Alternative, name_of
from ..document.fields import Quantity, estimate_fields
from ..document.proposal import Proposal
from ..text.languages import ENGLISH, Language, message, say
from ..text.wording import cases, metric_value, money, number
from ..value.inputs import owned
from ..value.model import Inputs, ValueModel, value_model
from ..vocabulary import Unit


@dataclass(frozen=True)
class Letter:
    """One letter of a formula: how it is written, what it is, what that means."""

    latex: str
    title: str
    help: str


@dataclass(frozen=True)
class Valued:
    """One alternative's formula with its own numbers, in LaTeX, and the worth of a case in words.

    limit says that people cannot act on all that it selects; empty where they can.
    """

    name: str
    latex: str
    worth: str
    limit: str = ""


def in_words(kind: str) -> str:
    """What the formula of a kind of task says."""
    return EVERY_KIND[kind].in_words


def letters(kind: str) -> tuple[Letter, ...]:
    """The letters of a kind's formula: its inputs as they are declared, its metrics, what it works out on the way."""
    bridge = EVERY_KIND[kind]
    known = bridge.letters
    inputs = [(name, str(info.title), str(info.description)) for name, info in bridge.model_fields.items()]
    metrics = (
        [(each.name, each.title, each.help) for each in bridge.model_construct(kind=kind).metrics] if known else []
    )
    # An input that an alternative may have of its own is said once.
    own = [each for each in metrics if each[0] not in bridge.model_fields]
    declared = [Letter(known[name], title, about) for name, title, about in [*inputs, *own] if name in known]
    return (*declared, *(Letter(step.latex, step.title, step.help) for step in bridge.steps))


def valued(proposal: Proposal, language: Language = ENGLISH) -> tuple[Valued, ...]:
    """Every alternative's formula with the team's own numbers; nothing while inputs are missing."""
    model = value_model(proposal)
    if model is None:
        return ()
    values: Inputs = {each.path: each.estimate.p50 for each in model.inputs}
    places = [model.status_quo, *((index, each) for index, each in model.valued.items())]
    parts = model.bridge.members
    return tuple(_Told(model, place, part, values, language).valued() for part in parts for place in places)


class _Told:
    """One alternative's formula."""

    def __init__(
        self, model: ValueModel, place: tuple[int, Alternative], part: Part, values: Inputs, language: Language
    ) -> None:
        index, alternative = place
        self._model, self._part, self._language = model, part, language
        shared, metrics = model.shared_of(values), {**model.metrics_of(index, values), **model.settled(index, {})}
        self._worth = float(model.bridge.worth_of(part, shared, metrics))
        self._shared, self._metrics = model.bridge.inputs_of(part, shared), model.bridge.metrics_of(part, metrics)
        self._name = owned(part.title, name_of(alternative, index)) if part.title else name_of(alternative, index)

    def valued(self) -> Valued:
        """The formula, its numbers and what it comes to."""
        said = say(money(self._worth, self._model.proposal.currency), self._language)
        latex = f"v = {self._formula()}{_text(said)}"
        return Valued(self._name, latex, said, say(self._limit(), self._language))

    def _limit(self) -> str:
        limit, task = self._shared.get(LIMIT), self._part.task
        if limit is None or not self._part.is_measured(self._metrics):
            return ""
        share = task.chosen_share(self._shared, self._metrics)
        chosen = 0.0 if share is None else float(share * self._shared[CASES])
        if chosen <= float(limit):
            return ""
        return message(
            "At most {limit} of the {chosen} cases a month that it selects are acted on, the most promising first.",
            limit=cases(float(limit)),
            chosen=cases(chosen),
        )

    def _formula(self) -> str:
        task = self._part.task
        if not self._part.is_measured(self._metrics) or not task.shows_numbers(self._metrics):
            return ""
        return task.numbers_formula().format_map({**self._written(), **self._worked_out()}) + r"\;=\;"

    def _written(self) -> dict[str, str]:
        return {
            name: self._amount(float(value), self._quantity(name))
            for name, value in {**self._shared, **self._metrics}.items()
        }

    def _quantity(self, name: str) -> Quantity | None:
        task = self._part.task
        metrics = {each.name: each.quantity for each in task.metrics}
        return metrics.get(name) or estimate_fields(type(task)).get(name)

    def _amount(self, value: float, quantity: Quantity | None) -> str:
        if quantity is not None and quantity.unit == Unit.MONEY:
            return _text(say(money(value, self._model.proposal.currency), self._language))
        return _text(say(metric_value(value, quantity.unit if quantity else Unit.NUMBER), self._language))

    def _worked_out(self) -> dict[str, str]:
        """What a formula works out of the numbers before it uses it."""
        task = self._part.task
        found = task.worked_out(self._shared, self._metrics)
        return {step.name: _text(self._said(float(found[step.name]), step.unit)) for step in task.steps}

    def _said(self, value: float, unit: Unit) -> str:
        counted = unit.is_share or unit is Unit.RATIO
        return say(metric_value(value, unit) if counted else number(value, 2), self._language)


_SPECIAL = re.compile(r"([\\{}$%&#_^~])")


def _text(said: str) -> str:
    """A figure within a formula: its signs are no commands."""
    return r"\text{" + _SPECIAL.sub(r"\\\1", said.replace("\N{MINUS SIGN}", "-")) + "}"
