"""The sheet of what was measured on samples of the team's data: numbers to go on with, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

from ....document.evidence import Evidence, LearningCurve, Measured
from ....text.evidence import columns_in_table, metric_title
from ....text.languages import counted, message
from ...memo.measured import Account
from .book import Book, write_title

Cell = str | float | int | None
_MOST_COLUMNS_NAMED = 10
_WHOLE, _PRECISE = "#,##0", "0.0000"


def write_evidence(book: Book, accounts: Sequence[Account]) -> None:
    """Each evidence document below the other."""
    _Evidence(book).write(accounts)


class _Evidence:
    def __init__(self, book: Book) -> None:
        self._book, self._row = book, 3
        self._sheet = book.sheet("evidence", {"A:A": 46, "B:F": 18})

    def write(self, accounts: Sequence[Account]) -> None:
        """Title, and what each document holds."""
        about = message(
            "What a probe measured on samples of data; intervals are of 95%. Nothing is calculated from it here."
        )
        write_title(self._book, self._sheet, message("Evidence"), about)
        for evidence, account in zip(self._book.summary.proposal.evidence, accounts, strict=True):
            self._line(account.name, bold=True, font_size=12)
            self._cells(_facts(evidence))
            self._table(message("Measured"), _INTERVAL, _measured(evidence))
            if evidence.learning_curve:
                self._table(message("Learning curve"), _CURVE, _points(evidence.learning_curve))
                self._table(message("The fitted curve"), _INTERVAL, _fitted(evidence.learning_curve))
            self._table(message("If inputs vanish"), (message("Columns"), *_INTERVAL[1:]), _vanishing(evidence))
            for warning in account.warnings:
                self._line(warning)
            self._row += 1

    def _line(self, text: str, **look: object) -> None:
        self._sheet.write_string(self._row, 0, self._book.text(text), self._book.look(**look))
        self._row += 1

    def _table(self, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        rows = [*rows]
        if not rows:
            return
        self._line(title, bold=True)
        for column, head in enumerate(heads):
            align = {"align": "right"} if column else {}
            self._sheet.write_string(self._row, column, self._book.text(head), self._book.look(bottom=1, **align))
        self._row += 1
        self._cells(rows)

    def _cells(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            for column, value in enumerate(row):
                self._cell(column, value)
            self._row += 1
        self._row += 1

    def _cell(self, column: int, value: Cell) -> None:
        if isinstance(value, str):
            self._sheet.write_string(self._row, column, self._book.text(value), self._book.look())
        elif value is not None:
            shape = _WHOLE if isinstance(value, int) else _PRECISE
            self._sheet.write_number(self._row, column, value, self._book.look(num_format=shape))


_INTERVAL = (message("Figure"), message("Value"), message("Low"), message("High"))
_CURVE = (message("Labelled rows"), message("Mean score"), message("Lowest"), message("Highest"))


def _facts(evidence: Evidence) -> Iterator[Sequence[Cell]]:
    """Of which data, when, by whom: enough to measure it again."""
    source, made = evidence.source, evidence.made
    yield message("Predicted"), evidence.target
    yield message("Measured on"), made.on.isoformat()
    yield message("Run by"), made.by
    yield message("Source"), source.name
    yield message("SHA-256 of the file"), source.sha256
    yield message("Rows"), source.rows
    yield message("Rows that were used"), source.rows_used
    yield message("Seed"), str(made.seed)
    if evidence.signal:
        yield message("Signal"), message("yes") if evidence.signal.found else message("no")


def _measured(evidence: Evidence) -> Iterator[Sequence[Cell]]:
    for name, each in evidence.metrics.items():
        yield _interval(metric_title(name), each)
    if evidence.signal:
        yield message("Without any input"), float(evidence.signal.baseline)
        yield message("On shuffled labels"), float(evidence.signal.permuted)
    labels = evidence.labels
    if labels and labels.contradicted:
        yield _interval(message("Share of labels that look wrong"), labels.contradicted)
    if labels and labels.kappa:
        yield _interval(message("Cohen's kappa of two people"), labels.kappa)


def _points(curve: LearningCurve) -> Iterator[Sequence[Cell]]:
    for each in curve.points:
        yield each.rows, float(fmean(each.scores)), float(min(each.scores)), float(max(each.scores))


def _fitted(curve: LearningCurve) -> Iterator[Sequence[Cell]]:
    metric = metric_title(curve.metric)
    if curve.at_four_times:
        most = max(each.rows for each in curve.points)
        yield _interval(message("{metric} with {rows} rows", metric=metric, rows=str(4 * most)), curve.at_four_times)
    if curve.asymptote:
        yield _interval(message("{metric} with rows without end", metric=metric), curve.asymptote)


def _vanishing(evidence: Evidence) -> Iterator[Sequence[Cell]]:
    for each in evidence.vanishing:
        named = columns_in_table(each.columns, _MOST_COLUMNS_NAMED)
        without = counted(
            "Without the strongest: {columns}",
            "Without the {count} strongest: {columns}",
            each.strongest,
            columns=named,
        )
        yield _interval(without, each.score)


def _interval(title: str, measured: Measured) -> Sequence[Cell]:
    return title, float(measured.value), float(measured.low), float(measured.high)
