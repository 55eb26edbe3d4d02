"""Step Value: the kind of task."""

from __future__ import annotations

import pytest

from db import Store
from scoping import examples
from tests.app.acting import Create, Open, key_of

pytestmark = pytest.mark.long


def test_the_kind_of_task_can_be_changed_and_changed_back(create: Create, open_step: Open, pages_store: Store) -> None:
    saved = create(examples.load("stock_price"))
    test = open_step(saved, "value")
    test.selectbox(key=key_of(test, "bridge.kind")).set_value("detection").run()
    assert not test.exception
    changed = pages_store.get(saved.id).proposal
    assert changed.bridge is not None
    assert (changed.bridge.kind, changed.bridge.cases_per_month.p50) == ("detection", 21)  # type: ignore[union-attr]
    assert pages_store.revision(saved.id, 1).proposal == examples.load("stock_price")
