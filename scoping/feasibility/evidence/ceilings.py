"""The ceiling that two people's labels imply: how often one person alone is right, where agreement is all one knows.

Model: each labeller is wrong with the same chance e, independently of the other, and a wrong label is any of the other
k - 1 classes alike. Then both agree with chance

    A = (1 - e)^2 + e^2 / (k - 1),

and the accuracy of one person, 1 - e, is the larger root of k x^2 - 2 x + 1 - (k - 1) A = 0. Source: the one-parameter
case of Dawid and Skene 1979, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied
Statistics 28(1). Kappa: Cohen 1960, Educational and Psychological Measurement 20(1), its standard error by Fleiss, Cohen
and Everitt 1969, Psychological Bulletin 72(5); without a table, every class as likely (Bennett, Alpert and Goldstein
1954, Public Opinion Quarterly 18(3)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from ...bridges import Metric
from ...document.ceilings import CeilingGround
from ...document.estimate import Array, Estimate
from ...document.evidence import Measured
from ...document.proposal import Proposal
from ...vocabulary import CeilingKind
from .counts import estimate_of, share_at, wilson

# Equally likely agreements, by Jeffreys' posterior.
_POINTS = (np.arange(512) + 0.5) / 512
_95 = float(ndtri(0.975))
_SURE = 1e-12
IMPLIED = ("accuracy", "recall", "false_positive_rate", "precision", "roc_auc")
"""The metrics of which two people's labels imply a ceiling."""


@dataclass(frozen=True)
class Agreement:
    """How far two people agree: shares 0..1 with 95 % intervals, and the accuracy of one of them that follows.

    `kappa` is Cohen's where a table was given; otherwise every class counts as equally likely (`by_table` is False).
    """

    labelled: int
    agreed: int
    classes: int
    agreement: Measured
    kappa: Measured
    by_table: bool
    accuracy: Measured


def agreement_of(ground: CeilingGround) -> Agreement | None:
    """What two people's labels say; None where they are not given, or the figure was published."""
    counts = ground.counts if ground.kind is CeilingKind.LABELLED_TWICE else None
    if counts is None:
        return None
    labelled, agreed, classes = counts
    agreement = wilson(agreed, labelled)
    kappa = cohens_kappa(ground.table) if ground.table else _kappa_without_table(agreement, classes)
    ends = (accuracy_of_one(each, classes) for each in (agreement.value, agreement.low, agreement.high))
    value, low, high = (float(each) for each in ends)
    accuracy = Measured(value=value, low=low, high=high)
    return Agreement(labelled, agreed, classes, agreement, kappa, bool(ground.table), accuracy)


def accuracy_of_one(agreement: Array | float, classes: int) -> Array:
    """How often one labeller is right, where two agree on that share of the cases: the model above.

    Below the agreement of two who guess, it is that of guessing.

    >>> round(float(accuracy_of_one(0.82, 2)), 6)  # 0.9^2 + 0.1^2
    0.9
    """
    beyond_chance = np.maximum(classes * np.asarray(agreement, float) - 1, 0.0)
    return np.asarray((1 + np.sqrt((classes - 1) * beyond_chance)) / classes)


def cohens_kappa(table: Sequence[Sequence[int]]) -> Measured:
    """Cohen's kappa of a table of both labels, with the 95 % interval of its large-sample standard error."""
    share = np.asarray(table, float) / np.sum(table)
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    agreed, expected = float(np.trace(share)), float(rows @ columns)
    if 1 - expected < _SURE:
        return Measured(value=0.0, low=0.0, high=0.0)
    kappa = (agreed - expected) / (1 - expected)
    error = _error_of_kappa(share, expected, kappa) / np.sqrt(np.sum(table))
    return Measured(value=kappa, low=max(kappa - _95 * error, -1.0), high=min(kappa + _95 * error, 1.0))


def _error_of_kappa(share: Array, expected: float, kappa: float) -> float:
    """Fleiss, Cohen and Everitt 1969, formula 13, for one case."""
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    on = float(np.diag(share) @ (1 - (rows + columns) * (1 - kappa)) ** 2)
    pairs = (columns[:, None] + rows[None, :]) ** 2
    off = (1 - kappa) ** 2 * float((share * pairs).sum() - np.diag(share) @ np.diag(pairs))
    variance = on + off - (kappa - expected * (1 - kappa)) ** 2
    return float(np.sqrt(max(variance, 0.0)) / (1 - expected))


def _kappa_without_table(agreement: Measured, classes: int) -> Measured:
    value, low, high = (
        max((each - 1 / classes) / (1 - 1 / classes), -1.0) for each in (agreement.value, agreement.low, agreement.high)
    )
    return Measured(value=value, low=low, high=high)


def implied_ceiling(proposal: Proposal, metric: Metric, ground: CeilingGround) -> Estimate | None:
    """The ceiling of a metric that two people's labels imply; None where they say nothing of it.

    A recall, and the rate of right passes, are those of one person who is wrong as often on one class as on another;
    ROC AUC that of the binormal curve through this point, and precision follows from the prevalence.
    """
    counts = ground.counts if ground.kind is CeilingKind.LABELLED_TWICE else None
    if counts is None or metric.name not in IMPLIED:
        return None
    labelled, agreed, classes = counts
    accuracy = accuracy_of_one(share_at(agreed, labelled, _POINTS), classes)
    values = _implied(metric.name, accuracy, _prevalence(proposal))
    return None if values is None else estimate_of(values, metric.quantity)


def _implied(metric: str, accuracy: Array, prevalence: float | None) -> Array | None:
    match metric:
        case "accuracy" | "recall":
            return accuracy
        case "false_positive_rate":
            return np.asarray(1 - accuracy)
        case "roc_auc":
            return np.asarray(ndtr(np.sqrt(2) * ndtri(np.minimum(accuracy, 1 - _SURE))))
    if not prevalence:
        return None
    caught = prevalence * accuracy
    return np.asarray(caught / (caught + (1 - prevalence) * (1 - accuracy)))


def _prevalence(proposal: Proposal) -> float | None:
    found: Estimate | None = getattr(proposal.bridge, "prevalence", None)
    return None if found is None else found.p50
