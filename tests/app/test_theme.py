"""The settings of the pages' theme say the colours of scoping/theme.py, and no others."""

from __future__ import annotations

import re

import pytest

from app.server import settings
from app.views.parts.badge import LOOKS
from scoping.theme import PALETTES, Palette
from scoping.vocabulary import Recommendation, Tone

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def expected(palette: Palette) -> dict[str, object]:
    """What each setting of a colour must be."""
    return {
        "primaryColor": palette.primary,
        "backgroundColor": palette.page,
        "secondaryBackgroundColor": palette.panel,
        "textColor": palette.ink,
        "linkColor": palette.link,
        "borderColor": palette.border,
        "redColor": palette.bad,
        "greenColor": palette.good,
        "blueColor": palette.main,
        "orangeColor": palette.accent,
        "grayColor": palette.soft,
        "chartCategoricalColors": [
            palette.tone(tone) for tone in (Tone.MAIN, Tone.ACCENT, Tone.GOOD, Tone.BAD, Tone.MUTED)
        ],
        "sidebar.backgroundColor": palette.panel,
        "sidebar.secondaryBackgroundColor": palette.grid,
    }


@pytest.mark.parametrize("scheme", PALETTES)
def test_the_settings_say_the_palette(scheme: str) -> None:
    prefix = f"theme.{scheme}."
    found = {name.removeprefix(prefix): value for name, value in settings().items() if name.startswith(prefix)}
    assert found == expected(PALETTES[scheme])


def test_no_colour_stands_anywhere_else() -> None:
    outside = {
        name: value for name, value in settings().items() if not name.startswith(("theme.light.", "theme.dark."))
    }
    assert not [name for name, value in outside.items() if _COLOUR.search(str(value))]


@pytest.mark.parametrize("scheme", PALETTES)
@pytest.mark.parametrize("recommendation", Recommendation)
def test_a_badge_has_the_colour_of_its_recommendation(recommendation: Recommendation, scheme: str) -> None:
    colour = settings()[f"theme.{scheme}.{LOOKS[recommendation].colour}Color"]
    assert colour == PALETTES[scheme].verdict(recommendation)
