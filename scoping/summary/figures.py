"""The charts of an assessment, as data. Pages and exports draw the same ones."""

from __future__ import annotations

from collections.abc import Sequence

from ..assessment import AlternativeResult, Assessment
from ..value.breakeven import BreakEven, MetricMap
from ..value.simulate import Outcome
from ..wording import compact_money, metric_value, months, number, percent
from .blocks import Axis, Band, Bars, Figure, Heat, Line, Mark, Points, Rule, Spans, Stretch

MOST_SWINGS = 10
_AROUND_THE_BEST = 8


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
    money = [
        compact_money(value, assessment.currency) for value in (outcome.npv.p10, outcome.npv.p90, outcome.npv.mean)
    ]
    sentence = (
        f"In four cases out of five, {result.name} is worth between {money[0]} and {money[1]}; "
        f"the chance that it loses money is {percent(outcome.probability_of_loss)}."
    )
    rules = [Rule(outcome.npv.mean, f"Expected {money[2]}", tone="accent")] if outcome.npv.mean is not None else []
    return Figure(
        id="npv",
        title=f"What {result.name} may be worth",
        sentence=sentence,
        alt=f"Histogram of net present value, losses in another colour. {sentence}",
        x=Axis("Net present value", "money"),
        y=Axis("Share of the simulated futures", "share"),
        marks=(Bars(left, right, shares.tolist(), tones), Rule(0.0, "", tone="muted"), *rules),
        currency=assessment.currency,
    )


def cash_flow_fan(assessment: Assessment, outcome: Outcome) -> Figure:
    """The running sum of cash by month, with its range."""
    low, middle, high = (row.tolist() for row in outcome.fan)
    timeline = list(range(1, len(middle) + 1))
    back = outcome.payback_months.p50
    ends = f"after {months(back)}" if back is not None else "not within the horizon"
    deepest = compact_money(min(middle), assessment.currency)
    sentence = f"In the middle case the money is back {ends}; the deepest point is {deepest}."
    rules = [
        Rule(0.0, "", "y"),
        *([Rule(back, f"Paid back: {months(back)}", tone="accent")] if back is not None else []),
    ]
    return Figure(
        id="cash_flow",
        title="Money spent and earned, month by month",
        sentence=sentence,
        alt=f"Running sum of cash flow by month, with the P10 to P90 range. {sentence}",
        x=Axis("Months from the start", "months"),
        y=Axis("Running sum, undiscounted", "money"),
        marks=(Band("P10 to P90", timeline, low, high), Line("P50", timeline, middle), *rules),
        currency=assessment.currency,
    )


def tornado(assessment: Assessment, result: AlternativeResult) -> Figure | None:
    """The inputs that move NPV most."""
    swings = [each.swing for each in assessment.sensitivity if each.swing.width > 0][:MOST_SWINGS]
    if not swings or assessment.base_npv is None:
        return None
    base, first = assessment.base_npv, swings[0]
    ends = sorted((first.npv_at_p10, first.npv_at_p90))
    sentence = (
        f"{first.label} matters most: between its P10 and its P90 the value of {result.name} moves from "
        f"{compact_money(ends[0], assessment.currency)} to {compact_money(ends[1], assessment.currency)}."
    )
    start = [min(each.npv_at_p10, each.npv_at_p90) for each in swings]
    end = [max(each.npv_at_p10, each.npv_at_p90) for each in swings]
    labels = [
        f"{compact_money(a, assessment.currency)} to {compact_money(b, assessment.currency)}"
        for a, b in zip(start, end, strict=True)
    ]
    return Figure(
        id="tornado",
        title="What matters most",
        sentence=sentence,
        alt=f"Bars of net present value between each input's P10 and P90, longest first. {sentence}",
        x=Axis("NPV, all other inputs at P50", "money"),
        y=Axis("Input", "category"),
        marks=(
            Spans([each.label for each in swings], start, end, ["main"] * len(swings), labels),
            Rule(base, f"All at P50: {compact_money(base, assessment.currency)}", tone="accent"),
            *([Rule(0.0, "", tone="muted")] if min(start) < 0 < max(end) else []),
        ),
        currency=assessment.currency,
    )


def value_against_metric(assessment: Assessment, each: BreakEven, unit: str) -> Figure:
    """NPV against one technical metric, with break-even, the expected range and the ceiling."""
    xs = each.metric_values.tolist()
    marks: list[Mark] = [
        Band("P10 to P90", xs, each.p10.tolist(), each.p90.tolist()),
        Line("Expected NPV", xs, each.mean.tolist()),
        Rule(0.0, "", "y"),
    ]
    low, high = each.expected_range
    if high > low:
        marks.insert(0, Stretch(low, high, "Expected", "accent"))
    if each.value is not None:
        marks.append(Rule(each.value, f"Break-even {metric_value(each.value, unit)}", tone="bad"))
    if each.ceiling is not None:
        marks.append(Rule(each.ceiling, f"Ceiling {metric_value(each.ceiling, unit)}", tone="good"))
    sentence = break_even_sentence(each, unit)
    return Figure(
        id=f"metric_{each.metric}",
        title=f"How good must it be? {each.title}",
        sentence=sentence,
        alt=f"Expected net present value against {each.phrase}, with its range. {sentence}",
        x=Axis(each.title, unit, xs[0], xs[-1]),
        y=Axis("Net present value", "money"),
        marks=tuple(marks),
        currency=assessment.currency,
    )


def break_even_sentence(each: BreakEven, unit: str) -> str:
    """One line: how good it must be, how good it is expected to be, how good anyone can be."""
    expected = f"{metric_value(each.expected, unit)} is expected"
    ceiling = (
        "nobody has given a ceiling" if each.ceiling is None else f"the ceiling is {metric_value(each.ceiling, unit)}"
    )
    name = each.phrase
    if each.status == "always":
        return f"{each.alternative} pays at any {name}; {expected}, {ceiling}."
    if each.status == "never":
        return f"{each.alternative} pays at no {name}; {expected}, {ceiling}."
    if each.status == "several" or each.value is None:
        return f"{each.alternative} changes between gain and loss more than once along {name}; {expected}, {ceiling}."
    word = "at least" if each.better == "up" else "at most"
    return f"{each.alternative} pays from {name} of {word} {metric_value(each.value, unit)}; {expected}, {ceiling}."


def metric_map(assessment: Assessment, found: MetricMap | None) -> Figure | None:
    """Expected NPV over two metrics, with the line on which it is zero."""
    if found is None:
        return None
    x, y = found.x, found.y
    here = f"{y.phrase} {metric_value(found.here[1], y.quantity.unit)} and {x.phrase} {metric_value(found.here[0], x.quantity.unit)}"
    sentence = f"Along the line the project is worth nothing; expected are {here}."
    return Figure(
        id="metric_map",
        title=f"Worth by {y.phrase} and {x.phrase}",
        sentence=sentence,
        alt=f"Map of expected net present value over {y.phrase} and {x.phrase}, with its zero line. {sentence}",
        x=Axis(x.title, x.quantity.unit, float(found.x_values[0]), float(found.x_values[-1])),
        y=Axis(y.title, y.quantity.unit, float(found.y_values[0]), float(found.y_values[-1])),
        marks=(
            Heat(found.x_values.tolist(), found.y_values.tolist(), found.npv.tolist()),
            Points(["Expected"], [found.here[0]], [found.here[1]], ["accent"]),
        ),
        currency=assessment.currency,
    )


def profit_curve(assessment: Assessment, result: AlternativeResult) -> Figure | None:
    """Money per case at each threshold, and the threshold worth most."""
    curve = assessment.operating_curve
    if curve is None:
        return None
    best = f"flag {percent(curve.best_flagged, 1)} of the cases"
    # Where few cases are worth flagging, the rest of the curve would hide the top.
    furthest = min(1.0, _AROUND_THE_BEST * curve.best_flagged) if curve.best_flagged > 0 else 1.0
    shown = curve.flagged <= furthest
    sentence = (
        f"{result.name} is worth most if you {best}: recall {percent(curve.best_recall, 1)} "
        f"at a false-positive rate of {percent(curve.best_false_positive_rate, 1)}."
    )
    return Figure(
        id="profit_curve",
        title="Where to set the threshold",
        sentence=sentence,
        alt=f"Money per case against the share of the cases that is flagged. {sentence}",
        x=Axis("Share of the cases flagged", "share", 0.0, furthest),
        y=Axis("Worth of a case, all inputs at their P50", "money"),
        marks=(
            Line("Worth of a case", curve.flagged[shown].tolist(), curve.value[shown].tolist()),
            Rule(0.0, "", "y"),
            Rule(curve.best_flagged, f"Flag {percent(curve.best_flagged, 1)}", tone="good"),
        ),
        currency=assessment.currency,
    )


def alternatives_side_by_side(assessment: Assessment) -> Figure | None:
    """NPV of all alternatives, P10 to P90 with the mean."""
    valued = [(each, each.outcome) for each in assessment.alternatives if each.outcome is not None]
    if not valued:
        return None
    best = max(valued, key=lambda pair: pair[0].expected or 0.0)[0]
    worth = compact_money(best.expected, assessment.currency)
    sentence = (
        f"{best.name} has the highest expected value, {worth}."
        if (best.expected or 0.0) > 0
        else f"Nothing beats the status quo: the best, {best.name}, is expected to be worth {worth}."
    )
    figures = [outcome.npv for _, outcome in valued]
    labels = [
        f"{compact_money(npv.p10, assessment.currency)} to {compact_money(npv.p90, assessment.currency)}, expected {compact_money(npv.mean, assessment.currency)}"
        for npv in figures
    ]
    return Figure(
        id="alternatives",
        title="The alternatives side by side",
        sentence=sentence,
        alt=f"Net present value of each alternative, P10 to P90, with the expected value. {sentence}",
        x=Axis("Net present value against the status quo, P10 to P90", "money"),
        y=Axis("Alternative", "category"),
        marks=(
            Spans(
                [each.name for each, _ in valued],
                [npv.p10 or 0.0 for npv in figures],
                [npv.p90 or 0.0 for npv in figures],
                ["accent" if each is best else "main" for each, _ in valued],
                labels,
                [npv.mean for npv in figures],
            ),
            Rule(0.0, "Status quo", tone="muted"),
        ),
        currency=assessment.currency,
    )


def portfolio(rows: Sequence[tuple[str, float, float, str]], currency: str) -> Figure:
    """Value against feasibility: rows of title, feasibility score, expected NPV and recommendation.

    All rows are in one currency.
    """
    tones = {"build": "good", "pilot": "main", "simpler": "accent", "rework": "muted", "stop": "bad"}
    sentence = (
        f"{number(len(rows), 0)} proposal{'' if len(rows) == 1 else 's'} in {currency}: "
        "the ones worth most and most feasible are at the top right."
    )
    return Figure(
        id=f"portfolio_{currency.lower()}",
        title=f"Value against feasibility ({currency})",
        sentence=sentence,
        alt=f"Expected net present value against feasibility score, one point a proposal. {sentence}",
        x=Axis("Feasibility score", "share", 0.0, 1.0),
        y=Axis("Expected NPV", "money"),
        marks=(
            Rule(0.0, "", "y"),
            Points(
                [row[0] for row in rows],
                [row[1] for row in rows],
                [row[2] for row in rows],
                [tones.get(row[3], "muted") for row in rows],
            ),
        ),
        currency=currency,
    )
