"""The panel for links to people without an account."""

from __future__ import annotations

from db import Store
from scoping import examples
from tests.app.acting import Create, Open, open_page, press, said


def test_a_link_is_made_shown_once_and_revoked(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("stock_price"))
    test = open_step(saved)
    test.session_state[f"{saved.id}:links:0"] = True
    test = open_page(test, "review")
    assert not test.exception
    next(each for each in test.text_input if each.key == "link_note").set_value("The *bank*").run()
    test = press(test, "Make a link")
    address = next(each.value for each in test.code if "/shared/" in each.value)
    assert pages_store.links.shown(address.rsplit("/", 1)[1]).version == 1
    assert "The *bank*: version 1" in said(test).replace("**", "")
    test = press(test, "Revoke")
    assert pages_store.links.of(saved.id)[0].is_revoked
    assert "1 link has ended" in said(test)
    assert not [each for each in test.code if "/shared/" in each.value]


def test_a_link_is_not_shown_on_the_page_of_another_proposal(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    first, second = (create(examples.load(name)) for name in ("stock_price", "search_ranking"))
    test = open_step(first)
    test.session_state[f"{first.id}:links:0"] = test.session_state[f"{second.id}:links:0"] = True
    test = press(open_page(test, "review"), "Make a link")
    assert [each for each in test.code if "/shared/" in each.value]
    test.query_params["proposal"] = second.id
    test = open_page(test, "review")
    assert "Make a link" in [each.label for each in test.button], "its own panel is open"
    assert not [each for each in test.code if "/shared/" in each.value]
