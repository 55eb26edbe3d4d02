"""Portfolio: what a newcomer is offered, how a proposal is started, found, compared, and how an act is undone."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from db import DecisionRequest, Store, lists
from scoping import examples
from scoping.vocabulary import Outcome
from tests.app.acting import Create, open_page, words
from tests.app.conftest import MAIN, start
from tests.documents import proposal

pytestmark = pytest.mark.long


def titles(test: AppTest) -> list[str]:
    """The titles in the list, which are links."""
    labels = [link.proto.label for link in test.get("page_link")]
    return [label.strip("*").replace("\\", "") for label in labels if label.startswith("**")]


def test_a_newcomer_is_offered_every_example(pages_store: Store) -> None:
    test = start()
    assert not test.exception
    for name in examples.NAMES:
        assert examples.load(name).title in words(test)


def test_starting_from_an_example_opens_it_and_can_be_undone(pages_store: Store) -> None:
    test = start()
    test.button(key="welcome:stock_price").click().run()
    assert not test.exception
    assert test.title[0].value.startswith("Predicting one stock")
    assert pages_store.list().total == 1
    assert "is a new proposal; nothing was overwritten" in words(test)
    test.button(key="undo").click().run()
    assert pages_store.list().total == 0


def test_a_blank_proposal_needs_a_title(pages_store: Store) -> None:
    test = start()
    submit = next(button for button in test.button if button.label == "Create blank proposal")
    submit.click().run()
    assert "give the proposal a name" in words(test)
    assert pages_store.list().total == 0
    test.text_input[-1].set_value("  Sorting parcels  ")
    next(button for button in test.button if button.label == "Create blank proposal").click().run()
    assert pages_store.list().rows[0].title == "Sorting parcels"
    assert not test.exception


def test_a_title_opens_the_review_and_edit_the_step(create: Create) -> None:
    saved = create(proposal())
    pages = [(link.proto.page, link.proto.query_string) for link in start().get("page_link")]
    assert ("review", f"proposal={saved.id}") in pages
    assert ("proposal", f"proposal={saved.id}") in pages


def test_the_address_says_what_the_list_shows(create: Create, pages_store: Store) -> None:
    one = create(proposal(title="One", team="A", owner="Ana"))
    create(proposal(title="Two", team="B", owner="Ana"))
    create(proposal(title="Three", team="A", owner="Bo"))
    pages_store.decide(one.id, DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Ana", review_on=pages_store.today()))

    def shown(**address: str | list[str]) -> list[str]:
        test = AppTest.from_file(str(MAIN), default_timeout=60)
        for name, value in address.items():
            test.query_params[name] = value
        return titles(test.run())

    assert shown(sort="title") == ["One", "Three", "Two"]
    assert shown(team="A", sort="title") == ["One", "Three"]
    assert shown(team=["A", "B"], owner="Ana", sort="title") == ["One", "Two"]
    assert shown(decision="stop") == ["One"]
    assert shown(decision="none", sort="title") == ["Three", "Two"]
    assert shown(due="today") == ["One"]
    assert shown(due="day", due_by="2020-01-01") == []
    assert shown(search="thr") == ["Three"]
    # What nobody could have chosen is passed over.
    assert shown(team="No such team", sort="drop table", page="-3", due_by="soon", owner="Bo") == ["Three"]
    assert shown(page="99", sort="title") == ["One", "Three", "Two"]


def test_a_filter_is_written_into_the_address_in_the_program_s_own_words(
    create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "de")
    create(proposal(title="One"))
    test = start()
    test.multiselect(key="address:verdict").set_value(["rework"]).run()
    test.selectbox(key="address:sort").set_value("npv_mean").run()
    assert test.query_params["verdict"] == "rework"
    assert test.query_params["sort"] == "npv_mean"
    test.multiselect(key="address:verdict").set_value([]).run()
    assert "verdict" not in test.query_params


def test_amounts_are_compared_in_one_currency_and_what_has_no_rate_is_named(create: Create, pages_store: Store) -> None:
    for currency, value in (("EUR", 400), ("EUR", 300), ("SEK", 1500)):
        create(proposal(title=currency + str(value), currency=currency, bridge__value_of_catch=value))
    test = start()
    test.selectbox(key="address:sort").set_value("npv_mean").run()
    assert titles(test) == ["EUR400", "EUR300", "SEK1500"]
    assert "No rate for SEK" in words(test)
    pages_store.rates.set("SEK", 0.2, date(2026, 1, 1), "Ana")
    assert titles(test.run()) == ["EUR400", "SEK1500", "EUR300"]
    assert "≈ €" in words(test)
    assert "No rate for" not in words(test)


def test_two_proposals_stand_side_by_side(create: Create) -> None:
    ids = [create(examples.load(name)).id for name in ("visual_inspection", "stock_price")]
    test = start()
    for identity in ids:
        test.checkbox(key=f"tick:{identity}").check().run()
    assert "Compare (2 of 4 ticked)" in [link.proto.label for link in test.get("page_link")]
    test.query_params["ids"] = ids
    test = open_page(test, "compare")
    assert not test.exception
    said = words(test)
    for part in ("A · Pilot first", "B · Stop", "Break-even and headroom", "Payback", "Learn first", "**Feasibility"):
        assert part in said.replace("\\", ""), part


def test_an_address_that_names_nothing_to_compare_says_what_to_do(create: Create) -> None:
    test = start()
    test.query_params["ids"] = ["nowhere", create(proposal()).id]
    test = open_page(test, "compare")
    assert "Tick two to four" in words(test)
    assert not test.exception


def test_what_nobody_counted_to_the_end_is_said_to_be_more(
    create: Create, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(25):
        create(proposal(title=f"Kiln {number}"))
    # Twenty rows are looked at for the first page, thirty would be enough for all.
    monkeypatch.setattr(lists, "WALKED", -20)
    monkeypatch.setattr(lists, "FEW_SAY", 0)
    said = {"en": "More than 10 proposals", "de": "Mehr als 10 Vorschläge"}
    for language, sentence in said.items():
        test = AppTest.from_file(str(MAIN), default_timeout=60)
        test.session_state["language"] = language
        test.query_params["search"] = "kiln"
        test.run()
        assert not test.exception
        assert (sentence in words(test), len(titles(test))) == (True, 10)
