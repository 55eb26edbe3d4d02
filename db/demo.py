"""The demo portfolio: decided proposals with what came of them, loaded by one button and removed by one.

Revisions, decisions and the audit trail are never deleted, these included: what is removed stays in the tables, where
nobody sees it, and the trail stays whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from scoping import Appraisal, Proposal, appraise
from scoping.record.actuals import Actuals
from scoping.text.languages import message
from scoping.vocabulary import Stage

from . import chain, mapping, queries
from .access import Action
from .actuals import ActualsRow, actuals_row
from .apart import on_side, side
from .comments import ThreadRow
from .errors import DemoRefused
from .gate import Deed
from .labels import write_labels
from .models import DecisionRow, DraftRow, ProposalRow, WithdrawalRow
from .notices.records import TaskState
from .notices.rows import NoticeRow, OutboxRow, TaskRow
from .notices.watch import Against, against, watch
from .part import Part
from .records import AuditAction, DecisionRequest
from .review_rows import ReviewRow
from .valuing import ValuedRow
from .watching import watched

TITLE = "Demo: {title}"
"""Every title says it, so it stands in each list, memo, file, mail and answer."""
_BY = "Demo"


class DemoState(StrEnum):
    """What became of a proposal of the demo portfolio."""

    HERE = queries.HERE
    REMOVED = queries.REMOVED


@dataclass(frozen=True)
class DemoProposal:
    """A proposal of the demo portfolio: what was signed when, and what was measured since, if anything."""

    proposal: Proposal
    decision: DecisionRequest
    decided_at: datetime
    actuals: Actuals | None = None


@dataclass(frozen=True)
class DemoHere:
    """How many proposals of the demo portfolio are here, and which of them somebody changed or decided on since."""

    count: int
    changed: tuple[str, ...] = ()
    """Their titles."""


class Demo(Part):
    """Loads and removes the demo portfolio. Where people sign in, that is for administrators."""

    def is_here(self) -> bool:
        """Whether the demo portfolio is loaded. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return session.scalar(_here().limit(1)) is not None

    def standing_apart(self) -> int:
        """How many of its proposals lists leave out, since there is real work beside them. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            if side(session, self._gate.person) is not False:
                return 0
            found = select(func.count()).select_from(ProposalRow)
            shown = (*on_side(True), ProposalRow.stage != Stage.IDEA, queries.in_use_by(self._gate.person))
            return session.scalar(found.where(*shown)) or 0

    def here(self) -> DemoHere:
        """What is here of it. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            rows = session.scalars(_here()).all()
            return DemoHere(len(rows), tuple(row.title for row in rows if _is_changed(session, row)))

    @watched
    def load(
        self,
        proposals: Sequence[DemoProposal],
        assess: Callable[[Proposal], Appraisal] = appraise,
        actor: str = "",
        told: Callable[[int], None] = lambda _: None,
    ) -> int:
        """Load all of it, or nothing; returns how many. Nobody is notified of anything.

        `told` hears how many are prepared. Raises DemoRefused where it is here already, NotAllowed.
        """
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            _check_not_here(session)
        prepared = []
        for number, each in enumerate(proposals, start=1):
            prepared.append(_prepared(each, assess))
            told(number)
        with self._writing() as session:
            _check_not_here(session)
            for one in prepared:
                self._add(session, one, actor)
            deed = Deed(AuditAction.DEMO_LOADED, f"{len(prepared)} proposals", typed=actor)
            self._gate.write_down(session, deed)
        return len(prepared)

    @watched
    def remove(self, actor: str = "") -> int:
        """Remove all of it and nothing else, with what was changed or decided on it; returns how many it were.

        Raises NotAllowed.
        """
        self._gate.ask(Action.MANAGE)
        with self._writing() as session:
            found = [row.id for row in session.scalars(_here()).all()]
            if found:
                self._remove(session, found, actor)
            return len(found)

    def _add(self, session: Session, each: _Prepared, actor: str) -> None:
        row = ProposalRow(id=str(uuid4()), archived=False, demo=DemoState.HERE, stage=each.stage, **each.columns)
        row.saved_by, row.owner_id = self._gate.name(actor) or _BY, self._gate.person_id
        session.add(row)
        session.flush()
        session.add(mapping.revision_row(row, tuple(each.columns["document"]), self._gate.person_id))
        session.flush()
        write_labels(session, row)
        self._write(session, AuditAction.CREATED, "demo", row.id, row.content_hash, actor)
        decided = self._decide(session, row, each, actor)
        if each.source.actuals is not None:
            self._measure(session, decided, each, actor)

    def _decide(self, session: Session, row: ProposalRow, each: _Prepared, actor: str) -> DecisionRow:
        revision = session.scalars(queries.revision(row.id, 1)).one()
        request = replace(each.source.decision, version=1)
        decided = mapping.decision_row(revision, request, 0, None, each.source.decided_at)
        session.add(decided)
        session.flush()
        self._write(session, AuditAction.DECIDED, "demo", row.id, chain.digest_of(decided), actor)
        return decided

    def _measure(self, session: Session, decided: DecisionRow, each: _Prepared, actor: str) -> None:
        assert each.source.actuals is not None
        entered = actuals_row(self._gate, decided, each.source.actuals, 1)
        entered.saved_by = self._gate.name(actor) or _BY
        session.add(entered)
        session.flush()
        watch(session, self._gate, decided, each.against, by=actor, is_told=False)
        self._write(session, AuditAction.MEASURED, "demo", decided.proposal_id, chain.digest_of_actuals(entered), actor)

    def _write(
        self, session: Session, action: AuditAction, detail: str, identity: str, digest: str, actor: str
    ) -> None:
        self._gate.write_down(session, Deed(action, detail, identity, digest, typed=actor))

    def _remove(self, session: Session, found: list[str], actor: str) -> None:
        gone = {"demo": DemoState.REMOVED, "archived": True}
        session.execute(update(ProposalRow).where(ProposalRow.id.in_(found)).values(gone))
        ended = {"state": TaskState.FOLLOWED, "done_by": self._gate.name(actor), "done_at": self._now()}
        is_open = (TaskRow.proposal_id.in_(found), TaskRow.state == TaskState.OPEN)
        session.execute(update(TaskRow).where(*is_open).values(ended))
        for table in (NoticeRow, OutboxRow, DraftRow, ValuedRow):
            session.execute(delete(table).where(table.proposal_id.in_(found)))
        deed = Deed(AuditAction.DEMO_REMOVED, f"{len(found)} proposals", typed=actor)
        self._gate.write_down(session, deed)


@dataclass(frozen=True)
class _Prepared:
    """A proposal as it will be written: what takes long is done before the transaction begins."""

    source: DemoProposal
    columns: dict[str, Any]
    against: list[Against]
    stage: Stage


def _prepared(each: DemoProposal, assess: Callable[[Proposal], Appraisal]) -> _Prepared:
    titled = each.proposal.model_copy(update={"title": TITLE.format(title=each.proposal.title)})
    at = each.decided_at
    stamp = {"version": 1, "saved_at": at, "created_at": at, "saved_by": ""}
    appraisal = assess(titled)
    columns = {**stamp, **mapping.content_of(titled, appraisal)}
    recommended, conditions = appraisal.verdict.recommendation, each.decision.conditions
    decision = replace(each.decision, recommendation=recommended, figures=_figures(titled, appraisal))
    found = [] if each.actuals is None else against(titled, each.actuals, conditions, appraisal=appraisal)
    return _Prepared(replace(each, proposal=titled, decision=decision), columns, found, _stage(each.actuals))


def _stage(actuals: Actuals | None) -> Stage:
    """How far it has come by what was measured."""
    if actuals is None:
        return Stage.DECIDED
    return Stage.LIVE if actuals.stopped_month is None else Stage.RETIRED


def _figures(proposal: Proposal, appraisal: Appraisal) -> dict[str, Any]:
    """The figures that a decision tells: what its signer would have seen."""
    return {
        "currency": proposal.currency,
        "alternatives": [
            {
                "name": str(each.name),
                "npv": {name: getattr(each.outcome.npv, name) for name in ("p10", "p50", "p90", "mean")},
                "probability_of_loss": each.outcome.probability_of_loss,
            }
            for each in appraisal.alternatives
            if each.outcome is not None
        ],
    }


def _here() -> Select[ProposalRow]:
    return select(ProposalRow).where(ProposalRow.demo == DemoState.HERE).order_by(ProposalRow.id)


def _check_not_here(session: Session) -> None:
    """Raises DemoRefused where it is loaded: asked before the work of it, and again once nobody else writes."""
    if session.scalar(_here().limit(1)) is not None:
        raise DemoRefused(message("The demo portfolio is here already. Remove it first."))


def _is_changed(session: Session, row: ProposalRow) -> bool:
    """Whether somebody saved, decided, entered, wrote or asked anything since it was loaded."""
    if row.version > 1 or any(_count(session, table.proposal_id, row) > 1 for table in (DecisionRow, ActualsRow)):
        return True
    return any(_count(session, table.proposal_id, row) for table in (ThreadRow, WithdrawalRow, ReviewRow))


def _count(session: Session, column: InstrumentedAttribute[str], row: ProposalRow) -> int:
    return session.scalar(select(func.count()).where(column == row.id)) or 0
