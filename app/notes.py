"""Decisions and lists as the summaries tell them."""

from __future__ import annotations

from collections.abc import Iterable

from db import MOST_ROWS, Decision, Filters, Listed, Store
from scoping.summary import DecisionNote
from scoping.summary.portfolio_report import PortfolioLine
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


def portfolio_lines(store: Store, filters: Filters | None = None) -> list[PortfolioLine]:
    """All proposals that match, for the portfolio report."""
    pages = range(1, store.list(filters, size=MOST_ROWS).pages + 1)
    return [_line(row) for number in pages for row in store.list(filters, number, MOST_ROWS).rows]


def _line(row: Listed) -> PortfolioLine:
    return PortfolioLine(
        title=row.title,
        team=row.team,
        owner=row.owner,
        currency=row.currency,
        recommendation=row.recommendation,
        leading=row.leading,
        npv_mean=row.npv_mean,
        npv_p10=row.npv_p10,
        npv_p90=row.npv_p90,
        probability_of_loss=row.probability_of_loss,
        feasibility_score=row.feasibility_score,
        decision=row.decision,
        saved_on=f"{row.saved_at:%Y-%m-%d}",
    )
