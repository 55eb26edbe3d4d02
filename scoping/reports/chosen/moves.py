"""How a choice moves: with the budget, with how much risk counts, with luck; and what wider limits are worth."""

from __future__ import annotations

from collections.abc import Sequence

from ...portfolio.limits import Limit, LimitKind
from ...portfolio.prices import Price
from ...portfolio.words import prices_told
from ...text.languages import as_sentence, message
from ...text.wording import compact_money, percent
from ...vocabulary import Tone, Unit
from ..blocks import (
    Axis,
    Bullets,
    Figure,
    Line,
    Paragraph,
    Points,
    Rule,
    Section,
    Spans,
    Table,
    bullets,
    paragraph,
    section,
)
from ..figures.wording import described
from .result import BudgetPoint, PriceOf, ProposalLine, Result, RiskPoint, Whole
from .tables import share_said

_MOST_BARS = 40
_ALMOST_ALWAYS, _SELDOM = 0.8, 0.2
_SAME = 1e-6
# What rounds to no hundredth of a per cent.
_PROVED = 0.00005
_NEXT = 0.08


def moves(result: Result, currency: str) -> tuple[Section, ...]:
    """Both frontiers as charts, and the limits that are worth widening; what nobody asked for is empty."""
    whole = Whole() if result.whole is None or result.whole.conflict else result.whole
    budget = by_budget(whole.by_budget, currency) if whole.by_budget else None
    risk = by_risk(whole.by_risk, currency) if whole.by_risk else None
    alike = paragraph(message("However much risk counts, the choice is the same.")) if whole.by_risk else None
    return (
        section("by_budget", message("How the value moves with the budget"), budget, _gap(whole.by_budget or ())),
        section("by_risk", message("How the value moves with risk"), risk or alike, _gap(whole.by_risk or ())),
        section("prices", message("What wider limits would be worth"), prices(whole.prices, currency)),
    )


def _gap(points: Sequence[BudgetPoint | RiskPoint]) -> Paragraph | None:
    """By how much a choice could be better at one of the points, where the search ended before it was proved."""
    gap = max((each.gap for each in points), default=0.0)
    if gap < _PROVED:
        return None
    return paragraph(
        message(
            "Not every point is proved to be the best: the search ended before. Another choice could be better by {gap} at most.",
            gap=percent(gap, 2),
        )
    )


def by_budget(points: Sequence[BudgetPoint], currency: str) -> Figure | None:
    """Value against budget; where the limits conflict there is no point."""
    known = [(each.money, each.value) for each in points if each.value is not None]
    if len({money for money, _ in known}) < 2:
        return None
    sentence = _budget_said(points, currency)
    about = message("Expected net present value of the choice against the budget of all quarters.")
    now = [Rule(each.money, message("budget as set")) for each in points if each.share == 1]
    line = Line(message("Expected NPV"), [each[0] for each in known], [each[1] for each in known])
    return Figure(
        id="value_by_budget",
        title=message("Value against budget"),
        sentence=sentence,
        alt=described(about, sentence),
        x=Axis(message("Budget of all quarters"), Unit.MONEY),
        y=Axis(message("Expected NPV"), Unit.MONEY),
        marks=(*now, line),
        currency=currency,
    )


def _budget_said(points: Sequence[BudgetPoint], currency: str) -> str:
    here = next((each for each in points if each.share == 1 and each.value is not None), None)
    known = [each for each in points if each.value is not None]
    last = known[-1]
    if here is None or here.value is None or last.value is None or last.share <= 1:
        return message("What the best choice would be worth with other budgets.")
    more = last.value - here.value
    if more <= _SAME * max(abs(here.value), 1.0):
        return message("More money would add nothing: something else is short, or nothing else is worth it.")
    return message(
        "With {share} of the budget the best choice would be worth {more} more.",
        share=percent(last.share), more=compact_money(more, currency),
    )  # fmt: skip


def by_risk(points: Sequence[RiskPoint], currency: str) -> Figure | None:
    """Value against shortfall, a point for each weight of risk."""
    known = [(each.weight, each.value, each.shortfall) for each in points if each.shortfall is not None]
    apart = {(round(value, 2), round(shortfall, 2)) for _, value, shortfall in known}
    if len(apart) < 2:
        return None
    ends = known[0], known[-1]
    sentence = message(
        "To expect {less} less in all makes the worst scenarios better by {safer} on average.",
        less=compact_money(ends[0][1] - ends[1][1], currency),
        safer=compact_money(ends[1][2] - ends[0][2], currency),
    )
    about = message("Expected net present value against the mean of the worst scenarios, a point for each weight.")
    names = [percent(weight) for weight, _, _ in known]
    xs, ys = [each[2] for each in known], [each[1] for each in known]
    return Figure(
        id="value_by_risk",
        title=message("Value against risk"),
        sentence=sentence,
        alt=described(about, sentence),
        x=Axis(message("Expected shortfall"), Unit.MONEY),
        y=Axis(message("Expected NPV"), Unit.MONEY),
        marks=(
            Line(message("Expected NPV"), xs, ys, Tone.MUTED),
            Points(names, xs, ys, [Tone.MAIN] * len(xs), _with_room(xs, ys), [False] * len(xs)),
        ),
        currency=currency,
    )


def _with_room(xs: Sequence[float], ys: Sequence[float]) -> list[bool]:
    """Which points bear their name: of those next to each other, the first one."""
    wide, high = (max(each) - min(each) or 1.0 for each in (xs, ys))
    named: list[tuple[float, float]] = []
    found = []
    for x, y in zip(xs, ys, strict=True):
        has_room = all(abs(x - one) > _NEXT * wide or abs(y - other) > _NEXT * high for one, other in named)
        found.append(has_room)
        named += [(x, y)] if has_room else []
    return found


def prices(found: Sequence[PriceOf] | None, currency: str) -> Bullets | None:
    """What wider limits would be worth, the dearest first; that none would be is said too."""
    if found is None:
        return None
    if not found:
        return bullets([message("A little more of any limit would be worth nothing.")])
    return bullets([as_sentence(each) for each in prices_told([*map(_price, found)], currency)])


def _price(price: PriceOf) -> Price:
    return Price(Limit(LimitKind(price.limit.kind), price.limit.about, price.limit.when), price.by, price.worth)


def often(result: Result) -> Section:
    """In what share of the scenarios each proposal would have been chosen by who knows how they turn out."""
    title = message("How often each would be chosen")
    lines = [each for each in (*result.done.values(), *result.left.values()) if each.right is not None]
    if not lines:
        return section("often", title)
    drawn = _worth_drawing(lines)
    return section("often", title, _often(drawn, _often_said(lines)), _every_share(lines) if drawn != lines else None)


def _worth_drawing(lines: list[ProposalLine]) -> list[ProposalLine]:
    """All, where they are few; of many, those that are done, and of the others those that are right most often."""
    if len(lines) <= _MOST_BARS:
        return lines
    others = sorted((each for each in lines if not each.is_done and each.right), key=lambda each: -(each.right or 0.0))
    return [*(each for each in lines if each.is_done), *others][:_MOST_BARS]


def _every_share(lines: Sequence[ProposalLine]) -> Table:
    rows = tuple((each.title, share_said(each.right)) for each in lines)
    columns = (message("Proposal"), message("Share of the scenarios"))
    numbers = ((1, tuple(each.right for each in lines)),)
    return Table(message("All of them"), columns, rows, frozenset({1}), numbers)


def _often(lines: Sequence[ProposalLine], sentence: str) -> Figure:
    about = message("For each proposal the share of the scenarios in which it would be chosen.")
    return Figure(
        id="often",
        title=message("Share of the scenarios in which it would be chosen"),
        sentence=sentence,
        alt=described(about, sentence),
        x=Axis(message("Share of the scenarios"), Unit.SHARE, 0.0, 1.0),
        y=Axis(message("Proposal"), Unit.CATEGORY),
        marks=(
            Spans(
                [each.title for each in lines],
                [0.0] * len(lines),
                [each.right or 0.0 for each in lines],
                [Tone.MAIN if each.is_done else Tone.MUTED for each in lines],
                [share_said(each.right) for each in lines],
            ),
        ),
        currency="",
    )


def _often_said(lines: Sequence[ProposalLine]) -> str:
    sure = sum(each.is_done and (each.right or 0) >= _ALMOST_ALWAYS for each in lines)
    weak = sum(each.is_done and (each.right or 0) <= _SELDOM for each in lines)
    return message(
        "Of what is done, {sure} would be right in at least four of five scenarios, {weak} in at most one of five.",
        sure=str(sure), weak=str(weak),
    )  # fmt: skip
