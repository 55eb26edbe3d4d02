"""The marks along an axis: round, few, and written as amounts and shares are everywhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scoping.reports.blocks import Axis, Bars, Figure, Line, Spans
from scoping.reports.ticks import money_ticks, share_ticks
from scoping.text.languages import ENGLISH, Language
from scoping.vocabulary import Tone, Unit

GERMAN = Language("de")


def drawn(*marks: Line | Bars | Spans, language: Language = ENGLISH, share: Axis | None = None) -> Figure:
    return Figure(
        "id", "t", "s", "a", share or Axis("x", Unit.MONEY), Axis("y", Unit.MONEY), marks, "EUR", language=language
    )


def test_amounts_along_an_axis_are_in_one_unit() -> None:
    line = Line("v", [0, 1], [-5.1e6, 12e6])
    assert money_ticks(drawn(line), "y") == ([-5e6, 0.0, 5e6, 10e6], ["−€5M", "€0", "€5M", "€10M"])
    words = money_ticks(drawn(line, language=GERMAN), "y")[1]
    assert [word.replace("\N{NO-BREAK SPACE}", " ") for word in words] == ["−5 Mio. €", "0 €", "5 Mio. €", "10 Mio. €"]


def test_shares_go_from_where_to_where_the_axis_says() -> None:
    figure = drawn(share=Axis("x", Unit.SHARE, 0.0, 1.0))
    assert share_ticks(figure, "x")[1] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    bars = drawn(Bars([0, 1], [1, 2], [0.12, 0.03], [Tone.MAIN] * 2), language=GERMAN)
    assert [word.replace("\N{NO-BREAK SPACE}", " ") for word in share_ticks(bars, "y")[1]] == [
        "0 %", "2,5 %", "5 %", "7,5 %", "10 %",
    ]  # fmt: skip


@pytest.mark.parametrize("most", [4, 6])
@given(some.floats(-1e9, 1e9), some.floats(1e-3, 1e9))
def test_marks_are_few_and_within_what_is_drawn(most: int, low: float, width: float) -> None:
    values, words = money_ticks(drawn(Line("v", [0, 1], [low, low + width])), "y", most)
    assert len(values) == len(words) <= most
    assert all(
        low - 1e-6 * abs(low) - 1e-9 <= value <= low + width + 1e-6 * abs(low + width) + 1e-9 for value in values
    )


def test_where_nothing_varies_there_is_one_mark() -> None:
    assert money_ticks(drawn(Line("v", [0, 1], [3.0, 3.0])), "y")[0] == [3.0]
