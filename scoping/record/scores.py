"""How good ranges were, once the outcomes are known: coverage, bias, and the quantile score.

A range P10 to P90 should hold the actual in eight of ten cases, and its P50 should be as often too high as too low. The
quantile (pinball) score is proper: nobody gains by giving another quantile than the own one (Gneiting and Raftery 2007,
Strictly Proper Scoring Rules, Prediction, and Estimation, JASA 102(477)). Ranges of one proposal depend on each other:
they count as fewer (Kish 1965, Survey Sampling: the design effect).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from ..document.estimate import QUANTILES
from .intervals import wilson
from .judged import Judged

NOMINAL = 0.8
FEWEST, FEWEST_PROPOSALS = 10, 5
"""With fewer estimates, or of fewer proposals, nothing is said: even the widest misjudgement would rarely be found."""
# The chances of calling a calibrated judge too narrow, too wide, or biased to one side: together at most 5 %.
_NARROW, _WIDE, _EACH_SIDE = 0.02, 0.01, 0.01
_ONE_SIDED = 0.05
_LEVELS = tuple(tenth / 10 for tenth in range(1, 10))


class Calibration(StrEnum):
    """What the scores say of ranges."""

    TOO_FEW = "too few"
    CALIBRATED = "calibrated"
    TOO_NARROW = "too narrow"
    TOO_WIDE = "too wide"
    BIASED = "biased"


@dataclass(frozen=True)
class Share:
    """A share of the estimates, its 95 % interval (Wilson), and as how many independent estimates they count."""

    value: float
    low: float
    high: float
    counted_as: float


@dataclass(frozen=True)
class Point:
    """A point of the reliability diagram: of so many at or below a nominal level, how many were."""

    nominal: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True)
class Scores:
    """The scores of some ranges. Shares are None where there are no ranges at all.

    coverage: share inside P10 to P90; nominal 80 %. above: share above the P50; worse: share worse than the P50, of those
    of which that can be told; both nominal 50 %. ratio: the geometric mean of actual over P50 (1.3: a third more).
    pinball: the mean quantile score over P10, P50 and P90, as a share of the P50 (of the range where that is 0); width:
    P90 less P10, likewise. dependence: the correlation within a proposal.
    """

    count: int
    proposals: int
    coverage: Share | None
    above: Share | None
    worse: Share | None
    ratio: float | None
    pinball: float | None
    width: float | None
    dependence: float
    points: tuple[Point, ...]
    verdict: Calibration


def scores(ranges: Sequence[Judged]) -> Scores:
    """The scores of ranges whose outcome is known."""
    if not ranges:
        return Scores(0, 0, None, None, None, None, None, None, 0.0, (), Calibration.TOO_FEW)
    owners = [each.proposal for each in ranges]
    inside = np.array([float(each.is_inside) for each in ranges])
    above = np.array([each.above for each in ranges])
    told = [each for each in ranges if each.worse is not None]
    worse = np.array([each.worse for each in told], float)
    scales = np.array([_scale(each) for each in ranges])
    return Scores(
        count=len(ranges),
        proposals=len(set(owners)),
        coverage=_share(inside, owners),
        above=_share(above, owners),
        worse=_share(worse, [each.proposal for each in told]) if told else None,
        ratio=_ratio(ranges),
        pinball=float(np.mean([pinball(each) for each in ranges] / scales)),
        width=float(np.mean([each.signed.p90 - each.signed.p10 for each in ranges] / scales)),
        dependence=dependence(inside, owners),
        points=tuple(_point(ranges, owners, nominal) for nominal in _LEVELS),
        verdict=verdict_of(ranges),
    )


def scores_by(ranges: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, Scores]:
    """The scores by kind of input, team, judge, kind of task or horizon: what `key` says, in its order.

    Where it says nothing of a range, the range is in no group.
    """
    names = sorted({name for each in ranges if (name := key(each))})
    return {name: scores([each for each in ranges if key(each) == name]) for name in names}


def pinball(each: Judged) -> float:
    """The mean quantile score of P10, P50 and P90, in the unit of the estimate; less is better (Koenker and Bassett 1978)."""
    signed = (each.signed.p10, each.signed.p50, each.signed.p90)
    return float(np.mean([_loss(each.actual - at, chance) for at, chance in zip(signed, QUANTILES, strict=True)]))


def dependence(hits: NDArray[np.float64], owners: Sequence[str]) -> float:
    """The correlation of hits within a proposal, 0..1: the analysis-of-variance estimator of the intraclass correlation.

    Source: Ridout, Demetrio and Firth 1999, Estimating Intraclass Correlation for Binary Data, Biometrics 55(1). 0 where
    no proposal has two estimates, or all are alike.
    """
    _, group, sizes = np.unique(owners, return_inverse=True, return_counts=True)
    total, count = float(len(hits)), len(sizes)
    if count < 2 or total == count:
        return 0.0
    sums = np.bincount(group, weights=hits)
    explained = float((sums**2 / sizes).sum())
    between = (explained - float(hits.sum()) ** 2 / total) / (count - 1)
    within = (float((hits**2).sum()) - explained) / (total - count)
    size = (total - float((sizes**2).sum()) / total) / (count - 1)
    spread = between + (size - 1) * within
    return float(np.clip((between - within) / spread, 0.0, 1.0)) if spread > 0 else 0.0


def counted_as(hits: NDArray[np.float64], owners: Sequence[str]) -> float:
    """As how many independent estimates they count: their number over the design effect."""
    _, sizes = np.unique(owners, return_counts=True)
    mean_size = float((sizes**2).sum() / sizes.sum())
    return len(hits) / (1 + (mean_size - 1) * dependence(hits, owners))


def _loss(over: float, chance: float) -> float:
    return chance * over if over >= 0 else (chance - 1) * over


def _scale(each: Judged) -> float:
    return abs(each.signed.p50) or each.signed.p90 - each.signed.p10


def _share(hits: NDArray[np.float64], owners: Sequence[str]) -> Share:
    of, value = counted_as(hits, owners), float(hits.mean())
    low, high = wilson(value * of, of)
    return Share(value, low, high, of)


def _point(ranges: Sequence[Judged], owners: Sequence[str], nominal: float) -> Point:
    found = _share(np.array([float(each.percentile <= nominal) for each in ranges]), owners)
    return Point(nominal, found.value, found.low, found.high)


def _ratio(ranges: Sequence[Judged]) -> float | None:
    logs = [np.log(each.actual / each.signed.p50) for each in ranges if each.actual > 0 and each.signed.p50 > 0]
    return float(np.exp(np.mean(logs))) if logs else None


def verdict_of(ranges: Sequence[Judged]) -> Calibration:
    """What ranges show of whoever gave them. Exact binomial tests of coverage and of the side, of as many estimates as they count for."""
    owners = [each.proposal for each in ranges]
    if len(ranges) < FEWEST or len(set(owners)) < FEWEST_PROPOSALS:
        return Calibration.TOO_FEW
    inside = np.array([float(each.is_inside) for each in ranges])
    of = counted_as(inside, owners)
    hits = float(inside.mean()) * of
    is_narrow = at_most(hits, of, NOMINAL) <= _NARROW
    if _is_one_sided(ranges, owners, _EACH_SIDE) and not (is_narrow and not _misses_lean(ranges, owners)):
        return Calibration.BIASED
    if is_narrow:
        return Calibration.TOO_NARROW
    is_wide = at_most(of - hits, of, 1 - NOMINAL) <= _WIDE
    return Calibration.TOO_WIDE if is_wide else Calibration.CALIBRATED


def _is_one_sided(ranges: Sequence[Judged], owners: Sequence[str], chance: float) -> bool:
    """Whether one side of the P50 has more than its half: the worse side where that can be told, the upper one else."""
    leans = np.array([each.above if each.worse is None else each.worse for each in ranges])
    of = counted_as(leans, owners)
    # One half counts for neither side, so the smaller side is never made smaller by it.
    smaller = min(float(leans.mean()), 1 - float(leans.mean())) * of
    return at_most(smaller, of, 0.5) <= chance


def _misses_lean(ranges: Sequence[Judged], owners: Sequence[str]) -> bool:
    """Whether the misses themselves are on one side: then being biased explains them, and not being narrow."""
    missed = [(each, owner) for each, owner in zip(ranges, owners, strict=True) if not each.is_inside]
    return _is_one_sided([each for each, _ in missed], [owner for _, owner in missed], _ONE_SIDED)


def at_most(hits: float, of: float, chance: float) -> float:
    """The chance of so many hits or fewer of a binomial number, by the incomplete beta function, which takes fractions."""
    return 1.0 if hits >= of else float(betainc(of - hits, hits + 1, 1 - chance))
