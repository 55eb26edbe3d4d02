"""Values that engines treat each in its own way come out alike on all three."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoping.document.evidence import Profile
from scoping.probe.asked import Roles
from tests.scoping.probe.tables import POSTGRESQL_TYPES, profile_of

ROWS = 240
ROLES = Roles("y", time="t")
TYPES = {
    **POSTGRESQL_TYPES,
    pa.decimal128(38, 10): "numeric(38, 10)",
    pa.decimal128(38, 0): "numeric(38, 0)",
    pa.timestamp("us", tz="UTC"): "timestamptz",
    pa.int16(): "smallint",
}


def _cycle(values: list[Any], kind: pa.DataType) -> pa.Array:
    return pa.array([values[each % len(values)] for each in range(ROWS)], kind)


def nasty() -> pa.Table:
    """Ends of every type, zeros of both signs, times before 1900, and text that nearly is a number or a time."""
    inf, nan = float("inf"), float("nan")
    days = [
        date(1899, 12, 31),
        date(1, 1, 1),
        date(1582, 10, 4),
        date(1582, 10, 15),
        date(2000, 2, 29),
        date(9999, 12, 31),
    ]
    texts = [
        "a",
        "a ",
        " a",
        "",
        "  ",
        "A",
        "ä",
        "a\u0308",
        "\u00a0",
        "\u200b",
        "🙂",
        "\t",
        "a\nb",
        "ß",
        "SS",
        "İ",
        None,
    ]
    return pa.table(
        {
            "y": _cycle(["yes", "no", "no"], pa.string()),
            "t": pa.array(
                [datetime(1890, 1, 1) + timedelta(days=each * 60, seconds=each) for each in range(ROWS)],
                pa.timestamp("us"),
            ),
            "zero": _cycle([0.0, -0.0, 1.0, nan, None], pa.float64()),
            "ends": _cycle([inf, -inf, nan, 1e308, -1e308, 5e-324, 1.0, 2.0, None], pa.float64()),
            "tiny": _cycle([5e-324, 1e-310, -5e-324, 2e-308], pa.float64()),
            "short": _cycle([inf, nan, 3.4e38, 1e-45, 0.1, -0.0], pa.float32()),
            "wide": _cycle(
                [Decimal("1234567890123456789012345678.0123456789"), Decimal("-0.0000000001"), Decimal(0), None],
                pa.decimal128(38, 10),
            ),
            "vast": _cycle([Decimal(10**37), Decimal(-(10**37) + 1), Decimal(1)], pa.decimal128(38, 0)),
            "long": _cycle([2**63 - 1, -(2**63), 0, 2**53 + 1], pa.int64()),
            "small": _cycle([32767, -32768, 0], pa.int16()),
            "text": _cycle(texts, pa.string()),
            "day": _cycle(days, pa.date32()),
            "zoned": pa.array(
                [datetime(2021, 3, 28, 0, 30, tzinfo=UTC) + timedelta(hours=each) for each in range(ROWS)],
                pa.timestamp("us", tz="UTC"),
            ),
            "old": _cycle(
                [
                    datetime(1850, 1, 1, 12),
                    datetime(1582, 10, 10),
                    datetime(1, 1, 1),
                    datetime(1999, 12, 31, 23, 59, 59, 999999),
                ],
                pa.timestamp("us"),
            ),
            "written": _cycle(["1.5", " 2.5", "2.50 ", "-0", "+3", "1e3", ".5", "5.", "1E+2", "0.1e-5"], pa.string()),
            "kinds": _cycle(["NaN", "1", "2", "3", "null", "Infinity", "inf", "7"], pa.string()),
            "digits": _cycle(["１２", "٣", "1", "2", "3", "4", "5", "6", "7"], pa.string()),
            "spaced": _cycle(["\u00a01", "2\u00a0", "\t3", "4\n", "5", "6", "7", "8", "9", "10"], pa.string()),
            "dated": _cycle(
                [
                    "1899-12-31",
                    "0001-01-01",
                    "1900-02-29",
                    "2000-02-29",
                    "2020-13-01",
                    "2020-01-01 24:00:00",
                    "2020-06-30T23:59:60Z",
                    "2020-01-01 10:00:00.123456789+05:30",
                    "31.12.1850",
                    "01.01.2020 7:05",
                    "2021-03-28 02:30:00",
                ],
                pa.string(),
            ),
            "slashes": _cycle(["01/02/2020", "13/02/2020", "02/13/2020", "1/1/1700"], pa.string()),
            "zeros": _cycle(["007", "012", "1", "2"], pa.string()),
            "comma": _cycle(["1.234,5", "2,5", "3", "1.000"], pa.string()),
            "truth": _cycle(["True", "false", "TRUE", "0", "1"], pa.string()),
            "bools": _cycle([True, False, None], pa.bool_()),
            "big": _cycle(["12345678901234567890", "1", "99999999999999999999999", "2"], pa.string()),
            "e": _cycle(["1e99", "1e5", "-1e99", "1e-99", "2"], pa.string()),
        }
    )


@pytest.fixture(scope="module")
def in_file(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    folder = tmp_path_factory.mktemp("nasty")
    pq.write_table(nasty(), folder / "t.parquet")
    return profile_of(str(folder / "t.parquet"), folder / "probe", ROLES)


def _different(one: Profile, other: Profile) -> list[str]:
    found = [f"{a.name}: {a!r} / {b!r}" for a, b in zip(one.told, other.told, strict=True) if a != b]
    same = one.model_copy(update={"told": []}) == other.model_copy(update={"told": []})
    return found + (
        [] if same else [f"{one.model_copy(update={'told': []})!r} / {other.model_copy(update={'told': []})!r}"]
    )


def test_postgresql_says_what_duckdb_says(postgresql: Any, in_file: Profile, tmp_path: Path) -> None:
    url = str(postgresql.get_uri())
    table = nasty()
    columns = ", ".join(f'"{field.name}" {TYPES[field.type]}' for field in table.schema)
    with psycopg.connect(url) as connection:
        connection.execute(f"CREATE TABLE nasty ({columns})")
        with connection.cursor().copy("COPY nasty FROM STDIN") as copy:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                copy.write_row(row)
    assert _different(in_file, profile_of(f"{url}#public.nasty", tmp_path / "probe", ROLES)) == []


def test_spark_says_what_duckdb_says(spark: Any, in_file: Profile, tmp_path: Path) -> None:
    pq.write_table(nasty(), tmp_path / "t.parquet")
    assert _different(in_file, profile_of(f"spark://local[1]/{tmp_path}/t.parquet", tmp_path / "probe", ROLES)) == []
