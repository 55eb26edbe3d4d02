"""Decisions as the summary tells them."""

from __future__ import annotations

from collections.abc import Iterable

from db import Decision
from scoping.summary import DecisionNote
from scoping.verdict import RECOMMENDATIONS


def decision_notes(decisions: Iterable[Decision]) -> list[DecisionNote]:
    """The decisions for a summary, in the order given."""
    return [_note(each) for each in decisions]


def _note(each: Decision) -> DecisionNote:
    recommended = RECOMMENDATIONS[each.recommendation]
    return DecisionNote(
        outcome=RECOMMENDATIONS[each.outcome],
        agreement="recommendation accepted" if each.accepted else f"recommendation “{recommended}” overruled",
        decided_by=each.decided_by,
        decided_on=f"{each.decided_at:%d %B %Y}",
        reason=each.reason,
        conditions=each.conditions,
        review_on=f"{each.review_on:%d %B %Y}" if each.review_on else "",
        revision=each.version,
    )
