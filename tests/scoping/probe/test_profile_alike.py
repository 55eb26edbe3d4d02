"""The profile is the same on DuckDB, PostgreSQL and Spark, to the last digit that is told; and it is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoping.document.evidence import ColumnProfile, Profile
from scoping.document.evidence.profile import QUANTILE_LEVELS
from scoping.probe.asked import Roles
from tests.scoping.probe.tables import everything, into_postgresql, profile_of

ROLES = Roles("outcome", time="when", personal=("born",))
ROWS = 600


@pytest.fixture(scope="module")
def table() -> pa.Table:
    return everything(ROWS)


@pytest.fixture(scope="module")
def in_file(table: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    folder = tmp_path_factory.mktemp("file")
    pq.write_table(table, folder / "t.parquet")
    return profile_of(str(folder / "t.parquet"), folder / "probe", ROLES)


def test_postgresql_says_what_duckdb_says(postgresql: Any, in_file: Profile, table: pa.Table, tmp_path: Path) -> None:
    url = str(postgresql.get_uri())
    into_postgresql(url, "everything", table)
    assert profile_of(f"{url}#public.everything", tmp_path / "probe", ROLES) == in_file
    separator = "&" if "?" in url else "?"
    assert profile_of(f"{url}{separator}table=everything", tmp_path / "again", ROLES) == in_file


def test_spark_says_what_duckdb_says(spark: Any, in_file: Profile, table: pa.Table, tmp_path: Path) -> None:
    pq.write_table(table, tmp_path / "t.parquet")
    assert profile_of(f"spark://local[1]/{tmp_path}/t.parquet", tmp_path / "probe", ROLES) == in_file


def _told(profile: Profile, name: str) -> ColumnProfile:
    return next(each for each in profile.told if each.name == name)


@pytest.mark.parametrize("name", ["amount", "holey", "short", "count", "price"])
def test_numbers_are_those_of_numpy(in_file: Profile, table: pa.Table, name: str) -> None:
    values = np.array([float(each) for each in table[name].to_pylist() if each is not None])
    told = _told(in_file, name)
    assert told.missing == ROWS - len(values)
    assert told.distinct == len(set(values))
    assert told.mean == pytest.approx(values.mean(), rel=1e-11)
    assert told.standard_deviation == pytest.approx(values.std(ddof=1), rel=1e-5)
    assert told.quantiles == pytest.approx(np.quantile(values, QUANTILE_LEVELS), rel=1e-11)


def test_a_spread_far_smaller_than_its_numbers_is_found(tmp_path: Path) -> None:
    rows = 1_001
    values = [1e9 + each * 1e-3 for each in range(rows)]
    pq.write_table(pa.table({"x": values, "y": [each % 2 for each in range(rows)]}), tmp_path / "t.parquet")
    told = _told(profile_of(str(tmp_path / "t.parquet"), tmp_path / "probe", Roles("y")), "x")
    # The variance of 0, 1, ..., n - 1 is n (n + 1) / 12.
    assert told.standard_deviation == pytest.approx(1e-3 * (rows * (rows + 1) / 12) ** 0.5, rel=1e-7)


def test_text_that_holds_numbers_is_read_and_the_rest_counted(in_file: Profile, table: pa.Table) -> None:
    mixed = _told(in_file, "mixed")
    values = [int(each) for each in table["mixed"].to_pylist() if each != "n/a"]
    assert (mixed.type, mixed.mixed) == ("number", ROWS - len(values))
    assert mixed.mean == pytest.approx(float(np.mean(values)), rel=1e-11)
    german = [float(each.replace(",", ".")) for each in table["german"].to_pylist()]
    assert _told(in_file, "german").mean == pytest.approx(float(np.mean(german)), rel=1e-11)


def test_dates_in_several_forms_are_read_and_the_rest_counted(in_file: Profile, table: pa.Table) -> None:
    written = _told(in_file, "written")
    unreadable = sum(each in ("no date", "2023-02-30") for each in table["written"].to_pylist())
    assert (written.type, written.mixed, written.missing) == ("time", unreadable, 0)


def test_a_personal_column_is_told_by_name_alone(in_file: Profile) -> None:
    assert _told(in_file, "born") == ColumnProfile(name="born", is_personal=True)


def test_time_is_told_with_its_longest_gap(in_file: Profile) -> None:
    assert in_file.coverage is not None
    assert in_file.coverage.first.startswith("2021-03-01T")
    assert 40 < in_file.coverage.longest_gap_days < 47
    assert in_file.coverage.usual_gap_days < 3


def test_classes_and_empty_text(in_file: Profile, table: pa.Table) -> None:
    outcome = table["outcome"].to_pylist()
    assert in_file.classes is not None
    assert in_file.classes.counts == sorted((outcome.count("yes"), outcome.count("no")), reverse=True)
    assert _told(in_file, "shop").missing == table["shop"].to_pylist().count("")
    assert _told(in_file, "nothing").type == "empty"
    assert _told(in_file, "id").is_identifier_like
    assert not _told(in_file, "amount").is_identifier_like


@pytest.mark.parametrize("seed", range(3))
def test_drift_is_that_of_its_definition(tmp_path: Path, seed: int) -> None:
    draw = np.random.default_rng(seed)
    rows = 2_000
    x = draw.normal(size=rows) + np.linspace(0, 1.5, rows)
    x[draw.random(rows) < 0.1] = np.nan
    table = pa.table({"x": pa.array(x, from_pandas=True), "t": range(rows), "y": [each % 2 for each in range(rows)]})
    pq.write_table(table, tmp_path / "t.parquet")
    drift = _told(profile_of(str(tmp_path / "t.parquet"), tmp_path / "probe", Roles("y", time="t")), "x").drift
    assert drift is not None
    before, after = x[:200], x[-200:]
    edges = np.nanquantile(before, np.arange(1, 10) / 10)
    shares = [_shares(part, edges) for part in (before, after)]
    expected = float(((shares[0] - shares[1]) * np.log(shares[0] / shares[1])).sum())
    assert drift.population_stability_index == pytest.approx(expected, rel=1e-9)
    assert drift.population_stability_index > 0.25


def _shares(part: Any, edges: Any) -> Any:
    filled = part[~np.isnan(part)]
    counts = np.array([*np.bincount(np.searchsorted(edges, filled, side="left"), minlength=10), np.isnan(part).sum()])
    return (counts + 0.5) / (counts + 0.5).sum()


def test_rows_that_repeat_others_are_counted(tmp_path: Path) -> None:
    table = pa.table({"x": [1, 1, 2, 2, 2, None, None], "y": [0, 0, 1, 1, 0, 1, 1]})
    pq.write_table(table, tmp_path / "t.parquet")
    assert profile_of(str(tmp_path / "t.parquet"), tmp_path / "probe", Roles("y")).duplicates == 3
