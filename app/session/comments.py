"""Comments on the open proposal as pages and files need them: what each is about now, and how many are open where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from db import Saved, Store, Tally, Thread
from scoping import Proposal, to_dict
from scoping.document.paths import value_at
from scoping.document.specs import spec_at
from scoping.reports import CommentNote, ThreadNote
from scoping.reports.changes import place_told, value_told
from scoping.text.languages import message
from scoping.text.places import WHOLE, is_of_memo, memo_title, places_now

_KEPT_VERSIONS, _KEPT_PLACES = 64, 256


@dataclass(frozen=True)
class About:
    """What a thread is about: in words, where it stands now, and what stood there then and stands there now.

    `now` is None where the row, or the field, is gone; `old` and `new` are empty where it was not changed since.
    """

    words: str
    now: str | None
    has_changed: bool = False
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Placed:
    """How many threads there are about a place, and where that place stands now; None where it is gone."""

    tally: Tally
    now: str | None


@dataclass(frozen=True)
class Tallies:
    """How many threads a proposal has, place by place."""

    found: tuple[Placed, ...] = ()

    @cached_property
    def open_by_place(self) -> Mapping[str, int]:
        """How many are open about each place, as it is called now."""
        counted: Counter[str] = Counter()
        for each in self.found:
            if each.now is not None:
                counted[each.now] += each.tally.open
        return counted

    def within(self, wanted: Callable[[str], bool]) -> Tallies:
        """Those about places of some kind, as they were called when they were written about."""
        return Tallies(tuple(each for each in self.found if wanted(each.tally.place)))

    @property
    def places(self) -> list[str]:
        """What the Store calls those places."""
        return list(dict.fromkeys(each.tally.place for each in self.found))

    @property
    def open(self) -> int:
        """How many are open."""
        return sum(each.tally.open for each in self.found)

    @property
    def resolved(self) -> int:
        """How many are resolved."""
        return sum(each.tally.resolved for each in self.found)


def tallies(store: Store, saved: Saved, shown: Proposal, found: Sequence[Tally]) -> Tallies:
    """All threads of a proposal, counted. `shown` is the document that the pages show. Raises NotFound."""
    written = {version: tuple(each.place for each in found if each.version == version) for version in _versions(found)}
    now = {version: _now(store, saved, shown, places, version) for version, places in written.items()}
    return Tallies(tuple(Placed(each, now[each.version][each.place]) for each in found))


def _versions(found: Iterable[Tally]) -> set[int]:
    return {each.version for each in found}


def about(store: Store, saved: Saved, shown: Proposal, thread: Thread) -> About:
    """What a thread is about. Raises NotFound."""
    if thread.place == WHOLE or is_of_memo(thread.place):
        words = memo_title(thread.place) if thread.place else message("The proposal as a whole")
        return About(words, thread.place)
    then = _at(store, saved.id, thread.version)
    now = _now(store, saved, shown, (thread.place,), thread.version)[thread.place]
    words = place_told(then, thread.place)
    return About(words, now) if now is None else _compared(words, then, shown, thread.place, now)


def thread_notes(store: Store, saved: Saved) -> list[ThreadNote]:
    """All comments on a proposal for a file, the newest thread first. Raises NotFound."""
    return [_note(store, saved, each) for each in _every(store, saved.id)]


def _every(store: Store, identity: str) -> Iterator[Thread]:
    page = store.commenting.threads(identity)
    yield from page.threads
    while page.before is not None:
        page = store.commenting.threads(identity, before=page.before)
        yield from page.threads


def _note(store: Store, saved: Saved, thread: Thread) -> ThreadNote:
    comments = (
        CommentNote(each.by, each.at.date(), each.version, each.text, each.is_taken_back, each.is_verified)
        for each in thread.comments
    )
    return ThreadNote(about(store, saved, saved.proposal, thread).words, thread.is_open, tuple(comments))


def _now(
    store: Store, saved: Saved, shown: Proposal, places: tuple[str, ...], version: int
) -> Mapping[str, str | None]:
    """Where places stand now that were written about at a version."""
    if shown is not saved.proposal:
        # Something waits to be saved: what the pages show is no version yet.
        return places_now(_at(store, saved.id, version), shown, places)
    return _between(saved.id, version, saved.version, places, _Uncompared(store))


def _compared(words: str, then: Proposal, now: Proposal, place: str, place_today: str) -> About:
    before, after = value_at(to_dict(then), place), value_at(to_dict(now), place_today)
    if before == after or not _is_one_value(then, place):
        return About(words, place_today, before != after)
    return About(words, place_today, True, value_told(then, place, before), value_told(now, place_today, after))


def _is_one_value(proposal: Proposal, place: str) -> bool:
    """Whether one value stands there that can be told in a line: no section, and no list of rows."""
    if place.startswith("feasibility.answers."):
        return True
    return spec_at(proposal, place).shape != "other"


class _Uncompared:
    """Carries the store past the cache: what was saved as a version is the same whoever reads it.

    Whoever asks has been let in to the proposal before: its threads were counted or read for them.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Uncompared)

    def __hash__(self) -> int:
        return 0


def _at(store: Store, identity: str, version: int) -> Proposal:
    return _version(identity, version, _Uncompared(store))


@lru_cache(maxsize=_KEPT_VERSIONS)
def _version(identity: str, version: int, carried: _Uncompared) -> Proposal:
    return carried.store.revision(identity, version).proposal


@lru_cache(maxsize=_KEPT_PLACES)
def _between(
    identity: str, then: int, now: int, places: tuple[str, ...], carried: _Uncompared
) -> Mapping[str, str | None]:
    """Rows are followed once for each pair of versions: every run of a page asks."""
    return places_now(_version(identity, then, carried), _version(identity, now, carried), places)
