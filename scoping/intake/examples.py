"""The example row of the template, which is left out when it is still there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..text.languages import language_of, message, offered_languages, say


@dataclass(frozen=True)
class ExampleRow:
    """What stands below the headings of the template, by the names of the columns."""

    cells: Mapping[str, Any]

    def is_in(self, said: Mapping[str, str]) -> bool:
        """True for a row that is still the example, in whichever language: by its title and its problem."""
        for tag in offered_languages():
            language = language_of(tag)
            if all(said.get(name) == say(self.cells[name], language) for name in ("title", "problem")):
                return True
        return False


EXAMPLE = ExampleRow(
    {
        "title": message("Example: find forms that were filled in twice"),
        "problem": message("Clerks enter some forms twice, and nobody notices until a customer complains."),
        "decision": message("A form that looks like another one is held back, and a clerk compares both."),
        "volume_low": 800.0,
        "volume_high": 2000.0,
        "value_low": 4.0,
        "value_high": 12.5,
        "currency": "EUR",
        "team": message("Back office"),
        "tags": message("forms, duplicates"),
    }
)
