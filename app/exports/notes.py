"""Decisions and lists as the summaries tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from app.session.shared import assess_in_full_cached
from db import MOST_ROWS, Decision, Filters, Listed, Store
from scoping.reports import DecisionNote, Summary, summarise
from scoping.reports.portfolio import PortfolioLine
from scoping.text.languages import Language

MOST_DECISIONS = 50
"""Decisions that a summary tells, the newest first."""


def decision_notes(decisions: Iterable[Decision]) -> list[DecisionNote]:
    """The decisions for a summary, in the order given."""
    return [_note(each) for each in decisions]


def _note(each: Decision) -> DecisionNote:
    return DecisionNote(
        outcome=each.outcome,
        decided_by=each.decided_by,
        decided_on=each.decided_at.date(),
        reason=each.reason,
        overruled=None if each.accepted else each.recommendation,
        conditions=each.conditions,
        review_on=each.review_on,
        revision=each.version,
        alternative=each.alternative or "",
    )


def portfolio_lines(store: Store, filters: Filters | None = None) -> list[PortfolioLine]:
    """All proposals that match, for the portfolio report."""
    return [_line(row) for row in matching(store, filters)]


def matching(store: Store, filters: Filters | None = None) -> list[Listed]:
    """All proposals that match, however many pages they fill."""
    pages = range(1, store.list(filters, size=MOST_ROWS).pages + 1)
    return [row for number in pages for row in store.list(filters, number, MOST_ROWS).rows]


def summary_of(store: Store, identity: str, language: Language) -> Summary:
    """The summary of a saved proposal, with its decisions. Raises NotFound."""
    proposal = store.get(identity).proposal
    decisions = decision_notes(store.decisions(identity, size=MOST_DECISIONS).rows)
    return summarise(proposal, assess_in_full_cached(proposal), decisions, language)


def _line(row: Listed) -> PortfolioLine:
    """The report's line says what the list's says, under the same names, and the day for the moment."""
    same = {each.name: getattr(row, each.name) for each in fields(PortfolioLine) if each.name != "saved_on"}
    return PortfolioLine(**same, saved_on=f"{row.saved_at:%Y-%m-%d}")
