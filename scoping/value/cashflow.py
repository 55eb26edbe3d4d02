"""Monthly cash flows, t = 1..H, and what is paid on the first day; rates are yearly.

A month's money is discounted from its end, unless the team follows another convention (see `conventions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

import numpy as np

from ..bridges import Numbers
from ..document.estimate import Array
from .by_month import Gain, Weighed, gains, mean_gain
from .by_year import course_until
from .conventions import growth_until
from .memory import remembered
from .months import Month, Timing, build_share, months_of


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """What is paid month by month, or for every case, and what of the same ends of today's costs.

    planned is what is paid by year whether or not production is reached.
    """

    monthly: Numbers = 0.0
    per_case: Numbers = 0.0
    each_build_month: Numbers = 0.0
    saved_monthly: Numbers = 0.0
    saved_per_case: Numbers = 0.0
    planned: Numbers = 0.0


@dataclass(frozen=True, kw_only=True)
class Terms(Timing):
    """What one alternative's cash flow is made of. Each is a number, or an array of n draws.

    Money is in the proposal's currency. `success` is 1 in a draw in which the alternative reaches
    production and 0 in one in which it does not; `chance` is its probability. `steady` are the costs that
    stay the same, with what is laid by for trainings, `growing` those that follow each of the cost_courses.
    Costs that may not fall due count by their chance; `as_drawn` are the same terms with each of them drawn,
    None where there are none.
    """

    success: Numbers
    chance: Numbers
    gain_per_case: Gain
    one_off: Numbers
    saved_one_off: Numbers
    at_start: Numbers = 0.0
    residual_value: Numbers = 0.0
    steady: Recurring
    growing: tuple[Recurring, ...] = ()
    as_drawn: Terms | None = None


class Drawn(NamedTuple):
    """Parts of the present values in which every cost falls due or does not, each of shape (n,), in money."""

    margin: Array
    running_cost: Array
    build: Array


@dataclass(frozen=True)
class Present:
    """Present values of one alternative, each of shape (n,), in money (weight: in cases).

    weight is the present number of useful cases, drift counted, and undrifted without (None where
    nothing drifts); margin the savings less running costs; all as if production were reached. build
    is the money of the build, which is spent in any case. Costs that may not fall due count by their chance;
    margin, running cost and build as they were drawn stand in as_drawn, None where it is the same. Where the gain
    depends on how many cases a month brings, by_month has the months, and gain_per_case is their mean.
    """

    weight: Array
    margin: Array
    running_cost: Array
    build: Array
    gain_per_case: Numbers
    success: Numbers
    chance: Numbers
    undrifted: Array | None = None
    as_drawn: Drawn | None = None
    by_month: tuple[Weighed, ...] | None = None

    def first(self, count: int) -> Present:
        """The same of the first draws alone."""
        apart = ("as_drawn", "by_month")
        cut = {
            each.name: first_draws(getattr(self, each.name), count) for each in fields(self) if each.name not in apart
        }
        drawn = self.as_drawn and Drawn(*(part[:count] for part in self.as_drawn))
        months = [Weighed(*(first_draws(part, count) for part in month)) for month in self.by_month or ()]
        return replace(self, **cut, as_drawn=drawn, by_month=self.by_month and tuple(months))

    def valued(self, gain: Gain) -> Present:
        """The same with another gain per case."""
        return replace(self, gain_per_case=mean_gain(self.by_month or (), gain) if callable(gain) else gain)

    @property
    def run(self) -> Array:
        """What running is worth once production is reached. Drift takes from a gain; it never makes a loss smaller."""
        return np.asarray(self._gained + self.margin)

    @property
    def _gained(self) -> Array:
        gained = self.weight * self.gain_per_case
        if self.undrifted is not None:
            gained = np.minimum(gained, self.undrifted * self.gain_per_case)
        return np.asarray(gained)

    @property
    def _own(self) -> Drawn:
        return self.as_drawn or Drawn(self.margin, self.running_cost, self.build)

    @property
    def build_alone(self) -> Array:
        """NPV of each draw if what was built is never run: the money of the build is lost."""
        return np.asarray(-self._own.build)

    @property
    def npv(self) -> Array:
        """NPV of each draw."""
        own = self._own
        return np.asarray(self.success * (self._gained + own.margin) - own.build)

    @property
    def expected(self) -> Array:
        """NPV of each draw, reaching production counted by its probability: same mean, less noise."""
        return np.asarray(self.chance * self.run - self.build)

    @property
    def cost(self) -> Array:
        """All costs of each draw."""
        own = self._own
        return np.asarray(self.success * own.running_cost + own.build)


def first_draws(value: Numbers | None, count: int) -> Any:
    """The first draws of a number that is drawn; one that is not stays as it is."""
    return value if value is None or np.ndim(value) == 0 else np.asarray(value)[:count]


@dataclass(frozen=True)
class Unrolled:
    """A cash flow month by month, `flows` of shape (months, n), what is paid on the first day, and present values."""

    flows: Array
    at_start: Numbers
    present: Present


def unroll(terms: Terms, horizon: int, draws: int) -> Unrolled:
    """The cash flow of `draws` draws over `horizon` months."""
    if terms.as_drawn is not None:
        drawn = unroll(terms.as_drawn, horizon, draws)
        return replace(drawn, present=present(terms, horizon, draws))
    flows = np.empty((horizon, draws))
    steady, sums = terms.steady, _Sums.of(terms)
    by_month = gains(terms.gain_per_case, terms.growth_steps, terms.growth)
    for row, month in enumerate(months_of(terms, horizon)):
        sums.add(month)
        gain, loss = next(by_month)
        # Drift takes from a gain; it never makes a loss smaller.
        worth = month.useful * gain + month.handled * loss
        net = worth + _saved(terms, steady, month) - _running_cost(steady, month)
        if month.ending is not None:
            net = net + terms.residual_value * month.ending
        for costs, grown in zip(terms.growing, month.grown, strict=True):
            net = net + grown * (_saved(terms, costs, month, saves_once=False) - _running_cost(costs, month))
        flows[row] = terms.success * net - _build_cost(terms, month.built, month.building, month.grown)
    return Unrolled(flows, terms.at_start, _present(terms, sums, draws, horizon))


def present(terms: Terms, horizon: int, draws: int) -> Present:
    """The present values of `unroll`, without the flows."""
    steady, *growing = _summed(_timing(terms), horizon)
    sums = _Sums.found(steady, growing)
    found = _present(terms, sums, draws, horizon)
    if terms.as_drawn is None:
        return found
    own = _present(replace(terms.as_drawn, gain_per_case=0.0), sums, draws, horizon)
    return replace(found, as_drawn=Drawn(own.margin, own.running_cost, own.build))


def _timing(terms: Timing) -> tuple[Any, ...]:
    return tuple(getattr(terms, each.name) for each in fields(Timing))


@remembered
def _summed(timing: tuple[Any, ...], horizon: int) -> tuple[tuple[Numbers | None, ...], ...]:
    """The sums over the months of what stays the same, and then of what grows, in the order of `_Sums`.

    They are found again by the timing alone: most edits change what is earned and spent, and not when.
    """
    found = Timing(**dict(zip((each.name for each in fields(Timing)), timing, strict=True)))
    sums = _Sums.of(found)
    for month in months_of(found, horizon):
        sums.add(month)
    return tuple(each.parts() for each in (sums, *sums.growing))


@remembered
def _weighed(timing: tuple[Any, ...], horizon: int) -> tuple[tuple[Numbers, ...], ...]:
    """Month by month what `Weighed` has: only a gain that depends on how many cases come needs it."""
    found = Timing(**dict(zip((each.name for each in fields(Timing)), timing, strict=True)))
    return tuple(
        (growth_until(number, found.growth_steps, found.growth), now.discount * now.useful, now.discount * now.handled)
        for number, now in enumerate(months_of(found, horizon), start=1)
    )


@dataclass
class _Sums:
    """Sums over the months of what each discounted month has; in `growing`, the same of each month as it has grown.

    passing is the sum of the months themselves; only what is paid by year asks for it.
    """

    handled: Numbers = 0.0
    useful: Numbers = 0.0
    live: Numbers = 0.0
    used: Numbers = 0.0
    going_live: Numbers = 0.0
    built: Numbers = 0.0
    building: Numbers = 0.0
    ending: Numbers = 0.0
    passing: Numbers = 0.0
    is_by_year: bool = False
    growing: list[_Sums] = field(default_factory=list)

    @classmethod
    def of(cls, timing: Timing) -> _Sums:
        """Nothing yet."""
        return cls(growing=[cls(is_by_year=isinstance(each, tuple)) for each in timing.cost_courses])

    @classmethod
    def found(cls, steady: Sequence[Any], growing: Iterable[Sequence[Any]]) -> _Sums:
        """From the parts, as `parts` has given them."""
        handled, useful, *others = steady
        found = cls(handled, handled if useful is None else useful, *others)
        found.growing = [cls.found(each, ()) for each in growing]
        return found

    def parts(self) -> tuple[Numbers | None, ...]:
        """All sums; None for the useful cases where nothing drifts."""
        useful = None if self.useful is self.handled else self.useful
        life = (self.live, self.used, self.going_live, self.built, self.building, self.ending)
        return (self.handled, useful, *life, self.passing)

    def add(self, month: Month) -> None:
        self._add(month, month.discount)
        for sums, grown in zip(self.growing, month.grown, strict=True):
            sums._add(month, month.discount * grown)

    def _add(self, month: Month, weight: Numbers) -> None:
        self.handled = self.handled + weight * month.handled
        # Without drift the two are one.
        drifts = month.useful is not month.handled
        self.useful = self.useful + weight * month.useful if drifts else self.handled
        self.live = self.live + weight * month.live
        self.used = self.used + weight * month.used
        self.going_live = self.going_live + weight * month.going_live
        self.built = self.built + weight * month.built
        self.building = self.building + weight * month.building
        if month.ending is not None:
            self.ending = self.ending + weight * month.ending
        if self.is_by_year:
            self.passing = self.passing + weight


def _present(terms: Terms, sums: _Sums, draws: int, horizon: int) -> Present:
    steady = terms.steady
    cost, saved = _running_cost(steady, sums), _saved(terms, steady, sums)
    build = terms.at_start + terms.one_off * sums.built + steady.each_build_month * sums.building
    for costs, grown in zip(terms.growing, sums.growing, strict=True):
        cost = cost + _running_cost(costs, grown)
        saved = saved + _saved(terms, costs, grown, saves_once=False)
        build = build + costs.each_build_month * grown.building
        if _is_planned(costs):
            build = build + costs.planned * grown.passing
    margin = saved - cost
    if terms.has_residual:
        margin = margin + terms.residual_value * sums.ending
    weight, margin, cost, build = (_drawn(each, draws) for each in (sums.useful, margin, cost, build))
    gain, undrifted = terms.gain_per_case, None if sums.useful is sums.handled else _drawn(sums.handled, draws)
    if not callable(gain):
        return Present(weight, margin, cost, build, gain, terms.success, terms.chance, undrifted)
    months = tuple(Weighed(*each) for each in _weighed(_timing(terms), horizon))
    return Present(weight, margin, cost, build, 0.0, terms.success, terms.chance, undrifted, None, months).valued(gain)


def _drawn(values: Numbers, draws: int) -> Array:
    return np.asarray(values) if np.ndim(values) else np.full(draws, values)


def _saved(terms: Terms, costs: Recurring, part: Month | _Sums, *, saves_once: bool = True) -> Numbers:
    """What ends of today's costs, with adoption; what is paid once is saved once, with what does not grow."""
    by_month = costs.saved_monthly * part.used
    if saves_once:
        by_month = by_month + terms.saved_one_off * part.going_live
    return terms.adoption * by_month + costs.saved_per_case * part.handled


def _running_cost(costs: Recurring, part: Month | _Sums) -> Numbers:
    return costs.monthly * part.live + costs.per_case * part.handled


def build_flows(terms: Terms, horizon: int, draws: int) -> Array:
    """What a build costs, as `unroll` has it in its months: the first day, then each month, shape (horizon + 1, draws)."""
    flows = np.zeros((horizon + 1, draws))
    flows[0] = terms.at_start
    last = min(horizon, int(np.ceil(np.max(terms.build_months))) or 1)
    if any(map(_is_planned, terms.growing)):
        last = horizon
    for month in {*range(1, last + 1), horizon}:
        building = np.clip(terms.build_months - (month - 1), 0.0, 1.0)
        grown = [course_until(month, terms.growth_steps, course) for course in terms.cost_courses]
        flows[month] = _build_cost(terms, build_share(month, terms.build_months, horizon), building, grown)
    return flows


def running_flows(terms: Terms, horizon: int, draws: int) -> Array:
    """What running costs, as `unroll` has it in its months: the first day, then each month, shape (horizon + 1, draws).

    When something runs does not depend on drift, which takes most of the time of a month.
    """
    flows = np.zeros((horizon + 1, draws))
    for number, month in enumerate(months_of(replace(terms, drift=0.0), horizon), start=1):
        cost = _running_cost(terms.steady, month)
        for costs, grown in zip(terms.growing, month.grown, strict=True):
            cost = cost + grown * _running_cost(costs, month)
        flows[number] = terms.success * cost
    return flows


def _build_cost(terms: Terms, built: Numbers, building: Numbers, grown: Sequence[Numbers]) -> Numbers:
    """What the build costs in a month in which these shares of it, and of the month, are built."""
    cost = terms.one_off * built + terms.steady.each_build_month * building
    for costs, factor in zip(terms.growing, grown, strict=True):
        cost = cost + factor * costs.each_build_month * building
        if _is_planned(costs):
            cost = cost + factor * costs.planned
    return cost


def _is_planned(costs: Recurring) -> bool:
    """True where something is paid by year in any case."""
    return bool(np.any(costs.planned))
