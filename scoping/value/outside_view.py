"""The outside view: how much longer and dearer builds of the same class turned out than their teams said.

Reference class forecasting after Kahneman and Tversky 1979 and Flyvbjerg 2006. The team's own
figures stay as they are; these stand beside them. A class of the organisation's own projects, which a proposal keeps a
copy of, comes in place of the published one; it may say too what their gains came to. Each factor multiplies what the
team said, draw by draw, so the width of its ranges counts beside that of the class: the result is wide rather than narrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from ..bridges import Numbers
from ..document.own_classes import OwnFactor
from ..vocabulary import OutsideViewClass, Overrun
from .figures import Figure
from .model import NO_STRETCH, Inputs, Stretch, ValueModel
from .places import place_of
from .simulate import npv_alone

# A uniform number of 0 or 1 would be a factor without end.
_TINY = 1e-9


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


def outside_view(
    model: ValueModel, name: OutsideViewClass | None, draws: int, seed: int, own: Sequence[OwnFactor] = ()
) -> dict[int, Figure]:
    """NPV of each alternative, by index, if it goes as those of the reference class went.

    Where `own` projects say what they came to, that counts in place of the published class, for what they say it of.
    """
    stretching = _Stretching(
        model, None if name is None else REFERENCE_CLASSES[name], {each.what: each for each in own}
    )
    ordered = sorted(model.valued, key=lambda index: model.valued[index].name)
    chances = [place for index in ordered for place in stretching.places(index)]
    return npv_alone(replace(model, stretch=stretching), draws, seed, chances)


@dataclass(frozen=True)
class _Stretching:
    """Factors by a published class, and by the own one of what there is. Each of the own ones is drawn by itself."""

    model: ValueModel
    reference: ReferenceClass | None
    own: Mapping[Overrun, OwnFactor]

    def places(self, index: int) -> list[str]:
        """Where a draw keeps the uniform numbers that the factors of an alternative are read off."""
        published = [self._published_at(index)] if self._is_drawn else []
        return [*published, *(_own_at(index, what) for what in Overrun if what in self.own)]

    def __call__(self, index: int, values: Inputs) -> Stretch:
        published = self._published(index, values)
        cost = self._own(Overrun.COST, index, values, published.cost)
        months = self._own(Overrun.TIME, index, values, published.months)
        return Stretch(cost, months, self._gain(index, values))

    @property
    def _is_drawn(self) -> bool:
        """Whether the published class has a tail, and anything is left to it."""
        is_asked = not {Overrun.COST, Overrun.TIME} <= set(self.own)
        return self.reference is not None and self.reference.tail > 0 and is_asked

    def _published(self, index: int, values: Inputs) -> Stretch:
        found = self.reference
        if found is None:
            return NO_STRETCH
        if not self._is_drawn:
            return Stretch(found.cost, found.months)
        hit = np.asarray(values[self._published_at(index)]) < found.tail
        return Stretch(np.where(hit, found.tail_cost, found.cost), np.where(hit, found.tail_months, found.months))

    def _published_at(self, index: int) -> str:
        return place_of(index, "overrun")

    def _own(self, what: Overrun, index: int, values: Inputs, otherwise: Numbers) -> Numbers:
        found = self.own.get(what)
        return otherwise if found is None else _lognormal(found, values[_own_at(index, what)])

    def _gain(self, index: int, values: Inputs) -> Numbers:
        """What is gained, so many times. Where an alternative loses each month, a small factor would be a gift: then 1."""
        factor = self._own(Overrun.BENEFIT, index, values, 1.0)
        if Overrun.BENEFIT not in self.own:
            return factor
        return np.where(np.asarray(self.model.gain_per_month(index, values)) > 0, factor, 1.0)


def _own_at(index: int, what: Overrun) -> str:
    return place_of(index, f"own {what}")


def _lognormal(factor: OwnFactor, chance: Numbers) -> Numbers:
    return np.asarray(np.exp(factor.mean_log + factor.deviation * ndtri(np.clip(chance, _TINY, 1 - _TINY))))
