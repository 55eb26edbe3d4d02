"""A list as a file for a spreadsheet: what its columns are called, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ..text.languages import Language, message, say
from .sheets import csv_file, excel_file
from .workbooks import MEDIA_TYPE

Line = TypeVar("Line")


@dataclass(frozen=True)
class Column(Generic[Line]):
    """A column: its title, what a line says there, and how wide it is in a sheet."""

    title: str
    value: Callable[[Line], Any]
    width: float = 16


@dataclass(frozen=True)
class ListFormat:
    """A file that a list can be had as."""

    name: str
    title: str
    media_type: str


LIST_FORMATS = (
    ListFormat("csv", message("List as CSV"), "text/csv"),
    ListFormat("xlsx", message("List as Excel"), MEDIA_TYPE),
)


def yes(value: bool) -> str:
    """Yes or no, in words."""
    return message("yes") if value else message("no")


def render_list(
    title: str, columns: Sequence[Column[Line]], lines: Iterable[Line], name: str, language: Language
) -> bytes:
    """The file, in a language. What people typed stays as they typed it."""
    head = [say(column.title, language) for column in columns]
    rows = ([_said(column.value(line), language) for column in columns] for line in lines)
    if name == "csv":
        return csv_file(head, rows)
    return excel_file(say(title, language), head, [column.width for column in columns], rows)


def _said(value: Any, language: Language) -> Any:
    return say(value, language) if isinstance(value, str) else value
