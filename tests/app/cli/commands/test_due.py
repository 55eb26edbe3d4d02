"""`groundwork due`: announces what is due, sends what waits, and says what could not be sent."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from app.cli import main
from db import DecisionRequest, EventKind, Shape, WebhookRequest, open_store
from tests.app.serving import free_port
from tests.documents import CERTAIN, proposal


def test_what_is_due_on_a_day_is_told_once_and_what_fails_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_store()) as store:
        day = store.today() + timedelta(days=40)
        saved = store.create(proposal(CERTAIN))
        store.decide(saved.id, DecisionRequest(1, "stop", "stop", "Ana", review_on=day))  # type: ignore[arg-type]
        assert main(["due"]) == 0
        assert "0 tasks" in capsys.readouterr().out
        hook = f"http://127.0.0.1:{free_port()}/secret-part"
        store.webhooks.add(WebhookRequest("Hook", hook, Shape.PLAIN, (EventKind.REVIEW_DUE,)))
        assert main(["due", "--today", day.isoformat()]) == 1
        told = capsys.readouterr()
        assert "1 tasks" in told.out
        assert "1 messages could not be sent" in told.err
        assert "secret-part" not in told.out + told.err
        assert main(["due", "--today", day.isoformat()]) == 0
        assert "0 tasks" in capsys.readouterr().out


@pytest.mark.parametrize("given", [["--today", "soon"], ["--stale-days", "0"], ["--stale-days", "many"]])
def test_what_is_no_day_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["due", *given])
    assert given[1] in capsys.readouterr().err


def test_half_a_mail_server_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GROUNDWORK_SMTP_URL", "smtp://user:s3cret@mail.example.org")
    assert main(["due"]) == 1
    said = capsys.readouterr().err
    assert "GROUNDWORK_MAIL_FROM is missing" in said
    assert "s3cret" not in said
