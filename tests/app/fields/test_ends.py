"""A range as minimum, likely and maximum: said in words or by the menu beside it, and kept through all that follows."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.session.language import _CHOSEN
from db import Store
from scoping import to_dict
from scoping.document.paths import value_at
from tests.app.acting import Create, Open, key_of, said
from tests.documents import proposal

pytestmark = pytest.mark.long

VALUE = "bridge.value_of_catch"
QUANTILES = {"p10": 80.0, "p50": 120.0, "p90": 300.0}
ENDS = {"minimum": 80.0, "likely": 120.0, "maximum": 300.0}


def boxes(test: AppTest, path: str = VALUE) -> list[str]:
    return [str(test.text_input(key=key_of(test, f"{path}:{name}")).value) for name in QUANTILES]


def labels(test: AppTest, path: str = VALUE) -> list[str]:
    return [test.text_input(key=key_of(test, f"{path}:{name}")).label.rpartition(", ")[2] for name in QUANTILES]


def type_into(test: AppTest, box: str, text: str, path: str = VALUE) -> AppTest:
    return test.text_input(key=key_of(test, f"{path}:{box}")).set_value(text).run()


def menus(test: AppTest, path: str = VALUE) -> list[object]:
    return [each for each in test.menu_button if str(each.key).endswith(f"{path}:form")]


def choose(test: AppTest, form: str, path: str = VALUE) -> AppTest:
    (menu,) = menus(test, path)
    return menu.click(form).run()  # type: ignore[attr-defined,no-any-return]


def saved_value(store: Store, identity: str, path: str = VALUE) -> object:
    return value_at(to_dict(store.get(identity).proposal), path)


def test_words_in_a_box_make_a_range_with_ends_and_say_what_follows(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal())
    test = type_into(open_step(saved, "value"), "p50", "at least 80, likely 120, at most 300")
    assert saved_value(pages_store, saved.id) == ENDS
    assert (boxes(test), labels(test)) == (["80", "120", "300"], ["Minimum", "Likely", "Maximum"])
    assert "One chance in ten to be below 98.1 EUR, one in ten to be above 197 EUR" in said(test)
    again = open_step(saved, "value")
    assert (boxes(again), labels(again)) == (["80", "120", "300"], ["Minimum", "Likely", "Maximum"])
    assert "One chance in ten to be below 98.1 EUR" in said(again)


def test_one_number_has_no_menu_and_a_range_has_one(open_step: Open, create: Create) -> None:
    test = open_step(create(proposal()), "value")
    assert menus(test) == []
    type_into(test, "p50", "80 to 300")
    assert len(menus(test)) == 1


def test_the_menu_keeps_the_three_numbers(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal(bridge__value_of_catch=QUANTILES))
    test = open_step(saved, "value")
    assert labels(test) == ["Low (P10)", "Likely (P50)", "High (P90)"]
    choose(test, "minimum")
    assert saved_value(pages_store, saved.id) == ENDS
    assert (boxes(test), labels(test)) == (["80", "120", "300"], ["Minimum", "Likely", "Maximum"])


def test_undo_gives_back_ends_that_were_taken_out(open_step: Open, create: Create, pages_store: Store) -> None:
    path = "alternatives.0.costs.0.amount"
    saved = create(proposal(**{path.replace(".", "__"): ENDS}))
    test = open_step(saved, "costs")
    next(each for each in test.button if str(each.key).endswith("alternatives.0.costs.0:remove")).click().run()
    assert saved_value(pages_store, saved.id, path) is None
    test.button(key="undo").click().run()
    assert saved_value(pages_store, saved.id, path) == ENDS
    assert "at least 80, likely 120, at most 300 EUR" in said(test)


def test_the_menu_leads_back(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal(bridge__value_of_catch=ENDS))
    test = choose(open_step(saved, "value"), "p10")
    assert saved_value(pages_store, saved.id) == QUANTILES
    assert "One chance in ten to be below" not in said(test)
    choose(test, "p10")
    assert saved_value(pages_store, saved.id) == QUANTILES


def test_a_number_that_is_changed_stays_an_end(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal(bridge__value_of_catch=ENDS))
    test = type_into(open_step(saved, "value"), "p90", "400")
    assert saved_value(pages_store, saved.id) == {**ENDS, "maximum": 400}
    type_into(test, "p10", "500")
    assert "go on with Likely, which must not be below 500" in said(test)
    assert labels(test) == ["Minimum", "Likely", "Maximum"]
    type_into(test, "p10", "x")
    assert "Minimum: “x” is not a number" in said(test)


def test_half_filled_ends_survive_a_reload_as_ends(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal(bridge__value_of_catch=ENDS))
    type_into(open_step(saved, "value"), "p90", "")
    assert saved_value(pages_store, saved.id) == 120
    again = open_step(saved, "value")
    assert (boxes(again), labels(again)) == (["80", "120", ""], ["Minimum", "Likely", "Maximum"])
    assert "So far it counts as one number, 120; Maximum is still open" in said(again)
    type_into(again, "p90", "250")
    assert saved_value(pages_store, saved.id) == {**ENDS, "maximum": 250}
    assert pages_store.drafts(saved.id) == {}


def test_what_cannot_be_is_refused_by_name_and_can_be_mended(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved, path = create(proposal()), "returns.adoption"
    words = "at least 50, likely 60, at most 70 %"
    test = type_into(open_step(saved, "costs"), "p50", "at least 50, likely 60, at most 170 %", path)
    assert "Maximum: must be a number from 0% to 100%" in said(test)
    assert saved_value(pages_store, saved.id, path) == 0.8
    type_into(test, "p50", words, path)
    assert saved_value(pages_store, saved.id, path) == {"minimum": 0.5, "likely": 0.6, "maximum": 0.7}


def test_it_is_german_in_german(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "value")
    test.session_state[_CHOSEN] = "de"
    type_into(test.run(), "p50", "mindestens 80,5, wahrscheinlich 120, höchstens 1.300")
    assert saved_value(pages_store, saved.id) == {"minimum": 80.5, "likely": 120, "maximum": 1300}
    assert (boxes(test), labels(test)) == (["80,5", "120", "1.300"], ["Minimum", "Wahrscheinlich", "Maximum"])
    assert "Mit 10 % Wahrscheinlichkeit unter" in said(test).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("typed", "offered", "taken"),
    [
        (
            "mindestens 80, wahrscheinlich 120, höchstens 1.5 tsd",
            ["mindestens 80, wahrscheinlich 120, höchstens 1.500"],
            {"minimum": 80, "likely": 120, "maximum": 1_500},
        ),
        (
            "mindestens 1, wahrscheinlich 2, höchstens 3 tsd",
            [
                "mindestens 1, wahrscheinlich 2, höchstens 3.000",
                "mindestens 1.000, wahrscheinlich 2.000, höchstens 3.000",
            ],
            {"minimum": 1, "likely": 2, "maximum": 3_000},
        ),
        ("80.5 bis 300", ["80,5 bis 300"], {"p10": 80.5, "p50": 190.25, "p90": 300}),
    ],
)
def test_what_is_offered_for_a_range_is_a_range(
    open_step: Open, create: Create, pages_store: Store, typed: str, offered: list[str], taken: dict[str, float]
) -> None:
    saved = create(proposal())
    test = open_step(saved, "value")
    test.session_state[_CHOSEN] = "de"
    before = saved_value(pages_store, saved.id)
    type_into(test.run(), "p50", typed)
    assert saved_value(pages_store, saved.id) == before
    buttons = [each for each in test.button if ":meant:" in str(each.key)]
    assert [each.label.replace("\\", "") for each in buttons] == offered
    buttons[0].click().run()
    assert saved_value(pages_store, saved.id) == taken


def test_a_row_says_its_ends_in_its_line_and_has_the_menu(open_step: Open, create: Create, pages_store: Store) -> None:
    amount = {"minimum": 12_000, "likely": 20_000, "maximum": 55_000}
    path = "alternatives.0.costs.0.amount"
    saved = create(proposal(**{path.replace(".", "__"): amount}))
    test = open_step(saved, "costs")
    assert "**Check** · Other · For every case · at least 12,000, likely 20,000, at most 55,000 EUR" in said(test)
    assert menus(test, path) == []
    test.session_state[f"{saved.id}:0.0:{path.removesuffix('.amount')}:row"] = True
    test.run()
    assert labels(test, path) == ["Minimum", "Likely", "Maximum"]
    choose(test, "p10", path)
    assert saved_value(pages_store, saved.id, path) == {"p10": 12_000, "p50": 20_000, "p90": 55_000}
    assert "20,000 (12,000 to 55,000) EUR" in said(test)


def test_nobody_judges_by_ends(open_step: Open, create: Create, pages_store: Store) -> None:
    judged = {"judgements": [{"by": "Ana", "p10": 80, "p50": 120, "p90": 300}]}
    test = open_step(create(proposal(bridge__value_of_catch=judged)), "value")
    assert menus(test) == []
    assert labels(test) == ["Low (P10)", "Likely (P50)", "High (P90)"]
