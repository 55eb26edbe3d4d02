"""An alternative's measured metrics stand beside its own; they are taken over, or overruled with a reason."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from db import Store
from scoping import examples, read, to_dict
from scoping.document.evidence import plain
from scoping.vocabulary import GroundKind
from tests.app.acting import Create, Open, press, said
from tests.documents import proposal
from tests.measured import measured


@pytest.fixture
def step(create: Create, open_step: Open) -> AppTest:
    """The Alternatives step of a proposal with evidence, at its model."""
    document = {**to_dict(proposal()), "evidence": [plain(measured())]}
    document["alternatives"].sort(key=lambda each: each["kind"] == "status_quo")
    document["alternatives"][0]["measured_by"] = measured().id
    saved = create(read(document))
    test = open_step(saved, "alternatives")
    for number in range(len(document["alternatives"])):
        test.session_state[f"{saved.id}:shown:{number}"] = True
    return test.run()


def now(store: Store, test: AppTest) -> object:
    return store.get("".join(test.query_params["proposal"])).proposal


def test_what_was_measured_stands_beside_todays_estimate(step: AppTest) -> None:
    assert not step.exception
    assert "As measured on “claims.csv”" in said(step)
    assert "95% interval" in said(step)
    assert "your estimate today" in said(step)


def test_to_take_over_makes_it_the_estimate_and_says_what_it_rests_on(step: AppTest, pages_store: Store) -> None:
    before = now(pages_store, step)
    press(step, "Take over as the estimate")
    after = now(pages_store, step)
    assert after.alternatives != before.alternatives  # type: ignore[attr-defined]
    (ground,) = after.grounds  # type: ignore[attr-defined]
    assert (ground.kind, ground.sha256) == (GroundKind.MEASURED, measured().id)
    assert ground.path.startswith("alternatives.")


def test_a_team_keeps_its_own_figure_with_a_reason(step: AppTest, pages_store: Store) -> None:
    reason = next(each for each in step.text_input if each.label == "Keep our own figure, because")
    reason.set_value("The sample has no night shifts.").run()
    (ground,) = now(pages_store, step).grounds  # type: ignore[attr-defined]
    assert (ground.kind, ground.note) == (GroundKind.EXPERT, "The sample has no night shifts.")


def test_of_several_streams_one_is_measured_the_first_unless_another_is_named(
    create: Create, open_step: Open, pages_store: Store
) -> None:
    document = to_dict(examples.load("claims_assistant"))
    document["alternatives"].sort(key=lambda each: each["kind"] != "foundation_model")
    flags = next(each["id"] for each in document["bridge"]["streams"] if each["task"]["kind"] == "detection")
    document["alternatives"][0].update(measured_by=measured().id, left_as_today=[])
    document["evidence"] = [plain(measured())]
    saved = create(read(document))
    test = open_step(saved, "alternatives")
    test.session_state[f"{saved.id}:shown:0"] = True
    test.run()
    offered = next(each for each in test.selectbox if each.label == "Part measured")
    assert offered.value == document["bridge"]["streams"][0]["id"]
    offered.set_value(flags).run()
    assert not test.exception
    assert "would be worth" in said(test)
    press(test, "Take over as the estimate")
    after = pages_store.get(saved.id).proposal
    assert after.alternatives[0].measured_part == flags
    assert [each.path for each in after.grounds] == [f"alternatives.0.metrics.{flags}/recall"]


def test_without_evidence_there_is_nothing_more_to_see(create: Create, open_step: Open) -> None:
    test = open_step(create(proposal()), "alternatives")
    assert not [each for each in test.selectbox if each.label == "Measured by"]
