"""`groundwork choose`: which of the saved proposals fit under limits, and what wider limits would be worth."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from app.cli.command import DONE, FAILED, Command, printed
from db import AT_A_COMMAND, Filters, Saved, Store, open_store
from scoping.portfolio import (
    Candidate,
    Choice,
    Limits,
    Point,
    PortfolioRefused,
    Price,
    Risk,
    Unsolvable,
    by_budget,
    candidate_of,
    choose,
    forced,
    prices,
    read_limits,
    robustness,
    smallest_conflict,
    with_common_causes,
)
from scoping.portfolio.words import limit_told, price_told
from scoping.text.languages import message
from scoping.text.wording import money, percent

_PAGE = 100
_LONGEST_TITLE = 60


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="the proposals to choose among; all that are not archived")
    parser.add_argument("--limits", type=Path, metavar="FILE", help="a TOML file: docs/portfolio.md says what it holds")
    parser.add_argument("--risk", type=_share, default=0.0, metavar="W", help="how much risk counts, from 0 to 1 (0)")
    parser.add_argument("--worst", type=_share, default=0.1, metavar="S", help="the share of the worst scenarios (0.1)")
    parser.add_argument(
        "--wider", type=float, default=0.0, metavar="M", help="price each budget by that much more money"
    )
    parser.add_argument("--explore", action="store_true", help="also: other budgets, luck, and what force would cost")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")


def _share(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise ArgumentTypeError(f"{text}: must be a number from 0 to 1")
    return found


@dataclass(frozen=True)
class _Portfolio:
    """The candidates by their ids, what they are called, and what could not be counted and why."""

    candidates: list[Candidate]
    titles: dict[str, str]
    left_out: list[str]
    currency: str

    def title(self, identity: str) -> str:
        """A title as one line; titles may be alike, so the id stands beside it."""
        return f"{printed(self.titles.get(identity, identity), _LONGEST_TITLE)} [{identity[:8]}]"


def _run(options: Namespace) -> int:
    limits = read_limits(options.limits.read_bytes()) if options.limits else Limits()
    with closing(open_store(patience=AT_A_COMMAND)) as store:
        found = _portfolio(store, options.ids)
    limits, risk = _by_id(limits, found.titles), Risk(options.risk, options.worst)
    try:
        choice = choose(found.candidates, limits, risk)
    except Unsolvable as why:
        return _conflict(found, limits, why)
    explored = _explored(found, limits, risk) if options.explore else None
    priced = prices(found.candidates, limits, money=options.wider, risk=risk) if options.wider > 0 else []
    print(
        _as_json(found, choice, priced, explored)
        if options.json
        else "\n".join(_told(found, choice, priced, risk, explored))
    )
    return DONE


def _conflict(found: _Portfolio, limits: Limits, why: Unsolvable) -> int:
    print(str(why))
    if why.is_conflict:
        print("The fewest that conflict:")
        for each in smallest_conflict(found.candidates, limits):
            print(f"  - {limit_told(each, found.title)}")
    return FAILED


# What there is to choose among ---------------------------------------------------------------------


def _portfolio(store: Store, ids: Sequence[str]) -> _Portfolio:
    currency = store.rates.display_currency()
    candidates, titles, left_out = [], {}, []
    for saved, rate in _wanted(store, ids, currency):
        titles[saved.id] = saved.proposal.title
        if rate is None:
            left_out.append(f"{printed(saved.proposal.title, _LONGEST_TITLE)}: no rate for {saved.proposal.currency}")
            continue
        candidate = candidate_of(saved.proposal, saved.id, rate)
        candidates.append(candidate)
        if not candidate.options:
            left_out.append(f"{printed(saved.proposal.title, _LONGEST_TITLE)}: nothing can be valued yet")
    return _Portfolio(with_common_causes(candidates), titles, left_out, currency)


def _wanted(store: Store, ids: Sequence[str], currency: str) -> Iterator[tuple[Saved, float | None]]:
    """Each with what its currency is worth; an archived one only where it is asked for by its id."""
    if ids:
        rates = {**{name: each.rate for name, each in store.rates.current().items()}, currency: 1.0}
        for saved in map(store.get, dict.fromkeys(ids)):
            yield saved, rates.get(saved.proposal.currency)
        return
    number = 1
    while (page := store.list(Filters(display=currency), page=number, size=_PAGE)).rows:
        yield from ((store.get(each.id), each.rate) for each in page.rows)
        number += 1


def _by_id(limits: Limits, titles: dict[str, str]) -> Limits:
    """The same limits with ids in place of titles. Raises PortfolioRefused where a title stands for several."""

    def known(name: str) -> str:
        alike = [identity for identity, title in titles.items() if title == name]
        if name not in titles and len(alike) > 1:
            raise PortfolioRefused(message("{name} is the title of several proposals: write an id.", name=name))
        return name if name in titles or not alike else alike[0]

    return replace(
        limits,
        must=frozenset(map(known, limits.must)),
        must_not=frozenset(map(known, limits.must_not)),
        needs=tuple((known(one), known(other)) for one, other in limits.needs),
        either_or=tuple(frozenset(map(known, names)) for names in limits.either_or),
    )


@dataclass(frozen=True)
class _Explored:
    """How the choice changes: with the budget, with luck, and by force."""

    budgets: list[Point]
    robust: Mapping[str, float]
    forced: Mapping[str, float | None]


def _explored(found: _Portfolio, limits: Limits, risk: Risk) -> _Explored:
    budgets = by_budget(found.candidates, limits, risk) if limits.budget else []
    counted = [each for each in found.candidates if each.options]
    return _Explored(budgets, robustness(counted, limits), forced(found.candidates, limits))


# What is told --------------------------------------------------------------------------------------


def _told(
    found: _Portfolio, choice: Choice, priced: Sequence[Price], risk: Risk, explored: _Explored | None
) -> Iterator[str]:
    worth = money(choice.value, found.currency)
    yield f"Chosen: {len(choice.options)} of {len(found.candidates)} proposals, expected NPV {worth}."
    if choice.shortfall is not None:
        worst = money(choice.shortfall, found.currency)
        yield f"In the worst {percent(risk.share)} of the scenarios: {worst} on average."
    yield _certainty(choice)
    for each in found.candidates:
        if option := choice.options.get(each.name):
            way = f"{printed(option.name, _LONGEST_TITLE)}, {money(option.value, found.currency)}"
            yield f"  + {found.title(each.name)}: {way}"
    yield from (f"  - {found.title(each.name)}" for each in found.candidates if each.name not in choice.options)
    yield from (f"Not counted: {each}" for each in found.left_out)
    yield from (f"{price_told(each, found.currency)}." for each in priced)
    if explored:
        yield from _explored_told(found, explored)


def _explored_told(found: _Portfolio, explored: _Explored) -> Iterator[str]:
    for point in explored.budgets:
        worth = "the limits conflict" if point.choice is None else money(point.choice.value, found.currency)
        yield f"With {percent(point.at)} of the budget: {worth}."
    for name, share in explored.robust.items():
        cost = explored.forced[name]
        other = "no other choice" if cost is None else f"the other way costs {money(cost, found.currency)}"
        yield f"{found.title(name)}: right in {percent(share)} of the scenarios; {other}."


def _certainty(choice: Choice) -> str:
    if choice.gap == 0:
        return "No other choice that keeps to the limits is better."
    return f"The search ended before it was proved: another choice could be better by {percent(choice.gap, 2)} at most."


def _as_json(found: _Portfolio, choice: Choice, priced: Sequence[Price], explored: _Explored | None) -> str:
    chosen: dict[str, Any] = {
        name: {"alternative": option.name, "value": option.value} for name, option in choice.options.items()
    }
    told = {
        "currency": found.currency,
        "value": choice.value,
        "shortfall": choice.shortfall,
        "gap": choice.gap,
        "chosen": chosen,
        "left": [each.name for each in found.candidates if each.name not in choice.options],
        "not_counted": found.left_out,
        "prices": [{**asdict(each.limit), "by": each.by, "worth": each.worth} for each in priced],
    }
    if explored:
        told["by_budget"] = [
            {"share": each.at, "value": each.choice and each.choice.value} for each in explored.budgets
        ]
        told |= {"robustness": explored.robust, "forced": explored.forced}
    return json.dumps(told, ensure_ascii=False, indent=2)


COMMAND = Command("choose", "choose among the saved proposals under limits of money and people", 72, _arguments, _run)
