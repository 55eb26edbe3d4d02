"""NPV with what is known by now, beside the NPV that was signed, and which input moved it.

Both are worth on the day that was signed, so they compare; what was spent since counts in both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..bridges import Numbers
from ..document.alternatives import Cost
from ..document.estimate import Estimate
from ..document.paths import Path
from ..document.proposal import Proposal
from ..text.languages import message
from ..value.conventions import discount_of
from ..value.figures import Figure, figure_with_errors
from ..value.model import ValueModel, value_model
from ..value.places import place_of
from ..value.simulate import DEFAULT_DRAWS, Blocks, npv_alone
from ..vocabulary import Timing
from .actuals import Actuals
from .comparing import Seen
from .places import GAIN, index_of
from .restating import Change, changes, going_on, put, restated, restated_twice

DRAWS, SEED = DEFAULT_DRAWS, 1
"""Those of an assessment: what was signed is told here as it is told there, to the last digit."""


@dataclass(frozen=True)
class Movement:
    """By how much one input moved the expected NPV, in money."""

    path: Path
    title: str
    amount: float


@dataclass(frozen=True)
class Reestimate:
    """NPV of the alternative as it was signed, and as it is at the end of a month; what moved it, the most first.

    The movements add up to the difference of the two means. `of_months` is the horizon.
    """

    month: int
    of_months: int
    signed: Figure
    now: Figure
    moved: tuple[Movement, ...]

    @property
    def difference(self) -> float:
        """By how much the expected NPV moved."""
        return (self.now.mean or 0.0) - (self.signed.mean or 0.0)


def reestimated(
    proposal: Proposal, actuals: Actuals, month: int | None = None, draws: int = DRAWS, seed: int = SEED
) -> Reestimate | None:
    """NPV at the end of a month (None: with all that is recorded); None where the proposal cannot be valued.

    Raises DocumentRefused where the actuals name no alternative of the proposal.
    """
    index, known = index_of(proposal, actuals.alternative), actuals if month is None else actuals.until(month)
    signed = _npv(proposal, index, draws, seed)
    if signed is None:
        return None
    found = changes(proposal, known)
    now, moved = _moved(proposal, index, found, draws, seed)
    gain = _gain_over_model(now, index, known, draws, seed)
    figure = _npv(now, index, draws, seed) or signed
    if gain:
        moved = [*moved, Movement(GAIN, message("Realised gain, beside what the metrics explain"), gain)]
    ordered = sorted(moved, key=lambda each: -abs(each.amount))
    horizon = proposal.returns.horizon_months or 0
    return Reestimate(known.months, horizon, signed, _shifted(figure, gain), tuple(ordered))


def npv_as_known(proposal: Proposal, actuals: Actuals, draws: int = DRAWS, seed: int = SEED) -> Figure | None:
    """NPV of the alternative with all that is recorded, on the day that was signed; None where nobody can say.

    The same as `now` of `reestimated`, without what moved it. Raises DocumentRefused as that does.
    """
    index, now = index_of(proposal, actuals.alternative), restated(proposal, actuals)
    figure = _npv(now, index, draws, seed)
    return None if figure is None else _shifted(figure, _gain_over_model(now, index, actuals, draws, seed))


def as_known(proposal: Proposal, actuals: Actuals) -> Proposal:
    """The signed proposal with all that is recorded, the gain included: for a verdict, not for saving.

    Its expected NPV is that of `reestimated`. Raises DocumentRefused as that does.
    """
    index, now = index_of(proposal, actuals.alternative), restated(proposal, actuals)
    gain = _gain_over_model(now, index, actuals, DRAWS, SEED)
    # What is gained is gained in use: paid on the first day, it would seem to be there whether or not it is run.
    for timing in (Timing.MONTHLY, Timing.AT_START) if gain else ():
        of_one = _mean(_less_paid(now, index, timing, 1.0), index, DRAWS, SEED) - _mean(now, index, DRAWS, SEED)
        if of_one > 0:
            return _less_paid(now, index, timing, gain / of_one)
    return now


def _less_paid(proposal: Proposal, index: int, timing: Timing, amount: float) -> Proposal:
    """With one cost more, which is certain and below zero."""
    place = place_of(index, "costs", len(proposal.alternatives[index].costs))
    cost = Cost(name=message("Realised gain, beside what the metrics explain"), timing=timing)
    found: Proposal = put(proposal, place.keys, cost.model_copy(update={"amount": Estimate.of(-amount)}))
    return found


@dataclass(frozen=True)
class Stopped:
    """What a stop is worth over going on: the figure, and the draws that it was made of, shape (draws,)."""

    saved: Figure
    draws: NDArray[np.float64]


def worth_of_stopping(proposal: Proposal, actuals: Actuals, draws: int = DRAWS, seed: int = SEED) -> Stopped | None:
    """NPV as it ended less that of going on, draw by draw, by what was known at the stop; None where nobody can say.

    What happened until the stop is in both, however much of it is in doubt: it was neither saved nor lost by stopping.
    Raises DocumentRefused.
    """
    index = index_of(proposal, actuals.alternative)
    went_on, ended = restated_twice(proposal, actuals)
    models = _model_of(went_on, index), _model_of(ended, index)
    if models[0] is None or models[1] is None:
        return None
    before = _gain_over_model(went_on, index, going_on(actuals), draws, seed)
    gained = _gain_over_model(ended, index, actuals, draws, seed) - before
    saved, expected = _apart(index, models[0], models[1], draws, seed)
    return Stopped(_shifted(figure_with_errors(saved, expected), gained), saved + gained)


def _apart(
    index: int, went_on: ValueModel, ended: ValueModel, draws: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By how much NPV as it ended is above that of going on, as drawn and as expected; each of shape (draws,)."""
    settled: dict[str, Numbers] = {each.path: each.estimate.p50 for each in ended.inputs if not each.is_uncertain}
    saved, expected = [], []
    for values, count in Blocks(went_on, draws, seed):
        one, other = ended.present(index, {**values, **settled}, count), went_on.present(index, values, count)
        saved.append(one.npv - other.npv)
        expected.append(one.expected - other.expected)
    return np.concatenate(saved), np.concatenate(expected)


def _npv(proposal: Proposal, index: int, draws: int, seed: int) -> Figure | None:
    model = _model_of(proposal, index)
    return None if model is None else npv_alone(model, draws, seed, only=(index,))[index]


def _model_of(proposal: Proposal, index: int) -> ValueModel | None:
    """The model, where the alternative can be valued: all of it, for what others draw is part of what this one draws."""
    model = value_model(proposal)
    return None if model is None or index not in model.valued else model


def _moved(
    proposal: Proposal, index: int, found: Sequence[Change], draws: int, seed: int
) -> tuple[Proposal, list[Movement]]:
    """What each change moves: the mean of its steps when they come one after the other, first to last and last to first.

    So the movements add up, and no input is favoured by its place (a permutation and its reverse: Mitchell, Cooper,
    Frank and Holmes 2022, Sampling Permutations for Shapley Value Estimation, JMLR 23).
    """
    amounts = dict.fromkeys((each.path for each in found), 0.0)
    now = proposal
    for order in (found, found[::-1]):
        now, before = proposal, _mean(proposal, index, draws, seed)
        for each in order:
            now = each.on(now)
            after = _mean(now, index, draws, seed)
            amounts[each.path] += (after - before) / 2
            before = after
    return now, [Movement(each.path, each.title, amounts[each.path]) for each in found]


def _mean(proposal: Proposal, index: int, draws: int, seed: int) -> float:
    figure = _npv(proposal, index, draws, seed)
    return 0.0 if figure is None or figure.mean is None else figure.mean


def _gain_over_model(proposal: Proposal, index: int, known: Actuals, draws: int, seed: int) -> float:
    """Present value of what was gained in the months in which that was recorded, less what the model says of them."""
    recorded: dict[int, float] = {}
    for each in Seen(proposal, known).entries(GAIN):
        recorded[each.month] = recorded.get(each.month, 0.0) + each.value
    model = _model_of(_without_costs(proposal, index), index)
    if not recorded or model is None:
        return 0.0
    expected, rate = _gains_by_month(model, index, draws, seed)
    convention, horizon = proposal.returns.cash_convention, model.horizon
    over = (
        float(np.asarray(discount_of(month, convention, horizon, rate))) * float(value - expected[month - 1])
        for month, value in recorded.items()
        if month <= horizon
    )
    return sum(over)


def gains_as_signed(proposal: Proposal, actuals: Actuals, months: Collection[int]) -> float | None:
    """What the signed figures say of the gain in these months, given when it went live; None where nobody can say.

    So a late start is no smaller benefit.
    """
    index = index_of(proposal, actuals.alternative)
    live = (place_of(index, "build_months"), place_of(index, "success_probability"))
    for each in changes(proposal, actuals):
        proposal = each.on(proposal) if each.path in live else proposal
    model = _model_of(_without_costs(proposal, index), index)
    if model is None:
        return None
    expected, _ = _gains_by_month(model, index, DRAWS, SEED)
    return float(sum(expected[month - 1] for month in months if month <= model.horizon))


def gains_as_known(proposal: Proposal, actuals: Actuals) -> NDArray[np.float64] | None:
    """The mean gain of each month with all that is known, shape (months,); None where nobody can say."""
    index = index_of(proposal, actuals.alternative)
    now = restated(proposal, actuals)
    model = _model_of(_without_costs(now, index), index)
    return None if model is None else _gains_by_month(model, index, DRAWS, SEED)[0]


def _without_costs(proposal: Proposal, index: int) -> Proposal:
    """The proposal with nothing but gains: what is recorded as a gain is before the costs of the new way."""
    found: Proposal = put(proposal, place_of(index, "costs").keys, [])
    for path in (
        place_of(index, "retraining_cost"),
        place_of(index, "residual_value"),
        Path.of("returns", "retraining_cost"),
    ):
        found = put(found, path.keys, None)
    return found


def _gains_by_month(model: ValueModel, index: int, draws: int, seed: int) -> tuple[NDArray[np.float64], float]:
    """The mean gain of each month, and the mean discount rate."""
    values, count = next(iter(Blocks(model, min(draws, DRAWS), seed)))
    flows = model.unroll(index, values, count).flows
    return flows.mean(axis=1), float(np.mean(model.discount_rate(values)))


def _shifted(figure: Figure, by: float) -> Figure:
    if not by:
        return figure
    moved = {name: value + by for name in ("p10", "p50", "p90", "mean") if (value := getattr(figure, name)) is not None}
    return replace(figure, **moved)
