"""What is predicted from what, on which rows, and what is known without a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ...document.evidence.signal import SplitKind
from .inputs import Inputs
from .values import Codes, Floats

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Fold:
    """Rows that a model is trained on, and rows on which it is then scored."""

    train: Rows
    test: Rows


@dataclass(frozen=True)
class Problem:
    """Rows in the order of time where they have one, else in that of the source.

    `target` holds class codes, the most frequent first, or numbers; of two classes, 1 is the one that counts. `offset`
    is what a model of numbers starts from: in a series the last value, so that it learns changes; else 0. `units` are
    rows that belong together, whose scores are not independent: of a group, or next to each other in time. `known`
    holds, by name, what baselines that look at time predict for each row.
    """

    inputs: Inputs
    target: Floats
    classes: int
    split: SplitKind
    units: Codes
    row_numbers: Rows
    columns: int
    """How many of the inputs are columns of the data: the past of the target and the row's time come after them."""
    offset: Floats | None = None
    known: Mapping[str, Floats] = field(default_factory=dict)
    times: Floats | None = None
    groups: Codes | None = None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.target)

    @property
    def is_regression(self) -> bool:
        """True where numbers are predicted."""
        return self.classes == 0

    @property
    def is_binary(self) -> bool:
        """True where there are two classes."""
        return self.classes == 2

    @property
    def start(self) -> Floats:
        """The offset of each row, 0 where there is none."""
        return np.zeros(self.rows) if self.offset is None else self.offset

    @property
    def learned(self) -> Floats:
        """What models are trained on: class codes, or how far each number is from its offset."""
        return self.target if self.offset is None else self.target - self.offset
