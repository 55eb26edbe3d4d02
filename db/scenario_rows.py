"""Scenarios as they are stored: each version, the revisions that it was computed on, and the decisions on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKey,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    exists,
    false,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from . import chain
from .access import Person
from .mapping import in_utc
from .models import Base, ProposalRow
from .queries import visible_to
from .scenario_records import Scenario, ScenarioDecision, ScenarioOutcome, Seen

_OF_OTHERS = frozenset({"right", "force", "force_least", "is_forced", "weight"})
"""Figures of one proposal's line that say something of the others."""


class ScenarioRow(Base):
    """A scenario: which version is the newest, and whether it is in the archive."""

    __tablename__ = "scenarios"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    archived: Mapped[bool] = mapped_column(default=False, server_default=false())
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class ScenarioVersionRow(Base):
    """What a version of a scenario says. Never updated, never deleted."""

    __tablename__ = "scenario_versions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"))
    version: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(3))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(80))
    saved_by: Mapped[str] = mapped_column(Text)
    saved_by_id: Mapped[str | None] = mapped_column(String(36))
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    __table_args__ = (UniqueConstraint("scenario_id", "version"),)


class ScenarioProposalRow(Base):
    """Which version of a proposal a version of a scenario was computed on. Never updated, never deleted."""

    __tablename__ = "scenario_proposals"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scenario_version_id: Mapped[int] = mapped_column(ForeignKey("scenario_versions.id"))
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)

    __table_args__ = (UniqueConstraint("scenario_version_id", "proposal_id"),)


class ScenarioDecisionRow(Base):
    """A signed decision on one version of a scenario. `content_hash` is that of the version, so that the signature
    covers its figures; `follows` is the id of the scenario's decision before this one, or 0: of two that follow the
    same one, the database takes one. Never updated, never deleted.
    """

    __tablename__ = "scenario_decisions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"))
    version: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(80))
    decided_by: Mapped[str] = mapped_column(Text)
    signed_by_id: Mapped[str | None] = mapped_column(String(36))
    decided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    follows: Mapped[int] = mapped_column(Integer)

    __table_args__ = (UniqueConstraint("scenario_id", "follows"),)


# What is asked -------------------------------------------------------------------------------------


def listed_for(person: Person, *, archived: bool) -> Select[str]:
    """The ids of the scenarios about something that the person may see, the newest first."""
    seen = (
        select(ScenarioVersionRow.scenario_id)
        .join(ScenarioProposalRow, ScenarioProposalRow.scenario_version_id == ScenarioVersionRow.id)
        .join(ProposalRow, ProposalRow.id == ScenarioProposalRow.proposal_id)
        .where(ScenarioVersionRow.scenario_id == ScenarioRow.id, ScenarioVersionRow.version == ScenarioRow.version)
        .where(visible_to(person))
    )
    wanted = select(ScenarioRow.id).where(ScenarioRow.archived.is_(archived), exists(seen.correlate(ScenarioRow)))
    return wanted.order_by(ScenarioRow.saved_at.desc(), ScenarioRow.id)


def version_row(session: Session, identity: str, version: int) -> ScenarioVersionRow | None:
    """What a version of a scenario says; None where there is none."""
    wanted = select(ScenarioVersionRow).where(ScenarioVersionRow.scenario_id == identity)
    return session.scalars(wanted.where(ScenarioVersionRow.version == version)).one_or_none()


def seen_by(session: Session, person: Person, row: ScenarioVersionRow) -> Seen:
    """Which of its proposals the person may see, and which have changed since."""
    columns = (ScenarioProposalRow.proposal_id, ScenarioProposalRow.version, ProposalRow.version, ProposalRow.archived)
    joined = select(*columns).join(ProposalRow, ProposalRow.id == ScenarioProposalRow.proposal_id)
    wanted = joined.where(ScenarioProposalRow.scenario_version_id == row.id).order_by(ScenarioProposalRow.id)
    found = session.execute(wanted).all()
    own = select(ScenarioProposalRow.proposal_id).where(ScenarioProposalRow.scenario_version_id == row.id)
    seen = select(ProposalRow.id).where(ProposalRow.id.in_(own), visible_to(person))
    may_see = set(session.scalars(seen))
    changed = [identity for identity, then, now, archived in found if archived or now != then]
    return Seen(
        {identity: then for identity, then, *_ in found if identity in may_see},
        frozenset(identity for identity, *_ in found if identity not in may_see),
        tuple(each for each in changed if each in may_see),
        sum(each not in may_see for each in changed),
    )


def decision_rows(session: Session, identity: str) -> list[ScenarioDecisionRow]:
    """The decisions on a scenario, in the order in which they were made."""
    wanted = select(ScenarioDecisionRow).where(ScenarioDecisionRow.scenario_id == identity)
    return [*session.scalars(wanted.order_by(ScenarioDecisionRow.id))]


def digest_of_version(row: ScenarioVersionRow, computed_on: Iterable[tuple[str, int]]) -> str:
    """What a version says, as a hash: its settings, the revisions that it rests on, and its figures."""
    said = (row.scenario_id, row.version, row.name, row.note, row.currency, row.document, row.figures)
    who = (row.saved_by, row.saved_by_id, in_utc(row.saved_at).isoformat())
    return chain.digest([*said, sorted(computed_on), *who])


def digest_of_decision(row: ScenarioDecisionRow) -> str:
    """What a decision on a scenario says, as a hash that its entry in the audit trail keeps."""
    said = (row.scenario_id, row.version, row.outcome, row.reason, row.content_hash, row.follows)
    return chain.digest([*said, row.decided_by, row.signed_by_id, in_utc(row.decided_at).isoformat()])


def not_as_written(session: Session, written: Collection[tuple[str | None, str | None]]) -> Iterable[str]:
    """The ids of scenarios of which a version or a decision is not what the audit trail says of it."""
    for row in session.scalars(select(ScenarioVersionRow).order_by(ScenarioVersionRow.id)):
        rests_on = select(ScenarioProposalRow.proposal_id, ScenarioProposalRow.version)
        found = session.execute(rests_on.where(ScenarioProposalRow.scenario_version_id == row.id))
        digest = digest_of_version(row, [(each[0], each[1]) for each in found])
        if digest != row.content_hash or (None, digest) not in written:
            yield row.scenario_id
    for decided in session.scalars(select(ScenarioDecisionRow).order_by(ScenarioDecisionRow.id)):
        if (None, digest_of_decision(decided)) not in written:
            yield decided.scenario_id


# Out of rows ---------------------------------------------------------------------------------------


def scenario_of(
    scenario: ScenarioRow, row: ScenarioVersionRow, seen: Seen, decisions: list[ScenarioDecisionRow]
) -> Scenario:
    """The version as the person sees it."""
    return Scenario(
        id=row.scenario_id,
        version=row.version,
        newest=scenario.version,
        name=row.name,
        note=row.note,
        currency=row.currency,
        document=without(row.document, seen.hidden),
        computed_on=seen.visible,
        figures=_told(row.figures, seen.hidden),
        saved_by=row.saved_by,
        saved_at=in_utc(row.saved_at),
        is_verified=row.saved_by_id is not None,
        content_hash=row.content_hash,
        archived=scenario.archived,
        hidden=len(seen.hidden),
        changed=seen.changed,
        hidden_changed=seen.hidden_changed,
        decision=decisions_of(decisions)[0] if decisions else None,
    )


def decisions_of(rows: list[ScenarioDecisionRow]) -> tuple[ScenarioDecision, ...]:
    """The decisions, the newest first."""
    last = len(rows)
    return tuple(_decision(row, number, last) for number, row in reversed([*enumerate(rows, 1)]))


def _decision(row: ScenarioDecisionRow, number: int, last: int) -> ScenarioDecision:
    return ScenarioDecision(
        id=row.id,
        number=number,
        version=row.version,
        outcome=ScenarioOutcome(row.outcome),
        reason=row.reason,
        content_hash=row.content_hash,
        decided_by=row.decided_by,
        decided_at=in_utc(row.decided_at),
        is_verified=row.signed_by_id is not None,
        is_standing=number == last,
    )


def _told(figures: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """What may be told: of each proposal that is seen, by itself; of all together only where all are seen."""
    if not hidden:
        return figures
    told = without({name: each for name, each in figures.items() if name != "whole"}, hidden)
    lines = {name: by_itself(each) for name, each in told.get("proposals", {}).items()}
    return {**told, "proposals": lines} if "proposals" in told else dict(told)


def by_itself(line: Mapping[str, Any]) -> dict[str, Any]:
    """A proposal's line without what follows from the others, of which somebody may not see one.

    What the other way costs is the difference to what would be done instead, how often it is right depends on what
    else there is, and what an estimate counts as rests on the mean of all. Its own estimate stays, and its range
    around that.
    """
    told = {name: each for name, each in line.items() if name not in _OF_OTHERS}
    value, estimate = line.get("value"), line.get("estimate")
    if value is None or estimate is None:
        return told
    ends = {name: line[name] + estimate - value for name in ("low", "high") if line.get(name) is not None}
    return {**told, "value": estimate, **ends}


def without(value: Any, hidden: Collection[str]) -> Any:
    """The same without anything that names one of those; of a pair or a set that names one, nothing is left."""
    if not hidden:
        return value
    if isinstance(value, dict):
        return {name: without(each, hidden) for name, each in value.items() if name not in hidden}
    if isinstance(value, list):
        return [without(each, hidden) for each in value if not _names(each, hidden)]
    return None if _names(value, hidden) else value


def _names(value: Any, hidden: Collection[str]) -> bool:
    if isinstance(value, dict):
        return any(isinstance(each, str) and each in hidden for each in value.values())
    if isinstance(value, list):
        return any(_names(each, hidden) for each in value)
    return isinstance(value, str) and value in hidden
