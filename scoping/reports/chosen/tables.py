"""What is done, what is left and why, and what each proposal was counted as: as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...text.languages import joined, message
from ...text.wording import DASH, amount_among, compact_money, money, money_in_list, number, percent
from ..blocks import Paragraph, Section, Table, bullets, paragraph, section
from .result import NO_RATE, PilotOf, ProposalLine, Result, told_text

_REASONS = {
    NO_RATE: message("nobody said what its currency is worth; set a rate in Settings"),
}
_WITHOUT_FIGURES = message("nothing in it can be valued yet")
_GROUPS = {NO_RATE: message("Nobody said what the currency is worth; set a rate in Settings")}
# What rounds to all of it, in per cent.
_ALL = 0.995
# A range that is narrower than this share of its end is one amount.
_PROVED = 0.01
_GROUP_WITHOUT_FIGURES = message("Nothing can be valued yet")


def done(result: Result, currency: str) -> Section:
    """What is done of which proposal, and when."""
    lines = [*result.done.values()]
    write = _writer([each.value for each in lines] + [sum(each.money) for each in lines], currency)
    rows = tuple(
        (each.title, each.way, str(each.start + 1), str(each.end), write(each.value), write(sum(each.money)))
        for each in lines
    )
    columns = (
        message("Proposal"),
        message("What is done"),
        message("From month"),
        message("To month"),
        message("Expected NPV"),
        message("Money"),
    )
    nothing = paragraph(message("Nothing is chosen: nothing that keeps to the limits is worth more than nothing."))
    numbers = (
        (2, tuple(each.start + 1.0 for each in lines)),
        (3, tuple(float(each.end) for each in lines)),
        (4, tuple(each.value for each in lines)),
        (5, tuple(sum(each.money) for each in lines)),
    )
    table = Table("", columns, rows, frozenset({2, 3, 4, 5}), numbers) if rows else nothing
    is_told = not (result.whole and result.whole.conflict) and bool(result.proposals)
    return section("done", message("What is done"), table if is_told else None)


def left(result: Result, currency: str) -> Section:
    """What is left, what it would be worth, and what it would cost to do it all the same."""
    lines = [*result.left.values()] if not (result.whole and result.whole.conflict) else []
    write = _writer((each.value for each in lines), currency)
    rows = tuple((each.title, write(each.value), why(each, currency)) for each in lines)
    columns = (message("Proposal"), message("Expected NPV"), message("Why it is left"))
    numbers = ((1, tuple(each.value for each in lines)),)
    table = Table("", columns, rows, frozenset({1}), numbers) if rows else None
    return section("left", message("What is left"), table)


def why(line: ProposalLine, currency: str) -> str:
    """Why a proposal is left."""
    if line.value is not None and line.value <= 0:
        return message("It is worth no more than leaving things as they are.")
    if line.is_forced:
        return message("The limits leave no room for it, whatever else is left.")
    if line.force is None:
        return message("What else fits under the limits is worth more.")
    cost, least = money(line.force, currency), money(line.force_least or 0.0, currency)
    if line.force_least is None or line.force - line.force_least <= _PROVED * line.force:
        return message("What else fits is worth more: to do it all the same would cost {cost}.", cost=cost)
    return message(
        "To do it all the same would cost {least} to {cost}: what else fits is worth more.", least=least, cost=cost
    )


def not_counted(result: Result) -> Section:
    """What has no figures, and why: each reason once, with the proposals that it is about."""
    by_reason: dict[str, list[str]] = {}
    for each in result.not_counted.values():
        by_reason.setdefault(_GROUPS.get(each.not_counted, _GROUP_WITHOUT_FIGURES), []).append(each.title)
    said = [joined(": ", (why, joined("; ", titles))) for why, titles in by_reason.items()]
    return section("not_counted", message("Not counted"), bullets(said))


def reason_of(line: ProposalLine) -> str:
    """Why a proposal is not counted; nothing where it is."""
    return "" if line.is_counted else _REASONS.get(line.not_counted, _WITHOUT_FIGURES)


def values(result: Result, currency: str) -> Section:
    """What each proposal says of itself, and what the choice counted, with the reason."""
    lines = [each for each in (*result.done.values(), *result.left.values()) if each.counted is not None]
    write = _writer([each.estimate for each in lines] + [each.counted for each in lines], currency)
    rows = tuple(
        (each.title, write(each.estimate), write(each.counted), counted_as(each), told_text(each.source))
        for each in lines
    )
    columns = (
        message("Proposal"),
        message("Its own estimate"),
        message("Counted as"),
        message("How it is counted"),
        message("How sure its estimate is"),
    )
    about = message(
        "Who picks the best of many estimates picks what was estimated too high. So each estimate counts the less, the less sure it is."
    )
    numeric = frozenset({1, 2})
    numbers = ((1, tuple(each.estimate for each in lines)), (2, tuple(each.counted for each in lines)))
    said = told_text(result.whole.source) if result.whole else ""
    blocks = (paragraph(about), paragraph(said), Table("", columns, rows, numeric, numbers))
    return section("values", message("Estimates, and what they count as"), *(blocks if rows else ()))


def counted_as(line: ProposalLine) -> str:
    """How much of what is counted is a proposal's own estimate, in words."""
    if line.weight is None:
        return DASH
    if line.weight >= _ALL or line.value == line.estimate:
        return message("as it was estimated")
    if line.weight < 1 - _ALL:
        return message("as much as such proposals are worth")
    share, rest = percent(line.weight), percent(1 - line.weight)
    return message("{share} its own estimate, {rest} what such proposals are worth", share=share, rest=rest)


def pilots(result: Result, currency: str) -> Section:
    """Which pilots to run first: what each gains under the limits, and for each unit of money and of people."""
    found = (result.whole.pilots if result.whole else None) or ()
    rows = tuple(_pilot(place, each, result, currency) for place, each in enumerate(found, start=1))
    columns = (
        message("Place"),
        message("Pilot of"),
        message("Gain under these limits"),
        message("Its proposal is worth more by"),
        message("For each unit of its cost"),
        message("For each month of scarce people"),
    )
    about = message(
        "The first gains most for the whole choice; a pilot that frees nothing and changes nothing gains 0."
    )
    numbers = (
        (0, tuple(map(float, range(1, len(rows) + 1)))),
        (2, tuple(each.gain for each in found)),
        (3, tuple(each.net for each in found)),
        (4, tuple(each.per_money for each in found)),
        (5, tuple(each.per_month for each in found)),
    )
    table = Table("", columns, rows, frozenset({0, 2, 3, 4, 5}), numbers)
    blocks = (paragraph(about), _unproved(found, currency), table)
    return section("pilots", message("Which pilots first"), *(blocks if rows else ()))


def _unproved(found: Sequence[PilotOf], currency: str) -> Paragraph | None:
    """By how much gains could be larger, where the search ended before that was proved."""
    most = max((_more(each) for each in found), default=0.0)
    if most == 0:
        return None
    said = message(
        "Where the search ended before it was proved, a gain could be larger, by {most} at most.",
        most=compact_money(most, currency),
    )
    return paragraph(said)


def _more(pilot: PilotOf) -> float:
    if pilot.gain is None or pilot.gain_most is None:
        return 0.0
    more = pilot.gain_most - pilot.gain
    return more if more > _PROVED * max(pilot.gain, 1.0) else 0.0


def _pilot(place: int, pilot: PilotOf, result: Result, currency: str) -> tuple[str, ...]:
    line = result.proposals.get(pilot.proposal)
    title = line.title if line else pilot.proposal
    if pilot.gain is None and pilot.why_not:
        return (str(place), title, told_text(pilot.why_not), DASH, DASH, DASH)
    amounts = (money_in_list(each, currency) for each in (pilot.gain, pilot.net))
    ratio = DASH if pilot.per_money is None else number(pilot.per_money)
    return (str(place), title, *amounts, ratio, money_in_list(pilot.per_month, currency))


def share_said(share: float | None) -> str:
    """A share of scenarios in a list."""
    return DASH if share is None else percent(share)


def _writer(values: Iterable[float | None], currency: str) -> Callable[[float | None], str]:
    """How amounts of one table are written: all in one precision; a dash where there is none."""
    write = amount_among([each for each in values if each is not None], currency)
    return lambda value: DASH if value is None else write(value)
