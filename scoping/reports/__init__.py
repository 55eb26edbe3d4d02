"""What leaves Groundwork as a file: the memo that a stakeholder reads, and the data that a machine reads.

Formats are found, not listed: one file, or one folder, that defines a `FORMAT`, in `renderers` where
it draws the memo and knows nothing else, in `data_formats` where it needs the document or the figures.
"""

from __future__ import annotations

from functools import cache

from ..errors import UnknownFormat
from . import data_formats, renderers
from .chain import chain_said
from .edition import AdviceNote, ChainNote, DutyNote, ReviewNote
from .file_format import FileFormat, formats_in, in_order
from .memo import Memo
from .summarising import (
    ActualsNote,
    CommentNote,
    DecisionNote,
    Edition,
    ThreadNote,
    firmness_told,
    measured_told,
    pilot_size_told,
    reach_told,
    summarise,
)
from .summarising.advice import advice_said
from .summary import Summary

Format = FileFormat[Memo] | FileFormat[Summary]
"""Any format, of the memo or of data."""


@cache
def formats_of_memo() -> dict[str, FileFormat[Memo]]:
    """The formats of the memo, by their short name (pdf, docx, md)."""
    return formats_in(renderers)


@cache
def formats_of_data() -> dict[str, FileFormat[Summary]]:
    """The formats of data, by their short name (xlsx, json)."""
    return formats_in(data_formats)


def formats() -> dict[str, Format]:
    """All formats, in the order in which people choose one."""
    return in_order([*formats_of_memo().values(), *formats_of_data().values()])


def render(summary: Summary, name: str) -> bytes:
    """The summary in one format. Raises UnknownFormat."""
    if name in formats_of_memo():
        return formats_of_memo()[name].render(summary.memo)
    if name in formats_of_data():
        return formats_of_data()[name].render(summary)
    raise UnknownFormat(name, sorted(formats()))


__all__ = [
    "ActualsNote",
    "AdviceNote",
    "ChainNote",
    "CommentNote",
    "DecisionNote",
    "DutyNote",
    "Edition",
    "Format",
    "Memo",
    "ReviewNote",
    "Summary",
    "ThreadNote",
    "advice_said",
    "chain_said",
    "firmness_told",
    "formats",
    "formats_of_data",
    "formats_of_memo",
    "measured_told",
    "pilot_size_told",
    "reach_told",
    "render",
    "summarise",
]
