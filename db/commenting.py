"""People write about a proposal: about a field, about all of it, about its memo; and settle what was said.

Nobody changes or deletes what another one wrote. Who wrote something may take it back; that it was there is still
seen. A thread is open until somebody resolves it, and can be opened again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from scoping.errors import quote
from scoping.text.languages import message
from scoping.text.places import is_place

from . import mapping, queries
from .access import Action, Person, Role, Sharing, may
from .comments import (
    LONGEST_COMMENT,
    MOST_IN_THREAD,
    MOST_MENTIONS,
    Comment,
    CommentRow,
    Remark,
    Tally,
    Thread,
    ThreadPage,
    ThreadRow,
    comments_of,
    thread_of,
)
from .errors import CommentRefused, NotFound
from .events import Event, EventKind, announce
from .gate import Deed, shared_as
from .mentions import called_in
from .models import ProposalRow
from .notices.forgetting import forget_comment
from .part import Part
from .records import AuditAction, Member
from .watching import watched

PAGE_OF_THREADS = 20
_MOST_IN_PAGE = 100
_LONGEST_PLACE = 300


class Commenting(Part):
    """Threads of comments. To write, resolve and reopen takes what COMMENT takes; to read, what seeing takes."""

    # To write ----------------------------------------------------------------------------------

    @watched
    def write(self, identity: str, place: str, remark: Remark, actor: str = "") -> Thread:
        """Begin a thread about a place. Raises CommentRefused, NotFound, NotAllowed."""
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.COMMENT, identity)
            version = proposal.version if remark.version is None else remark.version
            _check_place(session, proposal, place, version)
            thread = ThreadRow(proposal_id=proposal.id, place=place, version=version, is_open=True, changed_by="")
            comment = self._comment(session, proposal, remark, actor)
            session.add(thread)
            session.flush()
            self._put(session, proposal, thread, comment)
            return self._told(session, thread)

    @watched
    def reply(self, identity: str, thread_id: int, remark: Remark, actor: str = "") -> Thread:
        """Write into a thread; a resolved one is opened again. Raises CommentRefused, NotFound, NotAllowed."""
        with self._writing() as session:
            proposal, thread = self._held(session, identity, thread_id)
            _check_room(session, thread)
            comment = self._comment(session, proposal, remark, actor)
            if not thread.is_open:
                self._turn(thread, comment.written_by, is_open=True)
            self._put(session, proposal, thread, comment)
            return self._told(session, thread)

    @watched
    def take_back(self, identity: str, comment_id: int, actor: str = "") -> None:
        """Take back what the person wrote themselves. Raises CommentRefused, NotFound, NotAllowed."""
        with self._writing() as session:
            self._gate.proposal(session, Action.COMMENT, identity)
            row = _comment_at(session, identity, comment_id)
            # Of two clicks one takes it back.
            _, thread = self._held(session, identity, row.thread_id)
            if not self._is_own(row, actor):
                raise CommentRefused(message("Only who wrote a comment takes it back."))
            if session.scalar(_taking_back(row)) is not None:
                return
            session.add(self._row(row.thread_id, Remark("", (), row.version), (), actor, takes_back=row.id))
            session.flush()
            forget_comment(session, thread.proposal_id, thread.place, row.text, row.written_at)
            self._write_down(session, AuditAction.COMMENT_TAKEN_BACK, identity, row.thread_id, actor)

    @watched
    def resolve(self, identity: str, thread_id: int, actor: str = "") -> None:
        """Settle a thread. Raises CommentRefused, NotFound, NotAllowed."""
        self._settle(identity, thread_id, actor, is_open=False)

    @watched
    def reopen(self, identity: str, thread_id: int, actor: str = "") -> None:
        """Open a thread that was settled. Raises CommentRefused, NotFound, NotAllowed."""
        self._settle(identity, thread_id, actor, is_open=True)

    # To read -----------------------------------------------------------------------------------

    def threads(
        self,
        identity: str,
        places: Sequence[str] | None = None,
        *,
        is_open: bool | None = None,
        before: int | None = None,
        size: int = PAGE_OF_THREADS,
    ) -> ThreadPage:
        """Threads about those places, as they were called when the thread was begun; about all places without any.

        The newest come first; `before` is that of the page before. Raises NotFound.
        """
        wanted = _threads(identity).where(*_conditions(places, is_open, before))
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            most = max(1, min(size, _MOST_IN_PAGE))
            rows = session.scalars(wanted.order_by(ThreadRow.id.desc()).limit(most + 1)).all()
            shown = rows[:most]
            return ThreadPage(tuple(self._with_comments(session, shown)), shown[-1].id if len(rows) > most else None)

    def thread(self, identity: str, thread_id: int) -> Thread:
        """One thread. Raises NotFound."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            return self._told(session, _one(session, identity, thread_id))

    def counts(self, identity: str) -> tuple[Tally, ...]:
        """How many threads there are about each place, in one question to the database. Raises NotFound."""
        with self._reading() as session:
            return tallies_in(session, self._gate.proposal(session, Action.SEE, identity).id)

    def newest(self, identity: str, places: Sequence[str]) -> int:
        """The id of what was written last about those places: it tells whether there is something new. 0 for nothing.

        Raises NotFound.
        """
        wanted = select(func.max(CommentRow.id)).join(ThreadRow, ThreadRow.id == CommentRow.thread_id)
        of_proposal = wanted.where(ThreadRow.proposal_id == mapping.plain(identity), *_conditions(places, None, None))
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            return session.scalar(of_proposal) or 0

    def people(self, identity: str) -> tuple[Member, ...]:
        """Who may be called by a comment: everybody who has a role and may see the proposal. Raises NotFound."""
        with self._reading() as session:
            return _readers(session, self._gate.proposal(session, Action.COMMENT, identity))

    # What they have in common ------------------------------------------------------------------

    def _held(self, session: Session, identity: str, thread_id: int) -> tuple[ProposalRow, ThreadRow]:
        """A thread that nobody else changes before this transaction ends."""
        proposal = self._gate.proposal(session, Action.COMMENT, identity)
        return proposal, _one(session, identity, thread_id, for_update=True)

    def _settle(self, identity: str, thread_id: int, actor: str, *, is_open: bool) -> None:
        action = AuditAction.THREAD_REOPENED if is_open else AuditAction.THREAD_RESOLVED
        with self._writing() as session:
            _, thread = self._held(session, identity, thread_id)
            if thread.is_open == is_open:
                return
            self._turn(thread, self._name(actor), is_open=is_open)
            session.flush()
            self._write_down(session, action, identity, thread.id, actor)

    def _turn(self, thread: ThreadRow, by: str, *, is_open: bool) -> None:
        thread.is_open, thread.changed_by, thread.changed_at = is_open, by, self._now()

    def _comment(self, session: Session, proposal: ProposalRow, remark: Remark, actor: str) -> CommentRow:
        """The comment as it is kept. Raises CommentRefused."""
        text = mapping.plain(remark.text).strip()
        _check_text(text)
        version = proposal.version if remark.version is None else min(remark.version, proposal.version)
        called = _called(text, remark.mentions, _readers(session, proposal))
        return self._row(0, Remark(text, called, version), called, actor)

    def _row(
        self, thread_id: int, remark: Remark, called: Sequence[str], actor: str, takes_back: int | None = None
    ) -> CommentRow:
        return CommentRow(
            thread_id=thread_id,
            version=remark.version,
            text=remark.text,
            mentions=[*called],
            written_by=self._name(actor),
            written_by_id=self._gate.person_id,
            written_at=self._now(),
            takes_back=takes_back,
        )

    def _put(self, session: Session, proposal: ProposalRow, thread: ThreadRow, comment: CommentRow) -> None:
        comment.thread_id = thread.id
        session.add(comment)
        session.flush()
        self._announce(session, proposal, thread, comment)
        self._write_down(session, AuditAction.COMMENTED, proposal.id, thread.id, comment.written_by)

    def _announce(self, session: Session, proposal: ProposalRow, thread: ThreadRow, comment: CommentRow) -> None:
        """Those who are called hear of it, the owner, and those who wrote here before; nobody twice."""
        authors = session.scalars(_authors(thread))
        known = {each for each in (*authors, proposal.owner_id) if each} - {*comment.mentions, self._gate.person_id}
        for kind, whom in ((EventKind.MENTIONED, comment.mentions), (EventKind.COMMENTED, sorted(map(str, known)))):
            if whom or kind is EventKind.COMMENTED:
                said = Event(kind, proposal.id, tuple(whom), comment.text, thread.place, by=comment.written_by)
                announce(session, self._gate, said)

    def _write_down(self, session: Session, action: AuditAction, identity: str, thread_id: int, actor: str) -> None:
        # What was written is in the thread; the trail says that something was.
        self._gate.write_down(session, Deed(action, f"thread {thread_id}", mapping.plain(identity), typed=actor))

    def _told(self, session: Session, row: ThreadRow) -> Thread:
        return next(self._with_comments(session, [row]))

    def _with_comments(self, session: Session, rows: Sequence[ThreadRow]) -> Iterator[Thread]:
        wanted = select(CommentRow).where(CommentRow.thread_id.in_([row.id for row in rows]))
        found = session.scalars(wanted.order_by(CommentRow.thread_id, CommentRow.id))
        comments = {key: self._shown([*each]) for key, each in groupby(found, key=lambda each: each.thread_id)}
        return (thread_of(row, comments.get(row.id, [])) for row in rows)

    def _shown(self, rows: Sequence[CommentRow]) -> list[Comment]:
        return comments_of(rows, {row.id: row.written_by_id == self._gate.person_id for row in rows})

    def _is_own(self, row: CommentRow, actor: str) -> bool:
        """By the sign-in; where nobody signs in, by the name that was typed."""
        if self._gate.person_id is not None:
            return row.written_by_id == self._gate.person_id
        return row.written_by_id is None and row.written_by == self._name(actor)

    def _name(self, actor: str) -> str:
        """Who writes, for the records. Raises CommentRefused where no name was given."""
        name = " ".join(self._gate.name(actor).split())
        if not name:
            raise CommentRefused(message("Your name is missing: it stands beside your comment."))
        return name


def tallies_in(session: Session, identity: str) -> tuple[Tally, ...]:
    """How many threads there are about each place of a proposal."""
    opened = func.coalesce(func.sum(case((ThreadRow.is_open.is_(True), 1), else_=0)), 0)
    wanted = select(ThreadRow.place, ThreadRow.version, opened, func.count()).where(ThreadRow.proposal_id == identity)
    found = session.execute(wanted.group_by(ThreadRow.place, ThreadRow.version))
    return tuple(Tally(place, version, int(some), int(all_) - int(some)) for place, version, some, all_ in found)


def _check_place(session: Session, proposal: ProposalRow, place: str, version: int) -> None:
    """Whether the proposal had the place at that version. Raises CommentRefused."""
    found = session.scalars(queries.revision(proposal.id, version)).one_or_none()
    if found is None:
        raise CommentRefused(message("There is no version {version} of this proposal.", version=str(version)))
    if len(place) > _LONGEST_PLACE or "\x00" in place or not is_place(mapping.document_of(found), place):
        raise CommentRefused(message("This proposal has no place {place} to comment on.", place=quote(place)))


def _check_room(session: Session, thread: ThreadRow) -> None:
    many = session.scalar(select(func.count()).where(CommentRow.thread_id == thread.id)) or 0
    if many >= MOST_IN_THREAD:
        raise CommentRefused(message("This thread has {most} comments: begin another one.", most=str(MOST_IN_THREAD)))


def _check_text(text: str) -> None:
    if not text:
        raise CommentRefused(message("The comment is empty: write what you want to say."))
    if len(text) > LONGEST_COMMENT:
        count, most = str(len(text)), str(LONGEST_COMMENT)
        raise CommentRefused(
            message("Your comment has {count} letters; at most {most} are kept.", count=count, most=most)
        )


def _called(text: str, chosen: Sequence[str], readers: Sequence[Member]) -> tuple[str, ...]:
    """Whom a comment calls: those who were chosen, then those whose name it says. Raises CommentRefused."""
    if not {*chosen} <= {each.id for each in readers}:
        raise CommentRefused(
            message(
                "Not everybody whom you mention may see this proposal. Share it with them first, or leave them out."
            )
        )
    called = tuple(dict.fromkeys([*chosen, *called_in(text, readers)]))
    if len(called) > MOST_MENTIONS:
        raise CommentRefused(message("A comment mentions at most {most} people.", most=str(MOST_MENTIONS)))
    return called


def _readers(session: Session, proposal: ProposalRow) -> tuple[Member, ...]:
    """Everybody who has a role here and may see the proposal."""
    sharing = shared_as(session, proposal)
    everybody = (mapping.member(row) for row in session.scalars(queries.people()))
    return tuple(each for each in everybody if not each.is_removed and _sees(each.id, each.role, sharing))


def _sees(person_id: str, role: Role | None, sharing: Sharing) -> bool:
    return may(Person(person_id, "", role=role), Action.SEE, sharing)


def _threads(identity: str) -> Select[ThreadRow]:
    return select(ThreadRow).where(ThreadRow.proposal_id == mapping.plain(identity))


def _conditions(
    places: Sequence[str] | None, is_open: bool | None, before: int | None
) -> Iterator[ColumnElement[bool]]:
    if places is not None:
        yield ThreadRow.place.in_([mapping.plain(each) for each in places])
    if is_open is not None:
        yield ThreadRow.is_open.is_(is_open)
    if before is not None:
        yield ThreadRow.id < before


def _one(session: Session, identity: str, thread_id: int, *, for_update: bool = False) -> ThreadRow:
    wanted = _threads(identity).where(ThreadRow.id == thread_id)
    row = session.scalars(wanted.with_for_update() if for_update else wanted).one_or_none()
    if row is None:
        raise NotFound(message("There is no such thread of comments."))
    return row


def _comment_at(session: Session, identity: str, comment_id: int) -> CommentRow:
    wanted = select(CommentRow).join(ThreadRow, ThreadRow.id == CommentRow.thread_id)
    of_proposal = wanted.where(ThreadRow.proposal_id == mapping.plain(identity), CommentRow.takes_back.is_(None))
    row = session.scalars(of_proposal.where(CommentRow.id == comment_id)).one_or_none()
    if row is None:
        raise NotFound(message("There is no such comment."))
    return row


def _taking_back(row: CommentRow) -> Select[int]:
    return select(CommentRow.id).where(CommentRow.takes_back == row.id, CommentRow.thread_id == row.thread_id)


def _authors(thread: ThreadRow) -> Select[str | None]:
    return select(CommentRow.written_by_id).where(CommentRow.thread_id == thread.id).distinct()
