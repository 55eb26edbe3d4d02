"""What evidence shows of an alternative in money, and how likely it is that break-even is ever reached.

The curve is fitted to money itself: at each size of the training set, expected NPV once live, at the threshold worth
most there. So every metric counts in the same way, with its sampling error, and the break-even is zero.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import inf

import numpy as np
from scipy.special import ndtri

from ...bridges import Metric, Part
from ...document.alternatives import name_of
from ...document.estimate import QUANTILES, Array, mean_of
from ...document.evidence import CurvePoint, Evidence, Measured
from ...document.fields import MONEY
from ...document.proposal import Proposal
from ...vocabulary import Better
from .counts import share_at
from .learning import FEWEST_SIZES, FittedCurve, fitted, fitted_to
from .operating import Operating, Points, names_of, once, operating_of, part_measured
from .shown import POINTS, Shown, measured_once, shown_at, shown_once
from .worth import Worth

LIKELY = (0.5, 0.8)
"""The chances for which it is said how many labels they take."""
FLAT = 0.5
"""Below this chance with labels without end, the curve is said to flatten below break-even."""
_SIZES, _BEYOND = 24, 100.0
_BY_ITSELF = {"roc_auc"}


@dataclass(frozen=True)
class Labels:
    """How many labels make break-even that likely; None where no number does. `more` beyond those there are, and their cost (money)."""

    chance: float
    rows: float | None
    more: float | None
    cost: float | None


@dataclass(frozen=True)
class MeasuredPoint:
    """One size that was measured: labelled rows, mean score, and expected NPV once live (money)."""

    rows: int
    score: float
    worth: float


@dataclass(frozen=True)
class FanPoint:
    """One size on the fitted curve: P10, P50, P90 of what it is worth (money), and the chance that it breaks even."""

    rows: float
    low: float
    middle: float
    high: float
    chance: float


@dataclass(frozen=True)
class Reach:
    """What evidence shows of one alternative. Money is expected NPV once live, so break-even is at zero.

    `shown` are the metrics at the threshold worth most, which chooses `chosen_share` of the cases (None where there
    is no threshold), and what that is worth. With a learning curve: what was measured by size, the fitted fan, the
    chance of break-even with the labels there are (`chance_now`) and with labels without end (`chance_ever`), the
    labels that make it likely, and `flattens` where it stays below. Without one, both chances are those of what was
    measured. Everything is ready to be drawn and told.
    """

    index: int
    alternative: str
    evidence: str
    source: str
    shown: tuple[Shown, ...]
    worth: float
    chosen_share: float | None
    metric: str
    points: tuple[MeasuredPoint, ...]
    fan: tuple[FanPoint, ...]
    chance_now: float
    chance_ever: float
    labels: tuple[Labels, ...]
    labels_now: int
    curve: FittedCurve | None = None
    part: Part | None = None
    """The part of the work that it speaks of, where that has several."""

    def metric_of(self, name: str) -> str:
        """The name of one of the metrics that are shown among those of the alternative."""
        return name if self.part is None else self.part.metric(name)

    def unexplained(self, labels: int) -> float:
        """The share of the doubt about the end of the curve that so many labels beyond those there are leave open, 0..1.

        1 - rho^2, with rho the correlation of the curve's value there with its end.
        """
        return 0.0 if self.curve is None else self.curve.left_open(max(self.labels_now, self.curve.largest) + labels)

    @property
    def flattens(self) -> bool:
        """True where the curve was measured and stays below break-even, more likely than not."""
        return self.curve is not None and self.chance_ever < FLAT


def reaches(proposal: Proposal) -> tuple[Reach, ...]:
    """What evidence shows of each alternative that names one, in the order of the alternatives."""
    found = (reach_of(proposal, index) for index, each in enumerate(proposal.alternatives) if each.measured_by)
    return tuple(each for each in found if each is not None)


def reach_of(proposal: Proposal, index: int) -> Reach | None:
    """What its evidence shows of one alternative; None without evidence as it was measured, or while it has no money.

    Kept for the next time it is asked about the same document: pages and exports all do.
    """
    if not proposal.alternatives[index].measured_by:
        return None
    return _reach_of(_Asked(hashlib.sha256(proposal.model_dump_json().encode()).hexdigest(), index, proposal))


@dataclass(frozen=True)
class _Asked:
    """One alternative of a document, known by the document's content."""

    digest: str
    index: int
    proposal: Proposal = field(compare=False)


@lru_cache(maxsize=16)
def _reach_of(asked: _Asked) -> Reach | None:
    proposal, index = asked.proposal, asked.index
    evidence = proposal.evidence_of(proposal.alternatives[index])
    part = part_measured(proposal.bridge, proposal.alternatives[index]) if proposal.bridge else None
    if evidence is None or part is None or not evidence.is_sealed:
        return None
    measuring = _measuring(proposal, index, part, evidence)
    return None if measuring is None else measuring.reach()


def _measuring(proposal: Proposal, index: int, part: Part, evidence: Evidence) -> _Measuring | None:
    """Money on what was measured: by threshold, or on the metrics that were measured once."""
    given = operating_of(part, evidence)
    own = [*part.set_of(proposal.alternatives[index].metrics)]
    single = once(part, evidence)
    groups = ([*group] for group in (own, *part.task.metric_sets) if group and single.keys() >= {*group})
    names = [*given.names] if given is not None else next(groups, [])
    worth = Worth.of(proposal, index, part, names) if names else None
    if worth is None:
        return None
    return _Measuring(proposal, index, part, evidence, worth, given, tuple(names), single)


@dataclass(frozen=True)
class _Measuring:
    proposal: Proposal
    index: int
    part: Part
    evidence: Evidence
    value: Worth
    given: Operating | None
    names: tuple[str, ...]
    single: dict[str, float]

    def reach(self) -> Reach:
        chosen = self._chosen()
        points, curve = self._curve()
        worth = float(self.value.at(chosen.points if chosen else self._once(self.single))[0])
        now, ever = self._chances(chosen, curve)
        return Reach(
            index=self.index,
            alternative=name_of(self.proposal.alternatives[self.index], self.index),
            evidence=self.evidence.id,
            source=self.evidence.source.name,
            shown=self._shown(chosen),
            worth=worth,
            chosen_share=float(chosen.share[0]) if chosen else None,
            metric=self.evidence.learning_curve.metric if self.evidence.learning_curve else "",
            points=points,
            fan=_fan(curve) if curve else (),
            chance_now=now,
            chance_ever=ever,
            labels=self._labels(curve, points[0].rows) if curve else (),
            labels_now=self._labels_now,
            curve=curve,
            part=self.part if self.part.prefix else None,
        )

    @property
    def _labels_now(self) -> int:
        return max(self.evidence.source.rows - self.evidence.profile.target_missing, 0)

    def _chosen(self) -> Operating | None:
        return None if self.given is None else self.given.at(self.value.best(self.given.points))

    def _once(self, single: dict[str, float]) -> Points:
        return {name: np.array([single[name]]) for name in self.names}

    def _shown(self, chosen: Operating | None) -> tuple[Shown, ...]:
        own = {*self.part.set_of(self.proposal.alternatives[self.index].metrics)}
        by_itself = {*self.names} if chosen is None else own & _BY_ITSELF & self.evidence.metrics.keys()
        if chosen is None or by_itself:
            return tuple(self._single(metric) for metric in self.part.task.metrics if metric.name in by_itself)
        wanted = {*own, "depth"} if own and own <= {*chosen.names, "precision"} else {*chosen.names}
        metrics = [metric for metric in self.part.task.metrics if metric.name in wanted]
        return shown_at(self.part, metrics, chosen, self._asymptotic(chosen))

    def _single(self, metric: Metric) -> Shown:
        curve = self.evidence.learning_curve
        own = fitted(curve) if curve is not None and curve.metric == metric.name else None
        return shown_once(metric, measured_once(self.evidence, metric.name), own)

    def _asymptotic(self, chosen: Operating) -> Array | None:
        """The hit rate that the curve runs towards where as many are chosen: equally likely values."""
        sizes = self._by_size()
        at = [(rows, found.choosing(float(chosen.share[0]))) for rows, found in sizes]
        if len(at) < FEWEST_SIZES:
            return None
        rates = np.array([float(each.hit_rate[0]) for _, each in at])
        cases = np.array([float(each.among[0]) for _, each in at])
        variances = np.maximum(rates * (1 - rates), 1 / cases) / cases
        curve = fitted_to(
            np.array([rows for rows, _ in at], float), rates, variances, (0.0, 1.0), common=float(variances[-1]) ** 0.5
        )
        return np.asarray(curve.quantiles_at(inf, [*POINTS]), float)

    def _by_size(self) -> list[tuple[int, Operating]]:
        points = self.evidence.learning_curve.points if self.evidence.learning_curve else []
        found = [(each.rows, operating_of(self.part, each)) for each in _rising(points)]
        return [(rows, each) for rows, each in found if each is not None]

    def _curve(self) -> tuple[tuple[MeasuredPoint, ...], FittedCurve | None]:
        """What each size was worth, and the curve through that; no curve through fewer than three sizes."""
        told = [each for point in self._points() if (each := self._worth_of(point)) is not None]
        if not told:
            by_score = self._by_score()
            return by_score._curve() if by_score else ((), None)
        points = tuple(each for each, _ in told)
        if len(points) < FEWEST_SIZES:
            return points, None
        sizes, worths = np.array([each.rows for each in points], float), np.array([each.worth for each in points])
        errors = np.array([error for _, error in told])
        return points, fitted_to(sizes, worths, errors**2, (-inf, self._perfect()), common=float(errors[-1]))

    def _by_score(self) -> _Measuring | None:
        """The same by the curve's own score, where nothing was counted at its sizes and the kind of task reads it."""
        curve = self.evidence.learning_curve
        if self.given is None or curve is None or curve.metric not in names_of(self.part):
            return None
        value = Worth.of(self.proposal, self.index, self.part, [curve.metric])
        return None if value is None else replace(self, given=None, names=(curve.metric,), value=value)

    def _points(self) -> list[CurvePoint]:
        curve = self.evidence.learning_curve
        return [each for each in _rising(curve.points) if each.rows > 0] if curve else []

    def _worth_of(self, point: CurvePoint) -> tuple[MeasuredPoint, float] | None:
        """What the model of one size is worth, and the standard error of that."""
        found = operating_of(self.part, point) if self.given is not None else None
        score = float(np.mean(point.scores))
        if found is not None:
            best = found.at(self.value.best(found.points))
            rate, cases = float(best.hit_rate[0]), float(best.among[0])
            step = float(np.sqrt(max(rate * (1 - rate), 1 / cases) / cases))
            ends = [best.with_hit_rate(each).points for each in (rate, rate - step, rate + step)]
        else:
            value, step = self._single_at(point)
            if value is None or len(self.names) != 1:
                return None
            ends = [{self.names[0]: np.array([each])} for each in (value, value - step, value + step)]
        worth, low, high = (float(self.value.at(each)[0]) for each in ends)
        return MeasuredPoint(point.rows, score, worth), abs(high - low) / 2

    def _single_at(self, point: CurvePoint) -> tuple[float | None, float]:
        """The metric at one size, and the standard error of its mean."""
        curve = self.evidence.learning_curve
        assert curve is not None
        scores = np.asarray(point.scores, float)
        value = once(self.part, point).get(self.names[0]) if self.names else None
        if value is None and curve.metric in self.names:
            value = float(scores.mean())
        if value is None:
            return None, 0.0
        relative = float(scores.std(ddof=1) / max(abs(float(scores.mean())), 1e-12)) if scores.size > 1 else 0.0
        return value, abs(value) * max(relative / np.sqrt(scores.size), 1 / np.sqrt(2 * max(curve.test_rows, 1)))

    def _perfect(self) -> float:
        """What a model without a fault would be worth."""
        if self.given is None:
            metrics = {metric.name: metric for metric in self.part.task.metrics}
            ends = {name: _best_of(metrics[name]) for name in self.names}
            known = all(np.isfinite(each) for each in ends.values())
            return float(self.value.at({name: np.array([each]) for name, each in ends.items()})[0]) if known else inf
        flawless = self.given.with_hit_rate(1.0)
        return float(self.value.at(flawless.points).max())

    def _chances(self, chosen: Operating | None, curve: FittedCurve | None) -> tuple[float, float]:
        if curve is not None:
            return curve.chance_at(max(self._labels_now, curve.largest), 0.0), curve.chance_at(inf, 0.0)
        found = self._chance_of_measured(chosen)
        return found, found

    def _chance_of_measured(self, chosen: Operating | None) -> float:
        """The chance that what was measured breaks even, by its sampling error."""
        if chosen is not None:
            rates = share_at(float(chosen.hits[0]), float(chosen.among[0]), POINTS)
            worths = [self.value.at(chosen.with_hit_rate(each).points)[0] for each in rates]
        else:
            draws = {name: _spread(measured_once(self.evidence, name)) for name in self.names}
            worths = [*self.value.at(draws)]
        return float(np.mean(np.asarray(worths) >= 0))

    def _labels(self, curve: FittedCurve, fewest: int) -> tuple[Labels, ...]:
        plan = self.proposal.pilot.cost_per_label
        price = None if plan is None else mean_of(plan, *MONEY.support)
        return tuple(self._needed(curve, fewest, chance, price) for chance in LIKELY)

    def _needed(self, curve: FittedCurve, fewest: int, chance: float, price: float | None) -> Labels:
        """Below the smallest size that was measured nobody knows."""
        rows = curve.rows_for(0.0, chance)
        if rows is None:
            return Labels(chance, None, None, None)
        rows = max(rows, float(fewest))
        more = max(rows - self._labels_now, 0.0)
        return Labels(chance, rows, more, None if price is None else price * more)


def _rising(points: Sequence[CurvePoint]) -> list[CurvePoint]:
    return sorted(points, key=lambda each: each.rows)


def _best_of(metric: Metric) -> float:
    """The best that a metric can be; infinite where it has no bound that belongs to it."""
    quantity = metric.quantity
    if metric.better is Better.DOWN:
        return quantity.lower
    return quantity.upper if quantity.bounded else inf


def _spread(measured: Measured) -> Array:
    """Equally likely values of a number with a 95 % interval, as if it were normal."""
    error = (measured.high - measured.low) / 2 / float(ndtri(0.975))
    return np.asarray(measured.value + error * ndtri(POINTS), float)


def _fan(curve: FittedCurve) -> tuple[FanPoint, ...]:
    """The fitted curve from a fiftieth of the largest size to a hundred times it."""
    sizes = np.geomspace(curve.largest / 50, _BEYOND * curve.largest, _SIZES)
    return tuple(_fan_point(curve, float(rows)) for rows in sizes)


def _fan_point(curve: FittedCurve, rows: float) -> FanPoint:
    low, middle, high = curve.quantiles_at(rows, QUANTILES)
    return FanPoint(rows, low, middle, high, curve.chance_at(rows, 0.0))
