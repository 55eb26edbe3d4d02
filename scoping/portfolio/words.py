"""Limits and what they are worth, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..text.languages import listed, message
from ..text.wording import money, number
from .limits import Limit, LimitKind
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


def limit_told(limit: Limit, titles: Titles = str) -> str:
    """A limit within a sentence."""
    return _LIMITS[limit.kind](limit, titles)


def price_told(price: Price, currency: str) -> str:
    """What a wider limit would be worth, within a sentence."""
    return _PRICES[price.limit.kind](price, money(price.worth, currency), currency)


def _counted(limit: Limit) -> str:
    """Its quarter or month as people count them, from 1."""
    return str((limit.when or 0) + 1)
