"""What evidence from data shows of an alternative in money, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ..feasibility.evidence.reach import Labels, Reach
from .languages import message
from .wording import chance, compact_money, number, percent


def reach_said(found: Reach, currency: str) -> tuple[str, ...]:
    """What it would be worth as measured, how likely it breaks even, and how many labels that takes."""
    return tuple(_sentences(found, currency))


def curve_said(found: Reach, currency: str) -> str:
    """What there is to see of the learning curve in money: from where to where, and where break-even is."""
    first, last = found.points[0], found.points[-1]
    return message(
        "{name} would be worth {low} once live with {few} labelled rows, {high} with {many}; break-even is at zero.",
        name=_called(found),
        low=compact_money(first.worth, currency),
        few=number(first.rows, 0),
        high=compact_money(last.worth, currency),
        many=number(last.rows, 0),
    )


def _called(found: Reach) -> str:
    """The alternative, with the part of its work that was measured where it has several."""
    if found.part is None:
        return found.alternative
    return message("{alternative} ({part})", alternative=found.alternative, part=found.part.title)


def _sentences(found: Reach, currency: str) -> Iterator[str]:
    yield _worth(found, currency)
    if found.curve is None:
        yield message(
            "With the quality that was measured, the chance that {name} breaks even is {chance}.",
            name=_called(found),
            chance=chance(found.chance_now),
        )
        return
    yield message(
        "The chance that {name} breaks even is {now} with the {labels} labels that there are, and {ever} with labels without end.",
        name=_called(found),
        now=chance(found.chance_now),
        labels=number(found.labels_now, 0),
        ever=chance(found.chance_ever),
    )
    if found.flattens:
        yield message("The learning curve flattens below break-even: more labels of this kind will not do.")
    else:
        yield from (_labels(each, currency) for each in found.labels if each.rows is not None and each.more)


def _worth(found: Reach, currency: str) -> str:
    values = {"name": _called(found), "source": found.source, "worth": compact_money(found.worth, currency)}
    if found.chosen_share is None:
        return message("As measured on “{source}”, {name} would be worth {worth} once it is live.", **values)
    return message(
        "As measured on “{source}”, {name} would be worth {worth} once it is live, with the threshold that is worth most: it chooses {share} of the cases.",
        **values,
        share=percent(found.chosen_share, 1),
    )


def _labels(found: Labels, currency: str) -> str:
    said = {"chance": percent(found.chance), "rows": number(found.rows, 0), "more": number(found.more, 0)}
    if found.cost is None:
        return message("Break-even is {chance} likely with {rows} labels, {more} more than there are.", **said)
    return message(
        "Break-even is {chance} likely with {rows} labels, {more} more than there are, for {cost}.",
        **said,
        cost=compact_money(found.cost, currency),
    )
