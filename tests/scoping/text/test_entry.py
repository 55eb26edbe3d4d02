"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping.document.fields import COUNT, MONEY, SHARE
from scoping.text.entry import EntryRefused, parse, parse_estimate, show


@pytest.mark.parametrize(
    ("typed", "quantity", "value"),
    [
        ("1200", MONEY, 1200),
        ("1,200.50", MONEY, 1200.5),
        ("€ 1,200", MONEY, 1200),
        ("1 200", MONEY, 1200),
        ("34k", MONEY, 34_000),
        ("1.5M", MONEY, 1_500_000),
        ("12.5 %", SHARE, 0.125),
        ("12.5", SHARE, 0.125),
        ("0", SHARE, 0),
        ("1e3", COUNT, 1000),
    ],
)
def test_what_people_type_is_understood(typed: str, quantity: object, value: float) -> None:
    assert parse(typed, quantity) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "quantity", "said"),
    [
        ("abc", MONEY, "not a number"),
        ("", MONEY, "not a number"),
        ("1,5", MONEY, "a comma separates thousands"),
        ("=1+1", MONEY, "not a number"),
        ("5 %", MONEY, "not a share"),
        ("-5", MONEY, "must be a number from 0"),
        ("140", SHARE, r"must be a number from 0 to 1 \(0% to 100%\)"),
        ("1e308", MONEY, "must be a number from 0"),
        ("1e9999", MONEY, "must be a number from 0"),
        ("nan", MONEY, "not a number"),
        ("inf", MONEY, "not a number"),
        ("9" * 10_000, MONEY, "must be a number from 0"),
    ],
)
def test_what_is_no_number_is_refused_in_the_users_words(typed: str, quantity: object, said: str) -> None:
    with pytest.raises(EntryRefused, match=said):
        parse(typed, quantity)  # type: ignore[arg-type]


@given(st.floats(0, 1e15), st.floats(0, 1))
def test_a_shown_number_is_read_back_exactly(amount: float, share: float) -> None:
    assert parse(show(amount, MONEY), MONEY) == amount
    assert parse(show(share, SHARE), SHARE) == share


def test_estimates_are_one_number_or_three() -> None:
    assert parse_estimate(["", "5", ""], MONEY) == 5
    assert parse_estimate(["1", "2", "3"], MONEY) == {"p10": 1, "p50": 2, "p90": 3}
    assert parse_estimate(["", "", ""], MONEY) is None
    with pytest.raises(EntryRefused, match="all three"):
        parse_estimate(["1", "2", ""], MONEY)
