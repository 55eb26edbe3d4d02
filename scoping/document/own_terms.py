"""What an alternative says for itself and others leave to Returns, the shared causes, and what of it cannot be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from ..text.languages import message
from .allowed import show
from .alternatives import Alternative
from .estimate import Estimate
from .returns import Returns

OWN_TERMS = (
    "adoption",
    "ramp_months",
    "benefits_by_year",
    "months_of_use",
    "drift",
    "retrain_every_months",
    "retraining_cost",
    "residual_value",
    "rests_on",
)
"""What one alternative may have otherwise than the others, in the order in which it is told."""

# In months.
_A_DAY = 0.03
_RETRAIN, _COST, _CHANCE = "retrain_every_months", "retraining_cost", "success_probability"
# Rounding must not refuse a chance that is just possible.
_ROUNDING = 1e-12

Conflict = tuple[tuple[str | int, ...], Any, str]
"""Where it is, what stands there, and what is allowed."""


def retrain_every(alternative: Alternative, returns: Returns) -> float | None:
    """Months between two trainings: the alternative's own, or those of all; None for never."""
    own = alternative.retrain_every_months
    return returns.retrain_every_months if own is None else own


def retraining_cost(alternative: Alternative, returns: Returns) -> Estimate | None:
    """What a training costs: the alternative's own, or that of all; None where nobody says, or nothing is trained."""
    if not alternative.is_machine_learning:
        return None
    return returns.retraining_cost if alternative.retraining_cost is None else alternative.retraining_cost


def benefits_by_year(alternative: Alternative, returns: Returns) -> tuple[float, ...]:
    """The share of the full benefit in each year: the alternative's own, or those of all; nothing for all of it always."""
    return tuple(alternative.benefits_by_year or returns.benefits_by_year)


def own_terms(alternative: Alternative) -> dict[str, Any]:
    """What the alternative says for itself, by the name of the field."""
    return {name: value for name in OWN_TERMS if (value := getattr(alternative, name)) not in (None, [])}


def conflicts_of_terms(alternatives: Sequence[Alternative], returns: Returns) -> Iterator[Conflict]:
    """What cannot be: of the trainings of all, of what alternatives say for themselves, and of shared causes."""
    yield from _trained_too_often("returns", returns.retrain_every_months, returns.retraining_cost)
    yield from _names_of_causes(returns)
    for index, each in enumerate(alternatives):
        for field, value, allowed in _of_alternative(each, returns):
            yield ("alternatives", index, *field), value, allowed


def _trained_too_often(section: str, every: float | None, cost: Estimate | None) -> Iterator[Conflict]:
    for field, value, allowed in _trainings(every, cost):
        yield (section, *field), value, allowed


def _trainings(every: float | None, cost: Estimate | None) -> Iterator[Conflict]:
    """Trained all the time, a model would cost without end; and nobody trains one more often than each day."""
    if every == 0 and cost is not None and cost.p90 > 0:
        yield (_RETRAIN,), 0.0, message("must be more than 0 where a training costs something")
    if every is not None and 0 < every < _A_DAY:
        yield (_RETRAIN,), every, message("must be 0 (all the time), or at least {day} (a day)", day=show(_A_DAY))


def _names_of_causes(returns: Returns) -> Iterator[Conflict]:
    seen: set[str] = set()
    for index, each in enumerate(returns.shared_causes):
        if each.name and each.name in seen:
            place = ("returns", "shared_causes", index, "name")
            yield place, each.name, message("each shared cause needs a name of its own")
        seen.add(each.name)


def _of_alternative(alternative: Alternative, returns: Returns) -> Iterator[Conflict]:
    if alternative.is_status_quo:
        yield from _of_today(alternative)
        return
    own = alternative.retraining_cost
    if own is not None and not alternative.is_machine_learning:
        allowed = message("must be empty where no model is trained: what keeps it up belongs to its costs")
        yield (_COST,), own.model_dump(), allowed
    elif own is not None or alternative.retrain_every_months is not None:
        yield from _own_trainings(alternative, returns)
    yield from _causes(alternative, returns)


def _of_today(alternative: Alternative) -> Iterator[Conflict]:
    """Today's way runs as it runs: its figures are what every other is valued against."""
    for name, value in own_terms(alternative).items():
        found = value.model_dump() if isinstance(value, Estimate) else value
        yield (name,), found, message("must be empty for the status quo: every other alternative is valued against it")


def _own_trainings(alternative: Alternative, returns: Returns) -> Iterator[Conflict]:
    for field, value, allowed in _trainings(retrain_every(alternative, returns), retraining_cost(alternative, returns)):
        if alternative.retrain_every_months is not None:
            yield field, value, allowed
        elif alternative.retraining_cost is not None and value == 0:
            allowed = message("must be 0 where a model is trained all the time (Retrain every: 0)")
            yield (_COST,), alternative.retraining_cost.model_dump(), allowed


def _causes(alternative: Alternative, returns: Returns) -> Iterator[Conflict]:
    """An alternative names causes that are there, and reaches production at most as often as all of them come true."""
    known = {each.name: each.probability for each in returns.shared_causes if each.name}
    for number, name in enumerate(alternative.rests_on):
        if name not in known:
            yield ("rests_on", number), name, _known(known)
    chance = alternative.success_probability
    named = [name for name in dict.fromkeys(alternative.rests_on) if known.get(name) is not None]
    most = math.prod(known[name] or 0.0 for name in named)
    if chance is not None and chance.p90 > most + _ROUNDING:
        allowed = message(
            "must be at most {share}%, the chance that all comes true on which it rests: {names}",
            share=show(float(f"{100 * most:.4g}")),
            names=", ".join(named),
        )
        yield (_CHANCE,), chance.model_dump(), allowed


def _known(known: dict[str, float | None]) -> str:
    if not known:
        return message("is not a shared cause of failure; there is none yet: name it in Costs and returns first")
    return message("is not a shared cause of failure; allowed: {names}", names=", ".join(known))
