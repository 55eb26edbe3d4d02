"""Submitting, advising and deciding on the pages, where nobody signs in and where people do."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.exports.register import register_lines
from db import AdviceRequest, DecisionFilters, DecisionRequest, Function, Saved, Store
from scoping import examples, read, to_dict
from scoping.reports.register import render_register
from scoping.text.languages import Language
from scoping.vocabulary import Outcome, Stage, Stance
from tests.app.acting import Create, Open, open_page, press, review, said

pytestmark = pytest.mark.long


@pytest.fixture
def saved(create: Create) -> Saved:
    return create(examples.load("visual_inspection"))


def submitted(store: Store, saved: Saved, *functions: str) -> None:
    store.reviewing.submit(saved.id, store.version(saved.id), functions, "Please", "Ana")


def edited(store: Store, saved: Saved, summary: str) -> None:
    now = store.get(saved.id)
    store.save(saved.id, read({**to_dict(now.proposal), "summary": summary}), now.version, "Ana")


def fill(test: AppTest, label: str, text: str) -> None:
    next(each for each in (*test.text_input, *test.text_area) if each.label == label).set_value(text).run()


def choose(test: AppTest, label: str, value: object) -> None:
    next(each for each in test.button_group if each.label == label).set_value(value).run()


def labels(test: AppTest) -> list[str]:
    return [each.label for each in test.button]


def test_a_function_advises_and_what_it_said_stands_there(open_step: Open, pages_store: Store, saved: Saved) -> None:
    submitted(pages_store, saved, "finance")
    test = review(open_step(saved))
    assert "Round 1, version 1, submitted by Ana (name typed)" in said(test).replace("**", "")
    press(test, "Give this advice")
    assert "Say whether you agree" in said(test)
    choose(test, "Your advice", Stance.AGREE_IF)
    fill(test, "Your name", "Fay")
    press(test, "Give this advice")
    assert "say on which condition, or why not" in said(test)
    fill(test, "On which condition, or why", "**Capped** at 40,000")
    press(test, "Give this advice")
    current = pages_store.reviewing.current(saved.id)
    assert current is not None
    assert [(each.stance, each.text, each.given_by) for each in current.advice] == [
        (Stance.AGREE_IF, "**Capped** at 40,000", "Fay")
    ]
    assert "**Capped** at 40,000" in [each.value for each in test.text]
    assert [each.value for each in test.text_area if each.label == "On which condition, or why"] == [""]


@pytest.mark.parametrize("label", ["Request these changes", "Withdraw"])
def test_a_click_ends_no_round_that_was_begun_meanwhile(
    label: str, open_step: Open, pages_store: Store, saved: Saved
) -> None:
    submitted(pages_store, saved)
    test = review(open_step(saved))
    fill(test, "Your name", "Bo")
    fill(test, "What must change", "The price")
    edited(pages_store, saved, "Another price")
    submitted(pages_store, saved)
    press(test, label)
    current = pages_store.reviewing.current(saved.id)
    assert current is not None
    assert (current.number, current.version) == (2, 2)
    assert "Round 2" in said(test)
    press(test, label)
    assert pages_store.reviewing.current(saved.id) is None, "once it was seen, a click ends it"


def test_a_click_submits_no_version_that_was_saved_meanwhile(open_step: Open, pages_store: Store, saved: Saved) -> None:
    test = review(open_step(saved))
    test.session_state[f"{saved.id}:submit:0"] = True
    test.run()
    edited(pages_store, saved, "Another price")
    press(test, "Submit version 1")
    assert pages_store.reviewing.current(saved.id) is None
    press(test, "Submit version 2")
    current = pages_store.reviewing.current(saved.id)
    assert current is not None
    assert current.version == 2


@pytest.mark.parametrize("asked", [1, 2])
def test_a_functions_name_is_no_markup(asked: int, open_step: Open, pages_store: Store, saved: Saved) -> None:
    names = [f":red[x] [{number}](//a.b)" for number in range(asked)]
    pages_store.review_settings.set_functions([*map(Function, names), Function("later")])
    submitted(pages_store, saved, *names)
    edited(pages_store, saved, "Changed, so that it can be submitted again")
    test = review(open_step(saved))
    test.session_state[f"{saved.id}:submit:0"] = True
    test.run()
    groups = [option for each in test.button_group for option in each.options]
    shown = [
        *groups,
        *(each.value for each in (*test.markdown, *test.caption)),
        *(each.label for each in test.expander),
    ]
    assert names[0] in said(test), "it is there, in all its letters"
    assert not [each for each in shown if any(name in each for name in names)]


def test_what_is_written_for_a_function_outlives_the_session(open_step: Open, pages_store: Store, saved: Saved) -> None:
    submitted(pages_store, saved, "finance")
    fill(review(open_step(saved)), "On which condition, or why", "Half a thought")
    again = review(open_step(saved))
    assert [each.value for each in again.text_area if each.label == "On which condition, or why"] == ["Half a thought"]


def test_what_changed_since_a_function_spoke_is_told_field_by_field(
    open_step: Open, pages_store: Store, saved: Saved
) -> None:
    submitted(pages_store, saved, "legal")
    pages_store.reviewing.advise(saved.id, AdviceRequest(1, "legal", Stance.DISAGREE, "No basis"), "Leo")
    edited(pages_store, saved, "Now with a basis")
    submitted(pages_store, saved, "legal")
    edited(pages_store, saved, "Later")
    test = review(open_step(saved))
    assert "Version 3 has changes that are not under review: version 2 is" in said(test)
    titles = [each.label for each in test.expander]
    for title in (
        "What changed since it was submitted (version 2 to 3)",
        "What changed since round 1 (version 1 to 2)",
        "What changed since Legal spoke (version 1 to 2)",
    ):
        assert title in titles
    assert "No basis" in said(test)


def test_a_decision_is_on_the_version_under_review(open_step: Open, pages_store: Store, saved: Saved) -> None:
    submitted(pages_store, saved, "legal")
    edited(pages_store, saved, "Later")
    test = review(open_step(saved))
    assert "The decision is on version 1, which is under review; the memo above is of version 2." in said(test)
    assert "Not heard yet: Legal." in said(test)
    fill(test, "Decided by", "Chief")
    press(test, "Check and sign")
    assert "say why this is decided all the same" in said(test)
    fill(test, "Reason", "We know enough")
    press(test, "Check and sign")
    press(test, "Sign the decision")
    [decision] = pages_store.decisions(saved.id).rows
    assert (decision.version, decision.reason, len(decision.advice)) == (1, "We know enough", 1)
    assert "Legal: Has not spoken" in said(test.run())


def test_changes_are_requested_and_the_round_is_over(open_step: Open, pages_store: Store, saved: Saved) -> None:
    submitted(pages_store, saved)
    test = review(open_step(saved))
    fill(test, "Your name", "Chief")
    press(test, "Request these changes")
    assert "say what must change" in said(test)
    fill(test, "What must change", "Name the basis")
    press(test, "Request these changes")
    assert pages_store.reviewing.standing(saved.id).stage is Stage.CHANGES_REQUESTED
    assert "Ended: changes requested, Chief" in said(test)
    assert "Withdraw" not in labels(test)


def test_a_round_is_withdrawn(open_step: Open, pages_store: Store, saved: Saved) -> None:
    submitted(pages_store, saved)
    press(review(open_step(saved)), "Withdraw")
    assert pages_store.reviewing.current(saved.id) is None


def test_what_was_decided_goes_live(open_step: Open, pages_store: Store, saved: Saved) -> None:
    request = DecisionRequest(1, Outcome.BUILD, Outcome.BUILD, "Chief", alternative="Deep learning on the line")
    pages_store.decide(saved.id, request)
    test = review(open_step(saved))
    choose(test, "Stage", Stage.LIVE)
    fill(test, "Note", "Line 4")
    press(test, "Set the stage")
    assert pages_store.reviewing.standing(saved.id).stage is Stage.LIVE
    assert pages_store.audit(saved.id).rows[0].detail == "live: Line 4"


def test_the_list_is_filtered_by_stage(create: Create, open_step: Open, pages_store: Store, saved: Saved) -> None:
    create(examples.load("stock_price"))
    submitted(pages_store, saved)
    test = open_page(open_step(saved), "portfolio")
    box = next(each for each in test.multiselect if each.label == "Stage")
    box.set_value([Stage.SUBMITTED]).run()
    assert test.query_params["stage"] == "submitted"
    assert "1 proposal" in said(test)


def test_functions_are_kept_in_the_settings(open_step: Open, pages_store: Store, saved: Saved) -> None:
    test = open_page(open_step(saved), "settings")
    fill(test, "Another function", "Works council")
    test.button(key="add_function").click().run()
    test.button(key="no_function:data").click().run()
    test.checkbox(key="always:legal").check().run()
    assert pages_store.review_settings.functions() == (
        Function("finance"),
        Function("legal", is_always=True),
        Function("security"),
        Function("operations"),
        Function("Works council"),
    )
    fill(test, "Another function", "LEGAL")
    test.button(key="add_function").click().run()
    assert "is named twice" in said(test)
    next(each for each in test.toggle if each.label.startswith("Decisions need")).set_value(True).run()
    assert pages_store.review_settings.needs_review()


def test_the_register_s_files_tell_the_advice_that_there_was(pages_store: Store, saved: Saved) -> None:
    submitted(pages_store, saved, "finance", "legal")
    pages_store.reviewing.advise(saved.id, AdviceRequest(1, "legal", Stance.DISAGREE, "=No basis"), "Leo")
    request = DecisionRequest(1, Outcome.STOP, Outcome.STOP, "Chief", "We stop")
    pages_store.decide(saved.id, request)
    lines = register_lines(pages_store, DecisionFilters())
    written = render_register(lines, "csv", Language("de")).decode("utf-8-sig")
    assert "Finanzen: Hat sich nicht geäußert\nRecht: Lehnt ab =No basis (Leo (Name selbst eingetragen)" in written


def test_a_decision_that_needs_a_submission_says_so_before_anything_is_written(
    open_step: Open, pages_store: Store, saved: Saved
) -> None:
    pages_store.review_settings.require_review(True)
    assert "submit this one first" in said(review(open_step(saved)))
    submitted(pages_store, saved)
    assert "submit this one first" not in said(review(open_step(saved)))
