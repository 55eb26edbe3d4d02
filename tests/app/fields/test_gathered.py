"""Rows that count when they are complete: several people judge one number, points of a curve."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from db import Store
from scoping import Proposal, examples, to_dict
from tests.app.acting import Create, Open, key_of, press, said
from tests.documents import proposal

pytestmark = pytest.mark.long

PATH = "bridge.value_of_catch"
PLACE = f"{PATH}.judgements"


def judge(test: AppTest, row: int, **texts: str) -> AppTest:
    for name, text in texts.items():
        test.text_input(key=key_of(test, f"{PLACE}.{row}.{name}")).set_value(text).run()
    return test


@pytest.fixture
def judging(open_step: Open, create: Create) -> tuple[AppTest, str]:
    saved = create(proposal())
    test = open_step(saved, "value")
    first = next(path for path in saved.proposal.inputs() if path.startswith("bridge"))
    test.session_state[f"{saved.id}:judgements:{first}"] = True
    test.run()
    test.selectbox(key=f"{saved.id}:judged:{first}").set_value(PATH).run()
    return test, saved.id


def people(store: Store, identity: str) -> list[str]:
    value = to_dict(store.get(identity).proposal)["bridge"]["value_of_catch"]
    return [each["by"] for each in value["judgements"]] if isinstance(value, dict) and "judgements" in value else []


def test_a_second_person_is_added_after_the_first(judging: tuple[AppTest, str], pages_store: Store) -> None:
    test, identity = judging
    press(test, "Add: Judgement")
    judge(test, 0, by="Ana", p10="10", p50="20", p90="30")
    assert people(pages_store, identity) == ["Ana"]
    press(test, "Add: Judgement")
    judge(test, 1, by="Bo", p10="20")
    assert people(pages_store, identity) == ["Ana"]
    assert test.text_input(key=key_of(test, f"{PLACE}.1.by")).value == "Bo"
    assert "Counts once the row is complete" in said(test)
    judge(test, 1, p50="40", p90="60")
    assert people(pages_store, identity) == ["Ana", "Bo"]
    assert test.text_input(key=key_of(test, f"{PATH}:p50")).value == "30"
    assert pages_store.drafts(identity) == {}


def test_a_judgement_that_is_not_complete_survives_a_reload(
    judging: tuple[AppTest, str], pages_store: Store, open_step: Open
) -> None:
    test, identity = judging
    press(test, "Add: Judgement")
    judge(test, 0, by="Ana", p10="10")
    assert pages_store.get(identity).version == 1
    again = open_step(pages_store.get(identity), "value")
    first = next(path for path in pages_store.get(identity).proposal.inputs() if path.startswith("bridge"))
    again.session_state[f"{identity}:judgements:{first}"] = True
    again.run()
    again.selectbox(key=f"{identity}:judged:{first}").set_value(PATH).run()
    assert [again.text_input(key=key_of(again, f"{PLACE}.0.{name}")).value for name in ("by", "p10")] == ["Ana", "10"]


def test_two_judgements_under_one_name_are_refused_in_words(judging: tuple[AppTest, str], pages_store: Store) -> None:
    test, identity = judging
    for row in range(2):
        press(test, "Add: Judgement")
        judge(test, row, by="Ana", p10="10", p50="20", p90="30")
    assert "each under a name of its own" in said(test)
    assert people(pages_store, identity) == ["Ana"]


def test_a_number_that_is_wrong_is_named_with_its_row(judging: tuple[AppTest, str], pages_store: Store) -> None:
    test, identity = judging
    press(test, "Add: Judgement")
    judge(test, 0, by="Ana", p10="1,5")
    assert "**Row 1**: Low: “1,5” is not how English writes a number" in said(test)
    press(test, "1.5")
    judge(test, 0, p50="2", p90="3")
    assert people(pages_store, identity) == ["Ana"]


def test_the_last_judgement_leaves_its_average(judging: tuple[AppTest, str], pages_store: Store) -> None:
    test, identity = judging
    press(test, "Add: Judgement")
    judge(test, 0, by="Ana", p10="10", p50="20", p90="30")
    press(test, "Remove")
    assert to_dict(pages_store.get(identity).proposal)["bridge"]["value_of_catch"] == {"p10": 10, "p50": 20, "p90": 30}


def curve() -> Proposal:
    found = next(each for each in map(examples.load, examples.NAMES) if each.bridge and each.bridge.kind == "curve")
    assert isinstance(found, Proposal)
    return found


def test_a_point_is_added_to_a_curve(open_step: Open, create: Create, pages_store: Store) -> None:
    saved = create(curve())
    before = to_dict(saved.proposal)["bridge"]["points"]
    test = press(open_step(saved, "value"), "Add: Point")
    row = f"bridge.points.{len(before)}"
    test.text_input(key=key_of(test, f"{row}.metric")).set_value(str(before[-1][0] + 1)).run()
    assert to_dict(pages_store.get(saved.id).proposal)["bridge"]["points"] == before
    test.text_input(key=key_of(test, f"{row}.money")).set_value("1,000 " + saved.proposal.currency).run()
    now = to_dict(pages_store.get(saved.id).proposal)["bridge"]["points"]
    assert now == [*before, [before[-1][0] + 1, 1000]]
