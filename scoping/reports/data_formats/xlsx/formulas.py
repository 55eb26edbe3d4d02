"""Reads the workbook's own formulas: the few functions and signs that it uses, and nothing more.

A formula becomes a function of the row it stands in and of the cells around it, so that the same formula in a hundred
rows is read once. Excel's rules hold: a minus before a number binds closer than a power, and IF looks at one branch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import floor, log, pi, sqrt
from typing import Any, Protocol

import numpy as np
from scipy.special import ndtr, ndtri

Value = Any
"""A number, a text, None for an empty cell, or an array of numbers for a range."""


class Cells(Protocol):
    """Where a formula finds its values."""

    def cell(self, sheet: str, column: str, row: int) -> Value:
        """The value of one cell; sheet "" is the formula's own."""
        ...

    def cells(self, sheet: str, column: str, first: int, last: int) -> Value:
        """The values of a column's cells from one row to another."""
        ...

    def named(self, name: str) -> Value:
        """What a defined name stands for."""
        ...


Formula = Callable[[Cells, int], Value]
"""A formula that was read: its value among these cells, where it stands in that row."""

_TOKENS = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*(?:[Ee][+-]?\d+)?)
    |(?P<text>"(?:[^"]|"")*")
    |(?:(?P<sheet>'(?:[^']|'')*')!)?\$?(?P<column>[A-Z]{1,3})(?:\$(?P<row>\d+)|\[(?P<relative>-?\d+)\])
    |(?P<function>[A-Z]+)(?=\()|(?P<name>[A-Za-z_][A-Za-z0-9_.]*)
    |(?P<sign><=|>=|<>|[-+*/^<>=(),:{}]))""",
    re.VERBOSE,
)
_PLACES = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|(?<![A-Za-z0-9_.$])(\$?[A-Z]{1,3})(\d+)(?![A-Za-z0-9_(.])")


def formula_at(text: str, row: int) -> Formula:
    """The formula that stands in a row (from 1), without its equals sign."""
    return _read(_PLACES.sub(lambda found: _relative(found, row), text))


def _relative(found: re.Match[str], row: int) -> str:
    """A cell by how far below it stands: the same formula further down is then the same text."""
    return f"{found[1]}[{int(found[2]) - row}]" if found[1] else found[0]


@lru_cache(maxsize=4_096)
def _read(text: str) -> Formula:
    return _Reader(text).formula()


class _Reader:
    """Reads from left to right; each method is one level of precedence."""

    def __init__(self, text: str) -> None:
        self._tokens: list[dict[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            found = _TOKENS.match(text, at)
            if found is None:
                raise ValueError(f"not a formula of this workbook: {text[at : at + 40]}")
            self._tokens.append({key: value for key, value in found.groupdict().items() if value is not None})
            at = found.end()
        self._at = 0

    def formula(self) -> Formula:
        found = self._compared()
        if self._at < len(self._tokens):
            raise ValueError(f"not a formula of this workbook: {self._tokens[self._at]}")
        return found

    def _takes(self, *signs: str) -> str | None:
        """The next sign, if it is one of these."""
        sign = self._tokens[self._at].get("sign") if self._at < len(self._tokens) else None
        if sign not in signs:
            return None
        self._at += 1
        return sign

    def _compared(self) -> Formula:
        return self._chain(self._added, _COMPARED)

    def _added(self) -> Formula:
        return self._chain(self._multiplied, _ADDED)

    def _multiplied(self) -> Formula:
        return self._chain(self._raised, _MULTIPLIED)

    def _raised(self) -> Formula:
        return self._chain(self._signed, _RAISED)

    def _chain(self, part: Callable[[], Formula], signs: Mapping[str, Callable[[Value, Value], Value]]) -> Formula:
        found = part()
        while (sign := self._takes(*signs)) is not None:
            found = _both(signs[sign], found, part())
        return found

    def _signed(self) -> Formula:
        if self._takes("-"):
            inner = self._signed()
            return lambda cells, row: -_number(inner(cells, row))
        if self._takes("+"):
            return self._signed()
        return self._single()

    def _single(self) -> Formula:
        if self._takes("("):
            inner = self._compared()
            self._takes(")")
            return inner
        if self._takes("{"):
            return _always(np.array(self._listed("}")))
        token = self._tokens[self._at]
        self._at += 1
        return self._of(token)

    def _of(self, token: dict[str, str]) -> Formula:
        if "number" in token:
            return _always(float(token["number"]))
        if "text" in token:
            return _always(token["text"][1:-1].replace('""', '"'))
        if "column" in token:
            return self._place(token)
        if "function" in token:
            return _called(token["function"], self._arguments())
        if token.get("name") in ("TRUE", "FALSE"):
            return _always(token["name"] == "TRUE")
        name = token["name"]
        return lambda cells, _: cells.named(name)

    def _listed(self, end: str) -> list[float]:
        numbers = []
        while not self._takes(end):
            negative = self._takes("-")
            value = float(self._tokens[self._at]["number"])
            self._at += 1
            numbers.append(-value if negative else value)
            self._takes(",")
        return numbers

    def _arguments(self) -> list[Formula]:
        self._takes("(")
        found: list[Formula] = []
        while not self._takes(")"):
            found.append(self._compared())
            self._takes(",")
        return found

    def _place(self, token: dict[str, str]) -> Formula:
        """One cell, or a range down a column."""
        sheet, column = token.get("sheet", "")[1:-1].replace("''", "'"), token["column"]
        first = _row(token)
        if not self._takes(":"):
            return lambda cells, row: cells.cell(sheet, column, first(row))
        last = _row(self._tokens[self._at])
        self._at += 1
        return lambda cells, row: cells.cells(sheet, column, first(row), last(row))


def _row(token: dict[str, str]) -> Callable[[int], int]:
    if "row" in token:
        fixed = int(token["row"])
        return lambda _: fixed
    below = int(token["relative"])
    return lambda row: row + below


def _always(value: Value) -> Formula:
    return lambda _cells, _row: value


def _both(operation: Callable[[Value, Value], Value], first: Formula, second: Formula) -> Formula:
    return lambda cells, row: operation(_number(first(cells, row)), _number(second(cells, row)))


def _number(value: Value) -> Value:
    """An empty cell counts as 0."""
    return 0.0 if value is None else value


def _divided(first: Value, second: Value) -> Value:
    if np.ndim(second) == 0 and second == 0:
        raise ZeroDivisionError
    return first / second


_COMPARED: Mapping[str, Callable[[Value, Value], Value]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_ADDED: Mapping[str, Callable[[Value, Value], Value]] = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
_MULTIPLIED: Mapping[str, Callable[[Value, Value], Value]] = {"*": lambda a, b: a * b, "/": _divided}
_RAISED: Mapping[str, Callable[[Value, Value], Value]] = {"^": lambda a, b: a**b}


def _called(function: str, arguments: list[Formula]) -> Formula:
    if function == "IF":
        condition, then, otherwise = arguments
        return lambda cells, row: then(cells, row) if condition(cells, row) else otherwise(cells, row)
    found = _FUNCTIONS[function]
    return lambda cells, row: found(*(argument(cells, row) for argument in arguments))


def _largest(*values: Value) -> Value:
    return max(float(np.max(_number(value))) for value in values)


def _least(*values: Value) -> Value:
    return min(float(np.min(_number(value))) for value in values)


def _sum_of_products(*values: Value) -> float:
    product: Value = 1.0
    for value in values:
        product = product * _number(value)
    return float(np.sum(product))


def _looked_up(value: float, among: Value, results: Value = None) -> float:
    place = int(np.searchsorted(among, value, side="right")) - 1
    if place < 0:
        raise ValueError("below the first value")
    return float((among if results is None else results)[place])


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _density(value: float, mean: float, deviation: float, _cumulative: bool) -> float:
    return float(np.exp(-(((value - mean) / deviation) ** 2) / 2) / (deviation * sqrt(2 * pi)))


_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "ABS": lambda value: np.abs(_number(value)),
    "MAX": _largest,
    "MIN": _least,
    "OR": lambda *values: any(bool(value) for value in values),
    "AND": lambda *values: all(bool(value) for value in values),
    "SUMPRODUCT": _sum_of_products,
    "LN": lambda value: log(value),
    "SQRT": lambda value: np.sqrt(value) if np.ndim(value) else sqrt(value),
    "INT": lambda value: float(floor(value)),
    "SIGN": lambda value: float(np.sign(value)),
    "PI": lambda: pi,
    "N": lambda value: value if _is_number(value) else 0.0,
    "ISNUMBER": _is_number,
    "INDEX": lambda values, place: float(values[int(place) - 1]),
    "LOOKUP": _looked_up,
    "NORMSINV": lambda value: float(ndtri(value)),
    "NORMSDIST": lambda value: float(ndtr(value)),
    "NORMDIST": _density,
}
