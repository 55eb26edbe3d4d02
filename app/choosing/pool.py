"""What there is to choose among: proposals of the Store as candidates, each valued once for every version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from app.choosing.valuing import VALUERS, Task
from app.session.bounded import Kept
from db import MOST_ROWS, Filters, Listed, Store, StoreError, Valued
from scoping import write
from scoping.portfolio import Candidate, candidate_of
from scoping.portfolio.candidates import in_money
from scoping.portfolio.keeping import MADE_BY, NotReadable, kept, read_kept
from scoping.portfolio.scenario import Scenario
from scoping.portfolio.spelling import spellings

MOST = 1_000
"""So many proposals are chosen among; who has more filters them."""
_KEPT, _AT_ONCE = 1_200, 200
_Key = tuple[str, str, str]
_kept: Kept[_Key, Candidate] = Kept(_KEPT)
"""By content, in each proposal's own currency: neither a rate nor a restored backup shows old figures."""


class ToValue(Protocol):
    """A proposal as it is now, as far as a choice has to know it; `rate` as in `Listed`."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def version(self) -> int:
        """The version that counts."""
        ...

    @property
    def content_hash(self) -> str:
        """What that version says."""
        ...

    @property
    def rate(self) -> float | None:
        """What one unit of its currency is worth; None where nobody said: then it does not count."""
        ...


Row = TypeVar("Row", bound=ToValue)


@dataclass(frozen=True)
class Pool:
    """Proposals by id, and what they are worth; amounts are in `currency`. `is_cut` says that there are more."""

    rows: Mapping[str, Listed]
    candidates: tuple[Candidate, ...]
    currency: str
    is_cut: bool = False

    @property
    def titles(self) -> dict[str, str]:
        """What each is called."""
        return {identity: row.title for identity, row in self.rows.items()}

    @property
    def versions(self) -> dict[str, int]:
        """The version that each was valued at."""
        return {identity: row.version for identity, row in self.rows.items()}

    @property
    def without_rate(self) -> tuple[str, ...]:
        """Those whose currency nobody gave a rate for."""
        return tuple(identity for identity, row in self.rows.items() if row.rate is None)

    @property
    def roles(self) -> tuple[str, ...]:
        """Whom their plans ask for, as they are first written, those first of whom most work is asked."""
        asked: Counter[str] = Counter()
        for each in self.candidates:
            for option in each.options[:1]:
                asked.update({role: sum(months) for role, months in option.people.items()})
        names = spellings(self.candidates)
        return tuple(names.get(role, role) for role, _ in asked.most_common())

    @property
    def inputs(self) -> dict[str, str]:
        """Inputs that two of the proposals or more have, as the first one writes them, by the names they match by."""
        found: dict[str, str] = {}
        many: Counter[str] = Counter()
        for each in self.candidates:
            simulated = [one.simulated for one in each.options if one.simulated is not None]
            causes = {cause.name: cause.title for one in simulated for cause in one.causes}
            many.update([*causes])
            found = {**causes, **found}
        return {name: title or name for name, title in sorted(found.items()) if many[name] > 1}


def rows_of(store: Store, filters: Filters) -> dict[str, Listed]:
    """The proposals that match; one more than can be chosen among where there are more."""
    found: dict[str, Listed] = {}
    number = 1
    while (page := store.list(filters, page=number, size=MOST_ROWS)).rows and len(found) <= MOST:
        found |= {row.id: row for row in page.rows}
        number += 1
    return dict(islice(found.items(), MOST + 1))


def pool_of(store: Store, rows: Mapping[str, Listed], currency: str) -> Pool:
    """The proposals as candidates; what nobody has valued yet is valued now."""
    known = dict(islice(rows.items(), MOST))
    return Pool(known, tuple(candidates_of(store, known.values())), currency, is_cut=len(rows) > MOST)


def candidates_of(store: Store, rows: Iterable[ToValue]) -> Iterator[Candidate]:
    """Those that count, however many: what is kept of them is read a few at a time, and what is missing valued."""
    counted = (row for row in rows if row.rate is not None)
    while some := [*islice(counted, _AT_ONCE)]:
        unvalued(store, {row.id: row for row in some})
        yield from [_candidate(store, row) for row in some]


def unvalued(store: Store, rows: Mapping[str, Row]) -> dict[str, Row]:
    """Those that count and that nobody has valued yet as they are now; what is kept is read."""
    missing = _missing(store, rows)
    if not missing:
        return missing
    for each in store.valuing.found(missing, MADE_BY):
        with suppress(NotReadable):
            _kept.put(
                (store.description, each.proposal_id, each.content_hash), read_kept(each.content, each.proposal_id)
            )
    return _missing(store, missing)


def value_behind(store: Store, rows: Mapping[str, Listed]) -> None:
    """Have them valued by other processes; nobody waits."""
    VALUERS.ask(_task(store, row) for row in rows.values())


def is_done(store: Store, rows: Mapping[str, Listed]) -> Callable[[], int]:
    """How many of them are valued, or will never be by other processes; it asks no database."""
    keys = {_key(store, row) for row in rows.values()}
    return lambda: sum(key in _kept or key in VALUERS.failed() for key in keys)


def is_being_valued(store: Store, rows: Mapping[str, Listed]) -> bool:
    """Whether somebody asked for them already."""
    return VALUERS.is_at_work(_key(store, row) for row in rows.values())


def without_failed(store: Store, rows: Mapping[str, Listed]) -> dict[str, Listed]:
    """Those that other processes can be asked for; the others are valued where it can be told what fails."""
    failed = VALUERS.failed()
    return {name: row for name, row in rows.items() if _key(store, row) not in failed}


def _missing(store: Store, rows: Mapping[str, Row]) -> dict[str, Row]:
    return {name: row for name, row in rows.items() if row.rate is not None and _key(store, row) not in _kept}


def _task(store: Store, row: ToValue) -> Task:
    """To value a proposal for who may see it, whether they stay or not."""

    def found(content: bytes) -> None:
        _kept.put(_key(store, row), read_kept(content, row.id))
        _keep(store, row, content)

    return Task(_key(store, row), lambda: write(store.revision(row.id, row.version).proposal), found)


def _keep(store: Store, row: ToValue, content: bytes) -> None:
    """For the next start of the program. A database that takes nothing now is no reason to show nothing."""
    with suppress(StoreError):
        store.valuing.keep(Valued(row.id, row.content_hash, content), MADE_BY)


def _candidate(store: Store, row: ToValue) -> Candidate:
    """The same for everybody who may see it: the simulation's seed is the same everywhere."""

    def make() -> Candidate:
        made = candidate_of(store.revision(row.id, row.version).proposal, row.id)
        _keep(store, row, kept(made))
        return made

    return in_money(_kept.found(_key(store, row), make), row.rate or 1.0)


def _key(store: Store, row: ToValue) -> _Key:
    return store.description, row.id, row.content_hash


def within(scenario: Scenario, known: Collection[str]) -> tuple[Scenario, int]:
    """The scenario without the rules about proposals that are not chosen among, and how many those were.

    Of a set the others stay: that at most one of three is done holds of two of them too.
    """
    kept = scenario.model_copy(
        update={
            "must": [each for each in scenario.must if each in known],
            "must_not": [each for each in scenario.must_not if each in known],
            "needs": [pair for pair in scenario.needs if all(each in known for each in pair)],
            "either_or": _sets_within(scenario.either_or, known),
            "groups": _sets_within(scenario.groups, known),
        }
    )
    return kept, _rules(scenario) - _rules(kept)


def _sets_within(sets: Sequence[Sequence[str]], known: Collection[str]) -> list[list[str]]:
    """What is left of each set still holds of those that are left, where they are two or more."""
    left = ([each for each in names if each in known] for names in sets)
    return [names for names in left if len(names) > 1]


def _rules(scenario: Scenario) -> int:
    sets = (scenario.needs, scenario.either_or, scenario.groups)
    return len(scenario.must) + len(scenario.must_not) + sum(len(each) for each in sets)
