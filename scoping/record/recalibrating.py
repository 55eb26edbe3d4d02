"""What past ranges suggest for a new one: moved and widened so that ranges like the past ones would have held.

A suggestion, with its reason; nothing is changed by itself. The map is that of the past percentiles: where the actuals
lay in the signed distributions, on the scale of normal deviates, has a mean and a deviation, and the new range is read
off its own distribution at the deviates so moved (recalibration by the probability transform: Kuleshov, Fenner and Ermon
2018, Accurate Uncertainties for Deep Learning Using Calibrated Regression, ICML). It never leaves the bounds of a field.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from ..document.estimate import Estimate, quantile_function
from ..document.fields import Quantity
from ..text.languages import message
from ..text.wording import number, percent
from ..vocabulary import ActualKind, Better
from .judged import Judged
from .scores import Calibration, Scores, scores

_MOST_DIGITS = 12
# An actual beyond everything that was thought possible would weigh without end.
_FARTHEST = 3.5
_DEVIATES = np.array([ndtri(0.1), 0.0, ndtri(0.9)])
# How far judges differ, as variances of their mean deviate and of the logarithm of their width: half a deviation, and a
# factor of two. Our assumption, on the wide side, so that the past soon counts; that most are too narrow is well known
# (Soll and Klayman 2004, Overconfidence in Interval Estimates, Journal of Experimental Psychology 30(2)).
_OF_SHIFTS, _OF_WIDTHS = 0.5**2, np.log(2.0) ** 2


@dataclass(frozen=True)
class Recalibration:
    """By how many normal deviates ranges are to be moved up, and by what factor widened; and the scores behind it."""

    shift: float
    widening: float
    scores: Scores


@dataclass(frozen=True)
class Suggestion:
    """Another range for one that is being given, and why, in words."""

    given: Estimate
    suggested: Estimate
    reason: str


def recalibration(ranges: Sequence[Judged]) -> Recalibration | None:
    """What ranges of one kind suggest for the next of that kind.

    None where there are too few to say, or they were calibrated. Both numbers are shrunk towards no change by
    credibility: n / (n + k), n as many independent ranges as they count for.
    """
    found = scores(ranges)
    if found.verdict in (Calibration.TOO_FEW, Calibration.CALIBRATED) or found.coverage is None:
        return None
    deviates = np.clip(ndtri([each.percentile for each in ranges]), -_FARTHEST, _FARTHEST)
    of = found.coverage.counted_as
    spread = float(deviates.std(ddof=1))
    of_shift = of / (of + spread**2 / _OF_SHIFTS)
    # The logarithm of a standard deviation of n has a variance of 1 / 2n.
    of_width = of / (of + 1 / (2 * _OF_WIDTHS))
    return Recalibration(of_shift * float(deviates.mean()), float(np.exp(of_width * np.log(spread))), found)


def of_kind(ranges: Sequence[Judged], kind: ActualKind, better: Better | None = None) -> list[Judged]:
    """The ranges that a new one of a kind learns from: of metrics those alone for which the same way is better."""
    return [each for each in ranges if each.kind is kind and (kind is not ActualKind.METRIC or each.better is better)]


def suggested(estimate: Estimate, quantity: Quantity, found: Recalibration) -> Suggestion | None:
    """The range that past ones suggest in place of this one, in no more digits than its width has.

    None for one number, which has no width to change, and where the same range would come out, or none: all of it would
    lie on a bound of the field.
    """
    if estimate.is_certain:
        return None
    chances = ndtr(found.shift + found.widening * _DEVIATES)
    # Cut at the bounds first: what lies far beyond them would make the digits too few, or be without end.
    exact = np.clip(quantile_function(estimate, *quantity.support)(chances), quantity.lower, quantity.upper)
    readable = np.clip(_readable([float(each) for each in exact]), quantity.lower, quantity.upper)
    new = Estimate.of(*(float(each) for each in readable))
    if new.is_certain or new.quantiles == estimate.quantiles:
        return None
    return Suggestion(estimate, new, _reason(found))


def _readable(numbers: Sequence[float]) -> list[float]:
    """The numbers in steps of a twentieth to a two-hundredth of their width."""
    width = numbers[-1] - numbers[0]
    digits = 1 - math.floor(math.log10(width / 2)) if width > 0 else _MOST_DIGITS
    # Rounded from below, nothing would be less than nothing.
    return [round(each, min(digits, _MOST_DIGITS)) + 0.0 for each in numbers]


def _reason(found: Recalibration) -> str:
    coverage, above = found.scores.coverage, found.scores.above
    assert coverage is not None
    assert above is not None
    words = {
        "count": str(found.scores.count),
        "inside": percent(coverage.value),
        "above": percent(above.value),
        "factor": number(found.widening, 2),
    }
    return message(
        "Of {count} past ranges of this kind {inside} held what came (80% would be right), and {above} of the actuals were "
        "above the likely value (50% would be right). This range is {factor} times as wide as yours, and moved as they were off.",
        **words,
    )
