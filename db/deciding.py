"""What a decision must say before it is written down, and that the same one is written down once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scoping import Proposal
from scoping.document.alternatives import Alternative, name_of
from scoping.errors import quote
from scoping.text.languages import message
from scoping.text.wording import day
from scoping.verdict import RECOMMENDATIONS
from scoping.vocabulary import Outcome

from . import queries
from .errors import DecisionRefused
from .mapping import duties_said
from .models import DecisionRow
from .records import DecisionRequest

NAMING = (Outcome.BUILD, Outcome.PILOT, Outcome.SIMPLER)
"""Outcomes that mean one of the alternatives."""


def check(request: DecisionRequest, today: date) -> None:
    """What can be told without looking at the proposal. Raises DecisionRefused."""
    if not request.decided_by.strip():
        raise DecisionRefused(message("Who decides? Enter the name of the person who signs."))
    for title, word in (("Decision", request.outcome), ("Recommendation", request.recommendation)):
        if word not in tuple(Outcome):
            raise DecisionRefused(f"{title}: {quote(word)} is not one of {', '.join(Outcome)}.")
    if not request.accepted and not request.reason.strip():
        raise DecisionRefused(message("Reason: say why the recommendation is overruled."))
    if request.review_on is not None and request.review_on < today:
        raise DecisionRefused(
            message(
                "Review on: {day} is past. Choose today ({today}) or a later day, or leave it empty.",
                day=day(request.review_on),
                today=day(today),
            )
        )
    _check_duties(request, today)


def _check_duties(request: DecisionRequest, today: date) -> None:
    for duty in request.duties:
        if duty.condition not in request.conditions:
            raise DecisionRefused(message("Conditions: {words} is not among them.", words=quote(duty.condition)))
        if duty.due_on is not None and duty.due_on < today:
            raise DecisionRefused(
                message(
                    "Condition {words}: {day} is past. Choose today ({today}) or a later day, or leave it empty.",
                    words=quote(duty.condition),
                    day=day(duty.due_on),
                    today=day(today),
                )
            )
    if len({each.condition for each in request.duties}) < len(request.duties):
        raise DecisionRefused(message("Conditions: each is given to somebody once."))


def alternatives_for(outcome: str, proposal: Proposal) -> tuple[str, ...]:
    """The names of the alternatives that an outcome may mean, those that it usually means first.

    None where it means no alternative. Doing what is done today is to stop, and no alternative to build.
    """
    if outcome not in NAMING:
        return ()
    usual = outcome != Outcome.SIMPLER
    others = [(each.is_machine_learning == usual, name) for each, name in _named(proposal) if not each.is_status_quo]
    return tuple(name for _, name in sorted(others, key=lambda each: not each[0]))


def alternative_meant(request: DecisionRequest, proposal: Proposal) -> str:
    """The alternative that a request means: the one it names, or the only one there is. Raises DecisionRefused."""
    offered, named = alternatives_for(request.outcome, proposal), request.alternative.strip()
    if not offered:
        return ""
    if not named and len(offered) == 1:
        return offered[0]
    if named not in offered:
        raise DecisionRefused(
            message("Alternative: say which one is meant: {names}.", names="; ".join(offered))
            if not named
            else message("Alternative: {name} is not one of {names}.", name=quote(named), names="; ".join(offered))
        )
    return named


def is_the_same(row: DecisionRow, request: DecisionRequest) -> bool:
    """Whether a decision says what the request says: the click, the tab or the try after the first."""
    said = (row.version, row.outcome, row.recommendation, row.decided_by, row.reason, row.conditions, row.review_on)
    asked = (
        request.version,
        request.outcome,
        request.recommendation,
        request.decided_by.strip(),
        request.reason.strip(),
        [*request.conditions],
        request.review_on,
    )
    same_duties = row.figures.get("duties", []) == duties_said(request)
    return said == asked and same_duties and request.alternative.strip() in ("", row.alternative or "")


@dataclass(frozen=True)
class Turn:
    """Where the next decision on a proposal comes: after the newest one, and instead of the one that stands."""

    newest: DecisionRow | None
    standing: DecisionRow | None

    @property
    def follows(self) -> int:
        """The id of the newest decision; 0 where there is none."""
        return self.newest.id if self.newest else 0

    @property
    def supersedes(self) -> int | None:
        """The id of the one that stands; None where none does."""
        return self.standing.id if self.standing else None

    def found(self, request: DecisionRequest) -> DecisionRow | None:
        """The decision that stands, where it is what the request says: the click, the tab or the try before."""
        return self.standing if self.standing is not None and is_the_same(self.standing, request) else None


def turn_of(session: Session, identity: str) -> Turn:
    """Whose turn it is: read where nobody else decides meanwhile."""
    newest = session.scalars(queries.newest_decision(identity)).one_or_none()
    return Turn(newest, session.scalars(queries.standing_decisions([identity])).one_or_none())


def check_turn(turn: Turn, request: DecisionRequest) -> None:
    """Refuse a decision of someone who has not seen the newest one, or that it was taken back. Raises DecisionRefused."""
    _check_follows(turn.newest, request)
    if request.supersedes is None or request.supersedes == (turn.supersedes or 0):
        return
    if turn.standing is None:
        raise DecisionRefused(message("The decision that this would supersede does not stand. Look at it first."))
    raise DecisionRefused(
        message(
            "Another decision stands: {outcome}, by {person}, on version {version}. Only that one can be superseded.",
            outcome=RECOMMENDATIONS[Outcome(turn.standing.outcome)],
            person=turn.standing.decided_by,
            version=str(turn.standing.version),
        )
    )


def _check_follows(newest: DecisionRow | None, request: DecisionRequest) -> None:
    if request.follows is None or request.follows == (newest.id if newest else 0):
        return
    if newest is None:
        raise DecisionRefused(message("Nobody has decided on this proposal yet."))
    raise DecisionRefused(
        message(
            "{person} decided meanwhile: {outcome}, on version {version}. Look at that decision first; nothing was recorded.",
            person=newest.decided_by,
            outcome=RECOMMENDATIONS[Outcome(newest.outcome)],
            version=str(newest.version),
        )
    )


def _named(proposal: Proposal) -> list[tuple[Alternative, str]]:
    return [(each, str(name_of(each, index))) for index, each in enumerate(proposal.alternatives)]
