"""A future for a project of the demo portfolio: what was measured, month by month, drawn with known biases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import ceil, sqrt
from typing import Any

import numpy as np
from scipy.special import ndtr

from ..document.alternatives import Cost
from ..document.paths import Path
from ..document.proposal import Proposal
from ..value.conventions import growth_until
from ..value.inputs import Input, collect
from ..value.places import place_of
from ..vocabulary import ActualKind, Better, Timing
from .actuals import Actuals, read_actuals
from .demo_cases import Course
from .places import CONDITIONS, GAIN, GUARDRAILS, kind_of
from .reestimating import gains_as_known
from .replaying import Decided

MONTHS = 24
BIASES: Mapping[ActualKind, tuple[float, float]] = {
    ActualKind.COST: (0.5, 1.5),
    ActualKind.TIME: (1.0, 1.2),
    ActualKind.METRIC: (0.3, 1.2),
    ActualKind.ADOPTION: (0.6, 1.2),
    ActualKind.VOLUME: (0.0, 1.0),
    ActualKind.INPUT: (0.0, 1.0),
}
"""By how many normal deviates the truth is worse than was signed, and how many times as far it scatters."""
_COMMON = 0.25
"""How much of the scatter the inputs of one project have in common."""
_BENEFIT, _BENEFIT_SCATTER = 0.9, 0.2
_FARTHEST = 3.0
_STOPPED = {Course.STOPPED_BUILDING: 4, Course.STOPPED_IN_USE: 20}
_SOURCES = {
    ActualKind.COST: "Ledger",
    ActualKind.GAIN: "Controlling",
    ActualKind.METRIC: "Monthly audit sample",
    ActualKind.VOLUME: "Operations report",
    ActualKind.ADOPTION: "Usage log",
}
_MEASURED_BY = "Project office"
Row = tuple[Path, int, float]


def actuals_of(
    signed: Proposal, plain: Proposal, index: int, decided: Decided, course: Course, draws: np.random.Generator
) -> Actuals:
    """What was measured in two years; `plain` holds the ranges that the truth is drawn from, before people judged."""
    future = _Future(plain, index, course, draws)
    started = _first_of_next_month(decided.decided_on or date.min)
    document: dict[str, Any] = {
        "actuals_version": 1,
        "alternative": decided.alternative,
        "started_on": started.isoformat(),
        "through_month": future.last,
        "entries": [_entry(row, started) for row in future.rows()],
    }
    if course in _STOPPED:
        document["stopped_month"] = future.last
    known = read_actuals(document, signed, decided.conditions)
    if not future.is_live:
        return known
    gained = [_entry(row, started) for row in _gains(signed, known, future, draws)]
    return read_actuals({**document, "entries": [*document["entries"], *gained]}, signed, decided.conditions)


class _Future:
    """The truth of one project."""

    def __init__(self, proposal: Proposal, index: int, course: Course, draws: np.random.Generator) -> None:
        self._proposal, self._index, self._draws = proposal, index, draws
        self._common = float(draws.standard_normal())
        self._inputs = {each.path: each for each in collect(proposal, {index: proposal.alternatives[index]})}
        self._truth = {path: self._drawn(each) for path, each in self._inputs.items()}
        # A month in halves: nobody notes it finer.
        self.live_after = max(round(2 * self._truth[place_of(index, "build_months")]) / 2, 0.5)
        self.last = _STOPPED.get(course, MONTHS)
        if course is Course.STOPPED_BUILDING:
            self.live_after = self.last + 1.0
        self.is_live = self.live_after < self.last

    @property
    def live_months(self) -> range:
        """The months of use."""
        return range(ceil(self.live_after) + 1, self.last + 1)

    def _drawn(self, each: Input) -> float:
        if not each.is_uncertain:
            return each.estimate.p50
        worse = self._worse(each)
        kind = ActualKind.COST if each.path.last == "amount" else kind_of(each) or ActualKind.INPUT
        shift, spread = BIASES.get(kind, (0.0, 1.0))
        scatter = float(self._draws.standard_normal())
        if worse:
            scatter = worse * sqrt(_COMMON) * self._common + sqrt(1 - _COMMON) * scatter
        deviate = float(np.clip(worse * shift + spread * scatter, -_FARTHEST, _FARTHEST))
        return float(each.at(np.array([ndtr(deviate)]))[0])

    def _worse(self, each: Input) -> int:
        """Whether more is worse (1) or better (-1); 0 where nobody can tell."""
        if each.path.last in ("amount", "build_months"):
            return 1
        if "metrics" in each.path.keys and self._proposal.bridge is not None:
            return -1 if self._proposal.bridge.metric_named(each.path.last).better is Better.UP else 1
        return -1 if each.path.last == "adoption" else 0

    def rows(self) -> Iterator[Row]:
        """Everything but the gain, which follows from the rest."""
        yield from self._costs()
        if self.is_live:
            yield place_of(self._index, "build_months"), ceil(self.live_after), self.live_after
        for path, each in self._inputs.items():
            yield from self._levels(path, each)
        yield from self._kept()

    def _costs(self) -> Iterator[Row]:
        for number, cost in enumerate(self._proposal.alternatives[self._index].costs):
            path = place_of(self._index, "costs", number, "amount")
            yield from self._of_cost(path, cost, self._truth[path])
        if self._draws.random() < 0.3:
            built = sum(self._truth[path] for path in self._inputs if path.last == "amount")
            yield (
                place_of(self._index, "costs"),
                max(min(self.last, ceil(self.live_after)) - 1, 1),
                _rounded(0.04 * built),
            )

    def _of_cost(self, path: Path, cost: Cost, amount: float) -> Iterator[Row]:
        if cost.timing in (Timing.ONE_OFF, Timing.EACH_BUILD_MONTH):
            months = ceil(self.live_after)
            part = amount / months if cost.timing is Timing.ONE_OFF else amount
            yield from ((path, month, _rounded(part)) for month in range(1, min(months, self.last) + 1))
        elif cost.timing is Timing.AT_START:
            yield path, 1, _rounded(amount)
        elif cost.timing is Timing.MONTHLY:
            growth = cost.growth.p50 if cost.growth else 0.0
            for month in self.live_months:
                grown = float(np.asarray(growth_until(month, self._proposal.returns.growth_steps, growth)))
                yield path, month, _rounded(amount * grown * self._noise(0.05))
        else:
            for month in self.live_months:
                yield path, month, _rounded(amount * self._volume(month) * self._adoption(month))

    def _levels(self, path: Path, each: Input) -> Iterator[Row]:
        kind = kind_of(each)
        if kind is ActualKind.METRIC and not self.is_live:
            yield path, self.last, self._within(each, self._truth[path])
        for month in self.live_months:
            if kind is ActualKind.VOLUME:
                yield path, month, float(round(self._volume(month) * self._noise(0.03)))
            elif kind is ActualKind.ADOPTION:
                yield path, month, self._within(each, self._adoption(month) * self._noise(0.02))
            elif kind is ActualKind.METRIC and month % 2 == 0:
                yield path, month, self._within(each, self._truth[path] * self._noise(0.01))
            elif kind is ActualKind.INPUT and path.keys[0] == "bridge" and each.is_uncertain and month % 6 == 0:
                yield path, month, self._within(each, self._truth[path] * self._noise(0.03))

    def _kept(self) -> Iterator[Row]:
        """Guardrails by half-years, and the first condition; one in eight is broken."""
        for month in self.live_months:
            if month % 6 == 0:
                yield GUARDRAILS / 0, month, float(self._draws.random() > 0.1)
        yield CONDITIONS / 0, min(ceil(self.live_after), self.last), float(self._draws.random() > 0.1)

    def _volume(self, month: int) -> float:
        cases = [value for path, value in self._truth.items() if path.last == "cases_per_month"]
        growth, steps = self._truth[Path.of("returns", "volume_growth")], self._proposal.returns.growth_steps
        return cases[0] * float(np.asarray(growth_until(month, steps, growth)))

    def _adoption(self, month: int) -> float:
        ramp = max(self._own("ramp_months"), 1e-9)
        return self._own("adoption") * min((month - self.live_after) / ramp, 1.0)

    def _own(self, name: str) -> float:
        return self._truth.get(place_of(self._index, name), self._truth[Path.of("returns", name)])

    def _noise(self, spread: float) -> float:
        return float(np.exp(spread * self._draws.standard_normal()))

    @staticmethod
    def _within(each: Input, value: float) -> float:
        return _rounded(min(max(value, each.quantity.lower), each.quantity.upper))


def _gains(signed: Proposal, known: Actuals, future: _Future, draws: np.random.Generator) -> Iterator[Row]:
    """What the known figures explain, and a little less than that."""
    factor = _BENEFIT * float(np.exp(_BENEFIT_SCATTER * draws.standard_normal()))
    expected = gains_as_known(signed, known)
    if expected is None:
        return
    for month in future.live_months:
        if month <= len(expected):
            yield GAIN, month, _rounded(factor * expected[month - 1] * float(np.exp(0.05 * draws.standard_normal())))


def _entry(row: Row, started: date) -> dict[str, Any]:
    path, month, value = row
    kind = ActualKind.COST if "costs" in path.keys else ActualKind.METRIC if "metrics" in path.keys else None
    named = {"gain": ActualKind.GAIN, "cases_per_month": ActualKind.VOLUME, "adoption": ActualKind.ADOPTION}
    source = _SOURCES.get(kind or named.get(path.last, ActualKind.INPUT), "Project report")
    cases = {"cases": 400} if kind is ActualKind.METRIC else {}
    on = started + timedelta(days=round(30.4 * month))
    about = {"about": str(path), "month": month, "value": value, "source": source}
    return {**about, **cases, "measured_on": on.isoformat(), "measured_by": _MEASURED_BY}


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
