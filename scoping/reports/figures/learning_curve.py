"""How the score rises with the number of labelled rows, as a chart: measured, its spread, break-even and ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from ...document.evidence import LearningCurve
from ...feasibility.evidence.learning import fitted
from ...feasibility.evidence.reach import Reach
from ...text.evidence import metric_title, score, unit_of_metric
from ...text.languages import message
from ...text.wording import compact_money, money, number
from ...vocabulary import Tone, Unit
from ..blocks import Axis, Band, Figure, Line, Mark, Points, Rule
from .wording import RANGE, described

_ROOM = 0.06
_PLACES = 40


@dataclass(frozen=True)
class CurveShown:
    """A curve to draw: at so many rows, the likely score and the bounds of its range.

    `break_even` and `ceiling` are values of what is drawn, where there are any. `measured` has a place for each size
    that was tried. `range_name` says what the range is, `ends` what its two bounds are called.
    """

    metric: str
    unit: Unit
    rows: Sequence[float]
    likely: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    measured: Sequence[tuple[float, float]]
    range_name: str
    ends: tuple[str, str]
    break_even: tuple[float, str] | None = None
    ceiling: tuple[float, str] | None = None


def as_fitted(curve: LearningCurve) -> CurveShown:
    """The power law that agrees with the scores, to four times the largest size, with its 95 % interval.

    Where too few sizes were tried for one, the curve as it was measured.
    """
    shown, fit = as_measured(curve), fitted(curve)
    if fit is None:
        return shown
    rows = np.geomspace(shown.rows[0], 4 * shown.rows[-1], _PLACES)
    ranges = [fit.interval_at(each) for each in rows]
    return replace(
        shown,
        rows=rows.tolist(),
        likely=fit.expected_at(rows).tolist(),
        low=[each.low for each in ranges],
        high=[each.high for each in ranges],
        range_name=message("95% interval"),
        ends=(message("Low end of 95%"), message("High end of 95%")),
    )


def as_measured(curve: LearningCurve) -> CurveShown:
    """The curve as the repetitions of each size came out: their mean, and from the lowest to the highest."""
    points = sorted(curve.points, key=lambda each: each.rows)
    means = [sum(each.scores) / len(each.scores) for each in points]
    return CurveShown(
        metric=metric_title(curve.metric),
        unit=unit_of_metric(curve.metric),
        rows=[float(each.rows) for each in points],
        likely=means,
        low=[min(each.scores) for each in points],
        high=[max(each.scores) for each in points],
        measured=[(float(each.rows), mean) for each, mean in zip(points, means, strict=True)],
        range_name=message("Lowest to highest of the repetitions"),
        ends=(message("Lowest"), message("Highest")),
    )


def in_money(found: Reach, currency: str) -> CurveShown:
    """The curve in money: what each size is worth, the fitted curve with its P10 and P90, and break-even at zero.

    The ceiling is what labels without end would be worth.
    """
    most = 4 * max(each.rows for each in found.points)
    fan = [each for each in found.fan if found.points[0].rows <= each.rows <= most]
    ceiling = None if found.curve is None else found.curve.quantiles_at(inf, (0.5,))[0]
    return CurveShown(
        metric=message("Expected NPV once live"),
        unit=Unit.MONEY,
        rows=[each.rows for each in fan],
        likely=[each.middle for each in fan],
        low=[each.low for each in fan],
        high=[each.high for each in fan],
        measured=[(float(each.rows), each.worth) for each in found.points],
        range_name=RANGE,
        ends=("P10", "P90"),
        break_even=(0.0, money(0.0, currency)),
        ceiling=None if ceiling is None else (ceiling, compact_money(ceiling, currency)),
    )


def learning_curve(shown: CurveShown, sentence: str, currency: str) -> Figure:
    """The chart, with one sentence that says what to see."""
    low, high = _reach(shown)
    sizes = [*shown.rows, *(rows for rows, _ in shown.measured)]
    about = message("{metric} against the number of labelled rows, with its range.", metric=shown.metric)
    return Figure(
        id="learning_curve",
        title=message("{metric} by the number of labelled rows", metric=shown.metric),
        sentence=sentence,
        alt=described(about, sentence),
        x=Axis(
            message("Labelled rows to learn from"),
            Unit.NUMBER,
            0.8 * min(sizes),
            1.25 * max(sizes),
            is_logarithmic=True,
        ),
        y=Axis(shown.metric, shown.unit, low, high),
        marks=(
            Band(shown.range_name, list(shown.rows), list(shown.low), list(shown.high), ends=shown.ends),
            Line(shown.metric, list(shown.rows), list(shown.likely)),
            *_measured(shown),
            *_rules(shown),
        ),
        currency=currency,
    )


def _measured(shown: CurveShown) -> list[Mark]:
    if not shown.measured:
        return []
    xs, ys = [x for x, _ in shown.measured], [y for _, y in shown.measured]
    no = [False] * len(xs)
    return [Points([message("Measured")] * len(xs), xs, ys, [Tone.MAIN] * len(xs), no, no)]


def _rules(shown: CurveShown) -> list[Mark]:
    marks: list[Mark] = []
    if shown.break_even is not None:
        value, said = shown.break_even
        marks.append(Rule(value, message("Break-even {value}", value=said), "y", Tone.BAD))
    if shown.ceiling is not None:
        value, said = shown.ceiling
        marks.append(Rule(value, message("Ceiling {value}", value=said), "y", Tone.GOOD))
    return marks


def _reach(shown: CurveShown) -> tuple[float, float]:
    """From the lowest to the highest that is drawn, with a little room."""
    ruled = [each[0] for each in (shown.break_even, shown.ceiling) if each is not None]
    values = [*shown.low, *shown.high, *ruled, *(y for _, y in shown.measured)]
    room = _ROOM * ((max(values) - min(values)) or 1.0)
    return min(values) - room, max(values) + room


def curve_sentence(curve: LearningCurve) -> str:
    """From where to where the score has come, and where it would end."""
    points = sorted(curve.points, key=lambda each: each.rows)
    first, last = ((sum(each.scores) / len(each.scores)) for each in (points[0], points[-1]))
    return message(
        "{metric}: {first} with {few} labelled rows, {last} with {many}.",
        metric=metric_title(curve.metric),
        first=score(curve.metric, first),
        few=number(points[0].rows, 0),
        last=score(curve.metric, last),
        many=number(points[-1].rows, 0),
    )
