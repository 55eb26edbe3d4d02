"""The reference classes of the outside view, published and own, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ..document.own_classes import OwnFactor
from ..value.outside_view import ReferenceClass
from ..vocabulary import OutsideViewClass, Overrun
from .languages import joined, message
from .wording import day, number, percent

OVERRUNS: dict[Overrun, str] = {
    Overrun.COST: message("Build cost"),
    Overrun.TIME: message("Build time"),
    Overrun.BENEFIT: message("Gain"),
}
"""What own projects came to is a factor on one of these."""

TITLES: dict[OutsideViewClass, str] = {
    OutsideViewClass.IT_PROJECTS: message("IT projects, 1 in 6 a black swan"),
    OutsideViewClass.GREEN_BOOK_UPPER: message("UK Green Book, equipment and development, upper bound"),
    OutsideViewClass.GREEN_BOOK_LOWER: message("UK Green Book, equipment and development, lower bound"),
}


def sentence(reference: ReferenceClass) -> str:
    """What the class says, in words."""
    if not reference.tail:
        return message(
            "One-off costs are {cost} above the plan, build times {months}.",
            cost=percent(reference.cost - 1),
            months=percent(reference.months - 1),
        )
    return message(
        "One build in {every} costs {cost} more than planned and takes {months} longer; over all builds the mean overrun is {mean}.",
        every=number(1 / reference.tail, 0),
        cost=percent(reference.tail_cost - 1),
        months=percent(reference.tail_months - 1),
        mean=percent(reference.mean_cost - 1),
    )


def own_sentence(own: Sequence[OwnFactor]) -> str:
    """Whose class it is, in words."""
    return message(
        "The organisation's own projects, as of {day}: what came over the P50 that was signed.",
        day=day(max(each.as_of for each in own)),
    )


def factors_said(each: OwnFactor) -> str:
    """P10, P50 and P90 of the factor."""
    return joined(" · ", [number(factor, 2) for factor in each.factors])


def rests_on(each: OwnFactor) -> str:
    """How much the own projects count, and what counts for the rest."""
    weight = percent(each.weight)
    if each.blended_with is not None:
        return message("own {weight}, the rest: {published}", weight=weight, published=TITLES[each.blended_with])
    if each.weight < 1:
        return message("own {weight}, the rest: no change (nothing published)", weight=weight)
    return message("alone")


def projects_said(each: OwnFactor) -> str:
    """On how many own projects it rests, and of how many more only the least is known."""
    if not each.unfinished:
        return str(each.count)
    return message("{count}, and {unfinished} not finished", count=str(each.count), unfinished=str(each.unfinished))


def factor_line(each: OwnFactor) -> str:
    """What own projects came to, of one thing, in one line."""
    words = {
        "what": OVERRUNS[each.what],
        "factors": factors_said(each),
        "count": str(each.count),
        "unfinished": str(each.unfinished),
        "rests_on": rests_on(each),
    }
    if each.unfinished:
        return message(
            "{what}: {factors} times what was signed (P10 · P50 · P90; {count} own projects, and the least of {unfinished} that were given up or go on; {rests_on})",
            **words,
        )
    del words["unfinished"]
    return message(
        "{what}: {factors} times what was signed (P10 · P50 · P90; {count} own projects; {rests_on})", **words
    )
