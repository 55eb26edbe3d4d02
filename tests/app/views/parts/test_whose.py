"""Whose proposals a page shows: real work first, the demo portfolio behind a tab, for as long as it is here."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from db import DecisionRequest, DemoProposal, Store
from scoping.vocabulary import Outcome, Recommendation
from tests.app.acting import open_page, said
from tests.app.conftest import start
from tests.documents import CERTAIN, proposal

pytestmark = pytest.mark.long

BUILD = DecisionRequest(1, Recommendation.BUILD, Outcome.BUILD, "Ana", alternative="Model")


def shown(page: str, **address: str) -> str:
    """Every text and link of a page."""
    test: AppTest = start()
    for name, value in address.items():
        test.query_params[name] = value
    test = open_page(test, page)
    assert not test.exception
    return " ".join([said(test), *(str(each.proto.label).replace("\\", "") for each in test.get("page_link"))])


@pytest.fixture
def both(pages_store: Store) -> None:
    made_up = proposal(CERTAIN, title="Made up")
    pages_store.demo.load([DemoProposal(made_up, BUILD, datetime(2024, 5, 20, tzinfo=UTC))])
    saved = pages_store.create(proposal(CERTAIN, title="Mine"))
    pages_store.decide(saved.id, BUILD)


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("page", ["portfolio", "decisions"])
def test_real_work_comes_first_and_the_demo_is_behind_a_tab(page: str) -> None:
    own, demo = shown(page), shown(page, whose="demo")
    assert ("Mine" in own, "Demo: Made up" in own) == (True, False)
    assert ("Mine" in demo, "Demo: Made up" in demo) == (False, True)


@pytest.mark.parametrize("page", ["portfolio", "decisions"])
def test_where_there_is_nothing_else_the_demo_is_shown(page: str, pages_store: Store) -> None:
    made_up = proposal(CERTAIN, title="Made up")
    pages_store.demo.load([DemoProposal(made_up, BUILD, datetime(2024, 5, 20, tzinfo=UTC))])
    assert "Demo: Made up" in shown(page)
    assert "Demo: Made up" not in shown(page, whose="own")


@pytest.mark.parametrize("page", ["portfolio", "decisions"])
def test_without_the_demo_there_is_no_tab(page: str, pages_store: Store) -> None:
    saved = pages_store.create(proposal(CERTAIN, title="Mine"))
    pages_store.decide(saved.id, BUILD)
    assert "Mine" in shown(page, whose="demo")
