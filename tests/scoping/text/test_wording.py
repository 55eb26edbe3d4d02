"""Figures among many: short, and a dash where there is none."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from scoping.text.languages import Language, say
from scoping.text.wording import compact_money, moment, money_in_list, percent_in_list

GERMAN = Language("de")


def test_a_list_shows_a_dash_where_nothing_is_known() -> None:
    assert money_in_list(None, "EUR") == percent_in_list(None) == "—"
    assert say(money_in_list(None, "EUR"), GERMAN) == "—"


def test_what_is_known_is_said_as_everywhere() -> None:
    assert money_in_list(1_234_567.0, "EUR") == compact_money(1_234_567.0, "EUR") == "€1.2M"
    assert money_in_list(0.0, "EUR") == "€0"
    assert say(percent_in_list(0.25), GERMAN).replace("\N{NO-BREAK SPACE}", " ") == "25 %"


def test_a_moment_is_told_in_utc() -> None:
    at = datetime(2026, 3, 1, 13, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    assert say(moment(at), Language("de")) == "01.03.2026, 12:00:05 UTC"
    assert moment(at).startswith("Mar 1, 2026, 12:00:05")
