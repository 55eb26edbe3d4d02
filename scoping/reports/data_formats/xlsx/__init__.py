"""The model as an Excel workbook with live formulas: change an input, and NPV, return, payback and break-even follow.

Inputs stand at their P50. Text is always written as text: nothing that a person typed becomes a formula or a link.
"""

from __future__ import annotations

from ....text.languages import message
from ....value.model import value_model
from ...file_format import FileFormat
from ...summary import Summary
from ...workbooks import MEDIA_TYPE, Workbook
from .actuals import write_actuals
from .book import Book
from .evidence import write_evidence
from .flow import write_break_even, write_cash_flow
from .inputs import write_inputs
from .model import WorkbookModel
from .notes import write_notes
from .results import write_results
from .sensitivity import write_sensitivity
from .statement import write_statement


def render(summary: Summary) -> bytes:
    """The workbook: Inputs, Cash flow, Results, Sensitivity, Break-even, Notes; Statement where finance wants it, Evidence and Actuals where there are any."""
    written = Workbook(summary.title, summary.memo.owner)
    written.file.set_calc_mode("auto")
    book = Book(summary, written.file)
    model = value_model(summary.completed)
    if model is not None:
        workbook = WorkbookModel(model)
        write_inputs(book, workbook)
        write_cash_flow(book, workbook)
        write_results(book, workbook)
        if summary.proposal.has_finance:
            write_statement(book, workbook)
        write_sensitivity(book)
        write_break_even(book, workbook)
    if summary.memo.measured is not None:
        write_evidence(book, summary.memo.measured.accounts)
    if summary.actuals is not None and summary.memo.actuals is not None:
        write_actuals(book, summary.actuals, summary.memo.actuals)
    write_notes(book)
    book.calculate()
    return written.content()


FORMAT = FileFormat("xlsx", message("Excel, with live formulas"), "xlsx", MEDIA_TYPE, render, place=5)
