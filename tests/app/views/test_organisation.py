"""Organisation: what administrators lay down on the page, and what the steps of a proposal make of it."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from app.fields.words import plain
from db import Saved, Store
from db.organisation import OrganisationSettings
from scoping import Proposal, examples, read, to_dict
from scoping.document.own import OwnField
from scoping.organisation import begun, read_file, taken_over
from tests.app.acting import Create, Open, key_of, open_page, press, said
from tests.app.conftest import start
from tests.scoping.organisation.samples import house, settings

pytestmark = pytest.mark.long


def opened(part: str = "") -> AppTest:
    test = start()
    if part:
        test.query_params["part"] = part
    return open_page(test, "organisation")


def fill(test: AppTest, ending: str, text: str) -> AppTest:
    key = key_of(test, ending)
    return next(each for each in (*test.text_input, *test.text_area) if each.key == key).set_value(text).run()


def test_what_is_typed_counts_once_it_is_laid_down(pages_store: Store) -> None:
    test = opened()
    assert "Nothing is laid down yet" in said(test)
    fill(test, "returns.horizon_months", "48")
    fill(test, "returns.discount_rate:p50", "9 %")
    assert pages_store.organisation.current().version == 0
    assert "Returns: Horizon**: 48 months" in said(test)
    test.text_input(key="organisation_why").set_value("Board").run()
    press(test, "Lay down as version 1")
    now = pages_store.organisation.current()
    assert (now.version, now.why) == (1, "Board")
    assert now.organisation.returns.horizon_months == 48
    assert "Version 1, laid down by" in said(test)
    assert not [each for each in test.button if each.key == "lay_down"]


def test_a_reload_loses_nothing_that_is_not_laid_down_yet(pages_store: Store) -> None:
    fill(opened(), "returns.horizon_months", "48")
    again = opened()
    assert again.text_input(key=key_of(again, "returns.horizon_months")).value == "48"
    assert "Returns: Horizon**: 48 months" in said(again)
    press(again, "Discard")
    third = opened()
    assert third.text_input(key=key_of(third, "returns.horizon_months")).value == ""
    assert pages_store.organisation.current().version == 0


def test_what_cannot_be_is_refused_beside_its_field_and_keeps_the_rest_from_being_laid_down(pages_store: Store) -> None:
    test = fill(opened(), "returns.horizon_months", "999")
    assert "must be a number from 1 to 240" in said(test)
    assert "Not taken over yet: Returns: Horizon" in said(test)
    assert test.button(key="lay_down").disabled
    fill(test, "returns.horizon_months", "36")
    press(test, "Lay down as version 1")
    assert pages_store.organisation.current().organisation.returns.horizon_months == 36


def test_rows_are_added_and_half_a_question_is_refused_by_its_name(pages_store: Store) -> None:
    test = opened("costs")
    press(test, "Add: Role")
    fill(test, "day_rates.0.name", "Data scientist")
    fill(test, "day_rates.0.amount:p50", "950")
    press(test, "Lay down as version 1")
    assert pages_store.organisation.current().organisation.day_rates[0].name == "Data scientist"
    test = opened("questions")
    press(test, "Add: Question")
    fill(test, "questions.0.question", "Has the *works council* agreed?")
    press(test, "Lay down as version 2")
    assert "Has the *works council* agreed?: Short name: must not be empty" in said(test)
    assert pages_store.organisation.current().version == 1
    press(test, "Discard")
    assert "works council" not in said(test)


def test_a_question_is_switched_off(pages_store: Store) -> None:
    test = opened("questions")
    key = next(each.key for each in test.toggle if str(each.key).endswith("switched_off:acted_on"))
    test.toggle(key=key).set_value(False).run()
    press(test, "Lay down as version 1")
    assert pages_store.organisation.current().organisation.switched_off == ["acted_on"]


def test_somebody_elses_version_is_not_overwritten(pages_store: Store) -> None:
    test = fill(opened(), ":name", "Mine")
    pages_store.organisation.save(house(), 0, actor="Bo")
    press(test, "Lay down as version 1")
    assert "Bo laid down other settings meanwhile" in said(test)
    assert pages_store.organisation.current().organisation == house()
    press(test, "Lay down as version 2")
    assert pages_store.organisation.current().organisation.name == "Mine"


def test_what_somebody_else_laid_down_is_not_taken_back_by_who_comes_back_to_what_they_typed(
    pages_store: Store,
) -> None:
    pages_store.organisation.save(house(), 0)
    fill(opened(), ":name", "Mine")
    pages_store.organisation.save(house(currency="CHF"), 1, actor="Bo")
    again = opened()
    assert "Currency" not in said(again)
    press(again, "Lay down as version 2")
    assert "Bo laid down other settings meanwhile" in said(again)
    assert pages_store.organisation.current().organisation.currency == "CHF"
    assert "CHF → EUR" in said(again)


def test_a_file_can_be_brought_in_after_somebody_else_was_faster(pages_store: Store) -> None:
    test = fill(opened(), ":name", "Mine")
    pages_store.organisation.save(house(name="Theirs"), 0, actor="Bo")
    test.query_params["part"] = "file"
    content = json.dumps(settings()).encode()
    test.run().get("file_uploader")[0].set_value(("house.json", content, "application/json")).run()  # type: ignore[attr-defined]
    press(test, "Lay down what the file says")
    assert "Bo laid down other settings meanwhile" in said(test)
    press(test, "Lay down what the file says")
    assert pages_store.organisation.current().organisation == house()


def test_a_file_is_looked_at_before_it_holds(pages_store: Store) -> None:
    test = opened("file")
    content = json.dumps(settings(review={"functions": [{"name": "works council"}]})).encode()
    uploader = test.get("file_uploader")[0]
    uploader.set_value(("house.json", content, "application/json")).run()  # type: ignore[attr-defined]
    assert "Standard costs: GPU server" in said(test)
    assert pages_store.organisation.current().version == 0
    press(test, "Lay down what the file says")
    assert pages_store.organisation.current().organisation == house()
    assert [each.name for each in pages_store.review_settings.functions()] == ["works council"]
    assert read_file(pages_store.organisation.exported().model_dump(mode="json")).settings == house()


def test_a_bad_file_is_refused_in_words(pages_store: Store) -> None:
    test = opened("file")
    content = json.dumps({"organisation_version": 1, "thresholds": {"risky_loss": 7}}).encode()
    test.get("file_uploader")[0].set_value(("bad.json", content, "application/json")).run()  # type: ignore[attr-defined]
    assert "thresholds.risky_loss: 7: must be a number from 0 to 1" in said(test)
    assert not [each for each in test.button if each.key == "bring_in"]


def blank(title: str) -> AppTest:
    test = start()
    next(each for each in test.text_input if each.label == "Title of a blank proposal").set_value(title)
    return press(test, "Create blank proposal")


def test_a_blank_proposal_begins_with_what_is_laid_down(pages_store: Store) -> None:
    pages_store.organisation.save(house(), 0)
    blank("New")
    (row,) = pages_store.list().rows
    assert pages_store.get(row.id).proposal == begun(house(), 1, "New")


def standing(test: AppTest) -> str:
    return "\n".join(each.proto.popover.label for each in test.get("popover"))  # type: ignore[union-attr]


def test_what_differs_is_said_and_taken_over_with_one_click(
    open_step: Open, pages_store: Store, create: Create
) -> None:
    saved = create(examples.load("visual_inspection"))
    pages_store.organisation.save(house(), 0)
    test = open_step(saved, "costs")
    assert "Horizon: 60 months here, 48 months laid down" in said(test)
    press(test, "Take over what differs")
    now = pages_store.get(saved.id).proposal
    assert now == taken_over(house(), 1, saved.proposal)
    assert "As laid down: Horizon" in said(test)
    assert test.text_input(key=key_of(test, "returns.horizon_months")).value == "48"
    assert pages_store.revision(saved.id, 1).proposal == saved.proposal
    assert pages_store.get(saved.id).version == 2, "one version, so that to undo takes all of it back"
    press(test, "Undo")
    assert pages_store.get(saved.id).proposal == saved.proposal


def test_settings_are_read_again_only_when_their_version_is_another(
    open_step: Open, pages_store: Store, create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages_store.organisation.save(house(), 0)
    saved = create(taken_over(house(), 1, examples.load("visual_inspection")))
    reads: list[int] = []
    current = OrganisationSettings.current
    monkeypatch.setattr(OrganisationSettings, "current", lambda self: reads.append(1) or current(self))
    test = open_step(saved, "costs")
    # The portfolio, which is drawn first, reads them for its filters, and the step once.
    reads.clear()
    assert "As the organisation lays down (version 1)" in standing(test.run())
    assert not reads
    pages_store.organisation.save(house(currency="CHF"), 1)
    assert "(version 2)" in standing(test.run())
    assert len(reads) == 1


def test_a_standard_cost_is_added_with_one_click(open_step: Open, pages_store: Store, create: Create) -> None:
    saved = create(examples.load("visual_inspection"))
    pages_store.organisation.save(house(), 0)
    test = open_step(saved, "costs")
    menu = next(each for each in test.get("menu_button") if "standard_costs" in str(each.key))
    before = [each.name for each in saved.proposal.alternatives[_shown(test)].costs]
    menu.set_value(0).run()  # type: ignore[attr-defined]
    after = [each.name for each in pages_store.get(saved.id).proposal.alternatives[_shown(test)].costs]
    assert after == [*before, "GPU server"]


def _shown(test: AppTest) -> int:
    menu = next(each for each in test.get("menu_button") if "standard_costs" in str(each.key))
    return int(str(menu.key).split("alternatives.")[1].split(":")[0])


def with_own(**own: object) -> Proposal:
    proposal = taken_over(house(), 1, examples.load("visual_inspection"))
    return read({**to_dict(proposal), "own": own})


def test_own_fields_stand_on_their_step_and_take_what_they_declare(
    open_step: Open, pages_store: Store, create: Create
) -> None:
    saved = create(with_own(elsewhere="<b>kept</b>"))
    test = open_step(saved, "problem")
    assert "elsewhere: <b>kept</b> (declared elsewhere)" in said(test)
    fill(test, "own.cost_centre", "4711")
    fill(test, "own.co2", "101")
    assert "must be a number from 0 to 100" in said(test)
    fill(test, "own.co2", "12")
    test = open_step(saved, "plan")
    test.selectbox(key=key_of(test, "own.site")).set_value("Graz").run()
    assert dict(pages_store.get(saved.id).proposal.own) == {
        "elsewhere": "<b>kept</b>", "cost_centre": "4711", "co2": 12, "site": "Graz",
    }  # fmt: skip


def test_an_own_question_is_asked_among_the_gates(open_step: Open, pages_store: Store, create: Create) -> None:
    saved: Saved = create(with_own())
    test = open_step(saved, "feasibility")
    radio = next(each for each in test.radio if "works council" in each.label)
    assert radio.options == ["Yes", "In talks", "No", "We do not know yet"]
    radio.set_value("In talks").run()
    assert pages_store.get(saved.id).proposal.feasibility.answers["works_council"].choice == "In talks"
    assert "does not ask 1 question of the catalogue" in said(test)


def test_an_own_answer_is_text_and_no_markup(open_step: Open, pages_store: Store, create: Create) -> None:
    question = {**settings()["questions"][0], "answers": ["**Yes** :red[x]", "No"]}
    saved: Saved = create(taken_over(house(questions=[question]), 1, examples.load("visual_inspection")))
    radio = next(each for each in open_step(saved, "feasibility").radio if "works council" in each.label)
    assert radio.options[0] == plain("**Yes** :red[x]")
    radio.set_value("**Yes** :red[x]").run()
    assert pages_store.get(saved.id).proposal.feasibility.answers["works_council"].choice == "**Yes** :red[x]"


def test_every_step_has_a_place_for_own_fields() -> None:
    from app.views.parts.step import steps

    assert {*steps()} == {str(each) for each in type(OwnField().step)}
