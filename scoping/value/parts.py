"""Where the value comes from: what each stream or segment adds to each alternative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..bridges import Composite, Numbers
from ..bridges import Part as Task
from ..document.estimate import Array
from ..vocabulary import Timing
from .figures import Figure, figure_with_errors
from .model import Inputs, ValueModel
from .simulate import Simulation


@dataclass(frozen=True)
class PartWorth:
    """What one stream or segment adds to one alternative.

    present_gain is the present value of its gain over the horizon, by the chance of reaching production (money);
    share is its share of the expected gain of all parts, None where that is not positive. margin_per_case is what one
    of its own cases brings, less what every case costs to run; pays is the chance that this is more than nothing.
    """

    index: int
    part: str
    title: str
    cases_per_month: float
    margin_per_case: Figure
    pays: float
    present_gain: Figure
    share: float | None


def part_worths(model: ValueModel, simulation: Simulation) -> tuple[PartWorth, ...]:
    """Every part that a valued alternative touches, in the document's order; nothing where there is but one task."""
    if not isinstance(model.bridge, Composite):
        return ()
    return tuple(found for index in model.valued for found in _of_alternative(model, model.bridge, simulation, index))


def _of_alternative(model: ValueModel, bridge: Composite, simulation: Simulation, index: int) -> list[PartWorth]:
    values, kept = simulation.values, simulation.outcomes[index].kept
    present = _present_by_part(model, bridge, index, simulation)
    total = float(sum(each.mean() for each in present.values()))
    per_case = model.costs(index, values, Timing.PER_CASE) - model.costs(model.status_quo[0], values, Timing.PER_CASE)
    return [
        _of_part(model, bridge, part, (index, values, kept.weight.shape, per_case), (present[part.id], total))
        for part in bridge.members
        if part.id not in model.valued[index].left_as_today
    ]


def _of_part(
    model: ValueModel,
    bridge: Composite,
    part: Task,
    known: tuple[int, Inputs, tuple[int, ...], Numbers],
    gained: tuple[Array, float],
) -> PartWorth:
    index, values, shape, per_case = known
    present, total = gained
    # Not the gain over the part's cases: where there are none today, a case is worth something all the same.
    own, today = (
        bridge.worth_of(part, model.shared_of(values), _metrics(model, each, values))
        for each in (index, model.status_quo[0])
    )
    cases = bridge.cases_of(part, model.shared_of(values))
    margin = np.array(np.broadcast_to(model.counted(own - today) - per_case, shape))
    return PartWorth(
        index=index,
        part=part.id,
        title=part.title,
        cases_per_month=float(np.mean(cases)),
        margin_per_case=figure_with_errors(margin, margin),
        pays=float((margin > 0).mean()),
        present_gain=figure_with_errors(present, present),
        share=float(present.mean()) / total if total > 0 else None,
    )


def gain_by_part(model: ValueModel, bridge: Composite, index: int, values: Inputs) -> dict[str, Numbers]:
    """What each part adds to the gain of an average case over the status quo, in money; they sum to `gain_per_case`."""
    shared, before = model.shared_of(values), model.status_quo[0]
    own, today = (bridge.worth_by_part(shared, _metrics(model, each, values)) for each in (index, before))
    gains = {part: own[part] - today[part] for part in own}
    # Of a gain that is partly soft, each part counts as far as the whole does.
    counts = np.where(np.asarray(sum(gains.values(), 0.0)) > 0, model.counted(1.0), 1.0)
    return {part: counts * gain for part, gain in gains.items()}


def _present_by_part(model: ValueModel, bridge: Composite, index: int, simulation: Simulation) -> dict[str, Array]:
    """The present value of each part's gain, by the chance of reaching production; drift as it acts on their sum."""
    kept, values = simulation.outcomes[index].kept, simulation.values
    total: dict[str, Numbers] = {}
    if kept.by_month:
        # People who cannot act on more: each month has gains of its own.
        for month in kept.by_month:
            gains = gain_by_part(model, bridge, index, model.with_cases(values, month.grown))
            for part, each in _weighed(gains, month.useful, month.handled).items():
                total[part] = total.get(part, 0.0) + each
    else:
        total = _weighed(gain_by_part(model, bridge, index, values), kept.weight, kept.undrifted)
    return {part: np.array(np.broadcast_to(kept.chance * each, kept.weight.shape)) for part, each in total.items()}


def _weighed(gains: dict[str, Numbers], useful: Numbers, handled: Numbers | None) -> dict[str, Numbers]:
    """Gains per case times the cases: those that drift leaves of a gain, all of them of a loss."""
    if handled is None:
        return {part: useful * gain for part, gain in gains.items()}
    weight = np.where(np.asarray(sum(gains.values(), 0.0)) >= 0, useful, handled)
    return {part: weight * gain for part, gain in gains.items()}


def _metrics(model: ValueModel, index: int, values: Inputs) -> Inputs:
    """An alternative's metrics, with what is decided before the future is known."""
    return {**model.metrics_of(index, values), **model.settled(index, {})}
