"""Where something can be looked up, and when it was said, read as people write it."""

from __future__ import annotations

from datetime import date

import pytest

from scoping.errors import EntryRefused
from scoping.text.sources import LONGEST_LINK, read_day, read_link

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("", ""),
        ("  https://example.org/a?b=1#c ", "https://example.org/a?b=1#c"),
        ("http://wiki.intern:8080/Größe", "http://wiki.intern:8080/Größe"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("doi: 10.1016/j.ejor.2017.01.001", "https://doi.org/10.1016/j.ejor.2017.01.001"),
        ("https://doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
    ],
)
def test_a_link_is_a_web_address_or_a_doi(typed: str, link: str) -> None:
    assert read_link(typed) == link
    assert read_link(link) == link, "what stands in the box is taken back as it is"


@pytest.mark.parametrize(
    "typed",
    [
        "see the wiki",
        "javascript:alert(1)",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "https://",
        "https:// example.org",
        "https://exa\u202emple.org",
        "https://example.org:port",
        "https://[::1",
        "\\\\server\\share",
    ],
)
def test_what_is_no_address_is_refused_with_what_is_allowed(typed: str) -> None:
    with pytest.raises(EntryRefused, match="must be a web address that begins with https://"):
        read_link(typed)


def test_a_password_does_not_become_part_of_the_proposal() -> None:
    with pytest.raises(EntryRefused, match="without a name or password"):
        read_link("https://ada:secret@example.org/")


def test_a_link_has_an_end() -> None:
    assert read_link(f"https://example.org/{'a' * (LONGEST_LINK - 20)}")
    with pytest.raises(EntryRefused, match="at most 2,000 characters"):
        read_link(f"https://example.org/{'a' * LONGEST_LINK}")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("2026-11-27", "2026-11-27"),
        ("2026-3-9", "2026-03-09"),
        ("9.3.2026", "2026-03-09"),
        ("09. 03. 2026", "2026-03-09"),
        ("2026-11-28", "2026-11-28"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, day: str | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["2026-02-30", "last week", "03/09/2026", "20261127", "2026-11", "٢٠٢٦-١١-٢٧x"])
def test_what_is_no_day_or_may_be_two_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(EntryRefused, match="must be a day of the calendar, written as 2026-01-31"):
        read_day(typed, TODAY)


@pytest.mark.parametrize("typed", ["2026-11-29", "2062-11-27", "0026-11-27"])
def test_nothing_was_said_in_the_future_or_before_anybody_could(typed: str) -> None:
    with pytest.raises(EntryRefused, match="not in the future"):
        read_day(typed, TODAY)
