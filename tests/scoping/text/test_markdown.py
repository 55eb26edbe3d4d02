"""Text in Markdown: a reader shows what was typed, and obeys none of it."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scoping.text.markdown import escaped

READER = MarkdownIt("gfm-like", {"html": True, "linkify": False})
# All printable ASCII, some marks more often than others, and a little beyond.
TYPED = st.text(st.sampled_from([*map(chr, range(32, 127)), *"#->*_`[]()!|<&\\\n\t", "é", "…"]), max_size=60)


@pytest.mark.parametrize("also", ["", ":^"])
@given(text=TYPED)
@example(text="1. one")
@example(text="2) two")
@example(text="===")
@example(text="    indented")
@example(text="&lt;b&gt; \\*")
@example(text="[a]: http://example.org")
@example(text="http://example.org www.example.org a@example.org mailto:a data:x")
def test_what_is_shown_is_what_was_typed(text: str, also: str) -> None:
    line = " ".join(text.split())
    html = READER.render(escaped(text, also)).strip()
    assert unescape(html) == (f"<p>{line}</p>" if line else "")


@pytest.mark.parametrize("text", ["Recall 0.93 at 3 % (own test), step 2", "3.5 months", "A - B + C = D", "#1 is best"])
def test_what_is_plain_stays_plain(text: str) -> None:
    assert escaped(text).replace("\\#", "#") == text


def test_a_dialect_has_marks_of_its_own() -> None:
    assert escaped(":rocket: 10^3", ":^") == "\\:rocket\\: 10\\^3"
    assert escaped(":rocket: 10^3") == ":rocket: 10^3"


@pytest.mark.parametrize("text", ["https://example.org", "WWW.example.org", "a@example.org", "javascript:alert(1)"])
def test_no_address_becomes_a_link(text: str) -> None:
    before = escaped(text)
    assert text not in before
    assert before.replace("\\", "") == text
