"""What a round of review asks of a decision: that it is on the version under review, and what must be said for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from scoping.text.languages import joined, listed, message
from scoping.text.reviewing import function_title
from scoping.vocabulary import Stage

from .errors import DecisionRefused
from .models import DecisionRow, ProposalRow
from .records import DecisionRequest
from .review_records import Review, ReviewState
from .review_rows import open_round, told
from .review_settings import always_asked, functions_in, needs_review

AFTER_A_DECISION = (Stage.DECIDED, Stage.IN_BUILD, Stage.LIVE, Stage.RETIRED)
"""The stages that rest on a decision which stands."""
NOT_TAKEN_UP = message("This is an idea that waits to be taken up: nobody decides on it before.")


def checked(session: Session, identity: str, request: DecisionRequest) -> Review | None:
    """The round that the decision would close. Raises DecisionRefused."""
    proposal = session.get(ProposalRow, identity)
    if proposal is not None and proposal.stage == Stage.IDEA:
        raise DecisionRefused(NOT_TAKEN_UP)
    row = session.scalars(open_round(identity)).one_or_none()
    if row is None:
        _check_without(session)
        return None
    if row.version != request.version:
        raise DecisionRefused(
            message(
                "Version {pinned} is under review, and this would be a decision on version {version}. Decide on "
                "version {pinned}, or submit the other one first.",
                pinned=str(row.version),
                version=str(request.version),
            )
        )
    review = told(session, row)
    if needs_reason(review) and not request.reason.strip():
        raise DecisionRefused(message("Reason: say why this is decided all the same. {advice}", advice=lacking(review)))
    return review


def close(session: Session, proposal: ProposalRow, decision: DecisionRow) -> tuple[str, ...]:
    """What a decision does to the proposal's stage, and to the round that was open; returns who waits for it."""
    row = session.scalars(open_round(proposal.id)).one_or_none()
    if row is not None:
        row.state, row.closed_at = ReviewState.DECIDED, decision.decided_at
        row.closed_by, row.closed_by_id = decision.decided_by, decision.signed_by_id
    proposal.stage = Stage.DECIDED
    session.flush()
    return tuple(dict.fromkeys(filter(None, (proposal.owner_id, row.submitted_by_id if row else None))))


def reopen(session: Session, proposal: ProposalRow) -> None:
    """What it does to the stage that no decision stands any more; a round that is open goes on."""
    row = session.scalars(open_round(proposal.id)).one_or_none()
    if row is not None and Stage(row.stage_before) in AFTER_A_DECISION:
        row.stage_before = Stage.DRAFT
    if Stage(proposal.stage) in AFTER_A_DECISION:
        proposal.stage = Stage.DRAFT
    session.flush()


def needs_reason(review: Review) -> bool:
    """Whether it takes a reason to decide: somebody disagrees, or was asked and has not spoken."""
    return bool(review.silent or review.against)


def lacking(review: Review) -> str:
    """Who disagrees and who has not spoken, as a phrase."""
    found = []
    if review.against:
        found.append(message("Against it: {functions}.", functions=_named(review.against)))
    if review.silent:
        found.append(message("Not heard yet: {functions}.", functions=_named(review.silent)))
    return joined(" ", found)


def _check_without(session: Session) -> None:
    if not needs_review(session):
        return
    said = message("Decisions are on versions that were submitted: submit this one first.")
    asked = always_asked(functions_in(session))
    silent = message("Not heard yet: {functions}.", functions=_named(asked)) if asked else ""
    raise DecisionRefused(joined(" ", filter(None, (said, silent))))


def _named(functions: tuple[str, ...]) -> str:
    return listed([function_title(each) for each in functions])
