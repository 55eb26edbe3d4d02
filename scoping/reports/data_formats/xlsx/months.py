"""The cash flow of one alternative as formulas, a column for each step from the months live to the running sum.

The formulas are those of scoping.value.cashflow, at one value for each input instead of a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ....text.languages import message
from ....value.places import place_of
from ....vocabulary import Timing, Treatment
from .by_year import monthly_by_year, planned, share_of_benefit
from .model import RETRAIN, WorkbookModel, cell_name, gain_name

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
    yield from _residual(workbook, index)
    chance = cell_name(f"alternatives.{index}.success_probability")
    residual = "+{residual}" if has_residual(workbook, index) else ""
    yield MonthColumn("flow", message("Cash flow"), f"{chance}*({{gain}}+{{saved}}-{{running}}{residual})-{{one_off}}")
    yield MonthColumn("running_sum", message("Running sum"), "{above}+{flow}")


def _use(workbook: WorkbookModel, index: int) -> Iterator[MonthColumn]:
    """How long it has been live, how many cases it handles, and how much of the gain is left."""
    live_from, ramp = workbook.live_from(index), workbook.own(index, "ramp_months")
    growth, adoption = workbook.growth(cell_name("returns.volume_growth")), workbook.own(index, "adoption")
    ramped = f"IF({ramp}>0,MIN(1,{{live}}/MAX({ramp},{_MOMENT})),1)"
    cases = f"{workbook.cases()}*{growth}"
    before, live = (_in_use(workbook, index, f"MAX({until}-{live_from},0)") for until in ("{t}-1", "{t}"))
    yield MonthColumn("before", message("Months live before"), before)
    yield MonthColumn("live", message("Months live"), live)
    used = f"{adoption}*{_live_share(workbook, index)}*{ramped}{share_of_benefit(workbook, index)}"
    yield MonthColumn("share", message("Share used"), used)
    yield MonthColumn("handled", message("Cases handled"), f"{cases}*{{share}}")
    yield MonthColumn("kept", message("Gain kept after drift"), _kept(workbook, index))
    if workbook.model.bridge.follows_volume:
        if workbook.has_parts:
            # Of several parts each has its own cases, and all grow alike.
            yield MonthColumn("cases", message("Cases, times those of today"), growth)
        else:
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


def _in_use(workbook: WorkbookModel, index: int, since: str) -> str:
    """How long it has been in use, so long after going live."""
    if workbook.ends(index) is None:
        return since
    return f"MIN({since},{cell_name(place_of(index, 'months_of_use'))})"


def _live_share(workbook: WorkbookModel, index: int) -> str:
    """The share of the month in which it is in use."""
    return "MIN(1,{live})" if workbook.ends(index) is None else "({live}-{before})"


def _kept(workbook: WorkbookModel, index: int) -> str:
    """Share of the gain that drift has left, on average over the part of the month that is live."""
    drift, every = workbook.own(index, "drift"), workbook.own(index, RETRAIN)
    all_of_it = f"OR({drift}<{_MOMENT},AND(ISNUMBER({every}),N({every})=0),{{live}}=0)"
    fresh = (_fresh(each, drift, every) for each in ("{live}", "{before}"))
    mean = f"({'-'.join(fresh)})/MAX({{live}}-{{before}},{_MOMENT})"
    return f"IF({all_of_it},1,IF({drift}>=1,0,{mean}))"


def _fresh(months: str, drift: str, every: str) -> str:
    """The months live as if without drift, so long after going live."""
    cycles = f"INT({months}/{every})"
    since = _since_training(f"({months}-{every}*{cycles})", drift)
    retrained = f"{cycles}*{_since_training(every, drift)}+{since}"
    return f"IF(N({every})>0,{retrained},{_since_training(months, drift)})"


def _since_training(months: str, drift: str) -> str:
    """The same, without a training in between: the integral of (1 - drift)^(age / 12)."""
    left = f"(1-{drift})"
    return f"(1-{left}^({months}/12))/(-LN(MAX({left},1E-300))/12)"


def _benefit(workbook: WorkbookModel, index: int) -> Iterator[MonthColumn]:
    """What it earns, and what ends of today's costs. Drift takes from a gain; it never makes a loss smaller."""
    adoption = workbook.own(index, "adoption")
    moves = workbook.model.bridge.follows_volume
    gain = f"({workbook.counted('({worth}-{today})')})" if moves else gain_name(index)
    before = workbook.model.status_quo[0]
    monthly, per_case = _monthly(workbook, before), workbook.costs_by_month(before, Timing.PER_CASE)
    one_off = workbook.costs(before, Timing.ONE_OFF)
    going_live = f"{adoption}*({_going_live(workbook, index)})"
    saved = f"({monthly})*{{share}}+({per_case})*{{handled}}+({one_off})*{going_live}"
    yield MonthColumn("gain", message("Gain"), f"{{handled}}*{gain}*IF({gain}>0,{{kept}},1)")
    yield MonthColumn("saved", message("Saved on the status quo"), saved)


def _going_live(workbook: WorkbookModel, index: int) -> str:
    """The share of going live that falls into the month, less that of going back to today's way."""
    end = workbook.ends(index)
    if end is None:
        return "MIN(1,{live})-MIN(1,{before})"
    live_from = workbook.live_from(index)
    begun, ended = (f"{_step('{t}', each)}-{_step('{t}-1', each)}" for each in (live_from, end))
    return f"{begun}-({ended})"


def _step(moment: str, begin: str) -> str:
    """From 0 to 1 within the month after something begins."""
    return f"MAX(0,MIN(1,{moment}-{begin}))"


def has_residual(workbook: WorkbookModel, index: int) -> bool:
    """Whether something is received at the end."""
    return workbook.model.valued[index].residual_value is not None


def _residual(workbook: WorkbookModel, index: int) -> Iterator[MonthColumn]:
    """What it is still worth at the end of its use or of the horizon, if it has gone live by then."""
    if has_residual(workbook, index):
        end, horizon, value = workbook.ends(index), workbook.model.horizon, place_of(index, "residual_value")
        until = f"{horizon}" if end is None else f"MIN({end},{horizon})"
        share = f"({_step('{t}+1', until)}-{_step('{t}', until)})*{_step(str(horizon), workbook.live_from(index))}"
        yield MonthColumn("residual", message("Residual value"), f"{cell_name(value)}*{share}")


def _costs(workbook: WorkbookModel, index: int) -> Iterator[MonthColumn]:
    """What it costs. One-off money is even over the build; what is left of it at the horizon was committed.

    What is paid on the first day is in no month: `at_start` is taken off what the months add up to.
    """
    monthly, per_case = _monthly(workbook, index), workbook.costs_by_month(index, Timing.PER_CASE)
    running = (
        f"({monthly}+{_training_a_month(workbook, index)})*{_live_share(workbook, index)}+({per_case})*{{handled}}"
    )
    yield MonthColumn("running", message("Running cost"), running)
    yield MonthColumn("one_off", message("One-off cost"), build_cost(workbook, index))


def _monthly(workbook: WorkbookModel, index: int) -> str:
    """What is paid every month, as it is in the month at `{t}`."""
    return workbook.costs_by_month(index, Timing.MONTHLY) + monthly_by_year(workbook, index)


def build_cost(workbook: WorkbookModel, index: int, only: Treatment | None = None) -> str:
    """What a build costs in the month at `{t}`; `only` what is booked so."""
    build, horizon = cell_name(f"alternatives.{index}.build_months"), workbook.model.horizon
    one_off = workbook.costs(index, Timing.ONE_OFF, only=only)
    by_build_month = workbook.costs_by_month(index, Timing.EACH_BUILD_MONTH, only=only)
    until = f"IF({{t}}={horizon},{build},MIN({build},{{t}}))"
    spread = f"MAX(0,{until}-({{t}}-1))/MAX({build},{_MOMENT})"
    spent = f"IF({build}>{_MOMENT},{spread},IF({{t}}=1,1,0))"
    building = f"MAX(0,MIN({build}-({{t}}-1),1))"
    by_month = "" if by_build_month == "0" else f"+({by_build_month})*{building}"
    # What is given by year is never capital.
    by_year = "" if only is Treatment.CAPITAL else planned(workbook, index)
    return f"({one_off})*{spent}{by_month}{by_year}"


def at_start(workbook: WorkbookModel, index: int, only: Treatment | None = None) -> str:
    """What is paid on the first day; `only` what is booked so."""
    return f"({workbook.costs(index, Timing.AT_START, only=only)})"


def _training_a_month(workbook: WorkbookModel, index: int) -> str:
    """What is laid by each month for the next training, where there is a model to train."""
    cost, every = workbook.retraining_cost(index), workbook.own(index, RETRAIN)
    return f"IF(N({every})>0,{cost}/{every},0)" if cost else "0"
