"""A file before it is opened: whether it is one, how large it is, and what it really holds."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path
from typing import Literal

from ...errors import SourceRefused, quote
from ...text.languages import message
from ..asked import MOST_MEGABYTES
from .limits import LARGE_PART, MOST_RATIO, MOST_UNPACKED

Content = Literal["parquet", "excel", "text"]
_BEGINNING = 4_096
_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEETS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_KNOWN = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"ARROW1", "Arrow"),
    (b"Obj\x01", "Avro"),
    (b"ORC", "ORC"),
    (b"\x89HDF", "HDF5"),
    (b"\x93NUMPY", "NumPy"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)
_DUCKDB, _DUCKDB_AT = b"DUCK", 8
_PICKLE_PROTOCOLS = range(2, 6)


def checked(path: Path, name: str) -> Content:
    """What the file holds, told by its content. Raises SourceRefused in words; nothing is executed or unpickled."""
    _check_kind(path, name)
    content = _content(path, name)
    if content == "excel":
        _check_unpacked(path, name)
    return content


def _check_kind(path: Path, name: str) -> None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise SourceRefused(message("There is no file {name}.", name=quote(name))) from None
    except (OSError, ValueError):
        raise SourceRefused(message("{name} cannot be opened.", name=quote(name))) from None
    if stat.S_ISDIR(found.st_mode):
        raise SourceRefused(
            message("{name} is a folder. Name one file: CSV, Parquet, JSON lines or Excel.", name=quote(name))
        )
    if not stat.S_ISREG(found.st_mode):
        raise SourceRefused(
            message("{name} is no plain file (a device, pipe or socket). Name a file.", name=quote(name))
        )
    if not os.access(path, os.R_OK):
        raise SourceRefused(message("You may not read {name}. Ask for permission to read it.", name=quote(name)))
    _check_size(found.st_size, name)


def _check_size(size: int, name: str) -> None:
    if size == 0:
        raise SourceRefused(message("{name} is empty.", name=quote(name)))
    if size > MOST_MEGABYTES * 2**20:
        raise SourceRefused(
            message(
                "{name} has {size} MB; a probe reads files up to {most} MB. Draw a random sample of its rows, or let the probe run on the database or on Spark.",
                name=quote(name),
                size=str(round(size / 2**20)),
                most=str(MOST_MEGABYTES),
            )
        )


def _content(path: Path, name: str) -> Content:
    with path.open("rb") as file:
        begins = file.read(_BEGINNING)
        file.seek(-min(4, path.stat().st_size), os.SEEK_END)
        ends = file.read()
    if begins.startswith(_PARQUET):
        if ends != _PARQUET:
            raise SourceRefused(
                message("{name} begins as a Parquet file and does not end as one: it was cut off.", name=quote(name))
            )
        return "parquet"
    if begins.startswith((_ZIP, _OLD_EXCEL)):
        return "excel"
    if begins[:1] == b"\x80" and begins[1:2] and begins[1] in _PICKLE_PROTOCOLS:
        raise SourceRefused(
            message(
                "{name} is a Python pickle. A pickle can run programs, so none is ever opened: save the table as Parquet or CSV.",
                name=quote(name),
            )
        )
    _check_other(begins, name)
    return "text"


def _check_other(begins: bytes, name: str) -> None:
    known = next((word for magic, word in _KNOWN if begins.startswith(magic)), "")
    if begins[_DUCKDB_AT : _DUCKDB_AT + len(_DUCKDB)] == _DUCKDB:
        known = "DuckDB"
    if known:
        raise SourceRefused(
            message(
                "{name} is a {format} file. A probe reads CSV, Parquet, JSON lines and Excel: save the table as one of them.",
                name=quote(name),
                format=known,
            )
        )
    if begins.lstrip()[:1] == b"<":
        raise SourceRefused(
            message("{name} is a web page or XML, not a table. Save the table as CSV.", name=quote(name))
        )


def _check_unpacked(path: Path, name: str) -> None:
    """A workbook is a ZIP: it says itself what it unpacks to, and that is looked at before anything is unpacked."""
    with path.open("rb") as file:
        if file.read(len(_ZIP)) != _ZIP:
            return
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise SourceRefused(message("{name} is a damaged ZIP or Excel file.", name=quote(name))) from None
    if not {each.filename for each in parts} & set(_SHEETS):
        raise SourceRefused(
            message("{name} is a ZIP file, and no Excel workbook. Unpack it and name one file.", name=quote(name))
        )
    if sum(each.file_size for each in parts) > MOST_UNPACKED or any(_is_bomb(each) for each in parts):
        raise SourceRefused(
            message(
                "{name} is small and would unpack to {size} MB: it is not opened. Save the sheet as CSV.",
                name=quote(name),
                size=str(round(sum(each.file_size for each in parts) / 2**20)),
            )
        )


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > LARGE_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1)
