"""People judge numbers apart from each other: a round is begun, answered, revealed to all at once, and closed.

As long as a round is open nobody sees what another one answered, the facilitator included: those who know what others
say judge like them (EFSA 2014, Guidance on Expert Knowledge Elicitation, EFSA Journal 12(6):3734, on SHELF).
"""

from __future__ import annotations

import secrets
import uuid
from hashlib import sha256

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from scoping import Proposal
from scoping.document.asking import LONGEST_REASON, MOST_QUESTIONS, askable, judgement, place_now
from scoping.document.estimate import MOST_JUDGEMENTS, Judgement
from scoping.document.specs import spec_at
from scoping.errors import EntryRefused
from scoping.text.languages import message

from . import mapping, queries
from .access import Action
from .errors import NotAllowed, NotFound, RoundRefused
from .gate import Deed
from .models import ProposalRow
from .part import Part
from .records import AuditAction
from .rounds import (
    Answer,
    AnswerRow,
    Invitation,
    Judge,
    Judged,
    Round,
    RoundRequest,
    RoundRow,
    RoundState,
    answer_of,
    invitation_of,
    questions_of,
    round_of,
)
from .watching import watched

_TOKEN_BYTES = 24
_LONGEST_BRIEFING = 20_000
_LONGEST_PATH = 300
_REVEALED = message("The judgements were revealed: nobody can judge, or judge otherwise, any more.")


class Elicitation(Part):
    """Rounds of judgement. To run one takes what editing the proposal takes; to judge, what seeing it takes."""

    # For who runs a round ----------------------------------------------------------------------

    @watched
    def begin(self, identity: str, request: RoundRequest, actor: str = "") -> Round:
        """Ask people about numbers of the proposal as it is now. Raises RoundRefused, NotFound, NotAllowed."""
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.EDIT, identity)
            _check_request(request, mapping.document_of(proposal))
            row = self._row(proposal, request, actor)
            session.add(row)
            session.flush()
            self._told(session, row, AuditAction.ROUND_BEGUN, actor, _numbers(row))
            return round_of(row, ())

    def _row(self, proposal: ProposalRow, request: RoundRequest, actor: str) -> RoundRow:
        return RoundRow(
            id=str(uuid.uuid4()),
            proposal_id=proposal.id,
            version=proposal.version,
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            state=RoundState.OPEN,
            questions=[{"path": str(each.path), "words": mapping.plain(each.words)} for each in request.questions],
            briefing=mapping.plain(request.briefing.strip()),
            shows_value=request.shows_value,
            begun_by=self._gate.name(actor),
            begun_by_id=self._gate.person_id,
            begun_at=self._now(),
        )

    def rounds(self, identity: str) -> tuple[Round, ...]:
        """The rounds on a proposal, newest first, with who answered how many numbers. Raises NotFound, NotAllowed."""
        with self._reading() as session:
            self._gate.proposal(session, Action.EDIT, identity)
            rows = session.scalars(_rounds(identity)).all()
            return tuple(round_of(row, _judged(session, row)) for row in rows)

    @watched
    def reveal(self, identity: str, round_id: str, actor: str = "") -> None:
        """Show all answers to all who may see the proposal. Raises RoundRefused, NotFound, NotAllowed."""
        with self._writing() as session:
            row = self._held(session, identity, round_id)
            if row.state != RoundState.OPEN:
                raise RoundRefused(message("This round was revealed or closed already."))
            judged = _judged(session, row)
            if not judged:
                raise RoundRefused(message("Nobody has judged yet: there is nothing to reveal."))
            row.state, row.revealed_at = RoundState.REVEALED, self._now()
            session.flush()
            self._told(session, row, AuditAction.REVEALED, actor, f"{_numbers(row)}, {len(judged)} people")

    @watched
    def close(self, identity: str, round_id: str, actor: str = "") -> None:
        """End a round and its link. Answers that were not revealed stay unseen. Raises NotFound, NotAllowed."""
        with self._writing() as session:
            row = self._held(session, identity, round_id)
            if row.state == RoundState.CLOSED:
                return
            row.state, row.token = RoundState.CLOSED, None
            session.flush()
            self._told(session, row, AuditAction.ROUND_CLOSED, actor, _numbers(row))

    def asked(self, identity: str, round_id: str) -> Proposal:
        """The proposal as it was when the round was begun. Raises NotFound, NotAllowed."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            return _asked(session, _one(session, _of(identity, round_id)))

    def answers(self, identity: str, round_id: str) -> tuple[Answer, ...]:
        """What everybody answered, by name. Raises NotAllowed before the reveal, NotFound."""
        with self._reading() as session:
            self._gate.proposal(session, Action.SEE, identity)
            row = _one(session, _of(identity, round_id))
            if row.revealed_at is None:
                raise NotAllowed(message("Nobody sees the judgements before they are revealed."))
            return tuple(map(answer_of, session.scalars(_answers(row))))

    def _held(self, session: Session, identity: str, round_id: str) -> RoundRow:
        """A round that nobody else changes or answers before this transaction ends."""
        self._gate.proposal(session, Action.EDIT, identity)
        return _one(session, _of(identity, round_id).with_for_update())

    # For who judges ----------------------------------------------------------------------------

    def invitation(self, token: str, judge: Judge) -> Invitation:
        """What a link asks, and what this person answered. Raises NotFound, whatever the link lacks; NotAMember."""
        with self._reading() as session:
            row = self._invited(session, _by_token(token))
            own = session.scalars(_answers(row).where(AnswerRow.judge == self._key(row, judge))).all()
            now = mapping.document_of(self._gate.proposal(session, Action.SEE, row.proposal_id))
            return invitation_of(row, _asked(session, row), now, own)

    @watched
    def answer(self, token: str, judge: Judge, path: str, numbers: tuple[float, float, float], rationale: str) -> None:
        """Keep the person's P10, P50 and P90 of a number, in place of what they answered before.

        Raises RoundRefused after the reveal, and where the number is gone or cannot be judged so; NotFound, NotAMember.
        """
        with self._writing() as session:
            row = self._invited(session, _by_token(token).with_for_update())
            if row.state != RoundState.OPEN:
                raise RoundRefused(_REVEALED)
            judged = self._judgement(session, row, self._name(judge), path, numbers)
            key = self._key(row, judge)
            others = set(session.scalars(_judges(row).where(AnswerRow.judge != key)))
            is_first = session.scalar(_judges(row).where(AnswerRow.judge == key).limit(1)) is None
            self._check_place(session, row, judged.by, key, len(others))
            session.merge(self._answer(row, key, path, judged, rationale))
            session.flush()
            # Who writes their name otherwise meanwhile is still one person.
            own = (AnswerRow.round_id == row.id, AnswerRow.judge == key)
            session.execute(update(AnswerRow).where(*own).values(judged_by=judged.by))
            if is_first:
                # Once: how often somebody thought again is nobody's business.
                self._told(session, row, AuditAction.JUDGED, judged.by)

    def _invited(self, session: Session, wanted: Select[RoundRow]) -> RoundRow:
        """The round of a link; where the person may not see what it is about, it is as if there were none."""
        # Who belongs nowhere hears so before the link is looked at.
        self._gate.ask(Action.LIST)
        row = session.scalars(wanted).one_or_none()
        if row is None:
            raise _no_invitation()
        try:
            self._gate.proposal(session, Action.SEE, row.proposal_id)
        except NotFound:
            raise _no_invitation() from None
        return row

    def _key(self, row: RoundRow, judge: Judge) -> str:
        """Whose answer it is: by the sign-in, or by a fingerprint of what the browser keeps."""
        return self._gate.person_id or sha256(f"{row.id}:{judge.secret}".encode()).hexdigest()

    def _name(self, judge: Judge) -> str:
        """Who judges, for the records. Raises RoundRefused where no name was given."""
        name = " ".join(self._gate.name(judge.name).split())
        if not name:
            raise RoundRefused(message("Your name is missing: it stands beside your judgement."))
        if not (self._gate.person_id or judge.secret):
            raise RoundRefused(message("Your browser keeps nothing of this page. Allow it cookies, and reload."))
        return name

    def _judgement(
        self, session: Session, row: RoundRow, by: str, path: str, numbers: tuple[float, float, float]
    ) -> Judgement:
        """The numbers, in the bounds of the field that is asked about. Raises RoundRefused."""
        if path not in {each.path for each in questions_of(row)}:
            raise RoundRefused(message("This round does not ask about that number."))
        asked = _asked(session, row)
        now = mapping.document_of(self._gate.proposal(session, Action.SEE, row.proposal_id))
        if place_now(asked, now, path) is None:
            raise RoundRefused(
                message(
                    "This number is not asked about any more: it was taken out of the proposal, or is another one now."
                )
            )
        try:
            return judgement(spec_at(asked, path), by, *numbers)
        except EntryRefused as refused:
            raise RoundRefused(refused.allowed) from None

    def _check_place(self, session: Session, row: RoundRow, by: str, key: str, others: int) -> None:
        """Whether there is room for this person among those who judged, and nobody else of their name."""
        if others >= MOST_JUDGEMENTS:
            raise RoundRefused(
                message("{most} people have judged: more are not asked in one round.", most=str(MOST_JUDGEMENTS))
            )
        namesake = (AnswerRow.judged_by == by, AnswerRow.judge != key)
        taken = select(AnswerRow.judge).where(AnswerRow.round_id == row.id, *namesake)
        if self._gate.person_id is None and session.scalar(taken.limit(1)) is not None:
            raise RoundRefused(
                message(
                    "Somebody has judged under the name {name}, in another browser. If it was you, go on there; "
                    "otherwise write your name so that it tells you apart.",
                    name=by,
                )
            )

    def _answer(self, row: RoundRow, key: str, path: str, judged: Judgement, rationale: str) -> AnswerRow:
        reason = mapping.plain(rationale.strip())
        if len(reason) > LONGEST_REASON:
            raise RoundRefused(
                message(
                    "Your reasons have {count} letters; at most {most} are kept.",
                    count=str(len(reason)),
                    most=str(LONGEST_REASON),
                )
            )
        numbers = judged.model_dump(include={"p10", "p50", "p90"})
        who = {"judged_by": judged.by, "judged_by_id": self._gate.person_id}
        return AnswerRow(
            round_id=row.id, judge=key, path=path, rationale=reason, answered_at=self._now(), **who, **numbers
        )

    def _told(self, session: Session, row: RoundRow, action: AuditAction, actor: str, detail: str = "") -> None:
        self._gate.write_down(session, Deed(action, detail, row.proposal_id, typed=actor))


def _check_request(request: RoundRequest, proposal: Proposal) -> None:
    """Whether people can be asked that. Raises RoundRefused."""
    paths = [each.path for each in request.questions]
    if not 0 < len(paths) <= MOST_QUESTIONS:
        raise RoundRefused(message("A round asks about 1 to {most} numbers.", most=str(MOST_QUESTIONS)))
    known = {str(each) for each in askable(proposal)}
    for path in paths:
        if path not in known or len(path) > _LONGEST_PATH:
            raise RoundRefused(message("There is no number at {path} that people could judge.", path=path[:60]))
    if len(set(paths)) < len(paths):
        raise RoundRefused(message("Each number is asked about once."))
    if len(request.briefing) > _LONGEST_BRIEFING:
        raise RoundRefused(message("What all should know has at most {most} letters.", most=str(_LONGEST_BRIEFING)))


def _numbers(row: RoundRow) -> str:
    """What the audit trail says of a round: not what was answered."""
    return f"{len(row.questions)} numbers"


def _asked(session: Session, row: RoundRow) -> Proposal:
    found = session.scalars(queries.revision(row.proposal_id, row.version)).one()
    return mapping.document_of(found)


def _rounds(identity: str) -> Select[RoundRow]:
    wanted = select(RoundRow).where(RoundRow.proposal_id == mapping.plain(identity))
    return wanted.order_by(RoundRow.begun_at.desc(), RoundRow.id)


def _of(identity: str, round_id: str) -> Select[RoundRow]:
    return _rounds(identity).where(RoundRow.id == mapping.plain(round_id))


def _by_token(token: str) -> Select[RoundRow]:
    return select(RoundRow).where(RoundRow.token == mapping.plain(token))


def _answers(row: RoundRow) -> Select[AnswerRow]:
    """In the order of names, which says nothing about who was first."""
    return (
        select(AnswerRow)
        .where(AnswerRow.round_id == row.id)
        .order_by(AnswerRow.judged_by, AnswerRow.judge, AnswerRow.path)
    )


def _judges(row: RoundRow) -> Select[str]:
    return select(AnswerRow.judge).where(AnswerRow.round_id == row.id).distinct()


def _judged(session: Session, row: RoundRow) -> list[Judged]:
    """Who answered how many of the numbers."""
    columns = (func.min(AnswerRow.judged_by), func.count(), func.min(AnswerRow.judged_by_id))
    wanted = select(*columns).where(AnswerRow.round_id == row.id).group_by(AnswerRow.judge)
    found = (Judged(str(by), count, who is not None) for by, count, who in session.execute(wanted))
    return sorted(found, key=lambda each: each.name)


def _one(session: Session, wanted: Select[RoundRow]) -> RoundRow:
    row = session.scalars(wanted).one_or_none()
    if row is None:
        raise NotFound(message("There is no such round of judgement."))
    return row


def _no_invitation() -> NotFound:
    return NotFound(message("This link asks nobody anything: it is wrong, its round has ended, or it is not for you."))
