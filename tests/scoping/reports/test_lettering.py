"""How wide text is: what a program that lays out pages later makes of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from scoping.reports.lettering import lines_of, parted, width_of

WORDS = some.text(alphabet=some.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=120)


def test_letters_are_as_wide_as_they_are() -> None:
    assert width_of("iiii", 12) < width_of("xxxx", 12) < width_of("mmmm", 12) < width_of("mmmm", 12, bold=True)
    assert width_of("语", 10) > width_of("x", 10)
    assert width_of("e\N{COMBINING ACUTE ACCENT}", 10) < 1.5 * width_of("e", 10)


def test_a_column_as_wide_as_its_longest_word_holds_it() -> None:
    assert lines_of("Prozessmanagement", width_of("Prozessmanagement", 9.5), 9.5) == 1


def test_a_word_longer_than_the_line_goes_on_in_the_next() -> None:
    width = width_of("w" * 100, 12)
    assert lines_of("w" * 300, width, 12) == 3


@given(WORDS, some.floats(0.5, 10), some.integers(1, 5))
def test_what_is_parted_loses_nothing_but_spaces(text: str, width: float, lines: int) -> None:
    first, rest = parted(text, width, 12, lines)
    assert f"{first}{rest}".split() == text.split() or f"{first} {rest}".split() == text.split()
    assert lines_of(first, width, 12) <= lines
