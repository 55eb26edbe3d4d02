"""What one decided proposal came to over what was signed of it: its build cost, its build time, its gain.

What is finished says it. Of a build that was given up, or still goes on, only the least is known: what it had cost and how
long it had taken by then. To leave those out would flatter, since what runs over is stopped sooner and is finished later;
to take them for finished would flatter too. So they count as lower bounds (censored: see `censored.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..document.alternatives import Cost
from ..document.paths import Path
from ..document.proposal import Proposal
from ..value.places import place_of
from ..vocabulary import ActualKind, Overrun, Timing
from .actuals import Actuals
from .comparing import Seen
from .places import GAIN
from .reestimating import gains_as_signed

LEAST = 0.05
"""A gain of nothing, or a loss, counts as a twentieth of what was signed: a lognormal factor knows no zero. Our assumption."""


@dataclass(frozen=True)
class Ratio:
    """What one proposal came to, over its signed P50: 1.3 is 30 % more; `at_least` where it is not finished."""

    proposal: str
    what: Overrun
    value: float
    at_least: bool = False


def ratios(identity: str, proposal: Proposal, actuals: Actuals) -> list[Ratio]:
    """What a decided proposal came to, as far as that is known. Raises DocumentRefused as `compared` does."""
    seen = Seen(proposal, actuals)
    found = {Overrun.COST: _cost(seen), Overrun.TIME: _time(seen), Overrun.BENEFIT: _benefit(seen)}
    known = ((what, each) for what, each in found.items() if each is not None)
    return [Ratio(identity, what, max(value, LEAST), at_least) for what, (value, at_least) in known]


_Found = tuple[float, bool] | None
"""A factor, and whether it is only the least that it will be."""


def _cost(seen: Seen) -> _Found:
    """The money of the build: every cost that is paid once, and what nobody had foreseen."""
    once = [
        (number, cost)
        for number, cost in enumerate(seen.alternative.costs)
        if cost.timing in (Timing.ONE_OFF, Timing.AT_START)
    ]
    signed = sum(_signed(cost) for _, cost in once)
    paid = sum(_paid(seen, number) for number, _ in once) + _sum(seen, place_of(seen.index, "costs"))
    if signed <= 0 or paid <= 0:
        return None
    if seen.build_months is None:
        return _bound(seen, paid / signed)
    # Of a finished build nobody said what this was: it is not known what it cost.
    is_missing = any(not _is_entered(seen, number) and not _may_not_fall_due(cost) for number, cost in once)
    return None if is_missing else (paid / signed, False)


def _time(seen: Seen) -> _Found:
    signed = seen.alternative.build_months
    if signed is None or signed.p50 <= 0:
        return None
    if seen.build_months is not None:
        return seen.build_months / signed.p50, False
    return _bound(seen, (seen.actuals.stopped_month or seen.through) / signed.p50)


def _benefit(seen: Seen) -> _Found:
    """The gain of the months in which it was recorded, over what the signed figures say of them once it is live."""
    horizon = seen.proposal.returns.horizon_months or 0
    entries = [each for each in seen.entries(GAIN) if each.month <= horizon]
    if not entries:
        return None
    expected = gains_as_signed(seen.proposal, seen.actuals, {each.month for each in entries})
    return None if not expected or expected <= 0 else (sum(each.value for each in entries) / expected, False)


def _bound(seen: Seen, value: float) -> _Found:
    """The least that it will be; None where it is in use, so that only its build time was forgotten."""
    in_use = (ActualKind.GAIN, ActualKind.ADOPTION)
    is_used = any(seen.entries(each.path) for each in seen.places if each.kind in in_use)
    return None if value <= 0 or is_used or seen.reached == 1 else (value, True)


def _signed(cost: Cost) -> float:
    """The money that was signed, all pieces together, by the chance that it falls due."""
    amount = sum(cost.by_year) if cost.by_year else cost.amount.p50 if cost.amount else 0.0
    pieces = cost.pieces.p50 if cost.pieces else 1.0
    chance = cost.chance.p50 if cost.chance else 1.0
    return amount * pieces * chance


def _paid(seen: Seen, number: int) -> float:
    return _sum(seen, place_of(seen.index, "costs", number, "amount"))


def _sum(seen: Seen, path: Path) -> float:
    return sum(each.value for each in seen.entries(path))


def _is_entered(seen: Seen, number: int) -> bool:
    return bool(seen.entries(place_of(seen.index, "costs", number, "amount")))


def _may_not_fall_due(cost: Cost) -> bool:
    return cost.chance is not None and cost.chance.p10 < 1


def one_each(found: Sequence[Ratio], what: Overrun) -> list[Ratio]:
    """Of each proposal one: what finished before what did not, and of what did not the highest bound.

    What was begun, given up and begun again is one project.
    """
    kept: dict[str, Ratio] = {}
    for each in _of(found, what):
        before = kept.get(each.proposal)
        if before is None or _says_more(each, before):
            kept[each.proposal] = each
    return list(kept.values())


def _of(found: Sequence[Ratio], what: Overrun) -> Iterator[Ratio]:
    return (each for each in found if each.what is what)


def _says_more(each: Ratio, before: Ratio) -> bool:
    if not before.at_least:
        return False
    return not each.at_least or each.value > before.value
