"""Which pilots to run first: what each is worth by itself, for its money and people, and for the whole portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .candidates import Candidate, PilotOffer
from .choosing import Choice, choose, tried
from .limits import Limits
from .risk import Risk


@dataclass(frozen=True)
class PilotWorth:
    """One pilot. `net` is what its proposal is worth more with it than decided today; None with `why_not` in words.

    `per_money` is that for each unit of its cost, `per_person_month` for each month of people who are scarce (`scarce`
    has those of each such role; None where it takes none of them). `in_choice` is what the choice under
    the limits gains when this pilot alone is offered, 0 where it does not change it. The first in the list come first.
    """

    name: str
    net: float | None
    cost: float | None
    evsi: float | None
    per_money: float | None = None
    per_person_month: float | None = None
    scarce: Mapping[str, float] = field(default_factory=dict)
    in_choice: float | None = None
    why_not: str = ""


def pilots_first(candidates: Sequence[Candidate], limits: Limits, risk: Risk | None = None) -> list[PilotWorth]:
    """Every planned pilot, the one that gains most under the limits first; those that cannot be chosen last."""
    without = [without_pilots(each) for each in candidates]
    base = tried(without, limits, risk)
    scarce = scarce_roles(without, limits, risk, base) if base else frozenset()
    found = []
    for number, each in enumerate(candidates):
        if each.pilot is not None:
            offered = [*without[:number], each, *without[number + 1 :]]
            found.append(_worth(each.name, each.pilot, scarce, _gain(offered, limits, risk, base, each)))
    return sorted(found, key=_last)


def _last(worth: PilotWorth) -> tuple[bool, float, float]:
    return worth.in_choice is None, -(worth.in_choice or 0.0), -(worth.per_money or worth.net or 0.0)


def _gain(
    offered: Sequence[Candidate], limits: Limits, risk: Risk | None, base: Choice | None, one: Candidate
) -> float | None:
    if base is None or not any(each.is_pilot for each in one.options):
        return None
    found = tried(offered, limits, risk)
    if found is None:
        return None
    gained = found.objective - base.objective
    return gained if gained > _nothing(base) else 0.0


def _worth(name: str, offer: PilotOffer, scarce: frozenset[str], gain: float | None) -> PilotWorth:
    taken = {role: float(sum(offer.people[role])) for role in sorted(scarce & set(offer.people))}
    months = sum(taken.values())
    return PilotWorth(
        name,
        offer.net,
        offer.cost,
        offer.evsi,
        per_money=None if offer.net is None or not offer.cost else offer.net / offer.cost,
        per_person_month=None if offer.net is None or not months else offer.net / months,
        scarce=taken,
        in_choice=gain,
        why_not=offer.why_not,
    )


def without_pilots(candidate: Candidate) -> Candidate:
    """The candidate with what does it as a whole alone."""
    return replace(candidate, options=tuple(each for each in candidate.options if not each.is_pilot))


def scarce_roles(candidates: Sequence[Candidate], limits: Limits, risk: Risk | None, best: Choice) -> frozenset[str]:
    """The roles of which more people would make a better choice: the limit of each alone taken away."""
    found = set()
    for role in limits.people:
        people = {other: amounts for other, amounts in limits.people.items() if other != role}
        wider = choose(candidates, replace(limits, people=people), risk)
        if wider.objective > best.objective + _nothing(best):
            found.add(role)
    return frozenset(found)


def _nothing(best: Choice) -> float:
    return 1e-9 * max(abs(best.objective), 1.0)
