"""Decisions and lists as the summaries tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from app.session.shared import assess_in_full_cached
from db import MOST_ROWS, Decision, DecisionFilters, Filters, Listed, Page, Rate, Store
from scoping.reports import DecisionNote, Edition, Summary, summarise
from scoping.reports.portfolio import PortfolioLine, render_portfolio
from scoping.text.languages import Language

Row = TypeVar("Row")
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
        is_verified=each.is_verified,
    )


def portfolio_report(store: Store, name: str, language: Language, filters: Filters | None = None) -> bytes:
    """The portfolio report of all proposals that match, as of today. Raises UnknownFormat."""
    return render_portfolio(portfolio_lines(store, filters), name, language, today())


def portfolio_lines(store: Store, filters: Filters | None = None) -> list[PortfolioLine]:
    """All proposals that match, for the portfolio report, each with its newest decision.

    Amounts are in the display currency too, at the rates that the Store has.
    """
    display, rates = store.rates.display_currency(), store.rates.current()
    rows = matching(store, replace(filters or Filters(), display=display))
    newest = _newest_decisions(store) if any(row.decision for row in rows) else {}
    return [_line(row, newest.get(row.id), display, rates.get(row.currency)) for row in rows]


def _newest_decisions(store: Store) -> dict[str, Decision]:
    """The newest decision on each proposal."""
    return {each.proposal_id: each for each in all_decisions(store) if each.is_newest}


def matching(store: Store, filters: Filters | None = None) -> list[Listed]:
    """All proposals that match, however many pages they fill."""
    return _all_rows(lambda number: store.list(filters, number, MOST_ROWS))


def all_decisions(store: Store, filters: DecisionFilters | None = None) -> list[Decision]:
    """All decisions that match, newest first, however many pages they fill."""
    return _all_rows(lambda number: store.decisions(None, number, MOST_ROWS, filters))


def _all_rows(page: Callable[[int], Page[Row]]) -> list[Row]:
    """The rows of every page of a list."""
    first = page(1)
    return [*first.rows, *(row for number in range(2, first.pages + 1) for row in page(number).rows)]


def summary_of(store: Store, identity: str, language: Language) -> Summary:
    """The summary of a saved proposal, with its decisions. Raises NotFound."""
    saved = store.get(identity)
    decisions = decision_notes(store.decisions(identity, size=MOST_DECISIONS).rows)
    return summarise(saved.proposal, assess_in_full_cached(saved.proposal), decisions, language, edition(saved.version))


def edition(version: int | None = None) -> Edition:
    """A report of today, of that version of the proposal; None where it is not a saved one."""
    return Edition(today(), version)


def today() -> date:
    """The day on which a report is made, in UTC like every other time that is told."""
    return datetime.now(UTC).date()


def _line(row: Listed, decision: Decision | None, display: str, rate: Rate | None) -> PortfolioLine:
    """The report's line says what the list's says, under the same names, the day for the moment, and who decided."""
    same = {each.name: getattr(row, each.name) for each in fields(PortfolioLine) if hasattr(row, each.name)}
    line = PortfolioLine(
        **same,
        saved_on=f"{row.saved_at:%Y-%m-%d}",
        converted=row.converted(row.npv_mean),
        converted_to=display,
        rate_as_of=rate.as_of if rate and row.rate is not None else None,
    )
    if decision is None:
        return line
    return replace(
        line,
        decided_by=decision.decided_by,
        decided_on=f"{decision.decided_at:%Y-%m-%d}",
        conditions=decision.conditions,
    )
