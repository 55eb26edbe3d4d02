"""Was production reached as often as was signed? The chances of reaching it, scored once the fate is known.

The Brier score is the mean squared distance between the chance and what came, 1 or 0; less is better (Brier 1950,
Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review 78(1); the half of his, who counts
both outcomes). It is proper: nobody gains by giving another chance than the own one. It falls apart into uncertainty,
resolution and reliability (Murphy 1973, A New Vector Partition of the Probability Score, Journal of Applied Meteorology
12(4)), exactly so with the two parts that chances within a class differ by (Stephenson, Coelho and Jolliffe 2008, Two
Extra Components in the Brier Score Decomposition, Weather and Forecasting 23(4)).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from ..document.estimate import mean_of
from ..document.fields import SHARE
from ..document.proposal import Proposal
from ..errors import DocumentRefused
from .actuals import Actuals
from .comparing import Seen
from .intervals import LEVEL, wilson

FEWEST_FATES = 10
"""With fewer whose fate is known, nothing is said of the chances."""
_TENTHS = 10


@dataclass(frozen=True)
class Fate:
    """One decided alternative: the chance of reaching production that was signed, and whether it did.

    `chance` is None where nobody gave one; `reached` is None while it is open.
    """

    proposal: str
    chance: float | None
    reached: bool | None


@dataclass(frozen=True)
class Tenth:
    """Those of which a chance between two tenths was signed: how many, what was said on average, and what came of them.

    `low` and `high` are the ends of the 95 % interval of the share that came true (Wilson).
    """

    least: float
    most: float
    count: int
    stated: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True)
class Parts:
    """What a Brier score is the sum of: uncertainty - resolution + reliability + within.

    uncertainty: what it always costs that nobody knows, of the share that came true. resolution: how far the tenths came
    out unlike each other. reliability: how far what came is from what was said, by tenths; 0 is right. within: what
    chances of one tenth differ by.
    """

    uncertainty: float
    resolution: float
    reliability: float
    within: float


@dataclass(frozen=True)
class Production:
    """The scores of signed chances. Of `count` the fate is known, of `open` not yet; of `unsaid` nobody gave a chance.

    brier, its 95 % interval and `parts` are None where there are too few to say. stated and observed are the mean chance
    and the share that came true, that with its interval.
    """

    count: int
    open: int
    unsaid: int
    brier: float | None = None
    interval: tuple[float, float] | None = None
    parts: Parts | None = None
    stated: float | None = None
    observed: float | None = None
    observed_interval: tuple[float, float] | None = None
    tenths: tuple[Tenth, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether anything is said of them."""
        return self.brier is not None


def fate(identity: str, proposal: Proposal, actuals: Actuals) -> Fate:
    """What became of the alternative that was decided on. Raises DocumentRefused where it is not named."""
    seen = Seen(proposal, actuals)
    signed, reached = seen.alternative.success_probability, seen.reached
    chance = None if signed is None else mean_of(signed, *SHARE.support)
    return Fate(identity, chance, None if reached is None else reached >= 0.5)


def fate_of_stopped(identity: str, proposal: Proposal, actuals: Actuals) -> Fate | None:
    """The same where a later decision stopped it: what did not go live before will not. None where nobody named it."""
    try:
        found = fate(identity, proposal, actuals)
    except DocumentRefused:
        return None
    return replace(found, reached=bool(found.reached))


def production(fates: Sequence[Fate]) -> Production:
    """The scores of the chances whose fate is known; what is open is counted and not scored."""
    still_open = sum(each.reached is None for each in fates)
    unsaid = sum(each.reached is not None and each.chance is None for each in fates)
    known = [each for each in fates if each.reached is not None and each.chance is not None]
    if len(known) < FEWEST_FATES:
        return Production(len(known), still_open, unsaid)
    said, came = np.array([each.chance for each in known], float), np.array([each.reached for each in known], float)
    tenths = _tenths_of(said)
    return Production(
        count=len(known),
        open=still_open,
        unsaid=unsaid,
        brier=brier(said, came),
        interval=_interval((said - came) ** 2),
        parts=_parts(said, came, tenths),
        stated=float(said.mean()),
        observed=float(came.mean()),
        observed_interval=wilson(float(came.sum()), len(known)),
        tenths=tuple(_tenth(int(each), said[tenths == each], came[tenths == each]) for each in np.unique(tenths)),
    )


def brier(said: NDArray[np.float64], came: NDArray[np.float64]) -> float:
    """The mean squared distance between chances and what came (1 or 0), both of shape (n,)."""
    return float(np.mean((said - came) ** 2))


def _interval(losses: NDArray[np.float64]) -> tuple[float, float]:
    """Of the mean of independent losses (Student's t; Bradley, Schwartz and Hashino 2008, Weather and Forecasting 23(5))."""
    count, mean = len(losses), float(losses.mean())
    half = float(stdtrit(count - 1, (1 + LEVEL) / 2)) * float(losses.std(ddof=1)) / count**0.5
    return max(mean - half, 0.0), min(mean + half, 1.0)


def _tenths_of(said: NDArray[np.float64]) -> NDArray[np.int64]:
    """The number of the tenth in which each chance lies; a chance at an end belongs to the upper one, 1 to the last."""
    # Rounding must not put 0.3 below three tenths.
    return np.minimum(np.floor(said * _TENTHS + 1e-9), _TENTHS - 1).astype(np.int64)


def _tenth(number: int, said: NDArray[np.float64], came: NDArray[np.float64]) -> Tenth:
    low, high = wilson(float(came.sum()), len(came))
    ends = number / _TENTHS, (number + 1) / _TENTHS
    return Tenth(*ends, len(came), float(said.mean()), float(came.mean()), low, high)


def _parts(said: NDArray[np.float64], came: NDArray[np.float64], tenths: NDArray[np.int64]) -> Parts:
    base = float(came.mean())
    groups = [(said[tenths == each], came[tenths == each]) for each in np.unique(tenths)]
    counts = np.array([len(each) for each, _ in groups])
    stated, observed = (np.array([each[part].mean() for each in groups]) for part in (0, 1))
    resolution, reliability = (
        float(np.sum(counts * (each - observed) ** 2)) / len(said) for each in (np.full(len(groups), base), stated)
    )
    uncertainty = base * (1 - base)
    return Parts(uncertainty, resolution, reliability, brier(said, came) - uncertainty + resolution - reliability)
