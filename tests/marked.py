"""A language in which every text stands between marks: what has none would stay English."""

from __future__ import annotations

import re
from gettext import NullTranslations

from scoping.text.languages import Language

GERMAN = Language("de")
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
# "January" and the like come from the rules of the language, not from a catalogue.
MONTHS = re.compile("|".join(str(name) for name in GERMAN.locale.months["format"]["wide"].values()))


class Marked(NullTranslations):
    """Its catalogue."""

    def gettext(self, text: str) -> str:
        return f"⟦{text}⟧"

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return f"⟦{singular if n == 1 else plural}⟧"


def without_marked(text: str) -> str:
    """What does not stand between marks."""
    while _MARKED.search(text):
        text = _MARKED.sub("", text)
    return text
