"""How many labels are wrong, told apart from classes that overlap.

Answers are put in order, from the surest of each class (u = 0) to the least sure one (u = 1). A wrong label contradicts
a sure answer as often as an unsure one; overlapping classes contradict the unsure ones. So an answer is contradicted
with the chance

    r(u) = wrong + overlap u^shape,

and `wrong` is the share of wrong labels where these are as frequent among easy cases as among difficult ones. That is
the class-conditional noise of confident learning (Northcutt, Jiang and Chuang 2021), whose own count takes each
overlap for a wrong label. The three numbers follow by Bayes on a grid: the same answers give the same share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...document.evidence import Measured
from .values import Codes, Floats

_BINS = 32
_WRONG = np.linspace(0, 0.5, 201)
_OVERLAP = np.linspace(0, 0.75, 31)
_SHAPES = np.geomspace(1, 16, 14)
_ENDS = (0.025, 0.975)
# Overlap makes the share less sure. Above so many times the error of counting, the two are not told apart.
_MOST_UNSURE = 2.1
_LEAST_VARIANCE = 0.01
# The surest answers have to be contradicted much less often than any answer by chance.
_OF_CHANCE = 0.5
_TINY = 1e-4


@dataclass(frozen=True)
class Contradictions:
    """How many answers there are in each part from the surest to the least sure, and how many a label contradicts.

    `by_chance` is the share that would be contradicted if labels were dealt out at random.
    """

    answers: Floats
    contradicted: Floats
    by_chance: float


def contradictions_of(target: Codes, said: Floats) -> Contradictions:
    """Of class codes and probabilities out of sample, rows x classes."""
    answer = said.argmax(axis=1)
    places = np.minimum((_sureness(answer, said.max(axis=1)) * _BINS).astype(int), _BINS - 1)
    shares = np.bincount(target, minlength=said.shape[1]) / len(target)
    return Contradictions(
        np.bincount(places, minlength=_BINS).astype(float),
        np.bincount(places, weights=(answer != target).astype(float), minlength=_BINS).astype(float),
        float(np.mean(1 - shares[answer])),
    )


def _sureness(answer: Codes, sure: Floats) -> Floats:
    """The rank of each answer among those of its class, from 0 for the surest to 1."""
    rank = np.empty(len(answer))
    for each in np.unique(answer):
        rows = np.flatnonzero(answer == each)
        order = np.argsort(-sure[rows], kind="stable")
        rank[rows[order]] = (np.arange(len(rows)) + 0.5) / len(rows)
    return rank


def share_wrong(found: Contradictions) -> Measured | None:
    """The share of wrong labels with its 95 % interval; None where classes overlap too far to tell."""
    wrong, weights = _posterior(found)
    share = float(weights @ wrong)
    spread = float(np.sqrt(weights @ (wrong - share) ** 2))
    counting = np.sqrt(max(share * (1 - share), _LEAST_VARIANCE) / found.answers.sum())
    if spread > _MOST_UNSURE * counting or share > _OF_CHANCE * found.by_chance:
        return None
    low, high = wrong[np.searchsorted(np.cumsum(weights), _ENDS)]
    return Measured(value=share, low=min(float(low), share), high=max(float(high), share))


def _posterior(found: Contradictions) -> tuple[Floats, Floats]:
    """Shares of wrong labels and the weight of each: every share, overlap and shape is as likely before."""
    place = (np.arange(_BINS) + 0.5) / _BINS
    wrong, overlap, rise = np.meshgrid(_WRONG, _OVERLAP, np.arange(len(_SHAPES)), indexing="ij")
    chance = wrong[..., None] + overlap[..., None] * (place ** _SHAPES[:, None])[rise]
    chance = np.clip(chance, _TINY, 1 - _TINY)
    likelihood = np.log(chance) @ found.contradicted + np.log1p(-chance) @ (found.answers - found.contradicted)
    weights = np.exp(likelihood - likelihood.max()).sum(axis=(1, 2))
    return _WRONG, weights / weights.sum()
