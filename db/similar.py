"""Proposals that are like a text: one index for all who use this process, and only what a person may see of it.

The index is in memory and catches up before each question with what was saved since, in this process or another one.
It holds the proposals that were saved last, up to a number, so that its memory has a bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, Select, select
from sqlalchemy.orm import Session

from scoping.intake import Likeness, shared_words, text_compared
from scoping.vocabulary import Stage

from .access import Person
from .apart import kept_apart
from .ideas import Similar
from .models import ProposalRow
from .queries import visible_to

MOST_COMPARED = 20_000
"""So many proposals are compared, those that were saved last: some 100 MB at most."""
_AT_ONCE = 500
_LOOKED_AT = 50


class SimilarIndex:
    """The texts of a database's proposals. Threads ask one after the other."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._likeness = Likeness()
        self._versions: dict[str, int] = {}

    def like(self, session: Session, texts: Iterable[str]) -> list[list[str]]:
        """For each text the ids of all proposals that are like it, whoever may see them; the most similar first."""
        with self._lock:
            self._catch_up(session)
            return [[identity for identity, _ in self._likeness.like(text)] for text in texts]

    def _catch_up(self, session: Session) -> None:
        now = {row[0]: row[1] for row in session.execute(_newest_versions())}
        for identity in self._versions.keys() - now.keys():
            self._likeness.drop(identity)
        changed = [identity for identity, version in now.items() if self._versions.get(identity) != version]
        for some in _some(changed, _AT_ONCE):
            for row in session.execute(_texts(some)):
                self._likeness.put(row.id, text_compared(row.title, row.problem or "", row.tags or ()))
        self._versions = now


_INDEXES: WeakKeyDictionary[Pool, SimilarIndex] = WeakKeyDictionary()
_MAKING = Lock()


def index_of(session: Session) -> SimilarIndex:
    """The index of the database that is read: engines with different options share their connections."""
    pool: Any = session.connection().engine.pool
    with _MAKING:
        return _INDEXES.setdefault(pool, SimilarIndex())


def similar_in(session: Session, person: Person, texts: Mapping[str, str], most: int) -> dict[str, tuple[Similar, ...]]:
    """For each text the proposals most like it that the person may see, and the words that they share with it.

    A text is named by the id of its proposal, which is not like itself, or by anything else.
    """
    found = index_of(session).like(session, texts.values())
    return {
        name: tuple(_first(session, person, text, [each for each in like if each != name], most))
        for (name, text), like in zip(texts.items(), found, strict=True)
    }


def _first(session: Session, person: Person, text: str, identities: Sequence[str], most: int) -> list[Similar]:
    found: list[Similar] = []
    for some in _some(identities, _LOOKED_AT):
        found.extend(_seen(session, person, text, some))
        if len(found) >= most:
            break
    return found[:most]


def _seen(session: Session, person: Person, text: str, identities: Sequence[str]) -> Iterator[Similar]:
    wanted = _texts(identities).where(visible_to(person), *kept_apart(session, person))
    rows = {row.id: row for row in session.execute(wanted)}
    for row in (rows[each] for each in identities if each in rows):
        words = shared_words(text, text_compared(row.title, row.problem or "", row.tags or ()))
        yield Similar(row.id, row.title, Stage(row.stage), row.archived, words)


def _newest_versions() -> Select[str, int]:
    newest = ProposalRow.saved_at.desc()
    return select(ProposalRow.id, ProposalRow.version).order_by(newest, ProposalRow.id).limit(MOST_COMPARED)


def _texts(identities: Sequence[str]) -> Select[Any]:
    """What is compared of proposals: the database takes it out of the documents, which may be large."""
    problem = ProposalRow.document["problem"]["statement"].as_string().label("problem")
    tags = ProposalRow.document["tags"].label("tags")
    columns = (ProposalRow.id, ProposalRow.title, ProposalRow.stage, ProposalRow.archived, problem, tags)
    return select(*columns).where(ProposalRow.id.in_([*identities]))


def _some(identities: Sequence[str], many: int) -> Iterator[Sequence[str]]:
    """So many at a time: a statement has a longest list."""
    return (identities[start : start + many] for start in range(0, len(identities), many))
