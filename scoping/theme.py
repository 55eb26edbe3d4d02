"""The colours of Groundwork, said once: for pages, charts, paper, slides and workbooks, in light and dark.

Codes are "#rrggbb". `.streamlit/config.toml` is a copy that a test holds to this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .vocabulary import Recommendation, Tone


@dataclass(frozen=True)
class Palette:
    """One set of colours: surfaces and text, and the tones of what is drawn.

    `accent` is legible as text, `accent_mark` is the brighter one of bars and lines; `muted` likewise.
    """

    ink: str
    soft: str
    rule: str
    grid: str
    page: str
    panel: str
    border: str
    primary: str
    link: str
    main: str
    faint: str
    good: str
    bad: str
    accent: str
    accent_mark: str
    muted_mark: str

    def tone(self, tone: Tone) -> str:
        """The colour of a mark."""
        return {
            Tone.MAIN: self.main,
            Tone.GOOD: self.good,
            Tone.BAD: self.bad,
            Tone.MUTED: self.muted_mark,
            Tone.ACCENT: self.accent_mark,
        }[tone]

    def verdict(self, recommendation: Recommendation) -> str:
        """The colour in which a recommendation is written."""
        return {
            Recommendation.BUILD: self.good,
            Recommendation.PILOT: self.main,
            Recommendation.SIMPLER: self.accent,
            Recommendation.REWORK: self.soft,
            Recommendation.STOP: self.bad,
        }[recommendation]


LIGHT = Palette(
    ink="#14181d",
    soft="#59626c",
    rule="#dfe3e8",
    grid="#e3e6ea",
    page="#ffffff",
    panel="#f4f6f8",
    border="#d9dee4",
    primary="#1f5fa8",
    link="#1f5fa8",
    main="#2f6db5",
    faint="#9dbce0",
    good="#1d7f4e",
    bad="#c2412d",
    accent="#96620f",
    accent_mark="#b7791f",
    muted_mark="#7a828c",
)
DARK = Palette(
    ink="#e8eaed",
    soft="#a5adb6",
    rule="#39404a",
    grid="#39404a",
    page="#15181c",
    panel="#1e2329",
    border="#39404a",
    primary="#3877c2",
    link="#8cbcf2",
    main="#7fb2ee",
    faint="#3d5f87",
    good="#62c48f",
    bad="#f08a75",
    accent="#e3b25c",
    accent_mark="#e3b25c",
    muted_mark="#a5adb6",
)
PALETTES: Mapping[str, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})

INPUT_CELL = "#fff8dc"
"""The ground of a workbook's cells that are there to be changed."""


def code(colour: str) -> str:
    """A colour as six capital hexadecimal digits, as office files want it."""
    return colour.removeprefix("#").upper()
