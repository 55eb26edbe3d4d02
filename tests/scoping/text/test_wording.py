"""No figure is printed as what it is not: what is not zero never reads 0, and what is not all never reads 100 %."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as some

from scoping.text.languages import Language, say
from scoping.text.wording import (
    amounts,
    chance,
    compact_money,
    error_of,
    metric_value,
    moment,
    money,
    money_in_list,
    number,
    percent,
    percent_in_list,
    rate,
)

GERMAN = Language("de")
FIGURES = some.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


def told(text: str) -> float:
    """The number in a text, read by babel's own parser."""
    digits = re.sub(r"[^\d.,−-]", "", text).replace("−", "-")
    return float(parse_decimal(digits, locale="en"))


def test_a_list_shows_a_dash_where_nothing_is_known() -> None:
    assert money_in_list(None, "EUR") == percent_in_list(None) == "—"
    assert say(money_in_list(None, "EUR"), GERMAN) == "—"


def test_what_is_known_is_said_as_everywhere() -> None:
    assert money_in_list(1_234_567.0, "EUR") == compact_money(1_234_567.0, "EUR") == "€1.2M"
    assert money_in_list(0.0, "EUR") == "€0"
    assert say(percent_in_list(0.25), GERMAN).replace("\N{NO-BREAK SPACE}", " ") == "25 %"


def test_small_figures_keep_their_first_digits() -> None:
    assert percent(0.001727485630620034) == "0.17%"
    assert percent(5e-05) == "0.005%"
    assert percent(2e-05, 1) == "0.002%"
    assert money(0.0004, "EUR") == "€0.0004"
    assert number(0.00012) == "0.00012"
    assert say(money(0.0004, "EUR"), GERMAN).replace("\N{NO-BREAK SPACE}", " ") == "0,0004 €"


def test_what_is_too_small_for_digits_is_said_to_be_less() -> None:
    assert percent(1e-12) == "<0.000001%"
    assert money(1e-9, "EUR") == "<€0.000001"
    assert money(-1e-9, "EUR") == ">−€0.000001"


def test_a_share_that_is_not_all_is_not_a_hundred_per_cent() -> None:
    assert percent(0.9996) == "99.96%"
    assert percent(1.004) == "100.4%"
    assert percent(1.0) == "100%"


def test_chances_are_no_finer_than_simulated_futures_can_tell() -> None:
    assert chance(0.0) == "0%"
    assert chance(0.0001) == "<0.1%"
    assert chance(0.9999) == ">99.9%"
    assert chance(1.0) == "100%"
    assert chance(0.314) == "31%"


def test_a_rate_beyond_sense_is_said_to_be_that() -> None:
    assert rate(12.5) == "more than 1,000%"
    assert say(rate(12.5), GERMAN)
    assert rate(0.75) == "75%"
    assert rate(None) == "none"


@pytest.mark.parametrize("write", [money, compact_money])
def test_what_is_vast_is_a_power_of_ten(write: Callable[[float, str], str]) -> None:
    assert write(1.2345e28, "USD").replace("\N{NO-BREAK SPACE}", " ") == "$1.2 × 10²⁸"
    assert write(-9.99e15, "USD").replace("\N{NO-BREAK SPACE}", " ") == "−$1 × 10¹⁶"
    assert say(write(1.2345e28, "USD"), GERMAN).replace("\N{NO-BREAK SPACE}", " ") == "1,2 × 10²⁸ $"


def test_below_that_words_and_digits_say_it() -> None:
    assert compact_money(9.9e14, "USD") == "$990T"
    assert money(9.9e14, "USD") == "$990,000,000,000,000"
    assert say(compact_money(9.9e14, "USD"), GERMAN).replace("\N{NO-BREAK SPACE}", " ") == "990 Bio. $"


@given(FIGURES)
def test_money_is_zero_exactly_where_it_is_said_to_be(amount: float) -> None:
    assert (told(money(amount, "EUR")) == 0) == (amount == 0)


@given(FIGURES)
def test_a_number_is_zero_exactly_where_it_is_said_to_be(value: float) -> None:
    assert (told(number(value)) == 0) == (value == 0)


@given(some.floats(0, 1))
def test_a_share_is_nothing_or_all_exactly_where_it_is_said_to_be(share: float) -> None:
    for said in (percent(share), percent(share, 1)):
        assert (told(said) == 0) == (share == 0)
        if told(said) == 100:
            assert share > 1 - 1e-8


@given(some.floats(1e-5, 1e9))
def test_what_is_said_is_within_five_per_cent_of_what_is(value: float) -> None:
    assert abs(told(money(value, "EUR")) - value) <= 0.051 * value + 1e-12
    assert abs(told(number(value)) - value) <= 0.051 * value + 1e-12
    assert abs(told(percent(value)) / 100 - value) <= 0.051 * value + 1e-12


def test_a_moment_is_told_in_utc() -> None:
    at = datetime(2026, 3, 1, 13, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    assert say(moment(at), Language("de")) == "1. März 2026, 12:00 UTC"
    assert moment(at).endswith("2026, 12:00 UTC")


@pytest.mark.parametrize(
    ("together", "english", "german"),
    [
        # All in the unit of the largest, to as many decimals as the least needs.
        ((891_724, -490_529, 2_410_119), "€0.89M −€0.49M €2.41M", "0,89 Mio. € −0,49 Mio. € 2,41 Mio. €"),
        ((2_200_298, -5_107_659), "€2.2M −€5.1M", "2,2 Mio. € −5,1 Mio. €"),
        ((891_724, 68_451), "€892K €68K", "892.000 € 68.000 €"),
        # Too small for that unit, or too close to each other: each to its last.
        ((2_117_130, 97), "€2,117,130 €97", "2.117.130 € 97 €"),
        ((2_995_114, 2_995_612), "€2,995,114 €2,995,612", "2.995.114 € 2.995.612 €"),
        ((68_451, 36_000), "€68,451 €36,000", "68.451 € 36.000 €"),
        ((0, 1_500_000), "€0 €1.5M", "0 € 1,5 Mio. €"),
    ],
)
def test_amounts_that_stand_together_have_one_precision(together: tuple[float, ...], english: str, german: str) -> None:
    told = amounts(together, "EUR")
    assert " ".join(told) == english
    assert " ".join(say(each, GERMAN) for each in told).replace("\N{NO-BREAK SPACE}", " ") == german


def test_a_currency_in_letters_stands_apart_from_its_number() -> None:
    assert money(2_200_298, "SEK") == "SEK\N{NO-BREAK SPACE}2,200,298"
    assert compact_money(-2_200_298, "SEK") == "−SEK\N{NO-BREAK SPACE}2.2M"
    assert money(5, "USD") == "$5.00"


def test_an_uncertainty_has_two_digits() -> None:
    assert [error_of(value, "EUR") for value in (20_698, 4_874, 12.34, 0.0)] == ["€21,000", "€4,900", "€12", "€0"]


def test_technical_metrics_have_one_decimal_or_their_first_two_digits() -> None:
    assert [metric_value(value, "share") for value in (0.87, 0.852, 0.0046, 1)] == ["87.0%", "85.2%", "0.46%", "100.0%"]
