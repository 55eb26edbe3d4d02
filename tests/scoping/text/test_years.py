"""A row of years in one box: as people type it, and as a spreadsheet gives it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping.document.fields import MONEY, Quantity
from scoping.errors import EntryRefused
from scoping.text.grammar import Grammar
from scoping.text.languages import Language
from scoping.text.years import read_years, show_years
from scoping.vocabulary import Unit

PART = Quantity(Unit.SHARE, 0, 10)
ENGLISH, GERMAN = (Grammar(Language(tag), "EUR") for tag in ("en", "de"))
NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "quantity", "grammar", "figures"),
    [
        ("20% 60% 100%", PART, ENGLISH, [0.2, 0.6, 1]),
        ("20 % 60 % 110 %", PART, GERMAN, [0.2, 0.6, 1.1]),
        ("20 60 100", PART, ENGLISH, [0.2, 0.6, 1]),
        ("20%\t60%\t100%\t\r\n", PART, ENGLISH, [0.2, 0.6, 1]),
        ("20%\n60%\n0%", PART, ENGLISH, [0.2, 0.6, 0]),
        ("20%, 60%, 100%", PART, ENGLISH, [0.2, 0.6, 1]),
        ("20%,60%", PART, ENGLISH, [0.2, 0.6]),
        ("2,5 %; 60 %", PART, GERMAN, [0.025, 0.6]),
        ("120,000, 80,000, 60,000", MONEY, ENGLISH, [120_000, 80_000, 60_000]),
        ("120,000 80,000 60,000", MONEY, ENGLISH, [120_000, 80_000, 60_000]),
        ("120.000 80.000,50", MONEY, GERMAN, [120_000, 80_000.5]),
        ("120 000; 80 000", MONEY, ENGLISH, [120_000, 80_000]),
        (f"120{NARROW}000 80{NARROW}000", MONEY, ENGLISH, [120_000, 80_000]),
        ("120k 80k 60 k", MONEY, ENGLISH, [120_000, 80_000, 60_000]),
        ("120 EUR 80 EUR", MONEY, ENGLISH, [120, 80]),
        ("€120 €80", MONEY, ENGLISH, [120, 80]),
        ("20%", PART, ENGLISH, [0.2]),
        ("", PART, ENGLISH, []),
        ("  ", PART, ENGLISH, []),
    ],
)
def test_a_row_of_years_is_read(text: str, quantity: Quantity, grammar: Grammar, figures: list[float]) -> None:
    assert read_years(text, quantity, grammar)[0] == figures


@pytest.mark.parametrize(
    ("text", "quantity", "said"),
    [
        ("20%\t\t60%", PART, "year 2 is empty: write 0 for nothing"),
        ("\t20%", PART, "year 1 is empty"),
        ("20%; 60%;", PART, "year 3 is empty"),
        ("20% sixty% 100%", PART, "year 1: “20% sixty%”"),
        ("20%; -5%", PART, "year 2: must be a number from 0% to 1,000%"),
        ("20%; 1001%", PART, "year 2: must be a number from 0% to 1,000%"),
        ("20%; nan", PART, "year 2: “nan” is not a number"),
        ("20,60,100", PART, "year 1: “20,60,100” is not a number"),
        ("120; USD 80", MONEY, "year 2: “USD 80” is in another currency"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_year(text: str, quantity: Quantity, said: str) -> None:
    with pytest.raises(EntryRefused, match=said.replace("(", r"\(")):
        read_years(text, quantity, ENGLISH)


def test_a_space_that_may_stand_between_thousands_is_asked_about() -> None:
    with pytest.raises(EntryRefused, match="in several ways") as refused:
        read_years("120 000 80 000", MONEY, ENGLISH)
    assert refused.value.meanings == ("120; 0; 80; 0", "120,000; 80,000")
    assert [read_years(each, MONEY, ENGLISH)[0] for each in refused.value.meanings] == [
        [120, 0, 80, 0],
        [120_000, 80_000],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "€120 000 €80 000",
        "€ 120 000 € 80 000",
        "EUR 120 000 EUR 80 000",
        "120 000 EUR 80 000 EUR",
        "120 000€ 80 000€",
    ],
)
def test_a_space_in_an_amount_with_its_currency_is_asked_about_as_well(text: str) -> None:
    with pytest.raises(EntryRefused, match="in several ways") as refused:
        read_years(text, MONEY, ENGLISH)
    assert refused.value.meanings == ("120; 0; 80; 0", "120,000; 80,000")


def test_a_thousand_behind_the_last_year_alone_is_asked_about_where_it_may_count_for_all() -> None:
    for text in ("120 80 60k", "120, 80, 60k"):
        with pytest.raises(EntryRefused, match="in several ways") as refused:
            read_years(text, MONEY, ENGLISH)
        assert refused.value.meanings == ("120; 80; 60,000", "120,000; 80,000; 60,000")
    assert read_years("120; 80; 60k", MONEY, ENGLISH)[0] == [120, 80, 60_000]
    assert read_years("0 0 60k", MONEY, ENGLISH)[0] == [0, 0, 60_000]
    assert read_years("20 60 100 %", PART, ENGLISH)[0] == [0.2, 0.6, 1]


def test_what_may_have_been_meant_in_one_year_is_offered_for_the_whole_row() -> None:
    with pytest.raises(EntryRefused, match="year 1") as refused:
        read_years("1,5; 3", MONEY, ENGLISH)
    assert refused.value.meanings == ("1.5; 3",)


def test_shares_typed_as_parts_of_one_are_pointed_out_for_all_years_at_once() -> None:
    _, notes = read_years("0.2 0.6 1", PART, ENGLISH)
    assert [each.instead for each in notes if each.instead] == ["20%; 60%; 100%"]


def test_it_says_which_year_has_which_figure() -> None:
    _, notes = read_years("20% 60%", PART, ENGLISH)
    assert [str(each.text) for each in notes] == ["Read as year 1: 20%, year 2: 60%"]


@given(st.lists(st.floats(0, 10), max_size=20), st.sampled_from([ENGLISH, GERMAN]))
def test_what_is_shown_is_read_back_exactly(shares: list[float], grammar: Grammar) -> None:
    assert read_years(show_years(shares, PART, grammar), PART, grammar)[0] == shares


@given(st.lists(st.floats(0, 1e12), max_size=20), st.sampled_from([ENGLISH, GERMAN]))
def test_amounts_that_are_shown_are_read_back_exactly(amounts: list[float], grammar: Grammar) -> None:
    assert read_years(show_years(amounts, MONEY, grammar), MONEY, grammar)[0] == amounts


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    figures: list[float] = []
    with suppress(EntryRefused):
        figures, _ = read_years(text, PART, ENGLISH)
    assert all(0 <= each <= 10 for each in figures)
