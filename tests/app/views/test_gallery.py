"""The gallery: every published case with what was published beside ours, and how one becomes a proposal."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from db import Store
from scoping import gallery
from scoping.text.wording import number
from tests.app.acting import open_page, said
from tests.app.conftest import start

pytestmark = pytest.mark.long


@pytest.fixture
def page(pages_store: Store) -> AppTest:
    return open_page(start(), "gallery")


def test_each_case_is_told_with_its_source_and_what_was_published_beside_ours(page: AppTest) -> None:
    assert not page.exception
    told = said(page)
    for name in gallery.NAMES:
        case = gallery.load(name)
        assert case.proposal.title in told
        assert case.source.title in told
        for each in gallery.comparisons(name):
            theirs, ours = (number(value, each.published.decimals) for value in (each.published.value, each.ours))
            assert f"published **{theirs}**, here **{ours}**" in told, name
            assert each.published.difference in told


def test_a_source_is_one_click_away(page: AppTest) -> None:
    found = {each.proto.url for each in page.get("link_button")}
    assert found == {gallery.load(name).source.address for name in gallery.NAMES}


def test_only_the_kinds_that_were_chosen_are_shown(pages_store: Store) -> None:
    test = start()
    test.query_params["kind"] = "maintenance"
    told = said(open_page(test, "gallery"))
    assert gallery.load("age_replacement").proposal.title in told
    assert gallery.load("newsvendor").proposal.title not in told


def test_a_case_is_opened_as_a_proposal_that_names_its_source(page: AppTest, pages_store: Store) -> None:
    page.button(key="case:support_assistant_trial").click().run()
    assert not page.exception
    saved = pages_store.get(pages_store.list().rows[0].id).proposal
    assert saved == gallery.load("support_assistant_trial").proposal
    assert "Brynjolfsson, Li and Raymond (2023), Generative AI at Work" in saved.alternatives[1].evidence[0]


def test_a_newcomer_is_shown_the_way_to_it(pages_store: Store) -> None:
    assert "gallery" in [link.proto.page for link in start().get("page_link")]
