"""Recorded decisions, as the memo tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...text.languages import joined, message
from ...text.wording import day
from ...verdict import RECOMMENDATIONS
from ...vocabulary import Recommendation
from ..memo.parts import DecisionsPart, DecisionTold


@dataclass(frozen=True)
class DecisionNote:
    """A recorded decision. `outcome` is a recommendation; `overruled` the one that it sets aside, if any.

    `alternative` is the one that it means, if any.
    """

    outcome: str
    decided_by: str
    decided_on: date
    reason: str
    overruled: str | None = None
    conditions: tuple[str, ...] = ()
    review_on: date | None = None
    revision: int = 0
    alternative: str = ""


def decisions_part(decisions: Sequence[DecisionNote]) -> DecisionsPart:
    """The decisions in the order given."""
    return DecisionsPart(tuple(DecisionTold(_sentence(each), each.conditions) for each in decisions))


def _sentence(note: DecisionNote) -> str:
    text = message(
        "{date}, {person}: {outcome} ({agreement}), on revision {revision}. {reason}",
        date=day(note.decided_on),
        person=note.decided_by,
        outcome=_outcome(note),
        agreement=_agreement(note),
        revision=str(note.revision),
        reason=note.reason,
    )
    return joined(" ", (text, message("Review on {date}.", date=day(note.review_on)))) if note.review_on else text


def _outcome(note: DecisionNote) -> str:
    """What was decided, with the alternative that is meant."""
    outcome = RECOMMENDATIONS[Recommendation(note.outcome)]
    return joined(": ", (outcome, note.alternative)) if note.alternative else outcome


def _agreement(note: DecisionNote) -> str:
    if note.overruled is None:
        return message("recommendation accepted")
    verdict = RECOMMENDATIONS[Recommendation(note.overruled)]
    return message("recommendation “{verdict}” overruled", verdict=verdict)
