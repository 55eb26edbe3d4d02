"""Every page that is found in app/views: its declaration, and that it opens whatever there is to show."""

from __future__ import annotations

import pytest

from app.session.navigation import Page, pages
from scoping import examples
from scoping.document.editing import change
from tests.app.acting import Create, open_page, words
from tests.app.conftest import start

pytestmark = pytest.mark.long

HOSTILE = "<script>window.hacked = 1</script> :red[x] $x$ **b** [l](javascript:alert(1)) {{7*7}} \u202e | # '; --"
every_page = pytest.mark.parametrize("page", pages(), ids=lambda page: page.url)


def test_pages_have_addresses_titles_and_places_of_their_own() -> None:
    found = pages()
    places = [each.place for each in found]
    assert places == sorted(set(places)), "two in one place"
    for name in ("url", "title", "icon", "help"):
        assert len({getattr(each, name) for each in found}) == len(found), name


@every_page
@pytest.mark.usefixtures("pages_store")
def test_every_page_opens_on_an_empty_database(page: Page) -> None:
    test = open_page(start(), page.url)
    assert not test.exception
    assert not test.error
    assert words(test).strip()


@every_page
def test_every_page_opens_with_a_hostile_title(page: Page, create: Create) -> None:
    saved = create(change(examples.load("visual_inspection"), "title", HOSTILE))
    test = start()
    test.query_params["proposal"] = saved.id
    test = open_page(test, page.url)
    assert not test.exception
    assert not test.error
    marked = [each.value for kind in ("title", "header", "markdown", "caption") for each in test.get(kind)]
    assert not [text for text in marked if ":red[x]" in text or "$x$" in text or "**b**" in text]
