"""Long texts made short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping.text.shortening import shortened


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
    assert " ".join(text.split()).startswith(short.removesuffix("…"))
