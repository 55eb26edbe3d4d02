"""What people typed, on a page that renders Markdown."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from app.fields.words import plain, short, unbroken
from scoping.reports.titles import humanise


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "**bold** _it_ `code` ~~gone~~",
        "[a](http://example.org) ![i](x.png)",
        "# head",
        "- item",
        "+ item",
        "12. item",
        "> quote",
        "| a | b |",
        "www.example.org a@b.org https://example.org",
        "---",
        "=1+1",
    ],
)
def test_marks_are_shown_not_obeyed(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(plain(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children).replace("\u2060", "") == text


@pytest.mark.parametrize("text", [":red[x]", ":material/home:", ":smile:", "$x^2$"])
def test_streamlits_own_marks_are_escaped(text: str) -> None:
    assert text not in plain(text)
    assert plain(text).replace("\\", "").replace("\u2060", "") == text


@pytest.mark.parametrize("text", [":material/delete:", ":streamlit:"])
def test_no_name_of_an_icon_is_left_once_the_marks_are_read(text: str) -> None:
    """Streamlit looks for them in what the escaped marks have become."""
    assert text not in plain(text).replace("\\", "")


def test_words() -> None:
    assert plain("Recall (%), 0.5 - 3") == "Recall (%), 0.5 - 3"
    assert short("x" * 100, 10) == "xxxxxxxxx…"
    assert humanise("per_case") == "Per case"
    assert humanise("classical_ml") == "Classical ML"


def test_a_number_and_its_unit_stay_on_one_line_and_words_do_not() -> None:
    assert plain(unbroken("SEK 2,200,298")) == "SEK\N{NO-BREAK SPACE}2,200,298"
    assert unbroken("not within the horizon") == "not within the horizon"
