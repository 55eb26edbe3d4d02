"""Makes columns of one type each: text that holds numbers or times is read as such, and what does not fit is counted.

A column is what three quarters of its values are. The decision is made from counts over all rows, so that it is the
same wherever the data is; which patterns are worth counting is seen from some rows first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from ..sources.opened import ROW, Opened, place
from .asking import asked_of
from .columns import EXACT_ROWS, Column, Tidy
from .patterns import CODE, COMMA, LONG, NOTHING, PLAIN, THOUSANDS, WHOLE, ZONED
from .written_times import TIMES, time_of

_ENOUGH = 0.75
_LOOKED_AT = 2_000
_TOO_LARGE = 1e100
"""From here on a number counts as missing, as an infinity does: its square and the sums of them are no numbers."""
_YEARS = ("0001-01-01 00:00:00", "9999-12-31 23:59:59")
"""A time before or after these counts as missing, as one at the end of all times does."""
_NUMBERS = {"plain": PLAIN, "comma": COMMA, "thousands": THOUSANDS}
_ORDERS = (r"^(1[3-9]|[23][0-9])[-/]", r"^[0-9]{1,2}[-/](1[3-9]|[23][0-9])[-/]")


@dataclass(frozen=True)
class _Text:
    """What a column of text holds: the counts that decide how it is read."""

    place: str
    counts: Mapping[str, int]
    is_comma_likely: bool = False

    @property
    def preferred(self) -> str:
        """Of two readings that fit as well: the plain one, or else what goes with the file's separators."""
        most = max(self.counts.get(each, 0) for each in _NUMBERS)
        if self.counts.get("plain", 0) == most:
            return "plain"
        return "comma" if self.is_comma_likely else "thousands"

    @property
    def values(self) -> int:
        return self.counts["present"] - self.counts["nothing"]

    @property
    def style(self) -> str:
        """How most of its numbers are written: with a decimal point, with a decimal comma, with 1,000 separated."""
        return max(_NUMBERS, key=lambda each: (self.counts.get(each, 0), each == self.preferred))

    @property
    def is_ambiguous(self) -> bool:
        """True where every number may have a decimal comma or separated thousands: 1,234."""
        most = self.counts.get(self.style, 0)
        return most == self.counts.get("comma", 0) == self.counts.get("thousands", 0) > self.counts.get("plain", 0)

    @property
    def is_number(self) -> bool:
        return (
            not self.counts.get("code") and not self._are_long_codes and self._is_most(self.counts.get(self.style, 0))
        )

    @property
    def _are_long_codes(self) -> bool:
        """Values that would be rounded, and so be taken for the same, all with as many digits."""
        is_long = self.values > 0 and self.counts.get("long", 0) == self.values
        return is_long and self.counts.get("shortest") == self.counts.get("longest")

    @property
    def is_time(self) -> bool:
        return self._is_most(sum(self.counts.get(each, 0) for each in TIMES))

    @property
    def is_day_first(self) -> bool:
        """Where days and months cannot be told apart the day is first: more countries write so."""
        return self.counts.get("day_first", 0) >= self.counts.get("month_first", 0)

    def _is_most(self, count: int) -> bool:
        return self.values > 0 and count >= _ENOUGH * self.values


def tidy(opened: Opened, personal: Sequence[str] = ()) -> Tidy:
    """The table with typed columns, and what is worth saying of how they were read."""
    schema = opened.table.schema()
    told = [place(at) for at, name in enumerate(opened.names) if name not in personal]
    is_comma_likely = "delimiter_semicolon" in opened.remarks
    texts = _texts(opened.table, [each for each in told if schema[each].is_string()], is_comma_likely)
    values: dict[str, ir.Value] = {}
    columns, remarks = [], []
    for at, name in enumerate(opened.names):
        inside = place(at)
        column, value, said = _read(opened.table[inside], Column(inside, name, "other"), texts.get(inside))
        is_personal = name in personal
        columns.append(Column(inside, name, "other", is_personal=True) if is_personal else column)
        values[inside] = value
        remarks += said
    rows = int(opened.table.count().to_pyarrow().as_py())
    table = opened.kept(opened.table.select(**values, **{ROW: opened.table[ROW]}), rows <= EXACT_ROWS)
    return Tidy(table, rows, tuple(columns), tuple(dict.fromkeys(remarks)))


def _texts(table: ir.Table, places: Sequence[str], is_comma_likely: bool) -> dict[str, _Text]:
    seen = _looked_at(table, places)
    questions = {f"{each}_{key}": value for each in places for key, value in _questions(table[each], seen[each])}
    found = asked_of(table, questions)
    return {each: _Text(each, _own(found, f"{each}_"), is_comma_likely) for each in places}


def _own(found: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): int(value or 0) for key, value in found.items() if key.startswith(prefix)}


def _looked_at(table: ir.Table, places: Sequence[str]) -> dict[str, set[str]]:
    """Which ways of writing occur among some rows of each column: the others need not be counted in all rows."""
    if not places:
        return {}
    rows = table.select(*places).limit(_LOOKED_AT).to_pyarrow()
    return {each: _ways([value.strip() for value in rows[each].to_pylist() if value]) for each in places}


def _ways(values: Sequence[str]) -> set[str]:
    if not any(values):
        return {*_NUMBERS, *TIMES}
    found = {
        key: sum(bool(re.match(pattern, value)) for value in values) for key, pattern in {**_NUMBERS, **TIMES}.items()
    }
    likely = sum(found[key] for key in TIMES) + max(found[key] for key in _NUMBERS)
    return {key for key, count in found.items() if count} if 2 * likely >= len(values) else set()


def _questions(column: ir.Column, ways: set[str]) -> Iterator[tuple[str, ir.Scalar]]:
    text = column.strip()
    yield "present", (text != "").sum()
    if not ways:
        yield "nothing", ibis.literal(0)
        return
    yield "nothing", text.re_search(NOTHING).sum()
    for way in sorted(ways):
        yield way, text.re_search({**_NUMBERS, **TIMES}[way]).sum()
    if ways & set(_NUMBERS):
        yield "code", text.re_search(CODE).sum()
        yield "whole", text.re_search(WHOLE).sum()
        yield "long", text.re_search(LONG).sum()
        digits = ibis.ifelse(text.re_search(LONG), text.length(), ibis.null("int32"))
        yield "shortest", digits.min()
        yield "longest", digits.max()
    if ways & set(TIMES):
        yield "zoned", text.re_search(ZONED).sum()
    if "slashed" in ways:
        yield from zip(("day_first", "month_first"), (text.re_search(each).sum() for each in _ORDERS), strict=True)


def _read(column: ir.Column, plain: Column, text: _Text | None) -> tuple[Column, ir.Value, list[str]]:
    """How one column is read: what it is, the expression, and what is worth saying."""
    if text is None:
        return *_typed(column, plain), []
    if not text.counts["present"]:
        return Column(plain.place, plain.name, "empty"), _present(column), []
    if text.is_number:
        return _number(column.strip(), plain, text)
    if text.is_time:
        return _time(column.strip(), plain, text)
    return Column(plain.place, plain.name, "text"), _present(column), []


def _present(column: ir.Column) -> ir.Value:
    """Text without letters is missing."""
    return ibis.ifelse(column.strip() == "", ibis.null("string"), column)


def _typed(column: ir.Column, plain: Column) -> tuple[Column, ir.Value]:
    kind = column.type()
    if kind.is_boolean():
        return Column(plain.place, plain.name, "yes_no"), column
    if kind.is_integer() and not str(kind).startswith("uint64"):
        return Column(plain.place, plain.name, "number", is_whole=True), column.cast("int64")
    if kind.is_numeric():
        number = column.cast("float64")
        is_none = number.isnan() | (number.abs() >= _TOO_LARGE) if kind.is_floating() else ibis.literal(False)
        return Column(plain.place, plain.name, "number"), ibis.ifelse(is_none, ibis.null("float64"), number)
    if kind.is_timestamp() or kind.is_date():
        time = column.cast("timestamp")
        return Column(plain.place, plain.name, "time"), ibis.ifelse(
            time.between(*map(ibis.timestamp, _YEARS)), time, ibis.null("timestamp")
        )
    if kind.is_string():
        return Column(plain.place, plain.name, "text"), _present(column)
    if kind.is_null():
        return Column(plain.place, plain.name, "empty"), ibis.null("string")
    return Column(plain.place, plain.name, "other"), column.cast("string")


def _number(text: ir.Value, plain: Column, found: _Text) -> tuple[Column, ir.Value, list[str]]:
    style = found.style
    # Where every value is a number, none has to be looked at again.
    is_all = found.counts[style] == found.counts["present"]
    read = text.nullif("") if is_all else ibis.ifelse(text.re_search(_NUMBERS[style]), text, ibis.null("string"))
    if style == "comma":
        read = read.replace(".", "").replace(",", ".")
    elif style == "thousands":
        read = read.replace(",", "")
    is_whole = found.counts.get("whole", 0) == found.counts[style]
    column = Column(plain.place, plain.name, "number", found.values, is_whole)
    said = [f"numbers_{style}"] if style != "plain" else []
    return column, read.cast("int64" if is_whole else "float64"), said + ["numbers_ambiguous"] * found.is_ambiguous


def _time(text: ir.Value, plain: Column, found: _Text) -> tuple[Column, ir.Value, list[str]]:
    ways = [each for each in TIMES if found.counts.get(each)]
    column = Column(plain.place, plain.name, "time", found.values)
    return column, time_of(text, ways, found.is_day_first, found.counts.get("zoned", 0) > 0), list(_order_said(found))


def _order_said(found: _Text) -> Iterator[str]:
    slashed, day, month = (found.counts.get(each, 0) for each in ("slashed", "day_first", "month_first"))
    if slashed and day and month:
        yield "dates_contradict"
    elif slashed and not day and not month:
        yield "dates_ambiguous"
    elif slashed:
        yield "dates_day_first" if day else "dates_month_first"
