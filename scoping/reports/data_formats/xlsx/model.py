"""The value model as a spreadsheet: which cell holds which input, and the formulas between them.

Formulas are the design's, written with names of cells; the spreadsheet computes them, nothing here does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial

from ....bridges import ALONE, BETWEEN, KINDS, Composite, Metric
from ....document.alternatives import name_of
from ....document.fields import Quantity
from ....document.own_terms import retraining_cost
from ....document.paths import Path
from ....text.entry import UNITS
from ....text.languages import message
from ....value.inputs import Input
from ....value.model import ValueModel
from ....value.places import CASES, place_of
from ....vocabulary import CashConvention, GrowthSteps, RateKind, Treatment, Unit
from ...workbooks import NUMBER

_OWN_METRIC = "own_metric"
_IDENTITY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
BISECTIONS = 100
RETRAIN = "retrain_every_months"
"""The name of the cell with the months between two trainings: empty for never, 0 for all the time."""
WORTH_TODAY = "worth_today"
"""The name of the cell with the worth of a case in the status quo: a formula may not grow without end."""
COUNTED = "(1-soft_share*(1-soft_counts))"
"""The share of a gain that counts, where a part of it is soft."""


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

    def worth(self, index: int, override: Mapping[str, str] | None = None, cases: str = "") -> str:
        """Money per case to those who act on the alternative; `cases` is where a month has its own number of them."""
        shared = {**self.shared(), **(self._cases_of(cases) if cases else {})}
        if isinstance(self.model.bridge, Composite):
            return self._average(self.model.bridge, index, override or {}, shared)
        if self._is_idle(index):
            return self.model.bridge.formula_without_model(shared)
        return self.model.bridge.formula_per_case(shared, {**self._measured(index), **(override or {})})

    def _average(self, bridge: Composite, index: int, override: Mapping[str, str], shared: Mapping[str, str]) -> str:
        """The same of several parts, from the cells of those that stay as they are.

        All in one, the formulas of three streams may already be longer than a cell can hold.
        """
        own = self.worths_by_part(index)
        found = bridge.formulas_by_part(shared, {**self._measured(index), **override})
        cells = {part: part_name(index, part) if found[part] == own[part] else found[part] for part in found}
        return bridge.formula_of_average(self.shared(), cells)

    def worths_by_part(self, index: int) -> dict[str, str]:
        """What a case of each stream or segment is worth with the alternative, by id; nothing where there is one task."""
        bridge = self.model.bridge
        return bridge.formulas_by_part(self.shared(), self._measured(index)) if isinstance(bridge, Composite) else {}

    def _measured(self, index: int) -> dict[str, str]:
        """The names of the cells of an alternative's metrics, and of what its formula works out first."""
        return {**self.metrics(index), **{step: step_name(index, step) for step in self.steps(index)}}

    def _cases_of(self, cases: str) -> dict[str, str]:
        """The cases of a month; of several parts those of each, in a month that has so many times today's."""
        own = {name: cell for name, cell in self.shared().items() if name.rpartition(BETWEEN)[2] == CASES}
        return {name: f"({cell}*{cases})" if self.has_parts else cases for name, cell in own.items()}

    @property
    def has_parts(self) -> bool:
        """True where there are several streams, or segments."""
        return isinstance(self.model.bridge, Composite)

    def _is_idle(self, index: int) -> bool:
        alternative = self.model.proposal.alternatives[index]
        return alternative.is_status_quo and not self.model.bridge.given(alternative.metrics)

    def steps(
        self, index: int, override: Mapping[str, str] | None = None, name: Callable[[str], str] | None = None
    ) -> Mapping[str, str]:
        """What the formula of a case works out first, as formulas; `name` says in which cell each of them stands."""
        if self._is_idle(index):
            return {}
        named = name or partial(step_name, index)
        return self.model.bridge.formula_steps(self.shared(), {**self.metrics(index), **(override or {})}, named)

    @property
    def all_steps(self) -> dict[int, Mapping[str, str]]:
        """The steps of those alternatives that have any, by their index."""
        places = (self.model.status_quo[0], *self.model.valued)
        return {index: steps for index in places if (steps := self.steps(index))}

    def costs(self, index: int, *timings: str, only: Treatment | None = None) -> str:
        """The sum of the alternative's costs of these timings, before any growth; `only` those that are booked so.

        Here and below without those that are given by year: see `by_year`.
        """
        return "+".join(self._amount(index, number) for number in self._costs_of(index, timings, only)) or "0"

    def costs_by_month(self, index: int, *timings: str, only: Treatment | None = None) -> str:
        """The same as they have grown by the month whose cell stands at `{t}`."""
        found = self._costs_of(index, timings, only)
        return "+".join(self._amount(index, number) + self._grown(index, number) for number in found) or "0"

    def _costs_of(self, index: int, timings: tuple[str, ...], only: Treatment | None) -> list[int]:
        costs = self.model.proposal.alternatives[index].costs
        return [
            number
            for number, each in enumerate(costs)
            if each.timing in timings and not each.by_year and only in (None, each.treatment)
        ]

    def _amount(self, index: int, number: int) -> str:
        """An amount for each of the pieces, by its chance to fall due."""
        return self.times(index, number) + cell_name(place_of(index, "costs", number, "amount"))

    def times(self, index: int, number: int) -> str:
        """How often a cost is paid, as factors before its amount: for each piece, by its chance to fall due."""
        place, cost = place_of(index, "costs", number), self.model.proposal.alternatives[index].costs[number]
        given = (name for name in ("pieces", "chance") if getattr(cost, name) is not None)
        return "".join(f"{cell_name(place / name)}*" for name in given)

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
        """What a unit of the money of the month in that cell is worth today, in the prices of the first day."""
        return f"{self._yearly_discount()}^(-{self._moment(month)}/12)"

    def _moment(self, month: str) -> str:
        """When the money of the month in that cell counts, in months."""
        moments = {
            CashConvention.MONTH_END: month,
            CashConvention.MID_MONTH: f"({month}-0.5)",
            CashConvention.YEAR_END: f"MIN((INT(({month}-1)/12)+1)*12,{self.model.horizon})",
        }
        return moments[self.model.proposal.returns.cash_convention]

    def _yearly_discount(self) -> str:
        """One and the yearly rate that discounts money in the prices of the first day (Fisher)."""
        rate, finance = f"(1+{cell_name('returns.discount_rate')})", self.model.proposal.finance
        if finance.inflation is None or finance.rate_is is RateKind.REAL:
            return rate
        return f"({rate}/(1+{cell_name('finance.inflation')}))"

    def price_level(self, month: str) -> str:
        """How much dearer things are when the money of the month in that cell counts."""
        if self.model.proposal.finance.inflation is None:
            return "1"
        return f"(1+{cell_name('finance.inflation')})^({self._moment(month)}/12)"

    def counted(self, gain: str) -> str:
        """What counts of a gain per case: of soft benefits as much as finance lets count."""
        return f"IF({gain}>0,{COUNTED}*{gain},{gain})" if self.has_soft else gain

    def needed(self, counted: str) -> str:
        """The gain per case of which so much counts."""
        return f"IF({counted}>0,{counted}/MAX({COUNTED},0.000000001),{counted})" if self.has_soft else counted

    @property
    def has_soft(self) -> bool:
        """True where a part of the gain is soft."""
        return self.model.proposal.finance.soft_share is not None

    def live_from(self, index: int) -> str:
        """Months until the first case is handled."""
        build, first_use = (cell_name(place_of(index, name)) for name in ("build_months", "first_use_months"))
        return build if self.model.valued[index].first_use_months is None else f"MIN({build},{first_use})"

    def own(self, index: int, name: str) -> str:
        """The name of the cell with what an alternative says for itself, or with what holds for all."""
        is_own = getattr(self.model.proposal.alternatives[index], name) is not None
        return cell_name(place_of(index, name) if is_own else Path.of("returns", name))

    def ends(self, index: int) -> str | None:
        """The moment at which its use ends, in months from the first day; None where it goes on."""
        if self.model.valued[index].months_of_use is None:
            return None
        return f"({self.live_from(index)}+{cell_name(place_of(index, 'months_of_use'))})"

    def retraining_cost(self, index: int) -> str | None:
        """The name of what a training costs, where it is given and the alternative has a model."""
        given = retraining_cost(self.model.valued[index], self.model.proposal.returns)
        return None if given is None else self.own(index, "retraining_cost")

    def searches(self, index: int) -> Iterator[BreakEvenSearch]:
        """Where the break-even of each metric of an alternative lies, by the assessment's own curve."""
        for name in self.model.qualities(index):
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


def step_name(index: int, step: str) -> str:
    """The name of something that the formula of an alternative's case works out on the way."""
    part, between, name = step.rpartition(BETWEEN)
    return f"alternative_{index}_step_{part}__{name}" if between else f"alternative_{index}_step_{step}"


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
    return "#,##0.00####" if quantity.unit == Unit.MONEY else NUMBER
