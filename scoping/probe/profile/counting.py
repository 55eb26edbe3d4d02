"""The first pass: how many values each column has, how many different ones, and between what they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis
import ibis.expr.types as ir

from ...document.evidence.base import MOST_COLUMNS
from ..asked import Roles
from .asking import asked_of
from .columns import EXACT_ROWS, Column, Tidy

_LEAST_FOR_IDENTIFIER, _NEARLY_ALL = 20, 0.95
_IDENTIFYING = ("id", "uuid", "guid", "key", "nr", "no", "number", "nummer", "code", "index")
_DENSE = 2.0
_ALL_WHOLE = 2.0**53


@dataclass(frozen=True)
class Counted:
    """One column: values that are there, different ones, and the least and greatest of numbers, or seconds of times."""

    column: Column
    rows: int
    present: int
    distinct: int
    low: float | None = None
    high: float | None = None
    broken: int = 0
    """Numbers that are not whole, where that was asked."""

    @property
    def missing(self) -> int:
        """Rows in which nothing stands."""
        return self.rows - (self.present if self.column.values is None else self.column.values)

    @property
    def mixed(self) -> int:
        """Values that are not of the column's type."""
        return 0 if self.column.values is None else self.column.values - self.present

    @property
    def is_constant(self) -> bool:
        """One value in every row."""
        return self.distinct == 1 and self.present == self.rows

    @property
    def is_whole(self) -> bool:
        """Numbers without fractions."""
        return self.column.type == "number" and not self.broken

    @property
    def is_identifier_like(self) -> bool:
        """Nearly every value once: text, or whole numbers that count rows or are called an identifier."""
        return self.is_nearly_unique and self._may_identify

    @property
    def is_nearly_unique(self) -> bool:
        """Nearly every value once, and enough of them to say so."""
        return self.present >= _LEAST_FOR_IDENTIFIER and self.distinct >= _NEARLY_ALL * self.present

    @property
    def _may_identify(self) -> bool:
        return self.column.type == "text" or (self.is_whole and (self._is_dense or self._is_called_one))

    @property
    def _is_dense(self) -> bool:
        assert self.low is not None
        assert self.high is not None
        return self.high - self.low < _DENSE * self.present

    @property
    def _is_called_one(self) -> bool:
        words = self.column.name.lower().replace("-", "_").replace(" ", "_").split("_")
        return bool(set(words) & set(_IDENTIFYING)) or self.column.name.lower().endswith(("id", "uuid"))


@dataclass(frozen=True)
class Counts:
    """The columns that are told one by one, those with a role first among them, in the order of the source."""

    rows: int
    columns: tuple[Counted, ...]

    @property
    def is_exact(self) -> bool:
        """True where everything is counted and nothing estimated."""
        return self.rows <= EXACT_ROWS

    def of(self, name: str) -> Counted | None:
        """What was counted of the column of that name."""
        return next((each for each in self.columns if each.column.name == name), None)


def counted(tidy: Tidy, roles: Roles) -> Counts:
    """One pass over the data for every eighty columns or so."""
    rows = tidy.rows
    columns = [each for each in _told(tidy.columns, roles) if not each.is_personal]
    questions = {
        f"{each.place}_{key}": question for each in columns for key, question in _questions(tidy.table, each, rows)
    }
    found = asked_of(tidy.table, questions) if rows else {}
    first = [_counted(each, rows, found) for each in columns] if rows else []
    return Counts(rows, tuple(_with_fractions(tidy.table, first, roles)))


def _with_fractions(table: ir.Table, columns: Sequence[Counted], roles: Roles) -> list[Counted]:
    """Which numbers are whole is asked where it matters: of the target, and where nearly every value is another one."""
    asked = [
        each.column.place
        for each in columns
        if each.column.type == "number"
        and not each.column.is_whole
        and (each.column.name == roles.target or each.is_nearly_unique)
    ]
    found = asked_of(table, {place: _broken(table[place]) for place in asked})
    return [replace(each, broken=int(found.get(each.column.place) or 0)) for each in columns]


def _broken(value: ir.Value) -> ir.Scalar:
    """Numbers with a fraction. From 2**53 on every floating-point number is whole, and from 2**63 on none fits."""
    small = ibis.ifelse(value.abs() < _ALL_WHOLE, value, 0.0)
    return (small != small.floor().cast("float64")).sum()


def _told(columns: Sequence[Column], roles: Roles) -> list[Column]:
    """The first columns, and those with a role wherever they stand."""
    named = {roles.target, roles.time, roles.group, roles.second_label} & {each.name for each in columns}
    room = MOST_COLUMNS - len(named)
    others = [each.name for each in columns if each.name not in named][:room]
    return [each for each in columns if each.name in named or each.name in set(others)]


def told(tidy: Tidy, roles: Roles) -> list[Column]:
    """The columns that are told one by one, personal ones too."""
    return _told(tidy.columns, roles)


def seconds(column: ir.Value) -> ir.Value:
    """A time as whole seconds since 1970."""
    return column.truncate("s").epoch_seconds().cast("int64")


def _questions(table: ir.Table, column: Column, rows: int) -> Iterator[tuple[str, ir.Scalar]]:
    value = table[column.place]
    yield "present", value.count()
    if column.type == "empty":
        return
    yield "distinct", value.nunique() if rows <= EXACT_ROWS else value.approx_nunique()
    if column.type == "number":
        yield "low", value.min().cast("float64")
        yield "high", value.max().cast("float64")
    elif column.type == "time":
        yield "low", seconds(value).min()
        yield "high", seconds(value).max()


def _counted(column: Column, rows: int, found: Mapping[str, Any]) -> Counted:
    own = {key: found.get(f"{column.place}_{key}") for key in ("present", "distinct", "low", "high")}
    present = int(own["present"] or 0)
    # An estimate of what is different may lie above what is there.
    distinct = min(int(own["distinct"] or 0), present)
    return Counted(column, rows, present, distinct, own["low"], own["high"])
