"""The glossary explains the words that the memo uses, and other pages can ask it."""

from __future__ import annotations

import pytest

from scoping import assess, examples
from scoping.reports import render, summarise
from scoping.text.glossary import GLOSSARY, meaning


def test_the_words_of_the_memo_are_explained() -> None:
    asked = ("prevalence", "recall", "headroom", "drift", "evpi", "evppi", "evsi", "enbs", "p10_p90", "break_even")
    for word in (*asked, "simulation_error", "expected_value"):
        assert len(meaning(word)) > 40


def test_a_word_that_nobody_explained_is_an_error() -> None:
    with pytest.raises(KeyError):
        meaning("gobbledygook")


def test_it_stands_at_the_end_of_the_memo() -> None:
    document = examples.load("stock_price")
    text = render(summarise(document, assess(document, 1_024)), "md").decode()
    for term in GLOSSARY.values():
        assert term.title.split(",")[0] in text
