"""A figure for each year in one box, as people type them or paste them from a spreadsheet: "20% 60% 100%".

Cells that are pasted come with tabs or line ends between them; people write semicolons, commas or spaces. Where a space
may as well stand between thousands, both meanings are offered, and a year without a figure is never left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from ..document.fields import Quantity
from ..errors import EntryRefused
from .entry import PLAIN, Note, read_number, show
from .grammar import LONGEST_ENTRY, Grammar
from .languages import joined, message
from .ranges import units_shared

BETWEEN = "; "
# What is never within a number; then a comma that is none within one; then a space.
_CELLS = re.compile(r" *[\t\r\n;] *")
_COMMAS = re.compile(r", +|(?<=%),")
_SPACES = re.compile(r" +")
_DECIMALS = 12
_DIGIT = re.compile(r"\d")
# A number that may go on behind a space, its sign or currency before it; and what it goes on with.
_OPEN, _GROUP = re.compile(r"[^\d.,]*\d{1,3}(?: \d{3})*"), re.compile(r"\d{3}(?!\d)")


def show_years(figures: Sequence[float], quantity: Quantity | None, grammar: Grammar = PLAIN) -> str:
    """The figures as they stand in their box; `read_years` takes them back exactly."""
    return BETWEEN.join(show(each, quantity, grammar) for each in figures)


def year_called(number: int) -> str:
    """What a year of the row is called, from 1."""
    return message("year {number}", number=str(number))


def read_years(
    text: str, quantity: Quantity | None, grammar: Grammar = PLAIN, called: Callable[[int], str] = year_called
) -> tuple[list[float], tuple[Note, ...]]:
    """The figure of each year, or of what the row goes by, and what to say about them. Raises EntryRefused."""
    figures, notes = _read(_settled(_ways_of(text), quantity, grammar), quantity, grammar, called)
    return figures, (*notes, *_understood(figures, quantity, grammar, called))


def _ways_of(text: str) -> list[list[str]]:
    """One text a year, in each way in which the row may be meant: "120 80 60k" may be thousands three times."""
    texts = _texts_of(text)
    grouped = _grouped(texts)
    if not texts or _CELLS.search(text.strip()):
        return [texts, grouped]
    return [texts, grouped, [*units_shared(dict(enumerate(grouped))).values()]]


def _texts_of(text: str) -> list[str]:
    """One text a year."""
    bare = text.strip(" ").rstrip()
    if not bare:
        return []
    for between in (_CELLS, _COMMAS):
        if between.search(bare):
            return between.split(bare)
    return _words_joined(_SPACES.split(bare))


def _words_joined(parts: Sequence[str]) -> list[str]:
    """Numbers with the words and signs that belong to them: "20 %" is one, "EUR 20" as well."""
    found: list[str] = []
    # A word before the first number stands before the others too.
    before = None if _DIGIT.search(parts[0]) else parts[0]
    for part in parts:
        begins = part == before or (_DIGIT.search(part) is not None and (not found or _DIGIT.search(found[-1])))
        if begins or not found:
            found.append(part)
        else:
            found[-1] = f"{found[-1]} {part}"
    return found


def _grouped(texts: Sequence[str]) -> list[str]:
    """The same, where a space before three digits stands between thousands."""
    found: list[str] = []
    for text in texts:
        if found and _OPEN.fullmatch(found[-1]) and _GROUP.match(text):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return found


def _settled(ways: Sequence[list[str]], quantity: Quantity | None, grammar: Grammar) -> list[str]:
    """The texts in the one way in which they can be read. Raises EntryRefused where there are several."""
    able: dict[tuple[float, ...], list[str]] = {}
    for texts in ways:
        with suppress(EntryRefused):
            able.setdefault(tuple(_read(texts, quantity, grammar)[0]), texts)
    if len(able) > 1:
        meanings = [show_years(figures, quantity, grammar) for figures in able]
        raise EntryRefused(message("it can be read in several ways: write semicolons between the years"), meanings)
    return next(iter(able.values()), ways[0])


def _read(
    texts: Sequence[str], quantity: Quantity | None, grammar: Grammar, called: Callable[[int], str] = year_called
) -> tuple[list[float], list[Note]]:
    figures: list[float] = []
    notes: list[Note] = []
    for year, text in enumerate(texts, start=1):
        if not text:
            raise EntryRefused(message("{year} is empty: write 0 for nothing", year=called(year)))
        try:
            entered = read_number(text, quantity, grammar)
        except EntryRefused as refused:
            said = joined(": ", (called(year), refused.allowed))
            raise EntryRefused(said, [_with(texts, year, each) for each in refused.meanings]) from None
        figures.append(entered.value)
        notes += entered.notes
    return figures, _offered_together(notes, figures, quantity, grammar)


def _offered_together(
    notes: Sequence[Note], figures: Sequence[float], quantity: Quantity | None, grammar: Grammar
) -> list[Note]:
    """The notes; where shares look like slips (0.2 for 20%), all years are mended by one click."""
    slips = [each for each in notes if each.instead]
    whole = [round(100 * each, _DECIMALS) for each in figures]
    fits = quantity is not None and all(quantity.lower <= each <= quantity.upper for each in whole)
    first = [replace(slips[0], instead=show_years(whole, quantity, grammar) if fits else "")] if slips else []
    return [*first, *(each for each in notes if not each.instead)]


def _with(texts: Sequence[str], year: int, meant: str) -> str:
    """All texts, with what may have been meant for one year; short enough to be offered, or nothing."""
    found = BETWEEN.join([*texts[: year - 1], meant, *texts[year:]]) if meant else ""
    return found if len(found) <= LONGEST_ENTRY else ""


def _understood(
    figures: Sequence[float], quantity: Quantity | None, grammar: Grammar, called: Callable[[int], str]
) -> Iterator[Note]:
    """Which year has which figure: whoever pastes cells sees whether they begin where they should."""
    said = [
        joined(": ", (called(year), show(figure, quantity, grammar))) for year, figure in enumerate(figures, start=1)
    ]
    if said:
        yield Note(message("Read as {figures}", figures=joined(", ", said)))
