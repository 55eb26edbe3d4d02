"""What a person does and sees on the pages, in words that the tests share."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from app.session.navigation import pages
from db import Saved
from scoping import Proposal

Create = Callable[[Proposal], Saved]
Open = Callable[..., AppTest]


def open_page(test: AppTest, url: str) -> AppTest:
    """Choose a page in the menu. The test harness can switch to files only; ours are functions."""
    hashes = {str(page.get("url_pathname", "")): key for key, page in test._registered_pages.items()}
    test._page_hash = hashes[url if url != pages()[0].url else ""]
    return test.run()


def words(test: AppTest) -> str:
    """Everything that a page says."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "text", "metric")
    found = [str(element.value) for kind in kinds for element in test.get(kind)]
    return "\n".join(found)


def said(test: AppTest) -> str:
    """Everything that a page says, as a person reads it: without the marks that keep typed text plain."""
    return words(test).replace("\\", "").replace("\u2060", "")


def press(test: AppTest, label: str) -> AppTest:
    """Click the first button with these words on it."""
    return (
        next(each for each in test.button if each.label.replace("\\", "").replace("\u2060", "") == label).click().run()
    )


def key_of(test: AppTest, ending: str) -> str:
    """The key of the widget for a path of the document."""
    widgets = (*test.text_input, *test.text_area, *test.radio, *test.selectbox)
    return next(widget.key for widget in widgets if str(widget.key).endswith(ending))


def review(test: AppTest) -> AppTest:
    """From a proposal's page on to its review."""
    return open_page(test, "review")
