"""What a model does at each threshold: counts from out-of-sample predictions."""

from __future__ import annotations

import numpy as np

from ...document.evidence import Automated, Errors, Flagged
from .intervals import interval_of, resampled
from .scoring import mape, rmse
from .values import Codes, Floats

_FINE = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3)
SHARES = (*_FINE, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1)
"""Shares of the rows that are flagged, or answered, the surest first."""


def _surest_first(score: Floats, seed: int) -> Codes:
    """Rows by falling score, ties in random order: that of the source may know the answer."""
    shuffled = np.random.default_rng(seed).permutation(len(score))
    return shuffled[np.argsort(-score[shuffled], kind="stable")]


def _sizes(rows: int) -> list[int]:
    return sorted({max(1, round(share * rows)) for share in SHARES})


def flagged_of(target: Floats, said: Floats, seed: int) -> list[Flagged]:
    """Two classes: how many positives are among so many surest rows."""
    caught = np.cumsum(target[_surest_first(said[:, 1], seed)] == 1)
    rows, positives = len(target), int(caught[-1])
    return [
        Flagged(rows=rows, positives=positives, flagged=size, caught=int(caught[size - 1])) for size in _sizes(rows)
    ]


def automated_of(target: Floats, said: Floats, seed: int) -> list[Automated]:
    """Classes: how many of so many surest answers are right."""
    order = _surest_first(said.max(axis=1), seed)
    right = np.cumsum(np.argmax(said, axis=1)[order] == target[order])
    rows = len(target)
    return [Automated(rows=rows, handled=size, right=int(right[size - 1])) for size in _sizes(rows)]


def errors_of(target: Floats, said: Floats, baselines: list[Floats], units: Codes, seed: int) -> Errors:
    """Numbers: how far off, and how far off what knows nothing is."""
    ones = np.ones(len(target))
    root = interval_of(resampled(rmse, target, said, units, seed), rmse(target, said, ones))
    share = None
    if np.all(target != 0):
        share = interval_of(resampled(mape, target, said, units, seed), mape(target, said, ones))
    return Errors(
        rows=len(target),
        mean=float(target.mean()),
        rmse=root.value,
        rmse_low=root.low,
        rmse_high=root.high,
        mape=share.value if share else None,
        mape_low=share.low if share else None,
        mape_high=share.high if share else None,
        baseline_rmse=min(rmse(target, each, ones) for each in baselines),
    )
