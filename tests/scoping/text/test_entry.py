"""Numbers as people type them: read in their one plain meaning, asked, pointed out, or refused."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from decimal import Decimal

import pytest
from babel.numbers import NumberFormatError, parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from scoping.document.fields import COUNT, MONEY, MONTHS, SHARE, YEARLY_RATE, Quantity
from scoping.text.entry import EntryRefused, parse, read_number, show, unit_label
from scoping.text.grammar import Grammar, visible
from scoping.text.languages import Language
from scoping.vocabulary import Unit

ENGLISH, GERMAN = Grammar(Language("en"), "EUR"), Grammar(Language("de"), "EUR")
SWISS, AUSTRIAN = Grammar(Language("de_CH"), "CHF"), Grammar(Language("de_AT"), "EUR")
GRAMMARS = [ENGLISH, GERMAN, SWISS, AUSTRIAN]
ANY = Quantity(Unit.NUMBER, -1e15, 1e15)


@pytest.mark.parametrize("currency", ["SEK", "NOK", "CZK", "THB", "BAM"])
@pytest.mark.parametrize(("typed", "value"), [("10k", 1e4), ("2 m", 2e6), ("3b", 3e9)])
def test_the_last_letter_of_a_currency_is_no_sign_of_it(currency: str, typed: str, value: float) -> None:
    assert parse(typed, MONEY, Grammar(Language("en"), currency)) == value


@pytest.mark.parametrize(
    ("typed", "quantity", "value"),
    [
        ("1200", MONEY, 1200),
        ("1,200.50", MONEY, 1200.5),
        ("€ 1,200", MONEY, 1200),
        ("EUR 1200", MONEY, 1200),
        ("180 EUR", MONEY, 180),
        ("180 euros", MONEY, 180),
        ("1 200", MONEY, 1200),
        ("1'200", MONEY, 1200),
        ("1\N{RIGHT SINGLE QUOTATION MARK}200", MONEY, 1200),
        ("1\N{NARROW NO-BREAK SPACE}200", MONEY, 1200),
        ("\N{ZERO WIDTH SPACE}1200\N{BYTE ORDER MARK}", MONEY, 1200),
        ("12\N{SOFT HYPHEN}00", MONEY, 1200),
        ("34k", MONEY, 34_000),
        ("1.5M", MONEY, 1_500_000),
        ("2bn", MONEY, 2e9),
        ("2 Mio.", MONEY, 2e6),
        ("12.5 %", SHARE, 0.125),
        ("12.5", SHARE, 0.125),
        ("12.345 %", SHARE, 0.12345),
        ("12 percent", SHARE, 0.12),
        ("0", SHARE, 0),
        ("1e3", COUNT, 1000),
        ("12 months", MONTHS, 12),
        ("\N{EN DASH}5 %", YEARLY_RATE, -0.05),
        ("\N{MINUS SIGN}5 %", YEARLY_RATE, -0.05),
        ("\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}", MONEY, 12),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}", MONEY, 12),
    ],
)
def test_what_people_type_is_understood(typed: str, quantity: Quantity, value: float) -> None:
    assert parse(typed, quantity, ENGLISH) == value


@pytest.mark.parametrize(
    ("typed", "quantity", "value"),
    [
        ("1.200,50", MONEY, 1200.5),
        ("325.000", MONEY, 325_000),
        ("0,85", MONEY, 0.85),
        ("65,5 %", SHARE, 0.655),
        ("2 Mrd.", MONEY, 2e9),
        ("3 Monate", MONTHS, 3),
        ("1,5e3", COUNT, 1500),
        ("20 Euro", MONEY, 20),
    ],
)
def test_german_is_read_in_german(typed: str, quantity: Quantity, value: float) -> None:
    assert parse(typed, quantity, GERMAN) == value


def test_swiss_francs_are_read_in_swiss_german() -> None:
    assert parse("CHF 1'200.50", MONEY, SWISS) == 1200.5
    assert parse("100 ms", COUNT, ENGLISH, "ms") == 100


@pytest.mark.parametrize(
    ("typed", "grammar", "quantity", "meanings"),
    [
        ("1.200", ENGLISH, MONEY, ("1.2", "1,200")),
        ("325.000", ENGLISH, MONEY, ("325", "325,000")),
        ("1,200", GERMAN, MONEY, ("1,2", "1.200")),
        ("1,5", ENGLISH, MONEY, ("1.5",)),
        ("0,85", ENGLISH, MONEY, ("0.85",)),
        ("1.234,56", ENGLISH, MONEY, ("1,234.56",)),
        ("1.5", GERMAN, MONEY, ("1,5",)),
        ("1,234.56", GERMAN, MONEY, ("1.234,56",)),
        ("1,5", ENGLISH, SHARE, ("1.5%",)),
    ],
)
def test_what_has_two_meanings_or_a_foreign_one_is_asked(
    typed: str, grammar: Grammar, quantity: Quantity, meanings: tuple[str, ...]
) -> None:
    with pytest.raises(EntryRefused) as refused:
        parse(typed, quantity, grammar)
    assert refused.value.meanings == meanings
    for meaning in meanings:
        parse(meaning, quantity, grammar)


@pytest.mark.parametrize(
    ("typed", "quantity", "said"),
    [
        ("abc", MONEY, "not a number"),
        ("", MONEY, "not a number"),
        ("=1+1", MONEY, "not a number"),
        ("12 5", MONEY, "not a number"),
        ("1.2.3", MONEY, "not a number"),
        ("12,34,567", MONEY, "not a number"),
        ("1200k m", MONEY, "not a number"),
        ("\N{VULGAR FRACTION ONE HALF}", MONEY, "not a number"),
        ("10\N{SUPERSCRIPT TWO}", MONEY, "not a number"),
        ("5-", MONEY, "not a number"),
        ("--5", MONEY, "not a number"),
        ("0x10", MONEY, "not a number"),
        ("1_000", MONEY, "not a number"),
        ("5 %", MONEY, "not a share"),
        ("5 USD", MONEY, "another currency; this proposal counts in EUR"),
        ("$5", MONEY, "another currency"),
        ("3m", MONTHS, "is not understood here; the field counts in months"),
        ("5 days", MONTHS, "“days” is not understood here"),
        ("5 EUR", SHARE, "not an amount of money"),
        ("-5", MONEY, "must be a number from 0"),
        ("140", SHARE, "must be a number from 0% to 100%"),
        ("1e308", MONEY, "must be a number from 0"),
        ("1e9999", MONEY, "must be a number from 0"),
        ("1e" + "9" * 300, MONEY, "must be a number from 0"),
        ("nan", MONEY, "not a number"),
        ("inf", MONEY, "not a number"),
        ("9" * 10_000, MONEY, "not a number"),
        ("9" * 300, MONEY, "must be a number from 0"),
    ],
)
def test_what_is_no_number_is_refused_in_the_users_words(typed: str, quantity: Quantity, said: str) -> None:
    with pytest.raises(EntryRefused, match=re.escape(said)):
        parse(typed, quantity, ENGLISH)


def test_a_share_under_one_percent_is_pointed_out_and_the_whole_one_is_a_click_away() -> None:
    entered = read_number("0.65", SHARE, ENGLISH)
    assert entered.value == 0.0065
    assert [(note.instead, "less than 1%" in note.text) for note in entered.notes] == [("65%", True)]
    assert read_number("0.65 %", SHARE, ENGLISH).notes == ()
    assert read_number("0", SHARE, ENGLISH).notes == ()


def test_what_was_understood_is_said_where_it_is_not_plain() -> None:
    assert [note.text for note in read_number("9k", MONEY, ENGLISH).notes] == ["“9k” is read as 9,000"]
    assert [note.text for note in read_number("1e6", MONEY, GERMAN).notes] == ["“1e6” is read as 1.000.000"]
    assert read_number("1,200", MONEY, ENGLISH).notes == ()


@given(st.floats(0, 1e15), st.floats(0, 1), st.floats(-0.99, 10), st.sampled_from(GRAMMARS))
def test_a_shown_number_is_read_back_exactly(amount: float, share: float, rate: float, grammar: Grammar) -> None:
    for value, quantity in ((amount, MONEY), (share, SHARE), (rate, YEARLY_RATE), (-amount, ANY)):
        assert parse(show(value, quantity, grammar), quantity, grammar) == value


@given(st.integers(-999_999, 999_999), st.integers(0, 4), st.sampled_from(GRAMMARS))
def test_a_number_with_few_digits_is_shown_as_one_that_is_plain(digits: int, places: int, grammar: Grammar) -> None:
    value = float(Decimal(digits).scaleb(-places))
    assert parse(show(value, ANY, grammar), ANY, grammar) == value


def independent(text: str, locale: str) -> Decimal | None:
    """The number by babel's strict rules, or None."""
    try:
        return parse_decimal(text, locale=locale, strict=True)
    except NumberFormatError:
        return None


def random_entry(dice: random.Random) -> str:
    """Something that a person might type, or a cat on the keyboard."""
    if dice.random() < 0.5:
        return "".join(dice.choice("0123456789.,") for _ in range(dice.randint(1, 9)))
    number = str(round(dice.uniform(0, 10 ** dice.randint(0, 7)), dice.randint(0, 4)))
    if dice.random() < 0.5:
        whole, _, fraction = number.partition(".")
        group, point = dice.choice([",.", ".,"])
        number = f"{int(whole):,}".replace(",", group) + (f"{point}{fraction}" if fraction else "")
    return dice.choice(["", "", "-", "+"]) + number + dice.choice(["", "", " ", "x", "%", " EUR", "k", " 5"])


@pytest.mark.parametrize(("grammar", "locale"), [(ENGLISH, "en"), (GERMAN, "de")], ids=["en", "de"])
def test_nothing_is_read_as_something_that_babel_would_not_read(grammar: Grammar, locale: str) -> None:
    dice = random.Random(locale)
    read = 0
    for _ in range(3_000):
        typed = random_entry(dice)
        try:
            value = parse(typed, ANY, grammar)
        except EntryRefused:
            continue
        bare = visible(typed).removesuffix("EUR").strip()
        factor = 1000 if bare.endswith("k") else 1
        expected = independent(bare.removesuffix("k").lstrip("+").replace(" ", ""), locale)
        assert expected is not None, typed
        assert value == float(expected * factor), typed
        read += 1
    assert read > 600


@given(st.text(max_size=30), st.sampled_from(GRAMMARS), st.sampled_from([MONEY, SHARE, MONTHS, ANY]))
def test_any_text_is_read_or_refused_and_never_an_error(text: str, grammar: Grammar, quantity: Quantity) -> None:
    with suppress(EntryRefused):
        assert quantity.lower <= parse(text, quantity, grammar) <= quantity.upper


def test_a_unit_that_the_title_says_is_not_said_twice() -> None:
    assert unit_label(MONEY, "EUR") == "EUR"
    assert unit_label(COUNT, "EUR", "Latency budget", "ms") == "ms"
    assert unit_label(MONTHS, "EUR", "Length in months") == ""
