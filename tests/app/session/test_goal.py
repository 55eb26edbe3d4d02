"""Where the sign-in leads back to: a page of ours with plain words in its address, whatever the cookie says."""

from __future__ import annotations

import pytest

from app.session import goal

GOOD = "0b2f6c1e-1111-4222-8333-444455556666"


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """The pages that were gone to."""
    found: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(goal, "go", lambda page, **address: found.append((page, address)))
    monkeypatch.setattr(goal, "remember", lambda name, text: None)
    return found


def lead(monkeypatch: pytest.MonkeyPatch, cookie: str) -> None:
    monkeypatch.setattr(goal, "remembered", lambda name, longest: cookie[:longest])
    goal.go_to_goal()


def test_it_leads_back(monkeypatch: pytest.MonkeyPatch, gone: list[tuple[str, dict[str, str]]]) -> None:
    lead(monkeypatch, f"proposal?proposal={GOOD}&step=value")
    lead(monkeypatch, "settings?")
    lead(monkeypatch, "judge?round=FAkWkH4LxAZ3DlXckDEdr-I3UwKtU7jm")
    assert gone == [
        ("proposal", {"proposal": GOOD, "step": "value"}),
        ("settings", {}),
        ("judge", {"round": "FAkWkH4LxAZ3DlXckDEdr-I3UwKtU7jm"}),
    ]


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "//evil.example",
        "https://evil.example/proposal?proposal=1",
        "javascript:alert(1)",
        "../proposal",
        "proposal/../../x",
        "PROPOSAL?proposal=1",
        "proposal\x00?proposal=1",
        "nothing?proposal=1",
        "?proposal=1",
        "auth/logout",
        "api/proposals",
        "x" * 10_000,
    ],
)
def test_a_foreign_place_is_no_goal(
    monkeypatch: pytest.MonkeyPatch, gone: list[tuple[str, dict[str, str]]], cookie: str
) -> None:
    lead(monkeypatch, cookie)
    assert gone == []


@pytest.mark.parametrize(
    "query", ["proposal=//evil", "proposal=%0d%0aX", "step=<b>", "next=//evil", "proposal=" + "a" * 99, "page=2&text=x"]
)
def test_what_is_no_plain_word_is_left_out(
    monkeypatch: pytest.MonkeyPatch, gone: list[tuple[str, dict[str, str]]], query: str
) -> None:
    lead(monkeypatch, f"review?{query}")
    assert gone == [("review", {})]
