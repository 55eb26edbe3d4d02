"""The menu: how many things wait on a page."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import Mock

from app.session import navigation
from app.session.navigation import Page
from db import DatabaseNotReady, NotAMember


def page(url: str, waits: Callable[[], int] | None) -> Page:
    return Page(url, url, "", "", 0, lambda: None, waits=waits)


def test_the_menu_tells_how_many_things_wait_on_each_page() -> None:
    known = [page("plain", None), page("refused", Mock(side_effect=NotAMember("Ana"))), page("inbox", lambda: 3)]
    assert navigation._waiting(known) == {"plain": 0, "inbox": 3}


def test_a_database_that_lets_one_question_wait_is_not_asked_the_next() -> None:
    late = Mock(return_value=3)
    known = [page("ideas", Mock(side_effect=DatabaseNotReady("It does not answer."))), page("inbox", late)]
    assert navigation._waiting(known) == {}
    late.assert_not_called()
