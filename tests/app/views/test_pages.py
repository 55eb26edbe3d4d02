"""The pages: what they show, what they save, and what they say about bad input."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app.session import shared
from db import Saved, Store
from scoping import Proposal, examples, read
from scoping.reports.completeness import STEPS
from tests.app.conftest import start
from tests.documents import proposal

Create = Callable[[Proposal], Saved]
Open = Callable[..., AppTest]


def words(test: AppTest) -> str:
    """Everything that a page says."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "text", "metric")
    found = [str(element.value) for kind in kinds for element in test.get(kind)]
    return "\n".join(found)


def key_of(test: AppTest, ending: str) -> str:
    """The key of the widget for a path of the document."""
    widgets = (*test.text_input, *test.text_area, *test.radio, *test.selectbox)
    return next(widget.key for widget in widgets if str(widget.key).endswith(ending))


def test_a_newcomer_is_offered_every_example(pages_store: Store) -> None:
    test = start()
    assert not test.exception
    for name in examples.NAMES:
        assert examples.load(name).title in words(test)


def test_starting_from_an_example_opens_it(pages_store: Store) -> None:
    test = start()
    test.button(key="welcome:stock_price").click().run()
    assert not test.exception
    assert test.header[0].value.startswith("Predicting one stock")
    assert pages_store.list().total == 1


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


@pytest.mark.parametrize("name", examples.NAMES)
def test_every_step_of_every_example_is_shown(name: str, create: Create, open_step: Open) -> None:
    saved = create(examples.load(name))
    for step in STEPS:
        test = open_step(saved, step)
        assert not test.exception, step
        assert "Expected NPV" in [metric.label for metric in test.metric]
        widgets = [*test.text_input, *test.text_area, *test.radio, *test.selectbox, *test.number_input]
        assert len(widgets) <= 45, f"{step} shows {len(widgets)} widgets"


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_an_empty_proposal_is_shown(step: str, create: Create, open_step: Open) -> None:
    test = open_step(create(read({"title": "Empty"})), step)
    assert not test.exception
    assert "figures missing" in words(test)


def test_a_change_is_saved_at_once_and_moves_the_strip(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("invoice_routing"))
    test = open_step(saved, "value")
    before = test.metric[0].value
    test.text_input(key=key_of(test, "bridge.manual_cost:p50")).set_value("4.9").run()
    assert pages_store.get(saved.id).version == 2
    assert pages_store.get(saved.id).proposal.bridge.manual_cost.p50 == 4.9  # type: ignore[union-attr]
    assert test.metric[0].value != before
    assert "All changes saved" in words(test)


@pytest.mark.parametrize(
    ("step", "path", "typed", "said"),
    [
        ("value", "bridge.prevalence:p50", "-5", "must be a number from 0 to 1 (0% to 100%)"),
        ("value", "bridge.value_of_catch:p50", "1e308", "must be a number from 0 to 1,000,000,000,000,000"),
        ("value", "bridge.value_of_catch:p50", "=1+1", "is not a number"),
        ("value", "bridge.value_of_catch:p10", "5", "all three"),
        ("costs", "returns.horizon_months", "12.5", "must be a whole number"),
        ("costs", "returns.horizon_months", "0", "must be a number from 1 to 240"),
        ("costs", "returns.drift:p50", "120 %", "must be a number from 0 to 1"),
        ("problem", "title", "", "must not be empty"),
        ("problem", "currency", "EURO", "ISO 4217"),
        ("problem", "summary", "x" * 20_001, "at most 20,000 characters"),
        ("alternatives", "alternatives.0.name", "Rule", "needs a name of its own"),
    ],
)
def test_bad_input_is_explained_kept_and_not_saved(
    step: str, path: str, typed: str, said: str, create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(proposal())
    test = open_step(saved, step)
    widgets = {str(widget.key): widget for widget in (*test.text_input, *test.text_area)}
    widgets[key_of(test, path)].set_value(typed).run()  # type: ignore[union-attr]
    assert not test.exception
    assert said in words(test).replace("\\", "")
    assert "Not saved yet" in words(test)
    assert pages_store.get(saved.id).version == 1

    reloaded = open_step(saved, step)
    again = {str(widget.key): widget for widget in (*reloaded.text_input, *reloaded.text_area)}
    assert again[key_of(reloaded, path)].value == typed
    assert said in words(reloaded).replace("\\", "")


def test_good_input_replaces_the_bad(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "value")
    test.text_input(key=key_of(test, "bridge.prevalence:p50")).set_value("-5").run()
    test.text_input(key=key_of(test, "bridge.prevalence:p50")).set_value("7 %").run()
    assert pages_store.drafts(saved.id) == {}
    assert pages_store.get(saved.id).proposal.bridge.prevalence.p50 == 0.07  # type: ignore[union-attr]
    assert test.text_input(key=key_of(test, "bridge.prevalence:p50")).value == "7 %"


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "<script>alert(1)</script>", "🦄 :red[x] $x$", "مرحبا \u202e", "=1+1", "'; drop table"]
)
def test_any_text_is_saved_as_it_was_typed(text: str, create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved)
    test.text_input(key=key_of(test, "title")).set_value(text).run()
    test.text_area(key=key_of(test, "problem.statement")).set_value(text).run()
    assert not test.exception
    kept = pages_store.get(saved.id).proposal
    assert (kept.title, kept.problem.statement) == (text, text)
    assert not open_step(saved).exception


def test_two_sessions_on_one_proposal_choose_field_by_field(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(proposal())
    mine, theirs = open_step(saved), open_step(saved)
    theirs.text_input(key=key_of(theirs, "owner")).set_value("Their owner").run()
    mine.text_input(key=key_of(mine, "team")).set_value("My team").run()
    assert pages_store.get(saved.id).proposal.team == "", "the stale save was refused"
    assert "saved version 2 while you were editing" in words(mine)
    assert {"**Owner**", "**Team**"} <= {each.value for each in mine.markdown}
    sides = {radio.label.removeprefix("Which version of "): radio.value for radio in mine.radio}
    assert sides == {"Owner": "Theirs", "Team": "Mine"}

    next(button for button in mine.button if button.label == "Save the chosen version").click().run()
    merged = pages_store.get(saved.id).proposal
    assert (merged.owner, merged.team) == ("Their owner", "My team")
    assert not mine.exception
    assert "All changes saved" in words(mine)


def test_after_a_conflict_theirs_can_be_taken_whole(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    mine, theirs = open_step(saved), open_step(saved)
    theirs.text_input(key=key_of(theirs, "owner")).set_value("Theirs").run()
    mine.text_input(key=key_of(mine, "owner")).set_value("Mine").run()
    next(button for button in mine.button if button.label == "Take all of theirs").click().run()
    assert pages_store.get(saved.id).proposal.owner == "Theirs"
    assert mine.text_input(key=key_of(mine, "owner")).value == "Theirs"
    assert pages_store.drafts(saved.id) == {}


def test_a_newer_version_is_shown_when_nothing_here_is_unsaved(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(proposal())
    test = open_step(saved)
    pages_store.save(saved.id, proposal(owner="Bo's choice"), 1, "Bo")
    test.run()
    assert "Bo saved a newer version" in words(test)
    assert test.text_input(key=key_of(test, "owner")).value == "Bo's choice"


def test_answers_and_notes_are_saved(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(proposal())
    test = open_step(saved, "feasibility")
    test.text_input(key=key_of(test, "answers.acted_on.note")).set_value("The desk calls them").run()
    assert "Choose an answer too" in words(test)
    test.radio(key=key_of(test, "answers.acted_on")).set_value("yes").run()
    answer = pages_store.get(saved.id).proposal.feasibility.answers["acted_on"]
    assert (answer.choice, answer.note) == ("yes", "The desk calls them")
    assert pages_store.drafts(saved.id) == {}


def test_the_kind_of_task_can_be_changed_and_changed_back(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("stock_price"))
    test = open_step(saved, "value")
    test.selectbox(key=key_of(test, "bridge.kind")).set_value("detection").run()
    assert not test.exception
    changed = pages_store.get(saved.id).proposal
    assert changed.bridge is not None
    assert (changed.bridge.kind, changed.bridge.cases_per_month.p50) == ("detection", 21)  # type: ignore[union-attr]
    assert pages_store.revision(saved.id, 1).proposal == examples.load("stock_price")


def review(test: AppTest) -> AppTest:
    """From a proposal's last step on to its review."""
    test.query_params["step"] = "plan"
    test.run()
    return test.button(key="next").click().run()


@pytest.mark.parametrize("name", [*examples.NAMES, "empty"])
def test_review_is_shown(name: str, create: Create, open_step: Open) -> None:
    saved = create(read({"title": "Empty"}) if name == "empty" else examples.load(name))
    test = review(open_step(saved))
    assert not test.exception
    assert test.title[0].value
    assert any(each.value.startswith("Verdict") for each in test.subheader)


def sign(test: AppTest) -> AppTest:
    return next(button for button in test.button if button.label == "Record the decision").click().run()


def test_a_decision_is_signed_and_shown_in_the_register(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("visual_inspection"))
    test = review(open_step(saved))
    sign(test)
    assert "Who decides?" in words(test)
    name = next(field for field in test.text_input if field.label == "Decided by")
    name.set_value("Dr. Maier").run()
    sign(test)
    decision = pages_store.decisions().rows[0]
    assert (decision.decided_by, decision.outcome, decision.accepted) == ("Dr. Maier", "pilot", True)
    assert decision.figures["evpi"] > 0
    assert "Dr. Maier" in words(test)


def test_overruling_needs_a_reason(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("visual_inspection"))
    test = review(open_step(saved))
    next(radio for radio in test.radio if radio.label.startswith("Recommended")).set_value("Overrule it").run()
    next(box for box in test.selectbox if box.label == "Decision instead").set_value("build").run()
    next(field for field in test.text_input if field.label == "Decided by").set_value("Ana").run()
    sign(test)
    assert "why the recommendation is overruled" in words(test)
    assert pages_store.decisions().total == 0
    next(area for area in test.text_area if area.label == "Reason").set_value("The pilot was done elsewhere").run()
    sign(test)
    assert pages_store.decisions().rows[0].outcome == "build"


def test_a_link_to_nothing_says_so(pages_store: Store, create: Create, open_step: Open) -> None:
    test = open_step(create(proposal()))
    test.query_params["proposal"] = "not-a-proposal"
    test.run()
    assert not test.exception
    assert "There is no proposal not-a-proposal" in words(test)


def test_a_database_that_is_away_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    shared.store.cache_clear()
    test = start()
    assert not test.exception
    assert "cannot be reached" in words(test)
    shared.store.cache_clear()


@pytest.mark.parametrize("step", STEPS)
def test_every_field_says_its_value_on_every_run(open_step: Open, create: Create, step: str) -> None:
    """A browser that missed the first message of a new field must not report the field as emptied."""
    saved = create(examples.load("visual_inspection"))
    test = open_step(saved, step).run()
    texts = [*test.text_input, *test.text_area]
    assert [(each.label, each.proto.default) for each in texts] == [(each.label, each.value or "") for each in texts]
    for each in (*test.selectbox, *test.radio):
        chosen = each.proto.default if each.proto.HasField("default") else None
        assert (each.label, chosen) == (each.label, each.index)


def test_judged_costs_show_their_average_in_the_table(open_step: Open, create: Create) -> None:
    people = [{"by": "Ana", "p10": 1, "p50": 2, "p90": 3}, {"by": "Bo", "p10": 3, "p50": 4, "p90": 5}]
    costs = [{"name": "Check", "timing": "per_case", "amount": {"judgements": people}}]
    test = open_step(create(proposal(alternatives__0__costs=costs)), "costs")
    assert not test.exception
    row = test.dataframe[0].value.iloc[0] if test.dataframe else test.get("arrow_data_frame")[0].value.iloc[0]
    assert [row[f"amount:{part}"] for part in ("p10", "p50", "p90")] == [2, 3, 4]


def test_the_memo_is_told_in_the_chosen_language(create: Create, open_step: Open) -> None:
    test = review(open_step(create(examples.load("stock_price"))))
    assert "Key figures" in words(test)
    test.selectbox(key="review_language").set_value("de").run()
    assert not test.exception
    assert "Kennzahlen" in words(test)
    assert "Key figures" not in words(test)
    # The choice holds for the session, on every page that asks for it.
    assert test.run().selectbox(key="review_language").value == "de"


def test_the_team_s_language_is_where_everybody_begins(
    create: Create, open_step: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "de_LU")
    test = review(open_step(create(examples.load("stock_price"))))
    assert test.selectbox(key="review_language").value == "de_LU"
    assert "Kennzahlen" in words(test)


def test_conditions_are_signed_in_the_language_of_the_memo(
    create: Create, open_step: Open, pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "de")
    test = review(open_step(create(examples.load("visual_inspection"))))
    next(field for field in test.text_input if field.label == "Decided by").set_value("Ana").run()
    sign(test)
    assert pages_store.decisions().rows[0].conditions[1].startswith("Im Betrieb muss gelten: Recall mindestens 76\xa0%")
