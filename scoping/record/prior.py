"""What such proposals are worth, found in the track record: for Choose, in place of the portfolio's own prior.

An estimate x (expected NPV as a share of the money that a proposal moves) with the standard error s is shrunk to
w x + (1 - w) m, w = t^2 / (t^2 + s^2), where values as they turn out have the mean m and the deviation t (Smith and
Winkler 2006, The Optimizer's Curse, Management Science 52(3), equation 3). So of a proposal that was decided on,

    y given x  is normal with mean  w x + (1 - w) m  and variance  t^2 (1 - w) + l^2,

y being what came, on the same scale, and l the spread of what is luck and no error (whether production is reached, which
cost falls due). This is looked at *given* x: proposals are decided on because x was high, and what is conditional on x is
not biased by that choice, as the values themselves would be. The proposals to choose among, on which nobody has decided,
say the rest: their estimates have the mean m and the variance t^2 + s^2. Mean and deviation are those expected after a
look at both, when every mean from -1 to 1 and every deviation from 0 to 1 was as likely before (empirical Bayes with a
hyperprior: Gelman and others 2013, Bayesian Data Analysis, sections 5.4 and 5.5).

A few outcomes have reasons that no such model knows, and one alone, of an estimate that was said to be sure, could say
that no estimate counts. So up to one in ten are set aside where the others speak against them (a trimmed likelihood:
Hadi and Luceno 1997, Computational Statistics and Data Analysis 25(3)). No more: what most of a record says is no error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..document.proposal import Proposal
from ..feasibility.evidence.chances import assumptions, with_assumed
from ..feasibility.evidence.reach import reaches
from ..feasibility.evidence.resting import Grounds
from ..portfolio.candidates import Estimated
from ..portfolio.estimating import estimated
from ..portfolio.shrinkage import Prior
from ..value.model import value_model
from ..value.simulate import simulate
from .actuals import Actuals
from .places import index_of
from .reestimating import npv_as_known
from .restating import ended

Shares = NDArray[np.float64]
FEWEST_DECIDED = 10
"""With fewer decided proposals whose outcome is known, the record says too little: docs/decisions/0088."""
KNOWN = 0.5
"""This share of the horizon has to be recorded before an outcome counts as known; what was stopped is known."""
_DRAWS, _SEED = 4_096, 1
_MEANS = np.linspace(-1, 1, 201)[:, None]
_DEVIATIONS = ((np.arange(200) + 0.5) / 200)[None, :]
# What is certain and came as it was signed would otherwise weigh without end.
_LEAST_VARIANCE = 1e-6
_SET_ASIDE = 10
"""At most one in so many outcomes is set aside."""
_ODD = float(np.log(0.05))
"""How likely it was before that an outcome has reasons of its own; it then lies about as far off as all money moved."""


@dataclass(frozen=True)
class Realised:
    """A decided proposal as shares of the money that it was signed to move.

    `estimated` is the expected NPV that was signed, `error` the standard error of that, `luck` the spread that is no
    error, and `realised` the NPV with what is known by now.
    """

    proposal: str
    estimated: float
    error: float
    luck: float
    realised: float


@dataclass(frozen=True)
class RecordPrior:
    """The prior that a record tells of; `error` is the standard error of its mean.

    `decided` is how many decided proposals it rests on, beside those that are chosen among.

    `fell` is by how much less than signed they came to on average, as a share of the money that they move.
    """

    prior: Prior
    error: float
    decided: int
    fell: float


def realised(identity: str, proposal: Proposal, actuals: Actuals) -> Realised | None:
    """What a decided proposal came to; None where too little is known of it, or nothing of it can be valued.

    Raises DocumentRefused where the actuals name no alternative of it.
    """
    if not is_known(proposal, actuals):
        return None
    proposal = with_assumed(proposal, assumptions(proposal))
    model, now = value_model(proposal), npv_as_known(proposal, actuals, _DRAWS, _SEED)
    index = index_of(proposal, actuals.alternative)
    if model is None or index not in model.valued or now is None or now.mean is None:
        return None
    simulation = simulate(model, _DRAWS, _SEED, in_detail=False)
    signed = estimated(model, simulation, index, Grounds(proposal, reaches(proposal)))
    if signed.size <= 0:
        return None
    outcome = simulation.outcomes[index]
    luck = max(float(np.var(outcome.draws)) - float(np.var(np.asarray(outcome.kept.expected, float))), 0.0) ** 0.5
    shares = (each / signed.size for each in (signed.value, signed.error, luck, now.mean))
    return Realised(identity, *shares)


def realised_of_stopped(identity: str, proposal: Proposal, actuals: Actuals) -> Realised | None:
    """The same where a later decision stopped it: it ended with the last month that was recorded. Raises as that does."""
    known = ended(actuals)
    return None if known is None else realised(identity, proposal, known)


def is_known(proposal: Proposal, actuals: Actuals) -> bool:
    """Whether enough was recorded to say what came of a proposal."""
    if actuals.stopped_month is not None:
        return True
    horizon = proposal.returns.horizon_months or 0
    return horizon > 0 and actuals.months >= KNOWN * horizon


def prior_of_record(found: Sequence[Realised], open_ones: Sequence[Estimated] = ()) -> RecordPrior | None:
    """The prior of these decided proposals, and of the best estimate of each that is chosen among.

    None where fewer than FEWEST_DECIDED are decided.
    """
    if len(found) < FEWEST_DECIDED:
        return None
    weights = _posterior(found, open_ones)
    mean = float((weights * _MEANS).sum())
    error = float((weights * (_MEANS - mean) ** 2).sum()) ** 0.5
    fell = float(np.mean([each.estimated - each.realised for each in found]))
    return RecordPrior(Prior(mean, float((weights * _DEVIATIONS).sum())), error, len(found), fell)


def _posterior(found: Sequence[Realised], open_ones: Sequence[Estimated]) -> Shares:
    """How likely each mean and deviation is after a look at both, shape (means, deviations); adds up to 1."""
    density = _of_decided(found)
    for one in open_ones:
        variance = _DEVIATIONS**2 + (one.error / one.size) ** 2
        density += _normal(one.value / one.size - _MEANS, variance)
    weights = np.exp(density - density.max())
    return np.asarray(weights / weights.sum())


def _of_decided(found: Sequence[Realised]) -> Shares:
    """The logarithm of the density of what came, but for a constant; row by row, since there may be a thousand."""
    estimated, error, luck, came = (
        np.array([getattr(each, name) for each in found], float)[:, None]
        for name in ("estimated", "error", "luck", "realised")
    )
    weight = _DEVIATIONS**2 / (_DEVIATIONS**2 + error**2)
    variance = np.maximum(_DEVIATIONS**2 * (1 - weight) + luck**2, _LEAST_VARIANCE)
    odd = _ODD + _normal(came - estimated, np.ones(1))
    rows = (_normal(came - weight * estimated - (1 - weight) * mean, variance) for mean in _MEANS.ravel())
    return np.array([row.sum(axis=0) + _gained_aside(odd - row) for row in rows])


def _gained_aside(gains: Shares) -> Shares:
    """What is gained by setting aside those outcomes that are explained worst, for each deviation."""
    kept = len(gains) - len(gains) // _SET_ASIDE
    return np.asarray(np.maximum(np.partition(gains, kept, axis=0)[kept:], 0.0).sum(axis=0))


def _normal(away: Shares, variance: Shares) -> Shares:
    """The logarithm of the density, but for a constant."""
    return np.asarray(-0.5 * (np.log(variance) + away**2 / variance))
