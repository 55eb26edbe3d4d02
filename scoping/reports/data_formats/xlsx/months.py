"""The cash flow of one alternative as formulas, a column for each step from the months live to the running sum.

The formulas are those of scoping.value.cashflow, at one value for each input instead of a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....text.languages import message
from ....vocabulary import Timing
from .model import WorkbookModel, cell_name, gain_name

RETRAIN = "retrain_every_months"
"""The name of the cell with the months between two trainings: empty for never, 0 for all the time."""
_MOMENT = "0.000000001"


@dataclass(frozen=True)
class MonthColumn:
    """One column of the cash flow: its heading, and its formula in row `{r}`, months in column A.

    In a formula, `{t}` is the month's cell, `{above}` the running sum of the month before, `{key}` another column's.
    """

    key: str
    title: str
    formula: str


def month_columns(workbook: WorkbookModel, index: int) -> Iterator[MonthColumn]:
    """The columns of one alternative's cash flow, in the order in which they build on each other."""
    yield from _use(workbook, index)
    yield from _benefit(workbook, index)
    yield from _costs(workbook, index)
    chance = cell_name(f"alternatives.{index}.success_probability")
    yield MonthColumn("flow", message("Cash flow"), f"{chance}*({{gain}}+{{saved}}-{{running}})-{{one_off}}")
    yield MonthColumn("running_sum", message("Running sum"), "{above}+{flow}")


def _use(workbook: WorkbookModel, index: int) -> Iterator[MonthColumn]:
    """How long it has been live, how many cases it handles, and how much of the gain is left."""
    live_from, ramp = workbook.live_from(index), cell_name("returns.ramp_months")
    growth, adoption = workbook.growth(cell_name("returns.volume_growth")), cell_name("returns.adoption")
    ramped = f"IF({ramp}>0,MIN(1,{{live}}/MAX({ramp},{_MOMENT})),1)"
    cases = f"{cell_name('bridge.cases_per_month')}*{growth}"
    yield MonthColumn("before", message("Months live before"), f"MAX({{t}}-1-{live_from},0)")
    yield MonthColumn("live", message("Months live"), f"MAX({{t}}-{live_from},0)")
    yield MonthColumn("share", message("Share used"), f"{adoption}*MIN(1,{{live}})*{ramped}")
    yield MonthColumn("handled", message("Cases handled"), f"{cases}*{{share}}")
    yield MonthColumn("kept", message("Gain kept after drift"), _kept())
    if workbook.model.bridge.follows_volume:
        yield MonthColumn("cases", message("Cases"), cases)
        yield MonthColumn("worth", message("Worth of a case"), _of_month(workbook, index))
        today = _of_month(workbook, workbook.model.status_quo[0])
        yield MonthColumn("today", message("Worth of a case in the status quo"), today)


def _of_month(workbook: WorkbookModel, index: int) -> str:
    """What a case is worth in a month with so many of them."""
    here = "\N{SYMBOL FOR NULL}"
    formula = workbook.worth(index, cases=here)
    # What stands in braces within the formula is a list of numbers and no column.
    return formula.replace("{", "{{").replace("}", "}}").replace(here, "{cases}")


def _kept() -> str:
    """Share of the gain that drift has left, on average over the part of the month that is live."""
    drift = cell_name("returns.drift")
    all_of_it = f"OR({drift}<{_MOMENT},AND(ISNUMBER({RETRAIN}),N({RETRAIN})=0),{{live}}=0)"
    mean = f"({_fresh('{live}')}-{_fresh('{before}')})/MAX({{live}}-{{before}},{_MOMENT})"
    return f"IF({all_of_it},1,IF({drift}>=1,0,{mean}))"


def _fresh(months: str) -> str:
    """The months live as if without drift, so long after going live."""
    cycles = f"INT({months}/{RETRAIN})"
    retrained = f"{cycles}*{_since_training(RETRAIN)}+{_since_training(f'({months}-{RETRAIN}*{cycles})')}"
    return f"IF(N({RETRAIN})>0,{retrained},{_since_training(months)})"


def _since_training(months: str) -> str:
    """The same, without a training in between: the integral of (1 - drift)^(age / 12)."""
    left = f"(1-{cell_name('returns.drift')})"
    return f"(1-{left}^({months}/12))/(-LN(MAX({left},1E-300))/12)"


def _benefit(workbook: WorkbookModel, index: int) -> Iterator[MonthColumn]:
    """What it earns, and what ends of today's costs. Drift takes from a gain; it never makes a loss smaller."""
    adoption = cell_name("returns.adoption")
    gain = "({worth}-{today})" if workbook.model.bridge.follows_volume else gain_name(index)
    before = workbook.model.status_quo[0]
    monthly, per_case = (workbook.costs_by_month(before, each) for each in (Timing.MONTHLY, Timing.PER_CASE))
    one_off = workbook.costs(before, Timing.ONE_OFF)
    going_live = f"{adoption}*(MIN(1,{{live}})-MIN(1,{{before}}))"
    saved = f"({monthly})*{{share}}+({per_case})*{{handled}}+({one_off})*{going_live}"
    yield MonthColumn("gain", message("Gain"), f"{{handled}}*{gain}*IF({gain}>0,{{kept}},1)")
    yield MonthColumn("saved", message("Saved on the status quo"), saved)


def _costs(workbook: WorkbookModel, index: int) -> Iterator[MonthColumn]:
    """What it costs. One-off money is even over the build; what is left of it at the horizon was committed.

    What is paid on the first day is in no month: `at_start` is taken off what the months add up to.
    """
    build, horizon = cell_name(f"alternatives.{index}.build_months"), workbook.model.horizon
    monthly, per_case, by_build_month = (
        workbook.costs_by_month(index, each) for each in (Timing.MONTHLY, Timing.PER_CASE, Timing.EACH_BUILD_MONTH)
    )
    one_off = workbook.costs(index, Timing.ONE_OFF)
    running = f"({monthly}+{_training_a_month(workbook, index)})*MIN(1,{{live}})+({per_case})*{{handled}}"
    until = f"IF({{t}}={horizon},{build},MIN({build},{{t}}))"
    spread = f"MAX(0,{until}-({{t}}-1))/MAX({build},{_MOMENT})"
    spent = f"IF({build}>{_MOMENT},{spread},IF({{t}}=1,1,0))"
    yield MonthColumn("running", message("Running cost"), running)
    building = f"MAX(0,MIN({build}-({{t}}-1),1))"
    by_month = "" if by_build_month == "0" else f"+({by_build_month})*{building}"
    yield MonthColumn("one_off", message("One-off cost"), f"({one_off})*{spent}{by_month}")


def at_start(workbook: WorkbookModel, index: int) -> str:
    """What is paid on the first day."""
    return f"({workbook.costs(index, Timing.AT_START)})"


def _training_a_month(workbook: WorkbookModel, index: int) -> str:
    """What is laid by each month for the next training, where there is a model to train."""
    cost = workbook.retraining_cost(index)
    return f"IF(N({RETRAIN})>0,{cost}/{RETRAIN},0)" if cost else "0"
