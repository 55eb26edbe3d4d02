"""Estimates as people type them: from left to right, as two ends, or as a range in one box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import Estimate
from scoping.document.fields import MONEY, SHARE, YEARLY_RATE, Quantity
from scoping.errors import EntryRefused
from scoping.text.grammar import Grammar
from scoping.text.languages import Language, say
from scoping.text.ranges import BY_CHANCE, BY_ENDS, QUANTILES, Form, form_of, parse_estimate, read_estimate
from scoping.vocabulary import Unit

ENGLISH, GERMAN = Grammar(Language("en"), "EUR"), Grammar(Language("de"), "EUR")
LOW, LIKELY, HIGH = range(3)


def said(texts: list[str], quantity: Quantity = MONEY, changed: int = HIGH) -> str:
    return " ".join(str(note.text) for note in read_estimate(texts, quantity, ENGLISH, changed).notes)


def test_estimates_are_nothing_one_number_or_three() -> None:
    assert parse_estimate(["", "5", ""], MONEY) == 5
    assert parse_estimate(["1", "2", "3"], MONEY) == {"p10": 1, "p50": 2, "p90": 3}
    assert parse_estimate(["4", "4", "4"], MONEY) == 4
    assert parse_estimate(["", " ", "\N{ZERO WIDTH SPACE}"], MONEY) is None


@pytest.mark.parametrize(
    ("text", "quantity", "low", "high"),
    [
        ("50 to 60 %", SHARE, 0.5, 0.6),
        ("50-60%", SHARE, 0.5, 0.6),
        ("50 % \N{EN DASH} 60 %", SHARE, 0.5, 0.6),
        ("2-3k", MONEY, 2000, 3000),
        ("EUR 10\N{EN DASH}20", MONEY, 10, 20),
        ("between 5 and 7", MONEY, 5, 7),
        ("5..7", MONEY, 5, 7),
        ("-5 to -3 %", YEARLY_RATE, -0.05, -0.03),
        ("800-2k", MONEY, 800, 2000),
        ("800 to 1.2 million", MONEY, 800, 1_200_000),
    ],
)
@pytest.mark.parametrize("box", range(3))
def test_a_range_in_one_box_is_a_range(text: str, quantity: Quantity, low: float, high: float, box: int) -> None:
    texts = ["", "", ""]
    texts[box] = text
    found = read_estimate(texts, quantity, ENGLISH)
    assert isinstance(found.value, dict)
    assert (found.value["p10"], found.value["p90"]) == (low, high)
    assert found.value["p50"] == pytest.approx((low + high) / 2)
    assert "assumed halfway" in said(texts, quantity)


def test_a_german_range_is_read_in_german() -> None:
    assert parse_estimate(["", "1,5 bis 2,5 %", ""], SHARE, GERMAN) == {"p10": 0.015, "p50": 0.02, "p90": 0.025}


def test_two_ends_are_a_range_and_what_was_assumed_is_said() -> None:
    assert parse_estimate(["5", "", "7"], MONEY) == {"p10": 5, "p50": 6, "p90": 7}
    assert "Likely is assumed halfway: 6" in said(["5", "", "7"])


@pytest.mark.parametrize(
    ("texts", "number", "open_box"),
    [(["5", "", ""], 5, "Likely"), (["5", "6", ""], 6, "High"), (["", "6", "8"], 6, "Low")],
)
def test_what_is_there_so_far_counts_and_is_said(texts: list[str], number: float, open_box: str) -> None:
    found = read_estimate(texts, MONEY)
    assert (found.value, found.unfinished, found.is_saved) == (number, True, True)
    assert f"counts as one number, {number}; {open_box} is still open" in said(texts)


def test_a_high_alone_is_not_taken_for_the_likely_value() -> None:
    found = read_estimate(["", "", "9"], MONEY)
    assert (found.value, found.unfinished, found.is_saved) == (None, True, False)


@pytest.mark.parametrize(("texts", "changed"), [(["9", "6", "7"], LOW), (["9", "10", "7"], LIKELY)])
def test_a_range_that_is_typed_anew_from_left_to_right_is_unfinished_and_not_wrong(
    texts: list[str], changed: int
) -> None:
    found = read_estimate(texts, MONEY, changed=changed)
    assert (found.unfinished, found.is_saved) == (True, False)
    with pytest.raises(EntryRefused, match="may be below the one before it"):
        read_estimate(texts, MONEY, changed=HIGH)


@pytest.mark.parametrize(
    ("texts", "quantity", "problem", "box"),
    [
        (["60-50", "", ""], MONEY, "Likely \\(P50\\) is 55 and Low \\(P10\\) is 60", LOW),
        (["5-6", "6", ""], MONEY, "leave the two others empty", LOW),
        (["1", "x", "3"], MONEY, "Likely: “x” is not a number", LIKELY),
        (["1", "2", "3,5"], MONEY, "High: “3,5” is not how English writes a number", HIGH),
    ],
)
def test_what_cannot_be_is_refused_in_words(texts: list[str], quantity: Quantity, problem: str, box: int) -> None:
    with pytest.raises(EntryRefused, match=problem) as refused:
        read_estimate(texts, quantity, ENGLISH)
    assert refused.value.box == box
    assert "p10" not in refused.value.allowed.replace("(P10)", "")


@pytest.mark.parametrize(
    ("texts", "quantity", "value"),
    [
        (["0", "1", "2"], MONEY, {"p10": 0, "p50": 1, "p90": 2}),
        (["0", "0", "50k"], MONEY, {"p10": 0, "p50": 0, "p90": 50_000}),
        (["60", "80", "100"], SHARE, {"p10": 0.6, "p50": 0.8, "p90": 1}),
        (["5", "5", "9"], MONEY, {"p10": 5, "p50": 5, "p90": 9}),
    ],
)
def test_a_range_may_touch_what_is_possible_and_its_own_likely_value(
    texts: list[str], quantity: Quantity, value: dict[str, float]
) -> None:
    assert read_estimate(texts, quantity, ENGLISH).value == value


def test_ends_a_hundred_times_apart_are_pointed_out() -> None:
    assert "High (1,200) is 100 times Likely (12) or more" in said(["10", "12", "1200"])
    assert said(["10", "12", "120"]) == ""


@given(st.lists(st.text("0123456789.,-% toke", max_size=9), min_size=3, max_size=3), st.sampled_from([MONEY, SHARE]))
def test_whatever_is_typed_is_an_estimate_that_the_document_takes_or_is_refused(
    texts: list[str], quantity: Quantity
) -> None:
    try:
        found = read_estimate(texts, quantity, ENGLISH)
    except EntryRefused:
        return
    if isinstance(found.value, dict):
        assert tuple(found.value) == QUANTILES
    if found.value is not None:
        quantity.check(Estimate.model_validate(found.value))


ENDS = {"minimum": 10, "likely": 14, "maximum": 30}


@pytest.mark.parametrize(
    "text",
    [
        "at least 10, likely 14, at most 30",
        "min 10 likely 14 max 30",
        "Minimum: 10; most likely: 14; maximum: 30",
        "at least EUR 10, probably €14 and at most 30 EUR",
        "at most 30, at least 10, likely 14",
        "mindestens 10, wahrscheinlich 14, höchstens 30",
        "min. 10, am wahrscheinlichsten 14, max. 30",
    ],
)
@pytest.mark.parametrize("box", range(3))
def test_a_minimum_and_a_maximum_may_be_said_in_words(text: str, box: int) -> None:
    texts = ["", "", ""]
    texts[box] = text
    assert read_estimate(texts, MONEY, ENGLISH).value == ENDS


@pytest.mark.parametrize(
    ("text", "quantity", "grammar", "value"),
    [
        ("mindestens 10,5 %, wahrscheinlich 14 %, höchstens 30 %", SHARE, GERMAN, (0.105, 0.14, 0.3)),
        ("at least 500, likely 800, at most 2k", MONEY, ENGLISH, (500, 800, 2_000)),
        ("at most 2k, likely 800, at least 500", MONEY, ENGLISH, (500, 800, 2_000)),
        ("at least 1k, likely 2, at most 3k", MONEY, ENGLISH, (1_000, 2_000, 3_000)),
        ("at least -5, likely -2, at most 3 %", YEARLY_RATE, ENGLISH, (-0.05, -0.02, 0.03)),
        ("at least 1,000, likely 1,400, at most 3,000", MONEY, ENGLISH, (1_000, 1_400, 3_000)),
        ("min 10 min likely 14 min max 30 min", Quantity(Unit.MINUTES), ENGLISH, (10, 14, 30)),
        ("at least 10, at most 30", MONEY, ENGLISH, (10, 20, 30)),
    ],
)
def test_words_take_numbers_as_every_box_does(
    text: str, quantity: Quantity, grammar: Grammar, value: tuple[float, float, float]
) -> None:
    found = read_estimate(["", text, ""], quantity, grammar).value
    assert found == pytest.approx(dict(zip(BY_ENDS.names, value, strict=True)))


@pytest.mark.parametrize(
    ("texts", "quantity", "problem", "box"),
    [
        (["", "at least 10", ""], MONEY, "write all three, each once: at least 10, likely 14, at most 30", LIKELY),
        (["", "min 10 max 30 min 5", ""], MONEY, "write all three, each once", LIKELY),
        (["at least 10, likely 14", "", ""], MONEY, "write all three", LOW),
        (["1", "at least 10, likely 14, at most 30", ""], MONEY, "leave the two others empty", LOW),
        (["", "at least 30, likely 14, at most 10", ""], MONEY, "Likely is 14 and Minimum is 30", LIKELY),
        (["", "at least 10, likely 40, at most 30", ""], MONEY, "Maximum is 30 and Likely is 40", LIKELY),
        (["", "at least 10, likely x, at most 30", ""], MONEY, "is not a number", LIKELY),
        (["", "at least 10, likely 14, at most 300", ""], SHARE, "Maximum: must be a number from 0% to 100%", LIKELY),
    ],
)
def test_words_that_say_no_range_are_refused_in_words(
    texts: list[str], quantity: Quantity, problem: str, box: int
) -> None:
    with pytest.raises(EntryRefused, match=problem) as refused:
        read_estimate(texts, quantity, ENGLISH)
    assert refused.value.box == box


@pytest.mark.parametrize(
    ("text", "grammar", "apart", "shared"),
    [
        ("at least 2, likely 3, at most 5k", ENGLISH, (2, 3, 5_000), (2_000, 3_000, 5_000)),
        ("mindestens 2, höchstens 1,5 Mio", GERMAN, (2, 750_001, 1_500_000), None),
        ("min 1 max 1,5 Mio", GERMAN, (1, 750_000.5, 1_500_000), (1_000_000, 1_250_000, 1_500_000)),
    ],
)
def test_a_thousand_behind_the_last_word_alone_is_asked_about_where_it_may_count_for_all(
    text: str, grammar: Grammar, apart: tuple[float, ...], shared: tuple[float, ...] | None
) -> None:
    if shared is None:
        assert read_estimate(["", text, ""], MONEY, grammar).value == dict(zip(BY_ENDS.names, apart, strict=True))
        return
    with pytest.raises(EntryRefused, match="may count for it alone or for all") as refused:
        read_estimate(["", text, ""], MONEY, grammar)
    taken = [read_estimate(["", say(each, grammar.language), ""], MONEY, grammar) for each in refused.value.meanings]
    assert [each.value for each in taken] == [dict(zip(BY_ENDS.names, each, strict=True)) for each in (apart, shared)]


@pytest.mark.parametrize(
    ("text", "grammar", "form", "values"),
    [
        ("at least 1.5, likely 2,5, at most 3", ENGLISH, BY_ENDS, [(1.5, 2.5, 3)]),
        ("mindestens 1,5, höchstens 2.5", GERMAN, BY_ENDS, [(1.5, 2, 2.5)]),
        ("at least 5, likely 7, at most 1.234", ENGLISH, BY_ENDS, [(5, 7, 1_234)]),
        ("1,5 to 3", ENGLISH, BY_CHANCE, [(1.5, 2.25, 3)]),
        ("1.5 bis 3", GERMAN, BY_CHANCE, [(1.5, 2.25, 3)]),
        ("1.234 to 3,000", ENGLISH, BY_CHANCE, [(1.234, 1_500.617, 3_000), (1_234, 2_117, 3_000)]),
    ],
)
def test_what_may_have_been_meant_by_one_number_is_offered_with_the_others(
    text: str, grammar: Grammar, form: Form, values: list[tuple[float, ...]]
) -> None:
    with pytest.raises(EntryRefused) as refused:
        read_estimate(["", text, ""], MONEY, grammar)
    assert (refused.value.box, len(refused.value.meanings)) == (LIKELY, len(values))
    for meaning, value in zip(refused.value.meanings, values, strict=True):
        found = read_estimate(["", say(meaning, grammar.language), ""], MONEY, grammar).value
        assert found == pytest.approx(dict(zip(form.names, value, strict=True)))


def test_minutes_are_no_minimum() -> None:
    assert parse_estimate(["", "30 min", ""], Quantity(Unit.MINUTES), ENGLISH) == 30
    assert parse_estimate(["", "20 min - 30 min", ""], Quantity(Unit.MINUTES), ENGLISH) == {
        "p10": 20, "p50": 25, "p90": 30,
    }  # fmt: skip


def test_numbers_in_the_boxes_are_what_their_form_says() -> None:
    assert read_estimate(["10", "14", "30"], MONEY, ENGLISH, form=BY_ENDS).value == ENDS
    assert read_estimate(["", "10 to 30", ""], MONEY, ENGLISH, form=BY_ENDS).value == {**ENDS, "likely": 20}
    assert read_estimate(["5", "5", "5"], MONEY, ENGLISH, form=BY_ENDS).value == 5
    assert read_estimate(["", "5", ""], MONEY, ENGLISH, form=BY_ENDS).value == 5


def test_half_filled_ends_are_unfinished_in_their_own_words() -> None:
    begun = read_estimate(["10", "14", ""], MONEY, ENGLISH, form=BY_ENDS)
    assert (begun.value, begun.unfinished) == (14, True)
    assert "Maximum is still open" in str(begun.notes[-1].text)
    alone = read_estimate(["", "", "30"], MONEY, ENGLISH, form=BY_ENDS)
    assert (alone.value, alone.is_saved) == (None, False)
    assert "Maximum alone is no estimate yet" in str(alone.notes[-1].text)
    anew = read_estimate(["40", "14", "30"], MONEY, ENGLISH, LOW, form=BY_ENDS)
    assert "go on with Likely, which must not be below 40" in str(anew.notes[-1].text)
    with pytest.raises(EntryRefused, match="none of minimum, likely and maximum may be below"):
        read_estimate(["40", "14", "30"], MONEY, ENGLISH, HIGH, form=BY_ENDS)
    with pytest.raises(EntryRefused, match="Maximum: “x” is not a number"):
        read_estimate(["10", "14", "x"], MONEY, ENGLISH, form=BY_ENDS)


def test_a_form_is_known_by_what_the_document_holds() -> None:
    assert form_of(ENDS) is BY_ENDS
    assert all(form_of(value) is BY_CHANCE for value in (None, 5.0, {"p10": 1, "p50": 2, "p90": 3}, {"judgements": []}))


@given(
    st.lists(st.sampled_from(["at least", "min", "likely", "max", "at most", "10", "-3", "5k", "%", ",", "x", "to"])),
    st.sampled_from([MONEY, SHARE, YEARLY_RATE]),
)
def test_whatever_words_are_typed_are_an_estimate_that_the_document_takes_or_are_refused(
    words: list[str], quantity: Quantity
) -> None:
    try:
        found = read_estimate(["", " ".join(words), ""], quantity, ENGLISH)
    except EntryRefused:
        return
    if found.value is not None:
        quantity.check(Estimate.model_validate(found.value))
