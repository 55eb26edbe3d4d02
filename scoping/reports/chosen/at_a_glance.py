"""The few figures of a choice that matter, and how sure it is that no other one is better."""

from __future__ import annotations

from collections.abc import Iterator

from ...portfolio.limits import Limit, LimitKind
from ...portfolio.words import limit_told
from ...text.languages import message
from ...text.wording import amounts, percent
from ..blocks import Bullets, KeyFigure, KeyFigures, Section, bullets, paragraph, section
from .result import LimitNamed, Result, Whole

TITLE = message("At a glance")


def at_a_glance(result: Result, currency: str) -> Section:
    """Value with its range, shortfall, money, how many are done; or which limits conflict."""
    whole = result.whole
    if whole is None:
        return section("glance", TITLE)
    if whole.conflict:
        return conflict(result, whole)
    return section(
        "glance", TITLE, KeyFigures(tuple(_figures(result, whole, currency))),
        paragraph(certainty(whole)), paragraph(_mixed(whole)) if whole.risk_weight > 0 else None,
    )  # fmt: skip


def conflict(result: Result, whole: Whole) -> Section:
    """The fewest limits that cannot be kept together, or, of very many ways, some of which none can be left out."""
    said = message("No choice keeps to all limits. These alone conflict already, so one of them must give way:")
    return section("glance", message("The limits conflict"), paragraph(said), _conflicting(result, whole))


def _conflicting(result: Result, whole: Whole) -> Bullets | None:
    return bullets([limit_said(each, result) for each in whole.conflict])


def limit_said(limit: LimitNamed, result: Result) -> str:
    """A limit in words, proposals by their titles."""
    known = Limit(LimitKind(limit.kind), limit.about, limit.when)
    return limit_told(known, lambda name: result.proposals[name].title if name in result.proposals else name)


def _figures(result: Result, whole: Whole, currency: str) -> Iterator[KeyFigure]:
    takes = sum(each.taken for each in whole.money)
    together = (whole.value, whole.low, whole.high, whole.shortfall, takes)
    value, low, high, shortfall, taken = amounts(together, currency)
    spread = message("P10 {p10}, P90 {p90}", p10=low, p90=high) if whole.low is not None else ""
    yield KeyFigure(message("Expected NPV"), value, spread)
    if whole.shortfall is not None:
        about = message("on average in the worst {share} of the scenarios", share=percent(whole.worst))
        yield KeyFigure(message("Expected shortfall"), shortfall, about)
    yield KeyFigure(message("Money it takes"), taken, message("over all quarters"))
    counted = len(result.done) + len(result.left)
    of_all = message("of {all} that could be chosen", all=str(counted))
    yield KeyFigure(message("Proposals done"), str(len(result.done)), of_all)


def _mixed(whole: Whole) -> str:
    """In what a choice is best that counts risk, and in what its prices are told."""
    return message(
        "The choice has the highest mix of expected NPV ({npv}) and expected shortfall ({risk}). What wider limits are worth, and what another choice would cost, is told in that mix.",
        npv=percent(1 - whole.risk_weight), risk=percent(whole.risk_weight),
    )  # fmt: skip


def certainty(whole: Whole) -> str:
    """Whether the best was proved, or by how much another choice could be better."""
    if whole.gap == 0:
        return message("Proved: no other choice that keeps to the limits is better.")
    return message(
        "The search ended before the best was proved: another choice could be better by {gap} at most.",
        gap=percent(whole.gap, 2),
    )
