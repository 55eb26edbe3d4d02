"""How good a model must be, as charts: NPV against one metric and two, and where to set a threshold."""

from __future__ import annotations

from ...assessment import Assessment
from ...text.languages import joined, listed, message
from ...text.wording import bound, metric_value, percent
from ...value.breakeven import BreakEven
from ...value.curves import MetricCurve, MetricMap
from ...value.results import AlternativeResult
from ...vocabulary import BreakEvenStatus, Tone, Unit
from ..blocks import Axis, Band, Figure, Heat, Line, Mark, Points, Rule, Stretch
from .wording import RANGE, RIGHT_HALF, described

_AROUND_THE_BEST = 8


def value_against_metric(assessment: Assessment, curve: MetricCurve, unit: Unit) -> Figure:
    """NPV against one technical metric, with break-even, the expected range and the ceiling."""
    each, xs = curve.break_even, curve.values.tolist()
    held = message("Along the line only this metric changes; every other input keeps its own range.")
    sentence = joined(" ", (break_even_sentence(each, unit), held))
    about = message("Expected net present value against {metric}, with its range.", metric=each.phrase)
    return Figure(
        id=f"metric_{each.metric}",
        title=message("How good must it be? {metric}", metric=each.title),
        sentence=sentence,
        alt=described(about, sentence),
        x=Axis(each.title, unit, xs[0], xs[-1]),
        y=Axis(message("Net present value"), Unit.MONEY),
        marks=(*_expected(each), *_curve(curve, xs), *_bounds(each, unit)),
        currency=assessment.currency,
    )


def _expected(each: BreakEven) -> list[Mark]:
    """The range in which the team expects the metric."""
    low, high = each.expected_range
    return [Stretch(low, high, message("Expected"), Tone.ACCENT)] if high > low else []


def _curve(curve: MetricCurve, xs: list[float]) -> list[Mark]:
    return [
        Band(RANGE, xs, curve.p10.tolist(), curve.p90.tolist()),
        Line(message("Expected NPV"), xs, curve.mean.tolist()),
        Rule(0.0, "", "y"),
    ]


def _bounds(each: BreakEven, unit: Unit) -> list[Mark]:
    """Where it breaks even, and the best that can be hoped for."""
    marks: list[Mark] = []
    if each.value is not None:
        label = message("Break-even {value}", value=metric_value(each.value, unit))
        marks.append(Rule(each.value, label, tone=Tone.BAD))
    if each.ceiling is not None:
        label = message("Ceiling {value}", value=metric_value(each.ceiling, unit))
        marks.append(Rule(each.ceiling, label, tone=Tone.GOOD))
    return marks


def break_even_sentence(each: BreakEven, unit: Unit) -> str:
    """One line: how good it must be, how good it is expected to be, how good anyone can be."""
    return message("{crossing}; {expected}, {ceiling}.", crossing=_crossing(each, unit), **_against(each, unit))


def _against(each: BreakEven, unit: Unit) -> dict[str, str]:
    known = each.ceiling is not None
    return {
        "expected": message("{value} is expected on average", value=metric_value(each.expected, unit)),
        "ceiling": message("the ceiling is {value}", value=metric_value(each.ceiling, unit))
        if known
        else message("nobody has given a ceiling"),
    }


def _crossing(each: BreakEven, unit: Unit) -> str:
    name, metric = each.alternative, each.phrase
    if each.status == BreakEvenStatus.ALWAYS:
        return message("{name} pays at any {metric}", name=name, metric=metric)
    if each.status == BreakEvenStatus.NEVER:
        return message("{name} pays at no {metric}", name=name, metric=metric)
    if each.status == BreakEvenStatus.SEVERAL or each.value is None:
        return message("{name} changes between gain and loss more than once along {metric}", name=name, metric=metric)
    reached = bound(metric_value(each.value, unit), each.better)
    return message("{name} pays from {metric} of {bound}", name=name, metric=metric, bound=reached)


def metric_map(assessment: Assessment) -> Figure | None:
    """Expected NPV over two metrics, with the line on which it is zero."""
    found = assessment.metric_map
    if found is None:
        return None
    x, y = found.x, found.y
    sentence = message("Along the line the project is worth nothing; expected are {values}.", values=_here(found))
    about = message(
        "Map of expected net present value over {first} and {second}, with its zero line.",
        first=y.phrase,
        second=x.phrase,
    )
    return Figure(
        id="metric_map",
        title=message("Worth by {first} and {second}", first=y.phrase, second=x.phrase),
        sentence=sentence,
        alt=described(about, sentence),
        x=Axis(x.title, Unit(x.quantity.unit), float(found.x_values[0]), float(found.x_values[-1])),
        y=Axis(y.title, Unit(y.quantity.unit), float(found.y_values[0]), float(found.y_values[-1])),
        marks=(
            Heat(message("Expected NPV"), found.x_values.tolist(), found.y_values.tolist(), found.npv.tolist()),
            Points([message("Expected")], [found.here[0]], [found.here[1]], [Tone.ACCENT], [True], [_is_right(found)]),
        ),
        currency=assessment.currency,
    )


def _here(found: MetricMap) -> str:
    """The two metrics as the team expects them."""
    pairs = ((found.y, found.here[1]), (found.x, found.here[0]))
    return listed(joined(" ", (metric.phrase, metric_value(value, metric.quantity.unit))) for metric, value in pairs)


def _is_right(found: MetricMap) -> bool:
    low, high = float(found.x_values[0]), float(found.x_values[-1])
    return found.here[0] > low + RIGHT_HALF * (high - low)


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
        alt=described(message("Money per case against the share of the cases that is flagged."), sentence),
        x=Axis(message("Share of the cases flagged"), Unit.SHARE, 0.0, furthest),
        y=Axis(message("Worth of a case, all inputs as expected"), Unit.MONEY),
        marks=(
            Line(message("Worth of a case"), curve.flagged[shown].tolist(), curve.value[shown].tolist()),
            Rule(0.0, "", "y"),
            Rule(curve.best_flagged, message("Flag {share}", share=percent(curve.best_flagged, 1)), tone=Tone.GOOD),
        ),
        currency=assessment.currency,
    )
