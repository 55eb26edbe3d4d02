"""Where a ceiling comes from, on the Value step: two people's labels, or a publication."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from db import Store
from scoping.vocabulary import CeilingKind
from tests.app.acting import Create, Open, press, said
from tests.documents import proposal


@pytest.fixture
def step(create: Create, open_step: Open) -> AppTest:
    """The Value step of a proposal about detection, its panel open."""
    saved = create(proposal())
    test = open_step(saved, "value")
    test.session_state[f"{saved.id}:ceiling_grounds"] = True
    return test.run()


def ground(store: Store, test: AppTest) -> object:
    saved = store.get("".join(test.query_params["proposal"]))
    return saved.proposal.feasibility.ceiling_grounds


def test_counts_say_how_far_two_people_agree_and_which_ceiling_follows(step: AppTest, pages_store: Store) -> None:
    for label, typed in (("Labelled twice", "200"), ("Labelled alike", "182")):
        next(each for each in step.text_input if each.label.startswith(label)).set_value(typed).run()
    assert not step.exception
    # (1 - e)^2 + e^2 = 0.91, so one of them is right in 95.3 % of the cases; kappa is (0.91 - 0.5) / 0.5.
    assert "They agree on 91% of 200 cases" in said(step)
    assert "kappa 0.82" in said(step)
    assert "right in 95.3% of the cases" in said(step)
    assert "The ceiling of recall that follows: 95" in said(step)


def test_pasted_labels_are_counted_and_only_the_counts_are_kept(step: AppTest, pages_store: Store) -> None:
    lines = ["fraud\tfraud"] * 40 + ["fine\tfine"] * 50 + ["fraud\tfine"] * 6 + ["fine\tfraud"] * 4
    next(each for each in step.text_area if "paste both" in each.label).set_value("\n".join(lines)).run()
    press(step, "Count them")
    assert "100 cases with two labels each, in 2 classes." in said(step)
    (found,) = ground(pages_store, step).values()  # type: ignore[attr-defined]
    assert found.table == [[50, 4], [6, 40]]
    assert "fraud" not in str(pages_store.get("".join(step.query_params["proposal"])).proposal.feasibility)
    press(step, "Take out")
    assert "100 cases with two labels each" not in said(step)


def test_what_cannot_be_counted_is_said_and_nothing_is_saved(step: AppTest, pages_store: Store) -> None:
    next(each for each in step.text_area if "paste both" in each.label).set_value("yes\nno").run()
    press(step, "Count them")
    assert "does not have two columns" in said(step)
    assert ground(pages_store, step) == {}


def test_a_publication_has_a_link(step: AppTest, pages_store: Store) -> None:
    next(each for each in step.selectbox if each.label == "Kind").set_value("published").run()
    next(each for each in step.text_input if each.label == "Link").set_value("https://doi.org/10.1000/1").run()
    (found,) = ground(pages_store, step).values()  # type: ignore[attr-defined]
    assert (found.kind, found.link) == (CeilingKind.PUBLISHED, "https://doi.org/10.1000/1")
    assert "The figure itself stands above" in said(step)
