"""Alive and ready: both answer in time, whatever the database does, however many ask."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from app.api.health import Readiness, state_of
from db import DatabaseNotReady
from tests.loops import run


async def _asked_by(many: int, readiness: Readiness, deadline: float) -> list[tuple[int, str]]:
    found = await asyncio.gather(*(state_of(readiness, deadline) for _ in range(many)))
    return [(each.status_code, json.loads(bytes(each.body)).get("error", "")) for each in found]


def test_a_database_that_hangs_is_told_in_time_and_asked_once() -> None:
    released, asked = threading.Event(), []

    def hang() -> None:
        asked.append(threading.current_thread().name)
        # Who waits for it instead of the deadline is told 200, later.
        released.wait(60)

    readiness = Readiness(hang)
    assert set(run(_asked_by(200, readiness, 0.3))) == {(503, "The database does not answer.")}
    assert run(_asked_by(1, readiness, 0.1)) == [(503, "The database does not answer.")]
    assert asked == ["readiness"]
    released.set()
    readiness.asked().result(60)
    assert run(_asked_by(1, readiness, 60)) == [(200, "")]
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DatabaseNotReady("The disk is full."), "The disk is full."),
        (ZeroDivisionError("what somebody typed"), "The database cannot be asked: ZeroDivisionError."),
    ],
)
def test_why_it_is_not_ready_is_told(error: Exception, said: str) -> None:
    def fail() -> None:
        raise error

    assert run(_asked_by(1, Readiness(fail), 60)) == [(503, said)]
