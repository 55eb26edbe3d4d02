"""Settings: personal tokens are made, shown once, listed and revoked; administrators see everybody's."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from app.door.settings import Door, Mode
from app.session import identity
from db import NotAToken, Role, Scope, Store
from tests.app.acting import open_page, press, said, words
from tests.app.conftest import start
from tests.db.people import acting, claims

pytestmark = pytest.mark.long
SECRET = re.compile(r"gw_[\w-]{43}")


@pytest.fixture
def settings(pages_store: Store) -> AppTest:
    return open_page(start(), "settings")


def make(test: AppTest, name: str, scope: Scope = Scope.READ, days: int = 90) -> AppTest:
    test.text_input(key="token_name").set_value(name)
    test.selectbox(key="token_scope").set_value(scope)
    test.selectbox(key="token_days").set_value(days)
    return press(test, "Make token")


def shown(test: AppTest) -> list[str]:
    """Every secret that stands on the page or in what it keeps."""
    kept = str(test.session_state._state.filtered_state)
    return SECRET.findall("\n".join(str(each.value) for each in test.code) + words(test) + kept)


def test_a_token_is_shown_once_and_opens_what_it_was_made_for(settings: AppTest, pages_store: Store) -> None:
    test = make(settings, "Nightly import", Scope.WRITE, 30)
    [secret] = shown(test)
    bearer = pages_store.tokens.bearer(secret)
    assert (bearer.token.name, bearer.token.scopes) == ("Nightly import", {Scope.READ, Scope.WRITE})
    assert (bearer.token.expires_at - bearer.token.created_at).days == 30
    test.run()
    assert shown(test) == []
    assert bearer.token.beginning in words(test)
    assert "reads and writes" in words(test)


def test_a_token_is_revoked_with_one_click(settings: AppTest, pages_store: Store) -> None:
    [secret] = shown(make(settings, "Old"))
    [token] = pages_store.tokens.own()
    settings.run()
    settings.button(key=f"token:own:{token.id}").click().run()
    with pytest.raises(NotAToken):
        pages_store.tokens.bearer(secret)
    assert token.beginning not in words(settings)


def test_a_token_without_a_name_is_refused_in_words(settings: AppTest, pages_store: Store) -> None:
    assert "say what the token is for" in words(make(settings, "  "))
    assert pages_store.tokens.own() == ()


def test_a_name_is_a_name_and_no_markup(settings: AppTest) -> None:
    test = make(settings, "**bold** [link](https://evil.example) `code` :red[red] $x$")
    test.run()
    assert "\\[link\\]" in words(test)
    assert "**bold** [link]" in said(test)


@pytest.mark.parametrize("role", Role)
def test_each_sees_their_own_and_administrators_everybodys(
    role: Role, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("app.session.identity", "app.views.parts.door"):
        monkeypatch.setattr(f"{module}.door", lambda: Door(Mode.OPENID))
    monkeypatch.setattr(identity, "_claims", lambda: claims("Me", role))
    theirs = acting(pages_store, "Other", Role.VIEWER).tokens.make("Theirs").token
    test = make(open_page(start(), "settings"), "Mine")
    test.run()
    assert "Mine" in words(test)
    assert theirs.beginning not in words(test)
    is_offered = any(each.key == "tokens_of_all" for each in test.toggle)
    assert is_offered == (role is Role.ADMINISTRATOR)
    if is_offered:
        test.toggle(key="tokens_of_all").set_value(True).run()
        assert "Other (other@example.org)" in said(test)
        test.button(key=f"token:all:{theirs.id}").click().run()
        assert [each.name for each in pages_store.tokens.all()] == ["Mine"]
