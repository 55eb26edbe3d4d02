"""Rates between currencies: typed, dated, and used to sort; the same tests on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db import Filters, RateRefused, Store
from scoping import Proposal, appraise
from tests.documents import proposal


def in_currency(currency: str, value: float) -> Proposal:
    return proposal(title=f"{currency} {value}", currency=currency, bridge__value_of_catch=value)


@pytest.fixture
def filled(store: Store) -> Store:
    """Three currencies; the krona's amounts are the largest numbers, and worth least."""
    for currency, value in (("EUR", 400), ("EUR", 300), ("SEK", 1500), ("USD", 350)):
        store.create(in_currency(currency, value))
    return store


def by_value(store: Store) -> list[str]:
    found = store.list(Filters(sort="npv_mean", display=store.rates.display_currency()))
    return [row.title for row in found.rows]


def test_the_currency_of_most_proposals_is_the_display_currency_until_one_is_chosen(filled: Store) -> None:
    assert filled.rates.display_currency() == "EUR"
    filled.rates.choose_display_currency("usd", "Ana")
    assert filled.rates.display_currency() == "USD"


def test_an_empty_store_compares_in_euros(store: Store) -> None:
    assert (store.rates.display_currency(), store.rates.current(), store.rates.without_rate()) == ("EUR", {}, {})


def test_what_has_no_rate_is_named_and_stands_apart_by_currency(filled: Store) -> None:
    assert filled.rates.without_rate() == {"SEK": 1, "USD": 1}
    assert by_value(filled) == ["EUR 400", "EUR 300", "SEK 1500", "USD 350"]
    assert {row.currency: row.rate for row in filled.list(Filters(display="EUR")).rows}["SEK"] is None


def test_amounts_are_sorted_by_what_they_are_worth_in_one_currency(filled: Store) -> None:
    today = filled.today()
    filled.rates.set("SEK", 0.087, today, "Ana")
    filled.rates.set("USD", 1.0, today, "Bo")
    assert by_value(filled) == ["EUR 400", "USD 350", "EUR 300", "SEK 1500"]
    row = next(row for row in filled.list(Filters(display="EUR")).rows if row.currency == "SEK")
    expected = appraise(in_currency("SEK", 1500)).leader().expected  # type: ignore[union-attr]
    assert row.converted(row.npv_mean) == pytest.approx(expected * 0.087)
    assert row.converted(None) is None
    assert filled.rates.without_rate() == {}


def test_the_newest_rate_counts_with_its_day_and_its_person_and_can_be_taken_out(filled: Store) -> None:
    today = filled.today()
    filled.rates.set("SEK", 9.0, today - timedelta(days=3), "Ana")
    filled.rates.set("SEK", 0.087, today, "Bo")
    found = filled.rates.current()["SEK"]
    assert (found.rate, found.as_of, found.set_by) == (0.087, today, "Bo")
    filled.rates.forget("SEK", "Ana")
    assert "SEK" not in filled.rates.current()


def test_rates_belong_to_the_currency_for_which_they_were_typed(filled: Store) -> None:
    filled.rates.set("SEK", 0.087, filled.today())
    filled.rates.choose_display_currency("USD")
    assert filled.rates.current() == {}
    filled.rates.choose_display_currency("EUR")
    assert filled.rates.current()["SEK"].rate == 0.087


@pytest.mark.parametrize(
    ("currency", "rate", "said"),
    [
        ("XYZW", 1.0, "XYZW is no ISO 4217 code"),
        ("=1+1", 1.0, "is no ISO 4217 code"),
        ("SEK", 0.0, "above 0"),
        ("SEK", -1.0, "above 0"),
        ("SEK", float("nan"), "above 0"),
        ("SEK", float("inf"), "above 0"),
        ("SEK", 1e12, "at most 1,000,000,000"),
        ("EUR", 1.0, "EUR is the display currency itself"),
    ],
)
def test_what_is_no_rate_is_refused(filled: Store, currency: str, rate: float, said: str) -> None:
    with pytest.raises(RateRefused, match=said):
        filled.rates.set(currency, rate, date(2026, 1, 1))
    assert filled.rates.current() == {}


def test_a_day_to_come_is_refused(filled: Store) -> None:
    with pytest.raises(RateRefused, match="is still to come"):
        filled.rates.set("SEK", 1.0, filled.today() + timedelta(days=1))


def test_archived_proposals_need_no_rate(filled: Store) -> None:
    identity = next(row.id for row in filled.list().rows if row.currency == "SEK")
    filled.archive(identity)
    assert filled.rates.without_rate() == {"USD": 1}
