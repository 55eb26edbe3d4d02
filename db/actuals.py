"""What was measured of decided proposals: versions of the actuals, each of one decision. None is ever changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Integer, Select, String, Text, UniqueConstraint, and_, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scoping import Proposal, content_hash
from scoping.record.actuals import Actuals, check_actuals, read_actuals, to_plain
from scoping.text.languages import ENGLISH, Language, message
from scoping.vocabulary import Outcome

from . import chain, mapping, queries
from .access import Action
from .apart import on_side
from .decision_chain import decisions_in
from .differences import changed_paths
from .errors import ActualsRefused, NotFound, RowRefused, StaleActuals
from .gate import Deed, Gate
from .lists import paged
from .models import Base, DecisionRow, ProposalRow, RevisionRow
from .notices.watch import Against, against, watch
from .part import Part
from .queries import PAGE_SIZE
from .records import AuditAction, Decision, Page
from .review_rows import hold
from .watching import watched

LONGEST_REMARK = 500
MOST_RECORDED = 1_000
"""How many decided proposals the record looks at, those of the newest decisions."""
_BEGINS = (Outcome.BUILD, Outcome.SIMPLER, Outcome.PILOT)


class ActualsRow(Base):
    """One version of what was measured under one decision. Never updated, never deleted.

    Of two that are saved at once the database takes one.
    """

    __tablename__ = "actuals"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    version: Mapped[int] = mapped_column(Integer)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    remark: Mapped[str] = mapped_column(Text)
    saved_by: Mapped[str] = mapped_column(Text)
    saved_by_id: Mapped[str | None] = mapped_column(String(36))
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    __table_args__ = (UniqueConstraint("decision_id", "version"),)


@dataclass(frozen=True)
class Measured:
    """What was measured under a decision, in one version; version 0 where nobody entered anything yet.

    `signed` is the revision that was decided on: what the actuals are measured against.
    """

    proposal_id: str
    decision: Decision
    signed: Proposal
    version: int
    actuals: Actuals
    remark: str = ""
    saved_by: str = ""
    saved_at: datetime | None = None
    is_verified: bool = False
    """Whether the name comes from a sign-in."""
    is_given_up: bool = False
    """Whether the decision that stands stopped what this one began: it is the last that began anything."""

    @cached_property
    def content(self) -> tuple[str, str, tuple[str, ...]]:
        """What figures of these actuals depend on: what was signed, what was measured, the conditions.

        A page asks for it once for each kind of figure, and it takes longer than they do where they are kept.
        """
        return content_hash(self.signed), json.dumps(to_plain(self.actuals)), self.decision.conditions

    @property
    def alternative(self) -> str:
        """The alternative that was decided on, by its name in the signed revision."""
        return self.actuals.alternative or self.decision.alternative or ""


@dataclass(frozen=True)
class Recorded:
    """A decision, and how many versions of actuals there are under it. Neither is ever changed.

    So what follows from both is worked out once.
    """

    proposal_id: str
    decision_id: int
    version: int


class ActualsOf(Part):
    """Versions of what was measured. To see them takes what seeing the proposal takes; to enter some, a contributor."""

    def current(self, identity: str) -> Measured | None:
        """What was measured under the decision that stands; None where none does. Raises NotFound."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            decided = _standing(session, identity)
            return None if decided is None else _newest_of(session, decided)

    def version(self, identity: str, decision: int, number: int) -> Measured:
        """One version under one decision, whether or not it stands. Raises NotFound."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            wanted = (ActualsRow.decision_id == decision, ActualsRow.version == number)
            row = session.scalars(_rows(identity).where(*wanted)).one_or_none()
            if row is None:
                raise NotFound(message("There is no version {version} of these actuals.", version=str(number)))
            return next(_measured(session, [row]))

    def versions(self, identity: str, page: int = 1, size: int = PAGE_SIZE) -> Page[Measured]:
        """All versions under all decisions on the proposal, newest first. Raises NotFound."""
        number = max(page, 1)
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            here = paged(session, _rows(identity), number, size)
            return Page(tuple(_measured(session, here.rows)), here.total, number, size)

    @watched
    def save(
        self,
        identity: str,
        actuals: Actuals,
        decision: int,
        version: int,
        remark: str = "",
        actor: str = "",
        language: Language = ENGLISH,
    ) -> Measured:
        """Save the next version of actuals that were read at `version`, under the decision that stood then.

        What is saved already changes nothing. What the actuals break opens the decision again, as tasks in `language`,
        as conditions are in that of who signs. Raises
        StaleActuals, writing nothing, where somebody saved others or decided meanwhile; DocumentRefused where they do
        not belong to what was signed; ActualsRefused, NotFound, NotAllowed.
        """
        found = self._against(identity, actuals, decision, language)
        try:
            with self._writing() as session:
                return self._save(session, identity, actuals, decision, version, remark, actor, found)
        except RowRefused:
            # Of two at once the database took the other one.
            now = self.current(identity)
            raise StaleActuals(now.saved_by if now else "") from None

    def every(self, *, is_demo: bool = False, under: Collection[int] | None = None) -> Iterator[Measured]:
        """What is decided on proposals that the person may see, the newest decisions first, with what was measured.

        Archived ones count: a record without what was given up would flatter. The demo portfolio never mixes with the
        others. `under` asks for those decisions alone. Raises NotAllowed.
        """
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            wanted = self._wanted(is_demo=is_demo)
            rows = session.scalars(wanted if under is None else wanted.where(DecisionRow.id.in_(under))).all()
            yield from _newest(session, rows)

    def superseded(self, *, is_demo: bool = False, under: Collection[int] | None = None) -> Iterator[Measured]:
        """What was decided to be begun before the decision that stands, on proposals that the person may see.

        The newest decisions first, with what was measured under each: a record without what was given up, or begun anew
        on other figures, would flatter. What was taken back is left out. `under` asks for those decisions alone. Raises
        NotAllowed.
        """
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            wanted = self._earlier(is_demo=is_demo)
            rows = session.scalars(wanted if under is None else wanted.where(DecisionRow.id.in_(under))).all()
            stopped = self._wanted(is_demo=is_demo).where(DecisionRow.outcome == Outcome.STOP)
            ended = set(session.scalars(stopped.with_only_columns(DecisionRow.proposal_id)).all())
            yield from _with_their_end(_newest(session, rows), ended)

    def recorded(self, *, is_demo: bool = False) -> tuple[Recorded, ...]:
        """Under which of the same decisions, and of those before them, something was measured, and in which version.

        No document is read. Raises NotAllowed.
        """
        self._gate.ask(Action.LIST)
        newest = select(func.max(ActualsRow.version)).where(ActualsRow.decision_id == DecisionRow.id).scalar_subquery()
        columns = (DecisionRow.proposal_id, DecisionRow.id, newest)
        asked = (self._wanted(is_demo=is_demo), self._earlier(is_demo=is_demo))
        with self._reading() as session:
            rows = [row for each in asked for row in session.execute(each.with_only_columns(*columns)).all()]
            return tuple(Recorded(*row) for row in rows if row[2])

    def _earlier(self, *, is_demo: bool) -> Select[DecisionRow]:
        """Earlier decisions to begin something, of the proposals of which `every` tells; nobody took them back."""
        standing = self._wanted(is_demo=is_demo).with_only_columns(DecisionRow.id, DecisionRow.proposal_id).subquery()
        joined = select(DecisionRow).join(standing, standing.c.proposal_id == DecisionRow.proposal_id)
        begun = (DecisionRow.id < standing.c.id, DecisionRow.outcome.in_(_BEGINS), ~queries.is_withdrawn())
        return joined.where(*begun).order_by(DecisionRow.id.desc()).limit(MOST_RECORDED)

    def _wanted(self, *, is_demo: bool) -> Select[DecisionRow]:
        return _decided(is_demo=is_demo).where(queries.visible_to(self._gate.person)).limit(MOST_RECORDED)

    def has_any(self, *, is_demo: bool = False) -> bool:
        """Whether anything was measured of what `every` and `superseded` find. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        entered = select(ActualsRow.id).where(ActualsRow.decision_id == DecisionRow.id).exists()
        asked = (self._wanted(is_demo=is_demo), self._earlier(is_demo=is_demo))
        with self._reading() as session:
            return any(session.scalar(each.where(entered).limit(1)) is not None for each in asked)

    def _against(self, identity: str, actuals: Actuals, decision: int, language: Language) -> list[Against]:
        """What the actuals say against the decision. Found before the transaction: it takes long, and others wait."""
        with self._reading() as session:
            self._gate.proposal(session, Action.MEASURE, identity)
            now = _newest_of(session, _checked_standing(session, identity, decision))
        check_actuals(actuals, now.signed, now.decision.conditions)
        return against(now.signed, actuals, now.decision.conditions, language)

    def _save(
        self,
        session: Session,
        identity: str,
        actuals: Actuals,
        decision: int,
        version: int,
        remark: str,
        actor: str,
        found: list[Against],
    ) -> Measured:
        proposal = self._gate.proposal(session, Action.MEASURE, identity)
        hold(session, proposal)
        decided = _checked_standing(session, identity, decision)
        now = _newest_of(session, decided)
        if now.version != version:
            raise StaleActuals(now.saved_by)
        if version and to_plain(now.actuals) == to_plain(actuals):
            return now
        row = self._add(session, decided, actuals, version + 1, remark, actor)
        watch(session, self._gate, decided, found, by=actor)
        self._tell(session, row, changed_paths(to_plain(now.actuals), to_plain(actuals)), actor)
        return next(_measured(session, [row]))

    def _add(
        self, session: Session, decided: DecisionRow, actuals: Actuals, version: int, remark: str, actor: str
    ) -> ActualsRow:
        row = actuals_row(self._gate, decided, actuals, version)
        row.remark, row.saved_by = " ".join(mapping.plain(remark).split())[:LONGEST_REMARK], self._gate.name(actor)
        session.add(row)
        session.flush()
        return row

    def _tell(self, session: Session, row: ActualsRow, changed: tuple[str, ...], actor: str) -> None:
        said = f"version {row.version} under decision {row.decision_id}: {len(changed)} changes"
        detail = f"{said}; {row.remark}" if row.remark else said
        digest = chain.digest_of_actuals(row)
        self._gate.write_down(
            session, Deed(AuditAction.MEASURED, detail, row.proposal_id, digest, typed=actor, at=row.saved_at)
        )


def actuals_row(gate: Gate, decided: DecisionRow, actuals: Actuals, version: int) -> ActualsRow:
    """A version of what was measured under a decision, as it is kept."""
    return ActualsRow(
        proposal_id=decided.proposal_id,
        decision_id=decided.id,
        version=version,
        document=to_plain(actuals),
        remark="",
        saved_by="",
        saved_by_id=gate.person_id,
        saved_at=gate.now(),
    )


def _standing(session: Session, identity: str) -> DecisionRow | None:
    return session.scalars(queries.standing_decisions([mapping.plain(identity)])).one_or_none()


def _checked_standing(session: Session, identity: str, decision: int) -> DecisionRow:
    """The decision that stands. Raises ActualsRefused where none does, StaleActuals where it is another one."""
    found = _standing(session, identity)
    if found is None:
        raise ActualsRefused(message("No decision stands on this proposal: there is nothing to measure against yet."))
    if found.id != decision:
        raise StaleActuals(found.decided_by)
    return found


def _rows(identity: str) -> Select[ActualsRow]:
    own = ActualsRow.proposal_id == mapping.plain(identity)
    return select(ActualsRow).where(own).order_by(ActualsRow.id.desc())


def _decided(*, is_demo: bool) -> Select[DecisionRow]:
    """The decisions that stand, newest first, of the demo portfolio or of everything else."""
    joined = select(DecisionRow).join(ProposalRow, ProposalRow.id == DecisionRow.proposal_id)
    return joined.where(queries.is_standing(), *on_side(is_demo)).order_by(DecisionRow.id.desc())


def _with_their_end(found: Iterable[Measured], ended: Collection[str]) -> Iterator[Measured]:
    """Newest first: of a proposal that was stopped the first is what was given up; those before it were begun anew."""
    seen: set[str] = set()
    for each in found:
        is_last = each.proposal_id not in seen
        seen.add(each.proposal_id)
        yield replace(each, is_given_up=is_last and each.proposal_id in ended)


def _newest_of(session: Session, decided: DecisionRow) -> Measured:
    return next(_newest(session, [decided]))


def _newest(session: Session, decided: Sequence[DecisionRow]) -> Iterator[Measured]:
    """The newest version under each decision; an empty one where there is none. A few questions, however many."""
    under = ActualsRow.decision_id.in_([each.id for each in decided])
    last = select(func.max(ActualsRow.id)).where(under).group_by(ActualsRow.decision_id)
    rows = {each.decision_id: each for each in session.scalars(select(ActualsRow).where(ActualsRow.id.in_(last)))}
    told, signed = decisions_in(session, decided), _signed(session, decided)
    for row, decision in zip(decided, told, strict=True):
        yield _told(decision, signed[row.id], rows.get(row.id))


def _measured(session: Session, rows: Sequence[ActualsRow]) -> Iterator[Measured]:
    """What these versions say, each against what was signed."""
    wanted = DecisionRow.id.in_({each.decision_id for each in rows})
    decided = session.scalars(select(DecisionRow).where(wanted)).all()
    told = {each.id: each for each in decisions_in(session, decided)}
    signed = _signed(session, decided)
    return (_told(told[each.decision_id], signed[each.decision_id], each) for each in rows)


def _told(decision: Decision, signed: Proposal, row: ActualsRow | None) -> Measured:
    if row is None:
        empty = Actuals(alternative=decision.alternative or "", started_on=decision.decided_at.date())
        return Measured(decision.proposal_id, decision, signed, 0, empty)
    return Measured(
        proposal_id=row.proposal_id,
        decision=decision,
        signed=signed,
        version=row.version,
        actuals=read_actuals(row.document, signed, decision.conditions),
        remark=row.remark,
        saved_by=row.saved_by,
        saved_at=mapping.in_utc(row.saved_at),
        is_verified=row.saved_by_id is not None,
    )


def _signed(session: Session, decided: Sequence[DecisionRow]) -> dict[int, Proposal]:
    """The revision that was decided on, by decision."""
    is_of = and_(RevisionRow.proposal_id == DecisionRow.proposal_id, RevisionRow.version == DecisionRow.version)
    asked = select(DecisionRow.id, RevisionRow).join(RevisionRow, is_of)
    found = session.execute(asked.where(DecisionRow.id.in_([each.id for each in decided])))
    return {decision: mapping.document_of(row) for decision, row in found}
