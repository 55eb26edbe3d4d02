"""Decisions and lists as the summaries tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import BinaryIO

from app.session.comments import thread_notes
from app.session.measured import compared_cached, watched_cached
from app.session.shared import assess_in_full_cached
from db import Advice, Decision, Filters, Line, Listed, Rate, Review, ReviewState, Store
from scoping.reports import (
    ActualsNote,
    AdviceNote,
    ChainNote,
    DecisionNote,
    DutyNote,
    Edition,
    ReviewNote,
    Summary,
    advice_said,
    summarise,
)
from scoping.reports.portfolio import PortfolioLine, write_portfolio
from scoping.text.languages import Language
from scoping.vocabulary import DecisionState, Stage

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
        advice=advice_notes(each.advice),
        chain=chain_note(each),
        duties=duty_notes(each),
    )


def chain_note(each: Decision) -> ChainNote:
    """How a decision stands among those on its proposal, for a summary. It names no other decision's words."""
    taken_back, later = each.withdrawal, each.superseded_by
    ended = taken_back.withdrawn_at if taken_back else later.decided_at if later else None
    return ChainNote(
        number=each.number,
        state=each.state,
        supersedes=each.supersedes.number if each.supersedes else 0,
        superseded_by=later.number if later else 0,
        ended_on=ended.date() if ended else None,
        withdrawn_by=taken_back.withdrawn_by if taken_back else "",
        reason=taken_back.reason if taken_back else "",
        is_verified=taken_back is None or taken_back.is_verified,
    )


def duty_notes(each: Decision) -> tuple[DutyNote, ...]:
    """Who sees to which condition of a decision, as it was signed."""
    return tuple(DutyNote(duty.condition, duty.owner, duty.due_on) for duty in each.duties)


def advice_notes(advice: Iterable[Advice]) -> tuple[AdviceNote, ...]:
    """What functions said, for a summary."""
    return tuple(map(_advice, advice))


def _advice(each: Advice) -> AdviceNote:
    on = each.given_at.date() if each.given_at else None
    return AdviceNote(each.function, each.stance, each.text, each.given_by, on, each.is_verified)


def review_note(rounds: Sequence[Review]) -> ReviewNote | None:
    """The newest round for a summary, where it is not decided; what was decided is told with the decision."""
    newest = rounds[0] if rounds else None
    if newest is None or newest.state not in (ReviewState.OPEN, ReviewState.CHANGES_REQUESTED):
        return None
    advice, on = advice_notes(newest.counted), newest.submitted_at.date()
    return ReviewNote(newest.number, newest.version, newest.submitted_by, on, advice, newest.closing)


def portfolio_report(
    store: Store, name: str, target: BinaryIO, language: Language, filters: Filters | None = None
) -> None:
    """The portfolio report of all proposals that match, as of today, into a file. Raises UnknownFormat, Refused."""
    write_portfolio(portfolio_lines(store, filters), name, target, language, today())


def portfolio_lines(store: Store, filters: Filters | None = None) -> Iterator[PortfolioLine]:
    """All proposals that match, for the portfolio report, each with the decision that stands.

    Amounts are in the display currency too, at the rates that the Store has.
    """
    display, rates = store.rates.display_currency(), store.rates.current()
    lines = store.every(replace(filters or Filters(), display=display))
    return (_line(each, display, rates.get(each.listed.currency)) for each in lines)


def matching(store: Store, filters: Filters | None = None) -> Iterator[Listed]:
    """All proposals that match, in the order of their ids: for work that takes long, while others save."""
    rows = store.after("", filters)
    while rows:
        yield from rows
        rows = store.after(rows[-1].id, filters)


def summary_of(store: Store, identity: str, language: Language, *, with_comments: bool = False) -> Summary:
    """The summary of a saved proposal, with its decisions, and with its comments on request. Raises NotFound."""
    saved = store.get(identity)
    taken = store.decisions(identity, size=MOST_DECISIONS).rows
    threads = thread_notes(store, saved) if with_comments else ()
    stage = store.reviewing.standing(identity).stage
    of_today = edition(saved.version, store.reviewing.rounds(identity), stage)
    decisions, actuals = decision_notes(taken), actuals_note(store, identity, taken)
    assessment = assess_in_full_cached(saved.proposal)
    return summarise(saved.proposal, assessment, decisions, language, of_today, threads, actuals)


def actuals_note(store: Store, identity: str, decisions: Sequence[Decision]) -> ActualsNote | None:
    """What was measured under the decision that stands; `decisions` are those on the proposal, the newest first.

    None where none stands, or nothing was measured under it: actuals of an earlier decision are told nowhere but there.
    Raises NotFound.
    """
    if not decisions or decisions[0].state is not DecisionState.STANDING:
        return None
    measured = store.actuals.current(identity)
    if measured is None or measured.saved_at is None or not measured.actuals.entries:
        return None
    return ActualsNote(
        comparison=compared_cached(measured),
        signals=tuple(watched_cached(measured)),
        version=measured.version,
        saved_by=measured.saved_by,
        saved_on=measured.saved_at.date(),
        revision=measured.decision.version,
        decided_on=measured.decision.decided_at.date(),
        is_verified=measured.is_verified,
    )


def edition(version: int | None = None, rounds: Sequence[Review] = (), stage: Stage | None = None) -> Edition:
    """A report of today, of that version of the proposal; None where it is not a saved one.

    `rounds` are its rounds of review, the newest first; `stage` says how far it has come.
    """
    return Edition(today(), version, review_note(rounds), stage)


def today() -> date:
    """The day on which a report is made, in UTC like every other time that is told."""
    return datetime.now(UTC).date()


def _line(found: Line, display: str, rate: Rate | None) -> PortfolioLine:
    """The report's line says what the list's says, under the same names, the day for the moment, and who decided.

    Of advice it tells that of the round that is open, or else that of the decision.
    """
    row, decision, review = found.listed, found.standing, found.review
    advice = review.counted if review else decision.advice if decision else ()
    names = {each.name for each in fields(Listed)} & {each.name for each in fields(PortfolioLine)}
    same = {name: getattr(row, name) for name in names}
    line = PortfolioLine(
        **same,
        saved_on=f"{row.saved_at:%Y-%m-%d}",
        converted=row.converted(row.npv_mean),
        converted_to=display,
        rate_as_of=rate.as_of if rate and row.rate is not None else None,
        advice=tuple(map(advice_said, advice_notes(advice))),
    )
    if decision is None:
        return line
    return replace(
        line,
        decided_by=decision.decided_by,
        decided_on=f"{decision.decided_at:%Y-%m-%d}",
        conditions=decision.conditions,
    )
