"""Rows: added, filled in, refused, turned over, taken out."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.fields.rows import SHOWN
from db import Store
from scoping import Estimate, to_dict
from tests.app.acting import Create, Open, key_of, press, said
from tests.documents import proposal

pytestmark = pytest.mark.long

MORE = "More: How many, How likely, Grows by, Amounts by year, Booked as"


def open_row(test: AppTest, identity: str, row: str, epoch: int = 0) -> AppTest:
    test.session_state[f"{identity}:0.{epoch}:{row}:row"] = True
    return test.run()


def lines(test: AppTest) -> list[str]:
    return [str(each.value) for each in test.markdown]


def test_a_row_is_there_from_its_first_field_on(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    test = press(open_step(saved, "risks"), "Add: Risk")
    assert pages_store.get(saved.id).version == 1
    test.text_input(key=key_of(test, "risks.0.name")).set_value("Labels are late").run()
    test.selectbox(key=key_of(test, "risks.0.impact")).set_value("high").run()
    kept = pages_store.get(saved.id).proposal.risks
    assert [(risk.name, risk.impact) for risk in kept] == [("Labels are late", "high")]
    assert "**Labels are late** · Impact: High" in lines(test)
    press(test, "Add: Risk")
    test.text_input(key=key_of(test, "risks.1.name")).set_value("Nobody acts").run()
    assert [risk.name for risk in pages_store.get(saved.id).proposal.risks] == ["Labels are late", "Nobody acts"]


def test_a_new_row_may_begin_with_any_field_even_where_the_list_is_absent(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal())
    test = press(open_step(saved, "data"), "Add: Source")
    test.text_input(key=key_of(test, "data.sources.0.owner")).set_value("Ledger team").run()
    assert [source.owner for source in pages_store.get(saved.id).proposal.data.sources] == ["Ledger team"]


def test_what_is_wrong_stands_in_its_row_and_survives_a_reload(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal(alternatives__1__costs=[{"name": "Build", "amount": 5}]))
    test = open_step(saved, "costs")
    index = next(i for i, each in enumerate(saved.proposal.alternatives) if each.costs)
    row = f"alternatives.{index}.costs.0"
    test = open_row(test, saved.id, row)
    for again in (test, None):
        shown = again or open_step(saved, "costs")
        if again:
            shown.text_input(key=key_of(shown, f"{row}.amount:p50")).set_value("9 apples").run()
        assert shown.text_input(key=key_of(shown, f"{row}.amount:p50")).value == "9 apples"
        assert "9 apples" in said(shown)
    assert pages_store.get(saved.id).version == 1


def test_a_row_that_something_wrong_opened_stays_open_once_it_is_right(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal(alternatives__1__costs=[{"name": "Build", "amount": 5}]))
    index = next(i for i, each in enumerate(saved.proposal.alternatives) if each.costs)
    row = f"alternatives.{index}.costs.0"
    test = open_row(open_step(saved, "costs"), saved.id, row)
    test.text_input(key=key_of(test, f"{row}.amount:p50")).set_value("9 apples").run()
    again = open_step(saved, "costs")
    again.text_input(key=key_of(again, f"{row}.amount:p50")).set_value("9").run()
    again.text_input(key=key_of(again, f"{row}.name")).set_value("Build it").run()
    (cost,) = pages_store.get(saved.id).proposal.alternatives[index].costs
    assert cost.name == "Build it"
    assert to_dict(pages_store.get(saved.id).proposal)["alternatives"][index]["costs"][0]["amount"] == 9


def test_a_row_without_what_it_needs_says_so(open_step: Open, create: Create) -> None:
    saved = create(proposal(alternatives__0__costs=[{"name": "Build"}]))
    assert any("**Build**" in each and "Amount is missing" in each for each in lines(open_step(saved, "costs")))


def test_a_row_that_is_taken_out_takes_its_draft_along_and_the_others_move_up(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    milestones = [{"name": name} for name in ("One", "Two", "Three")]
    saved = create(proposal(milestones=milestones))
    test = open_step(saved, "plan")
    for row in range(3):
        open_row(test, saved.id, f"milestones.{row}")
    test.text_input(key=key_of(test, "milestones.0.due_month")).set_value("soon").run()
    test.text_input(key=key_of(test, "milestones.2.due_month")).set_value("late").run()
    test.button(key=f"{saved.id}:0.0:milestones.0:remove").click().run()
    assert [each.name for each in pages_store.get(saved.id).proposal.milestones] == ["Two", "Three"]
    assert {path: draft.text for path, draft in pages_store.drafts(saved.id).items()} == {
        "milestones.1.due_month": "late"
    }
    assert test.text_input(key=key_of(test, "milestones.1.due_month")).value == "late"


def test_a_long_list_is_turned_over(open_step: Open, create: Create) -> None:
    saved = create(proposal(risks=[{"name": f"Risk {number}"} for number in range(SHOWN + 3)]))
    test = open_step(saved, "risks")
    assert len([each for each in lines(test) if each.startswith("**Risk")]) == SHOWN
    assert f"Risks: 1 to {SHOWN} of {SHOWN + 3}" in said(test)


def test_what_most_rows_do_without_is_shown_when_somebody_asks_for_it_or_when_something_stands_in_it(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    costs = [
        {"name": "Run", "timing": "monthly", "amount": 5},
        {"name": "Seats", "timing": "monthly", "amount": 5, "growth": 0.03},
    ]
    saved = create(proposal(alternatives__0__costs=costs))
    run, seats = "alternatives.0.costs.0", "alternatives.0.costs.1"
    test = open_row(open_row(open_step(saved, "costs"), saved.id, run), saved.id, seats)
    shown = {key for each in test.text_input if (key := str(each.key))}
    assert [any(place in key for key in shown) for place in (f"{run}.growth", f"{seats}.growth")] == [False, True]
    assert any("Grows by: 3" in line for line in lines(test))
    press(test, MORE)
    test.text_input(key=key_of(test, f"{run}.pieces:p50")).set_value("12").run()
    kept = pages_store.get(saved.id).proposal.alternatives[0].costs[0]
    assert (kept.pieces, kept.growth) == (Estimate.of(12.0), None)
    assert any("How many: 12" in line for line in lines(test))


def test_a_growth_of_what_is_paid_once_is_refused_where_it_stands(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal(alternatives__0__costs=[{"name": "Renewal", "amount": 5}]))
    row = "alternatives.0.costs.0"
    test = press(
        open_row(open_step(saved, "costs"), saved.id, row),
        MORE,
    )
    test.text_input(key=key_of(test, f"{row}.growth:p50")).set_value("10 %").run()
    assert "nothing grows in a day" in said(test)
    assert pages_store.get(saved.id).version == 1


def test_of_one_amount_and_amounts_by_year_the_last_that_is_typed_holds(
    open_step: Open, create: Create, pages_store: Store
) -> None:
    saved = create(proposal(alternatives__0__costs=[{"name": "Run", "timing": "monthly", "amount": 5}]))
    row = "alternatives.0.costs.0"
    test = press(open_row(open_step(saved, "costs"), saved.id, row), MORE)
    test.text_input(key=key_of(test, f"{row}.by_year")).set_value("120,000 80,000 60,000").run()
    cost = pages_store.get(saved.id).proposal.alternatives[0].costs[0]
    assert (cost.amount, cost.by_year) == (None, [120_000, 80_000, 60_000])
    assert test.text_input(key=key_of(test, f"{row}.amount:p50")).value == ""
    assert "**Run** · Other · Every month · Amounts by year: 120,000; 80,000; 60,000" in lines(test)
    test.text_input(key=key_of(test, f"{row}.amount:p50")).set_value("7,000").run()
    cost = pages_store.get(saved.id).proposal.alternatives[0].costs[0]
    assert (cost.amount, cost.by_year) == (Estimate.of(7_000.0), [])
    assert test.text_input(key=key_of(test, f"{row}.by_year")).value == ""


def test_years_that_cannot_be_read_are_kept_and_named(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "costs")
    test.text_input(key=key_of(test, "returns.benefits_by_year")).set_value("20% 60% lots").run()
    assert "year 2: “60% lots”" in said(test)
    again = open_step(saved, "costs")
    assert again.text_input(key=key_of(again, "returns.benefits_by_year")).value == "20% 60% lots"
    again.text_input(key=key_of(again, "returns.benefits_by_year")).set_value("20% 60% 1200%").run()
    assert "year 3: must be a number from 0% to 1,000%" in said(again)
    assert pages_store.get(saved.id).version == 1
    again.text_input(key=key_of(again, "returns.benefits_by_year")).set_value("20%\t60%\t100%").run()
    assert pages_store.get(saved.id).proposal.returns.benefits_by_year == [0.2, 0.6, 1]
    assert again.text_input(key=key_of(again, "returns.benefits_by_year")).value == "20%; 60%; 100%"


def test_names_of_rows_are_data(open_step: Open, create: Create) -> None:
    saved = create(proposal(risks=[{"name": "**bold** :red[x] $y$", "response": "<b>no</b>"}]))
    (line,) = [each for each in lines(open_step(saved, "risks")) if "bold" in each]
    assert line == r"**\*\*bold\*\* \:red\[x\] \$y\$** · \<b\>no\</b\>"
