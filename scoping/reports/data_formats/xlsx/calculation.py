"""What the workbook's formulas come to at the values of its inputs.

Each value is kept beside its formula: a program that does not calculate (a viewer, Excel's Protected View) shows the
figures all the same. They are the workbook's own formulas that are worked out, so that what is kept is what a
spreadsheet finds; a test holds LibreOffice to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from .formulas import Value, formula_at

_Place = tuple[str, str, int]


@dataclass
class Calculation:
    """The cells of the workbook by sheet, column and row (from 1): their numbers and formulas, and the names."""

    numbers: dict[_Place, Value] = field(default_factory=dict)
    formulas: dict[_Place, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _ranges: dict[tuple[str, str, int, int], Value] = field(default_factory=dict)

    def number(self, sheet: str, row: int, column: int, value: float | None) -> None:
        """A cell with a number, its row and column counted from 0."""
        self.numbers[sheet, xl_col_to_name(column), row + 1] = value

    def formula(self, sheet: str, row: int, column: int, text: str) -> None:
        """A cell with a formula, which begins with an equals sign."""
        self.formulas[sheet, xl_col_to_name(column), row + 1] = text[1:]

    def value(self, sheet: str, row: int, column: int) -> Value:
        """What stands in a cell, as a spreadsheet shows it: a number, a text, or its sign for an error."""
        try:
            found = _In(self, sheet).cell("", xl_col_to_name(column), row + 1)
        except ZeroDivisionError:
            return "#DIV/0!"
        except (ValueError, OverflowError, TypeError):
            return "#NUM!"
        return float(found) if isinstance(found, (bool, np.generic)) else found


@dataclass(frozen=True)
class _In:
    """The cells as a formula of one sheet sees them."""

    calculation: Calculation
    sheet: str

    def cell(self, sheet: str, column: str, row: int) -> Any:
        place = (sheet or self.sheet, column, row)
        known = self.calculation.numbers
        if place not in known and place in self.calculation.formulas:
            # A value is worked out once.
            known[place] = formula_at(self.calculation.formulas[place], row)(_In(self.calculation, place[0]), row)
        return known.get(place)

    def cells(self, sheet: str, column: str, first: int, last: int) -> Any:
        place = (sheet or self.sheet, column, first, last)
        if place not in self.calculation._ranges:
            found = [self.cell(place[0], column, row) for row in range(first, last + 1)]
            self.calculation._ranges[place] = np.array([0.0 if each is None else each for each in found], float)
        return self.calculation._ranges[place]

    def named(self, name: str) -> Any:
        return formula_at(self.calculation.names[name], 1)(self, 1)
