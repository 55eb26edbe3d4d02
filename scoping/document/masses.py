"""Ranges that touch a bound, or whose quantiles are equal: some of the chance sits on one value.

Adoption of 60, 80 and 100 % says that one chance in ten is full adoption; a cost of 0, 0 and 50 M that at least every
second time nothing is paid. A density cannot honour such quantiles, a mass can: the distribution is a mass at that
value, and beyond it a continuous part through what is left.

Sources: Aitchison 1955, Journal of the American Statistical Association 50(271), for a positive amount with a mass at
its origin and a lognormal beyond; Kumaraswamy 1980, Journal of Hydrology 46, for one quantile between two bounds;
Jaynes 1957, Physical Review 106(4), for the exponential as the least that can be assumed of an amount beyond a value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

Array = NDArray[np.float64]
_CHANCES = (0.1, 0.5, 0.9)
# Beyond it, the logarithm of what is left would be that of nothing.
_EDGE = 2.0**-50
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Masses:
    """Where a distribution's masses lie: chances up to `below` are on `start`, those from `above` on are on `end`.

    `below` is 0 and `above` 1 where there is none; `end` is None where nothing bounds the continuous part.
    `points` are the chances and values between, which the continuous part goes through.
    """

    below: float
    above: float
    start: float
    end: float | None
    points: tuple[tuple[float, float], ...]

    @property
    def are_there(self) -> bool:
        """True where there is any."""
        return self.below > 0 or self.above < 1


def masses_of(quantiles: tuple[float, float, float], lower: float, upper: float | None) -> Masses:
    """The masses of three quantiles that do not fall, between their bounds; `upper` None means bounded below only.

    Two quantiles that only rounding tells apart are equal: no density lies between them.
    """
    low, middle, high = quantiles
    below = 0.5 if _are_alike(low, middle, lower, upper) else 0.1 if low <= lower else 0.0
    touches = upper is not None and high >= upper
    above = 0.5 if _are_alike(middle, high, lower, upper) else 0.9 if touches else 1.0
    start, end = low if below else lower, high if above < 1 else upper
    between = zip(_CHANCES, quantiles, strict=True)
    return Masses(below, above, start, end, tuple(each for each in between if below < each[0] < above))


def _are_alike(one: float, other: float, lower: float, upper: float | None) -> bool:
    """Whether what is left to the nearer bound is the same for both, within rounding."""
    room = other - lower if upper is None else min(other - lower, upper - one)
    return other - one <= _ROUNDING * room or one == other


def with_masses(masses: Masses) -> Callable[[ArrayLike], Array]:
    """The quantile function: chances in (0, 1), of any shape, to values of the same shape."""
    if masses.below >= masses.above:
        end = masses.start if masses.end is None else masses.end
        return lambda chance: np.where(np.asarray(chance, float) <= masses.below, masses.start, end)
    within = _continuous(masses)

    def quantile(chance: ArrayLike) -> Array:
        inside = (np.asarray(chance, float) - masses.below) / (masses.above - masses.below)
        found = within(np.clip(inside, 0.0, 1.0))
        found = np.where(inside <= 0, masses.start, found)
        return found if masses.end is None else np.where(inside >= 1, masses.end, found)

    return quantile


def _continuous(masses: Masses) -> Callable[[Array], Array]:
    """The part between the masses, by the share of its own chance."""
    start, end = masses.start, masses.end
    points = [((chance - masses.below) / (masses.above - masses.below), value) for chance, value in masses.points]
    if end is None:
        return _lognormal(points, start) if len(points) > 1 else _exponential(*points[0], start)
    width = end - start
    shares = [(chance, (value - start) / width) for chance, value in points]
    inside = _probit_normal(shares) if len(shares) > 1 else _power(shares, masses)
    return lambda chance: start + width * inside(chance)


def _lognormal(points: list[tuple[float, float]], start: float) -> Callable[[Array], Array]:
    at, slope = _line([(chance, float(np.log(value - start))) for chance, value in points])
    return lambda chance: start + np.exp(at + slope * ndtri(chance))


def _probit_normal(shares: list[tuple[float, float]]) -> Callable[[Array], Array]:
    """A normal within two bounds, as J-QPD-B has it in its middle."""
    at, slope = _line([(chance, float(ndtri(share))) for chance, share in shares])
    return lambda chance: ndtr(at + slope * ndtri(chance))


def _line(points: list[tuple[float, float]]) -> tuple[float, float]:
    (first, low), (second, high) = points
    slope = (high - low) / (ndtri(second) - ndtri(first))
    return low - slope * ndtri(first), slope


def _exponential(chance: float, value: float, start: float) -> Callable[[Array], Array]:
    scale = (value - start) / -np.log1p(-chance)
    return lambda share: start - scale * np.log1p(-np.minimum(share, 1 - _EDGE))


def _power(shares: list[tuple[float, float]], masses: Masses) -> Callable[[Array], Array]:
    """A power of the chance, or of its rest, through one point; evenly where there is none.

    The density is highest at the larger mass, and thins out from it; between equal ones, at the nearer.
    """
    if not shares:
        return lambda chance: chance
    ((chance, share),) = shares
    lean = masses.below - (1 - masses.above)
    if lean > _EDGE or (abs(lean) <= _EDGE and share > chance):
        power = np.log1p(-share) / np.log1p(-chance)
        return lambda each: 1 - (1 - each) ** power
    power = np.log(share) / np.log(chance)
    return lambda each: each**power
