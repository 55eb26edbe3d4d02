"""What is given by year, as formulas: the cells with a figure for each year, and what they come to in a month.

The formulas are those of scoping.value.by_year. `{t}` stands for the cell with the month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....document.alternatives import Alternative, Cost, name_of
from ....document.fields import MONEY, SHARE, Quantity
from ....document.own_terms import benefits_by_year
from ....document.paths import Path
from ....document.returns import Returns
from ....text.languages import message, within_sentence
from ....value.inputs import owned
from ....value.places import RETURNS, place_of
from ....vocabulary import Timing
from .model import WorkbookModel, cell_name

BENEFITS = "benefits_by_year"
_YEAR = "(INT(({t}-1)/12)+1)"


@dataclass(frozen=True)
class TableByYear:
    """A figure for each year: what its cells are called together, its title for people, and the figures.

    goes_on says that the last one holds for the years after.
    """

    name: str
    title: str
    figures: Sequence[float]
    quantity: Quantity
    goes_on: bool = True


def tables_by_year(workbook: WorkbookModel) -> Iterator[TableByYear]:
    """All that is given by year: what holds for all alternatives, then what each of them says for itself."""
    title, shares = message(str(Returns.model_fields[BENEFITS].title)), workbook.model.proposal.returns.benefits_by_year
    if shares:
        yield TableByYear(cell_name(RETURNS / BENEFITS), title, shares, SHARE)
    for index, each in (workbook.model.status_quo, *workbook.model.valued.items()):
        owner = name_of(each, index)
        if each.benefits_by_year:
            name = cell_name(place_of(index, BENEFITS))
            yield TableByYear(name, owned(owner, within_sentence(title)), each.benefits_by_year, SHARE)
        for number, cost in _given(each):
            called = owned(owner, cost.name or message("cost"))
            yield TableByYear(_name(index, number), called, cost.by_year, MONEY, cost.timing is Timing.MONTHLY)


def share_of_benefit(workbook: WorkbookModel, index: int) -> str:
    """A factor with the share of the full benefit that comes in the month's year; empty where all of it does."""
    own, returns = workbook.model.valued[index], workbook.model.proposal.returns
    place = place_of(index, BENEFITS) if own.benefits_by_year else RETURNS / BENEFITS
    shares = benefits_by_year(own, returns)
    return f"*{_of_year(cell_name(place), shares)}" if shares else ""


def monthly_by_year(workbook: WorkbookModel, index: int) -> str:
    """What is added to the costs of a month that it is live; empty where nothing is given by year."""
    return "".join(
        f"+{workbook.times(index, number)}{_of_year(_name(index, number), cost.by_year)}/12"
        for number, cost in _given(workbook.model.proposal.alternatives[index], Timing.MONTHLY)
    )


def planned(workbook: WorkbookModel, index: int) -> str:
    """What is added to the costs of the build: paid in any case, and nothing after the last year."""
    return "".join(
        f"+{workbook.times(index, number)}{_of_year(_name(index, number), cost.by_year)}/12"
        f"*IF({_YEAR}>{len(cost.by_year)},0,1)"
        for number, cost in _given(workbook.model.proposal.alternatives[index], Timing.ONE_OFF)
    )


def monthly_on_average(workbook: WorkbookModel, index: int) -> str:
    """What is added to the cost of any month: what is given by year, on average over the horizon."""
    return "".join(
        f"+{workbook.times(index, number)}{_mean(_name(index, number), len(cost.by_year), workbook.model.horizon)}"
        for number, cost in _given(workbook.model.proposal.alternatives[index], Timing.MONTHLY)
    )


def _given(alternative: Alternative, *timings: Timing) -> Iterator[tuple[int, Cost]]:
    """The costs that are given by year, with their places; of these timings alone, where any are named."""
    for number, cost in enumerate(alternative.costs):
        if cost.by_year and (not timings or cost.timing in timings):
            yield number, cost


def _name(index: int, number: int) -> str:
    return cell_name(Path.of("alternatives", index, "costs", number, "by_year"))


def _of_year(name: str, figures: Sequence[float]) -> str:
    """The figure of the month's year; the last one holds for the years after."""
    return f"INDEX({name},MIN({_YEAR},{len(figures)}))"


def _mean(name: str, years: int, horizon: int) -> str:
    months = Counter(min(month // 12, years - 1) for month in range(horizon))
    total = "+".join(f"INDEX({name},{year + 1})*{count}" for year, count in months.items())
    return f"({total})/12/{horizon}"
