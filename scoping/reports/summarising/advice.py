"""What functions advise on a version that is under review, as the memo tells it."""

from __future__ import annotations

from ...text.languages import joined, message
from ...text.reviewing import function_title, stance_title
from ...text.wording import day
from ..blocks import Table
from ..edition import AdviceNote, ReviewNote
from ..memo.team import AdvicePart


def advice_part(review: ReviewNote | None) -> AdvicePart | None:
    """The round in a sentence, then what each function said; None where nobody is asked."""
    if review is None or not review.advice:
        return None
    lead = message(
        "Round {number}: version {version}, submitted by {person} on {date}.",
        number=str(review.number),
        version=str(review.version),
        person=review.submitted_by,
        date=day(review.submitted_on),
    )
    if review.changes:
        lead = joined(" ", (lead, message("Changes are requested: {changes}", changes=review.changes)))
    columns = (message("Function"), message("Advice"), message("In their words"), message("By"))
    return AdvicePart(lead, Table("", columns, tuple(map(_row, review.advice))))


def advice_said(note: AdviceNote) -> str:
    """What a function said, on one line."""
    stance = joined(": ", (function_title(note.function), stance_title(note.stance)))
    who = _who(note)
    said = joined(" ", (stance, note.text)) if note.text else stance
    return joined("", (said, " (", who, ")")) if who else said


def _row(note: AdviceNote) -> tuple[str, ...]:
    return (function_title(note.function), stance_title(note.stance), note.text, _who(note))


def _who(note: AdviceNote) -> str:
    if note.given_on is None:
        return ""
    return joined(", ", (note.speaker, day(note.given_on)))
