"""What asks for somebody's attention: a metric below break-even, a guardrail or a condition broken, a range left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..assess import appraise
from ..assessment import Appraisal
from ..document.paths import Path
from ..document.proposal import Proposal
from ..text.languages import message
from ..text.wording import metric_value, money, months
from ..value.breakeven import BreakEven
from ..vocabulary import ActualKind, Better, BreakEvenStatus
from .actuals import Actual, Actuals
from .comparing import Fact, Position, compared
from .intervals import is_share_of_cases, wilson
from .places import index_of


class Watch(StrEnum):
    """What a signal is about."""

    BREAK_EVEN = "break_even"
    GUARDRAIL = "guardrail"
    CONDITION = "condition"
    OVERRUN = "overrun"


@dataclass(frozen=True)
class Signal:
    """One thing that needs attention: where, since which month, the value and its limit, and the reason in words.

    `is_sure` is False for a metric that may be on the other side of its break-even by the chance of its sample.
    """

    watch: Watch
    path: Path
    title: str
    month: int
    value: float
    limit: float | None
    reason: str
    is_sure: bool = True


def watched(
    proposal: Proposal,
    actuals: Actuals,
    month: int | None = None,
    conditions: Sequence[str] = (),
    appraisal: Appraisal | None = None,
) -> list[Signal]:
    """What needs attention at the end of a month (None: now), by the latest value of each place.

    `appraisal` is that of the signed revision, where it is there already. Raises DocumentRefused.
    """
    index = index_of(proposal, actuals.alternative)
    facts = compared(proposal, actuals, month, conditions)
    metrics = [each for each in facts if each.kind is ActualKind.METRIC]
    evens = (appraisal or appraise(proposal)).break_even if metrics else ()
    by_name = {each.metric: each for each in evens if each.index == index}
    found = [_of_metric(each, by_name.get(each.path.last)) for each in metrics]
    others = [signal for each in facts for signal in _of(each, proposal.currency)]
    return [*(each for each in found if each is not None), *others]


def fails(value: float, limit: float, better: Better) -> bool:
    """Whether a value is on the losing side of its break-even."""
    return value < limit if better is Better.UP else value > limit


def _of_metric(fact: Fact, even: BreakEven | None) -> Signal | None:
    """The latest value against the break-even of the signed revision."""
    if even is None or not fact.entries:
        return None
    latest = fact.entries[-1]
    unit = fact.unit
    if even.value is None:
        if even.status is not BreakEvenStatus.NEVER:
            return None
        reason = message("{metric}: no value of it pays at the signed figures", metric=fact.title)
        return Signal(Watch.BREAK_EVEN, fact.path, fact.title, latest.month, latest.value, None, reason)
    if not fails(latest.value, even.value, even.better):
        return None
    words = {"metric": fact.title, "value": metric_value(latest.value, unit), "limit": metric_value(even.value, unit)}
    said = (
        message(
            "{metric} was {value} in month {month}: below its break-even of {limit}, the project loses money",
            **words,
            month=str(latest.month),
        )
        if even.better is Better.UP
        else message(
            "{metric} was {value} in month {month}: above its break-even of {limit}, the project loses money",
            **words,
            month=str(latest.month),
        )
    )
    sure = _is_sure(fact, latest, even)
    return Signal(Watch.BREAK_EVEN, fact.path, fact.title, latest.month, latest.value, even.value, said, sure)


def _is_sure(fact: Fact, latest: Actual, even: BreakEven) -> bool:
    """A share that was measured on few cases may be below by chance."""
    if not latest.cases or even.value is None or fact.quantity is None or not is_share_of_cases(fact.quantity):
        return True
    low, high = wilson(latest.value * latest.cases, latest.cases)
    return high < even.value if even.better is Better.UP else low > even.value


def _of(fact: Fact, currency: str) -> Iterator[Signal]:
    match fact.kind:
        case ActualKind.GUARDRAIL if fact.actual == 0:
            reason = message("A guardrail is broken: {what}", what=fact.title)
            yield _plain(Watch.GUARDRAIL, fact, reason)
        case ActualKind.CONDITION if fact.actual == 0:
            reason = message("A condition of the decision is broken: {what}", what=fact.title)
            yield _plain(Watch.CONDITION, fact, reason)
        case ActualKind.COST | ActualKind.TIME if fact.position is Position.ABOVE and fact.signed:
            yield _overrun(fact, fact.signed.p90, currency)


def _plain(watch: Watch, fact: Fact, reason: str) -> Signal:
    return Signal(watch, fact.path, fact.title, fact.entries[-1].month, fact.actual or 0.0, None, reason)


def _overrun(fact: Fact, limit: float, currency: str) -> Signal:
    """More than the P90 that was signed; what is not over yet will be more still."""
    assert fact.actual is not None
    told = [months(each) if fact.kind is ActualKind.TIME else money(each, currency) for each in (fact.actual, limit)]
    words = {"what": fact.title, "value": told[0], "limit": told[1]}
    if fact.at_least:
        reason = message("{what}: {value} so far, more than the {limit} that were signed as its P90", **words)
    else:
        reason = message("{what}: {value}, more than the {limit} that were signed as its P90", **words)
    month = fact.entries[-1].month if fact.entries else fact.months
    return Signal(Watch.OVERRUN, fact.path, fact.title, month, fact.actual, limit, reason)
