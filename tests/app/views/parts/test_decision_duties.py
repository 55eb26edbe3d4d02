"""Who sees to a condition, and by when: kept as it is written, and signed with the decision."""

from __future__ import annotations

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from db import Store
from scoping import examples
from tests.app.acting import Create, press, review, said
from tests.app.conftest import start


def widget(test: AppTest, kind: str, part: str) -> object:
    return next(each for each in test.get(kind) if f":duty:{part}:" in str(each.key))


def test_an_owner_and_a_day_outlive_a_reload_and_are_signed(pages_store: Store, create: Create) -> None:
    saved = create(examples.load("visual_inspection"))
    day = pages_store.today() + timedelta(days=3)

    def opened() -> AppTest:
        test = start()
        test.query_params["proposal"] = saved.id
        return review(test)

    test = opened()
    widget(test, "text_input", "owner").set_value("Bo Larsen").run()  # type: ignore[attr-defined]
    widget(test, "date_input", "due").set_value(day).run()  # type: ignore[attr-defined]
    again = opened()
    assert widget(again, "text_input", "owner").value == "Bo Larsen"  # type: ignore[attr-defined]
    assert widget(again, "date_input", "due").value == day  # type: ignore[attr-defined]
    next(each for each in again.text_input if each.label == "Decided by").set_value("Sofia Marini").run()
    again = press(again, "Check and sign")
    assert "(Bo Larsen, by " in said(again)
    press(again, "Sign the decision")
    (duty,) = pages_store.decisions(saved.id).rows[0].duties
    assert (duty.owner, duty.due_on) == ("Bo Larsen", day)
    task = next(each for each in pages_store.inbox.of(saved.id) if each.text == duty.condition)
    assert (task.owner, task.due_on) == ("Bo Larsen", day)
