"""Personal tokens: who comes with one, how long, and with which rights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from db import Action, DecisionRequest, NotAllowed, NotAToken, NotFound, Role, Scope, Store, TokenRefused
from db.tokens import MOST_TOKENS
from scoping.vocabulary import Outcome
from tests.db.people import acting, claims
from tests.documents import CERTAIN, proposal

BOTH = (Scope.READ, Scope.WRITE)


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 26, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock(store: Store) -> Clock:
    """The store's own from now on."""
    found = Clock()
    store._now = found
    store._act_for(store.person)
    return found


def bearing(store: Store, secret: str) -> Store:
    """The store for who comes with a token."""
    return store.acting_for(store.tokens.bearer(secret).person)


def test_a_token_acts_for_its_person_and_says_so(store: Store) -> None:
    ada = acting(store, "Ada", Role.CONTRIBUTOR)
    made = ada.tokens.make("Nightly import", scopes=BOTH)
    program = bearing(store, made.secret)
    saved = program.create(proposal(CERTAIN))
    assert saved.saved_by == "Ada (ada@example.org)"
    assert program.person.id == ada.person.id
    assert ada.sharing.of(saved.id).owner is not None


def test_the_database_holds_no_secret(store: Store) -> None:
    made = store.tokens.make("CI")
    with store._engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM tokens")).one()
        trail = connection.execute(text("SELECT detail FROM audit")).scalars().all()
    assert made.secret.startswith(row.beginning)
    assert made.secret not in str(row)
    assert len(made.secret) >= len(row.beginning) + 32
    assert made.secret not in str(trail)
    assert len({store.tokens.make("CI").secret for _ in range(10)}) == 10


@pytest.mark.parametrize("secret", ["", "gw_", "gw_guess", "\ud800", "x" * 10_000, "%"])
def test_what_is_no_token_opens_nothing(store: Store, secret: str) -> None:
    store.tokens.make("CI")
    with pytest.raises(NotAToken):
        store.tokens.bearer(secret)


def test_a_token_ends_on_its_day(store: Store, clock: Clock) -> None:
    made = store.tokens.make("CI", days=7)
    clock.time += timedelta(days=7, seconds=-1)
    store.tokens.bearer(made.secret)
    assert not made.token.is_past(store.today())
    clock.time += timedelta(seconds=1)
    with pytest.raises(NotAToken):
        store.tokens.bearer(made.secret)
    assert [each.name for each in store.tokens.own()] == ["CI"]
    clock.time += timedelta(days=31)
    assert store.tokens.own() == ()


@pytest.mark.parametrize("days", [0, -1, 366, 10**9, True, 1.5])
def test_there_is_no_token_without_an_end(store: Store, days: int) -> None:
    with pytest.raises(TokenRefused, match="must be a whole number from 1 to 365"):
        store.tokens.make("CI", days=days)


@pytest.mark.parametrize(("name", "said"), [("", "say what"), (" \n\0", "say what"), ("x" * 101, "at most 100")])
def test_a_token_has_a_name(store: Store, name: str, said: str) -> None:
    with pytest.raises(TokenRefused, match=said):
        store.tokens.make(name)


def test_nobody_has_tokens_without_number(store: Store, clock: Clock) -> None:
    for _ in range(MOST_TOKENS):
        store.tokens.make("CI", days=1)
    with pytest.raises(TokenRefused, match="You have 50 tokens already"):
        store.tokens.make("CI")
    acting(store, "Ada", Role.VIEWER).tokens.make("Another one's")
    clock.time += timedelta(days=2)
    store.tokens.make("CI")


def test_a_token_does_no_more_than_its_scopes(store: Store) -> None:
    boss = acting(store, "Boss", Role.ADMINISTRATOR)
    saved = boss.create(proposal(CERTAIN))
    reader = bearing(store, boss.tokens.make("Reads").secret)
    writer = bearing(store, boss.tokens.make("Writes", scopes=[Scope.WRITE]).secret)
    assert (reader.get(saved.id).id, writer.list().total) == (saved.id, 1)
    with pytest.raises(NotAllowed, match="This token was not made for that: it may read"):
        reader.create(proposal(CERTAIN))
    request = DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Boss")  # type: ignore[arg-type]
    for act in (
        lambda: writer.decide(saved.id, request),
        lambda: writer.sharing.restrict(saved.id, True),
        lambda: writer.people.all(),
        lambda: writer.tokens.make("Another", scopes=BOTH),
        lambda: writer.tokens.own(),
        lambda: writer.rates.choose_display_currency("CHF"),
    ):
        with pytest.raises(NotAllowed, match="it may read, write"):
            act()
    written = {Action.EDIT, Action.ARCHIVE, Action.COMMENT, Action.MEASURE}
    assert writer.sharing.allowed(saved.id) == {Action.SEE, *written}


def test_a_token_never_does_more_than_its_person_may_now(store: Store) -> None:
    boss, ada = acting(store, "Boss", Role.ADMINISTRATOR), acting(store, "Ada", Role.CONTRIBUTOR)
    secret = ada.tokens.make("CI", scopes=BOTH).secret
    saved = bearing(store, secret).create(proposal(CERTAIN))
    store.people.enter(claims("Ada", Role.VIEWER))
    with pytest.raises(NotAllowed, match="takes the role Contributor"):
        bearing(store, secret).archive(saved.id)
    assert bearing(store, secret).get(saved.id).id == saved.id
    boss.people.remove(ada.person.id)
    with pytest.raises(NotAToken):
        store.tokens.bearer(secret)


def test_who_made_it_and_administrators_revoke_a_token_and_nobody_else(store: Store) -> None:
    boss, ada, bob = (
        acting(store, name, role)
        for name, role in (("Boss", Role.ADMINISTRATOR), ("Ada", Role.VIEWER), ("Bob", Role.APPROVER))
    )
    first, second = ada.tokens.make("First"), ada.tokens.make("Second")
    assert bob.tokens.own() == ()
    with pytest.raises(NotFound):
        bob.tokens.revoke(first.token.id)
    with pytest.raises(NotAllowed):
        bob.tokens.all()
    ada.tokens.revoke(first.token.id)
    ada.tokens.revoke(first.token.id)
    assert [(each.name, each.owner) for each in boss.tokens.all()] == [("Second", "Ada (ada@example.org)")]
    boss.tokens.revoke(second.token.id)
    for each in (first, second):
        with pytest.raises(NotAToken):
            store.tokens.bearer(each.secret)
    with pytest.raises(NotFound):
        boss.tokens.revoke("nothing")
    assert store.check_trail().is_whole


def test_what_is_done_with_tokens_is_written_down(store: Store) -> None:
    ada = acting(store, "Ada", Role.VIEWER)
    ada.tokens.revoke(ada.tokens.make("CI").token.id)
    with store._engine.connect() as connection:
        found = connection.execute(text("SELECT action, actor, detail FROM audit ORDER BY id")).all()
    assert [row.action for row in found[-2:]] == ["token made", "token revoked"]
    assert all(row.actor == "Ada (ada@example.org)" and row.detail.startswith("CI (gw_") for row in found[-2:])


def test_the_last_use_is_noted_now_and_then(store: Store, clock: Clock) -> None:
    made = store.tokens.make("CI")
    assert store.tokens.own()[0].used_at is None
    store.tokens.bearer(made.secret)
    first = clock.time
    clock.time += timedelta(minutes=4)
    store.tokens.bearer(made.secret)
    assert store.tokens.own()[0].used_at == first
    clock.time += timedelta(minutes=2)
    store.tokens.bearer(made.secret)
    assert store.tokens.own()[0].used_at == clock.time
