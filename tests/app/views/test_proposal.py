"""Proposal: every step is shown; what is typed is saved at once, or kept with what is wrong with it."""

from __future__ import annotations

import pytest

from app.views.parts.step import steps
from db import Store
from scoping import examples, read
from tests.app.acting import Create, Open, key_of, words
from tests.documents import proposal

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", examples.NAMES)
def test_every_step_of_every_example_is_shown(name: str, create: Create, open_step: Open) -> None:
    saved = create(examples.load(name))
    for step in steps():
        test = open_step(saved, step)
        assert not test.exception, step
        assert "Expected NPV" in [metric.label for metric in test.metric]
        widgets = [*test.text_input, *test.text_area, *test.radio, *test.selectbox, *test.number_input]
        assert len(widgets) <= 45, f"{step} shows {len(widgets)} widgets"


@pytest.mark.parametrize("step", steps())
def test_every_step_of_an_empty_proposal_is_shown(step: str, create: Create, open_step: Open) -> None:
    test = open_step(create(read({"title": "Empty"})), step)
    assert not test.exception
    assert "Not yet assessed" in words(test)
    assert "Rework" not in words(test)


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
        ("value", "bridge.prevalence:p50", "-5", "must be a number from 0% to 100%"),
        ("value", "bridge.value_of_catch:p50", "1e308", "must be a number from 0 to 1,000,000,000,000,000"),
        ("value", "bridge.value_of_catch:p50", "=1+1", "is not a number"),
        ("value", "bridge.value_of_catch:p50", "1.234", "can be read in two ways"),
        ("value", "bridge.value_of_catch:p50", "5 USD", "this proposal counts in EUR"),
        ("costs", "returns.horizon_months", "12.5", "must be a whole number"),
        ("costs", "returns.horizon_months", "0", "must be a number from 1 to 240"),
        ("costs", "returns.drift:p50", "120 %", "must be a number from 0% to 100%"),
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
    assert test.text_input(key=key_of(test, "bridge.prevalence:p50")).value == "7%"


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


def test_a_newer_version_is_shown_when_nothing_here_is_unsaved(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    saved = create(proposal())
    test = open_step(saved)
    pages_store.save(saved.id, proposal(owner="Bo's choice"), 1, "Bo")
    test.run()
    assert "Bo saved a newer version" in words(test)
    assert test.text_input(key=key_of(test, "owner")).value == "Bo's choice"


def test_a_link_to_nothing_says_so(pages_store: Store, create: Create, open_step: Open) -> None:
    test = open_step(create(proposal()))
    test.query_params["proposal"] = "not-a-proposal"
    test.run()
    assert not test.exception
    assert "There is no proposal not-a-proposal" in words(test)


@pytest.mark.parametrize("step", steps())
def test_every_field_says_its_value_on_every_run(open_step: Open, create: Create, step: str) -> None:
    """A browser that missed the first message of a new field must not report the field as emptied."""
    saved = create(examples.load("visual_inspection"))
    test = open_step(saved, step).run()
    texts = [*test.text_input, *test.text_area]
    assert [(each.label, each.proto.default) for each in texts] == [(each.label, each.value or "") for each in texts]
    for each in (*test.selectbox, *test.radio):
        chosen = each.proto.default if each.proto.HasField("default") else None
        assert (each.label, chosen) == (each.label, each.index)
