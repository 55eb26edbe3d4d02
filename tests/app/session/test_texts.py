"""The browser is told which text is safe: not before it is, and not a text that was typed on meanwhile."""

from __future__ import annotations

import pytest

from app.session.texts import TypedTexts, fingerprint


@pytest.mark.parametrize(
    ("text", "expected"),
    # Published vectors of FNV-1a, 32 bits; of a text, a letter counts as one unit.
    [("", "0:811c9dc5"), ("a", "1:e40c292c"), ("foobar", "6:bf9cf968")],
)
def test_a_fingerprint_is_the_published_hash(text: str, expected: str) -> None:
    assert fingerprint(text) == expected


def test_a_sign_beyond_the_first_plane_counts_as_two_units_as_it_does_in_a_browser() -> None:
    assert fingerprint("😀").startswith("2:")
    # Half of such a sign is no text, and no reason to fail.
    assert fingerprint("\ud83d").startswith("1:")


def test_a_text_is_safe_once_it_is_said_so() -> None:
    texts = TypedTexts()
    texts.arrived("owner", "Ana")
    assert texts.told() == {"read": {"owner": fingerprint("Ana")}, "safe": {}}
    texts.are_safe()
    assert texts.told() == {"read": {}, "safe": {"owner": fingerprint("Ana")}}
    texts.arrived("owner", "Ana Lima")
    assert texts.told()["safe"] == {"owner": fingerprint("Ana")}


def test_the_last_ones_are_told() -> None:
    texts = TypedTexts()
    for number in range(300):
        texts.arrived(f"field {number}", "text")
        texts.are_safe()
    texts.arrived("field 250", "another text")
    texts.are_safe()
    assert len(texts.safe) == 100
    assert list(texts.safe)[-1] == "field 250"
