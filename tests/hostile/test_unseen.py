"""Nothing tells somebody that there is a proposal which they may not see: all answers are those of before it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.api import routes as api
from app.api.entry import Asked
from db import SORTS, DecisionFilters, DecisionRequest, Draft, Filters, Role, Store
from scoping import GroundworkError
from scoping.vocabulary import Outcome
from tests.db.people import acting
from tests.documents import CERTAIN, proposal

NOWHERE = "never-was"
HIDDEN = proposal(CERTAIN, title="Hidden", currency="CHF", team="Hidden team", owner="Hidden owner", tags=["hidden"])
REQUEST = DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Hidden decider")  # type: ignore[arg-type]
READERS = [Role.VIEWER, Role.CONTRIBUTOR, Role.REVIEWER, Role.APPROVER]


def hide_one(store: Store) -> str:
    """Somebody else's proposal, with a decision, restricted to them."""
    owner = acting(store, "Owner", Role.APPROVER)
    saved = owner.create(HIDDEN)
    owner.decide(saved.id, REQUEST)
    owner.sharing.restrict(saved.id, True)
    return saved.id


def answers(reader: Store) -> list[Any]:
    """Everything that the store answers about all proposals at once."""
    filters = [Filters(sort=sort, descending=down) for sort in SORTS for down in (True, False)]
    filters += [Filters(text="hidden"), Filters(teams=("Hidden team",)), Filters(owners=("Hidden owner",))]
    filters += [Filters(decisions=("stop",)), Filters(archived=True), Filters(display="CHF")]
    decided = [DecisionFilters(), DecisionFilters(text="hidden"), DecisionFilters(decided_by=("Owner",))]
    lists = [reader.list(each, page, 1) for each in filters for page in (1, 2)]
    choices = [
        reader.teams(),
        reader.owners(),
        reader.deciders(),
        reader.rates.without_rate(),
        reader.rates.display_currency(),
    ]
    return [*lists, *choices, *(reader.decisions(filters=each) for each in decided)]


def asked(reader: Store, identity: str) -> list[str]:
    """What each method says that is about one proposal."""
    calls: list[Callable[[], object]] = [
        lambda: reader.get(identity),
        lambda: reader.version(identity),
        lambda: reader.revisions(identity),
        lambda: reader.revision(identity, 1),
        lambda: reader.audit(identity),
        lambda: reader.decisions(identity),
        lambda: reader.sharing.of(identity),
        lambda: reader.sharing.allowed(identity),
        lambda: reader.sharing.restrict(identity, False),
        lambda: reader.sharing.add(identity, reader.person.id),
        lambda: reader.sharing.remove(identity, reader.person.id),
        lambda: reader.sharing.give_to(identity, reader.person.id),
        lambda: reader.save(identity, HIDDEN, 1),
        lambda: reader.archive(identity),
        lambda: reader.restore(identity),
        lambda: reader.duplicate(identity),
        lambda: reader.decide(identity, REQUEST),
        lambda: reader.check_decision(identity, REQUEST),
        lambda: reader.keep_draft(identity, Draft("title", "x", "y")),
        lambda: reader.drop_draft(identity, "title"),
        lambda: reader.drafts(identity),
    ]
    return [_said(call).replace(identity, "...") for call in calls]


def _said(call: Callable[[], object]) -> str:
    try:
        return repr(call())
    except GroundworkError as refused:
        return f"{type(refused).__name__}: {refused}"


@pytest.mark.long
@pytest.mark.parametrize("role", READERS)
def test_no_list_count_search_or_choice_tells_of_it(store: Store, role: Role) -> None:
    acting(store, "Owner", Role.APPROVER).create(proposal(CERTAIN, title="Open", team="Open team"))
    reader = acting(store, "Reader", role)
    before = answers(reader)
    identity = hide_one(store)
    assert answers(reader) == before
    assert answers(store) != before, "who may see all sees it"
    assert identity not in repr(before)


@pytest.mark.parametrize("role", READERS)
def test_not_there_and_not_yours_are_the_same_words(store: Store, role: Role) -> None:
    reader = acting(store, "Reader", role)
    identity = hide_one(store)
    assert asked(reader, identity) == asked(reader, NOWHERE)
    assert store.get(identity).version == 1


def test_machines_are_told_the_same_bytes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = acting(store, "Reader", Role.APPROVER)
    monkeypatch.setattr(Asked, "store", lambda _: reader)
    client = TestClient(Starlette(routes=api.routes()))
    before = client.get("/api/proposals?text=hidden").content
    identity = hide_one(store)
    assert client.get("/api/proposals?text=hidden").content == before
    for path in ("", "/assessment", "/revisions", "/evidence", "/decisions", "/exports/json"):
        path = f"/api/proposals/{{}}{path}"
        there, nowhere = client.get(path.format(identity)), client.get(path.format(NOWHERE))
        assert there.status_code == nowhere.status_code == 404
        assert there.content.replace(identity.encode(), b"...") == nowhere.content.replace(NOWHERE.encode(), b"...")
        kept = [
            {name: value for name, value in each.headers.items() if name != "content-length"}
            for each in (there, nowhere)
        ]
        assert kept[0] == kept[1]


def test_a_copy_of_what_is_restricted_is_restricted(store: Store) -> None:
    reader = acting(store, "Reader", Role.CONTRIBUTOR)
    owner = acting(store, "Owner", Role.APPROVER)
    before = answers(reader)
    copy = owner.duplicate(hide_one(store))
    assert answers(reader) == before
    assert owner.sharing.of(copy.id).is_restricted
    assert not owner.sharing.of(owner.duplicate(owner.create(HIDDEN).id).id).is_restricted
