"""Beyond a number of rows some figures are estimates: they say so, and keep within the error that is stated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoping.document.evidence import Profile
from scoping.document.evidence.profile import QUANTILE_LEVELS
from scoping.probe import profile as module
from scoping.probe.asked import Roles
from scoping.probe.profile import counting, reading
from tests.scoping.probe.tables import into_postgresql, profile_of

_ROWS, _TWICE, _SKETCHED = 60_000, 3_000, 6_000
# Of a rank, in 999 of 1,000 cases: sqrt(ln(2 / 0.001) / (2 n)), Dvoretzky, Kiefer and Wolfowitz (1956).
_OFF = (np.log(2 / 0.001) / (2 * _SKETCHED * 0.9)) ** 0.5


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same code, without the millions of rows."""
    monkeypatch.setattr(counting, "EXACT_ROWS", 10_000)
    monkeypatch.setattr(reading, "EXACT_ROWS", 10_000)
    monkeypatch.setattr(module, "_SKETCHED", _SKETCHED)
    monkeypatch.setattr(module, "_MANY_DIFFERENT", 1_000)


@pytest.fixture(scope="module")
def table() -> pa.Table:
    draw = np.random.default_rng(2)
    single = draw.normal(size=_ROWS - _TWICE)
    values = np.concatenate([single, single[:_TWICE]])
    return pa.table(
        {
            "x": values,
            "t": pa.array(np.concatenate([np.arange(_ROWS - _TWICE), np.arange(_TWICE)]), pa.int64()),
            "shop": [f"s{int(abs(each) * 1e6) % 7}" for each in values],
            "y": pa.array((values > 0).astype(int), pa.int64()),
        }
    )


def _check(profile: Profile, table: pa.Table) -> None:
    x = next(each for each in profile.told if each.name == "x")
    values = table["x"].to_numpy()
    assert profile.rows == _ROWS
    assert profile.sketched_on == pytest.approx(_SKETCHED, rel=0.1)
    assert x.is_estimated
    assert x.distinct == pytest.approx(_ROWS - _TWICE, rel=0.1)
    assert x.mean == pytest.approx(values.mean(), rel=1e-9)
    assert x.standard_deviation == pytest.approx(values.std(ddof=1), rel=1e-9)
    assert x.quantiles is not None
    ranks = [(values <= each).mean() for each in x.quantiles]
    assert ranks == pytest.approx(QUANTILE_LEVELS, abs=float(_OFF))
    # Whole copies are kept together by a tenth of the values: five standard errors of a binomial count.
    assert profile.duplicates == pytest.approx(_TWICE, abs=5 * 10 * (_TWICE * 0.1 * 0.9) ** 0.5)
    assert profile.classes is not None
    assert sum(profile.classes.counts) == _ROWS


def test_a_file_of_many_rows(table: pa.Table, tmp_path: Path) -> None:
    pq.write_table(table, tmp_path / "t.parquet")
    source = str(tmp_path / "t.parquet")
    first = profile_of(source, tmp_path / "one", Roles("y", time="t"), seed=4)
    _check(first, table)
    assert profile_of(source, tmp_path / "two", Roles("y", time="t"), seed=4) == first, "the same seed, the same rows"


def test_a_table_of_many_rows(postgresql: Any, table: pa.Table, tmp_path: Path) -> None:
    url = str(postgresql.get_uri())
    into_postgresql(url, "many", table)
    _check(profile_of(f"{url}#many", tmp_path / "one", Roles("y", time="t")), table)
