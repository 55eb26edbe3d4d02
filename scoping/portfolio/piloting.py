"""Which pilots to run first: what each is worth by itself, for its money and people, and for the whole portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from .asking import Tell, answered, quietly
from .candidates import Candidate, PilotOffer
from .choosing import Choice, groups_of, numbers_of, programme_of, tried
from .limits import LimitKind, Limits, numbered, rows_of
from .optimum import Change
from .risk import Risk
from .searching import Searched

_SECONDS = 4.0
"""So long is searched for the choice without pilots, and for those that tell which people are scarce."""


@dataclass(frozen=True)
class PilotWorth:
    """One pilot. `net` is what its proposal is worth more with it than decided today; None with `why_not` in words.

    `per_money` is that for each unit of its cost, `per_person_month` for each month of people who are scarce (`scarce`
    has those of each such role; None where it takes none of them). `in_choice` is what the choice under
    the limits gains when this pilot alone is offered, 0 where it does not change it; `in_choice_at_most` is more where
    the search ended before it was proved. The first in the list come first.
    """

    name: str
    net: float | None
    cost: float | None
    evsi: float | None
    per_money: float | None = None
    per_person_month: float | None = None
    scarce: Mapping[str, float] = field(default_factory=dict)
    in_choice: float | None = None
    in_choice_at_most: float | None = None
    why_not: str = ""


@dataclass(frozen=True)
class Gain:
    """What a pilot gains: at least, by a choice that was found, and at most."""

    at_least: float
    at_most: float


def pilots_first(
    candidates: Sequence[Candidate], limits: Limits, risk: Risk | None = None, *, tell: Tell = quietly
) -> list[PilotWorth]:
    """Every planned pilot, the one that gains most under the limits first; those that cannot be chosen last."""
    without = [without_pilots(each) for each in candidates]
    base = tried(without, limits, risk, seconds=_SECONDS)
    scarce = scarce_roles(without, limits, risk, base) if base else frozenset()
    gains = {} if base is None else _gains(candidates, limits, risk, base, tell)
    found = [
        _worth(each.name, each.pilot, scarce, gains.get(each.name)) for each in candidates if each.pilot is not None
    ]
    return sorted(found, key=_last)


def _last(worth: PilotWorth) -> tuple[bool, float, float]:
    return worth.in_choice is None, -(worth.in_choice or 0.0), -(worth.per_money or worth.net or 0.0)


def _gains(
    candidates: Sequence[Candidate], limits: Limits, risk: Risk | None, base: Choice, tell: Tell
) -> dict[str, Gain]:
    """What the choice gains with the pilot of each alone.

    A choice without the pilot is no better than that without any, so only those with it are looked for, and only as far
    as they are better.
    """
    pilots = {each.number for each in numbered(candidates) if each.option.is_pilot}
    asked = {
        each.name: Change(closed=[*(pilots - {*group}), *({*group} - pilots)], needed=[number])
        for number, (each, group) in enumerate(zip(candidates, groups_of(candidates), strict=True))
        if each.pilot is not None and any(option.is_pilot for option in each.options)
    }
    enough = base.objective + _nothing(base)
    programme = programme_of(candidates, rows_of(candidates, limits), risk)
    known = numbers_of(candidates, base)
    found = answered(programme, [*asked.values()], known=known, enough=enough, tell=tell)
    return {name: _gain(each, base.objective, enough) for name, each in zip(asked, found, strict=True)}


def _gain(found: Searched, base: float, enough: float) -> Gain:
    """No less than without the pilot, which nobody has to run."""
    most = found.bound - base if found.bound > enough else 0.0
    return Gain(found.objective - base if found.objective > enough else 0.0, most)


def _worth(name: str, offer: PilotOffer, scarce: frozenset[str], gain: Gain | None) -> PilotWorth:
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
        in_choice=None if gain is None else gain.at_least,
        in_choice_at_most=None if gain is None else gain.at_most,
        why_not=offer.why_not,
    )


def without_pilots(candidate: Candidate) -> Candidate:
    """The candidate with what does it as a whole alone."""
    return replace(candidate, options=tuple(each for each in candidate.options if not each.is_pilot))


def scarce_roles(candidates: Sequence[Candidate], limits: Limits, risk: Risk | None, best: Choice) -> frozenset[str]:
    """The roles of which more people would make a better choice: the limit of each alone taken away."""
    roles, rows = [*limits.people], rows_of(candidates, limits)
    changes = [
        Change(
            wider={row.limit: inf for row in rows if row.limit.kind == LimitKind.PEOPLE and row.limit.about == (role,)}
        )
        for role in roles
    ]
    programme = programme_of(candidates, rows, risk)
    if not len(programme.values):
        return frozenset()
    found = answered(programme, changes, known=numbers_of(candidates, best), seconds=_SECONDS)
    better = best.objective + _nothing(best)
    return frozenset(role for role, each in zip(roles, found, strict=True) if each.objective > better)


def _nothing(best: Choice) -> float:
    return 1e-9 * max(abs(best.objective), 1.0)
