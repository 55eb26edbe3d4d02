"""What was set for a choice, in sentences: so that a reader of the result knows under which limits it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...portfolio.scenario import GivenPrior, Scenario
from ...text.languages import counted, joined, listed, message
from ...text.wording import money, number, percent
from ...vocabulary import PriorOrigin

Titles = Callable[[str], str]
_SHOWN = 12
_WORST = Scenario.model_fields["worst_share"].default


def terms(scenario: Scenario, currency: str, titles: Titles) -> tuple[str, ...]:
    """The limits, how much risk counts, and what is offered; proposals by their titles."""
    return (
        *_amounts(scenario, currency),
        *_rules(scenario, titles),
        *_ways(scenario),
        *_together(scenario, titles),
        *_further(scenario, currency),
    )


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
        if scenario.worst_share != _WORST:
            yield message("The worst {worst} of the scenarios are told.", worst=percent(scenario.worst_share, 1))
    yield _shrunk(scenario)
    yield message("Pilots are offered.") if scenario.pilots else message("Pilots are not offered.")
    if scenario.latest_start:
        yield message("Starts may be put off by up to {months} months.", months=str(scenario.latest_start))
    else:
        yield message("Everything starts at once.")


def _shrunk(scenario: Scenario) -> str:
    if not scenario.shrunk:
        return message("Estimates count as they are.")
    return joined(" ", [message("Estimates count as much as they are reliable."), *_prior(scenario.prior)])


def _prior(given: GivenPrior) -> Iterator[str]:
    """What was given of such proposals; where nothing was, it is found in them, and told with the figures."""
    if given.prior is None:
        return
    words = {"mean": percent(given.prior.mean), "deviation": percent(given.prior.deviation)}
    if given.origin is PriorOrigin.TRACK_RECORD:
        yield message(
            "What came of {count} decided proposals: {mean} of the money that they move, give or take {deviation}; the mean may be off by {error}.",
            count=str(given.decided), error=percent(given.error or 0.0), **words,
        )  # fmt: skip
    else:
        yield message(
            "Such proposals are said to be worth {mean} of the money that they move, give or take {deviation}.", **words
        )


def _together(scenario: Scenario, titles: Titles) -> Iterator[str]:
    share = percent(scenario.correlation)
    for names in scenario.groups:
        who = listed(map(titles, names))
        yield message(
            "{titles} do well and badly together: as strongly as {correlation}.", titles=who, correlation=share
        )
    if scenario.correlation and not scenario.groups:
        yield message(
            "Sets of proposals would move together as strongly as {correlation}: there is none.", correlation=share
        )
    if scenario.shared_inputs:
        yield message("High or low in all proposals alike: {names}.", names=listed(scenario.shared_inputs))
    if not scenario.same_costs:
        yield message("Cost lines that say the same count as different ones.")


def _further(scenario: Scenario, currency: str) -> Iterator[str]:
    if scenario.price_step is not None:
        yield message("More budget is priced by {amount} in a quarter.", amount=money(scenario.price_step, currency))
    if scenario.proposals:
        many = len(scenario.proposals)
        yield counted(
            "Chosen among {count} proposal that was picked.", "Chosen among {count} proposals that were picked.", many
        )
