"""Review: the memo, in the language that was chosen."""

from __future__ import annotations

import pytest

from scoping import examples, read
from tests.app.acting import Create, Open, review, words

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", [*examples.NAMES, "empty"])
def test_review_is_shown(name: str, create: Create, open_step: Open) -> None:
    saved = create(read({"title": "Empty"}) if name == "empty" else examples.load(name))
    test = review(open_step(saved))
    assert not test.exception
    assert test.title[0].value
    assert any(each.value.startswith("Verdict") for each in test.header)


def test_the_memo_is_told_in_the_chosen_language(create: Create, open_step: Open) -> None:
    test = review(open_step(create(examples.load("stock_price"))))
    assert "Key figures" in words(test)
    test.selectbox(key="review_language").set_value("de").run()
    assert not test.exception
    assert "Kennzahlen" in words(test)
    assert "Key figures" not in words(test)
    # The choice holds for the session, on every page that asks for it.
    assert test.run().selectbox(key="review_language").value == "de"


def test_the_team_s_language_is_where_everybody_begins(
    create: Create, open_step: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "de_LU")
    test = review(open_step(create(examples.load("stock_price"))))
    assert test.selectbox(key="review_language").value == "de_LU"
    assert "Kennzahlen" in words(test)
