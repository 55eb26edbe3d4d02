"""What it is worth to know more before deciding: EVPI, partial EVPI, and the value of the planned pilot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..estimate import Array

_DEGREE = 4
_FEWEST_DRAWS = 200
_ROUNDING = 1e-12


def with_status_quo(npv: ArrayLike) -> Array:
    """NPV of shape (draws, alternatives), with the status quo (0) as one more alternative."""
    draws = np.asarray(npv, float)
    return np.column_stack([draws, np.zeros(len(draws))])


def evpi(npv: ArrayLike) -> float:
    """Expected value of perfect information: E[max_k NPV_k] - max_k E[NPV_k].

    npv: shape (draws, alternatives), money; include a column of zeros for the status quo.
    """
    draws = np.asarray(npv, float)
    value = float(draws.max(axis=1).mean() - draws.mean(axis=0).max())
    # What is left when the best choice never changes is rounding, not information.
    return value if value > _ROUNDING * float(np.abs(draws).max()) else 0.0


def evppi(npv: ArrayLike, inputs: Sequence[ArrayLike]) -> float:
    """Partial EVPI: what it is worth to learn these inputs, and only these.

    npv: shape (draws, alternatives), money; inputs: arrays of shape (draws,). Regression estimator
    of Strong, Oakley and Brennan 2014, Medical Decision Making 34(3), with Legendre polynomials of
    each input's rank in place of splines.
    """
    draws = np.asarray(npv, float)
    if len(draws) < _FEWEST_DRAWS:
        return 0.0
    columns = [_basis(np.asarray(each, float)) for each in inputs]
    design = np.column_stack([np.ones(len(draws)), *columns])
    coefficients, *_ = np.linalg.lstsq(design, draws, rcond=None)
    return evpi(design @ coefficients)


def _basis(values: Array) -> Array:
    """Legendre polynomials of the rank, scaled to -1..1: smooth in the quantile, whatever the shape."""
    ranks = np.searchsorted(np.sort(values), values, side="left") + np.searchsorted(
        np.sort(values), values, side="right"
    )
    scaled = ranks / len(values) - 1
    return np.asarray(np.polynomial.legendre.legvander(scaled, _DEGREE)[:, 1:], float)


def evsi_of_shares(npv: ArrayLike, shares: Sequence[ArrayLike], cases: int, seed: int) -> float:
    """Expected value of sample information: the pilot reads each share off `cases` labelled cases.

    npv: shape (draws, alternatives), money; shares: arrays of shape (draws,) with values in 0..1.
    Preposterior by regression on binomial readings (Strong et al. 2015, Medical Decision Making 35(5)).
    """
    if cases <= 0 or not shares:
        return 0.0
    generator = np.random.default_rng([seed, cases])
    readings = [generator.binomial(cases, np.clip(share, 0, 1)) / cases for share in shares]
    return evppi(npv, readings)
