"""Proposals are valued by processes of their own: each once, within bounds, and whatever becomes of such a process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path

import pytest

from app.choosing import pool, valuing
from app.choosing.progress import Progress, about
from app.choosing.valuer import step_back
from app.choosing.valuing import Task, Valuers
from app.session.bounded import Kept
from db import DatabaseNotReady, Filters, Store
from scoping import examples, write
from scoping.portfolio import Candidate, candidate_of
from scoping.portfolio.keeping import read_kept

PROPOSAL = examples.load("donor_mailing")


class Asked:
    """What was asked of valuers, and what they found."""

    def __init__(self) -> None:
        self.found: list[tuple[Hashable, bytes]] = []
        self.began: list[Hashable] = []

    def task(self, key: Hashable, document: Callable[[], str] = lambda: write(PROPOSAL)) -> Task:
        def fetched() -> str:
            self.began.append(key)
            return document()

        return Task(key, fetched, lambda content: self.found.append((key, content)))


def ended(valuers: Valuers, *keys: Hashable) -> None:
    """Wait until none of them is being valued."""
    last = time.monotonic() + 120
    while valuers.is_at_work(keys):
        assert time.monotonic() < last
        time.sleep(0.02)


def test_another_process_finds_the_figures_that_this_one_finds() -> None:
    asked, valuers = Asked(), Valuers(1)
    valuers.ask([asked.task("one")])
    ended(valuers, "one")
    ((_, content),) = asked.found
    found, own = read_kept(content, "x"), candidate_of(PROPOSAL, "x")
    assert [each.value for each in found.options] == pytest.approx([each.value for each in own.options], rel=1e-9)
    assert valuers.failed() == frozenset()


def test_a_module_that_somebody_left_in_the_folder_for_temporary_files_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit(1)")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    asked, valuers = Asked(), Valuers(1)
    valuers.ask([asked.task("one")])
    ended(valuers, "one")
    assert len(asked.found) == 1


@pytest.mark.parametrize("executable", ["", "/nowhere/python"])
def test_where_no_process_can_be_begun_it_is_said_to_have_failed(
    executable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", executable)
    asked, valuers = Asked(), Valuers(1)
    valuers.ask([asked.task("one")])
    ended(valuers, "one")
    assert valuers.failed() == {"one"}


@pytest.mark.parametrize("why", [OSError, AttributeError])
def test_where_no_process_may_step_back_it_works_all_the_same(
    why: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_by: int) -> int:
        raise why

    monkeypatch.setattr("os.nice", forbidden, raising=False)
    step_back()


def test_what_is_asked_for_by_many_at_once_is_valued_once() -> None:
    asked, valuers, keys = Asked(), Valuers(2), range(6)
    askers = [threading.Thread(target=lambda: valuers.ask([asked.task(key) for key in keys])) for _ in range(8)]
    for each in askers:
        each.start()
    for each in askers:
        each.join()
    ended(valuers, *keys)
    assert sorted(asked.began) == [*keys]  # type: ignore[type-var]


def test_what_cannot_be_valued_there_is_told_and_not_tried_for_ever() -> None:
    asked, valuers = Asked(), Valuers(1)

    def gone() -> str:
        raise LookupError

    valuers.ask([asked.task("gone", gone), asked.task("nonsense", lambda: "{"), asked.task("good")])
    ended(valuers, "gone", "nonsense", "good")
    assert valuers.failed() == {"gone", "nonsense"}
    assert [key for key, _ in asked.found] == ["good"]
    valuers.ask([asked.task("gone")])
    assert not valuers.is_at_work(["gone"])


def test_what_a_busy_database_did_not_give_is_asked_for_again() -> None:
    asked, valuers = Asked(), Valuers(1)

    def locked() -> str:
        raise DatabaseNotReady("The database is busy.")

    valuers.ask([asked.task("one", locked)])
    ended(valuers, "one")
    assert valuers.failed() == frozenset()
    valuers.ask([asked.task("one")])
    ended(valuers, "one")
    assert [key for key, _ in asked.found] == ["one"]


def test_nobody_waits_for_what_others_have_pushed_out_of_memory(
    pages_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_kept", Kept[pool._Key, Candidate](1))
    for number in range(3):
        pages_store.create(PROPOSAL.model_copy(update={"title": f"Number {number}"}))
    rows = pool.rows_of(pages_store, Filters())
    progress = Progress(pages_store, rows)
    pool.value_behind(pages_store, rows)
    assert not progress.is_over
    ended(pool.VALUERS, *(pool._key(pages_store, each) for each in rows.values()))
    assert progress.done == 1
    assert progress.is_over


def test_a_process_that_is_killed_costs_no_more_than_what_it_was_at(monkeypatch: pytest.MonkeyPatch) -> None:
    started, processes = valuing._started, []

    def kept() -> object:
        processes.append(started())
        return processes[-1]

    monkeypatch.setattr(valuing, "_started", kept)
    asked, valuers = Asked(), Valuers(1)

    def killing() -> str:
        processes[-1].kill()
        processes[-1].wait()
        return write(PROPOSAL)

    valuers.ask([asked.task("first"), asked.task("killed", killing), asked.task("last")])
    ended(valuers, "first", "killed", "last")
    assert valuers.failed() == {"killed"}
    assert [key for key, _ in asked.found] == ["first", "last"]
    assert len(processes) == 2
    for each in processes:
        assert each.wait(timeout=60) is not None, "none is left behind"


def test_where_no_process_can_be_begun_all_of_it_is_left_to_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valuing, "_started", lambda: None)
    asked, valuers = Asked(), Valuers(2)
    valuers.ask([asked.task("one"), asked.task("two")])
    ended(valuers, "one", "two")
    assert valuers.failed() == {"one", "two"}
    assert asked.found == []


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.0, "about 10 seconds"), (10.0, "about 10 seconds"), (31.0, "about 40 seconds"), (50.1, "about 60 seconds"),
        (56.0, "about 1 minute"), (61.0, "about 2 minutes"), (600.0, "about 10 minutes"),
    ],
)  # fmt: skip
def test_a_time_is_told_roughly_and_never_as_nothing(seconds: float, told: str) -> None:
    assert about(seconds) == told
