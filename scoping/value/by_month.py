"""A gain per case that is not the same in all months: where people cannot act on more, however many cases come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count, repeat
from typing import NamedTuple

import numpy as np

from ..bridges import Numbers
from ..vocabulary import GrowthSteps
from .conventions import growth_until

Gain = Numbers | Callable[[Numbers], Numbers]
"""Gain per case: a number or draws, or what it is where so many times today's cases come up in a month."""


class Weighed(NamedTuple):
    """One month: how many times today's cases come up, and its useful and handled cases, discounted."""

    grown: Numbers
    useful: Numbers
    handled: Numbers


def gains(gain: Gain, steps: GrowthSteps, growth: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """The gain per case of one month after the other, as what is won and what is lost; growth is yearly."""
    if not callable(gain):
        return repeat(_parts(gain))
    return (_parts(gain(growth_until(month, steps, growth))) for month in count(1))


def mean_gain(months: Sequence[Weighed], gain: Callable[[Numbers], Numbers]) -> Numbers:
    """The gain per case that, the same in all months, is worth what each month's own is.

    Drift takes from gains alone, so useful cases count what is won and handled ones what is lost.
    """
    gained: Numbers = 0.0
    useful: Numbers = 0.0
    handled: Numbers = 0.0
    for month in months:
        if np.any(month.handled):
            won, lost = _parts(gain(month.grown))
            gained = gained + month.useful * won + month.handled * lost
            useful, handled = useful + month.useful, handled + month.handled
    mean: Numbers = gained / np.maximum(np.where(gained >= 0, useful, handled), np.finfo(float).tiny)
    return mean


def times(gain: Gain, factor: Numbers) -> Gain:
    """So many times a gain per case, in every month."""
    if callable(gain):
        return lambda grown: factor * gain(grown)
    return factor * gain


def _parts(gain: Numbers) -> tuple[Numbers, Numbers]:
    return np.maximum(gain, 0.0), np.minimum(gain, 0.0)
