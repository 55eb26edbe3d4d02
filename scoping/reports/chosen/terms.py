"""What was set for a choice, in sentences: so that a reader of the result knows under which limits it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...portfolio.scenario import Scenario
from ...text.languages import listed, message
from ...text.wording import money, number, percent

Titles = Callable[[str], str]
_SHOWN = 12


def terms(scenario: Scenario, currency: str, titles: Titles) -> tuple[str, ...]:
    """The limits, how much risk counts, and what is offered; proposals by their titles."""
    return (*_amounts(scenario, currency), *_rules(scenario, titles), *_ways(scenario))


def _amounts(scenario: Scenario, currency: str) -> Iterator[str]:
    if scenario.budget:
        amounts = _in_order([None if each is None else money(each, currency) for each in scenario.budget])
        yield message("Budget by quarter: {amounts}.", amounts=amounts)
    for role, by_month in scenario.people.items():
        amounts = _in_order([None if each is None else number(each) for each in by_month])
        yield message("People by month, {role}: {amounts}.", role=role, amounts=amounts)
    if scenario.at_once is not None:
        yield message("At most {many} are worked on at once.", many=str(scenario.at_once))
    if not (scenario.budget or scenario.people or scenario.at_once is not None):
        yield message("No limit on money, people or how many are worked on at once.")


def _in_order(amounts: Sequence[str | None]) -> str:
    """Amounts one after the other; one that holds throughout is said once."""
    if len(amounts) > 1 and len(set(amounts)) == 1 and amounts[0] is not None:
        return message("{amount}, {many} times", amount=amounts[0], many=str(len(amounts)))
    shown = [message("no limit") if each is None else each for each in amounts[:_SHOWN]]
    return listed([*shown, message("{count} more", count=str(len(amounts) - _SHOWN))] if amounts[_SHOWN:] else shown)


def _rules(scenario: Scenario, titles: Titles) -> Iterator[str]:
    if scenario.must:
        yield message("Must be done: {titles}.", titles=listed(map(titles, scenario.must)))
    if scenario.must_not:
        yield message("Must not be done: {titles}.", titles=listed(map(titles, scenario.must_not)))
    for one, other in scenario.needs:
        yield message("{name} only after {other} has ended.", name=titles(one), other=titles(other))
    for names in scenario.either_or:
        yield message("At most one of {titles}.", titles=listed(map(titles, names)))


def _ways(scenario: Scenario) -> Iterator[str]:
    if scenario.risk_weight:
        share, worst = percent(scenario.risk_weight), percent(scenario.worst_share)
        yield message("Risk counts {share}: the mean of the worst {worst} of the scenarios.", share=share, worst=worst)
    else:
        yield message("Expected value alone counts; risk does not.")
    yield _shrunk(scenario)
    yield message("Pilots are offered.") if scenario.pilots else message("Pilots are not offered.")
    if scenario.latest_start:
        yield message("Starts may be put off by up to {months} months.", months=str(scenario.latest_start))
    else:
        yield message("Everything starts at once.")


def _shrunk(scenario: Scenario) -> str:
    if scenario.shrunk:
        return message("Estimates count as much as they are reliable.")
    return message("Estimates count as they are.")
