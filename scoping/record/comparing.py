"""Each actual beside the range that was signed: what it is so far, where in the range it lies, how complete it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

import numpy as np

from ..bridges import Numbers
from ..document.alternatives import Cost
from ..document.estimate import Estimate, quantile_function
from ..document.fields import Quantity
from ..document.own_terms import benefits_by_year
from ..document.paths import Path
from ..document.proposal import Proposal
from ..value.by_year import in_year_of
from ..value.conventions import growth_until
from ..value.places import place_of
from ..vocabulary import ActualKind, Timing, Unit
from .actuals import Actual, Actuals
from .places import Place, index_of, places_of

FEWEST_MONTHS = 3
"""So many months of a level (a metric, adoption, a running cost) are enough to score its range; fewer are a beginning."""
_STEPS = 60


class Position(StrEnum):
    """Where an actual lies in the range that was signed; of what was given up nobody knows where it would have."""

    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"
    NO_RANGE = "no range"
    OPEN = "open"
    GIVEN_UP = "given up"


@dataclass(frozen=True)
class Fact:
    """One place of the signed proposal, and what became of it.

    `signed` is the range as it was signed (None where none was), `actual` what it is so far in the same terms: the
    amount of a cost that is paid once, a month's amount of one that runs, the mean of a level. `percentile` is the
    chance that the signed distribution gave to less than the actual (0..1). `at_least` says that it is not over yet: it
    will be the actual or more. `months` of `of_months` are known; `is_settled` says that this is enough to score it.
    `cases` are those that it was measured on, where that was said.
    """

    path: Path
    title: str
    kind: ActualKind
    unit: Unit
    signed: Estimate | None
    actual: float | None
    months: int
    of_months: int
    is_settled: bool
    at_least: bool = False
    percentile: float | None = None
    cases: int | None = None
    quantity: Quantity | None = None
    entries: tuple[Actual, ...] = ()
    is_given_up: bool = False
    """Whether it ended before it was finished: it would have been the actual or more."""

    @property
    def range(self) -> tuple[float, float, float] | None:
        """P10, P50 and P90 as they were signed."""
        return None if self.signed is None else (self.signed.p10, self.signed.p50, self.signed.p90)

    @property
    def position(self) -> Position:
        """Where the actual lies; open while it may still grow into the range."""
        if self.signed is None or self.actual is None:
            return Position.NO_RANGE
        if self.actual > self.signed.p90:
            return Position.ABOVE
        if self.at_least:
            return Position.OPEN
        if self.is_given_up:
            return Position.GIVEN_UP
        return Position.BELOW if self.actual < self.signed.p10 else Position.INSIDE

    @property
    def completeness(self) -> float:
        """The share of the months that is known, at most 1."""
        return min(self.months / self.of_months, 1.0) if self.of_months else 1.0


def compared(
    proposal: Proposal, actuals: Actuals, month: int | None = None, conditions: Sequence[str] = ()
) -> list[Fact]:
    """What was measured up to a month (None: all of it) of a signed proposal, place by place.

    Raises DocumentRefused where the actuals name no alternative of it.
    """
    seen = Seen(proposal, actuals if month is None else actuals.until(month), conditions)
    facts = (seen.fact(place) for place in seen.places)
    return [each for each in facts if each is not None]


def percentile_of(estimate: Estimate, quantity: Quantity, value: float) -> float | None:
    """The chance that an estimate gives to less than a value; in a mass at the value, its middle.

    None for one number: it has no distribution. The middle of a mass is the mean of the randomised percentile (Czado,
    Gneiting and Held 2009, Biometrics 65(4)).
    """
    if estimate.is_certain:
        return None
    quantile = quantile_function(estimate, *quantity.support)

    def first_not_below(target: float) -> float:
        low, high = 2.0**-40, 1 - 2.0**-40
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if float(quantile(np.float64(middle))) >= target else (middle, high)
        return (low + high) / 2

    return (first_not_below(value) + first_not_below(float(np.nextafter(value, np.inf)))) / 2


class Seen:
    """What is known of one proposal, by place and by month."""

    def __init__(self, proposal: Proposal, actuals: Actuals, conditions: Sequence[str] = ()) -> None:
        self.proposal, self.actuals = proposal, actuals
        self.index = index_of(proposal, actuals.alternative)
        self.alternative = proposal.alternatives[self.index]
        self.places = places_of(proposal, self.index, conditions)
        self.through = actuals.months
        self._by_place: dict[Path, list[Actual]] = {}
        for each in actuals.entries:
            self._by_place.setdefault(Path(each.about), []).append(each)

    def entries(self, path: Path) -> list[Actual]:
        """What was measured at a place, month by month."""
        return sorted(self._by_place.get(path, []), key=lambda each: each.month)

    @property
    def build_months(self) -> float | None:
        """How many months the build took; None while it goes on."""
        found = self.entries(place_of(self.index, "build_months"))
        return found[-1].value if found else None

    @property
    def is_over(self) -> bool:
        """True where the build is done, or was given up."""
        return self.build_months is not None or self.actuals.stopped_month is not None

    @property
    def reached(self) -> float | None:
        """1 once it went live, 0 once it is sure that it will not; None while that is open."""
        told = self.entries(place_of(self.index, "success_probability"))
        if told:
            return told[-1].value
        if self.build_months is not None:
            return 1.0
        return None if self.actuals.stopped_month is None else 0.0

    @property
    def live_after(self) -> float:
        """After how many months it is live: as measured, or as signed while that is open."""
        signed = self.alternative.build_months
        expected = signed.p50 if signed is not None else 0.0
        return self.build_months if self.build_months is not None else max(expected, float(self.through))

    @property
    def last_month(self) -> int:
        """The last month that counts: the horizon, or when it was stopped."""
        horizon = self.proposal.returns.horizon_months or max(self.through, 1)
        return min(horizon, self.actuals.stopped_month or horizon)

    @property
    def months_live(self) -> int:
        """How many months of use are known."""
        if self.build_months is None:
            return 0
        return max(min(self.through, self.last_month) - ceil(self.build_months), 0)

    @property
    def of_months_live(self) -> int:
        """How many months of use there will have been."""
        return max(self.last_month - ceil(self.live_after), 1)

    def fact(self, place: Place) -> Fact | None:
        """What is known of a place; None where that is nothing."""
        entries = self.entries(place.path)
        if not entries:
            return self._still_building(place)
        match place.kind:
            case ActualKind.COST:
                return self._cost(place, entries)
            case ActualKind.TIME:
                return self._fact(place, entries, entries[-1].value, (self.through, self.through), is_settled=True)
            case ActualKind.REACHED | ActualKind.GUARDRAIL | ActualKind.CONDITION:
                return self._fact(
                    place, entries, entries[-1].value, (1, 1), is_settled=place.kind is ActualKind.REACHED
                )
            case ActualKind.GAIN:
                total = sum(each.value for each in entries)
                return self._fact(place, entries, total, self._of_life(entries), is_settled=False)
        return self._level(place, entries)

    def _still_building(self, place: Place) -> Fact | None:
        """A build that goes on takes at least as long as it has taken."""
        if place.kind is not ActualKind.TIME or not self.through or self.is_over:
            return None
        months = (self.through, max(ceil(self.live_after), self.through))
        return self._fact(place, [], float(self.through), months, is_settled=False, at_least=True)

    def _level(self, place: Place, entries: Sequence[Actual]) -> Fact:
        """The mean of what was measured, weighted by cases where each says on how many."""
        counted = [each for each in entries if self._counts(place, each.month)]
        kept = counted or list(entries[-1:])
        weights = [float(each.cases) for each in kept if each.cases]
        if len(weights) < len(kept):
            weights = [1.0] * len(kept)
        values = [each.value / self._grown(place, each.month) for each in kept]
        cases = sum(each.cases or 0 for each in kept) or None
        mean, months = float(np.average(values, weights=weights)), self._of_life(kept)
        is_settled = bool(counted) and (len(counted) >= FEWEST_MONTHS or months[0] >= months[1])
        # Adoption that is still ramping up will be this or more.
        return self._fact(place, entries, mean, months, is_settled=is_settled, at_least=not counted, cases=cases)

    def _counts(self, place: Place, month: int) -> bool:
        """Adoption was signed for the time after its ramp; everything else counts from the first month."""
        if place.kind is not ActualKind.ADOPTION:
            return True
        ramp = self.alternative.ramp_months or self.proposal.returns.ramp_months
        return month > self.live_after + ramp.p50

    def _grown(self, place: Place, month: int) -> float:
        """What was signed of the volume is that of the first month."""
        if place.kind is not ActualKind.VOLUME:
            return 1.0
        returns = self.proposal.returns
        return _number(growth_until(month, returns.growth_steps, returns.volume_growth.p50))

    def _of_life(self, entries: Sequence[Actual]) -> tuple[int, int]:
        known = len({each.month for each in entries})
        return min(known, self.of_months_live), self.of_months_live

    def _cost(self, place: Place, entries: Sequence[Actual]) -> Fact:
        number = place.path.keys[3:4]
        if not number:
            return self._fact(place, entries, _total(entries), (self.through, self.last_month), is_settled=False)
        cost = self.alternative.costs[int(number[0])]
        if cost.timing in (Timing.ONE_OFF, Timing.AT_START):
            return self._paid_once(place, entries, cost)
        return self._running(place, entries, cost)

    def _paid_once(self, place: Place, entries: Sequence[Actual], cost: Cost) -> Fact:
        """The sum, final once the build is over: then nothing more is paid for it."""
        at_once = cost.timing is Timing.AT_START
        over = at_once or self.is_over
        # A build that was given up would have cost more; one that went live and was stopped in use would not.
        is_scored = at_once or self.build_months is not None
        of_months = 1 if at_once else self._months_of_build
        months = (of_months if over else min(self.through, of_months), of_months)
        amount = _total(entries) / self._pieces(place, cost)
        found = self._fact(place, entries, amount, months, is_settled=is_scored, at_least=not over)
        return replace(found, is_given_up=over and not is_scored)

    @property
    def _months_of_build(self) -> int:
        """How many months the build takes; one that was given up, until then."""
        stopped = self.actuals.stopped_month if self.build_months is None else None
        return stopped or max(ceil(self.live_after), 1)

    def _running(self, place: Place, entries: Sequence[Actual], cost: Cost) -> Fact:
        """What a month, or a case, cost on average, before what was signed of its growth."""
        returns = self.proposal.returns
        growth = cost.growth.p50 if cost.growth else 0.0
        total = sum(each.value / _number(growth_until(each.month, returns.growth_steps, growth)) for each in entries)
        building = cost.timing is Timing.EACH_BUILD_MONTH
        known = min(self.through, max(ceil(self.live_after), 1)) if building else self.months_live
        of_months = max(ceil(self.live_after), 1) if building else self.of_months_live
        units = float(known) if cost.timing is not Timing.PER_CASE else self._handled({each.month for each in entries})
        amount = total / units / self._pieces(place, cost) if units else None
        is_settled = known >= min(FEWEST_MONTHS, of_months) and amount is not None
        return self._fact(place, entries, amount, (known, of_months), is_settled=is_settled)

    def _handled(self, months: set[int]) -> float:
        """The cases that were handled in these months; 0 where their number was not recorded."""
        volume = [each for each in self._by_place.get(self._volume(), []) if each.month in months]
        if len(volume) < len(months):
            return 0.0
        used = {each.month: each.value for path in self._adoptions() for each in self.entries(path)}
        signed = self.alternative.adoption or self.proposal.returns.adoption
        shares = benefits_by_year(self.alternative, self.proposal.returns)
        parts = {each.month: in_year_of(each.month, shares) if shares else 1.0 for each in volume}
        return sum(each.value * used.get(each.month, signed.p50 * parts[each.month]) for each in volume)

    def _volume(self) -> Path:
        found = [each.path for each in self.places if each.kind is ActualKind.VOLUME]
        return found[0] if len(found) == 1 else Path.of("")

    def _adoptions(self) -> list[Path]:
        return [each.path for each in self.places if each.kind is ActualKind.ADOPTION]

    def _pieces(self, place: Place, cost: Cost) -> float:
        """For how many pieces was paid, as measured or as signed: the amount is that of one."""
        if cost.pieces is None:
            return 1.0
        measured = self.entries(place.path.parent / "pieces")
        return (measured[-1].value if measured else cost.pieces.p50) or 1.0

    def _fact(
        self,
        place: Place,
        entries: Sequence[Actual],
        actual: float | None,
        months: tuple[int, int],
        *,
        is_settled: bool,
        at_least: bool = False,
        cases: int | None = None,
    ) -> Fact:
        return Fact(
            path=place.path,
            title=place.title,
            kind=place.kind,
            unit=place.unit,
            signed=place.signed,
            actual=actual,
            months=months[0],
            of_months=months[1],
            is_settled=is_settled,
            at_least=at_least,
            percentile=_percentile(place, actual),
            cases=cases,
            quantity=place.quantity,
            entries=tuple(entries),
        )


def _percentile(place: Place, actual: float | None) -> float | None:
    """Of a range; a chance of reaching production is no range."""
    if actual is None or place.signed is None or place.quantity is None or place.kind is ActualKind.REACHED:
        return None
    return percentile_of(place.signed, place.quantity, actual)


def _total(entries: Sequence[Actual]) -> float:
    return sum(each.value for each in entries)


def _number(value: Numbers) -> float:
    return float(np.asarray(value))
