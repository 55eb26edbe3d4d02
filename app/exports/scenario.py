"""A saved scenario as its account tells it: its figures as they were kept, and what is known of it today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.exports.notes import today
from db import Scenario as Saved
from db import ScenarioDecision, ScenarioOutcome, Store
from scoping.portfolio.reading import as_far_as_it_goes, place_said
from scoping.portfolio.scenario import Scenario
from scoping.reports.chosen import APPROVED, REJECTED, Account, Heading, Result, SignedNote, account
from scoping.reports.chosen.terms import terms
from scoping.text.languages import Language, message

OUTCOMES: Mapping[ScenarioOutcome, str] = {ScenarioOutcome.APPROVED: APPROVED, ScenarioOutcome.REJECTED: REJECTED}
"""What people call what an approver says."""


def scenario_account(store: Store, identity: str, language: Language, version: int | None = None) -> Account:
    """A saved scenario as the person may see it, in one language. Raises NotFound."""
    saved = store.scenarios.get(identity, version)
    return account(result_of(saved), heading_of(saved, store.scenarios.decisions(identity)), language)


def result_of(saved: Saved) -> Result:
    """The figures that were kept, as far as the person may see them."""
    return Result.read(saved.figures)


def settings_of(saved: Saved) -> Scenario:
    """What was set, as far as this program can read it: another version of it may have kept more."""
    return as_far_as_it_goes(saved.document)[0]


def unread_of(saved: Saved) -> tuple[str, ...]:
    """The places of what was set that this program cannot read."""
    return tuple(dict.fromkeys(place_said(each.path) for each in as_far_as_it_goes(saved.document)[1]))


def heading_of(saved: Saved, decisions: Sequence[ScenarioDecision] = ()) -> Heading:
    """What is known of a saved scenario beside its figures."""
    titles = {name: each.title for name, each in result_of(saved).proposals.items()}
    decided = decisions or ((saved.decision,) if saved.decision else ())

    def title(name: str) -> str:
        return titles.get(name, message("a proposal that is not among these"))

    return Heading(
        name=saved.name,
        note=saved.note,
        currency=saved.currency,
        terms=terms(settings_of(saved), saved.currency, title),
        unread=unread_of(saved),
        version=saved.version,
        saved_by=saved.saved_by,
        saved_on=saved.saved_at.date(),
        decisions=tuple(map(_signed, decided)),
        changed=tuple(titles[each] for each in saved.changed if each in titles),
        hidden=saved.hidden,
        hidden_changed=saved.hidden_changed,
        as_of=today(),
    )


def _signed(decision: ScenarioDecision) -> SignedNote:
    return SignedNote(
        outcome=OUTCOMES[decision.outcome],
        version=decision.version,
        reason=decision.reason,
        decided_by=decision.decided_by,
        decided_on=decision.decided_at.date(),
        is_verified=decision.is_verified,
        is_standing=decision.is_standing,
    )
