"""The server: its settings."""

from __future__ import annotations

import pytest

from app.server import settings


def test_settings_are_found_wherever_the_server_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))
    assert settings()["theme.light.primaryColor"]
    assert settings()["client.showErrorDetails"] == "none"
