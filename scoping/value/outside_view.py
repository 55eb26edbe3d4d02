"""The outside view: how much longer and dearer builds of the same class turned out than their teams said.

Reference class forecasting after Kahneman and Tversky 1979 and Flyvbjerg 2006. The team's own
figures stay as they are; these stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..vocabulary import OutsideViewClass
from .figures import Figure
from .model import Inputs, Stretch, ValueModel
from .places import place_of
from .simulate import npv_alone


@dataclass(frozen=True)
class ReferenceClass:
    """Published overruns. With the chance `tail`, cost and months are stretched by `tail_cost` and `tail_months`.

    Otherwise they are stretched by `cost` and `months`. All are factors on the team's own figures.
    """

    source: str
    cost: float
    months: float
    tail: float = 0.0
    tail_cost: float = 1.0
    tail_months: float = 1.0

    @property
    def mean_cost(self) -> float:
        """The mean factor on cost over all builds of the class."""
        return self.tail * self.tail_cost + (1 - self.tail) * self.cost


REFERENCE_CLASSES: dict[OutsideViewClass, ReferenceClass] = {
    # 1,471 projects: mean cost overrun 27 %; one in six overran by 200 % in cost and almost 70 % in time.
    # The other five sixths must then average (1.27 - 3 / 6) / (5 / 6) = 0.924 of their budgets.
    OutsideViewClass.IT_PROJECTS: ReferenceClass(
        "Flyvbjerg and Budzier 2011, Why Your IT Project May Be Riskier Than You Think, Harvard Business Review 89(9)",
        cost=(1.27 - 3.0 / 6) / (5 / 6),
        months=1.0,
        tail=1 / 6,
        tail_cost=3.0,
        tail_months=1.7,
    ),
    OutsideViewClass.GREEN_BOOK_UPPER: ReferenceClass(
        "HM Treasury, Green Book supplementary guidance on optimism bias (Mott MacDonald 2002): capital +200%, duration +54%",
        cost=3.0,
        months=1.54,
    ),
    OutsideViewClass.GREEN_BOOK_LOWER: ReferenceClass(
        "HM Treasury, Green Book supplementary guidance on optimism bias (Mott MacDonald 2002): capital +10%, duration +10%",
        cost=1.1,
        months=1.1,
    ),
}


def outside_view(model: ValueModel, name: OutsideViewClass, draws: int, seed: int) -> dict[int, Figure]:
    """NPV of each alternative, by index, if its build goes as those of the reference class went."""
    found = REFERENCE_CLASSES[name]
    chances = {index: place_of(index, "overrun") for index in model.valued} if found.tail else {}
    ordered = [chances[index] for index in sorted(chances, key=lambda index: model.valued[index].name)]
    stretched = replace(model, stretch=_Stretching(found, chances))
    return npv_alone(stretched, draws, seed, ordered)


@dataclass(frozen=True)
class _Stretching:
    reference: ReferenceClass
    chances: Mapping[int, str]

    def __call__(self, index: int, values: Inputs) -> Stretch:
        found = self.reference
        if index not in self.chances:
            return Stretch(found.cost, found.months)
        hit = np.asarray(values[self.chances[index]]) < found.tail
        return Stretch(np.where(hit, found.tail_cost, found.cost), np.where(hit, found.tail_months, found.months))
