"""A table of Spark: spark://HOST:PORT/TABLE, or spark://local[2]/PATH on this machine. pyspark is an optional extra."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from ...errors import SourceRefused, quote
from ...text.languages import message
from ..asked import Asked
from .engine import engine
from .names import check_count, named
from .opened import ROW, Opened, place

SCHEME = "spark://"
_URL = re.compile(r"spark://([^/]+)/(.+)", re.DOTALL)
_LOCAL = "local"
_READERS = {".csv": "csv", ".json": "json", ".jsonl": "json", ".orc": "orc"}
_VIEW, _KEPT = "groundwork_probe", "groundwork_probe_kept"
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}
_HERE = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.sql.shuffle.partitions": "4"}


@contextmanager
def opened_spark(asked: Asked, folder: Path) -> Iterator[Opened]:
    """The table or the files that the URL names. Raises SourceRefused."""
    master, target = _parted(asked.source)
    session, is_own = _session(master, folder, asked.limits.megabytes)
    try:
        frame, name = _frame(session, target)
        check_count(len(frame.columns))
        names, remarks = named(frame.columns, asked.roles)
        frame.toDF(*(place(at) for at in range(len(frame.columns)))).createOrReplaceTempView(_VIEW)
        server = ibis.pyspark.connect(session)
        with engine(folder, asked.limits.megabytes) as started:
            yield Opened(
                server.table(_VIEW).mutate(**{ROW: ibis.literal(0, "int64")}),
                names,
                "spark",
                name,
                _thinned,
                started.local,
                lambda table, is_small: _kept(server, session, table, is_small),
                is_ordered=False,
                remarks=remarks,
                versions={"pyspark": str(session.version)},
            )
    finally:
        if is_own:
            session.stop()
        else:
            session.catalog.clearCache()


def _parted(source: str) -> tuple[str, str]:
    found = _URL.fullmatch(source)
    if not found:
        raise SourceRefused(
            message(
                "Say which Spark and which table: {table}, or {path} for files on this machine.",
                table="spark://host:7077/schema.table",
                path="spark://local[2]//data/claims.parquet",
            )
        )
    host, target = found.groups()
    return (host if host.startswith(_LOCAL) else f"{SCHEME}{host}"), target


def _session(master: str, folder: Path, megabytes: int) -> tuple[Any, bool]:
    """The session that is there, or one of our own."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise SourceRefused(
            message(
                "Spark needs the package pyspark and a Java runtime, which are not installed here: {command}.",
                command="pip install 'groundwork[spark]'",
            )
        ) from None
    if active := SparkSession.getActiveSession():
        return active, False
    builder = SparkSession.builder.master(master).appName("groundwork probe")
    settings = {**_QUIET, "spark.sql.warehouse.dir": str(folder / "warehouse"), "spark.driver.memory": f"{megabytes}m"}
    for key, value in {**settings, **(_HERE if master.startswith(_LOCAL) else {})}.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception:
        raise SourceRefused(
            message("Spark does not start: check the address, and that a Java runtime is installed.")
        ) from None
    session.sparkContext.setLogLevel("OFF")
    return session, True


def _frame(session: Any, target: str) -> tuple[Any, str]:
    """The data, and what it is called. A path has a slash or the ending of a file in it."""
    from pyspark.errors import PySparkException

    path = _path(target)
    try:
        if path is None:
            return session.table(target), target
        ending = Path(path.rstrip("/")).suffix.lower()
        reader = session.read.options(header=True, inferSchema=True)
        return reader.format(_READERS.get(ending, "parquet")).load(path), path.rstrip("/").rpartition("/")[2]
    except PySparkException:
        raise SourceRefused(_no_such(session, target, path)) from None


def _path(target: str) -> str | None:
    looks_like_one = "/" in target or Path(target).suffix.lower() in {*_READERS, ".parquet"}
    if not looks_like_one:
        return None
    if "://" in target or target.startswith("/") or Path(target).exists():
        return target
    return f"/{target}"


def _no_such(session: Any, target: str, path: str | None) -> str:
    if path is not None:
        return message(
            "Spark finds no data that it can read at {path}. It reads Parquet, ORC, CSV and JSON.",
            path=quote(path.rpartition("/")[2]),
        )
    schema = target.rpartition(".")[0] or None
    try:
        known = [each.name for each in session.catalog.listTables(schema)]
    except Exception:
        known = []
    near = get_close_matches(target.rpartition(".")[2], known, n=3, cutoff=0.5) or known[:8]
    return message(
        "Spark has no table {table}. There is: {near}.",
        table=quote(target),
        near=", ".join(quote(each) for each in near) or "-",
    )


def _kept(server: Any, session: Any, table: ir.Table, is_small: bool) -> ir.Table:
    """A view, read into memory once where it is small."""
    session.sql(f"CREATE OR REPLACE TEMPORARY VIEW {_KEPT} AS {server.compile(table)}")
    if is_small:
        session.catalog.cacheTable(_KEPT)
    kept: ir.Table = server.table(_KEPT)
    return kept


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def rand(seed: int) -> float:  # type: ignore[empty-body]
    """Spark's own random numbers, from a seed."""


def _thinned(rows: ir.Table, share: float, seed: int) -> ir.Table:
    return rows.filter(rand(ibis.literal(seed, "int64")) < share)
