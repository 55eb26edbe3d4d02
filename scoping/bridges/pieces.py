"""What bridges are described with: metrics, inputs, steps of a formula, what a sample counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Estimate
from ..document.fields import Quantity
from ..text.languages import within_sentence
from ..vocabulary import Better, Unit

Numbers = NDArray[np.float64] | float
Values = Mapping[str, Numbers]
Names = Mapping[str, str]
"""Names of spreadsheet cells, by input or metric."""

Anything = TypeVar("Anything")
Inconsistency = tuple[tuple[str | int, ...], Any, str]
"""Where it is within the bridge, what stands there, and what is allowed."""
BETWEEN = "/"
"""Between the name of a stream or segment and that of its metric or input: "emails/recall"."""
ALONE = ""
"""The name, within a part, that says among metrics that it has no others: what holds for all parts does not hold there."""


@dataclass(frozen=True)
class Metric:
    """A technical metric that a bridge reads: its title, help, unit and bounds, and which way is better.

    default is its value where an alternative does not give it; None means that it must. called is what it is called
    within a sentence, where that is not its title with a small letter; within_part its title among those of its part.
    One that `is_choice` is what the team decides and no quality of a model: it may be left out, and has neither a
    break-even nor a ceiling.
    """

    name: str
    title: str
    help: str
    quantity: Quantity
    better: Better = Better.UP
    default: float | None = None
    is_choice: bool = False
    called: str = ""
    within_part: str = ""

    @property
    def own_title(self) -> str:
        """The title where it is plain to which part of the work it belongs."""
        return self.within_part or self.title

    @property
    def phrase(self) -> str:
        """The title within a sentence: "recall", but "ROC AUC"."""
        return self.called or within_sentence(self.title)

    def headroom(self, break_even: float, ceiling: float) -> float:
        """Room between the break-even and the ceiling; negative where even the ceiling does not pay."""
        return ceiling - break_even if self.better is Better.UP else break_even - ceiling


@dataclass(frozen=True)
class Step:
    """Something that a formula works out on the way: its name, its letter, what it is, and what it is counted in."""

    name: str
    latex: str
    title: str
    help: str
    unit: Unit


@dataclass(frozen=True)
class Conflict:
    """Two inputs that cannot go together. `place` is the keys to it within an alternative ("metrics", "precision")."""

    place: tuple[str, ...]
    value: Any
    allowed: str


@dataclass(frozen=True)
class Counted:
    """A share that a sample of labelled cases counts, and among which of its cases.

    name is that of the metric or shared input that it tells; share its value, 0..1, a number or one for each draw.
    among names a share that is counted before it: only its hits count here, or (`rest`) only the others.
    portion is the share of the sample that is looked at where all cases count.
    """

    name: str
    share: Numbers
    among: str = ""
    rest: bool = False
    portion: float = 1.0


@dataclass(frozen=True)
class BridgeInput:
    """One input that all alternatives share.

    keys lead to it within the bridge, name is its key among the values that the bridge reads; owner is the stream or
    segment that it belongs to, empty where there is none. `rank` stands for the keys where inputs are put in order:
    it does not depend on places in a list. One that is folded most do without.
    """

    keys: tuple[str | int, ...]
    name: str
    title: str
    owner: str
    estimate: Estimate | None
    quantity: Quantity
    rank: tuple[str, ...] = ()
    folded: bool = False


@dataclass(frozen=True)
class OperatingCurve:
    """Money per case against the share of the cases that is flagged, threshold by threshold, and the best point."""

    flagged: NDArray[np.float64]
    value: NDArray[np.float64]
    best_flagged: float
    best_value: float
    best_recall: float
    best_false_positive_rate: float
