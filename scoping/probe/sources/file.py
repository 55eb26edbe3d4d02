"""A file behind the one door: CSV, Parquet, JSON lines or Excel, told by its content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ...document.evidence.source import SourceKind
from ...errors import SourceRefused, quote
from ...text.languages import message
from ..asked import Asked
from . import delimited, growing, json_lines, workbook
from .encoding import as_utf8, hashed
from .engine import Engine, engine, literal, thinned
from .files import checked
from .line_ends import with_one_line_end
from .names import check_count, named
from .opened import ROW, Opened, place

_SHEET = "#"
_TABLE = "numbered"


@dataclass(frozen=True)
class _Loaded:
    """What was found in a file: its kind, its columns' names, what is worth saying, the query that reads it."""

    kind: SourceKind
    names: list[str]
    remarks: list[str]
    query: str


@contextmanager
def opened_file(asked: Asked, folder: Path, path: Path | None = None) -> Iterator[Opened]:
    """The file as a table. `path` says where it lies if that is not its name. Raises SourceRefused."""
    file, sheet = (path, "") if path else _parted(asked.source)
    name = _name(asked.source if path else file.name)
    content = checked(file, name)
    digest = hashed(file)
    text, remarks = as_utf8(file, name, folder) if content == "text" else (file, [])
    if content == "text" and not json_lines.is_json(text):
        text = with_one_line_end(text, folder)
    with engine(folder, asked.limits.megabytes, text.resolve()) as started:
        found = _load(started, content, text.resolve(), name, sheet)
        names, noticed = named(found.names, asked.roles)
        started.raw.execute(f"CREATE VIEW {_TABLE} AS {found.query}")
        yield Opened(
            started.table(_TABLE),
            names,
            found.kind,
            name,
            thinned,
            started.local,
            started.kept,
            digest,
            remarks=[*remarks, *found.remarks, *noticed],
            versions={"duckdb": duckdb.__version__},
        )


def _parted(source: str) -> tuple[Path, str]:
    """The file and the sheet that is named after a #; a file whose name has one comes first."""
    before, _, sheet = source.rpartition(_SHEET)
    return (Path(before), sheet) if before and sheet and not Path(source).exists() else (Path(source), "")


def _name(source: str) -> str:
    """What the file is called, without its folder."""
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2] or source


def _load(started: Engine, content: str, path: Path, name: str, sheet: str) -> _Loaded:
    if content == "parquet":
        return _parquet(started, path, name)
    if content == "excel":
        return _excel(started, path, name, sheet)
    return _json(started, path, name) if json_lines.is_json(path) else _csv(started, path, name)


def _csv(started: Engine, path: Path, name: str) -> _Loaded:
    names, delimiter, remarks = delimited.header(path, name)
    check_count(len(names))
    delimited.load(started, path, name, len(names), delimiter)
    return _Loaded("csv", names, remarks, _stored(len(names)))


def _json(started: Engine, path: Path, name: str) -> _Loaded:
    names, count = growing.load(started, json_lines.rows(path, name))
    if not count or not names:
        raise SourceRefused(message("{name} has no rows.", name=quote(name)))
    return _Loaded("json_lines", names, [], _stored(len(names)))


def _excel(started: Engine, path: Path, name: str, sheet: str) -> _Loaded:
    names, rows = workbook.sheet_of(path, name, sheet)
    check_count(len(names))
    _, count = growing.load(started, rows, [place(each) for each in range(len(names))])
    if not count:
        raise SourceRefused(message("{name} has a line of names and no rows.", name=quote(name)))
    return _Loaded("excel", names, [], _stored(len(names)))


def _parquet(started: Engine, path: Path, name: str) -> _Loaded:
    try:
        names = pq.read_schema(path).names
        check_count(len(names))
        started.raw.execute(f"SELECT * FROM read_parquet({literal(str(path))}) LIMIT 1")
    except (duckdb.OutOfMemoryException, MemoryError):
        raise
    except (duckdb.Error, pa.ArrowException, OSError):
        raise SourceRefused(
            message("{name} is a damaged Parquet file, or one that is encrypted.", name=quote(name))
        ) from None
    columns = ", ".join(place(at) for at in range(len(names)))
    query = (
        f"SELECT {columns}, number + 1 AS {ROW} FROM read_parquet({literal(str(path))}, file_row_number = true) "
        f"AS file({columns}, number)"
    )
    return _Loaded("parquet", names, [], query)


def _stored(count: int) -> str:
    """The rows of the table that was loaded, numbered in the order of the file."""
    columns = ", ".join(place(at) for at in range(count))
    return f"SELECT {columns}, rowid + 1 AS {ROW} FROM {delimited.RAW}"
