"""Where data comes from: files, tables by URL, and Spark, behind one door.

claims.csv, claims.parquet, claims.jsonl, claims.xlsx, claims.xlsx#Sheet
postgresql://user:password@host:5432/database#schema.table      or ?table=schema.table
spark://host:7077/schema.table, spark://local[2]//folder/claims.parquet
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from ...errors import SourceRefused
from ...text.languages import message
from ..asked import Asked
from .opened import ROW, Opened, place

__all__ = ["ROW", "Opened", "opened", "place"]


def opened(asked: Asked, folder: Path, path: Path | None = None) -> AbstractContextManager[Opened]:
    """The source that was asked for; what is written on the way lies in `folder`. Raises SourceRefused.

    `path` is where an uploaded file lies, whose own name is the source.
    """
    source = asked.source
    if path is not None:
        return _file(asked, folder, path)
    if source.startswith("spark://"):
        from .spark import opened_spark

        return opened_spark(asked, folder)
    if source.startswith(("postgresql://", "postgres://")):
        from .database import opened_table

        return opened_table(asked, folder)
    if "://" in source:
        scheme = source.partition("://")[0]
        raise SourceRefused(
            message(
                "Data cannot be read by {scheme}. It can be read from a file, by postgresql:// and by spark://.",
                scheme=f"{scheme[:20]}://",
            )
        )
    return _file(asked, folder, None)


def _file(asked: Asked, folder: Path, path: Path | None) -> AbstractContextManager[Opened]:
    from .file import opened_file

    return opened_file(asked, folder, path)
