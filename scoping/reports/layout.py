"""What formats have in common: text as a file can hold it, and how wide a table's columns are."""

from __future__ import annotations

import re
import unicodedata

from ..text.shortening import shortened
from .blocks import Table
from .lettering import width_of

# Characters of a text after which it may as well go on in the next line.
_WRAPS_AT = 34
_LONGEST_PROPERTY = 250
# A column for longer texts than this wraps them.
_MOST_WANTED = 90
# Spaces at which no line ends: between a number and its unit, or between thousands.
_UNBROKEN = frozenset({"\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"})
# They have no glyph of their own, and join or part the letters beside them: Persian, Hindi and emoji need them.
_JOINERS = frozenset({"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"})
_NO_LETTERS = frozenset(map(chr, range(0xFDD0, 0xFDF0)))
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"


def printable(text: str, *, lines: bool = False) -> str:
    """The text without control characters, which have no glyph and which XML forbids; line ends only where wanted.

    Characters that this Python does not know yet, such as the newest emoji, are kept.
    """
    kept = _UNBROKEN | _JOINERS | ({"\n"} if lines else frozenset())
    return "".join(letter if letter.isprintable() or letter in kept or _is_new(letter) else " " for letter in text)


def _is_new(letter: str) -> bool:
    """A letter that is of private use, or not assigned yet; never one of the codes that are no character at all."""
    return unicodedata.category(letter) in ("Co", "Cn") and ord(letter) & 0xFFFE != 0xFFFE and letter not in _NO_LETTERS


def breakable(text: str, longest: int) -> str:
    """The text in which a word of more letters than `longest` may go on in the next line."""
    return re.sub(rf"\w{{{longest}}}(?=\w)|\S{{{2 * longest}}}(?=\S)", rf"\g<0>{_MAY_BREAK}", text)


def property_text(text: str) -> str:
    """What a property of an Office file can hold: 255 letters on one line."""
    return shortened(printable(text), _LONGEST_PROPERTY)


def unbroken(table: Table, row: tuple[str, ...], *, lines: bool = False) -> list[str]:
    """The cells of a row, printable, with their line ends where they are wanted; numbers are not broken over two."""
    return [
        _in_one_piece(cell) if index in table.numeric else printable(cell, lines=lines)
        for index, cell in enumerate(row)
    ]


def _in_one_piece(cell: str) -> str:
    """A number with its unit; words instead of one may go on in the next line."""
    has_digits = any(map(str.isdigit, cell))
    return printable(cell).replace(" ", "\N{NO-BREAK SPACE}") if has_digits else printable(cell)


_CELL_MARGINS = 0.3
# A column of words is at least so many letters wide, where it has that many.
_LEAST_TEXT = "n" * 18


def column_widths(table: Table, total: float, size: float) -> list[float]:
    """Widths in centimetres: no word and no number is broken where there is room for all, the rest goes by length."""
    least = [_least(table, index, size) for index in range(len(table.columns))]
    spare = total - sum(least)
    if spare <= 0:
        return [total * each / sum(least) for each in least]
    wanted = [max(0.0, _wanted(table, index, size) - least[index]) for index in range(len(least))]
    asked = sum(wanted)
    part = min(spare / asked, 1.0) if asked else 0.0
    even = (spare - part * asked) / len(least)
    return [width + part * extra + even for width, extra in zip(least, wanted, strict=True)]


def fits(table: Table, total: float, size: float) -> bool:
    """Whether no word and no number of the table has to be broken in that width."""
    return sum(_least(table, index, size) for index in range(len(table.columns))) <= total


def _least(table: Table, index: int, size: float) -> float:
    """What the longest word takes, and of words a few; a number is one word, its unit included."""
    cells = {row[index] for row in table.rows}
    words = {word if index in table.numeric else word[:_WRAPS_AT] for cell in cells for word in cell.split(" ")}
    head = max((width_of(word, size, bold=True) for word in table.columns[index].split()), default=0.0)
    widest = max((width_of(word, size) for word in words), default=0.0)
    if index not in table.numeric:
        longest = max((width_of(cell[: len(_LEAST_TEXT)], size) for cell in cells), default=0.0)
        widest = max(widest, min(longest, width_of(_LEAST_TEXT, size)))
    return max(head, widest) + _CELL_MARGINS


def _wanted(table: Table, index: int, size: float) -> float:
    """What the longest cell takes on few lines."""
    longest = max((row[index][:_MOST_WANTED] for row in table.rows), key=len, default="")
    return width_of(longest, size) + _CELL_MARGINS
