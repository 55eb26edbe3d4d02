"""One sample of a model's inputs, on which the model is valued again and again with a single input changed.

Only the alternatives that the input belongs to are valued anew; all others keep their present values. So some
hundred what-ifs cost about as much as one assessment.
"""

from __future__ import annotations

import numpy as np

from ..bridges import Numbers
from ..document.estimate import Array
from ..document.paths import Path
from .cashflow import Present
from .figures import Figure
from .model import ValueModel
from .places import BRIDGE, place_of
from .simulate import Blocks, Outcome, Simulation

_NO_BARS: tuple[Array, Array] = (np.empty(0), np.empty(0))


class Trial:
    """A model and a sample of its inputs: at least one draw, or `draws` rounded up to whole Sobol points."""

    def __init__(self, model: ValueModel, draws: int, seed: int) -> None:
        self._model, self._seed = model, seed
        self._values, self._draws = next(iter(Blocks(model, draws, seed)))
        self._presents = {index: self._present(index, self._values) for index in model.valued}

    def _present(self, index: int, values: dict[str, Numbers]) -> Present:
        return self._model.unroll(index, values, self._draws).present

    def simulation(self, changed: Path | None = None, value: float = 0.0) -> Simulation:
        """What the simulation says where one input is certain; nothing in detail."""
        values = dict(self._values) if changed is None else {**self._values, changed: value}
        presents = {index: self._changed(index, values, changed) for index in self._presents}
        outcomes = {index: _outcome(present) for index, present in presents.items()}
        rate = self._model.discount_rate(values)
        return Simulation(outcomes, values, self._draws, self._seed, rate, self._model.causes)

    def _changed(self, index: int, values: dict[str, Numbers], changed: Path | None) -> Present:
        """The present values of one alternative, worked out anew as far as the input reaches."""
        before = self._presents[index]
        if changed is None or any(changed.is_within(place_of(each)) for each in self._model.valued if each != index):
            return before
        if self._is_worth_of_a_case(changed):
            return before.valued(self._model.gain(index, values))
        return self._present(index, values)

    def _is_worth_of_a_case(self, changed: Path) -> bool:
        """True for inputs that say what a case is worth: they change no number of cases and no cost."""
        if changed.is_within(BRIDGE):
            return changed.last != "cases_per_month"
        return "metrics" in changed.keys


def _outcome(present: Present) -> Outcome:
    npv, expected = present.npv, present.expected
    mean = Figure(mean=float(expected.mean()))
    return Outcome(mean, float((npv < 0).mean()), _NO_BARS, npv, expected, present)
