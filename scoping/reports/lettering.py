"""How wide text is, for formats whose programs lay out pages later: in the widest font that may stand in for ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

LINE = 0.0431
"""How tall a line is, of a centimetre for each point of type."""

_POINT = 2.54 / 72
# A column as wide as its longest word holds it.
_NOISE = 1e-6
_WORD = re.compile(r"\s*\S+")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is on one line, in centimetres."""
    return sum(_advance(letter, bold) for letter in text) * size * _POINT


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """On how many lines a program wraps it."""
    return sum(1 for _ in _line_ends(text, width / size / _POINT, bold))


def parted(text: str, width: float, size: float, lines: int) -> tuple[str, str]:
    """The text as far as so many lines hold it, and what is left; nothing between them is lost but spaces."""
    for number, end in enumerate(_line_ends(text, width / size / _POINT, False), start=1):
        if number == lines:
            return text[:end].rstrip(), text[end:].lstrip()
    return text, ""


def _line_ends(text: str, room: float, bold: bool) -> Iterator[int]:
    """Where each line ends: between words, and within one that is longer than a line."""
    used, end = 0.0, 0
    for word in _WORD.finditer(text):
        width = _advances(word.group(), bold)
        if used and used + width > room + _NOISE:
            yield end
            used, width = 0.0, _advances(word.group().lstrip(), bold)
        used, end = used + width, word.end()
        if used > room + _NOISE:
            *full, (_, used) = _broken(word, room, bold)
            yield from (place for place, _ in full)
    yield len(text)


def _broken(word: re.Match[str], room: float, bold: bool) -> Iterator[tuple[int, float]]:
    """Where the lines of a word end that is longer than one, and how much of each is used."""
    used = 0.0
    for place, letter in enumerate(word.group(), start=word.start()):
        width = _advance(letter, bold)
        if used and used + width > room:
            yield place, used
            used = 0.0
        used += width
    yield word.end(), used


def _advances(text: str, bold: bool) -> float:
    return sum(_advance(letter, bold) for letter in text)


@cache
def _advance(letter: str, bold: bool) -> float:
    """How far the next letter stands from this one, for a point of type."""
    font = _font(bold)
    if font.get_char_index(ord(letter)):
        return float(font.load_char(ord(letter)).linearHoriAdvance) / 65_536 / 100
    if unicodedata.combining(letter):
        return 0.0
    # Chinese, Japanese and emoji fill a square.
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.65


@cache
def _font(bold: bool) -> FT2Font:
    path = Path(get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{'-Bold' if bold else ''}.ttf"
    font = FT2Font(str(path))
    # One point is one pixel, a hundred times as large, so that nothing is rounded away.
    font.set_size(100, 72)
    return font
