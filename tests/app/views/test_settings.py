"""Settings: the currency in which lists compare, and the rates that people type."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from db import Store
from tests.app.acting import Create, open_page, words
from tests.app.conftest import start
from tests.documents import proposal

pytestmark = pytest.mark.long


@pytest.fixture
def settings(create: Create) -> AppTest:
    for currency in ("EUR", "EUR", "SEK"):
        create(proposal(currency=currency))
    return open_page(start(), "settings")


def save(test: AppTest, typed: str, currency: str = "SEK") -> AppTest:
    next(box for box in test.selectbox if box.label == "Currency").set_value(currency)
    test.text_input(key="rate_typed").set_value(typed)
    return next(button for button in test.button if button.label == "Save the rate").click().run()


def test_a_currency_without_a_rate_is_named_until_one_is_typed(settings: AppTest, pages_store: Store) -> None:
    assert "SEK: no rate yet; 1 proposal stands apart" in words(settings)
    save(settings, "0.087")
    assert pages_store.rates.current()["SEK"].rate == 0.087
    assert "1 SEK = 0.087 EUR" in words(settings).replace("\\", "")
    assert "no rate yet" not in words(settings)


@pytest.mark.parametrize(
    ("typed", "said"), [("", "say what one unit is worth"), ("much", "not a number"), ("0", "above 0")]
)
def test_what_is_no_rate_is_refused_in_words(settings: AppTest, pages_store: Store, typed: str, said: str) -> None:
    save(settings, typed)
    assert said in words(settings)
    assert pages_store.rates.current() == {}


def test_a_rate_that_is_taken_out_comes_back_with_one_click(settings: AppTest, pages_store: Store) -> None:
    save(settings, "0.087")
    settings.button(key="rate:SEK").click().run()
    assert pages_store.rates.current() == {}
    settings.button(key="undo").click().run()
    assert pages_store.rates.current()["SEK"].rate == 0.087


def test_another_display_currency_is_chosen(settings: AppTest, pages_store: Store) -> None:
    settings.selectbox(key="display_currency").set_value("SEK").run()
    assert pages_store.rates.display_currency() == "SEK"
    assert "EUR: no rate yet; 2 proposals stand apart" in words(settings)
