"""What there is to choose among: proposals of the Store as candidates, each valued once for every version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.choosing.kept import Kept
from db import MOST_ROWS, Filters, Listed, Store
from scoping.portfolio import Candidate, candidate_of
from scoping.portfolio.scenario import Scenario
from scoping.portfolio.spelling import spellings

MOST = 1_000
"""So many proposals are chosen among; who has more filters them."""
_KEPT = 1_200
_Key = tuple[str, str, int, float]
_kept: Kept[_Key, Candidate] = Kept(_KEPT)
Progress = Callable[[int, int], None]


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


def pool_of(store: Store, rows: Mapping[str, Listed], currency: str, progress: Progress | None = None) -> Pool:
    """The proposals as candidates; `progress` is told how many of them are valued."""
    known = dict(islice(rows.items(), MOST))
    counted = [row for row in known.values() if row.rate is not None]
    candidates = []
    for done, row in enumerate(counted, start=1):
        candidates.append(_candidate(store, row))
        if progress is not None:
            progress(done, len(counted))
    return Pool(known, tuple(candidates), currency, is_cut=len(rows) > MOST)


def unvalued(store: Store, rows: Mapping[str, Listed]) -> int:
    """How many of them nobody has valued yet at this version and rate: each takes about a second."""
    return sum(row.rate is not None and _key(store, row) not in _kept for row in rows.values())


def _candidate(store: Store, row: Listed) -> Candidate:
    """The same for everybody who may see it: the simulation's seed is the same everywhere."""

    def make() -> Candidate:
        return candidate_of(store.revision(row.id, row.version).proposal, row.id, row.rate or 1.0)

    return _kept.found(_key(store, row), make)


def _key(store: Store, row: Listed) -> _Key:
    return store.description, row.id, row.version, row.rate or 1.0


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
