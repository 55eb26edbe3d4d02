"""Decisions: found, marked when overdue, and taken out as files that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from app.exports.register import register_lines
from app.session import shared
from db import DecisionFilters, DecisionRequest, Duty, Store
from db.engine import create as engine_of
from scoping import assess, examples
from scoping.reports.listed import LIST_FORMATS
from scoping.reports.register import render_register
from scoping.text.languages import ENGLISH, Language
from scoping.vocabulary import Outcome
from tests.app.acting import Create, open_page, words
from tests.app.conftest import start
from tests.documents import proposal

FORMULA = '=HYPERLINK("http://example.org")'


def request(store: Store, **changes: object) -> DecisionRequest:
    given = {"version": 1, "recommendation": Outcome.STOP, "outcome": Outcome.STOP, "decided_by": "Ana"}
    return DecisionRequest(**{**given, **changes})  # type: ignore[arg-type]


@pytest.fixture
def overdue(pages_store: Store, create: Create, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two decisions a month ago: one was to be reviewed yesterday, one has no day."""
    then = datetime.now(UTC) - timedelta(days=30)
    past = Store(engine_of(pages_store.description), now=lambda: then)
    yesterday = pages_store.today() - timedelta(days=1)
    model = examples.load("visual_inspection")
    figures = assess(model).to_dict()
    one, two = create(model), create(proposal(title=FORMULA))
    past.decide(
        one.id,
        request(past, outcome=Outcome.BUILD, recommendation=Outcome.BUILD, review_on=yesterday, figures=figures,
                alternative="Deep learning on the line"),
    )  # fmt: skip
    past.decide(two.id, request(past, decided_by="@Bo", reason="+1 for later", conditions=("-2", "Fine")))
    return pages_store


def shown(**address: str) -> AppTest:
    test = start()
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "decisions")


def test_what_is_overdue_is_marked_and_found(overdue: Store) -> None:
    assert "Review overdue" in words(shown())
    found = words(shown(due="overdue"))
    assert "Deep learning on the line" in found
    assert "1 decision" in found
    assert "No decision matches" in words(shown(due="overdue", by="@Bo"))


def test_the_address_filters(overdue: Store) -> None:
    assert "1 decision" in words(shown(decision="stop"))
    assert "1 decision" in words(shown(search="later"))
    assert "2 decisions" in words(shown(until=overdue.today().isoformat()))
    assert "No decision matches" in words(shown(**{"from": overdue.today().isoformat()}))
    assert "2 decisions" in words(shown(decision="perhaps", due="someday", page="x"))


def test_the_register_as_csv_is_no_formula_to_a_spreadsheet(overdue: Store) -> None:
    lines = [*register_lines(overdue, DecisionFilters())]
    rows = [*csv.DictReader(io.StringIO(render_register(lines, "csv", ENGLISH).decode("utf-8-sig")))]
    newest, first = rows
    assert newest["Proposal"] == f"'{FORMULA}"
    assert (newest["Decided by"], newest["Reason"]) == ("'@Bo", "'+1 for later")
    assert newest["Conditions"] == "'-2\nFine"
    assert (first["Decision"], first["Alternative"], first["Overdue"]) == ("Build", "Deep learning on the line", "yes")
    assert float(first["Expected NPV"]) == pytest.approx(lines[1].npv("mean"))


def test_the_register_as_excel_holds_text_and_numbers(overdue: Store) -> None:
    content = render_register(register_lines(overdue, DecisionFilters()), "xlsx", Language("de"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "no formula"


def test_the_register_marks_what_stands_and_tells_the_chain(overdue: Store) -> None:
    chained = next(each for each in overdue.decisions().rows if each.decided_by == "@Bo")
    duty = Duty("Ask", overdue.today(), "Dee")
    again = request(overdue, decided_by="Cy", conditions=("Ask",), duties=(duty,))
    second = overdue.decide(chained.proposal_id, again)
    assert "Decision 1 was superseded by decision 2" in words(shown())
    assert "2 decisions" in words(shown(state="standing"))
    overdue.withdrawing.withdraw(chained.proposal_id, second.id, "+Wrong figures", "Bo")
    said = words(shown())
    assert "Withdrawn" in said
    assert "1 decision" in words(shown(state="standing"))
    lines = register_lines(overdue, DecisionFilters())
    newest, *others = csv.DictReader(io.StringIO(render_register(lines, "csv", ENGLISH).decode("utf-8-sig")))
    assert (newest["State"], newest["Decision number"], newest["Supersedes number"]) == ("Withdrawn", "2", "1")
    assert (newest["Withdrawn by"], newest["Why withdrawn"]) == ("Bo (name typed)", "'+Wrong figures")
    assert newest["Who sees to it, and by when"] == f"Ask: Dee, {overdue.today()}"
    superseded = next(each for each in others if each["Decided by"] == "'@Bo")
    assert (superseded["State"], superseded["Superseded by number"]) == ("Superseded", "2")
    assert superseded["Ended on"] == overdue.today().isoformat()


def test_each_format_of_the_register_is_offered(overdue: Store) -> None:
    labels = {button.proto.label for button in shown().get("download_button")}
    assert {str(each.title) for each in LIST_FORMATS} <= labels
    assert shared.store() is overdue
