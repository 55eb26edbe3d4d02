"""The portfolio's files, as they are made of what the Store has."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from app.exports.notes import portfolio_report
from db import Store
from scoping import examples
from scoping.reports.portfolio import PORTFOLIO_FORMATS
from scoping.text.languages import Language

pytestmark = pytest.mark.long


@pytest.mark.parametrize("format_", PORTFOLIO_FORMATS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_format_is_made_of_saved_proposals(pages_store: Store, format_: str, language: str) -> None:
    pages_store.create(examples.load("visual_inspection"), "Ana")
    pages_store.create(examples.load("payment_fraud"), "Ana")
    target = io.BytesIO()
    portfolio_report(pages_store, format_, target, Language(language))
    assert target.getvalue()


def test_amounts_are_converted_where_there_is_a_rate(pages_store: Store) -> None:
    pages_store.create(examples.load("payment_fraud"), "Ana")
    pages_store.rates.choose_display_currency("EUR", "Ana")
    pages_store.rates.set("SEK", 0.09, date(2026, 11, 20), "Ana")
    target = io.BytesIO()
    portfolio_report(pages_store, "csv", target, Language("en"))
    row = next(csv.DictReader(io.StringIO(target.getvalue().decode("utf-8-sig"))))
    assert float(row["Expected NPV, converted"]) == pytest.approx(0.09 * float(row["Expected NPV"]))
    assert (row["Converted to"], row["Rate as of"]) == ("EUR", "2026-11-20")
