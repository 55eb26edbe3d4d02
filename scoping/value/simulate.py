"""Simulates the value model, block by block, so that draws never multiply the months in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..bridges import Numbers
from ..document.estimate import QUANTILES, Array
from .cashflow import Present, Unrolled
from .causes import Cause, failing_together
from .conventions import dated
from .fates import joined_fates
from .figures import (
    BLOCK,
    REPLICATES,
    Figure,
    figure_of,
    figure_with_errors,
    histogram,
)
from .inputs import Sampler
from .measures import payback_of_sums, running_sums
from .model import ValueModel
from .prices import internal_rate
from .rates import WITHOUT_RATE, Finding, Rates, rates_of_months, why_no_rate
from .reasons import Reason, Why

DEFAULT_DRAWS = 8_192
FEWEST_DRAWS, MOST_DRAWS = 256, 2**22
# NPV rests on all draws; return, payback, rate and monthly figures on no more than these.
MOST_SECONDARY = 65_536
# The first points of each scramble that the fan and the rates of return rest on: a rate takes as long as all the rest.
_FEW_POINTS = 256
_EXPECTED = "expected "

NO_FIGURE = Figure()
_NO_DRAWS: Array = np.empty(0)
NOTHING_KEPT = Present(
    weight=_NO_DRAWS,
    margin=_NO_DRAWS,
    running_cost=_NO_DRAWS,
    build=_NO_DRAWS,
    gain_per_case=_NO_DRAWS,
    success=_NO_DRAWS,
    chance=_NO_DRAWS,
)


@dataclass(frozen=True)
class Outcome:
    """All that the simulation says of one alternative.

    fan holds quantiles of the running sum by month: shape (3, months) for P10, P50, P90;
    histogram the counts and edges of NPV. draws and expected are NPV of every draw, with reaching
    production as drawn and as a probability; kept is the first block.
    """

    npv: Figure
    probability_of_loss: float
    histogram: tuple[Array, Array]
    draws: Array
    expected: Array
    kept: Present
    # In detail only.
    roi: Figure = NO_FIGURE
    payback_months: Figure = NO_FIGURE
    irr: Figure = NO_FIGURE
    paying_back: float = 0.0
    irr_none: float = 0.0
    irr_several: float = 0.0
    irr_above: float = 0.0
    gain_per_month: Figure = NO_FIGURE
    cost_per_month: Figure = NO_FIGURE
    one_off_cost: Figure = NO_FIGURE
    fan: Array = field(default_factory=lambda: np.empty((3, 0)))

    def without_draws(self) -> Outcome:
        """The figures alone."""
        return replace(self, draws=_NO_DRAWS, expected=_NO_DRAWS, kept=NOTHING_KEPT)


@dataclass(frozen=True)
class Simulation:
    """The outcomes by the alternatives' index in the document, the first block's inputs, and the shared causes.

    discount_rate is theirs, a year, on money in the prices of the first day.
    """

    outcomes: Mapping[int, Outcome]
    values: Mapping[str, Numbers]
    draws: int
    seed: int
    discount_rate: Numbers
    causes: Sequence[Cause] = ()

    def expected(self) -> Array:
        """NPV of the first block's draws, reaching production as a probability, shape (draws, alternatives)."""
        return np.column_stack([outcome.kept.expected for outcome in self.outcomes.values()])


class _Drawn:
    """NPV of all draws of one alternative, filled block by block: a list of blocks would hold a million draws twice."""

    def __init__(self, total: int) -> None:
        self.drawn, self.expected = np.empty(total), np.empty(total)
        self.count = 0

    def add(self, present: Present, draws: int) -> None:
        here = slice(self.count, self.count + draws)
        self.drawn[here], self.expected[here] = present.npv, present.expected
        self.count += draws

    @property
    def figure(self) -> Figure:
        return figure_with_errors(self.drawn, self.expected)


class _Tally:
    """Collects one alternative's figures while the blocks go by."""

    def __init__(self, model: ValueModel, index: int, total: int, *, in_detail: bool) -> None:
        self._model, self._index, self._in_detail = model, index, in_detail
        self._npv = _Drawn(total)
        self._secondary: dict[str, list[Array]] = {}
        self._kept: Present | None = None
        self._fan: Array | None = None

    def add(self, values: Mapping[str, Numbers], draws: int) -> None:
        present = self._detailed(values, draws) if self._wants_detail else self._present(values, draws)
        self._kept = self._kept or present
        self._npv.add(present, draws)

    @property
    def _wants_detail(self) -> bool:
        return self._in_detail and self._npv.count < MOST_SECONDARY

    def _present(self, values: Mapping[str, Numbers], draws: int) -> Present:
        return self._model.present(self._index, values, draws)

    def _detailed(self, values: Mapping[str, Numbers], draws: int) -> Present:
        """Return, payback, rate and the months of a block, beside its present values."""
        unrolled = self._model.unroll(self._index, values, draws)
        running = running_sums(unrolled.flows, unrolled.at_start)
        if self._fan is None:
            self._fan = _fan_of(running)
        for name, column in self._figures(unrolled, running, values).items():
            self._secondary.setdefault(name, []).append(np.broadcast_to(column, draws))
        for name, column in self._rates(unrolled).items():
            self._secondary.setdefault(name, []).append(column)
        return unrolled.present

    def _figures(self, unrolled: Unrolled, running: Array, values: Mapping[str, Numbers]) -> dict[str, Numbers]:
        npv, cost = unrolled.present.npv, unrolled.present.cost
        return {
            "roi": np.divide(npv, cost, out=np.full_like(npv, np.nan), where=cost > 0),
            "npv": unrolled.present.expected,
            "cost": unrolled.present.chance * unrolled.present.running_cost + unrolled.present.build,
            "payback": np.where(self._goes_live(values), payback_of_sums(running), np.inf),
            **self._a_month(values),
        }

    def _rates(self, unrolled: Unrolled) -> dict[str, Array]:
        """The internal rate of return, what was found of it, and whether nothing at all is spent, in some of the draws."""
        flows = first_of_each_scramble(unrolled.flows)
        at_start = unrolled.at_start if np.ndim(unrolled.at_start) == 0 else first_of_each_scramble(unrolled.at_start)
        rates = rates_of_months(*dated(flows, at_start, self._model.proposal.returns.cash_convention))
        is_free = (rates.finding == Finding.NEVER_SPENT) & (first_of_each_scramble(unrolled.present.cost) == 0)
        return {
            "irr": internal_rate(self._model.proposal.finance, rates.rate),
            "irr_finding": rates.finding.astype(float),
            "free": is_free.astype(float),
        }

    def _a_month(self, values: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Gain and cost a month and the money of the build: as drawn, and what is expected of them in each draw."""
        model, index, by_chance = self._model, self._index, self._model.by_chance(values)
        figures = {"gain": model.gain_per_month, "running": model.cost_per_month, "one_off": model.build_cost}
        drawn = {name: figure(index, values) for name, figure in figures.items()}
        found = drawn if by_chance is values else {name: figure(index, by_chance) for name, figure in figures.items()}
        return {**drawn, **{f"{_EXPECTED}{name}": each for name, each in found.items()}}

    def _goes_live(self, values: Mapping[str, Numbers]) -> Numbers:
        """Whether production is reached, within the horizon: without it, nothing is ever paid back."""
        terms = self._model.terms(self._index, values)
        return np.asarray((np.asarray(terms.success) > 0) & (np.asarray(terms.live_from) < self._model.horizon), float)

    def outcome(self) -> Outcome:
        assert self._kept is not None
        npv, expected = self._npv.drawn, self._npv.expected
        return Outcome(
            npv=self._npv.figure,
            probability_of_loss=float((npv < 0).mean()),
            histogram=histogram(npv),
            draws=npv,
            expected=expected,
            kept=self._kept,
            **self._details(),
        )

    def _details(self) -> dict[str, Any]:
        if self._fan is None:
            return {}
        column = {name: np.concatenate(parts) for name, parts in self._secondary.items()}
        paying = float(np.isfinite(column["payback"]).mean())
        rates = Rates(column["irr"], np.asarray(column["irr_finding"], np.int8))
        return {
            "roi": _return_on_cost(column),
            "payback_months": figure_of(column["payback"], Reason(Why.NOT_PAID_BACK, (1 - paying,))),
            "irr": figure_of(rates.told, why_no_rate(rates, float(column["free"].mean()))),
            "paying_back": paying,
            "irr_none": sum(map(rates.share, WITHOUT_RATE)),
            "irr_several": rates.share(Finding.NOT_ONE),
            "irr_above": rates.share(Finding.ABOVE),
            "gain_per_month": _expected(column, "gain"),
            "cost_per_month": _expected(column, "running"),
            "one_off_cost": _expected(column, "one_off"),
            "fan": self._fan,
        }


def _fan_of(running: Array) -> Array:
    """Quantiles of the running sums by month. They are drawn, not read: the first points of each scramble are plenty."""
    return np.quantile(np.sort(first_of_each_scramble(running), axis=1), QUANTILES, axis=1)


def first_of_each_scramble(block: Numbers) -> Array:
    """The first draws of each scramble, of a block of shape (..., draws): plenty for what is no more than looked at."""
    values = np.asarray(block)
    before, draws = values.shape[:-1], values.shape[-1]
    by_scramble = values.reshape(*before, REPLICATES if draws >= REPLICATES else 1, -1)
    return by_scramble[..., :_FEW_POINTS].reshape(*before, -1)


def _expected(column: Mapping[str, Array], name: str) -> Figure:
    """A figure in which costs that may not fall due count by their chance in the mean, and as drawn in the quantiles."""
    return replace(figure_of(column[name]), mean=float(column[f"{_EXPECTED}{name}"].mean()))


def _return_on_cost(column: Mapping[str, Array]) -> Figure:
    """ROI; its mean is mean NPV over mean cost, what a sum of such projects would return on all that it costs.

    The mean of the ratios would count a future in which hardly anything is spent as much as one that costs a fortune
    (Cochran 1977, Sampling Techniques, ch. 6: the ratio of means against the mean of ratios).
    """
    found = figure_of(column["roi"], Reason(Why.NOTHING_SPENT))
    return found if found.mean is None else replace(found, mean=float(column["npv"].mean() / column["cost"].mean()))


def simulate(model: ValueModel, draws: int = DEFAULT_DRAWS, seed: int = 1, *, in_detail: bool = True) -> Simulation:
    """Simulate every valued alternative under common random numbers.

    draws is rounded up to a whole number of blocks; with nothing uncertain one draw is enough. Return, payback,
    rate and monthly figures take most of the time: they are there only `in_detail`.
    """
    blocks = Blocks(model, draws, seed)
    tallies = {index: _Tally(model, index, blocks.total, in_detail=in_detail) for index in model.valued}
    first: Mapping[str, Numbers] = {}
    for values, count in blocks:
        first = first or values
        for tally in tallies.values():
            tally.add(values, count)
    outcomes = {index: tally.outcome() for index, tally in tallies.items()}
    return Simulation(outcomes, first, blocks.total, seed, model.discount_rate(first), model.causes)


def npv_alone(
    model: ValueModel,
    draws: int = DEFAULT_DRAWS,
    seed: int = 1,
    chances: Sequence[str] = (),
    only: Collection[int] | None = None,
) -> dict[int, Figure]:
    """NPV of every valued alternative and nothing else; `chances` names further uniform numbers that it reads.

    With `only`, that of these alternatives: the same figures as beside all others, in less time.
    """
    blocks = Blocks(model, draws, seed, chances)
    found = {index: _Drawn(blocks.total) for index in model.valued if only is None or index in only}
    for values, count in blocks:
        for index, drawn in found.items():
            drawn.add(model.present(index, values, count), count)
    return {index: drawn.figure for index, drawn in found.items()}


class Blocks:
    """The draws of a model's inputs, block by block, and how many draws each block has."""

    def __init__(self, model: ValueModel, draws: int, seed: int, chances: Sequence[str] = ()) -> None:
        self._causes = model.causes
        names = [*model.fates(), *model.events, *(cause.draw for cause in self._causes), *chances]
        self._fates, self._dependence = model.fates(), model.proposal.returns.fate_correlation or 0.0
        self._sampler = Sampler(model.inputs, names, model.proposal.correlated(), replicates=REPLICATES, seed=seed)
        # Points a replicate in each block: a power of two, as Sobol points want it.
        each = max(draws // REPLICATES, 1)
        self._size = min(BLOCK, 1 << (each - 1).bit_length())
        self._blocks = -(-each // self._size)

    @property
    def total(self) -> int:
        """How many draws there are in all; with nothing uncertain one is enough."""
        return 1 if self._sampler.is_certain else self._blocks * REPLICATES * self._size

    def __iter__(self) -> Iterator[tuple[dict[str, Numbers], int]]:
        if self._sampler.is_certain:
            yield self._sampler.block(1), 1
            return
        for _ in range(self._blocks):
            values = joined_fates(self._sampler.block(self._size), self._fates, self._dependence)
            yield failing_together(values, self._causes) if self._causes else values, REPLICATES * self._size
