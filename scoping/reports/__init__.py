"""What leaves Groundwork as a file: the memo that a stakeholder reads, and the data that a machine reads.

Formats are found, not listed: one file, or one folder, that defines a `FORMAT`, in `renderers` where
it draws the memo and knows nothing else, in `data_formats` where it needs the document or the figures.
"""

from __future__ import annotations

from functools import cache

from ..errors import UnknownFormat
from . import data_formats as _of_data
from . import renderers as _of_memo
from .file_format import Format, formats_in, in_order
from .memo import Memo
from .summarising import DecisionNote, summarise
from .summary import Summary


@cache
def memo_formats() -> dict[str, Format[Memo]]:
    """The formats of the memo, by their short name (pdf, docx, md)."""
    return formats_in(_of_memo)


@cache
def data_formats() -> dict[str, Format[Summary]]:
    """The formats of data, by their short name (xlsx, json)."""
    return formats_in(_of_data)


def formats() -> dict[str, Format[Memo] | Format[Summary]]:
    """All formats, in the order in which people choose one."""
    return in_order([*memo_formats().values(), *data_formats().values()])


def render(summary: Summary, name: str) -> bytes:
    """The summary in one format. Raises UnknownFormat."""
    if name in memo_formats():
        return memo_formats()[name].render(summary.memo)
    if name in data_formats():
        return data_formats()[name].render(summary)
    raise UnknownFormat(name, sorted(formats()))


__all__ = [
    "DecisionNote",
    "Format",
    "Memo",
    "Summary",
    "data_formats",
    "formats",
    "memo_formats",
    "render",
    "summarise",
]
