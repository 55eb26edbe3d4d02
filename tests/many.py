"""A Store with as many proposals as are asked for, made fast: rows derived from one assessed document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, select

from db import DecisionRequest, Store
from db.engine import AT_A_COMMAND, create
from db.models import AuditRow, Base, DecisionRow, ProposalRow
from scoping import examples
from scoping.vocabulary import Outcome

RARE = "quixotic"
"""A word that few proposals and decisions say."""
_RARE_ONES = 10
_BATCH = 2_000
_TEAMS, _PEOPLE = 40, 300
_WORDS = ("parcel", "invoice", "turbine", "patient", "shelf", "harvest", "ticket", "bridge", "kiln", "ferry", "meter")


def fill(store: Store, url: str, count: int) -> None:
    """Proposals, for every second one a decision, and a line of the audit trail for each."""
    saved = store.create(examples.load("visual_inspection"), "Ana")
    request = DecisionRequest(1, Outcome.PILOT, Outcome.STOP, "Ana", "Another one is built")
    store.decide(saved.id, request)
    engine = create(url, AT_A_COMMAND)
    with engine.begin() as connection:
        first, decision, audit = (
            dict(connection.execute(select(table)).mappings().first() or {})
            for table in (ProposalRow, DecisionRow, AuditRow)
        )
        for table, rows in (
            (ProposalRow, (_proposal(first, number) for number in range(1, count))),
            (DecisionRow, (_decision(decision, number) for number in range(1, count, 2))),
            (AuditRow, ({**_without_key(audit), "proposal_id": _identity(number)} for number in range(1, count))),
        ):
            _insert(connection, table, rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if engine.dialect.name == "postgresql" else "PRAGMA optimize")
    engine.dispose()


def _insert(connection: Any, table: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    while some := [*islice(rows, _BATCH)]:
        connection.execute(insert(table), some)


def _identity(number: int) -> str:
    """Ids are in no order of time, like those of the program."""
    return f"{number * 2_654_435_761 % 2**32:08x}-0000-4000-8000-{number:012d}"


def _said(number: int) -> str:
    words = (_WORDS[number * step % len(_WORDS)] for step in (1, 7, 13))
    rare = f" {RARE}" if number <= _RARE_ONES else ""
    return f"{' '.join(words)} {number}{rare}"


def _proposal(first: dict[str, Any], number: int) -> dict[str, Any]:
    title, at = f"Proposal of a {_said(number)}", first["saved_at"] + timedelta(seconds=number)
    team, owner = f"Team {number % _TEAMS}", f"Person {number % _PEOPLE}"
    return {
        **first,
        "id": _identity(number),
        "title": title,
        "team": team,
        "owner": owner,
        "search": "\n".join((title, team, owner, first["search"])).casefold(),
        "recommendation": [*Outcome][number % len(Outcome)],
        "npv_mean": None if number % 9 == 0 else number * 7919 % 1_000_003,
        "feasibility_score": number * 31 % 101 / 100,
        "archived": number % 50 == 0,
        "created_at": at,
        "saved_at": at,
    }


def _decision(decision: dict[str, Any], number: int) -> dict[str, Any]:
    title, decided_by = f"Proposal of a {_said(number)}", f"Person {number % _PEOPLE}"
    return {
        **_without_key(decision),
        "proposal_id": _identity(number),
        "title": title,
        "search": "\n".join((title, decision["reason"], decided_by)).casefold(),
        "outcome": [*Outcome][number // 2 % len(Outcome)],
        "decided_by": decided_by,
        "decided_at": decision["decided_at"] + timedelta(seconds=number),
        "review_on": decision["decided_at"].date() + timedelta(days=number % 2_000),
    }


def _without_key(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}
