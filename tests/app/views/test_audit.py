"""The audit page: found by filters in its address, checked, and taken out as files that no program runs."""

from __future__ import annotations

import csv
import io

import openpyxl
from streamlit.testing.v1 import AppTest

from app.exports.trail import trail_lines
from db import AuditFilters, Store
from db.models import AuditRow
from scoping.reports.trail import render_trail
from scoping.text.languages import ENGLISH, Language
from tests.app.acting import Create, open_page, press, said
from tests.app.conftest import start
from tests.documents import proposal

FORMULA = '=HYPERLINK("http://example.org")'


def shown(**address: str) -> AppTest:
    test = start()
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "audit")


def test_the_address_says_what_is_shown(create: Create, pages_store: Store) -> None:
    create(proposal(title="A kiln"))
    pages_store.create(proposal(title="A ferry"), "Bo *x*")
    everything = shown()
    assert not everything.exception
    assert len(everything.dataframe[0].value) == 2
    assert list(shown(by="Bo *x*").dataframe[0].value["Proposal"]) == ["A ferry"]
    assert list(shown(search="kiln").dataframe[0].value["Proposal"]) == ["A kiln"]
    assert "No entry matches" in said(shown(what="decided"))
    assert "2 entries" in said(everything)


def test_a_trail_that_was_changed_is_called_so(create: Create, pages_store: Store) -> None:
    create(proposal())
    assert "The 1 entry is whole" in "".join(each.value for each in press(shown(), "Check the trail").success)
    with pages_store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update") if _has_trigger(connection) else None
        connection.execute(AuditRow.__table__.update().values(actor="Somebody else"))  # type: ignore[attr-defined]
    assert "Not whole: 1 of 1 entries" in said(press(shown(), "Check the trail"))


def _has_trigger(connection: object) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE name = 'audit_no_update'"
    return connection.exec_driver_sql(query).first() is not None  # type: ignore[attr-defined]


def test_files_hold_what_people_typed_as_text(pages_store: Store) -> None:
    saved = pages_store.create(proposal(title=FORMULA), "@Bo")
    lines = [*trail_lines(pages_store, AuditFilters())]
    rows = [*csv.reader(io.StringIO(render_trail(lines, "csv", ENGLISH).decode("utf-8-sig")))]
    assert rows[0] == ["When (UTC)", "Who", "By sign-in", "What", "Detail", "Proposal", "Proposal's id"]
    assert rows[1][1:] == ["'@Bo", "no", "Created", "blank", f"'{FORMULA}", saved.id]
    sheet = openpyxl.load_workbook(io.BytesIO(render_trail(lines, "xlsx", Language("de")))).active
    assert sheet is not None
    assert (sheet["F2"].value, sheet["F2"].data_type, sheet["D2"].value) == (FORMULA, "s", "Angelegt")
