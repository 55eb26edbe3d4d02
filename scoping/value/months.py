"""What each month of an alternative's life is: how much of it is built, live, used, and left after drift."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..bridges import Numbers
from ..vocabulary import CashConvention, GrowthSteps
from .by_year import Course, course_until, in_year_of
from .conventions import discount_of, growth_until
from .use import Use

# Shorter than any time that matters, in months; keeps divisions finite.
_MOMENT = 1e-9
# A month's decay of the gain: so slow that it is none, and so fast that nothing is left.
_SLOWEST, _FASTEST = 1e-14, 1e9
# So many months of a cycle of trainings are kept; a longer cycle hardly comes round.
_LONGEST_CYCLE = 24


@dataclass(frozen=True, kw_only=True)
class Timing:
    """What decides how much of each month counts, whatever it costs and is worth.

    Each is a number, or an array of n draws; shares are 0..1, rates are yearly. cost_courses say how those costs
    change that do, benefits_by_year which share of its cases is reached in each year, all of them where there is
    nothing. Use begins when the build ends, or before it, and lasts for months_of_use, or, for None,
    to the horizon; has_residual says that something is received at its end.
    """

    cases: Numbers
    adoption: Numbers
    ramp_months: Numbers
    growth: Numbers
    drift: Numbers
    discount_rate: Numbers
    build_months: Numbers
    first_use_months: Numbers | None = None
    months_of_use: Numbers | None = None
    has_residual: bool = False
    retrain_every_months: float | None
    is_paid_by_build_month: bool = False
    cost_courses: tuple[Course, ...] = ()
    benefits_by_year: tuple[float, ...] = ()
    convention: CashConvention = CashConvention.MONTH_END
    growth_steps: GrowthSteps = GrowthSteps.SMOOTH

    @property
    def live_from(self) -> Numbers:
        """Months until the first case is handled."""
        if self.first_use_months is None:
            return self.build_months
        found: Numbers = np.minimum(self.first_use_months, self.build_months)
        return found

    def use(self, horizon: int) -> Use:
        """When it is in use."""
        return Use(self.live_from, self.months_of_use, horizon)


@dataclass(frozen=True)
class Month:
    """One month once production is reached.

    handled and useful are cases, useful those that count after drift; live, used, going_live, built and
    building are shares: of the month that is live, of the cases reached, of going live, of the build's one-off
    money, and of the month in which it is being built. grown is how much larger each growing cost is by now; ending the
    share of the residual value, None where there is none.
    """

    handled: Numbers
    useful: Numbers
    live: Numbers
    used: Numbers
    going_live: Numbers
    built: Numbers
    building: Numbers
    discount: Numbers
    grown: tuple[Numbers, ...]
    ending: Numbers | None = None


def months_of(timing: Timing, horizon: int) -> Iterator[Month]:
    """Each month once production is reached, 1..horizon."""
    kept = _Kept(timing)
    in_full_use = timing.live_from + np.maximum(timing.ramp_months, 1.0)
    settled = float(np.max(np.maximum(in_full_use, timing.build_months + 1.0)))
    if timing.months_of_use is not None:
        # What ends is never settled.
        settled = np.inf
    calendar = _Calendar(timing, horizon)
    for month in range(1, horizon + 1):
        # Once it is live and in full use in every draw, nothing but drift tells one month from the next.
        is_settled = month >= settled
        built = build_share(month, timing.build_months, horizon) if month in (1, horizon) or not is_settled else 0.0
        is_built = timing.is_paid_by_build_month and not is_settled
        building = np.clip(timing.build_months - (month - 1), 0.0, 1.0) if is_built else 0.0
        now = calendar.next()
        if is_settled:
            yield _settled(month, now, built, kept)
        else:
            yield _changing(month, now, built, building, timing.ramp_months, kept)


@dataclass(frozen=True)
class _Now:
    """What the calendar makes of a month: all cases reached, the discount, and how much larger each cost has grown.

    share is that of its year, which is in the volume already; ending the share of the residual value that is received
    with it, None where there is none.
    """

    use: Use
    volume: Numbers
    share: float
    discount: Numbers
    grown: tuple[Numbers, ...]
    ending: Numbers | None


class _Calendar:
    """Growth and discount, month after month. The common convention needs one product a month."""

    def __init__(self, timing: Timing, horizon: int) -> None:
        self._timing, self._horizon, self._month, self._use = timing, horizon, 0, timing.use(horizon)
        self._volume, self._discount = timing.cases * timing.adoption, 1.0 + 0 * timing.discount_rate
        self._step = (1 + timing.discount_rate) ** (-1 / 12)
        self._growth = (1 + timing.growth) ** (1 / 12)

    def next(self) -> _Now:
        """The next month."""
        self._month += 1
        month, timing = self._month, self._timing
        grown = tuple(course_until(month, timing.growth_steps, each) for each in timing.cost_courses)
        ending = self._use.ending(month) if timing.has_residual else None
        volume, share = self._grown_volume(), 1.0
        if timing.benefits_by_year:
            share = in_year_of(month, timing.benefits_by_year)
            volume = volume * share
        return _Now(self._use, volume, share, self._discounted(), grown, ending)

    def _grown_volume(self) -> Numbers:
        timing = self._timing
        if timing.growth_steps is GrowthSteps.YEARLY:
            return timing.cases * timing.adoption * growth_until(self._month, timing.growth_steps, timing.growth)
        if self._month > 1:
            self._volume = self._volume * self._growth
        return self._volume

    def _discounted(self) -> Numbers:
        timing = self._timing
        if timing.convention is not CashConvention.MONTH_END:
            return discount_of(self._month, timing.convention, self._horizon, timing.discount_rate)
        self._discount = self._discount * self._step
        return self._discount


def _changing(month: int, now: _Now, built: Numbers, building: Numbers, ramp_months: Numbers, kept: _Kept) -> Month:
    """A month in which some draws are still building, or growing into full use, or out of use again."""
    months_live, live, going_live = now.use.by(month)
    ramp = _ramp(months_live, ramp_months)
    handled = now.volume * (ramp * live)
    return Month(
        handled=handled,
        useful=handled if kept.all_of_it else now.volume * (ramp * kept.until(months_live)),
        live=live,
        used=ramp * live if now.share == 1 else ramp * live * now.share,
        going_live=going_live,
        built=built,
        building=building,
        discount=now.discount,
        grown=now.grown,
        ending=now.ending,
    )


def _settled(month: int, now: _Now, built: Numbers, kept: _Kept) -> Month:
    """A month in which every draw is live and in full use from its first day."""
    volume, live_from = now.volume, now.use.live_from
    useful = volume if kept.all_of_it else volume * kept.of_whole_month(month - live_from)
    # The month after the build ends may still be one of going live.
    is_going_live = month < 2 + np.max(live_from)
    going_live = 1.0 - np.clip(month - 1 - live_from, 0.0, 1.0) if is_going_live else 0.0
    return Month(volume, useful, 1.0, now.share, going_live, built, 0.0, now.discount, now.grown, now.ending)


def _ramp(months_live: Numbers, ramp_months: Numbers) -> Numbers:
    if np.ndim(ramp_months) == 0 and ramp_months == 0:
        return 1.0
    share: Numbers = np.where(ramp_months > 0, np.minimum(1.0, months_live / np.maximum(ramp_months, _MOMENT)), 1.0)
    return share


class _Kept:
    """The share of the gain that drift has left, month by month: 1 just after each training.

    (1 - drift)^(age / 12) averaged over the part of a month that is live, in closed form: the
    integral of exp(-decay age) over ages 0..x is (1 - exp(-decay x)) / decay.
    """

    def __init__(self, timing: Timing) -> None:
        self._every = timing.retrain_every_months
        certain = np.ndim(timing.drift) == 0
        # Trained all the time, a model has no time to drift.
        self.all_of_it = self._every == 0 or (certain and timing.drift == 0)
        with np.errstate(divide="ignore"):
            decay = -np.log1p(-np.asarray(timing.drift, float)) / 12
        self._decay = np.clip(decay, _SLOWEST, _FASTEST)
        # A drift of 1 leaves nothing, however short the time.
        self._left = np.asarray(np.asarray(timing.drift) < 1, float)
        self._known: dict[float, Numbers] = {}
        self._whole = self._since_training(self._every) if self._every else 0.0
        self._before: Numbers = 0.0
        self._months: list[Numbers] = []

    def until(self, months_live: Numbers) -> Numbers:
        """The months live as if without drift, of the month that ends so long after going live."""
        if self._every:
            trainings, age = np.divmod(months_live, self._every)
            total: Numbers = trainings * self._whole + self._since_training(age)
        else:
            total = self._since_training(months_live)
        new, self._before = total - self._before, total
        return new

    def of_whole_month(self, months_live: Numbers) -> Numbers:
        """The same of a month that is live from its first day, as all that follow will be."""
        cycle = self._cycle
        if cycle is None:
            return self.until(months_live)
        if len(self._months) < cycle:
            self._months.append(self.until(months_live))
        elif self._every:
            # The months of a cycle come round.
            self._months.append(self._months.pop(0))
        else:
            self._months[-1] = self._months[-1] * np.exp(-self._decay)
        return self._months[-1]

    @property
    def _cycle(self) -> int | None:
        """After so many whole months the share of a month follows from one before; None where it does not."""
        if not self._every:
            return 1
        return int(self._every) if float(self._every).is_integer() and self._every <= _LONGEST_CYCLE else None

    def _since_training(self, months: Numbers) -> Numbers:
        if np.ndim(months):
            return self._integral(months)
        # The same few ages come up in every cycle.
        age = float(months)
        if age not in self._known:
            self._known[age] = self._integral(age)
        return self._known[age]

    def _integral(self, months: Numbers) -> Numbers:
        found: Numbers = self._left * -np.expm1(-self._decay * months) / self._decay
        return found


def build_share(month: int, build_months: Numbers, horizon: int) -> Numbers:
    """Share of the one-off costs that falls into the month: even over the build, all at once without one.

    What a build beyond the horizon has still to pay is committed: it counts in the last month.
    """
    length = np.maximum(build_months, _MOMENT)
    until = build_months if month == horizon else np.minimum(build_months, month)
    overlap = np.maximum(until - (month - 1), 0.0)
    share: Numbers = np.where(np.asarray(build_months) > _MOMENT, overlap / length, float(month == 1))
    return share
