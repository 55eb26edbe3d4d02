"""What a portfolio must keep to, and each limit as one row of a linear programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf, isfinite

from ..errors import Refused
from ..text.languages import message
from .candidates import Candidate, Option


class PortfolioRefused(Refused):
    """Candidates or limits that cannot be meant; the message names which, and what is allowed."""


class LimitKind(StrEnum):
    """What a limit is about."""

    BUDGET = "budget"
    PEOPLE = "people"
    AT_ONCE = "at_once"
    MUST = "must"
    MUST_NOT = "must_not"
    NEEDS = "needs"
    EITHER_OR = "either_or"


@dataclass(frozen=True)
class Limits:
    """What must hold of the chosen proposals together.

    `budget` is the money of each quarter, `people` the full-time people of each role in each month; a quarter, a month
    or a role that is not named has no limit, and infinity is none either. `at_once` is how many may be worked on in any
    month. `must` and `must_not` name proposals; `needs` pairs (one, another): one is done only if another is, and not
    before that one has ended; of each set in `either_or` at most one is done.
    """

    budget: Sequence[float] = ()
    people: Mapping[str, Sequence[float]] = field(default_factory=dict)
    at_once: int | None = None
    must: frozenset[str] = frozenset()
    must_not: frozenset[str] = frozenset()
    needs: tuple[tuple[str, str], ...] = ()
    either_or: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class Limit:
    """One limit by its kind, what it is about, and when (a quarter or a month, from 0)."""

    kind: LimitKind
    about: tuple[str, ...] = ()
    when: int | None = None


@dataclass(frozen=True)
class Row:
    """One inequality: `lower` <= sum of `weights` of the chosen options <= `upper`, options by their number."""

    limit: Limit
    weights: Mapping[int, float]
    lower: float = -inf
    upper: float = inf


@dataclass(frozen=True)
class _Numbered:
    """An option with its number among all options, and the proposal that it belongs to."""

    number: int
    candidate: str
    option: Option


def numbered(candidates: Sequence[Candidate]) -> list[_Numbered]:
    """All options in the order of their numbers."""
    pairs = [(each.name, option) for each in candidates for option in each.options]
    return [_Numbered(number, name, option) for number, (name, option) in enumerate(pairs)]


def rows_of(candidates: Sequence[Candidate], limits: Limits) -> list[Row]:
    """Every limit as rows. Raises PortfolioRefused."""
    check(candidates, limits)
    options = numbered(candidates)
    return [
        *_budget(options, limits), *_people(options, limits), *_at_once(options, limits),
        *_musts(options, limits), *_needs(options, limits), *_either_or(options, limits),
    ]  # fmt: skip


def _budget(options: Sequence[_Numbered], limits: Limits) -> Iterator[Row]:
    taken = _by_time(((each.number, each.option.money) for each in options), len(limits.budget))
    for quarter, upper in enumerate(limits.budget):
        if isfinite(upper):
            yield Row(Limit(LimitKind.BUDGET, (), quarter), taken[quarter], upper=upper)


def _people(options: Sequence[_Numbered], limits: Limits) -> Iterator[Row]:
    for role, by_month in limits.people.items():
        taken = _by_time(((each.number, each.option.people.get(role, ())) for each in options), len(by_month))
        for month, upper in enumerate(by_month):
            if isfinite(upper):
                yield Row(Limit(LimitKind.PEOPLE, (role,), month), taken[month], upper=upper)


def _by_time(amounts: Iterable[tuple[int, Sequence[float]]], many: int) -> list[dict[int, float]]:
    """What each option takes, by its number, in each quarter or month; where it takes nothing it has no entry."""
    found: list[dict[int, float]] = [{} for _ in range(many)]
    for number, taken in amounts:
        for when, amount in enumerate(taken[:many]):
            if amount:
                found[when][number] = float(amount)
    return found


def _at_once(options: Sequence[_Numbered], limits: Limits) -> Iterator[Row]:
    if limits.at_once is None:
        return
    worked = ((each.number, worked_on(each.option)) for each in options)
    for month, working in enumerate(_by_time(worked, max((each.option.end for each in options), default=0))):
        if working:
            yield Row(Limit(LimitKind.AT_ONCE, (), month), working, upper=float(limits.at_once))


def worked_on(option: Option) -> list[float]:
    """1 in each month in which an option is worked on, 0 before."""
    return [0.0] * option.start + [1.0] * (option.end - option.start)


def _musts(options: Sequence[_Numbered], limits: Limits) -> Iterator[Row]:
    for name in sorted(limits.must):
        yield Row(Limit(LimitKind.MUST, (name,)), _done(options, [name]), lower=1.0)
    for name in sorted(limits.must_not):
        yield Row(Limit(LimitKind.MUST_NOT, (name,)), _all_of(options, [name]), upper=0.0)


def _needs(options: Sequence[_Numbered], limits: Limits) -> Iterator[Row]:
    """An option is chosen only with one of the other proposal that has ended when it starts."""
    for one, other in limits.needs:
        for later in (each for each in options if each.candidate == one):
            ready = {
                each.number: -1.0
                for each in options
                if each.candidate == other and not each.option.is_pilot and each.option.end <= later.option.start
            }
            yield Row(Limit(LimitKind.NEEDS, (one, other)), {later.number: 1.0, **ready}, upper=0.0)


def _either_or(options: Sequence[_Numbered], limits: Limits) -> Iterator[Row]:
    for names in limits.either_or:
        about = tuple(sorted(names))
        yield Row(Limit(LimitKind.EITHER_OR, about), _all_of(options, about), upper=1.0)


def _all_of(options: Sequence[_Numbered], names: Iterable[str]) -> dict[int, float]:
    wanted = frozenset(names)
    return {each.number: 1.0 for each in options if each.candidate in wanted}


def _done(options: Sequence[_Numbered], names: Iterable[str]) -> dict[int, float]:
    """What does these proposals: a pilot may end in nothing."""
    return _all_of([each for each in options if not each.option.is_pilot], names)


# What can be meant ---------------------------------------------------------------------------------


def check(candidates: Sequence[Candidate], limits: Limits) -> None:
    """Raises PortfolioRefused for doubled or unknown names, and figures that are none."""
    names = Counter(each.name for each in candidates)
    if doubled := next((name for name, times in names.items() if times > 1), None):
        raise PortfolioRefused(message("{name} is there twice: each proposal needs a name of its own.", name=doubled))
    if unknown := sorted(_named(limits) - set(names)):
        raise PortfolioRefused(message("A limit names {name}, which is none of the proposals.", name=unknown[0]))
    for each in candidates:
        for option in each.options:
            _check_figures(each.name, option)
    if any(amount != amount for amount in _amounts_of(limits)):
        raise PortfolioRefused(message("A limit is no number."))


def _named(limits: Limits) -> set[str]:
    pairs = (name for pair in limits.needs for name in pair)
    return {*limits.must, *limits.must_not, *pairs, *(name for names in limits.either_or for name in names)}


def _amounts_of(limits: Limits) -> Iterator[float]:
    yield from limits.budget
    for by_month in limits.people.values():
        yield from by_month


def _check_figures(name: str, option: Option) -> None:
    people = (amount for by_month in option.people.values() for amount in by_month)
    if not all(isfinite(each) for each in (option.value, *option.money, *people)):
        raise PortfolioRefused(
            message("{name}, {option}: its value, money and people must be numbers.", name=name, option=option.name)
        )
    if not 0 <= option.start <= option.end:
        said = message(
            "{name}, {option}: it starts in month 0 at the earliest, and ends later.", name=name, option=option.name
        )
        raise PortfolioRefused(said)
