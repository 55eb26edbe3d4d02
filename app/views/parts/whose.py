"""Whose proposals a page shows, for as long as the demo portfolio is here: it stands apart from real work."""

from __future__ import annotations

from collections.abc import Callable

from app.session import address
from app.session.language import tell
from app.session.shared import store
from app.views.parts.tabs import tabs

WHOSE = "whose"
_OWN, _DEMO = "own", "demo"


def is_demo_shown(label: str, has_own: Callable[[], bool]) -> bool | None:
    """Whether the demo portfolio is shown, as `Filters.demo` says it; None where it is not here.

    It comes first where `has_own` says that there is nothing else to be shown. The place stands in the address.
    """
    if not store().demo.is_here():
        return None
    titles = {_OWN: tell("Your proposals"), _DEMO: tell("Demo portfolio")}
    if not has_own():
        titles = dict(reversed(titles.items()))
    return tabs(label, WHOSE, titles, lambda chosen: address.put(WHOSE, [chosen])) == _DEMO
