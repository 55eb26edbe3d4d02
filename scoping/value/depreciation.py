"""Straight-line depreciation of what a build has cost, month by month.

It begins when the build ends. What is not written off at the horizon is written off then, and all of it as soon as an
alternative turns out not to reach production (IAS 38, amortisation in equal parts from when an asset is ready for use,
and IAS 36, impairment; Brealey, Myers and Allen, Principles of Corporate Finance, ch. 6).
"""

from __future__ import annotations

import numpy as np

from ..bridges import Numbers
from ..document.estimate import Array


def depreciated(
    capital: Array, build_months: Numbers, life: float | None, success: Numbers, horizon: int, draws: int
) -> Array:
    """What is written off in each month, of shape (horizon + 1, draws): on the first day, the first row, nothing.

    capital: all that is written off, money, shape (draws,). life: months, None for what is left of the horizon.
    success: the share, or the chance, of reaching production. Every column adds up to its capital.
    """
    months = np.arange(1, horizon + 1)[:, None]
    ready = np.broadcast_to(np.asarray(build_months, float), (1, draws))
    lasts = np.maximum(horizon - ready, 0.0) if life is None else np.full((1, draws), life)
    used = np.clip((months - ready) / np.maximum(lasts, _MOMENT), 0.0, 1.0)
    # Which share is written off by the end of each month: in use, and where it never comes to use.
    by_then = success * used + (1 - success) * np.clip(months - ready, 0.0, 1.0)
    by_then[-1] = 1.0
    parts = np.diff(by_then, axis=0, prepend=0.0)
    return np.concatenate([np.zeros((1, draws)), parts * capital])


# Shorter than any time that matters, in months.
_MOMENT = 1e-9
