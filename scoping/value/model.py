"""The value model of one proposal: from inputs by path to each alternative's cash flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..bridges import Numbers
from ..document.alternatives import Alternative, Cost
from ..document.estimate import mean_of
from ..document.own_terms import benefits_by_year, retrain_every, retraining_cost
from ..document.paths import Path
from ..document.proposal import Proposal
from ..vocabulary import Timing, Treatment
from .by_month import Gain, times
from .by_year import Course, tables_of_costs, total_until
from .cashflow import Present, Recurring, Terms, Unrolled, present, unroll
from .causes import Cause, shared_causes
from .inputs import Input, collect
from .missing import alternative_missing, shared_missing
from .places import CASES, RETURNS, place_of
from .prices import counted_gain, real_rate
from .qualities import Qualities

Inputs = Mapping[str, Numbers]


@dataclass(frozen=True)
class Stretch:
    """Factors on a build's one-off cost, its months, and on what it gains: those costs of today that end are a gain too."""

    cost: Numbers
    months: Numbers
    gain: Numbers = 1.0


NO_STRETCH = Stretch(1.0, 1.0)


@dataclass(frozen=True)
class ValueModel(Qualities):
    """Those alternatives of a proposal that can be valued, against its status quo.

    `valued` maps an alternative's index in the document to it. `stretch` is how much longer and
    dearer a build is than the team says, draw by draw; None takes the team at its word. `only` leaves out
    the costs that are booked otherwise.
    """

    valued: Mapping[int, Alternative]
    inputs: tuple[Input, ...]
    stretch: Callable[[int, Inputs], Stretch] | None = None
    only: Treatment | None = None

    @property
    def horizon(self) -> int:
        """Months that count."""
        return self.proposal.returns.horizon_months or 0

    def fate(self, index: int) -> str:
        """Where a draw keeps whether an alternative reaches production (a uniform number)."""
        return place_of(index, "fate")

    def fates(self) -> list[str]:
        """The fates that are in doubt, in an order that does not depend on the document's."""
        return [self._doubtful[index] for index in sorted(self._doubtful, key=lambda index: self.valued[index].name)]

    @cached_property
    def _doubtful(self) -> dict[int, str]:
        return {index: self.fate(index) for index, each in self.valued.items() if not _is_sure(each)}

    @cached_property
    def causes(self) -> list[Cause]:
        """The shared causes that join fates which are in doubt."""
        return shared_causes(self.proposal, self._doubtful)

    def value_per_case(
        self, index: int, alternative: Alternative, values: Inputs, override: Inputs | None = None
    ) -> Numbers:
        """Money per case to those who act on this alternative; `override` replaces metrics by name."""
        shared = self.shared_of(values)
        if alternative.is_status_quo and not self.bridge.given(alternative.metrics):
            idle = self.bridge.value_without_model(shared)
            assert idle is not None
            return idle
        settled = self.settled(index, override or {})
        return self.bridge.value_per_case(shared, {**self.metrics_of(index, values), **(override or {}), **settled})

    def settled(self, index: int, override: Inputs) -> Inputs:
        """What is decided before the future is known: at expected values, or at those of metrics that are given."""
        return self.bridge.settled(self._shared_expected, {**self.metrics_of(index, self.expected), **override})

    @cached_property
    def expected(self) -> dict[str, Numbers]:
        """The expected value of every input, by path."""
        return {each.path: mean_of(each.estimate, *each.quantity.support) for each in self.inputs}

    @cached_property
    def _shared_expected(self) -> dict[str, Numbers]:
        return self.shared_of(self.expected)

    @cached_property
    def shared_names(self) -> dict[Path, str]:
        """The inputs that all alternatives share: their names in the bridge, by path."""
        return {Path.of("bridge", *each.keys): each.name for each in self.bridge.inputs() if each.estimate is not None}

    def shared_of(self, values: Inputs) -> dict[str, Numbers]:
        """The inputs that all alternatives share, by their names in the kind of task."""
        return {name: values[path] for path, name in self.shared_names.items()}

    def cases(self, values: Inputs) -> Numbers:
        """How many cases come up in a month today."""
        return self.bridge.cases(self.shared_of(values))

    def gain_per_case(
        self,
        index: int,
        values: Inputs,
        override: Inputs | None = None,
        today: Numbers | None = None,
        before: Inputs | None = None,
    ) -> Numbers:
        """Money per case, over what a case is worth in the status quo (`today`), at the cases of the first month.

        `override` replaces metrics of the alternative by name, `before` those of the status quo.
        """
        worth = self.value_per_case(index, self.valued[index], values, override)
        return self.counted(worth - (self.value_per_case(*self.status_quo, values, before) if today is None else today))

    def gain(
        self,
        index: int,
        values: Inputs,
        override: Inputs | None = None,
        today: Numbers | None = None,
        before: Inputs | None = None,
    ) -> Gain:
        """The same, for each month where it depends on how many cases come and their number changes."""
        if not self.gain_moves(values):
            return self.gain_per_case(index, values, override, today, before)
        return lambda grown: self.gain_per_case(index, self.with_cases(values, grown), override, before=before)

    def gain_moves(self, values: Inputs) -> bool:
        """True where one month's gain per case is not the next one's: people do not grow with the cases."""
        growth = values["returns.volume_growth"]
        return self.bridge.follows_volume and not (np.ndim(growth) == 0 and growth == 0)

    def with_cases(self, values: Inputs, grown: Numbers) -> dict[str, Numbers]:
        """The values in a month in which so many times today's cases come up."""
        return {**values, **{path: values[path] * grown for path in self._case_places}}

    @cached_property
    def _case_places(self) -> list[Path]:
        return [path for path in self.shared_names if path.last == CASES]

    def counted(self, gain: Numbers) -> Numbers:
        """What counts of a gain per case: of soft benefits as much as finance lets count."""
        return counted_gain(self.proposal.finance, gain)

    def discount_rate(self, values: Inputs) -> Numbers:
        """What a year's delay costs of money in the prices of the first day."""
        return real_rate(self.proposal.finance, values["returns.discount_rate"])

    def costs(self, index: int, values: Inputs, *timings: Timing) -> Numbers:
        """The sum of an alternative's costs of these timings, before any growth, as far as they are known.

        What is given by year is left out: it is no one amount.
        """
        places = [each for each in self._cost_places(index, *timings) if each not in self._plans]
        return sum((self._amount(place, values) for place in places), 0.0)

    def costs_by_year(self, index: int, values: Inputs, timing: Timing) -> Numbers:
        """What those that are given by year come to over the horizon, undiscounted."""
        if not self._plans:
            return 0.0
        places = [each for each in self._cost_places(index, timing) if each in self._plans]
        until = max(self.horizon, 1)
        return sum((total_until(until, self._plans[each]) * self._amount(each, values) for each in places), 0.0)

    def _a_month(self, index: int, values: Inputs) -> Numbers:
        """What is paid every month, before any growth; by year, what a month comes to over the horizon on average."""
        steady, by_year = self.costs(index, values, Timing.MONTHLY), self.costs_by_year(index, values, Timing.MONTHLY)
        return steady + by_year / max(self.horizon, 1)

    def _costs_on(self, index: int, values: Inputs, timing: Timing, course: str | None) -> Numbers:
        """The sum of those alone that change in one way: by the input or the table at a place, or, for None, in none."""
        places = [each for each in self._cost_places(index, timing) if self._course_of(each) == course]
        return sum((self._amount(place, values) for place in places), 0.0)

    def _cost_places(self, index: int, *timings: Timing) -> list[Path]:
        costs = self.proposal.alternatives[index].costs
        return [
            place_of(index, "costs", n) for n, cost in enumerate(costs) if self._counts(cost) and cost.timing in timings
        ]

    def _counts(self, cost: Cost) -> bool:
        return self.only is None or cost.treatment is self.only

    def _amount(self, place: Path, values: Inputs) -> Numbers:
        """An amount for each of the pieces, where it falls due; by its chance where that is not drawn.

        Where amounts are given by year, how many times each of them is paid.
        """
        amount = 1.0 if place in self._plans else values.get(place / "amount", 0.0)
        if place / "pieces" in values:
            amount = amount * values[place / "pieces"]
        if place / "chance" not in values:
            return amount
        chance, drawn = values[place / "chance"], values.get(place / "event")
        return amount * (chance if drawn is None else np.asarray(drawn < chance, float))

    @cached_property
    def events(self) -> list[str]:
        """Where a draw keeps whether a cost falls due that may not (uniform numbers), in the order of the inputs."""
        in_doubt = [each for each in self._of_costs("chance") if each.estimate.p10 < 1]
        return [each.path.parent / "event" for each in sorted(in_doubt, key=lambda each: each.key)]

    def _of_costs(self, part: str) -> list[Input]:
        """The inputs that say one thing of costs: by how much they grow, say."""
        return [each for each in self.inputs if each.path.last == part and each.path.keys[2:3] == ("costs",)]

    @cached_property
    def _plans(self) -> dict[str, tuple[float, ...]]:
        return tables_of_costs(self.proposal.alternatives)

    def _course_of(self, place: Path) -> str | None:
        """Where it stands how a cost changes: its table by year, or the input by which it grows."""
        path = place / "growth"
        return place if place in self._plans else path if path in self._paths else None

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(each.path for each in self.inputs)

    def courses(self, index: int) -> list[Path]:
        """Where it stands how costs of an alternative, or of today, change: inputs by which they grow, tables by year."""
        owners = dict.fromkeys((index, self.status_quo[0]))
        return [path for path in self._changing if int(path.keys[1]) in owners]

    @cached_property
    def _changing(self) -> list[Path]:
        return [*(each.path for each in self._of_costs("growth")), *map(Path, self._plans)]

    def _course(self, path: str, values: Inputs) -> Course:
        return self._plans[path] if path in self._plans else values[path]

    def recurring(self, index: int, values: Inputs, course: str | None = None) -> Recurring:
        """What is paid again and again, and what of today's costs ends; of the costs that change in one way, or in none."""
        before = self.status_quo[0]
        return Recurring(
            monthly=self._costs_on(index, values, Timing.MONTHLY, course),
            per_case=self._costs_on(index, values, Timing.PER_CASE, course),
            each_build_month=self._costs_on(index, values, Timing.EACH_BUILD_MONTH, course),
            saved_monthly=self._costs_on(before, values, Timing.MONTHLY, course),
            saved_per_case=self._costs_on(before, values, Timing.PER_CASE, course),
            planned=self._costs_on(index, values, Timing.ONE_OFF, course) if course in self._plans else 0.0,
        )

    def build_cost(self, index: int, values: Inputs) -> Numbers:
        """The money of a build, undiscounted: what is paid once, and by the month of the build within the horizon."""
        once = self.costs(index, values, Timing.ONE_OFF, Timing.AT_START)
        once = once + self.costs_by_year(index, values, Timing.ONE_OFF)
        by_month = self.costs(index, values, Timing.EACH_BUILD_MONTH)
        months = np.minimum(values[place_of(index, "build_months")], self.horizon)
        return once + by_month * months

    def own(self, index: int, name: str, values: Inputs) -> Numbers:
        """What an alternative says for itself of adoption, ramp, drift or a training, or what holds for all."""
        own = values.get(place_of(index, name))
        return values[RETURNS / name] if own is None else own

    def terms(self, index: int, values: Inputs) -> Terms:
        """What an alternative's cash flow is made of."""
        by_chance = self.by_chance(values)
        if by_chance is values:
            return self._terms(index, values)
        return replace(self._terms(index, by_chance), as_drawn=self._terms(index, values))

    def by_chance(self, values: Inputs) -> Inputs:
        """The values without what was drawn of costs that may not fall due, which then count by their chance."""
        if not any(event in values for event in self.events):
            return values
        return {path: value for path, value in values.items() if path not in self.events}

    def _terms(self, index: int, values: Inputs) -> Terms:
        probability = values[place_of(index, "success_probability")]
        fate = values.get(self.fate(index))
        success: Numbers = probability if fate is None else np.asarray(fate < probability, float)
        before = self.status_quo[0]
        stretch = self.stretch(index, values) if self.stretch else NO_STRETCH
        courses, returns = self.courses(index), self.proposal.returns
        steady = self._stretched(self.recurring(index, values), stretch)
        first_use = values.get(place_of(index, "first_use_months"))
        residual = values.get(place_of(index, "residual_value"))
        return Terms(
            cases=self.cases(values),
            adoption=self.own(index, "adoption", values),
            ramp_months=self.own(index, "ramp_months", values),
            growth=values["returns.volume_growth"],
            drift=self.own(index, "drift", values),
            discount_rate=self.discount_rate(values),
            build_months=stretch.months * values[place_of(index, "build_months")],
            first_use_months=None if first_use is None else stretch.months * first_use,
            months_of_use=values.get(place_of(index, "months_of_use")),
            has_residual=residual is not None,
            residual_value=0.0 if residual is None else residual,
            success=success,
            chance=probability,
            gain_per_case=times(self.gain(index, values), stretch.gain),
            one_off=stretch.cost * self.costs(index, values, Timing.ONE_OFF),
            at_start=stretch.cost * self.costs(index, values, Timing.AT_START),
            steady=replace(steady, monthly=steady.monthly + self.training_a_month(index, values)),
            saved_one_off=self.costs(before, values, Timing.ONE_OFF),
            growing=tuple(self._stretched(self.recurring(index, values, each), stretch) for each in courses),
            retrain_every_months=retrain_every(self.valued[index], returns),
            is_paid_by_build_month=bool(self._cost_places(index, Timing.EACH_BUILD_MONTH)),
            cost_courses=tuple(self._course(each, values) for each in courses),
            benefits_by_year=benefits_by_year(self.valued[index], returns),
            convention=returns.cash_convention,
            growth_steps=returns.growth_steps,
        )

    def _stretched(self, costs: Recurring, stretch: Stretch) -> Recurring:
        """What is planned by year is as much dearer as the build is, and what ends of today's costs as much as the gain."""
        if stretch is NO_STRETCH:
            return costs
        return replace(
            costs,
            planned=stretch.cost * costs.planned,
            saved_monthly=stretch.gain * costs.saved_monthly,
            saved_per_case=stretch.gain * costs.saved_per_case,
        )

    def unroll(self, index: int, values: Inputs, draws: int) -> Unrolled:
        """An alternative's cash flow for a block of draws."""
        return unroll(self.terms(index, values), self.horizon, draws)

    def present(self, index: int, values: Inputs, draws: int) -> Present:
        """The present values of `unroll`, without the flows by month: quicker."""
        return present(self.terms(index, values), self.horizon, draws)

    def gain_per_month(self, index: int, values: Inputs) -> Numbers:
        """Gain a month in full, before growth, ramp, drift and shares by year, with those costs of today that end."""
        adoption, before = self.own(index, "adoption", values), self.status_quo[0]
        handled = self.cases(values) * adoption
        monthly, per_case = self._a_month(before, values), self.costs(before, values, Timing.PER_CASE)
        saved = adoption * monthly + handled * per_case
        return handled * self.gain_per_case(index, values) + saved

    def cost_per_month(self, index: int, values: Inputs) -> Numbers:
        """Running cost a month at full adoption, with what is laid by for the next training."""
        handled = self.cases(values) * self.own(index, "adoption", values)
        monthly = self._a_month(index, values) + self.training_a_month(index, values)
        return monthly + handled * self.costs(index, values, Timing.PER_CASE)

    def training_a_month(self, index: int, values: Inputs) -> Numbers:
        """What is laid by each month for the next training; nothing where there is no model to train."""
        alternative, returns = self.valued[index], self.proposal.returns
        every = retrain_every(alternative, returns)
        if not every or retraining_cost(alternative, returns) is None:
            return 0.0
        return self.own(index, "retraining_cost", values) / every


def _is_sure(alternative: Alternative) -> bool:
    chance = alternative.success_probability
    return chance is not None and chance.p10 == 1


def value_model(proposal: Proposal) -> ValueModel | None:
    """The model of those alternatives that are complete; None where not even one can be valued."""
    if set(shared_missing(proposal)) or proposal.bridge is None:
        return None
    complete = {
        index: each
        for index, each in enumerate(proposal.alternatives)
        if not alternative_missing(proposal, index, each)
    }
    status_quo = next(((index, each) for index, each in complete.items() if each.is_status_quo), None)
    valued = {index: each for index, each in complete.items() if not each.is_status_quo}
    if status_quo is None or not valued:
        return None
    return ValueModel(proposal, proposal.bridge, status_quo, valued, tuple(collect(proposal, complete)))
