"""The value model as a spreadsheet: which cell holds which input, and the formulas between them.

Formulas are the design's, written with names of cells; the spreadsheet computes them, nothing here does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ....bridges import ALONE, BETWEEN, KINDS, Composite, Metric
from ....document.alternatives import name_of
from ....document.fields import Quantity
from ....document.paths import Path
from ....text.entry import UNITS
from ....text.languages import message
from ....value.inputs import Input
from ....value.model import ValueModel, place_of
from ....vocabulary import CashConvention, GrowthSteps, Unit

_OWN_METRIC = "own_metric"
_IDENTITY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
BISECTIONS = 100
WORTH_TODAY = "worth_today"
"""The name of the cell with the worth of a case in the status quo: a formula may not grow without end."""


@dataclass(frozen=True)
class NamedInput:
    """One input's name in the workbook, where it comes from, and its group's heading."""

    name: str
    group: str
    title: str
    input: Input


@dataclass(frozen=True)
class BreakEvenSearch:
    """The search for one metric's break-even: between which values, and NPV there as a formula of a cell."""

    index: int
    metric: Metric
    low: float
    high: float


class WorkbookModel:
    """Names and formulas of one proposal's value model."""

    def __init__(self, model: ValueModel) -> None:
        self.model = model

    @cached_property
    def inputs(self) -> list[NamedInput]:
        """All inputs, group by group, each with a name of its own."""
        return [
            NamedInput(cell_name(each.path), self._group(each), self._title(each), each) for each in self.model.inputs
        ]

    def _group(self, each: Input) -> str:
        if each.path.startswith("bridge."):
            return message("What a case is worth")
        if each.path.startswith("returns."):
            return message("Time and money")
        index = int(each.path.keys[1])
        return name_of(self.model.proposal.alternatives[index], index)

    def _title(self, each: Input) -> str:
        return each.title if each.path.startswith("alternatives.") else each.label

    def shared(self) -> dict[str, str]:
        """The names of the inputs of the kind of task, by input."""
        return {name: cell_name(path) for path, name in self.model.shared_names.items()}

    def cases(self) -> str:
        """How many cases come up in a month today."""
        return self.model.bridge.formula_of_cases(self.shared())

    def metrics(self, index: int) -> dict[str, str]:
        """The names of an alternative's metrics; a default where it leaves one out."""
        found = {name: repr(default) for name, default in self.model.defaults(index).items()}
        alone = {part.metric(ALONE): "0" for part in self.model.left_parts(index)}
        places = self.model.metric_places(index)
        return {**found, **{name: cell_name(path) for name, path in places.items()}, **alone}

    def worth(self, index: int, override: dict[str, str] | None = None) -> str:
        """Money per case to those who act on the alternative; of several parts, from the cells of those that stay as they are.

        All in one, the formulas of three streams may already be longer than a cell can hold.
        """
        bridge = self.model.bridge
        if isinstance(bridge, Composite):
            own, metrics = self.worths_by_part(index), {**self.metrics(index), **(override or {})}
            found = bridge.formulas_by_part(self.shared(), metrics)
            cells = {part: part_name(index, part) if found[part] == own[part] else found[part] for part in found}
            return bridge.formula_of_average(self.shared(), cells)
        alternative = self.model.proposal.alternatives[index]
        if alternative.is_status_quo and not self.model.bridge.given(alternative.metrics):
            return self.model.bridge.formula_without_model(self.shared())
        return self.model.bridge.formula_per_case(self.shared(), {**self.metrics(index), **(override or {})})

    def worths_by_part(self, index: int) -> dict[str, str]:
        """What a case of each stream or segment is worth with the alternative, by id; nothing where there is one task."""
        bridge = self.model.bridge
        return bridge.formulas_by_part(self.shared(), self.metrics(index)) if isinstance(bridge, Composite) else {}

    def costs(self, index: int, *timings: str) -> str:
        """The sum of the alternative's costs of these timings, before any growth."""
        return "+".join(self._amount(index, number) for number in self._costs_of(index, timings)) or "0"

    def costs_by_month(self, index: int, *timings: str) -> str:
        """The same as they have grown by the month whose cell stands at `{t}`."""
        grown = (self._amount(index, number) + self._grown(index, number) for number in self._costs_of(index, timings))
        return "+".join(grown) or "0"

    def _costs_of(self, index: int, timings: tuple[str, ...]) -> list[int]:
        costs = self.model.proposal.alternatives[index].costs
        return [number for number, each in enumerate(costs) if each.timing in timings]

    def _amount(self, index: int, number: int) -> str:
        """An amount for each of the pieces, by its chance to fall due."""
        place, cost = place_of(index, "costs", number), self.model.proposal.alternatives[index].costs[number]
        parts = ["amount", *(name for name in ("pieces", "chance") if getattr(cost, name) is not None)]
        return "*".join(cell_name(place / name) for name in parts)

    def _grown(self, index: int, number: int) -> str:
        if self.model.proposal.alternatives[index].costs[number].growth is None:
            return ""
        return f"*{self.growth(cell_name(place_of(index, 'costs', number, 'growth')))}"

    def growth(self, name: str) -> str:
        """How much larger something is that grows by the yearly rate in that cell, in the month at `{t}`."""
        years = "({t}-1)/12"
        if self.model.proposal.returns.growth_steps is GrowthSteps.YEARLY:
            years = f"INT({years})"
        return f"(1+{name})^({years})"

    def discount(self, month: str) -> str:
        """What a unit of the money of the month in that cell is worth today."""
        moments = {
            CashConvention.MONTH_END: month,
            CashConvention.MID_MONTH: f"({month}-0.5)",
            CashConvention.YEAR_END: f"MIN((INT(({month}-1)/12)+1)*12,{self.model.horizon})",
        }
        moment = moments[self.model.proposal.returns.cash_convention]
        return f"(1+{cell_name('returns.discount_rate')})^(-{moment}/12)"

    def live_from(self, index: int) -> str:
        """Months until the first case is handled."""
        build, first_use = (cell_name(place_of(index, name)) for name in ("build_months", "first_use_months"))
        return build if self.model.valued[index].first_use_months is None else f"MIN({build},{first_use})"

    def retraining_cost(self, index: int) -> str | None:
        """The name of what a training costs, where it is given and the alternative has a model."""
        path = "returns.retraining_cost"
        trained = self.model.proposal.alternatives[index].is_machine_learning
        return cell_name(path) if trained and any(each.path == path for each in self.model.inputs) else None

    def searches(self, index: int) -> Iterator[BreakEvenSearch]:
        """Where the break-even of each metric of an alternative lies, by the assessment's own curve."""
        for name in self.model.given(index):
            metric = self.model.bridge.metric_named(name)
            low, high = metric.quantity.lower, metric.quantity.upper
            yield BreakEvenSearch(index, metric, low, high)


def cell_name(path: str) -> str:
    """The name of the cell that holds the input at a path.

    A metric that the team named itself, of which an alternative has one, is called that: its own name may hold
    anything, and may be that of another cell.
    """
    match Path(path).keys:
        case ("alternatives", index, "metrics", metric):
            return f"alternative_{index}_{_metric_name(metric)}"
        case ("bridge", _, number, *_, name):
            return f"part_{number}_{name}"
        case ("alternatives", index, "costs", number, "amount"):
            return f"alternative_{index}_cost_{number}"
        case ("alternatives", index, "costs", number, part):
            return f"alternative_{index}_cost_{number}_{part}"
        case ("alternatives", index, field):
            return f"alternative_{index}_{field}"
        case keys:
            return keys[-1]


def _metric_name(metric: str) -> str:
    """A metric's name within that of a cell; the part that it belongs to before it, which holds no two underscores."""
    part, between, name = metric.partition(BETWEEN)
    if between and _IDENTITY.fullmatch(part):
        return f"{part}__{name if name in _declared() else _OWN_METRIC}"
    return metric if metric in _declared() else _OWN_METRIC


@cache
def _declared() -> frozenset[str]:
    """The metrics that kinds of task declare."""
    kinds = (kind.model_construct(kind=name) for name, kind in KINDS.items() if kind.metric_sets)
    return frozenset(metric.name for kind in kinds for metric in kind.metrics)


def part_name(index: int, part: str) -> str:
    """The name of the cell with the worth of a case of one stream or segment with an alternative."""
    return f"alternative_{index}_{part}__worth"


def worth_title(part: str) -> str:
    """What the worth of a case of one stream or segment is called."""
    return message("{part}: worth of a case", part=part)


def gain_name(index: int) -> str:
    """The name of the cell with the gain per case of an alternative."""
    return f"alternative_{index}_gain_per_case"


_SHARES = frozenset({Unit.SHARE, Unit.SHARE_A_YEAR})
_UNITS: Mapping[str, str] = {
    **UNITS,
    Unit.COUNT: message("number"),
    Unit.SHARE: message("share"),
    Unit.SHARE_A_YEAR: message("share a year"),
    Unit.RATIO: message("ratio"),
    Unit.METRIC: message("value of the metric"),
}


def unit_title(quantity: Quantity, currency: str) -> str:
    """What a quantity is counted in."""
    return currency if quantity.unit == Unit.MONEY else _UNITS.get(quantity.unit, quantity.unit)


def number_format(quantity: Quantity) -> str:
    """How a spreadsheet shows a quantity."""
    if quantity.unit in _SHARES:
        return "[>=0.01]0.0##%;[<=-0.01]-0.0##%;0.0#####%"
    return "#,##0.00####" if quantity.unit == Unit.MONEY else "#,##0.######"
