"""Actuals: what comes here and when, entered by month and by file, beside what was signed; nothing half saved."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db import DecisionRequest, Measured, Saved, Store
from scoping.record.actuals import read_actuals
from scoping.vocabulary import Outcome, Recommendation
from tests.app.acting import Create, open_page, said
from tests.app.conftest import start
from tests.documents import UNCERTAIN, proposal

pytestmark = pytest.mark.long

RECALL, CATCH, BUILD = "alternatives.2.metrics.recall", "bridge.value_of_catch", "alternatives.2.costs.0.amount"


@pytest.fixture
def decided(create: Create, pages_store: Store) -> Saved:
    saved = create(proposal(UNCERTAIN))
    decide(pages_store, saved, alternative="Model")
    return saved


def decide(store: Store, saved: Saved, **given: Any) -> None:
    conditions = ("Label 500 cases",)
    store.decide(
        saved.id, DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", conditions=conditions, **given)
    )


def current(store: Store, saved: Saved) -> Measured:
    found = store.actuals.current(saved.id)
    assert found is not None
    return found


def record(store: Store, saved: Saved, *entries: tuple[str, int, float]) -> None:
    now = current(store, saved)
    lines = [{"about": about, "month": month, "value": value} for about, month, value in entries]
    document = {"actuals_version": 1, "alternative": "Model", "entries": lines}
    actuals = read_actuals(document, now.signed, now.decision.conditions)
    store.actuals.save(saved.id, actuals, now.decision.id, now.version, actor="Bo")


def page(saved: Saved, **address: str) -> AppTest:
    test = start()
    test.query_params["proposal"] = saved.id
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "actuals")


def field(test: AppTest, about: str, month: int) -> Any:
    widgets = (*test.text_input, *test.selectbox)
    return next(each for each in widgets if str(each.key).endswith(f":{month}:{about}"))


def submit(test: AppTest, label: str = "Save these figures") -> AppTest:
    return next(each for each in test.button if each.label == label).click().run()


def test_before_a_decision_the_page_says_what_comes_here_and_when(create: Create) -> None:
    test = page(create(proposal()))
    assert not test.exception
    assert "Once a decision is signed" in said(test)


def test_what_is_entered_for_a_month_is_saved_in_one_version_with_where_it_comes_from(
    decided: Saved, pages_store: Store
) -> None:
    test = page(decided, month="5")
    field(test, RECALL, 5).set_value("71 %")
    field(test, BUILD, 5).set_value("12k")
    test.text_input(key="actuals_source").set_value("Ledger of May")
    test = submit(test)
    assert not test.exception
    now = current(pages_store, decided)
    found = {(each.about, each.month, each.value, each.source) for each in now.actuals.entries}
    assert found == {(RECALL, 5, 0.71, "Ledger of May"), (BUILD, 5, 12_000, "Ledger of May")}
    assert now.version == 1


def test_a_figure_that_is_none_is_named_with_what_is_allowed_and_nothing_is_saved(
    decided: Saved, pages_store: Store
) -> None:
    test = page(decided, month="5")
    field(test, RECALL, 5).set_value("140 %")
    field(test, BUILD, 5).set_value("12000")
    test = submit(test)
    assert "Nothing was saved" in said(test)
    assert "Recall" in said(test)
    assert "from 0% to 100%" in said(test)
    assert current(pages_store, decided).version == 0
    assert field(test, BUILD, 5).value == "12000"


def test_an_emptied_field_takes_the_figure_out(decided: Saved, pages_store: Store) -> None:
    record(pages_store, decided, (RECALL, 5, 0.7), (RECALL, 6, 0.7))
    test = page(decided, view="enter", month="5")
    assert field(test, RECALL, 5).value == "70%"
    field(test, RECALL, 5).set_value("")
    submit(test)
    assert [each.month for each in current(pages_store, decided).actuals.entries] == [6]


def test_who_saves_after_somebody_else_keeps_what_was_typed_and_sees_theirs(decided: Saved, pages_store: Store) -> None:
    test = page(decided, view="enter", month="5")
    field(test, RECALL, 5).set_value("75%")
    record(pages_store, decided, (BUILD, 5, 9_000))
    test = submit(test)
    assert "Nothing was overwritten" in said(test)
    assert (field(test, RECALL, 5).value, field(test, BUILD, 5).value) == ("75%", "9,000")
    submit(test)
    found = {(each.about, each.value) for each in current(pages_store, decided).actuals.entries}
    assert found == {(BUILD, 9_000), (RECALL, 0.75)}


def test_a_broken_condition_is_told_and_waits_in_the_inbox(decided: Saved, pages_store: Store) -> None:
    test = page(decided, view="enter", month="5")
    field(test, "conditions.0", 5).set_value("0")
    test = submit(test)
    assert "A condition of the decision is broken: Label 500 cases" in said(test)
    inbox = open_page(start(), "inbox")
    assert "The decision is open again" in said(inbox)
    assert "Label 500 cases" in said(inbox)


def test_each_actual_stands_beside_its_range_and_what_is_open_is_said(decided: Saved, pages_store: Store) -> None:
    build = ("alternatives.2.build_months", 4, 4.0)
    record(pages_store, decided, build, *((CATCH, month, 150.0) for month in range(5, 9)))
    test = page(decided)
    assert not test.exception
    words = said(test)
    assert "NPV now, and as it was signed" in words
    assert "inside the range" in words
    assert "1 of 1 measured range holds what came" in words
    assert "What is still open" in words
    assert "Prevalence" in words
    assert "The decision, seen again" in words


def test_a_decision_without_an_alternative_asks_of_which_one_is_measured(create: Create, pages_store: Store) -> None:
    saved = create(proposal(UNCERTAIN))
    pages_store.decide(
        saved.id, DecisionRequest(1, Recommendation.BUILD, Outcome.STOP, "Ana", reason="No money", alternative="")
    )
    test = page(saved)
    assert not test.exception
    assert "names no alternative" in said(test)
    next(each for each in test.selectbox if each.label == "Alternative").set_value("Model")
    submit(test, "Save this")
    assert current(pages_store, saved).actuals.alternative == "Model"


def test_every_version_is_listed_with_who_saved_it(decided: Saved, pages_store: Store) -> None:
    record(pages_store, decided, (RECALL, 5, 0.7))
    record(pages_store, decided, (RECALL, 5, 0.7), (RECALL, 6, 0.71))
    words = said(page(decided, view="versions"))
    assert "Actuals version 1, Bo" in words
    assert "Actuals version 2, Bo" in words


def test_hostile_words_in_what_was_entered_stay_words(decided: Saved, pages_store: Store) -> None:
    hostile = "<img src=x> :red[x] **b** [l](javascript:alert(1)) =1+1"
    now = current(pages_store, decided)
    line = {"about": RECALL, "month": 5, "value": 0.7, "source": hostile, "note": hostile, "measured_by": hostile}
    document = {"actuals_version": 1, "alternative": "Model", "entries": [line]}
    actuals = read_actuals(document, now.signed, now.decision.conditions)
    pages_store.actuals.save(decided.id, actuals, now.decision.id, 0, hostile, hostile)
    for view in ("compare", "versions"):
        test = page(decided, view=view)
        assert not test.exception
        marked = "".join(str(each.value) for kind in ("markdown", "caption") for each in test.get(kind))
        assert ":red[x]" not in marked
        assert "**b**" not in marked
    assert page(decided, view="compare").dataframe[0].value.iloc[0]["Source"] == hostile


def test_one_thing_is_entered_over_its_months(decided: Saved, pages_store: Store) -> None:
    test = page(decided, view="enter", of=RECALL)
    test.segmented_control(key="actuals_way").set_value(1)
    test = test.run()
    for month in (6, 7):
        field(test, RECALL, month).set_value("72%")
    submit(test)
    entries = current(pages_store, decided).actuals.entries
    assert [(each.month, each.value) for each in entries] == [(6, 0.72), (7, 0.72)]
