"""ZIP files, and the Office files that are such, which say no day: the same content is the same bytes."""

from __future__ import annotations

import io
import re
import shutil
import zipfile

# A ZIP file knows no earlier day.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_RIGHTS = 0o644 << 16
_PROPERTIES = "docProps/core.xml"
# What a person typed stands in that file as text, so it cannot hold such an element.
_DAYS = re.compile(rb"<dcterms:(created|modified)\b[^>]*?(/>|>.*?</dcterms:\1>)", re.DOTALL)


def entry(name: str) -> zipfile.ZipInfo:
    """How a file of that name is entered."""
    found = zipfile.ZipInfo(name, _NO_DAY)
    found.compress_type, found.external_attr = zipfile.ZIP_DEFLATED, _RIGHTS
    return found


def without_days(content: bytes) -> bytes:
    """An Office file without the days on which it and the workbooks within it were made: they are nobody's work."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            if _has_days(name):
                copy.writestr(entry(name), _part(name, source.read(name)))
            else:
                _copy(source, copy, name)
    return target.getvalue()


def _has_days(name: str) -> bool:
    return name == _PROPERTIES or name.endswith(".xlsx")


def _copy(source: zipfile.ZipFile, copy: zipfile.ZipFile, name: str) -> None:
    """A sheet of many rows is large: it is never in memory as a whole."""
    target = entry(name)
    target.file_size = source.getinfo(name).file_size
    with source.open(name) as old, copy.open(target, "w") as new:
        shutil.copyfileobj(old, new)


def _part(name: str, content: bytes) -> bytes:
    if name == _PROPERTIES:
        return _DAYS.sub(b"", content)
    return without_days(content)
