"""What evidence measured, in the metrics of a kind of task: at each threshold, or once.

A threshold is chosen later, where money is known. Recall and false-positive rate do not depend on how frequent positive
cases were in the sample; a precision is told at the proposal's own prevalence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...bridges import Bridge, Part
from ...document.alternatives import Alternative
from ...document.estimate import Array
from ...document.evidence import Automated, CurvePoint, Evidence, Flagged

Points = Mapping[str, Array]
"""Values of metrics, by name, each of shape (thresholds,)."""
_DETECTED, _FOUND = ("recall", "false_positive_rate"), ("recall", "precision")
_TARGETED, _HANDLED = ("lift_at_depth", "depth"), ("automation_rate", "accuracy")


@dataclass(frozen=True)
class Operating:
    """What was counted at each threshold, surest first: arrays of shape (thresholds,).

    `names` are the metrics in which it is told. Of `total` cases so many are `chosen` (flagged, or handled by the
    model), and `hits` of those are right; `among` is out of how many a hit can be: the positive cases, or the handled.
    """

    names: tuple[str, ...]
    total: Array
    chosen: Array
    among: Array
    hits: Array

    @property
    def share(self) -> Array:
        """The share of all cases that is chosen."""
        return self.chosen / self.total

    @property
    def hit_rate(self) -> Array:
        """Recall, or accuracy: what rises with a better model."""
        return self.hits / self.among

    @property
    def points(self) -> Points:
        """The metrics at each threshold."""
        if self.names == _HANDLED:
            return {"automation_rate": self.share, "accuracy": self.hit_rate}
        if self.names == _TARGETED:
            return {"lift_at_depth": self.hit_rate / self.share, "depth": self.share}
        alarms = np.maximum(self.chosen - self.hits, 0.0)
        other = alarms / (self.total - self.among) if self.names == _DETECTED else self.hits / self.chosen
        return {"recall": self.hit_rate, self.names[1]: other}

    def with_hit_rate(self, rate: Array | float) -> Operating:
        """The same where as many are chosen, and the model is better or worse at it."""
        hits = np.clip(np.asarray(rate, float), 0.0, 1.0) * self.among
        return replace(self, hits=np.asarray(np.minimum(hits, self.chosen)))

    def at(self, place: int) -> Operating:
        """One threshold alone."""
        return Operating(self.names, *(each[[place]] for each in (self.total, self.chosen, self.among, self.hits)))

    def choosing(self, share: float) -> Operating:
        """The threshold that chooses that share of the cases, on the line between its neighbours."""
        order = np.argsort(self.share, kind="stable")
        places = np.concatenate([[0.0], self.share[order]])
        total, among = float(self.total[0]), self.among
        chosen = np.array([share * total])
        if self.names == _HANDLED:
            hits = np.interp(share, places, np.concatenate([[0.0], self.hits[order]]))
            return Operating(self.names, np.array([total]), chosen, chosen, np.array([hits]))
        hits = np.interp(share, places, np.concatenate([[0.0], self.hits[order]]))
        return Operating(self.names, np.array([total]), chosen, among[:1], np.array([hits]))


def part_measured(bridge: Bridge, alternative: Alternative) -> Part | None:
    """The part of the work that evidence of one table speaks of: the one that is named, or all segments, or the first.

    What an alternative leaves as it is today no evidence of it speaks of.
    """
    parts = [part for part in bridge.parts() if part.id not in alternative.left_as_today]
    named = [part for part in parts if part.id == alternative.measured_part]
    whole = [part for part in parts if not part.prefix]
    return next(iter([*named, *whole, *parts]), None)


def names_of(part: Part) -> frozenset[str]:
    """The metrics that a part's kind of task reads."""
    return frozenset(metric.name for metric in part.task.metrics)


def operating_of(part: Part, found: Evidence | CurvePoint) -> Operating | None:
    """What the counts at each threshold are in the metrics of the part; None where it reads no such metric."""
    known = names_of(part)
    if _TARGETED[0] in known and found.flagged:
        return _of_flagged(_TARGETED, found.flagged)
    for names in (_DETECTED, _FOUND):
        if known >= {*names} and found.flagged:
            return _of_flagged(names, found.flagged)
    return _of_handled(found.automated) if known >= {*_HANDLED} and found.automated else None


def _of_flagged(names: tuple[str, ...], rows: Sequence[Flagged]) -> Operating | None:
    kept = [each for each in rows if 0 < each.flagged <= each.rows and 0 < each.positives < each.rows]
    if not kept:
        return None
    table = np.array([(each.rows, each.flagged, each.positives, each.caught) for each in kept], float)
    return Operating(names, *table.T)


def _of_handled(rows: Sequence[Automated]) -> Operating | None:
    kept = [(each.rows, each.handled, each.handled, each.right) for each in rows if 0 < each.handled <= each.rows]
    return Operating(_HANDLED, *np.array(kept, float).T) if kept else None


def once(part: Part, found: Evidence | CurvePoint) -> dict[str, float]:
    """Metrics of the part that were measured once and without a threshold, by name."""
    if isinstance(found, CurvePoint):
        given = {"rmse": found.rmse, "mape": found.mape}
    else:
        told = {name: each.value for name, each in found.metrics.items()}
        given = {**told, **({"rmse": found.errors.rmse, "mape": found.errors.mape} if found.errors else {})}
    return {name: value for name, value in given.items() if name in names_of(part) and value is not None}


def precision_at(prevalence: float, recall: Array | float, rate: Array | float) -> Array:
    """Precision where so many cases are positive: q r / (q r + f (1 - q)) (Bayes; Altman and Bland 1994, BMJ 309)."""
    caught = prevalence * np.asarray(recall, float)
    return np.asarray(caught / np.maximum(caught + (1 - prevalence) * np.asarray(rate, float), np.finfo(float).tiny))
