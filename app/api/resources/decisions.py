"""/api/decisions: what was signed. Decisions are read here, and signed by people on the pages."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from app.api.lines import decision_of, page_of
from app.api.models.deciding import Decisions
from app.api.operation import Operation, Reading, Resource
from app.api.parameters import Day, Names, OfDemo, PageNumber, SearchText
from db import DecisionFilters
from scoping.vocabulary import Outcome


def list_decisions(
    asked: Reading,
    page: PageNumber = 1,
    text: SearchText = "",
    outcome: Annotated[tuple[Outcome, ...], Query()] = (),
    decided_by: Names = [],  # noqa: B006 the framework makes a new one for each request
    decided_from: Day = None,
    decided_to: Day = None,
    due_by: Day = None,
    standing: bool = False,
    demo: OfDemo = None,
) -> dict[str, Any]:
    """All decisions that match, newest first; both days are included. `due_by` finds what is to be reviewed by then.

    `standing` leaves out what was superseded or withdrawn.
    """
    filters = DecisionFilters(text, outcome, tuple(decided_by), decided_from, decided_to, due_by, standing, demo)
    found = asked.store().decisions(page=page, filters=filters)
    return {**page_of(found), "decisions": [decision_of(row) for row in found.rows]}


def list_decisions_of_proposal(asked: Reading, identity: str, page: PageNumber = 1) -> dict[str, Any]:
    """The decisions on one proposal, newest first."""
    found = asked.store().decisions(identity, page)
    return {**page_of(found), "decisions": [decision_of(row) for row in found.rows]}


RESOURCE = Resource(
    "Decisions",
    50,
    (
        Operation("GET", "/api/decisions", list_decisions, Decisions),
        Operation("GET", "/api/proposals/{identity}/decisions", list_decisions_of_proposal, Decisions),
    ),
)
