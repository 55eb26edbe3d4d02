"""Recorded decisions, as the memo tells them."""

from __future__ import annotations

from collections.abc import Sequence

from ...text.languages import joined, message
from ...text.wording import day
from ...verdict import RECOMMENDATIONS
from ...vocabulary import Recommendation
from ..chain import chain_said
from ..edition import DecisionNote
from ..memo.parts import DecisionsPart, DecisionTold
from .advice import advice_said


def decisions_part(decisions: Sequence[DecisionNote]) -> DecisionsPart:
    """The decisions in the order given."""
    return DecisionsPart(
        tuple(
            DecisionTold(_sentence(each), each.conditions, tuple(map(advice_said, each.advice)), chain_said(each.chain))
            for each in decisions
        )
    )


def _sentence(note: DecisionNote) -> str:
    text = message(
        "{date}, {person}: {outcome} ({agreement}), on version {version}. {reason}",
        date=day(note.decided_on),
        person=note.signer,
        outcome=outcome_said(note),
        agreement=agreement(note),
        version=str(note.revision),
        reason=note.reason,
    )
    return joined(" ", (text, message("Review on {date}.", date=day(note.review_on)))) if note.review_on else text


def outcome_said(note: DecisionNote) -> str:
    """What was decided, with the alternative that is meant."""
    outcome = RECOMMENDATIONS[Recommendation(note.outcome)]
    return joined(": ", (outcome, note.alternative)) if note.alternative else outcome


def agreement(note: DecisionNote) -> str:
    """Whether the recommendation was followed."""
    if note.overruled is None:
        return message("recommendation accepted")
    verdict = RECOMMENDATIONS[Recommendation(note.overruled)]
    return message("recommendation “{verdict}” overruled", verdict=verdict)
