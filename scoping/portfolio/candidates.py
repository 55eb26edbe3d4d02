"""What may be chosen: proposals, and the ways in which each can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]
"""NPV in each scenario, shape (scenarios,), in the portfolio's currency; the same scenarios for all options."""


@dataclass(frozen=True)
class Option:
    """One way to do a proposal: an alternative, a pilot, either at another time.

    `value` is its expected NPV, `draws` the NPV in each scenario where risk is looked at, `money` what it takes in each
    quarter and `people` how many full-time people of each role in each month, from the portfolio's first month on.
    It is worked on from month `start` to before month `end`.
    """

    name: str
    value: float
    money: Sequence[float] = ()
    people: Mapping[str, Sequence[float]] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    draws: Draws | None = None


@dataclass(frozen=True)
class Candidate:
    """A proposal, of which one option is chosen or none."""

    name: str
    options: tuple[Option, ...]
