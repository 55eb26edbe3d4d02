"""Simulates the value model, block by block, so that draws never multiply the months in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..bridges import Numbers
from ..estimate import QUANTILES, Array
from .cashflow import Unrolled, irr_of_months, payback_of_sums
from .inputs import Sampler
from .model import ValueModel

DEFAULT_DRAWS = 8_192
FEWEST_DRAWS, MOST_DRAWS = 256, 2**22
REPLICATES = 8
BLOCK = 1_024
BINS = 48


@dataclass(frozen=True)
class Figure:
    """A figure and its uncertainty; each part is None where it does not exist.

    p10, p50 and p90 are quantiles over the draws; standard_error is that of the mean, from
    replicated scrambles.
    """

    p10: float | None = None
    p50: float | None = None
    p90: float | None = None
    mean: float | None = None
    standard_error: float | None = None


@dataclass(frozen=True)
class Kept:
    """The first block's draws of one alternative, for break-even, sensitivity and information."""

    weight: Array
    fixed: Array
    npv: Array


@dataclass(frozen=True)
class Outcome:
    """All that the simulation says of one alternative.

    fan holds quantiles of the running sum by month: shape (3, months) for P10, P50, P90;
    histogram the counts and edges of NPV.
    """

    npv: Figure
    roi: Figure
    payback_months: Figure
    irr: Figure
    paying_back: float
    irr_none: float
    irr_several: float
    probability_of_loss: float
    gain_per_month: Figure
    cost_per_month: Figure
    one_off_cost: Figure
    fan: Array
    histogram: tuple[Array, Array]
    draws: Array
    kept: Kept


@dataclass(frozen=True)
class Simulation:
    """The outcomes by the alternatives' index in the document, and the first block's inputs."""

    outcomes: Mapping[int, Outcome]
    values: Mapping[str, Numbers]
    draws: int
    seed: int

    def npv(self) -> Array:
        """NPV of the draws, shape (draws, alternatives)."""
        return np.column_stack([outcome.draws for outcome in self.outcomes.values()])

    def kept_npv(self) -> Array:
        """NPV of the first block's draws, shape (draws, alternatives)."""
        return np.column_stack([outcome.kept.npv for outcome in self.outcomes.values()])


class _Tally:
    """Collects one alternative's figures while the blocks go by."""

    def __init__(self, model: ValueModel, index: int) -> None:
        self._model, self._index = model, index
        self._columns: dict[str, list[Array]] = {}
        self._fan: Array | None = None
        self._kept: Kept | None = None

    def add(self, values: Mapping[str, Numbers], draws: int) -> None:
        unrolled = self._model.unroll(self._index, values, draws)
        running = np.cumsum(unrolled.flows, axis=0)
        if self._kept is None:
            self._kept = Kept(unrolled.weight, unrolled.fixed, unrolled.npv)
            self._fan = np.quantile(running, QUANTILES, axis=1)
        for name, column in self._figures(unrolled, running, values).items():
            self._columns.setdefault(name, []).append(np.broadcast_to(column, draws))

    def _figures(self, unrolled: Unrolled, running: Array, values: Mapping[str, Numbers]) -> dict[str, Numbers]:
        costly = unrolled.cost > 0
        return {
            "npv": unrolled.npv,
            "roi": np.divide(unrolled.npv, unrolled.cost, out=np.full_like(unrolled.npv, np.nan), where=costly),
            "payback": payback_of_sums(running),
            "irr": irr_of_months(unrolled.flows),
            "gain": self._model.gain_per_month(self._index, values),
            "running": self._model.cost_per_month(self._index, values),
            "one_off": self._model.costs(self._index, values, "one_off"),
        }

    def outcome(self) -> Outcome:
        assert self._kept is not None
        assert self._fan is not None
        column = {name: np.concatenate(parts) for name, parts in self._columns.items()}
        npv, rate = column["npv"], column["irr"]
        return Outcome(
            npv=_figure(npv, standard_error(npv)),
            roi=_figure(column["roi"]),
            payback_months=_figure(column["payback"]),
            irr=_figure(rate[~np.isnan(rate)]),
            paying_back=float(np.isfinite(column["payback"]).mean()),
            irr_none=float(np.isinf(rate).mean()),
            irr_several=float(np.isnan(rate).mean()),
            probability_of_loss=float((npv < 0).mean()),
            gain_per_month=_figure(column["gain"]),
            cost_per_month=_figure(column["running"]),
            one_off_cost=_figure(column["one_off"]),
            fan=self._fan,
            histogram=_histogram(npv),
            draws=npv,
            kept=self._kept,
        )


def simulate(model: ValueModel, draws: int = DEFAULT_DRAWS, seed: int = 1) -> Simulation:
    """Simulate every valued alternative under common random numbers.

    draws is rounded up to a whole number of blocks; with nothing uncertain one draw is enough.
    """
    sampler = Sampler(list(model.inputs), model.fates(), REPLICATES, seed)
    size, blocks = _blocks(draws)
    count = 1 if sampler.is_certain else REPLICATES * size
    blocks = 1 if sampler.is_certain else blocks
    tallies = {index: _Tally(model, index) for index in model.valued}
    first: Mapping[str, Numbers] = {}
    for _ in range(blocks):
        values = sampler.block(size)
        first = first or values
        for tally in tallies.values():
            tally.add(values, count)
    return Simulation({index: tally.outcome() for index, tally in tallies.items()}, first, count * blocks, seed)


def _blocks(draws: int) -> tuple[int, int]:
    """Points a replicate in each block (a power of two, as Sobol points want it), and the number of blocks."""
    each = max(draws // REPLICATES, 1)
    size = min(BLOCK, 1 << (each - 1).bit_length())
    return size, -(-each // size)


def standard_error(npv: Array) -> float:
    """Standard error of the mean of draws that come as blocks of REPLICATES runs of equal length.

    Owen 1998, "Scrambling Sobol' and Niederreiter-Xing points": independent scrambles are
    independent, unbiased estimates, so their spread tells the error.
    """
    if npv.size < REPLICATES:
        return 0.0
    run = min(BLOCK, npv.size // REPLICATES)
    means = npv.reshape(-1, REPLICATES, run).mean(axis=(0, 2))
    return float(means.std(ddof=1) / np.sqrt(REPLICATES))


def _figure(draws: Array, error: float | None = None) -> Figure:
    if draws.size == 0 or np.isnan(draws).any():
        return Figure()
    # "lower" never mixes a finite draw with an infinite one (no payback, no rate), and then there is no mean.
    finite = bool(np.isfinite(draws).all())
    method: Literal["linear", "lower"] = "linear" if finite else "lower"
    low, middle, high = (_finite(value) for value in np.quantile(draws, QUANTILES, method=method))
    return Figure(low, middle, high, float(draws.mean()) if finite else None, error)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _histogram(npv: Array) -> tuple[Array, Array]:
    """Shares of the draws by NPV, and the edges; the outermost half per cent on either side goes to the end bins."""
    low, high = np.quantile(npv, (0.005, 0.995))
    if high - low <= 1e-12 * max(abs(low), abs(high), 1.0):
        width = max(abs(low) * 0.01, 1.0)
        low, high = low - width, high + width
    counts, edges = np.histogram(np.clip(npv, low, high), bins=BINS, range=(low, high))
    return counts / npv.size, edges
