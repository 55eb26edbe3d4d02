"""Every page for every role: what may not be done is not offered, and what is done against the rule says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app.door import settings
from app.door.identity import NotSignedIn
from app.door.settings import Door, Mode
from app.session import identity, shared
from app.session.navigation import pages
from app.views.history import ACTIONS
from app.views.parts.step import steps
from db import AuditAction, Claims, Person, Remark, Role, Saved, Store
from scoping import examples
from tests.app.acting import Open, key_of, open_page, press, said
from tests.app.conftest import start
from tests.db.people import claims, enter

pytestmark = pytest.mark.long

SignIn = Callable[..., None]


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Whoever looks at the pages from now on; None signs out."""
    here = Door(Mode.OPENID)
    for module in ("app.session.identity", "app.views.parts.door"):
        monkeypatch.setattr(f"{module}.door", lambda: here)

    def run(role: Role | None, name: str = "Me", *, is_out: bool = False) -> None:
        def found() -> Claims:
            if is_out:
                raise NotSignedIn("Sign in to go on.")
            return claims(name, role)

        monkeypatch.setattr(identity, "_claims", found)

    return run


@pytest.fixture
def saved(pages_store: Store) -> Saved:
    """Somebody else's proposal, open to all."""
    owner = pages_store.acting_for(enter(pages_store, "Owner", Role.APPROVER))
    return owner.create(examples.load("visual_inspection"))


def buttons(test: AppTest) -> set[str]:
    return {each.label for each in test.button}


@pytest.mark.parametrize("role", Role)
def test_every_page_and_step_is_drawn_for_every_role(
    role: Role, sign_in: SignIn, saved: Saved, open_step: Open
) -> None:
    sign_in(role)
    for step in steps():
        test = open_step(saved, step)
        assert not test.exception
        assert ("You may read this proposal" in said(test)) == (role is Role.VIEWER)
        may_change = test.text_input or test.text_area or [each for each in buttons(test) if each.startswith("Add: ")]
        assert bool(may_change) == (role is not Role.VIEWER)
    test = open_step(saved)
    for page in pages():
        test = open_page(test, page.url)
        assert not test.exception
        assert f"Signed in as Me (me@example.org) · {role.title()}" in said(test)


@pytest.mark.parametrize("role", Role)
def test_what_may_not_be_done_is_not_offered(role: Role, sign_in: SignIn, saved: Saved, open_step: Open) -> None:
    sign_in(role)
    portfolio = open_page(open_step(saved), "portfolio")
    assert ("New proposal" in buttons(portfolio)) == (role is not Role.VIEWER)
    review = open_page(open_step(saved), "review")
    assert ("Check and sign" in buttons(review)) == (role in (Role.APPROVER, Role.ADMINISTRATOR))
    own = open_page(open_step(saved), "settings")
    assert ("Four eyes" in " ".join(each.label for each in own.toggle)) == (role is Role.ADMINISTRATOR)
    assert bool([each for each in own.selectbox if each.label == "Display currency"]) == (
        role in (Role.APPROVER, Role.ADMINISTRATOR)
    )
    assert ("sqlite" in " ".join(str(each.value) for each in own.code)) == (role is Role.ADMINISTRATOR)


@pytest.mark.parametrize("is_out", [True, False])
def test_outside_there_is_nothing_but_the_way_in(is_out: bool, sign_in: SignIn, saved: Saved, open_step: Open) -> None:
    sign_in(None, is_out=is_out)
    for page in pages():
        test = open_page(open_step(saved), page.url)
        assert not test.exception
        assert buttons(test) == {"Sign in" if is_out else "Sign in as somebody else"}
        assert saved.proposal.title not in said(test)
        assert not test.text_input


def test_a_role_that_is_taken_away_meanwhile_saves_nothing_and_says_so(
    sign_in: SignIn, saved: Saved, open_step: Open, pages_store: Store
) -> None:
    sign_in(Role.CONTRIBUTOR)
    test = open_step(saved, "problem")
    field = test.text_input(key=key_of(test, ":owner"))
    sign_in(Role.VIEWER)
    field.set_value("Mine").run()
    assert not test.exception
    assert pages_store.get(saved.id).version == 1
    assert "You may read this proposal" in said(test)


def test_a_run_asks_once_who_is_here_and_the_next_one_again(
    sign_in: SignIn, saved: Saved, open_step: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Role | None] = []

    def person_of(store: Store) -> Person:
        found = identity.person_of(store)
        asked.append(found.role)
        return found

    sign_in(Role.APPROVER)
    monkeypatch.setattr(shared, "person_of", person_of)
    test = open_step(saved, "problem")
    asked.clear()
    test.run()
    assert asked == [Role.APPROVER]
    sign_in(None)
    test.run()
    assert asked == [Role.APPROVER, None]
    assert "has no role here" in said(test)
    assert not hasattr(shared._run, "person")


def test_a_viewer_restores_no_version(sign_in: SignIn, saved: Saved, open_step: Open, pages_store: Store) -> None:
    pages_store.save(saved.id, examples.load("invoice_routing"), 1)
    sign_in(Role.VIEWER)
    test = open_page(open_step(saved), "history")
    restoring = [label for label in buttons(test) if label.startswith("Restore")]
    for label in restoring:
        press(test, label)
    assert pages_store.get(saved.id).version == 2


def test_a_viewer_comments_on_what_they_may_only_read(
    sign_in: SignIn, saved: Saved, open_step: Open, pages_store: Store
) -> None:
    pages_store.commenting.write(saved.id, "owner", Remark("Who is that?"), "Bo")
    other = enter(pages_store, "Other", Role.VIEWER)
    sign_in(Role.VIEWER)
    test = press(open_step(saved), "Comments: 1 open")
    assert "Who is that?" in [each.value for each in test.text]
    box = next(each for each in test.text_area if each.label == "Comment")
    box.set_value("Fine by me").run()
    calls = next(each for each in test.multiselect if each.label == "Mention")
    assert "Me (me@example.org)" not in calls.options
    calls.set_value([other.id]).run()
    press(test, "Send")
    (newest, _) = pages_store.commenting.threads(saved.id).threads
    (comment,) = newest.comments
    assert (comment.by, comment.mentions) == ("Me (me@example.org)", (other.id,))


def share(test: AppTest, saved: Saved) -> AppTest:
    """Open the panel that tells who works on a proposal."""
    test.session_state[f"{saved.id}:share:0"] = True
    return test.run()


def test_who_does_not_own_a_proposal_is_told_so(
    sign_in: SignIn, saved: Saved, open_step: Open, pages_store: Store
) -> None:
    sign_in(Role.CONTRIBUTOR)
    test = share(open_step(saved), saved)
    assert "The owner, or an administrator, changes this." in said(test)
    assert not [each for each in test.toggle if each.label == "Only these people"]
    sign_in(Role.APPROVER, "Owner")
    own = share(open_step(saved), saved)
    next(each for each in own.toggle if each.label == "Only these people").set_value(True).run()
    assert pages_store.sharing.of(saved.id).is_restricted
    sign_in(Role.CONTRIBUTOR)
    assert f"There is no proposal {saved.id}." in said(open_step(saved))


def test_four_eyes_is_explained_where_one_would_sign(
    sign_in: SignIn, saved: Saved, open_step: Open, pages_store: Store
) -> None:
    pages_store.people.require_four_eyes(True)
    sign_in(Role.APPROVER, "Owner")
    test = open_page(open_step(saved), "review")
    assert "somebody else advises and decides on it (four eyes)" in said(test)
    assert "Check and sign" not in buttons(test)


def test_an_administrator_gives_roles(sign_in: SignIn, pages_store: Store) -> None:
    newcomer = enter(pages_store, "Newcomer")
    sign_in(Role.ADMINISTRATOR, "Admin")
    test = open_page(start(), "settings")
    test.selectbox(key=f"role:{newcomer.id}").set_value("reviewer").run()
    assert not test.exception
    assert enter(pages_store, "Newcomer").role is Role.REVIEWER
    test.selectbox(key=f"role:{newcomer.id}").set_value("").run()
    assert enter(pages_store, "Newcomer").role is None
    test.text_input(key="people_email").set_value("no address").run()
    press(test, "Add")
    assert "is no address" in said(test)
    test.text_input(key="people_email").set_value("new@example.org").run()
    press(test, "Add")
    assert "new@example.org" in [each.email for each in pages_store.people.all()]


def test_without_a_sign_in_every_page_says_so(saved: Saved, open_step: Open) -> None:
    for page in pages():
        assert "Nobody signs in here" in said(open_page(open_step(saved), page.url))


def test_each_action_of_the_trail_has_its_words() -> None:
    assert set(ACTIONS) == set(AuditAction)
    assert settings.door().mode is Mode.ALONE


@pytest.mark.parametrize("role", Role)
def test_in_a_review_only_what_a_role_may_do_is_offered(
    role: Role, sign_in: SignIn, pages_store: Store, saved: Saved, open_step: Open
) -> None:
    pages_store.reviewing.submit(saved.id, 1, ("legal",), "", "Ana")
    sign_in(role)
    test = open_step(saved)
    test = open_page(test, "review")
    steps_up = [*Role].index(role)
    offered = {
        "Withdraw": steps_up >= [*Role].index(Role.CONTRIBUTOR),
        "Give this advice": steps_up >= [*Role].index(Role.REVIEWER),
        "Request these changes": steps_up >= [*Role].index(Role.APPROVER),
    }
    assert {label: label in buttons(test) for label in offered} == offered
    assert not test.exception
