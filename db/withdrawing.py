"""Decisions that are taken back: with a reason, signed, audited. The decision itself is never changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from scoping.text.languages import message
from scoping.verdict import RECOMMENDATIONS
from scoping.vocabulary import Outcome

from . import chain, deciding_round, mapping
from .access import Action
from .deciding import turn_of
from .decision_chain import decision_in
from .errors import DecisionRefused, NotFound, RowRefused
from .gate import Deed
from .models import DecisionRow, ProposalRow, WithdrawalRow
from .notices.tasks import tell_withdrawal
from .part import Part
from .records import AuditAction, Decision
from .review_rows import hold
from .watching import watched

LONGEST_REASON = 20_000


class Withdrawing(Part):
    """Who may decide may also take back what was decided, by the same rules."""

    @watched
    def withdraw(self, identity: str, decision: int, reason: str, actor: str = "") -> Decision:
        """Take back the decision that stands on a proposal: none stands then, and an earlier one does not again.

        Its tasks end, and the proposal is a draft again, or goes on in the round that is open. What this person took
        back already is not recorded again. Raises DecisionRefused where it says too little, or another decision stands
        by now; NotFound, NotAllowed.
        """
        try:
            return self._withdraw(identity, decision, reason, actor)
        except RowRefused:
            # Of two at once the database took the other one; it is looked at now.
            return self._withdraw(identity, decision, reason, actor)

    def _withdraw(self, identity: str, decision: int, reason: str, actor: str) -> Decision:
        name, said = self._gate.name(actor).strip(), _checked(reason)
        if not name:
            raise DecisionRefused(message("Who withdraws it? Enter the name of the person who signs."))
        with self._writing() as session:
            proposal = self._gate.proposal(session, Action.DECIDE, identity)
            hold(session, proposal)
            row = _decision(session, proposal, decision)
            before = decision_in(session, row).withdrawal
            if before is not None and (before.withdrawn_by, before.reason) == (name, said):
                return decision_in(session, row)
            _check_stands(session, row, before.withdrawn_by if before else "")
            self._record(session, proposal, row, name, said)
            return decision_in(session, row)

    def _record(self, session: Session, proposal: ProposalRow, row: DecisionRow, name: str, reason: str) -> None:
        made = WithdrawalRow(
            decision_id=row.id,
            proposal_id=proposal.id,
            reason=reason,
            withdrawn_by=name,
            withdrawn_by_id=self._gate.person_id,
            withdrawn_at=self._now(),
        )
        session.add(made)
        session.flush()
        deciding_round.reopen(session, proposal)
        tell_withdrawal(session, self._gate, made, tuple(filter(None, (proposal.owner_id, row.signed_by_id))))
        detail, digest = f"{row.outcome} on version {row.version}", chain.digest_of_withdrawal(made)
        deed = Deed(AuditAction.DECISION_WITHDRAWN, detail, proposal.id, digest, name, made.withdrawn_at)
        self._gate.write_down(session, deed)


def _checked(reason: str) -> str:
    said = mapping.plain(reason.strip())
    if not said:
        raise DecisionRefused(message("Reason: say why the decision is withdrawn."))
    if len(said) > LONGEST_REASON:
        count, most = str(len(said)), str(LONGEST_REASON)
        raise DecisionRefused(message("Reason: has {count} letters; at most {most}.", count=count, most=most))
    return said


def _decision(session: Session, proposal: ProposalRow, decision: int) -> DecisionRow:
    row = session.get(DecisionRow, decision)
    if row is None or row.proposal_id != proposal.id:
        raise NotFound(message("There is no such decision on this proposal."))
    return row


def _check_stands(session: Session, row: DecisionRow, by: str) -> None:
    """Raises DecisionRefused where the decision was taken back, or superseded."""
    if by:
        raise DecisionRefused(message("{person} withdrew this decision already.", person=by))
    standing = turn_of(session, row.proposal_id).standing
    if standing is None:
        raise DecisionRefused(message("This decision does not stand: a later one superseded it, which was withdrawn."))
    if standing.id != row.id:
        raise DecisionRefused(
            message(
                "This decision does not stand any more: {person} decided since, {outcome}, on version {version}.",
                person=standing.decided_by,
                outcome=RECOMMENDATIONS[Outcome(standing.outcome)],
                version=str(standing.version),
            )
        )
