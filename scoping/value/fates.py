"""Whether alternatives reach production together: models on the same data often fail together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from ..bridges import Numbers

# Points this close to 0 or 1 have no finite normal quantile.
_EDGE = 2.0**-53


def joined_fates(values: Mapping[str, Numbers], fates: Sequence[str], dependence: float) -> dict[str, Numbers]:
    """The values, with the uniform numbers named by `fates`, each of shape (draws,), made dependent.

    A Gaussian copula in which every two have the correlation `dependence`, 0 (independent) to 1 (one fate for all):
    each keeps its own uniform distribution, and so its own chance. With k fates, the symmetric root of the matrix
    (1 - d) I + d J is a I + b J with a = sqrt(1 - d) and b = (sqrt(1 + (k - 1) d) - a) / k, J being all ones. Source:
    Li 2000, On Default Correlation: A Copula Function Approach, Journal of Fixed Income 9(4).
    """
    drawn = [name for name in fates if name in values]
    if not dependence or len(drawn) < 2:
        return dict(values)
    normal = ndtri(np.clip(np.stack([values[name] for name in drawn]), _EDGE, 1 - _EDGE))
    own = np.sqrt(1 - dependence)
    shared = (np.sqrt(1 + (len(drawn) - 1) * dependence) - own) / len(drawn)
    uniform = ndtr(own * normal + shared * normal.sum(axis=0))
    return {**values, **dict(zip(drawn, uniform, strict=True))}
