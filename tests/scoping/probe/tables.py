"""A table with a bit of everything, the same in a file, in PostgreSQL and in Spark."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa

from scoping.document.evidence import Profile
from scoping.probe.asked import Asked, Roles
from scoping.probe.profile import counted, profiled, tidy
from scoping.probe.sources import opened

START = datetime(2021, 3, 1)
POSTGRESQL_TYPES = {
    pa.int64(): "bigint",
    pa.int32(): "integer",
    pa.float64(): "double precision",
    pa.float32(): "real",
    pa.string(): "text",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
    pa.decimal128(12, 2): "numeric(12, 2)",
}


def everything(rows: int = 3_000, seed: int = 5) -> pa.Table:
    """Numbers small, vast and with outliers, text that holds numbers and times, dates with gaps, missing values."""
    draw = np.random.default_rng(seed)
    when = [START + timedelta(seconds=int(each)) for each in draw.integers(0, 600 * 86_400, rows)]
    when = [each + timedelta(days=40) if each > START + timedelta(days=300) else each for each in when]
    wide = np.where(draw.random(rows) < 0.002, 1e12, draw.normal(size=rows))
    holey = [None if miss else float(value) for miss, value in zip(draw.random(rows) < 0.1, wide, strict=True)]
    far = [
        float("nan") if miss else float(value)
        for miss, value in zip(draw.random(rows) < 0.1, wide * 1e-200, strict=True)
    ]
    columns: dict[str, pa.Array] = {
        "id": pa.array(range(10**17, 10**17 + rows), pa.int64()),
        "amount": pa.array(draw.normal(1e6, 1e-3, rows), pa.float64()),
        "holey": pa.array(holey, pa.float64()),
        "far": pa.array(far, pa.float64()),
        "short": pa.array(draw.normal(size=rows), pa.float32()),
        "count": pa.array(draw.poisson(3, rows), pa.int32()),
        "price": pa.array([Decimal(int(each)) / 100 for each in draw.integers(0, 10**9, rows)], pa.decimal128(12, 2)),
        "shop": pa.array(draw.choice(["north", "south", 'east"; DROP TABLE x; --', "wést", ""], rows), pa.string()),
        "open": pa.array([None if each == 0 else bool(each % 2) for each in draw.integers(0, 9, rows)], pa.bool_()),
        "when": pa.array(when, pa.timestamp("us")),
        "born": pa.array([date(1960, 1, 1) + timedelta(days=int(each)) for each in draw.integers(0, 9_999, rows)]),
        "written": pa.array([_written(draw) for _ in range(rows)], pa.string()),
        "german": pa.array([f"{value:.2f}".replace(".", ",") for value in draw.normal(10, 40, rows)], pa.string()),
        "mixed": pa.array(
            ["n/a" if each % 13 == 0 else str(each) for each in draw.integers(0, 999, rows)], pa.string()
        ),
        "nothing": pa.array([None] * rows, pa.string()),
        'x" OR 1=1; --': pa.array(np.linspace(0, 1, rows), pa.float64()),
        "outcome": pa.array(draw.choice(["yes", "no"], rows, p=[0.2, 0.8]), pa.string()),
    }
    return pa.table(columns)


def _written(draw: np.random.Generator) -> str:
    day = START + timedelta(seconds=int(draw.integers(0, 10**8)))
    forms = (
        "%Y-%m-%d",
        "%d.%m.%Y %H:%M",
        "%Y-%m-%dT%H:%M:%SZ",
        "%d/%m/%Y",
        "%Y-%m-%d %H:%M:%S+02:00",
        "no date",
        "2023-02-30",
    )
    return day.strftime(forms[int(draw.choice(7, p=[0.3, 0.2, 0.1, 0.2, 0.1, 0.05, 0.05]))])


def into_postgresql(url: str, name: str, table: pa.Table) -> None:
    """The same rows as a table of PostgreSQL."""
    columns = ", ".join(f"{_quoted(field.name)} {POSTGRESQL_TYPES[field.type]}" for field in table.schema)
    with psycopg.connect(url) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {_quoted(name)}")
        connection.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
        with connection.cursor().copy(f"COPY {_quoted(name)} FROM STDIN") as copy:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                copy.write_row(row)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def profile_of(source: str, folder: Any, roles: Roles, seed: int = 0) -> Profile:
    """The profile of a source, without any model."""
    asked = Asked(source, roles, seed=seed)
    folder.mkdir(exist_ok=True)
    with opened(asked, folder) as found:
        tidied = tidy(found, roles.personal)
        return profiled(found, tidied, counted(tidied, roles), asked, "classification")
