"""What matters most: the swing of NPV when one input moves from its P10 to its P90."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..bridges import Numbers
from ..document.paths import Path
from .model import ValueModel


@dataclass(frozen=True)
class Swing:
    """NPV of one alternative at an input's P10 and P90, all other inputs at their P50 (money)."""

    input: Path
    label: str
    npv_at_p10: float
    npv_at_p90: float

    @property
    def width(self) -> float:
        """How far the input alone moves NPV."""
        return abs(self.npv_at_p90 - self.npv_at_p10)


def tornado(model: ValueModel, index: int) -> tuple[float, list[Swing]]:
    """The base NPV with every input at its P50, and every uncertain input's swing, largest first.

    Reaching production counts by its probability, so that its own swing is seen too.
    """
    uncertain = [each for each in model.inputs if each.is_uncertain]
    count = 2 * len(uncertain) + 1
    columns = {each.path: np.full(count, each.estimate.p50) for each in model.inputs}
    for row, each in enumerate(uncertain):
        columns[each.path][2 * row : 2 * row + 2] = each.estimate.p10, each.estimate.p90
    values: dict[str, Numbers] = {str(path): column for path, column in columns.items()}
    npv = model.present(index, values, count).npv
    swings = [
        Swing(each.path, each.label, float(npv[2 * row]), float(npv[2 * row + 1])) for row, each in enumerate(uncertain)
    ]
    return float(npv[-1]), sorted(swings, key=lambda swing: -swing.width)
