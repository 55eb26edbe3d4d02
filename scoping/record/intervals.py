"""Intervals of shares of small numbers.

Wilson's score interval, without continuity correction: of the usual ones its coverage is closest to what it says for
small numbers, it never leaves 0 to 1, and it is no wider than it must be (Brown, Cai and DasGupta 2001, Interval
Estimation for a Binomial Proportion, Statistical Science 16(2), recommend it for up to 40). The interval of Clopper and
Pearson is never too short, and for ten or twenty estimates so wide that nothing would ever be found out.
"""

from __future__ import annotations

from math import sqrt

from scipy.special import ndtri

from ..document.fields import Quantity
from ..vocabulary import Unit

LEVEL = 0.95
# An area under a curve begins at one half, and is no share of cases.
_LEAST_AREA = 0.5


def is_share_of_cases(quantity: Quantity) -> bool:
    """Whether a value is the share of a number of cases, so that a sample of them tells it with chance."""
    return quantity.unit is Unit.SHARE and quantity.bounded and 0 <= quantity.lower < _LEAST_AREA


def wilson(hits: float, of: float, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a share: `hits` of `of`. Both may be fractions, since estimates that depend on each other count less.

    Source: Wilson 1927, Journal of the American Statistical Association 22(158). Nothing of nothing may be anything.
    """
    if of <= 0:
        return 0.0, 1.0
    z, share = float(ndtri((1 + level) / 2)), hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low = 0.0 if hits <= 0 else max(middle - half, 0.0)
    return low, 1.0 if hits >= of else min(middle + half, 1.0)
