"""A table of text that is filled batch by batch, and may get columns on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    names: dict[str, int] = {}
    engine.raw.execute(f"CREATE TABLE {RAW} (nothing VARCHAR)")
    _widen(engine, names, given)
    batch: list[Row] = []
    count = 0
    for row in rows:
        batch.append(row)
        count += 1
        _widen(engine, names, row)
        if len(batch) == _BATCH:
            _write(engine, names, batch)
            batch = []
    _write(engine, names, batch)
    if names:
        engine.raw.execute(f"ALTER TABLE {RAW} DROP COLUMN nothing")
    return list(names), count


def _widen(engine: Engine, names: dict[str, int], row: Iterable[str]) -> None:
    for name in row:
        if name not in names:
            if len(names) == MOST_COLUMNS_READ:
                raise SourceRefused(
                    message(
                        "There are more than {most} columns: rows with ever other keys are no table. Leave out those that no model would be given.",
                        most=str(MOST_COLUMNS_READ),
                    )
                )
            engine.raw.execute(f"ALTER TABLE {RAW} ADD COLUMN {place(len(names))} VARCHAR")
            names[name] = len(names)


def _write(engine: Engine, names: Mapping[str, int], batch: list[Row]) -> None:
    if not batch or not names:
        return
    columns = {place(at): pa.array([row.get(name) for row in batch], pa.string()) for name, at in names.items()}
    engine.raw.register("given", pa.table(columns))
    engine.raw.execute(f"INSERT INTO {RAW} BY NAME SELECT * FROM given")
    engine.raw.unregister("given")
