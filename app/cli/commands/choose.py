"""`groundwork choose`: which of the saved proposals fit under limits, and all that is told of that choice."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from app.choosing.asked import every_open, named, real_or_demo
from app.choosing.pool import candidates_of
from app.choosing.record import as_set, prior_from, record_of
from app.choosing.standing import Apart, apart, apart_told, has_real_ones
from app.cli.command import DONE, FAILED, Command, printed
from db import AT_A_COMMAND, Filters, Store, open_store
from scoping.portfolio import (
    Candidate,
    Choice,
    Line,
    NotCounted,
    OtherWay,
    Part,
    PortfolioRefused,
    Scenario,
    Study,
    Unsolvable,
    read_scenario,
    scenario_of,
    study,
    with_ids,
)
from scoping.portfolio.figures import figures_of
from scoping.portfolio.words import belief_told, limit_told, option_told, pilot_told, prices_told, prior_told
from scoping.record import FEWEST_DECIDED
from scoping.text.languages import message
from scoping.text.wording import money, percent

_LONGEST_TITLE = 60
_TRACK_RECORD = "track-record"
_EXPLORED = (Part.BY_BUDGET, Part.BY_RISK, Part.LUCK, Part.FORCE, Part.PILOTS)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="the proposals to choose among; all still open to choice")
    parser.add_argument("--limits", type=Path, metavar="FILE", help="a TOML file: docs/portfolio.md says what it holds")
    parser.add_argument("--tag", action="append", default=[], help="only proposals with this tag; may be repeated")
    parser.add_argument(
        "--own", action="append", default=[], type=_own, metavar="NAME=VALUE",
        help="only those whose own field of this short name says so; may be repeated",
    )  # fmt: skip
    parser.add_argument("--risk", type=_share, metavar="W", help="how much risk counts, from 0 to 1 (0)")
    parser.add_argument("--worst", type=_share, metavar="S", help="the share of the worst scenarios (0.1)")
    parser.add_argument("--wider", type=float, metavar="M", help="price each limit, budgets by that much more money")
    parser.add_argument("--latest-start", type=int, metavar="MONTHS", help="offer starts by quarter, up to that month")
    parser.add_argument("--without-pilots", action="store_true", help="offer no pilots")
    parser.add_argument(
        "--prior",
        choices=[_TRACK_RECORD],
        help="what such proposals are worth: what came of decided ones, as known now",
    )
    parser.add_argument("--as-estimated", action="store_true", help="take values as they were estimated, not shrunk")
    parser.add_argument(
        "--explore", action="store_true", help="also: other budgets and risks, luck, what force costs, which pilots"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")


def _own(text: str) -> str:
    name, between, value = text.partition("=")
    if not (name and between and value):
        raise ArgumentTypeError(f"{text}: must be the short name of an own field, =, and a value")
    return text


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
    """The candidates by their ids, what proposals are called, and which could be no candidates and why."""

    candidates: list[Candidate]
    titles: dict[str, str]
    left_out: list[NotCounted]
    currency: str
    apart: dict[Apart, int]

    def title(self, identity: str) -> str:
        """A title as one line; titles may be alike, so the id stands beside it."""
        return f"{self.plain(identity)} [{identity[:8]}]"

    def plain(self, identity: str) -> str:
        """A title as one line."""
        return printed(self.titles.get(identity, identity), _LONGEST_TITLE)


def _run(options: Namespace) -> int:
    scenario = _scenario(options)
    with closing(open_store(patience=AT_A_COMMAND)) as store:
        filters = Filters(tags=tuple(options.tag), own=tuple(options.own))
        found = _portfolio(store, options.ids or scenario.proposals, filters)
        scenario = _by_record(store, found, scenario) if options.prior == _TRACK_RECORD else scenario
    try:
        made = _studied(found, with_ids(scenario, found.titles), _parts(options, scenario))
    except Unsolvable as why:
        print(str(why), file=sys.stderr if options.json else sys.stdout)
        return FAILED
    if made.choice is None:
        print(_conflict_as_json(found, made) if options.json else _conflict_told(found, made))
        return FAILED
    print(_as_json(found, made, made.choice) if options.json else "\n".join(_told(found, made, made.choice)))
    return DONE


def _scenario(options: Namespace) -> Scenario:
    """What stands in the file, and over it what was asked for."""
    base = read_scenario(options.limits.read_bytes()) if options.limits else Scenario()
    said = {
        "risk_weight": options.risk,
        "worst_share": options.worst,
        "price_step": options.wider,
        "latest_start": options.latest_start,
        "pilots": False if options.without_pilots else None,
        "shrunk": False if options.as_estimated else None,
    }
    return scenario_of({**base.model_dump(), **{name: each for name, each in said.items() if each is not None}})


def _by_record(store: Store, found: _Portfolio, scenario: Scenario) -> Scenario:
    """The scenario with the prior of the track record, as the page finds it. Raises PortfolioRefused."""
    known = record_of(store, is_demo=not has_real_ones(store))
    prior = prior_from(known, found.candidates)
    if prior is None:
        raise PortfolioRefused(
            message(
                "The track record knows what came of {many} decided proposals; {needed} are needed for a prior.",
                many=str(len(known)), needed=str(FEWEST_DECIDED),
            )
        )  # fmt: skip
    return scenario_of({**scenario.model_dump(), "prior": as_set(prior)})


def _parts(options: Namespace, scenario: Scenario) -> list[Part]:
    priced = [Part.PRICES] if scenario.price_step else []
    return [*priced, *_EXPLORED] if options.explore else priced


def _studied(found: _Portfolio, scenario: Scenario, parts: Sequence[Part]) -> Study:
    return study(
        found.candidates,
        scenario.limits(),
        scenario.risk(),
        scenario.settings(),
        left_out=found.left_out,
        parts=parts,
    )


def _conflict_told(found: _Portfolio, made: Study) -> str:
    limits = (f"  - {limit_told(each, found.title)}" for each in made.conflict)
    return "\n".join([message("The limits cannot all be kept."), "These alone conflict already:", *limits])


def _conflict_as_json(found: _Portfolio, made: Study) -> str:
    limits = [{**asdict(each), "said": limit_told(each, found.plain)} for each in made.conflict]
    return json.dumps({"conflict": limits}, ensure_ascii=False, indent=2)


# What there is to choose among ---------------------------------------------------------------------


def _portfolio(store: Store, ids: Sequence[str], filters: Filters) -> _Portfolio:
    currency = store.rates.display_currency()
    if ids and (filters.tags or filters.own):
        raise PortfolioRefused(message("Proposals are named: leave out --tag and --own, or the names."))
    rows = [*(named(store, ids, currency) if ids else every_open(store, replace(filters, display=currency)))]
    left_out = [NotCounted(row.id, f"no rate for {row.currency}") for row in rows if row.rate is None]
    titles = {row.id: row.title for row in rows}
    return _Portfolio([*candidates_of(store, rows)], titles, left_out, currency, {} if ids else _apart(store, filters))


def _apart(store: Store, filters: Filters) -> dict[Apart, int]:
    """How many nobody named and are not chosen among, by their reason."""
    wanted = real_or_demo(store, filters)
    demo = 0 if wanted.demo else store.count(replace(filters, demo=True))
    return apart(store, wanted) | ({Apart.DEMO: demo} if demo else {})


# What is told --------------------------------------------------------------------------------------


def _told(found: _Portfolio, made: Study, choice: Choice) -> Iterator[str]:
    worth = money(choice.value, found.currency)
    yield f"Chosen: {len(choice.options)} of {len(found.candidates)} proposals, expected NPV {worth}."
    if choice.shortfall is not None:
        worst = money(choice.shortfall, found.currency)
        yield f"In the worst {percent(made.asked.risk.share)} of the scenarios: {worst} on average."
    yield _certainty(choice)
    yield prior_told(made.believed)
    yield from (_chosen_told(found, each) for each in made.lines if each.is_chosen)
    yield from (f"  - {found.title(each.name)}" for each in made.lines if not each.is_chosen)
    yield from _not_counted_told(found, made.not_counted)
    if found.apart:
        yield f"{apart_told(found.apart)} Name their ids to choose among them."
    yield from (f"{each}." for each in prices_told(made.prices or (), found.currency))
    yield from _explored_told(found, made)


def _chosen_told(found: _Portfolio, line: Line) -> str:
    assert line.option is not None
    way = f"{printed(option_told(line.option), _LONGEST_TITLE)}, {money(line.option.value, found.currency)}"
    return f"  + {found.title(line.name)}: {way}{_believed_told(found, line)}"


def _not_counted_told(found: _Portfolio, left_out: Sequence[NotCounted]) -> Iterator[str]:
    """Each reason once, with the proposals that it is about."""
    by_reason: dict[str, list[str]] = {}
    for each in left_out:
        by_reason.setdefault(each.why, []).append(found.plain(each.name))
    yield from (f"Not counted, {why}: {'; '.join(titles)}" for why, titles in by_reason.items())


def _believed_told(found: _Portfolio, line: Line) -> str:
    return f" ({belief_told(line.belief, found.currency)})" if line.belief else ""


def _explored_told(found: _Portfolio, made: Study) -> Iterator[str]:
    for point in made.by_budget or ():
        worth = "the limits conflict" if point.value is None else money(point.value, found.currency)
        yield f"With {percent(point.at)} of the budget: {worth}."
    for point in made.by_risk or ():
        if point.value is not None and point.shortfall is not None:
            both = (
                f"{money(point.value, found.currency)}, in the worst scenarios {money(point.shortfall, found.currency)}"
            )
            yield f"With a weight of risk of {percent(point.at)}: {both}."
    for line in made.lines:
        if line.right_in is not None and line.other_way is not None:
            cost = line.other_way.cost
            other = (
                "no other choice" if cost is None else f"the other way costs {_cost(line.other_way, found.currency)}"
            )
            yield f"{found.title(line.name)}: right in {percent(line.right_in)} of the scenarios; {other}."
    for number, pilot in enumerate(made.pilots or (), start=1):
        yield f"Pilot {number}: {found.title(pilot.name)}: {pilot_told(pilot, found.currency)}."


def _cost(other: OtherWay, currency: str) -> str:
    """The cost; from what it is at least where the search ended before it was proved."""
    cost, least = money(other.cost or 0.0, currency), money(other.least or 0.0, currency)
    return cost if cost == least else f"{least} to {cost}"


def _certainty(choice: Choice) -> str:
    if choice.gap == 0:
        return "No other choice that keeps to the limits is better."
    return f"The search ended before it was proved: another choice could be better by {percent(choice.gap, 2)} at most."


def _as_json(found: _Portfolio, made: Study, choice: Choice) -> str:
    figures = figures_of(made)
    chosen: dict[str, Any] = {
        name: {"alternative": option.name, "value": option.value} for name, option in choice.options.items()
    }
    told = {
        "currency": found.currency,
        "value": choice.value,
        "shortfall": choice.shortfall,
        "gap": choice.gap,
        "chosen": chosen,
        "left": [each.name for each in made.lines if not each.is_chosen],
        "apart": {str(why): many for why, many in found.apart.items()},
        "not_counted": [f"{found.plain(each.name)}: {each.why}" for each in made.not_counted],
        "prices": [{**asdict(each.limit), "by": each.by, "worth": each.worth} for each in made.prices or ()],
        **figures,
    }
    if made.by_budget is not None:
        told["by_budget"] = [{"share": each.at, "value": each.value} for each in made.by_budget]
        told["robustness"] = {each.name: each.right_in for each in made.lines if each.right_in is not None}
        told["forced"] = {each.name: each.other_way.cost for each in made.lines if each.other_way is not None}
    return json.dumps(told, ensure_ascii=False, indent=2)


COMMAND = Command("choose", "choose among the saved proposals under limits of money and people", 72, _arguments, _run)
