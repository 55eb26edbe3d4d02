"""`groundwork serve`: what would fail on every page is said before the first one."""

from __future__ import annotations

import pytest

from app.cli import main


def test_the_app_does_not_start_in_a_language_that_it_does_not_speak(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_LANGUAGE", "klingon")
    assert main(["serve"]) == 2
    assert "Language klingon is not known." in capsys.readouterr().err
