"""A process that is killed between a try and its acknowledgement, again and again, on one database."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from db import Store, open_store
from scoping import read
from tests.hostile.documents import few_draws

# Forked: a new interpreter takes a second to begin, and a thousand of them too long.
_PROCESSES = multiprocessing.get_context("fork")

_LONGEST_SECONDS = 0.06


@dataclass(frozen=True)
class Killed:
    """One process that was killed: what it wrote on, and the last save that it had been told of."""

    identity: str
    acknowledged: int


def by_hand(numbers: range) -> list[str]:
    """Many kills, and then what the database says."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/killed.db"
        open_store(url).close()
        ended = [kill_one(url, number) for number in numbers]
        store = open_store(url)
        wrong = lost(store, ended)
        saves = sum(each.acknowledged for each in ended)
        store.close()
    print(f"{len(ended):,} kills, {saves:,} saves acknowledged, {len(wrong)} wrong")
    return wrong


def kill_one(url: str, number: int) -> Killed:
    """Let a process write, and kill it at a moment of chance."""
    heard, tells = _PROCESSES.Pipe(duplex=False)
    writer = _PROCESSES.Process(target=_write, args=(url, tells))
    writer.start()
    tells.close()
    identity = heard.recv()
    time.sleep(random.Random(number).uniform(0, _LONGEST_SECONDS))
    writer.kill()
    writer.join()
    return Killed(identity, _last(heard))


def _write(url: str, tells: Connection) -> None:
    store = open_store(url, few_draws)
    saved = store.create(read({"title": "0"}), "writer")
    tells.send(saved.id)
    while True:
        later = read({"title": str(saved.version), "summary": "x" * 5_000})
        saved = store.save(saved.id, later, saved.version, "writer")
        tells.send(int(later.title))


def _last(heard: Connection) -> int:
    last = 0
    with suppress(EOFError, OSError):
        while True:
            last = heard.recv()
    return last


def lost(store: Store, ended: list[Killed]) -> list[str]:
    """What was acknowledged and is not there, and where the audit trail is broken."""
    wrong = []
    for each in ended:
        saved = store.get(each.identity)
        # The last try may have been written before its acknowledgement was.
        if int(saved.proposal.title) not in (each.acknowledged, each.acknowledged + 1):
            wrong.append(f"{each.identity}: acknowledged {each.acknowledged}, there is {saved.proposal.title}")
        if store.revisions(each.identity).total != saved.version:
            wrong.append(f"{each.identity}: {saved.version} versions, {store.revisions(each.identity).total} kept")
    trail = store.check_trail()
    return wrong if trail.is_whole else [*wrong, f"the audit trail is broken: {trail}"]
