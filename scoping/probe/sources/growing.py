"""A table of text that is filled batch by batch, and may get columns on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized

import pyarrow as pa

from ...errors import SourceRefused
from ...text.languages import message
from .delimited import RAW
from .engine import Engine
from .limits import MOST_COLUMNS_READ
from .opened import place

_BATCH = 20_000
Row = Mapping[str, str | None]


def load(engine: Engine, rows: Iterable[Row], given: Iterable[str] = ()) -> tuple[list[str], int]:
    """Every row in the table `raw`; the names of the columns in the order in which they came, and the count of rows."""
    names = dict.fromkeys(given)
    stored: list[str] = []
    batch: list[Row] = []
    count = 0
    for row in rows:
        batch.append(row)
        count += 1
        names.update(dict.fromkeys(row))
        _check(names)
        if len(batch) == _BATCH:
            stored = _write(engine, list(names), stored, batch)
            batch = []
    _write(engine, list(names), stored, batch)
    return list(names), count


def _check(names: Sized) -> None:
    if len(names) > MOST_COLUMNS_READ:
        raise SourceRefused(
            message(
                "There are more than {most} columns: rows with ever other keys are no table. Leave out those that no model would be given.",
                most=str(MOST_COLUMNS_READ),
            )
        )


def _write(engine: Engine, names: list[str], stored: list[str], batch: list[Row]) -> list[str]:
    """Put the batch into the table, which gets the columns that are new; gives the columns that it has then."""
    if not batch or not names:
        return stored
    columns = {place(at): pa.array([row.get(name) for row in batch], pa.string()) for at, name in enumerate(names)}
    engine.raw.register("given", pa.table(columns))
    if not stored:
        engine.raw.execute(f"CREATE TABLE {RAW} AS SELECT * FROM given")
    else:
        for at in range(len(stored), len(names)):
            engine.raw.execute(f"ALTER TABLE {RAW} ADD COLUMN {place(at)} VARCHAR")
        engine.raw.execute(f"INSERT INTO {RAW} BY NAME SELECT * FROM given")
    engine.raw.unregister("given")
    return names
