"""The fonts that files embed: which show what people typed, and which letters none of them has.

Text is set in Libertinus Serif, which typst brings, and in DejaVu Sans, which matplotlib brings; what both lack comes
from Noto, which is a font for each of the world's scripts. A letter that no font has is named, never a silent box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

_BASE = Path(mpl.get_data_path()) / "fonts" / "ttf"
_BASE_FAMILY = "DejaVu Sans"
_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
# One file of many families, which draw the same characters as they are written in each country.
_CHINESE, _JAPANESE = "Noto Sans CJK SC", "Noto Sans CJK JP"
_CJK_FILE = "CJK"
_KANA = range(0x3040, 0x3100)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_SELECTORS = range(0xFE00, 0xFE10)
_MOST_NAMED = 12


@dataclass(frozen=True)
class Face:
    """One font file: the family's name, where it is, and which characters it has."""

    family: str
    path: Path
    letters: frozenset[str]


def folders_for(text: str) -> list[Path]:
    """Where the font files are that show a text: those of other scripts are large, and seldom asked for."""
    return [_BASE, *(_noto() if faces_for(text) else [])]


def _noto() -> list[Path]:
    """The folders of the font packages that are installed."""
    found = (find_spec(name) for name in _PACKAGES)
    return [Path(place) for spec in found if spec for place in spec.submodule_search_locations or ()]


@cache
def _base() -> Face:
    return _face(_BASE / "DejaVuSans.ttf")


@cache
def _others() -> tuple[Face, ...]:
    """The fonts for other scripts; slanted ones are of no use in between."""
    files = sorted(path for folder in _noto() for path in folder.iterdir() if path.suffix in (".ttf", ".ttc"))
    return tuple(_face(path) for path in files if "Italic" not in path.name)


def _face(path: Path) -> Face:
    font = FT2Font(str(path))
    family = _CHINESE if _CJK_FILE in path.name else font.family_name
    return Face(family, path, frozenset(map(chr, font.get_charmap())))


def _visible(text: Iterable[str]) -> set[str]:
    return {
        letter
        for letter in set(text)
        if unicodedata.category(letter) not in _INVISIBLE and ord(letter) not in _SELECTORS
    }


def faces_for(text: str) -> list[Face]:
    """The fonts that it takes, besides the first one, to show a text."""
    lacking, taken = _visible(text) - _base().letters, []
    if not lacking:
        return []
    for face in sorted(_others(), key=lambda face: -len(lacking & face.letters)):
        if lacking & face.letters:
            taken.append(face)
            lacking -= face.letters
    return taken


def families_for(text: str) -> list[str]:
    """The names of the families that show a text, in the order in which they are asked."""
    is_japanese = any(ord(letter) in _KANA for letter in text)
    others = (face.family for face in faces_for(text))
    return [_BASE_FAMILY, *(_JAPANESE if each == _CHINESE and is_japanese else each for each in others)]


def missing_letters(text: str) -> list[str]:
    """The characters that no font here has, each by its code."""
    lacking = _visible(text) - _base().letters
    for face in _others() if lacking else ():
        lacking -= face.letters
    return [f"U+{ord(letter):04X}" for letter in sorted(lacking)]


def named(codes: list[str]) -> str:
    """The first of them, as a list, and how many more there are."""
    rest = len(codes) - _MOST_NAMED
    return ", ".join([*codes[:_MOST_NAMED], *([f"+ {rest}"] if rest > 0 else [])])
