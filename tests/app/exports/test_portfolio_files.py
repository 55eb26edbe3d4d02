"""The portfolio's files tell what the list tells, also of the Store's own rows."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

from app.exports.notes import portfolio_report
from db import Filters, Store
from scoping import examples
from scoping.text.languages import ENGLISH


def lines_of(store: Store, filters: Filters | None = None) -> list[dict[str, str]]:
    """The lines of the CSV file, by column."""
    target = BytesIO()
    portfolio_report(store, "csv", target, ENGLISH, filters)
    return list(csv.DictReader(StringIO(target.getvalue().decode("utf-8-sig"))))


def test_the_file_has_a_line_for_each_proposal_of_the_list(store: Store) -> None:
    saved = [store.create(examples.load(name)) for name in ("invoice_routing", "visual_inspection")]
    store.rates.choose_display_currency("USD")
    store.rates.set("EUR", 1.25, date(2026, 1, 1), "Ana")
    found = lines_of(store)
    assert {each.proposal.title for each in saved} <= {value for line in found for value in line.values()}
    assert len(lines_of(store, Filters(text="inspection"))) == 1
    assert all("USD" in line.values() for line in found)
