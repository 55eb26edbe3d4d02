"""What a probe reads and what it refuses: always in words, and nothing is read as something else without saying so."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping.errors import SourceRefused
from scoping.probe.asked import Asked, Limits, Roles
from scoping.probe.drawing import drawn
from scoping.probe.profile import Tidy, counted, profiled, tidy
from scoping.probe.sample import Sample
from scoping.probe.sources import opened
from scoping.probe.sources.engine import engine
from scoping.probe.sources.names import named
from scoping.probe.tasking import settled_task
from tests.scoping.probe import nasty
from tests.scoping.probe.tables import into_postgresql


def sampled(asked: Asked, folder: Path) -> tuple[Sample, Tidy, list[str]]:
    """The sample of a source, how its columns were read, and what was said of the reading."""
    with opened(asked, folder) as source:
        tidied = tidy(source, asked.roles.personal)
        counts = counted(tidied, asked.roles)
        sample = drawn(source, tidied, counts, asked, settled_task(counts, asked))
        return sample, tidied, [*source.remarks, *tidied.remarks]


def _read(path: Path, folder: Path, **roles: Any) -> tuple[Sample, Tidy, list[str]]:
    return sampled(Asked(str(path), Roles("y", **roles)), folder)


@pytest.mark.parametrize("name", nasty.REFUSED)
def test_what_cannot_be_read_is_refused_in_words(name: str, tmp_path: Path, folder: Path) -> None:
    make, said = nasty.REFUSED[name]
    with pytest.raises(SourceRefused) as refused:
        _read(make(tmp_path), folder)
    assert said in str(refused.value)
    assert str(tmp_path) not in str(refused.value), "a name says enough; where it lies is nobody's business"


def test_a_pickle_is_not_opened(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(SourceRefused):
        _read(nasty.pickled(tmp_path), folder)
    assert not (tmp_path / "harmed").exists()


@pytest.mark.parametrize("name", nasty.READ)
def test_what_is_unusual_is_read(name: str, tmp_path: Path, folder: Path) -> None:
    sample, _, _ = _read(nasty.READ[name](tmp_path), folder)
    assert sample.table.num_rows >= 41
    assert list(sample.row_numbers[:3]) == [1, 2, 3]


@pytest.mark.parametrize(
    "name", ["BOM", "UTF-16", "semicolons", "tabs", "bars", "decimal commas", "old Mac", "Windows"]
)
def test_however_it_is_written_it_is_the_same_table(name: str, tmp_path: Path, folder: Path) -> None:
    (folder / "plain").mkdir()
    plain = _read(nasty.READ["plain"](folder), folder / "plain")[0]
    assert _read(nasty.READ[name](tmp_path), folder)[0].table == plain.table


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("Latin-1", "read_as_latin_1"),
        ("UTF-16", "read_as_utf_16"),
        ("semicolons", "delimiter_semicolon"),
        ("decimal commas", "numbers_comma"),
        ("duplicate names", "names_numbered"),
        ("no name", "names_missing"),
    ],
)
def test_how_it_was_read_is_said(name: str, remark: str, tmp_path: Path, folder: Path) -> None:
    assert remark in _read(nasty.READ[name](tmp_path), folder)[2]


def test_a_workbook_gives_values_of_its_first_sheet_or_of_the_one_that_is_named(tmp_path: Path, folder: Path) -> None:
    path = nasty.workbook(tmp_path)
    sample, tidied, _ = _read(path, folder)
    assert [each.type for each in tidied.columns] == ["number", "time", "empty", "text", "text"]
    assert sample.table["amount"][2].as_py() == 1
    with pytest.raises(SourceRefused, match="no rows"):
        sampled(Asked(f"{path}#Other", Roles("y")), folder)
    with pytest.raises(SourceRefused, match=r"has no sheet Third. It has: Sheet, Other"):
        sampled(Asked(f"{path}#Third", Roles("y")), folder)


def test_json_objects_are_flattened_and_keys_may_come_late(tmp_path: Path, folder: Path) -> None:
    sample, _, _ = _read(nasty.json_lines(tmp_path), folder)
    assert sample.table.column_names == ["a", "who.age", "who.of.town", "y", "late", "tags"]
    assert sample.table["late"].to_pylist() == [None] * 40 + ["yes"]


@pytest.mark.parametrize(
    ("values", "read", "remark"),
    [
        (["1", "2.5", "-3e2", ""], [1.0, 2.5, -300.0, None], None),
        (["1,5", "1.234,5", "7"], [1.5, 1234.5, 7.0], "numbers_comma"),
        (["1,234", "12,345.5", "7"], [1234.0, 12345.5, 7.0], "numbers_thousands"),
        (["1,234", "5,678", "9,000"], [1234.0, 5678.0, 9000.0], "numbers_ambiguous"),
        (["1", "2", "3", "NA", "NaN"], [1, 2, 3, None, None], None),
        (["1", "2", "3", "n/a"], [1, 2, 3, None], None),
        (["007", "123", "456"], ["007", "123", "456"], None),
        (["1", "b", "c"], ["1", "b", "c"], None),
        (["9" * 30, "1"], [float("9" * 30), 1.0], None),
    ],
)
def test_numbers_in_text(values: list[str], read: list[Any], remark: str | None, tmp_path: Path, folder: Path) -> None:
    sample, _, remarks = _column(values, tmp_path, folder)
    assert sample == read
    assert remark in remarks if remark else not remarks


@pytest.mark.parametrize(
    ("values", "read", "remark"),
    [
        (["2024-02-29", "2023-02-29"], [datetime(2024, 2, 29), None], None),
        (["31.12.2023 23:59", "31.11.2023"], [datetime(2023, 12, 31, 23, 59), None], None),
        (["13/02/2024", "01/02/2024"], [datetime(2024, 2, 13), datetime(2024, 2, 1)], "dates_day_first"),
        (["02/13/2024", "01/02/2024"], [datetime(2024, 2, 13), datetime(2024, 1, 2)], "dates_month_first"),
        (["03/04/2024", "01/02/2024"], [datetime(2024, 4, 3), datetime(2024, 2, 1)], "dates_ambiguous"),
        (["13/02/2024", "02/13/2024"], [datetime(2024, 2, 13), None], "dates_contradict"),
        (["2024-01-01T00:30:00+02:00"], [datetime(2023, 12, 31, 22, 30)], None),
        (["2024-01-01T12:00:00Z"], [datetime(2024, 1, 1, 12)], None),
        (["2024-01-01 00:30:00.5", "1899-12-31"], [datetime(2024, 1, 1, 0, 30), datetime(1899, 12, 31)], None),
        (["2100-02-29", "2000-02-29"], [None, datetime(2000, 2, 29)], None),
    ],
)  # fmt: skip
def test_times_in_text(values: list[str], read: list[Any], remark: str | None, tmp_path: Path, folder: Path) -> None:
    found, types, remarks = _column(values, tmp_path, folder)
    assert types == "time"
    assert found == read
    assert remarks == ([remark] if remark else [])


def _column(values: list[str], tmp_path: Path, folder: Path) -> tuple[list[Any], str, list[str]]:
    lines = [f'"{value}"|{label}' for label in (0, 1, 0, 1) for value in values]
    (tmp_path / "a.csv").write_text("\n".join(["x|y", *lines]) + "\n", encoding="utf-8")
    sample, tidied, remarks = _read(tmp_path / "a.csv", folder)
    return (
        sample.table["x"].to_pylist()[: len(values)],
        tidied.columns[0].type,
        [each for each in remarks if each != "delimiter_bar"],
    )


def test_a_sample_is_the_same_for_a_seed_and_in_order(tmp_path: Path, folder: Path) -> None:
    rows = 5_000
    y = [None if each % 10 == 0 else each % 2 for each in range(rows)]
    pq.write_table(pa.table({"x": range(rows), "y": y}), tmp_path / "t.parquet")

    def draw(seed: int, name: str) -> Sample:
        (folder / name).mkdir()
        limits = Limits(rows_for_models=1_000)
        return sampled(Asked(str(tmp_path / "t.parquet"), Roles("y"), seed=seed, limits=limits), folder / name)[0]

    first, again, other = draw(1, "a"), draw(1, "b"), draw(2, "c")
    assert first.table == again.table
    assert first.table != other.table
    assert len(first.row_numbers) == first.table.num_rows == 1_000
    assert [each - 1 for each in first.row_numbers] == first.table["x"].to_pylist()
    assert (first.row_numbers[1:] > first.row_numbers[:-1]).all()
    assert first.table["y"].null_count == 0
    # The mean of 1,000 of 5,000 row numbers lies within five standard errors of theirs.
    assert abs(first.row_numbers.mean() - rows / 2) < 5 * rows / (12 * 1_000) ** 0.5


@pytest.mark.parametrize(
    ("values", "asked", "task"),
    [
        ([0, 1] * 20, None, "classification"),
        ([True, False] * 20, None, "classification"),
        (["a", "b"] * 20, None, "classification"),
        ([1.0, 2.0, None, 1.0] * 10, None, "classification"),
        ([1, 2, 3, 4, 5] * 8, None, "classification"),
        (range(40), None, "regression"),
        ([0.5, 0.25] * 20, None, "regression"),
        ([0, 1] * 20, "regression", "regression"),
    ],
)
def test_the_target_suggests_a_task(values: Any, asked: Any, task: str, tmp_path: Path, folder: Path) -> None:
    pq.write_table(pa.table({"x": range(40), "y": values}), tmp_path / "t.parquet")
    assert sampled(Asked(str(tmp_path / "t.parquet"), Roles("y"), task=asked), folder)[0].task == task


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (Roles("y", time="when"), "There is no column when"),
        (Roles("y", time="shop"), "shop holds no times"),
        (Roles("y", time="y"), "must be different columns"),
        (Roles("y", personal=("y",)), "cannot be personal"),
        (Roles("y", positive="maybe"), "no class maybe, but 2 others"),
        (Roles("Y"), "Do you mean y"),
        (Roles(""), "Say which column is the target"),
    ],
)
def test_roles_that_do_not_fit_are_refused(roles: Roles, said: str, tmp_path: Path, folder: Path) -> None:
    path = nasty.READ["plain"](tmp_path)
    with pytest.raises(SourceRefused, match=said):
        sampled(Asked(str(path), roles), folder)


def test_a_first_row_of_data_in_place_of_names_is_not_told(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("".join(f"{each}.5,Jane Doe {each},no\n" for each in range(40)))
    with pytest.raises(SourceRefused, match="first line looks like a row of data") as refused:
        sampled(Asked(str(path), Roles("y")), folder)
    assert "Jane" not in str(refused.value)


def test_numbers_too_large_to_square_count_as_missing(tmp_path: Path, folder: Path) -> None:
    large = [1.7e308, -1.7e308, 1e200] + [float(each) for each in range(57)]
    path = nasty.parquet("t.parquet", pa.table({"a": large, "y": ["n", "s"] * 30}))(tmp_path)
    asked = Asked(str(path), Roles("y"))
    with opened(asked, folder) as source:
        tidied = tidy(source)
        profile = profiled(source, tidied, counted(tidied, asked.roles), asked, "classification")
    assert (profile.told[0].missing, profile.told[0].mean) == (3, 28.0)


@pytest.mark.long
@given(st.lists(st.text(max_size=230), min_size=1, max_size=12))
def test_every_column_has_a_name_of_its_own(given_names: list[str]) -> None:
    try:
        names, _ = named(given_names, Roles(""))
    except SourceRefused:
        assert len(given_names) > 1, "only a header of numbers is refused"
        return
    assert len(set(names)) == len(names) == len(given_names)
    assert all(0 < len(name) <= 200 for name in names)


def test_the_engine_reads_the_one_file_and_nothing_else(tmp_path: Path, folder: Path) -> None:
    mine, other = nasty.READ["Parquet"](tmp_path), tmp_path / "other.csv"
    other.write_text("a\n1\n", encoding="utf-8")
    with engine(folder, 512, mine) as started:
        assert started.raw.execute(f"SELECT count(*) FROM read_parquet('{mine}')").fetchall() == [(60,)]
        for query in (
            f"SELECT * FROM read_csv('{other}')",
            f"COPY (SELECT 1) TO '{tmp_path}/written.csv'",
            f"ATTACH '{tmp_path}/x.db'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                started.raw.execute(query)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = nasty.READ["plain"](tmp_path)
    path.chmod(0)
    if os.geteuid() == 0:
        # Root may read everything: the system's answer to anybody else.
        monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SourceRefused, match="may not read"):
        _read(path, folder)


def test_a_table_by_url_is_read_and_cannot_be_changed(postgresql: Any, tmp_path: Path, folder: Path) -> None:
    url = str(postgresql.get_uri())
    rows = 200
    table = pa.table(
        {"x": pa.array(range(rows), pa.int64()), 'y"; DROP TABLE t; --': pa.array([0, 1] * 100, pa.int64())}
    )
    into_postgresql(url, "claims", table)
    target = table.column_names[1]
    asked = Asked(f"{url}#claims", Roles(target), limits=Limits(rows_for_models=50))
    sample, _, _ = sampled(asked, folder)
    assert sample.table.num_rows == 50
    assert [each - 1 for each in sample.row_numbers] == sample.table["x"].to_pylist()
    (folder / "again").mkdir()
    assert sampled(asked, folder / "again")[0].table == sample.table
    for wrong, said in (
        ("#claim", "Do you mean|There is: claims"),
        ("#no.claims", "no schema no"),
        ("", "Say which table"),
    ):
        with pytest.raises(SourceRefused, match=said):
            sampled(Asked(url + wrong, Roles(target)), folder)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("mysql://root:secret@h/db#t", "cannot be read by mysql://"),
        ("postgresql://joe:secret@127.0.0.1:1/db#t", "does not answer"),
        ("postgresql://joe:secret@[::1/db#t", "no URL"),
        ("spark://host", "Say which Spark"),
    ],
)
def test_a_url_that_leads_nowhere_says_so_and_keeps_the_password(source: str, said: str, folder: Path) -> None:
    with pytest.raises(SourceRefused, match=said) as refused:
        sampled(Asked(source, Roles("y")), folder)
    assert "secret" not in str(refused.value)


def test_without_pyspark_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(SourceRefused, match=r"pip install 'groundwork\[spark\]'"):
        sampled(Asked("spark://local[1]/t", Roles("y")), folder)


def test_a_table_of_spark_is_found_by_name_or_by_path(spark: Any, tmp_path: Path, folder: Path) -> None:
    pq.write_table(pa.table({"x": range(60), "y": ["a", "b"] * 30}), tmp_path / "t.parquet")
    spark.read.parquet(str(tmp_path / "t.parquet")).createOrReplaceTempView("claims")
    sources: list[Callable[[], str]] = [
        lambda: "spark://local[1]/claims",
        lambda: f"spark://local[1]/{tmp_path}/t.parquet",
    ]
    for at, source in enumerate(sources):
        (folder / str(at)).mkdir()
        sample, _, _ = sampled(Asked(source(), Roles("y")), folder / str(at))
        assert sample.table.num_rows == 60
    for wrong in ("claim", f"{tmp_path}/none.parquet"):
        with pytest.raises(SourceRefused, match=r"There is: claims|finds no data"):
            sampled(Asked(f"spark://local[1]/{wrong}", Roles("y")), folder)
