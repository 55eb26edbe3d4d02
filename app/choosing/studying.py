"""Studies of a choice, kept for all sessions: asked for again, or for one part more, nothing is worked out twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock

from app.choosing.pool import Pool, within
from scoping.portfolio.scenario import Scenario
from scoping.portfolio.study import Part, Study, extended, study
from scoping.reports.chosen import Result
from scoping.reports.chosen.telling import result_of

_KEPT = 12
_Key = tuple[str, ...]


class _Kept:
    """The studies that were asked for last. Two who ask at once may both work: the same comes out."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._studies: OrderedDict[_Key, Study] = OrderedDict()

    def get(self, key: _Key) -> Study | None:
        with self._guard:
            found = self._studies.get(key)
            if found is not None:
                self._studies.move_to_end(key)
            return found

    def put(self, key: _Key, found: Study) -> None:
        with self._guard:
            self._studies[key] = found
            self._studies.move_to_end(key)
            while len(self._studies) > _KEPT:
                self._studies.popitem(last=False)


_kept = _Kept()


def studied(pool: Pool, scenario: Scenario, parts: Collection[Part] = ()) -> Study:
    """The choice among the pool, with those parts. Raises PortfolioRefused, Unsolvable."""
    meant, _ = within(scenario, {each.name for each in pool.candidates})
    key = _key(pool, meant)
    found = _kept.get(key) or study(pool.candidates, meant.limits(), meant.risk(), meant.settings())
    found = extended(found, *(each for each in Part if each in parts))
    _kept.put(key, found)
    return found


def result(pool: Pool, scenario: Scenario, parts: Collection[Part] = ()) -> Result:
    """What came out, as it is told and kept. Raises PortfolioRefused, Unsolvable."""
    return result_of(studied(pool, scenario, parts), pool.titles, pool.without_rate)


def _key(pool: Pool, scenario: Scenario) -> _Key:
    """The same proposals at the same versions and rates, under the same settings."""
    rows = (f"{row.id}:{row.version}:{row.rate}" for row in pool.rows.values())
    return (pool.currency, scenario.model_dump_json(exclude_defaults=True), *rows)
