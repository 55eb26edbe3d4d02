"""Judgements as charts, as data: what one person's three numbers look like, and several people's side by side."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...document.estimate import Estimate, quantile_function
from ...document.fields import Quantity
from ...document.specs import Spec
from ...text.grammar import Grammar
from ...text.judging import range_in_unit
from ...text.languages import message
from ...value.pool import pooled
from ...vocabulary import Tone, Unit
from ..blocks import Axis, Bars, Figure, Rule, Spans
from .wording import described

_POINTS = (np.arange(4_000) + 0.5) / 4_000
# Bars between P10 and P90, and the most that stand on either side of them.
_BARS, _MOST_OUTSIDE = 12, 10
# The least width of a range, as a share of its ends, that bars can be drawn for.
_NARROWEST, _NOTHING = 1e-9, 1e-300
_AXIS_UNITS = (Unit.MONEY, Unit.SHARE)


def distribution(estimate: Estimate, spec: Spec, grammar: Grammar) -> Figure | None:
    """How likely each value is by one person's three numbers; nothing where they leave hardly any doubt."""
    if _is_a_point(estimate) or spec.quantity is None:
        return None
    edges, shares, tones = _bars(estimate, spec.quantity)
    points = zip(_TITLES, (estimate.p10, estimate.p50, estimate.p90), strict=True)
    sentence = message("One chance in ten lies in the pale bars on either side.")
    return Figure(
        id="judgement",
        title=message("What you say"),
        sentence=sentence,
        alt=described(message("Bars of how likely each value is, with low, likely and high marked."), sentence),
        x=_axis(spec.title, spec.quantity),
        y=Axis(message("Chance"), Unit.SHARE),
        marks=(Bars(edges[:-1], edges[1:], shares, tones), *(Rule(at, title) for title, at in points)),
        currency=grammar.currency,
        language=grammar.language,
    )


def _is_a_point(estimate: Estimate) -> bool:
    """True where low and high differ by nothing that could be drawn."""
    largest = max(abs(estimate.p10), abs(estimate.p90))
    return estimate.p90 - estimate.p10 <= max(_NARROWEST * largest, _NOTHING)


_TITLES = (message("Low"), message("Likely"), message("High"))


def _bars(estimate: Estimate, quantity: Quantity) -> tuple[list[float], list[float], list[Tone]]:
    """Edges of bars of one width, the chance of each, and its colour: P10 and P90 are edges."""
    values = quantile_function(estimate, *quantity.support)(_POINTS)
    width = (estimate.p90 - estimate.p10) / _BARS
    below, above = (int(min(np.ceil(each / width), _MOST_OUTSIDE)) for each in _tails(estimate, values))
    edges = np.clip(estimate.p10 + width * np.arange(-below, _BARS + above + 1), *quantity.support)
    counts, _ = np.histogram(values, edges)
    inside = range(below, below + _BARS)
    tones = [Tone.MAIN if index in inside else Tone.MUTED for index in range(len(counts))]
    return edges.tolist(), (counts / len(_POINTS)).tolist(), tones


def _tails(estimate: Estimate, values: np.ndarray) -> tuple[float, float]:
    return max(estimate.p10 - float(values[0]), 0.0), max(float(values[-1]) - estimate.p90, 0.0)


def ranges(estimate: Estimate, spec: Spec, grammar: Grammar) -> Figure:
    """Each person's range, then the average of all, their linear pool, and what they agreed on."""
    rows = [*_rows(estimate, spec.quantity)]
    sentence = message("Each bar goes from P10 to P90; the point is the P50.")
    return Figure(
        id="ranges",
        title=message("Who judged what"),
        sentence=sentence,
        alt=described(message("Bars of the ranges of all who judged, their average and their linear pool."), sentence),
        x=_axis(spec.title, spec.quantity),
        y=Axis(message("By"), Unit.CATEGORY),
        marks=(
            Spans(
                [name for name, _, _ in rows],
                [each.p10 for _, each, _ in rows],
                [each.p90 for _, each, _ in rows],
                [tone for _, _, tone in rows],
                [range_in_unit(each.p10, each.p90, spec, grammar) for _, each, _ in rows],
                [each.p50 for _, each, _ in rows],
            ),
        ),
        currency=grammar.currency,
        language=grammar.language,
    )


def _rows(estimate: Estimate, quantity: Quantity | None) -> Iterator[tuple[str, Estimate, Tone]]:
    for each in estimate.judgements:
        yield each.by, Estimate.of(each.p10, each.p50, each.p90), Tone.MAIN
    yield message("Average of the judgements"), estimate.average, Tone.ACCENT
    pool = pooled(estimate, quantity) if quantity is not None else None
    if pool is not None:
        yield message("Linear pool"), Estimate.of(pool.p10, pool.p50, pool.p90), Tone.MUTED
    if estimate.consensus is not None:
        yield message("Agreed in discussion"), estimate, Tone.GOOD


def _axis(title: str, quantity: Quantity | None) -> Axis:
    unit = quantity.unit if quantity is not None and quantity.unit in _AXIS_UNITS else Unit.NUMBER
    return Axis(message(title), unit)
