"""The portfolio by mail: asked for beside the list as it is filtered, and ended with one click."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.door.settings import Door, Mode
from db import ReportFile, Rhythm, Role, Store
from scoping.vocabulary import Stage
from tests.app.acting import open_page, said
from tests.app.conftest import start
from tests.app.rights import opened, pretend
from tests.db.people import acting

pytestmark = pytest.mark.long


@pytest.fixture
def ada(pages_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Somebody who signed in, where mails are set up."""
    monkeypatch.setenv("GROUNDWORK_SMTP_URL", "smtp://localhost:1")
    pretend(monkeypatch, opened(pages_store))
    for module in ("app.session.identity", "app.views.parts.door"):
        monkeypatch.setattr(f"{module}.door", lambda: Door(Mode.OPENID))
    return acting(pages_store, "Ada", Role.APPROVER)


def portfolio(**address: str) -> AppTest:
    test = start()
    for name, value in address.items():
        test.query_params[name] = value
    return open_page(test, "portfolio")


def test_the_list_as_it_is_filtered_is_asked_for_and_ended(ada: Store) -> None:
    test = portfolio(stage="draft", search="inspection")
    assert "sent to ada@example.org" in said(test)
    test.button(key="report_ask").click().run()
    (made,) = ada.reporting.own()
    assert (made.request.rhythm, made.request.file) == (Rhythm.WEEKLY, ReportFile.PDF)
    assert (made.request.filters.stages, made.request.filters.text) == ((Stage.DRAFT,), "inspection")
    assert "Search: inspection; Stage: Draft" in said(test)
    settings = open_page(start(), "settings")
    assert "Search: inspection; Stage: Draft" in said(settings)
    settings.button(key=f"report_stop:settings:{made.id}").click().run()
    assert ada.reporting.own() == ()
    test.button(key=f"report_stop:list:{made.id}").click().run()
    assert "it was stopped already" in said(test)


def test_nothing_is_offered_where_no_mail_goes_out(ada: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GROUNDWORK_SMTP_URL")
    assert "report_ask" not in [each.key for each in portfolio().button]


def test_nothing_is_offered_where_nobody_signs_in(pages_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(pages_store)
    monkeypatch.setenv("GROUNDWORK_SMTP_URL", "smtp://localhost:1")
    test = portfolio()
    assert not test.exception
    assert "report_ask" not in [each.key for each in test.button]
