"""What the sheets of the workbook have in common: looks, protection, text that stays text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ....text.languages import message
from ....theme import INPUT_CELL, LIGHT
from ...summary import Summary
from ...workbooks import cell_text, footer, money_format
from .calculation import Calculation

_LONGEST_FORMULA = 8_192
_A4 = 9
_SHEETS = {
    "inputs": message("Inputs"),
    "cash_flow": message("Cash flow"),
    "results": message("Results"),
    "statement": message("Statement"),
    "sensitivity": message("Sensitivity"),
    "break_even": message("Break-even"),
    "evidence": message("Evidence"),
    "actuals": message("Actuals"),
    "notes": message("Notes"),
}


@dataclass
class Book:
    """The workbook being written, and the looks of its cells."""

    summary: Summary
    file: Any
    looks: dict[str, Any] = field(default_factory=dict)
    calculation: Calculation = field(default_factory=Calculation)
    _pending: list[tuple[Any, int, int, str, Any]] = field(default_factory=list)

    def look(self, **properties: Any) -> Any:
        """A cell format, made once."""
        key = repr(sorted(properties.items()))
        if key not in self.looks:
            self.looks[key] = self.file.add_format({"font_name": "Calibri", "valign": "top", **properties})
        return self.looks[key]

    def soft(self, **properties: Any) -> Any:
        """The look of a remark."""
        return self.look(font_color=LIGHT.soft, **properties)

    def open_cell(self, shape: str) -> Any:
        """The look of a number that is there to be changed."""
        return self.look(num_format=shape, bg_color=INPUT_CELL, border=1, border_color=LIGHT.border, locked=False)

    @property
    def money(self) -> str:
        """The number format of amounts: the currency's code, thousands separated."""
        return money_format(self.summary.proposal.currency)

    @property
    def nothing(self) -> str:
        """The number format of an amount that is nothing, among others that are large."""
        return f'0 "{self.summary.proposal.currency}"'

    def text(self, text: str) -> str:
        """What a cell can hold, in the language of the summary."""
        return cell_text(self.summary.memo.say(text))

    def quoted(self, text: str) -> str:
        """A text within a formula."""
        return '"' + self.text(text).replace('"', '""') + '"'

    def tab(self, identity: str) -> str:
        """The name of a sheet, as its tab shows it."""
        return self.text(_SHEETS[identity])

    def place(self, identity: str) -> str:
        """The sheet's name as formulas refer to its cells."""
        return "'" + self.tab(identity).replace("'", "''") + "'!"

    def sheet(self, identity: str, widths: dict[str, float], *, one_page: bool = False) -> Any:
        """A protected sheet without a password; only cells that are unlocked can be typed into."""
        sheet = self.file.add_worksheet(self.tab(identity))
        sheet.hide_gridlines(2)
        sheet.set_footer(footer(self.summary.memo.standing.line))
        # On paper: as wide as the sheet, and one page or as many as it takes.
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 1 if one_page else 0)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        for columns, width in widths.items():
            sheet.set_column(columns, width)
        return sheet

    def define(self, name: str, reference: str) -> None:
        """A name that formulas use for a cell, a range or a formula."""
        self.file.define_name(name, reference)
        self.calculation.names[name] = reference.removeprefix("=")

    def write_number(self, sheet: Any, row: int, column: int, value: float, look: Any) -> None:
        """A number that formulas read."""
        sheet.write_number(row, column, value, look)
        self.calculation.number(sheet.get_name(), row, column, value)

    def write_formula(self, sheet: Any, row: int, column: int, formula: str, look: Any) -> None:
        """A formula; it is written with its value once all that it may refer to is there."""
        self.calculation.formula(sheet.get_name(), row, column, formula)
        self._pending.append((sheet, row, column, formula, look))

    def calculate(self) -> None:
        """Writes every formula with its value beside it.

        The results come last: they ask for the end of long columns, which are worked out from their beginning.
        """
        results = self.tab("results")
        self._pending.sort(key=lambda cell: cell[0].get_name() == results)
        for sheet, row, column, formula, look in self._pending:
            value = self.calculation.value(sheet.get_name(), row, column)
            sheet.write_formula(row, column, formula, look, value)


def write_title(book: Book, sheet: Any, title: str, about: str) -> None:
    """A sheet's title, and a line that says what it is for."""
    sheet.write_string(0, 0, book.text(title), book.look(bold=True, font_size=15))
    sheet.write_string(1, 0, book.text(about), book.soft())


def write_formula(book: Book, sheet: Any, row: int, column: int, formula: str, look: Any) -> None:
    """A formula; what is longer than Excel allows is said instead."""
    if len(formula) > _LONGEST_FORMULA:
        text = message("This formula is too long for a spreadsheet.")
        sheet.write_string(row, column, book.text(text), look)
        return
    book.write_formula(sheet, row, column, formula, look)
