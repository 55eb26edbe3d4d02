"""Ideas: proposed, one or many at once, and what becomes of them. Whoever may decide takes them up or declines them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoping import Proposal, to_dict
from scoping.document.editing import change
from scoping.errors import quote
from scoping.intake import Idea, proposal_of, text_compared
from scoping.organisation import begun
from scoping.text.languages import Language, message
from scoping.text.reviewing import IDEA_STATES
from scoping.vocabulary import IdeaState, Stage

from . import mapping, queries
from .access import Action, Person, least_role, may
from .differences import changed_paths
from .errors import IdeaRefused, NotFound, RowRefused
from .events import Event, EventKind, announce
from .gate import Deed, Gate, shared_as
from .idea_queue import how_many_wait, one_idea, page_of_ideas
from .ideas import IdeaFilters, IdeaRow, Proposed, Similar, is_of, row_of, state_of
from .models import MemberRow, PersonRow, ProposalRow
from .organisation import newest_in
from .part import Part, Transaction
from .records import AuditAction, Page, Saved
from .repeating import first_of, identity_of_idea, key_refused
from .review_rows import hold
from .similar import similar_in
from .watching import watched
from .writing import Assess, append_revision, version_columns

LONGEST_REASON, LONGEST_OWNER = 2_000, 200
MOST_SIMILAR = 5
_ORIGIN = "idea"


class Intake(Part):
    """Ideas. To propose takes what beginning a proposal takes; to take one up or decline it, who may decide."""

    def __init__(
        self, gate: Gate, reading: Transaction, writing: Transaction, now: Callable[[], datetime], assess: Assess
    ) -> None:
        super().__init__(gate, reading, writing, now)
        self._assess = assess

    # What is there -----------------------------------------------------------------------------

    def queue(self, filters: IdeaFilters | None = None, page: int = 1, size: int = queries.PAGE_SIZE) -> Page[Proposed]:
        """One page of the ideas that match and that the person may see. Raises NotAllowed, ValueRefused."""
        self._gate.ask(Action.LIST)
        number, size = max(page, 1), min(max(size, 1), queries.MOST_ROWS)
        with self._reading() as session:
            return page_of_ideas(session, self._gate.person, filters or IdeaFilters(), number, size)

    def of(self, identity: str) -> Proposed | None:
        """The idea with which a proposal began; None for one that began otherwise. Raises NotFound."""
        with self._reading() as session:
            proposal = self._gate.proposal(session, Action.SEE, identity)
            row = session.get(IdeaRow, proposal.id)
            return None if row is None else one_idea(session, self._gate.person, row, proposal)

    def waiting(self) -> int:
        """How many ideas wait that the person may see."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return session.scalar(how_many_wait(self._gate.person)) or 0

    @property
    def may_settle(self) -> bool:
        """Whether the person is one of those who take ideas up or decline them."""
        person = self._gate.person
        return person.has(least_role(Action.TRIAGE)) and person.has_in_scope(Action.TRIAGE)

    def similar(
        self, title: str, problem: str, tags: Sequence[str] = (), *, without: str = "", most: int = MOST_SIMILAR
    ) -> tuple[Similar, ...]:
        """Proposals that are like it and that the person may see, the most similar first. Raises NotAllowed."""
        return self.similar_each({without: text_compared(title, problem, tags)}, most)[without]

    def similar_each(self, texts: Mapping[str, str], most: int = MOST_SIMILAR) -> dict[str, tuple[Similar, ...]]:
        """The same for many texts, by their names: much cheaper than one by one. Raises NotAllowed.

        A text that is named by the id of a proposal is not like that one.
        """
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return similar_in(session, self._gate.person, texts, most)

    def owners(self, identity: str) -> tuple[tuple[str, str], ...]:
        """Who may become the owner of an idea: the ids and labels of those who may edit it. Raises NotFound."""
        with self._reading() as session:
            proposal = self._gate.proposal(session, Action.TRIAGE, identity)
            people = session.scalars(queries.people())
            able = (each for each in people if _may_edit(session, each, proposal))
            return tuple((each.id, mapping.member(each).label) for each in able)

    # What people do ----------------------------------------------------------------------------

    @watched
    def propose(
        self, ideas: Sequence[Idea], language: Language, actor: str = "", origin: str = _ORIGIN
    ) -> tuple[Saved, ...]:
        """Begin a proposal with each idea: all of them, or none. Raises NotAllowed, DocumentRefused.

        What follows from an idea by itself is said in that language.
        """
        self._gate.ask(Action.CREATE)
        return self._propose([(str(uuid.uuid4()), each) for each in ideas], language, actor, origin)

    @watched
    def propose_once(self, idea: Idea, key: str, language: Language, actor: str = "", origin: str = _ORIGIN) -> Saved:
        """The same with one idea: a request with the same key finds the first, however often it is sent.

        Raises KeyRefused where the person used the key for another idea; otherwise as `propose`.
        """
        self._gate.ask(Action.CREATE)
        identity = identity_of_idea(self._gate.person_id, key)
        if (made := self._made(identity, idea)) is not None:
            return made
        try:
            (made,) = self._propose([(identity, idea)], language, actor, origin)
        except RowRefused:
            # Of two at once with one key the database took the other one; it is found now.
            made = self._made(identity, idea)
            if made is None:
                raise
        return made

    def _made(self, identity: str, idea: Idea) -> Saved | None:
        """What the same key has made. Raises KeyRefused where that was something else."""
        with self._reading() as session:
            first, row = first_of(session, identity), session.get(IdeaRow, identity)
            if first is None or row is None:
                return None
            if not is_of(row, idea, first):
                raise key_refused()
            return mapping.saved(self._gate.proposal(session, Action.SEE, identity))

    def _propose(
        self, wanted: Sequence[tuple[str, Idea]], language: Language, actor: str, origin: str
    ) -> tuple[Saved, ...]:
        ideas = [idea for _, idea in wanted]
        with self._reading() as session:
            now = newest_in(session)
        blank = [begun(now.organisation, now.version, idea.title) for idea in ideas]
        proposals = [proposal_of(idea, each, language) for idea, each in zip(ideas, blank, strict=True)]
        rows = [self._row(name, proposal, actor) for (name, _), proposal in zip(wanted, proposals, strict=True)]
        with self._writing() as session:
            session.add_all(rows)
            session.flush()
            name, person_id = self._gate.name(actor), self._gate.person_id
            session.add_all(row_of(idea, row, name, person_id) for idea, row in zip(ideas, rows, strict=True))
            session.flush()
            for row, proposal in zip(rows, proposals, strict=True):
                changed = tuple(to_dict(proposal))
                append_revision(session, self._gate, row, changed, AuditAction.CREATED, origin, actor)
        return tuple(
            Saved(row.id, 1, proposal, row.saved_at, row.saved_by, archived=False)
            for row, proposal in zip(rows, proposals, strict=True)
        )

    def _row(self, identity: str, proposal: Proposal, actor: str) -> ProposalRow:
        columns = version_columns(self._gate, self._assess, 1, proposal, actor)
        row = ProposalRow(id=identity, archived=False, is_restricted=False, stage=Stage.IDEA, **columns)
        row.created_at, row.owner_id = row.saved_at, self._gate.person_id
        return row

    @watched
    def take_up(
        self, identity: str, owner: str = "", owner_id: str | None = None, note: str = "", actor: str = ""
    ) -> None:
        """Make it a draft that somebody answers for: by id where people sign in, by name otherwise.

        Who proposed it hears of it, and works on it still. Raises IdeaRefused, NotFound, NotAllowed.
        """
        said = _said(note)
        with self._reading() as session:
            before = mapping.saved(self._gate.proposal(session, Action.TRIAGE, identity))
        named = self._named(before.proposal, owner) if owner_id is None else None
        columns = version_columns(self._gate, self._assess, before.version + 1, named, actor) if named else {}
        with self._writing() as session:
            proposal, row = self._held(session, identity)
            if proposal.version != before.version:
                raise IdeaRefused(message("Somebody changed this idea meanwhile: look at it again."))
            for name, value in columns.items():
                setattr(proposal, name, value)
            if owner_id is not None:
                self._give(session, proposal, owner_id)
            proposal.stage = Stage.DRAFT
            self._settle(row, IdeaState.ACCEPTED, said, actor)
            self._tell(session, EventKind.IDEA_TAKEN_UP, proposal, row, actor)
            if named:
                changed = changed_paths(to_dict(before.proposal), to_dict(named))
                append_revision(session, self._gate, proposal, changed, AuditAction.IDEA_TAKEN_UP, said, actor)
            else:
                self._done(session, AuditAction.IDEA_TAKEN_UP, proposal, said, actor)

    @watched
    def decline(self, identity: str, reason: str, actor: str = "") -> None:
        """Take it out of the queue into the archive, and say why. Raises IdeaRefused, NotFound, NotAllowed."""
        said = _said(reason)
        if not said:
            raise IdeaRefused(message("Reason: say why it is declined; who proposed it reads it."))
        with self._writing() as session:
            proposal, row = self._held(session, identity)
            proposal.archived = True
            self._settle(row, IdeaState.DECLINED, said, actor)
            self._tell(session, EventKind.IDEA_DECLINED, proposal, row, actor)
            self._done(session, AuditAction.IDEA_DECLINED, proposal, said, actor)

    @watched
    def same(self, identity: str, other: str, note: str = "", actor: str = "") -> None:
        """Say that it is the same as another proposal, which stays; this one goes into the archive.

        Raises IdeaRefused, NotFound, NotAllowed.
        """
        said = _said(note)
        with self._writing() as session:
            proposal, row = self._held(session, identity)
            kept = self._gate.proposal(session, Action.SEE, other)
            if kept.id == proposal.id or kept.archived:
                raise IdeaRefused(message("Same as: choose another proposal, which is not in the archive."))
            proposal.archived, row.same_as = True, kept.id
            self._settle(row, IdeaState.SAME, said, actor)
            self._tell(session, EventKind.IDEA_SAME, proposal, row, actor)
            self._done(session, AuditAction.IDEA_SAME, proposal, ": ".join(filter(None, (kept.id, said))), actor)

    @watched
    def reopen(self, identity: str, actor: str = "") -> None:
        """Put one that was declined, or the same as another, back into the queue. Raises IdeaRefused, NotFound."""
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.TRIAGE, identity)
            hold(session, proposal)
            row = _idea(session, proposal)
            if proposal.stage != Stage.IDEA:
                raise IdeaRefused(message("This idea was taken up: it is a proposal now."))
            proposal.archived, row.same_as = False, None
            row.state, row.reason, row.settled_by = IdeaState.WAITING, "", ""
            row.settled_by_id = row.settled_at = None
            self._done(session, AuditAction.IDEA_REOPENED, proposal, "", actor)

    # What they have in common ------------------------------------------------------------------

    def _held(self, session: Session, identity: str) -> tuple[ProposalRow, IdeaRow]:
        """An idea that waits, which nobody else settles before this transaction ends. Raises IdeaRefused."""
        proposal = self._gate.proposal(session, Action.TRIAGE, identity)
        hold(session, proposal)
        session.refresh(proposal, ["archived"])
        row = _idea(session, proposal)
        if (state := state_of(row, proposal)) is not IdeaState.WAITING:
            raise IdeaRefused(
                message(
                    "This idea does not wait any more: {state}, by {person}.",
                    state=IDEA_STATES[state],
                    person=row.settled_by or message("somebody"),
                )
            )
        if proposal.stage != Stage.IDEA or proposal.archived:
            raise IdeaRefused(message("This idea is in the archive: restore it first."))
        return proposal, row

    def _named(self, proposal: Proposal, owner: str) -> Proposal | None:
        """The proposal under its owner's name; None where it stays as it is. Raises IdeaRefused."""
        name = mapping.plain(owner.strip())
        if self._gate.person.is_signed_in:
            raise IdeaRefused(message("Owner: choose somebody who may edit the proposal."))
        if not 0 < len(name) <= LONGEST_OWNER:
            raise IdeaRefused(message("Owner: write a name of at most {most} letters.", most=str(LONGEST_OWNER)))
        return None if name == proposal.owner else change(proposal, "owner", name)

    def _give(self, session: Session, proposal: ProposalRow, owner_id: str) -> None:
        """Somebody else answers for it now; who did before can still work on it. Raises IdeaRefused."""
        person = session.get(PersonRow, mapping.plain(owner_id))
        if person is None or not _may_edit(session, person, proposal):
            raise IdeaRefused(message("Owner: choose somebody who may edit the proposal."))
        before, proposal.owner_id = proposal.owner_id, person.id
        if before is not None and before != person.id:
            added = {"added_by": self._gate.name(""), "added_at": self._now()}
            session.merge(MemberRow(proposal_id=proposal.id, person_id=before, **added))

    def _settle(self, row: IdeaRow, state: IdeaState, reason: str, actor: str) -> None:
        row.state, row.reason = state, reason
        row.settled_by, row.settled_by_id, row.settled_at = self._gate.name(actor), self._gate.person_id, self._now()

    def _tell(self, session: Session, kind: EventKind, proposal: ProposalRow, row: IdeaRow, actor: str) -> None:
        """Who proposed it hears of it, and who is its owner now. Whatever else there is, they need not see."""
        people = tuple(dict.fromkeys(filter(None, (row.proposed_by_id, proposal.owner_id))))
        announce(session, self._gate, Event(kind, proposal.id, people, row.reason, by=actor))

    def _done(self, session: Session, action: AuditAction, proposal: ProposalRow, detail: str, actor: str) -> None:
        session.flush()
        self._gate.write_down(session, Deed(action, detail, proposal.id, typed=actor))


def _idea(session: Session, proposal: ProposalRow) -> IdeaRow:
    row = session.scalars(select(IdeaRow).where(IdeaRow.proposal_id == proposal.id)).one_or_none()
    if row is None:
        raise NotFound(message("{title} did not begin as an idea.", title=quote(proposal.title)))
    return row


def _may_edit(session: Session, row: PersonRow, proposal: ProposalRow) -> bool:
    person = Person(row.id, row.name, row.email, mapping.role_of(row.role, row.granted))
    return row.removed_at is None and may(person, Action.EDIT, shared_as(session, proposal))


def _said(typed: str) -> str:
    text = mapping.plain(typed.strip())
    if len(text) > LONGEST_REASON:
        count, most = str(len(text)), str(LONGEST_REASON)
        raise IdeaRefused(message("Reason: has {count} letters; at most {most}.", count=count, most=most))
    return text
