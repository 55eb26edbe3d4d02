"""Places in the document that the value model asks for."""

from __future__ import annotations

from ..document.paths import Path

BRIDGE, RETURNS = Path.of("bridge"), Path.of("returns")
CASES = "cases_per_month"
ALTERNATIVES = "alternatives"


def place_of(index: int, *keys: str | int) -> Path:
    """The place of something within an alternative."""
    return Path.of(ALTERNATIVES, index, *keys)
