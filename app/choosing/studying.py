"""Studies of a choice, kept for all sessions: asked for again, or for one part more, nothing is worked out twice."""

from __future__ import annotations

from collections.abc import Collection

from app.choosing.behind import BEHIND, Work
from app.choosing.pool import Pool, within
from app.session.bounded import Kept
from scoping.portfolio.asking import Tell
from scoping.portfolio.scenario import Scenario
from scoping.portfolio.study import Part, Study, extended, study
from scoping.reports.chosen import Result
from scoping.reports.chosen.telling import result_of

_KEPT = 12
_Key = tuple[str, ...]


_kept: Kept[_Key, Study] = Kept(_KEPT)


def studied(pool: Pool, scenario: Scenario, parts: Collection[Part] = ()) -> Study:
    """The choice among the pool, with those parts. Raises PortfolioRefused, Unsolvable."""
    meant, _ = within(scenario, {each.name for each in pool.candidates})
    key = _key(pool, meant)
    found = _kept.get(key) or study(pool.candidates, meant.limits(), meant.risk(), meant.settings())
    found = extended(found, *(each for each in Part if each in parts))
    _kept.put(key, found)
    return found


def is_ready(pool: Pool, scenario: Scenario, part: Part) -> bool:
    """Whether a part is there already."""
    meant, _ = within(scenario, {each.name for each in pool.candidates})
    found = _kept.get(_key(pool, meant))
    return found is not None and part in found.parts


def worked_out(pool: Pool, scenario: Scenario, part: Part) -> Work:
    """A part that is being worked out behind the page; `is_ready` afterwards, unless it was refused."""
    meant, _ = within(scenario, {each.name for each in pool.candidates})
    key = _key(pool, meant)

    def make(tell: Tell) -> None:
        found = _kept.get(key) or studied(pool, scenario)
        _kept.put(key, extended(found, part, tell=tell))

    return BEHIND.work((key, part), make)


def result(pool: Pool, scenario: Scenario, parts: Collection[Part] = ()) -> Result:
    """What came out, as it is told and kept. Raises PortfolioRefused, Unsolvable."""
    return result_of(studied(pool, scenario, parts), pool.titles, pool.without_rate)


def _key(pool: Pool, scenario: Scenario) -> _Key:
    """The same proposals at the same versions and rates, under the same settings."""
    rows = (f"{row.id}:{row.version}:{row.content_hash}:{row.rate}" for row in pool.rows.values())
    return (pool.currency, scenario.model_dump_json(exclude_defaults=True), *rows)
