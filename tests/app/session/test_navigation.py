"""The menu: how many things wait on a page, and what it costs to ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from app.session import navigation
from db import NotAMember, Store, Waits
from scoping.intake import Idea
from scoping.text.languages import ENGLISH
from tests.app.acting import Create, open_page
from tests.app.conftest import start
from tests.documents import CERTAIN, proposal

_MOST_STATEMENTS = 40
"""Of one run of an editing page in which nothing was changed."""


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What the database is asked meanwhile, with the beginning of each transaction."""
    found: list[str] = []

    def note(*given: object) -> None:
        if given[2] != "BEGIN":
            found.append(str(given[2]))

    def begun(*_given: object) -> None:
        found.append("BEGIN")

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "begin", begun)
    yield found
    event.remove(engine, "before_cursor_execute", note)
    event.remove(engine, "begin", begun)


def test_the_menu_asks_for_all_that_waits_in_one_statement(store: Store) -> None:
    store.intake.propose([Idea("Letters", "Too many letters", "Who opens them first")], ENGLISH)
    with statements(store._engine) as asked:
        found = store.inbox.waits()
    assert found == Waits(inbox=store.inbox.count(), ideas=store.intake.waiting())
    assert found.ideas == 1
    assert asked.count("BEGIN") == 1
    assert len([each for each in asked if "SELECT" in each]) == 1


def test_a_run_of_an_editing_page_asks_little_of_the_database(create: Create, pages_store: Store) -> None:
    saved = create(proposal(CERTAIN))
    test = start()
    test.query_params["proposal"] = saved.id
    test = open_page(test, "proposal")
    with statements(pages_store._engine) as asked:
        test = test.run()
    assert not test.exception
    assert 0 < len([each for each in asked if each != "BEGIN"]) <= _MOST_STATEMENTS


def test_who_may_not_be_told_what_waits_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> Store:
        raise NotAMember("Ana")

    monkeypatch.setattr(navigation, "store", refused)
    assert navigation._asked() == Waits()
