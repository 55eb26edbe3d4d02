"""Limits and what they are worth, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..text.languages import joined, listed, message
from ..text.wording import money, number, percent
from .believing import Belief, Believed
from .candidates import Option
from .limits import Limit, LimitKind
from .piloting import PilotWorth
from .prices import Price

Titles = Callable[[str], str]
"""What a proposal is called, by its name in the portfolio."""

_LIMITS: Mapping[LimitKind, Callable[[Limit, Titles], str]] = {
    LimitKind.BUDGET: lambda limit, _: message("the budget of quarter {quarter}", quarter=_counted(limit)),
    LimitKind.PEOPLE: lambda limit, _: message(
        "{people} in month {month}", people=limit.about[0], month=_counted(limit)
    ),
    LimitKind.AT_ONCE: lambda limit, _: message(
        "how many are worked on at once in month {month}", month=_counted(limit)
    ),
    LimitKind.MUST: lambda limit, titles: message("{name} must be done", name=titles(limit.about[0])),
    LimitKind.MUST_NOT: lambda limit, titles: message("{name} must not be done", name=titles(limit.about[0])),
    LimitKind.NEEDS: lambda limit, titles: message(
        "{name} needs {other} first", name=titles(limit.about[0]), other=titles(limit.about[1])
    ),
    LimitKind.EITHER_OR: lambda limit, titles: message(
        "only one of {names}", names=listed(titles(each) for each in limit.about)
    ),
}  # fmt: skip
_PRICES: Mapping[LimitKind, Callable[[Price, str, str], str]] = {
    LimitKind.BUDGET: lambda price, worth, currency: message(
        "{more} more in quarter {quarter} would be worth {worth}",
        more=money(price.by, currency), quarter=_counted(price.limit), worth=worth,
    ),
    LimitKind.PEOPLE: lambda price, worth, _: message(
        "{more} more {people} from month {month} on would be worth {worth}",
        more=number(price.by), people=price.limit.about[0], month=_counted(price.limit), worth=worth,
    ),
    LimitKind.AT_ONCE: lambda price, worth, _: message(
        "{more} more at once from month {month} on would be worth {worth}",
        more=number(price.by), month=_counted(price.limit), worth=worth,
    ),
}  # fmt: skip
_RUNS: Mapping[LimitKind, Callable[[Price, str, str, str], str]] = {
    LimitKind.BUDGET: lambda price, last, worth, currency: message(
        "{more} more in any one of the quarters {first} to {last} would be worth {worth}",
        more=money(price.by, currency), first=_counted(price.limit), last=last, worth=worth,
    ),
    LimitKind.PEOPLE: lambda price, last, worth, _: message(
        "{more} more {people} from month {first} on, or any later one up to month {last}, would be worth {worth}",
        more=number(price.by), people=price.limit.about[0], first=_counted(price.limit), last=last, worth=worth,
    ),
    LimitKind.AT_ONCE: lambda price, last, worth, _: message(
        "{more} more at once from month {first} on, or any later one up to month {last}, would be worth {worth}",
        more=number(price.by), first=_counted(price.limit), last=last, worth=worth,
    ),
}  # fmt: skip


def limit_told(limit: Limit, titles: Titles = str) -> str:
    """A limit within a sentence."""
    return _LIMITS[limit.kind](limit, titles)


def price_told(price: Price, currency: str) -> str:
    """What a wider limit would be worth, within a sentence."""
    return _PRICES[price.limit.kind](price, money(price.worth, currency), currency)


def prices_told(found: Sequence[Price], currency: str) -> list[str]:
    """The same for several, the dearest first; what is worth the same in months or quarters on end is told once."""
    return [_run_told(each, currency) for each in _runs(found, currency)]


def _runs(found: Sequence[Price], currency: str) -> list[list[Price]]:
    """Prices of one kind that read the same and follow each other in time, in the order of the first of each."""
    alike: dict[tuple[object, ...], list[Price]] = {}
    for each in found:
        key = (each.limit.kind, each.limit.about, each.by, str(money(each.worth, currency)))
        alike.setdefault(key, []).append(each)
    return [run for group in alike.values() for run in _on_end(group)]


def _on_end(group: Sequence[Price]) -> list[list[Price]]:
    runs: list[list[Price]] = []
    for each in sorted(group, key=lambda price: price.limit.when or 0):
        if runs and (each.limit.when or 0) == (runs[-1][-1].limit.when or 0) + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _run_told(run: Sequence[Price], currency: str) -> str:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return price_told(first, currency)
    return _RUNS[first.limit.kind](first, _counted(last.limit), money(first.worth, currency), currency)


def _counted(limit: Limit) -> str:
    """Its quarter or month as people count them, from 1."""
    return str((limit.when or 0) + 1)


def option_told(option: Option) -> str:
    """A way to do a proposal, and when it begins where that is later than at once."""
    if option.start == 0:
        return option.name
    return message("{option}, from month {month} on", option=option.name, month=str(option.start + 1))


def belief_told(belief: Belief, currency: str) -> str:
    """What an expected value is to be believed of what was estimated, within a sentence."""
    error = money(belief.error, currency)
    if belief.value == belief.raw:
        said = message("as estimated, give or take {error}", error=error)
    else:
        said = message(
            "estimated {raw}, give or take {error}; {weight} of what is counted is that, the rest what such are worth",
            raw=money(belief.raw, currency), error=error, weight=percent(belief.weight),
        )  # fmt: skip
    return joined("; ", [said, belief.source])


def prior_told(known: Believed) -> str:
    """Towards what values are shrunk and where that comes from, or why they are not: one or two sentences."""
    if known.prior is None:
        return known.source
    said = message(
        "Such proposals are worth {mean} of the money that they move, give or take {deviation}.",
        mean=percent(known.prior.mean), deviation=percent(known.prior.deviation),
    )  # fmt: skip
    return joined(" ", [said, known.source])


def pilot_told(worth: PilotWorth, currency: str) -> str:
    """What a pilot is worth by itself and for the choice, within a sentence."""
    if worth.net is None:
        return joined(": ", [message("cannot be valued"), worth.why_not]) if worth.why_not else message("not offered")
    parts = [_by_itself(worth, currency)]
    if worth.net > 0 and worth.per_money is not None:
        parts.append(message("{times} for each unit of its cost", times=number(worth.per_money)))
    if worth.net > 0 and worth.per_person_month is not None:
        each = money(worth.per_person_month, currency)
        parts.append(message("{worth} for each month of people who are scarce", worth=each))
    return joined("; ", [*parts, _for_the_choice(worth, currency)])


def _by_itself(worth: PilotWorth, currency: str) -> str:
    gained = worth.net or 0.0
    if gained > 0:
        return message("by itself worth {net} more than to decide today", net=money(gained, currency))
    return message("by itself no better than to decide today ({net})", net=money(gained, currency))


def _for_the_choice(worth: PilotWorth, currency: str) -> str:
    if worth.in_choice is None:
        return message("not offered")
    if worth.in_choice <= 0:
        return message("under these limits it changes nothing")
    return message("under these limits the choice gains {gain} by it", gain=money(worth.in_choice, currency))
