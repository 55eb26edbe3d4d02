"""Writers of one SQLite file wait in line: in order, no longer than their patience, and whatever happens to others."""

from __future__ import annotations

import threading
import time

import pytest

from db import DatabaseNotReady, Draft, Failure, Store, open_store
from db.engine import AT_A_SCREEN, create
from db.turns import Line, turn_at
from tests.documents import proposal


def test_each_is_let_in_in_the_order_in_which_they_came() -> None:
    line, order = Line(), []
    threads = [threading.Thread(target=_write, args=(line, number, order)) for number in range(8)]
    with line.turn(1):
        for each in threads:
            each.start()
            _until_waiting(line, threads.index(each) + 1)
    for each in threads:
        each.join()
    assert order == [*range(8)]


def _write(line: Line, number: int, order: list[int], seconds: float = 10) -> None:
    with line.turn(seconds):
        order.append(number)


def _until_waiting(line: Line, many: int) -> None:
    deadline = time.monotonic() + 60
    while len(line._waiting) < many:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_who_loses_patience_leaves_the_line_and_the_next_one_comes() -> None:
    line = Line()
    with line.turn(1), pytest.raises(DatabaseNotReady, match="Something else is writing") as told:
        _write(line, 0, [], seconds=0.01)
    assert told.value.failure is Failure.LOCKED
    order: list[int] = []
    _write(line, 1, order)
    assert (order, len(line._waiting)) == ([1], 0)


def test_a_turn_that_fails_is_over() -> None:
    line = Line()
    with pytest.raises(ValueError, match="in the middle"), line.turn(1):
        raise ValueError("in the middle")
    with line.turn(0):
        pass


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_all_stores_of_a_file_stand_in_one_line_and_nobody_else(database_url: str, store: Store) -> None:
    saved = store.create(proposal())
    other = create(f"{database_url}.other", AT_A_SCREEN)
    second = open_store(database_url)
    began = threading.Event()

    def write() -> None:
        began.set()
        second.keep_draft(saved.id, Draft("title", "typed", "wrong"))

    thread = threading.Thread(target=write)
    with turn_at(store._engine), turn_at(other):
        thread.start()
        began.wait()
        time.sleep(0.05)
        assert store.drafts(saved.id) == {}
    thread.join()
    assert [*store.drafts(saved.id)] == ["title"]
    second.close()
    other.dispose()


@pytest.mark.long
def test_many_writers_at_once_are_all_served(store: Store, database_url: str) -> None:
    saved, errors = store.create(proposal()), []

    def write(number: int) -> None:
        own = open_store(database_url)
        try:
            for turn in range(5):
                own.keep_draft(saved.id, Draft(f"title{number}", str(turn), "wrong"))
        except Exception as error:
            errors.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert errors == []
    assert {each.text for each in store.drafts(saved.id).values()} == {"4"}
