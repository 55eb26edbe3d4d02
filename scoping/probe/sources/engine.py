"""DuckDB for one probe: in a folder of its own, within its memory, and able to read the one file and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from .opened import ROW

_SHARE_OF_MEMORY = 0.6
"""Of the memory of the probe; Python and the models need the rest."""

_GRAINS = 2**31


class Engine:
    """A connection that has learned of the one file that it may read."""

    def __init__(self, folder: Path, megabytes: int, readable: Path | None) -> None:
        self.raw = duckdb.connect(str(folder / "probe.duckdb"), config=_settings(folder, megabytes))
        self.ibis = ibis.duckdb.from_connection(self.raw)
        if readable is not None:
            self.raw.execute(f"SET allowed_paths = [{literal(str(readable))}]")
        self.raw.execute("SET enable_progress_bar = false")
        # A Parquet file's own minima and maxima leave NaN out, and DuckDB would conclude from them that there is none.
        self.raw.execute("SET disabled_optimizers = 'statistics_propagation'")
        self.raw.execute("SET enable_external_access = false")
        self.raw.execute("SET lock_configuration = true")
        self._copies = 0

    def table(self, name: str) -> ir.Table:
        """A table or view of this database."""
        return self.ibis.table(name)

    def local(self, columns: object) -> ir.Table:
        """Columns in memory as a table here."""
        assert isinstance(columns, pa.Table)
        return self._named(lambda name: self._insert(name, columns))

    def kept(self, table: ir.Table, is_small: bool) -> ir.Table:
        """What the expression says under a name of its own: worked out once where it is small."""
        what = "TABLE" if is_small else "VIEW"
        return self._named(lambda name: self.raw.execute(f"CREATE {what} {name} AS {self.ibis.compile(table)}"))

    def _named(self, make: Callable[[str], object]) -> ir.Table:
        self._copies += 1
        name = f"copy_{self._copies}"
        make(name)
        return self.table(name)

    def _insert(self, name: str, columns: pa.Table) -> None:
        self.raw.register("given", columns)
        self.raw.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        self.raw.unregister("given")


def _settings(folder: Path, megabytes: int) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "memory_limit": f"{max(256, round(_SHARE_OF_MEMORY * megabytes))}MB",
        "temp_directory": str(folder / "spill"),
    }


@contextmanager
def engine(folder: Path, megabytes: int, readable: Path | None = None) -> Iterator[Engine]:
    """DuckDB with a database in `folder`; `readable` is the one file that it may open."""
    started = Engine(folder, megabytes, readable)
    try:
        yield started
    finally:
        started.raw.close()


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def thinned(table: ir.Table, share: float, seed: int) -> ir.Table:
    """About that share of the rows, by a hash of their number: the same rows for the same seed."""
    grain = (table[ROW] + seed * 2**20).hash().abs() % _GRAINS
    return table.filter(grain < int(share * _GRAINS))
