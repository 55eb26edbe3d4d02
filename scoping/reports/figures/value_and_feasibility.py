"""Many proposals in one chart: what each is worth against how feasible it is."""

from __future__ import annotations

from collections.abc import Sequence

from ...text.languages import counted, message
from ...verdict import RECOMMENDATIONS
from ...vocabulary import Recommendation, Tone, Unit
from ..blocks import Axis, Figure, Points, Rule
from .wording import RIGHT_HALF, described

_TONES = {
    Recommendation.BUILD: Tone.GOOD,
    Recommendation.PILOT: Tone.MAIN,
    Recommendation.SIMPLER: Tone.ACCENT,
    Recommendation.REWORK: Tone.MUTED,
    Recommendation.STOP: Tone.BAD,
}
# The room that a name takes, as shares of the chart.
_NAME_WIDTH, _NAME_HEIGHT = 0.45, 0.09


def portfolio(rows: Sequence[tuple[str, float, float, str]], currency: str) -> Figure:
    """Value against feasibility: rows of title, feasibility score, expected NPV and recommendation.

    All rows are in one currency.
    """
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
        alt=described(message("Expected net present value against feasibility score, one point a proposal."), sentence),
        x=Axis(message("Feasibility score"), Unit.SHARE, 0.0, 1.0),
        y=Axis(message("Expected NPV"), Unit.MONEY),
        marks=(
            Rule(0.0, "", "y"),
            Points(
                [row[0] for row in rows],
                [row[1] for row in rows],
                [row[2] for row in rows],
                [_TONES[Recommendation(row[3])] for row in rows],
                _legible(rows),
                [row[1] > RIGHT_HALF for row in rows],
                [RECOMMENDATIONS[row[3]] for row in rows],
            ),
        ),
        currency=currency,
    )


def _legible(rows: Sequence[tuple[str, float, float, str]]) -> list[bool]:
    """Which points of the portfolio bear their name: the most valuable first, as long as no name covers another."""
    values = [row[2] for row in rows]
    span = (max(values) - min(values)) or 1.0
    kept: list[tuple[float, float]] = []
    shown = [False] * len(rows)
    for number in sorted(range(len(rows)), key=lambda number: -values[number]):
        score, height = rows[number][1], (values[number] - min(values)) / span
        start = score - _NAME_WIDTH if score > RIGHT_HALF else score
        if all(abs(start - left) > _NAME_WIDTH or abs(height - other) > _NAME_HEIGHT for left, other in kept):
            kept.append((start, height))
            shown[number] = True
    return shown
