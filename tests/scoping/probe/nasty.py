"""Files as people really have them, and files that somebody made to do harm."""

from __future__ import annotations

import json
import os
import pickle
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from scoping.probe.asked import MOST_MEGABYTES

HEADER = "amount,shop,y\n"
ROWS = [f"{each % 17}.5,{'nsew'[each % 4]},{each % 2}" for each in range(60)]
PLAIN = HEADER + "\n".join(ROWS) + "\n"

Make = Callable[[Path], Path]


def text(name: str, content: str, encoding: str = "utf-8") -> Make:
    """A text file."""
    return content_of(name, content.encode(encoding))


def content_of(name: str, content: bytes) -> Make:
    """A file with these bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def parquet(name: str, table: pa.Table) -> Make:
    """A Parquet file."""

    def make(folder: Path) -> Path:
        pq.write_table(table, folder / name)
        return folder / name

    return make


def wide(columns: int) -> str:
    """A CSV with many columns and few rows."""
    names = ",".join([*(f"x{each}" for each in range(columns - 1)), "y"])
    return "\n".join([names, *(",".join(["1"] * (columns - 1) + [str(row % 2)]) for row in range(6))]) + "\n"


def two_gigabytes(folder: Path) -> Path:
    """A file of holes: it has the size and takes no place."""
    path = folder / "large.csv"
    with path.open("wb") as file:
        file.write(PLAIN.encode())
        file.truncate(2 * MOST_MEGABYTES * 2**20)
    return path


def pickled(folder: Path) -> Path:
    """A pickle named .parquet that would leave a mark if anybody opened it."""
    path = folder / "data.parquet"
    path.write_bytes(pickle.dumps(_Harm(str(folder / "harmed"))))
    return path


class _Harm:
    def __init__(self, mark: str) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch {self._mark}",)


def bomb(folder: Path) -> Path:
    """A workbook that unpacks to three gigabytes."""
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            block = b"0" * 2**24
            for _ in range(16):
                part.write(block)
    return path


def workbook(folder: Path) -> Path:
    """Numbers, dates, yes or no, formulas without a value, a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["amount", "when", "sum", "shop", "y"])
    for row in range(60):
        sheet.append([row / 2, f"2024-01-{row % 28 + 1:02}", f"=A{row + 2}*2", "ns"[row % 2], row % 2 == 0])
    book.create_sheet("Other").append(["a", "y"])
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def json_lines(folder: Path) -> Path:
    """Objects within objects, keys that come late, lists."""
    lines = [{"a": each, "who": {"age": 20 + each, "of": {"town": "x"}}, "y": each % 2} for each in range(40)]
    lines += [{"y": 1, "late": "yes", "tags": ["a", 1], "a": None}]
    (folder / "data.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder / "data.jsonl"


def socket_file(folder: Path) -> Path:
    """A socket where a file should be."""
    path = folder / "s"
    listening = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    try:
        os.chdir(folder)  # the name of a socket may not be long
        listening.bind("s")
    finally:
        os.chdir(here)
    listening.close()
    return path


def pipe(folder: Path) -> Path:
    """A pipe that nobody writes to: opening it would wait for ever."""
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


def dangling(folder: Path) -> Path:
    """A link to nothing."""
    (folder / "link.csv").symlink_to(folder / "nowhere.csv")
    return folder / "link.csv"


def linked(folder: Path) -> Path:
    """A link to a file."""
    (folder / "real.csv").write_text(PLAIN, encoding="utf-8")
    (folder / "link.csv").symlink_to(folder / "real.csv")
    return folder / "link.csv"


def _empty_table(rows: int) -> pa.Table:
    return pa.table({"a": pa.array([1.0] * rows), "y": pa.array([0] * rows, pa.int64())})


REFUSED: dict[str, tuple[Make, str]] = {
    "empty": (text("a.csv", ""), "is empty"),
    "blank": (text("a.csv", " \n\n \n"), "blank lines"),
    "header only": (text("a.csv", HEADER), "no rows"),
    "header only, Parquet": (parquet("a.parquet", _empty_table(0)), "no rows"),
    "no such column": (text("a.csv", PLAIN.replace("shop,y", "shop,yy")), "Do you mean yy?"),
    "one row": (text("a.csv", HEADER + "1,n,1\n"), "one row"),
    "one class": (text("a.csv", HEADER + "1,n,1\n2,s,1\n3,s,1\n"), "same value in every row"),
    "constant target, a number": (text("a.csv", HEADER + "1,n,1.5\n2,s,1.5\n"), "same value in every row"),
    "all missing": (text("a.csv", HEADER + ",,\n,,\n,,\n"), "Every value in the table is missing"),
    "target missing": (text("a.csv", HEADER + "1,n,\n2,s,\n"), "missing in every row"),
    "10,000 columns": (text("a.csv", wide(10_000)), "10000 columns; a probe reads at most"),
    "2 GB": (two_gigabytes, "2048 MB; a probe reads files up to 1024 MB"),
    "duplicate target": (text("a.csv", "a,y,y\n1,2,3\n"), "Several columns are called y"),
    "one column": (text("a.csv", "y\n1\n2\n"), "one column"),
    "no header": (text("a.csv", "1.5,2,0\n2.5,3,1\n"), "numbers, not names"),
    "ragged": (text("a.csv", PLAIN + "1,2,3,4,5\n"), "Line 62"),
    "open quotation mark": (text("a.csv", PLAIN + '"1,2,3\n1,2,3\n'), "quotation mark"),
    "NUL": (content_of("a.csv", PLAIN.encode() + b"1,\x00,1\n"), "NUL byte at position"),
    "binary": (content_of("a.csv", bytes(range(256)) * 20), "NUL byte"),
    "zip bomb": (bomb, "would unpack to"),
    "damaged zip": (content_of("a.xlsx", b"PK\x03\x04" + b"0" * 500), "damaged"),
    "damaged Parquet": (content_of("a.parquet", b"PAR1" + b"0" * 500 + b"PAR1"), "damaged Parquet"),
    "half a Parquet": (content_of("a.parquet", b"PAR1" + b"0" * 500), "cut off"),
    "pickle": (pickled, "pickle"),
    "gzip": (content_of("a.csv.gz", b"\x1f\x8b\x08" + b"0" * 50), "gzip"),
    "SQLite": (content_of("a.db", b"SQLite format 3\x00" + b"0" * 50), "SQLite"),
    "HTML": (text("a.csv", "<!DOCTYPE html><p>"), "web page"),
    "folder": (lambda folder: folder, "is a folder"),
    "socket": (socket_file, "no plain file"),
    "pipe": (pipe, "no plain file"),
    "dangling link": (dangling, "There is no file"),
    "no file": (lambda folder: folder / "none.csv", "There is no file"),
    "JSON list": (text("a.json", '[{"a": 1, "y": 2}]'), "Line 1"),
    "broken JSON": (text("a.jsonl", '{"a": 1, "y": 1}\n{"a": \n'), "Line 2"),
    "deep JSON": (text("a.jsonl", '{"y":' + "[" * 100_000 + "\n"), "Line 1"),
    "ever other keys": (
        text("a.jsonl", "\n".join(f'{{"y": 1, "k{each}": 1}}' for each in range(3_000))),
        "more than 1000",
    ),
    "a million classes": (
        text("a.csv", HEADER + "\n".join(f"1,n,c{each}" for each in range(5_000))),
        "too many to learn",
    ),
}
"""What is refused, and what the refusal says."""


def million(folder: Path) -> Path:
    """A column of a million categories."""
    rows = 1_000_000
    columns = {"kind": [f"k{each}" for each in range(rows)], "y": [each % 2 for each in range(rows)]}
    pq.write_table(pa.table(columns), folder / "million.parquet")
    return folder / "million.parquet"


READ: dict[str, Make] = {
    "plain": text("a.csv", PLAIN),
    "BOM": text("a.csv", PLAIN, "utf-8-sig"),
    "Latin-1": text("a.csv", PLAIN.replace("n,", "Köln,"), "latin-1"),
    "UTF-16": text("a.csv", PLAIN, "utf-16"),
    "UTF-16 without a mark": text("a.csv", PLAIN, "utf-16-le"),
    "semicolons": text("a.csv", PLAIN.replace(",", ";")),
    "tabs": text("a.csv", PLAIN.replace(",", "\t")),
    "bars": text("a.csv", PLAIN.replace(",", "|")),
    "decimal commas": text("a.csv", PLAIN.replace(",", ";").replace(".5", ",5")),
    "old Mac": text("a.csv", PLAIN.replace("\n", "\r")),
    "Windows": text("a.csv", PLAIN.replace("\n", "\r\n")),
    "no last line end": text("a.csv", PLAIN.rstrip()),
    "CSV named .xlsx": text("a.xlsx", PLAIN),
    "a pattern for a name": text("a[1]*?.csv", PLAIN),
    "link": linked,
    "like SQL": text("a.csv", PLAIN.replace("amount", '"""; DROP TABLE raw; --"')),
    "duplicate names": text("a.csv", PLAIN.replace("amount,shop", "shop,shop")),
    "no name": text("a.csv", PLAIN.replace("amount", "")),
    "workbook": workbook,
    "JSON lines": json_lines,
    "Parquet": parquet("a.parquet", pa.table({"a": [*range(60)], "y": [each % 2 for each in range(60)]})),
    "names by letter case": parquet("a.parquet", pa.table([[*range(60)]] * 3, names=["A", "a", "y"])),
}
"""What is read."""


def every() -> Iterator[str]:
    """The names of all of them."""
    yield from (*REFUSED, *READ)
