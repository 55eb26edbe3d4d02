"""A scenario as one self-contained web page: no script, no address outside itself, charts as SVG."""

from __future__ import annotations

from ...text.languages import message
from ...theme import LIGHT
from ..file_format import FileFormat
from ..renderers.html import WebPage, written
from .account import Account

# What the style sheet calls the colour of an approval, a rejection, and of what nobody decided.
_LOOKS = {LIGHT.good: "build", LIGHT.bad: "stop"}


def render(told: Account) -> bytes:
    """The page in UTF-8."""
    facts = ((told.say(message("Edition")), told.edition), *told.facts) if told.edition else told.facts
    look = _LOOKS.get(told.tone, "pilot")
    page = WebPage(told.title, told.tag, look, facts, told.lead, told.sections, told.footnote, told.language)
    return written(page)


FORMAT = FileFormat("html", message("Scenario as web page (HTML)"), "html", "text/html", render, place=5)
