"""What a person types: read, asked, pointed out, kept; and what the boxes show afterwards."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.session.language import _CHOSEN
from db import Store
from scoping import to_dict
from scoping.document.paths import value_at
from tests.app.acting import Create, Open, key_of, open_page, press, review, said
from tests.documents import proposal

pytestmark = pytest.mark.long

VALUE = "bridge.value_of_catch"


def boxes(test: AppTest, path: str) -> list[str]:
    return [str(test.text_input(key=key_of(test, f"{path}:{name}")).value) for name in ("p10", "p50", "p90")]


def type_into(test: AppTest, path: str, box: str, text: str) -> AppTest:
    return test.text_input(key=key_of(test, f"{path}:{box}")).set_value(text).run()


def saved_value(store: Store, identity: str, path: str = VALUE) -> object:
    return value_at(to_dict(store.get(identity).proposal), path)


def test_what_has_two_meanings_is_asked_and_one_click_answers(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal())
    before = saved_value(pages_store, saved.id)
    test = type_into(open_step(saved, "value"), VALUE, "p50", "1.200")
    assert "can be read in two ways" in said(test)
    assert saved_value(pages_store, saved.id) == before
    press(test, "1,200")
    assert saved_value(pages_store, saved.id) == 1200
    assert boxes(test, VALUE) == ["", "1,200", ""]
    assert "can be read in two ways" not in said(test)


def test_the_question_is_asked_again_after_a_reload(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    type_into(open_step(saved, "value"), VALUE, "p50", "1.200")
    test = press(open_step(saved, "value"), "1.2")
    assert saved_value(pages_store, saved.id) == 1.2
    assert pages_store.drafts(saved.id) == {}
    assert boxes(test, VALUE) == ["", "1.2", ""]


def test_a_share_under_one_percent_is_saved_pointed_out_and_put_right_with_a_click(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal())
    test = type_into(open_step(saved, "costs"), "returns.adoption", "p50", "0.65")
    assert saved_value(pages_store, saved.id, "returns.adoption") == 0.0065
    assert "less than 1%" in said(test)
    press(test, "65%")
    assert saved_value(pages_store, saved.id, "returns.adoption") == 0.65
    assert "less than 1%" not in said(test)


def test_what_was_understood_is_said_beside_the_field(open_step: Open, create: Create) -> None:
    test = type_into(open_step(create(proposal()), "value"), VALUE, "p50", "9k")
    assert "“9k” is read as 9,000" in said(test)
    assert boxes(test, VALUE) == ["", "9,000", ""]
    test = type_into(test, VALUE, "p50", "9,001")
    assert "is read as" not in said(test)


def test_german_numbers_are_read_and_shown_in_german(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "value")
    test.session_state[_CHOSEN] = "de"
    type_into(test.run(), VALUE, "p50", "325.000")
    assert saved_value(pages_store, saved.id) == 325_000
    assert boxes(test, VALUE) == ["", "325.000", ""]
    type_into(test, VALUE, "p50", "1.234,5")
    assert saved_value(pages_store, saved.id) == 1234.5


def test_what_is_not_saved_is_read_anew_in_another_language(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal())
    before = saved_value(pages_store, saved.id)
    test = open_step(saved, "value")
    type_into(test, VALUE, "p10", "1,000")
    type_into(test, VALUE, "p50", "1,5")
    assert "“1,5” is not how English writes a number" in said(test)
    # The language is chosen on another page.
    test = review(test)
    test.selectbox(key="review_language").set_value("de").run()
    test = open_page(test, "proposal")
    assert boxes(test, VALUE)[:2] == ["1.000", "1,5"]
    assert "1,5" in said(test)
    assert "English" not in said(test)
    assert saved_value(pages_store, saved.id) == before or saved_value(pages_store, saved.id) == 1000
    type_into(test, VALUE, "p50", "2.000")
    type_into(test, VALUE, "p90", "3.000")
    assert saved_value(pages_store, saved.id) == {"p10": 1000, "p50": 2000, "p90": 3000}


def test_a_range_is_typed_from_left_to_right_without_an_error(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal(bridge__value_of_catch={"p10": 1, "p50": 2, "p90": 3}))
    test = open_step(saved, "value")
    for box, text in (("p10", "5"), ("p50", "6"), ("p90", "7")):
        type_into(test, VALUE, box, text)
        assert ":red[:material/error" not in said(test)
    assert saved_value(pages_store, saved.id) == {"p10": 5, "p50": 6, "p90": 7}
    assert "All changes saved" in said(test)


@pytest.mark.parametrize("path", [VALUE, "operations.latency_ms.budget"])
def test_what_is_put_right_leaves_a_line_so_that_nothing_moves_under_a_finger(
    open_step: Open, create: Create, path: str
) -> None:
    test = open_step(create(proposal()), "value" if path == VALUE else "data")
    key = key_of(test, f"{path}:p50" if path == VALUE else path)
    test.text_input(key=key).set_value("9 apples").run()
    assert "9 apples" in said(test)
    test.text_input(key=key).set_value("9").run()
    assert "9 apples" not in said(test)
    assert "Understood" in said(test)


def test_a_range_that_is_complete_leaves_its_line(open_step: Open, create: Create) -> None:
    test = open_step(create(proposal(bridge__value_of_catch=None)), "value")
    for box, text, line in (("p10", "5", "still open"), ("p50", "6", "still open"), ("p90", "7", "Understood")):
        type_into(test, VALUE, box, text)
        assert line in said(test)


def test_a_half_typed_range_counts_so_far_and_survives_a_reload(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal(bridge__value_of_catch=None))
    type_into(open_step(saved, "value"), VALUE, "p10", "5")
    assert saved_value(pages_store, saved.id) == 5
    again = open_step(saved, "value")
    assert boxes(again, VALUE) == ["5", "", ""]
    assert "So far it counts as one number, 5; Likely is still open" in said(again)
    assert "All changes saved" in said(again)
    type_into(again, VALUE, "p90", "9")
    assert saved_value(pages_store, saved.id) == {"p10": 5, "p50": 7, "p90": 9}
    assert "Likely is assumed halfway: 7" in said(again)
    assert boxes(again, VALUE) == ["5", "7", "9"]
    assert pages_store.drafts(saved.id) == {}


def test_a_range_in_one_box_fills_all_three(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    test = type_into(open_step(saved, "costs"), "returns.adoption", "p50", "50 to 60 %")
    assert boxes(test, "returns.adoption") == ["50%", "55%", "60%"]
    assert saved_value(pages_store, saved.id, "returns.adoption") == {"p10": 0.5, "p50": 0.55, "p90": 0.6}


def test_a_unit_that_the_field_counts_in_may_be_typed(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "data")
    test.text_input(key=key_of(test, "operations.latency_ms.budget")).set_value("100 ms").run()
    assert pages_store.get(saved.id).proposal.operations.latency_ms.budget == 100
    test.text_input(key=key_of(test, "operations.latency_ms.budget")).set_value("100 s").run()
    assert "“s” is not understood here" in said(test)
