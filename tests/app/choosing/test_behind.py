"""What takes a while is worked out behind the page: each part once, one after another, whatever becomes of one."""

from __future__ import annotations

import time
from threading import Event

import pytest

from app.choosing import studying
from app.choosing.behind import Behind, Work
from app.choosing.pool import Pool, pool_of, rows_of
from app.choosing.studying import is_ready, studied, worked_out
from db import Filters, Store
from scoping.portfolio import Part, Unsolvable
from scoping.portfolio.asking import Tell
from scoping.portfolio.scenario import Scenario
from tests.documents import UNCERTAIN, proposal


def ended(work: Work) -> Work:
    """The work, when it is over."""
    last = time.monotonic() + 60
    while not work.is_over:
        assert time.monotonic() < last
        time.sleep(0.01)
    return work


def nothing(_tell: Tell) -> None:
    """Work that is done at once."""


def test_what_is_under_way_is_not_begun_again_and_others_wait_for_it() -> None:
    behind, go, begun = Behind(), Event(), []

    def slow(tell: Tell) -> None:
        begun.append("slow")
        tell(1, 4)
        go.wait(30)

    first = behind.work("one", slow)
    second = behind.work("two", lambda _tell: begun.append("two"))
    assert behind.work("one", slow) is first
    while not first.many:
        time.sleep(0.01)
    assert (first.done, first.many, first.share) == (1, 4, 0.25)
    assert begun == ["slow"]
    go.set()
    ended(second)
    assert begun == ["slow", "two"]


def test_a_refusal_is_given_once_and_then_it_is_begun_again() -> None:
    behind = Behind()

    def refused(_tell: Tell) -> None:
        raise Unsolvable("No choice was found in time.", is_conflict=False)

    first = ended(behind.work("one", refused))
    assert "No choice" in str(first.refused)
    assert behind.work("one", nothing) is first
    assert ended(behind.work("one", nothing)).refused is None


def test_what_nobody_thought_of_is_told_and_stops_nothing_that_waits(caplog: pytest.LogCaptureFixture) -> None:
    behind = Behind()

    def broken(_tell: Tell) -> None:
        raise ZeroDivisionError

    assert "ZeroDivisionError" in str(ended(behind.work("one", broken)).refused)
    assert ended(behind.work("two", nothing)).refused is None
    assert "could not be worked out" in caplog.text


@pytest.fixture
def pool(store: Store) -> Pool:
    for title in ("Kiln", "Ferry", "Loom"):
        store.create(proposal(UNCERTAIN, title=title), "Ana")
    return pool_of(store, rows_of(store, Filters(display="EUR")), "EUR")


def test_a_part_that_was_worked_out_is_there_for_everybody_and_the_others_stay(pool: Pool) -> None:
    scenario = Scenario(budget=[50_000.0])
    studied(pool, scenario, [Part.PRICES])
    assert not is_ready(pool, scenario, Part.FORCE)
    work = ended(worked_out(pool, scenario, Part.FORCE))
    assert (work.done, work.many) == (3, 3)
    assert is_ready(pool, scenario, Part.FORCE)
    assert is_ready(pool, scenario, Part.PRICES)
    assert not is_ready(pool, Scenario(budget=[60_000.0]), Part.FORCE)
    assert all(line.other_way is not None for line in studying.studied(pool, scenario).lines)
