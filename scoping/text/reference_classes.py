"""The published reference classes of the outside view, in words."""

from __future__ import annotations

from ..value.outside_view import ReferenceClass
from ..vocabulary import OutsideViewClass
from .languages import message
from .wording import number, percent

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
