"""/api/portfolio: the list of the Portfolio page, with its filters."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query

from app.api.lines import line_of, page_of
from app.api.models.proposals import Portfolio
from app.api.operation import Operation, Reading, Resource
from app.api.parameters import Day, Names, OfDemo, OwnValues, PageNumber, SearchText
from db import Filters, Listed
from scoping.reports.digits import settled
from scoping.vocabulary import Recommendation

Sort = Literal["saved_at", "title", "npv_mean", "feasibility_score"]
Decided = Literal["build", "pilot", "simpler", "rework", "stop", "none"]


def read_portfolio(
    asked: Reading,
    page: PageNumber = 1,
    text: SearchText = "",
    verdict: Annotated[tuple[Recommendation, ...], Query()] = (),
    decision: Annotated[tuple[Decided, ...], Query(description="Outcome of the standing one; none: no one.")] = (),
    team: Names = [],  # noqa: B006 the framework makes a new one for each request
    owner: Names = [],  # noqa: B006
    tag: Names = [],  # noqa: B006
    own: OwnValues = [],  # noqa: B006
    due_by: Day = None,
    archived: bool = False,
    sort: Sort = "saved_at",
    descending: bool | None = None,
    demo: OfDemo = None,
) -> dict[str, Any]:
    """Proposals that match, in the order of the page, compared in one currency at the rates that people set."""
    store = asked.store()
    currency = store.rates.display_currency()
    order = sort != "title" if descending is None else descending
    filters = Filters(
        text, verdict, archived, sort, order, decision, tuple(team), tuple(owner), due_by, currency,
        demo=demo, tags=tuple(tag), own=tuple(own),
    )  # fmt: skip
    found = store.list(filters, page)
    return {**page_of(found), "currency": currency, "proposals": [_line(row) for row in found.rows]}


def _line(row: Listed) -> dict[str, Any]:
    return {**line_of(row), "npv_mean_converted": settled([row.converted(row.npv_mean)])[0]}


RESOURCE = Resource("Portfolio", 60, (Operation("GET", "/api/portfolio", read_portfolio, Portfolio),))
