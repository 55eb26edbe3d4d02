"""Long texts made short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping.text.shortening import name_lines, one_line, shortened


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("brief", 5, "brief"),
        ("briefly", 5, "brie…"),
        ("two words", 5, "two…"),
        ("  two\n lines\t", 20, "two lines"),
        ("", 3, ""),
    ],
)
def test_the_beginning_on_one_line(text: str, longest: int, short: str) -> None:
    assert shortened(text, longest) == short


@given(text=st.text(max_size=40), longest=st.integers(1, 30))
def test_never_longer_never_two_lines_never_twice_as_short(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest
    assert "\n" not in short
    assert shortened(short, longest) == short
    assert one_line(text).startswith(short.removesuffix("…"))


def test_a_number_and_its_unit_stay_together() -> None:
    assert one_line(" SEK\N{NO-BREAK SPACE}2  and\n3 ") == "SEK\N{NO-BREAK SPACE}2 and 3"


def test_a_name_stands_on_as_many_lines_as_it_takes() -> None:
    name = "Score bought from the vendor for the north, first year: recall"
    assert name_lines(name, 20, 4) == ["Score bought from", "the vendor for the", "north, first year:", "recall"]


def test_of_a_far_longer_name_beginning_and_end_are_kept() -> None:
    lines = name_lines("Alternative with a name that says all of it, number 17", 18, 2)
    assert len(lines) == 2
    assert lines[0].startswith("Alternative")
    assert lines[0].endswith("…")
    assert lines[1].endswith("number 17")
    assert all(len(line) <= 18 for line in lines)
