"""The charts of an assessment, as data. Pages and exports draw the same ones."""

from __future__ import annotations

from collections.abc import Sequence

from ..assessment import Assessment
from ..text.languages import counted, joined, listed, message
from ..text.wording import bound, compact_money, metric_value, months, percent
from ..value.breakeven import BreakEven, MetricMap
from ..value.results import AlternativeResult
from ..value.simulate import Outcome
from .blocks import (
    Axis,
    Band,
    Bars,
    Figure,
    Heat,
    Line,
    Mark,
    Points,
    Rule,
    Spans,
    Stretch,
)

MOST_SWINGS = 10
_AROUND_THE_BEST = 8
# Where a name changes to the other side of its point, and the room that a name takes, as shares of the chart.
_RIGHT_HALF, _NAME_WIDTH, _NAME_HEIGHT = 0.55, 0.45, 0.09
_RANGE = message("P10 to P90")


def all_figures(assessment: Assessment, units: dict[str, str]) -> list[Figure]:
    """Every chart that the assessment has the figures for. `units` gives each metric's unit."""
    leader = assessment.leader()
    if leader is None or leader.outcome is None:
        return []
    found = [
        npv_distribution(assessment, leader, leader.outcome),
        cash_flow_fan(assessment, leader.outcome),
        tornado(assessment, leader),
        *(
            value_against_metric(assessment, each, units.get(each.metric, "number"))
            for each in assessment.break_even
            if each.index == leader.index
        ),
        metric_map(assessment, assessment.metric_map),
        profit_curve(assessment, leader),
        alternatives_side_by_side(assessment),
    ]
    return [figure for figure in found if figure is not None]


def npv_distribution(assessment: Assessment, result: AlternativeResult, outcome: Outcome) -> Figure:
    """The distribution of NPV, the loss shaded."""
    shares, edges = outcome.histogram
    left, right = edges[:-1].tolist(), edges[1:].tolist()
    tones = ["bad" if (low + high) / 2 < 0 else "main" for low, high in zip(left, right, strict=True)]
    low_money, high_money, mean_money = (
        compact_money(value, assessment.currency) for value in (outcome.npv.p10, outcome.npv.p90, outcome.npv.mean)
    )
    sentence = message(
        "In four cases out of five, {name} is worth between {low} and {high}; the chance that it loses money is {loss}.",
        name=result.name,
        low=low_money,
        high=high_money,
        loss=percent(outcome.probability_of_loss),
    )
    expected = message("Expected {value}", value=mean_money)
    rules = [Rule(outcome.npv.mean, expected, tone="accent")] if outcome.npv.mean is not None else []
    return Figure(
        id="npv",
        title=message("What {name} may be worth", name=result.name),
        sentence=sentence,
        alt=joined(" ", (message("Histogram of net present value, losses in another colour."), sentence)),
        x=Axis(message("Net present value"), "money"),
        y=Axis(message("Share of the simulated futures"), "share"),
        marks=(Bars(left, right, shares.tolist(), tones), Rule(0.0, "", tone="muted"), *rules),
        currency=assessment.currency,
    )


def cash_flow_fan(assessment: Assessment, outcome: Outcome) -> Figure:
    """The running sum of cash by month, with its range."""
    low, middle, high = (row.tolist() for row in outcome.fan)
    timeline = list(range(1, len(middle) + 1))
    back = outcome.payback_months.p50
    sentence = _paid_back(back, compact_money(min(middle), assessment.currency))
    paid = message("Paid back: {time}", time=months(back))
    rules = [Rule(0.0, "", "y"), *([Rule(back, paid, tone="accent")] if back is not None else [])]
    return Figure(
        id="cash_flow",
        title=message("Money spent and earned, month by month"),
        sentence=sentence,
        alt=joined(" ", (message("Running sum of cash flow by month, with the P10 to P90 range."), sentence)),
        x=Axis(message("Months from the start"), "months"),
        y=Axis(message("Running sum, undiscounted"), "money"),
        marks=(Band(_RANGE, timeline, low, high), Line("P50", timeline, middle), *rules),
        currency=assessment.currency,
    )


def _paid_back(back: float | None, deepest: str) -> str:
    if back is None:
        return message(
            "In the middle case the money is not back within the horizon; the deepest point is {deepest}.",
            deepest=deepest,
        )
    return message(
        "In the middle case the money is back after {time}; the deepest point is {deepest}.",
        time=months(back),
        deepest=deepest,
    )


def tornado(assessment: Assessment, result: AlternativeResult) -> Figure | None:
    """The inputs that move NPV most."""
    swings = [each.swing for each in assessment.sensitivity if each.swing.width > 0][:MOST_SWINGS]
    if not swings or assessment.base_npv is None:
        return None
    base, first = assessment.base_npv, swings[0]
    ends = sorted((first.npv_at_p10, first.npv_at_p90))
    sentence = message(
        "{input} matters most: between its P10 and its P90 the value of {name} moves from {low} to {high}.",
        input=first.label,
        name=result.name,
        low=compact_money(ends[0], assessment.currency),
        high=compact_money(ends[1], assessment.currency),
    )
    start = [min(each.npv_at_p10, each.npv_at_p90) for each in swings]
    end = [max(each.npv_at_p10, each.npv_at_p90) for each in swings]
    labels = [_from_to(a, b, assessment.currency) for a, b in zip(start, end, strict=True)]
    return Figure(
        id="tornado",
        title=message("What matters most"),
        sentence=sentence,
        alt=joined(
            " ", (message("Bars of net present value between each input's P10 and P90, longest first."), sentence)
        ),
        x=Axis(message("NPV, all other inputs at P50"), "money"),
        y=Axis(message("Input"), "category"),
        marks=(
            Spans([each.label for each in swings], start, end, ["main"] * len(swings), labels),
            Rule(base, message("All at P50: {value}", value=compact_money(base, assessment.currency)), tone="accent"),
            *([Rule(0.0, "", tone="muted")] if min(start) < 0 < max(end) else []),
        ),
        currency=assessment.currency,
    )


def value_against_metric(assessment: Assessment, each: BreakEven, unit: str) -> Figure:
    """NPV against one technical metric, with break-even, the expected range and the ceiling."""
    xs = each.metric_values.tolist()
    marks: list[Mark] = [
        Band(_RANGE, xs, each.p10.tolist(), each.p90.tolist()),
        Line(message("Expected NPV"), xs, each.mean.tolist()),
        Rule(0.0, "", "y"),
    ]
    low, high = each.expected_range
    if high > low:
        marks.insert(0, Stretch(low, high, message("Expected"), "accent"))
    if each.value is not None:
        marks.append(Rule(each.value, message("Break-even {value}", value=metric_value(each.value, unit)), tone="bad"))
    if each.ceiling is not None:
        ceiling = message("Ceiling {value}", value=metric_value(each.ceiling, unit))
        marks.append(Rule(each.ceiling, ceiling, tone="good"))
    sentence = break_even_sentence(each, unit)
    return Figure(
        id=f"metric_{each.metric}",
        title=message("How good must it be? {metric}", metric=each.title),
        sentence=sentence,
        alt=joined(
            " ", (message("Expected net present value against {metric}, with its range.", metric=each.phrase), sentence)
        ),
        x=Axis(each.title, unit, xs[0], xs[-1]),
        y=Axis(message("Net present value"), "money"),
        marks=tuple(marks),
        currency=assessment.currency,
    )


def break_even_sentence(each: BreakEven, unit: str) -> str:
    """One line: how good it must be, how good it is expected to be, how good anyone can be."""
    return message("{crossing}; {expected}, {ceiling}.", crossing=_crossing(each, unit), **_against(each, unit))


def _against(each: BreakEven, unit: str) -> dict[str, str]:
    known = each.ceiling is not None
    return {
        "expected": message("{value} is expected", value=metric_value(each.expected, unit)),
        "ceiling": message("the ceiling is {value}", value=metric_value(each.ceiling, unit))
        if known
        else message("nobody has given a ceiling"),
    }


def _crossing(each: BreakEven, unit: str) -> str:
    name, metric = each.alternative, each.phrase
    if each.status == "always":
        return message("{name} pays at any {metric}", name=name, metric=metric)
    if each.status == "never":
        return message("{name} pays at no {metric}", name=name, metric=metric)
    if each.status == "several" or each.value is None:
        return message("{name} changes between gain and loss more than once along {metric}", name=name, metric=metric)
    reached = bound(metric_value(each.value, unit), each.better)
    return message("{name} pays from {metric} of {bound}", name=name, metric=metric, bound=reached)


def metric_map(assessment: Assessment, found: MetricMap | None) -> Figure | None:
    """Expected NPV over two metrics, with the line on which it is zero."""
    if found is None:
        return None
    x, y = found.x, found.y
    here = listed(
        joined(" ", (metric.phrase, metric_value(value, metric.quantity.unit)))
        for metric, value in ((y, found.here[1]), (x, found.here[0]))
    )
    sentence = message("Along the line the project is worth nothing; expected are {values}.", values=here)
    about = message(
        "Map of expected net present value over {first} and {second}, with its zero line.",
        first=y.phrase,
        second=x.phrase,
    )
    return Figure(
        id="metric_map",
        title=message("Worth by {first} and {second}", first=y.phrase, second=x.phrase),
        sentence=sentence,
        alt=joined(" ", (about, sentence)),
        x=Axis(x.title, x.quantity.unit, float(found.x_values[0]), float(found.x_values[-1])),
        y=Axis(y.title, y.quantity.unit, float(found.y_values[0]), float(found.y_values[-1])),
        marks=(
            Heat(message("Expected NPV"), found.x_values.tolist(), found.y_values.tolist(), found.npv.tolist()),
            Points([message("Expected")], [found.here[0]], [found.here[1]], ["accent"], [True], [_is_right(found)]),
        ),
        currency=assessment.currency,
    )


def profit_curve(assessment: Assessment, result: AlternativeResult) -> Figure | None:
    """Money per case at each threshold, and the threshold worth most."""
    curve = assessment.operating_curve
    if curve is None:
        return None
    # Where few cases are worth flagging, the rest of the curve would hide the top.
    furthest = min(1.0, _AROUND_THE_BEST * curve.best_flagged) if curve.best_flagged > 0 else 1.0
    shown = curve.flagged <= furthest
    sentence = message(
        "{name} is worth most if you flag {flagged} of the cases: recall {recall} at a false-positive rate of {rate}.",
        name=result.name,
        flagged=percent(curve.best_flagged, 1),
        recall=percent(curve.best_recall, 1),
        rate=percent(curve.best_false_positive_rate, 1),
    )
    return Figure(
        id="profit_curve",
        title=message("Where to set the threshold"),
        sentence=sentence,
        alt=joined(" ", (message("Money per case against the share of the cases that is flagged."), sentence)),
        x=Axis(message("Share of the cases flagged"), "share", 0.0, furthest),
        y=Axis(message("Worth of a case, all inputs at their P50"), "money"),
        marks=(
            Line(message("Worth of a case"), curve.flagged[shown].tolist(), curve.value[shown].tolist()),
            Rule(0.0, "", "y"),
            Rule(curve.best_flagged, message("Flag {share}", share=percent(curve.best_flagged, 1)), tone="good"),
        ),
        currency=assessment.currency,
    )


def alternatives_side_by_side(assessment: Assessment) -> Figure | None:
    """NPV of all alternatives, P10 to P90 with the mean."""
    valued = [(each, each.outcome) for each in assessment.best_first() if each.outcome is not None]
    if not valued:
        return None
    best = max(valued, key=lambda pair: pair[0].expected or 0.0)[0]
    worth = compact_money(best.expected, assessment.currency)
    sentence = (
        message("{name} has the highest expected value, {worth}.", name=best.name, worth=worth)
        if (best.expected or 0.0) > 0
        else message(
            "Nothing beats the status quo: the best, {name}, is expected to be worth {worth}.",
            name=best.name,
            worth=worth,
        )
    )
    figures = [outcome.npv for _, outcome in valued]
    labels = [
        message(
            "{range}, expected {value}",
            range=_from_to(npv.p10, npv.p90, assessment.currency),
            value=compact_money(npv.mean, assessment.currency),
        )
        for npv in figures
    ]
    return Figure(
        id="alternatives",
        title=message("The alternatives side by side"),
        sentence=sentence,
        alt=joined(
            " ", (message("Net present value of each alternative, P10 to P90, with the expected value."), sentence)
        ),
        x=Axis(message("Net present value against the status quo, P10 to P90"), "money"),
        y=Axis(message("Alternative"), "category"),
        marks=(
            Spans(
                [each.name for each, _ in valued],
                [npv.p10 or 0.0 for npv in figures],
                [npv.p90 or 0.0 for npv in figures],
                ["accent" if each is best else "main" for each, _ in valued],
                labels,
                [npv.mean for npv in figures],
            ),
            Rule(0.0, message("Status quo"), tone="muted"),
        ),
        currency=assessment.currency,
    )


def portfolio(rows: Sequence[tuple[str, float, float, str]], currency: str) -> Figure:
    """Value against feasibility: rows of title, feasibility score, expected NPV and recommendation.

    All rows are in one currency.
    """
    tones = {"build": "good", "pilot": "main", "simpler": "accent", "rework": "muted", "stop": "bad"}
    sentence = counted(
        "{count} proposal in {currency}.",
        "{count} proposals in {currency}: the ones worth most and most feasible are at the top right.",
        len(rows),
        currency=currency,
    )
    return Figure(
        id=f"portfolio_{currency.lower()}",
        title=message("Value against feasibility ({currency})", currency=currency),
        sentence=sentence,
        alt=joined(
            " ", (message("Expected net present value against feasibility score, one point a proposal."), sentence)
        ),
        x=Axis(message("Feasibility score"), "share", 0.0, 1.0),
        y=Axis(message("Expected NPV"), "money"),
        marks=(
            Rule(0.0, "", "y"),
            Points(
                [row[0] for row in rows],
                [row[1] for row in rows],
                [row[2] for row in rows],
                [tones.get(row[3], "muted") for row in rows],
                _legible(rows),
                [row[1] > _RIGHT_HALF for row in rows],
            ),
        ),
        currency=currency,
    )


def _is_right(found: MetricMap) -> bool:
    low, high = float(found.x_values[0]), float(found.x_values[-1])
    return found.here[0] > low + _RIGHT_HALF * (high - low)


def _legible(rows: Sequence[tuple[str, float, float, str]]) -> list[bool]:
    """Which points of the portfolio bear their name: the most valuable first, as long as no name covers another."""
    values = [row[2] for row in rows]
    span = (max(values) - min(values)) or 1.0
    kept: list[tuple[float, float]] = []
    shown = [False] * len(rows)
    for number in sorted(range(len(rows)), key=lambda number: -values[number]):
        score, height = rows[number][1], (values[number] - min(values)) / span
        start = score - _NAME_WIDTH if score > _RIGHT_HALF else score
        if all(abs(start - left) > _NAME_WIDTH or abs(height - other) > _NAME_HEIGHT for left, other in kept):
            kept.append((start, height))
            shown[number] = True
    return shown


def _from_to(low: float | None, high: float | None, currency: str) -> str:
    return message("{low} to {high}", low=compact_money(low, currency), high=compact_money(high, currency))
