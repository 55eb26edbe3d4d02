"""The sheet of what came of the decision: plain numbers beside those that were signed. Nothing is calculated from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from ....record.comparing import Fact
from ....record.reestimating import Reestimate
from ....text.languages import message
from ....value.figures import Figure
from ....vocabulary import Unit
from ...measured.beside import YES_OR_NO
from ...measured.note import ActualsNote
from ...measured.telling import where_said
from ...memo.actuals import CAME_OF_IT, ActualsPart
from ...workbooks import NUMBER
from .book import Book, write_title

Cell = str | float | int | None
_SHARE, _MONTHS, _WHOLE = "0.0%", "0.0", "0"
_WHERE, _LAST = 5, 8
_LINE_HEIGHT, _LETTERS = 15, 165
_RANGE = ("P10", "P50", "P90")


def write_actuals(book: Book, note: ActualsNote, part: ActualsPart) -> None:
    """NPV as signed and now, what moved it, what speaks against the decision, and each actual beside its range."""
    _Actuals(book).write(note, part)


class _Actuals:
    def __init__(self, book: Book) -> None:
        self._book, self._row = book, 2
        self._sheet = book.sheet("actuals", {"A:A": 46, "B:E": 20, "F:F": 26, "G:I": 16})

    def write(self, note: ActualsNote, part: ActualsPart) -> None:
        """Which actuals these are, then what they say."""
        about = message("What was measured, beside what was signed. Nothing is calculated from it here.")
        write_title(self._book, self._sheet, CAME_OF_IT, about)
        self._text(part.about)
        self._row += 1
        estimate, money = note.comparison.estimate, self._book.money
        if estimate is not None:
            self._table(message("NPV on the day of the signature"), (*_RANGE, message("Mean")), _npv(estimate), money)
            self._table(
                message("What moved the NPV since it was signed"), (message("Expected NPV"),), _moved(estimate), money
            )
        for head, reasons in (
            (message("What speaks against the decision"), part.against),
            (message("What asks for a look"), part.looks),
        ):
            self._list(head, reasons)
        self._facts(note.comparison.facts)
        self._list("", tuple(filter(None, (*part.remarks, part.still_open, part.how_made))))

    def _list(self, head: str, lines: Sequence[str]) -> None:
        for text in lines:
            if head and text is lines[0]:
                self._line(head, bold=True)
            self._text(text)
        self._row += 1 if lines else 0

    def _line(self, text: str, **look: object) -> None:
        self._sheet.write_string(self._row, 0, self._book.text(text), self._book.look(**look))
        self._row += 1

    def _text(self, text: str) -> None:
        """A sentence over the whole sheet, on as many lines as it takes."""
        said = self._book.text(text)
        self._sheet.merge_range(self._row, 0, self._row, _LAST, "", self._book.look(text_wrap=True))
        self._sheet.write_string(self._row, 0, said, self._book.look(text_wrap=True))
        self._sheet.set_row(self._row, _LINE_HEIGHT * ceil(len(said) / _LETTERS))
        self._row += 1

    def _table(self, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], shape: str) -> None:
        rows = [*rows]
        if rows:
            self._heads(title, heads)
            for row in rows:
                self._cells(row, shape)
            self._row += 1

    def _facts(self, facts: Sequence[Fact]) -> None:
        """Each in its own unit."""
        heads = (*_RANGE, message("So far"), message("Where"), message("Months known"), message("Of months"))
        self._heads(message("Each actual beside the range that was signed"), (*heads, message("Settled")))
        for each in facts:
            self._cells(_fact(each), self._shape(each.unit))
        self._row += 1

    def _heads(self, title: str, heads: Sequence[str]) -> None:
        """The title on a line of its own: it may be longer than the column is wide."""
        self._line(title, bold=True)
        for column, head in enumerate(("", *heads)):
            look = self._book.look(bold=True, bottom=1, **_align(column))
            self._sheet.write_string(self._row, column, self._book.text(head), look)
        self._row += 1

    def _cells(self, row: Sequence[Cell], shape: str) -> None:
        for column, value in enumerate(row):
            if isinstance(value, str):
                look = self._book.look(text_wrap=not column, **_align(column))
                self._sheet.write_string(self._row, column, self._book.text(value), look)
            elif value is not None:
                look = self._book.look(num_format=_WHOLE if isinstance(value, int) else shape)
                self._sheet.write_number(self._row, column, value, look)
        self._row += 1

    def _shape(self, unit: Unit) -> str:
        if unit is Unit.MONEY:
            return self._book.money
        if unit.is_share:
            return _SHARE
        return _MONTHS if unit is Unit.MONTHS else NUMBER


def _align(column: int) -> dict[str, object]:
    """Numbers stand to the right; where it lies is a text beside them."""
    if column == _WHERE:
        return {"align": "left", "indent": 1}
    return {"align": "right"} if column else {}


def _npv(estimate: Reestimate) -> Iterator[Sequence[Cell]]:
    yield _worth(message("As it was signed"), estimate.signed)
    yield _worth(message("Now"), estimate.now)


def _worth(title: str, figure: Figure) -> Sequence[Cell]:
    return title, figure.p10, figure.p50, figure.p90, figure.mean


def _moved(estimate: Reestimate) -> Iterator[Sequence[Cell]]:
    for each in estimate.moved:
        if each.amount:
            yield each.title, float(each.amount)


def _fact(each: Fact) -> Sequence[Cell]:
    if each.kind in YES_OR_NO:
        said = message("Yes") if each.actual else message("No")
        return each.title, None, None, None, said, where_said(each)
    actual = None if each.actual is None else float(each.actual)
    where = message("not over yet: this or more") if each.at_least else where_said(each)
    settled = message("yes") if each.is_settled else message("no")
    return each.title, *(each.range or (None,) * 3), actual, where, each.months, each.of_months, settled
