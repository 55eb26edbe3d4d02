"""A signed proposal as it stands today: what is known in place of what was estimated, and what is open as a range.

Three rules, by what an estimate is about:

- What is paid once, and the time of the build: the actual once it is over. Until then the signed distribution, given
  that it is at least what it is already (a truncated distribution).
- A level (a metric, the volume, adoption, a running cost): the future goes on from what was measured. The range that
  was signed keeps its shape around the actual and narrows by the share of the months that is known.
- Production: reached, or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel
from scipy.special import ndtr, ndtri

from ..document.alternatives import Cost
from ..document.estimate import Estimate, quantile_function
from ..document.fields import Quantity
from ..document.paths import Path
from ..document.proposal import Proposal
from ..text.languages import message
from ..value.places import place_of
from ..vocabulary import ActualKind, Timing
from .actuals import Actuals
from .comparing import Fact, Seen

_QUANTILES = np.array([0.1, 0.5, 0.9])
_EDGE = 2.0**-40
_LEVELS = (ActualKind.METRIC, ActualKind.VOLUME, ActualKind.ADOPTION, ActualKind.INPUT)


@dataclass(frozen=True)
class Change:
    """One thing that is known by now: its place and title, the range before and after, and what is put where.

    `goes_on` says that it is a level, which goes on as it was measured.
    """

    path: Path
    title: str
    before: Estimate | None
    after: Estimate | None
    puts: tuple[tuple[Path, Any], ...]
    goes_on: bool = False

    def on(self, proposal: Proposal) -> Proposal:
        """The proposal with it."""
        for path, value in self.puts:
            proposal = put(proposal, path.keys, value)
        return proposal


def changes(proposal: Proposal, actuals: Actuals, month: int | None = None) -> list[Change]:
    """What is known at the end of a month (None: all that is recorded), in the order of the document."""
    seen = Seen(proposal, actuals if month is None else actuals.until(month))
    facts = [each for each in map(seen.fact, seen.places) if each is not None]
    found = [*_from_facts(seen, facts), *_unspent(seen), *_of_production(seen), *_of_the_end(seen)]
    return [each for each in found if each.before != each.after or each.before is None]


def restated(proposal: Proposal, actuals: Actuals, month: int | None = None) -> Proposal:
    """The signed proposal with all that is known at the end of a month. It is for figures, not for saving.

    Actuals need not go together as a document must: what was measured is taken as it is.
    """
    for each in changes(proposal, actuals, month):
        proposal = each.on(proposal)
    return proposal


def going_on(actuals: Actuals) -> Actuals:
    """What was known when it was stopped, as if it had not been; the same where nobody stopped it."""
    if actuals.stopped_month is None:
        return actuals
    return actuals.until(actuals.stopped_month).model_copy(update={"stopped_month": None})


def ended(actuals: Actuals) -> Actuals | None:
    """What was known when a later decision stopped it; None where nothing was recorded until then."""
    stopped = actuals.stopped_month or actuals.months
    return actuals.model_copy(update={"stopped_month": stopped}) if stopped else None


def restated_twice(proposal: Proposal, actuals: Actuals) -> tuple[Proposal, Proposal]:
    """A project that was stopped: as if it went on, by what was known at the stop, and as it ended.

    What was stopped in use is the same in both until then, levels as they were measured included.
    """
    known = going_on(actuals)
    went_on = ended = restated(proposal, known)
    if Seen(proposal, known).build_months is None:
        return went_on, restated(proposal, actuals)
    for each in changes(proposal, actuals):
        ended = ended if each.goes_on else each.on(ended)
    return went_on, ended


def put(place: Any, keys: Sequence[str], value: Any) -> Any:
    """A copy of a section, list or dictionary with another value at the place to which the keys lead."""
    if not keys:
        return value
    key, *rest = keys
    if isinstance(place, list):
        number = int(key)
        inner = put(place[number] if number < len(place) else None, rest, value)
        return [*place[:number], inner, *place[number + 1 :]]
    if isinstance(place, dict):
        return {**place, key: put(place.get(key), rest, value)}
    assert isinstance(place, BaseModel)
    return place.model_copy(update={key: put(getattr(place, key), rest, value)})


def at_least(estimate: Estimate, quantity: Quantity, value: float) -> Estimate:
    """An estimate, given that it is no less than a value: its distribution above that, and nothing below."""
    if estimate.is_certain:
        return Estimate.of(max(estimate.p50, value))
    quantile = quantile_function(estimate, *quantity.support)
    grid = np.linspace(_EDGE, 1 - _EDGE, 4_097)
    below = float(np.mean(quantile(grid) < value))
    found = np.maximum(quantile(np.clip(below + _QUANTILES * (1 - below), _EDGE, 1 - _EDGE)), value)
    return Estimate.of(*(float(each) for each in np.minimum(found, quantity.upper)))


def around(estimate: Estimate, quantity: Quantity, value: float, known: float) -> Estimate:
    """An estimate moved to what was measured, its width narrowed by the share that is known.

    On the scale on which the signed distribution is defined: probits between two bounds, logarithms above one. Where
    something lies on a bound, on the plain scale, cut at the bounds.
    """
    there, back = _scale(estimate, quantity, value)
    signed = np.array([there(each) for each in (estimate.p10, estimate.p50, estimate.p90)])
    moved = there(value) + (1 - known) * (signed - signed[1])
    low, middle, high = (float(np.clip(back(each), quantity.lower, quantity.upper)) for each in moved)
    return Estimate.of(low, middle, high)


def _scale(
    estimate: Estimate, quantity: Quantity, value: float
) -> tuple[Callable[[float], float], Callable[[float], float]]:
    lower, upper = quantity.support
    inside = min(estimate.p10, value) > lower and (upper is None or max(estimate.p90, value) < upper)
    if not inside:
        return (lambda each: each), (lambda each: each)
    if upper is None:
        return (lambda each: float(np.log(each - lower))), (lambda each: lower + float(np.exp(each)))
    width = upper - lower
    return (lambda each: float(ndtri((each - lower) / width))), (lambda each: lower + width * float(ndtr(each)))


def _from_facts(seen: Seen, facts: Sequence[Fact]) -> Iterator[Change]:
    for each in facts:
        if each.actual is None:
            continue
        if each.path == place_of(seen.index, "costs"):
            yield _unforeseen(seen, each)
        elif each.signed is not None and each.quantity is not None and each.kind is not ActualKind.REACHED:
            after = _after(each, each.signed, each.quantity, each.actual)
            puts = ((each.path, after), *_first_use(seen, each, after))
            yield Change(each.path, each.title, each.signed, after, puts, _goes_on(seen, each))


def _goes_on(seen: Seen, fact: Fact) -> bool:
    if fact.kind is not ActualKind.COST:
        return fact.kind in _LEVELS
    timing = seen.alternative.costs[int(fact.path.keys[3])].timing
    return timing not in (Timing.ONE_OFF, Timing.AT_START)


def _after(fact: Fact, signed: Estimate, quantity: Quantity, actual: float) -> Estimate:
    if fact.at_least:
        return at_least(signed, quantity, actual)
    runs = fact.kind in _LEVELS or (fact.kind is ActualKind.COST and fact.completeness < 1)
    return around(signed, quantity, actual, fact.completeness) if runs else Estimate.of(_within(quantity, actual))


def _within(quantity: Quantity, value: float) -> float:
    """Credits may be more than what was paid; a cost of the model is never less than nothing."""
    return min(max(value, quantity.lower), quantity.upper)


def _first_use(seen: Seen, fact: Fact, after: Estimate) -> Iterator[tuple[Path, Any]]:
    """The first use was no later than the end of the build."""
    first = seen.alternative.first_use_months
    if fact.kind is ActualKind.TIME and first is not None and first.p50 > after.p50:
        yield place_of(seen.index, "first_use_months"), after


def _unforeseen(seen: Seen, fact: Fact) -> Change:
    """Money that no cost had foreseen is one cost more, paid over the build."""
    assert fact.actual is not None
    amount = Estimate.of(max(fact.actual, 0.0))
    cost = Cost(name=message("Costs that nobody had foreseen"), timing=Timing.ONE_OFF, amount=amount)
    return Change(fact.path, fact.title, None, amount, ((fact.path / len(seen.alternative.costs), cost),))


def _unspent(seen: Seen) -> Iterator[Change]:
    """Of a build that was given up, what has no entry was never paid."""
    if seen.actuals.stopped_month is None or seen.build_months is not None:
        return
    for place in seen.places:
        if place.kind is ActualKind.COST and place.signed is not None and not seen.entries(place.path):
            nothing = Estimate.of(0.0)
            yield Change(place.path, place.title, place.signed, nothing, ((place.path, nothing),))


def _of_production(seen: Seen) -> Iterator[Change]:
    """Whether production was reached, once that is known; what it rested on then came true as well."""
    path = place_of(seen.index, "success_probability")
    reached = seen.reached
    if reached is None:
        return
    puts: list[tuple[Path, Any]] = [(path, Estimate.of(reached))]
    for number, cause in enumerate(seen.proposal.returns.shared_causes):
        if reached and cause.name in seen.alternative.rests_on:
            puts.append((Path.of("returns", "shared_causes", number, "probability"), 1.0))
    signed = seen.alternative.success_probability
    yield Change(path, message("In production"), signed, Estimate.of(reached), tuple(puts))


def _of_the_end(seen: Seen) -> Iterator[Change]:
    """Where it was stopped: the use ends then, or the build did."""
    stopped = seen.actuals.stopped_month
    if stopped is None:
        return
    live_after = seen.build_months
    if live_after is None:
        path, after = place_of(seen.index, "build_months"), Estimate.of(float(stopped))
        yield Change(path, message("Stopped"), seen.alternative.build_months, after, ((path, after),))
        return
    path, after = place_of(seen.index, "months_of_use"), Estimate.of(max(stopped - live_after, 1.0))
    yield Change(path, message("Stopped"), seen.alternative.months_of_use, after, ((path, after),))
