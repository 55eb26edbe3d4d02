"""An estimate as people type it: low, likely and high in three boxes, or "50 to 60 %" in one of them.

What is there so far counts, with what was assumed said beside it; a range that is still being typed from left to
right is unfinished, not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ..document.estimate import not_rising
from ..document.fields import Quantity
from ..errors import EntryRefused
from .entry import PLAIN, Entered, Note, read_number, show
from .grammar import Grammar, visible
from .languages import message

QUANTILES = ("p10", "p50", "p90")
BOXES = (message("Low"), message("Likely"), message("High"))
"""What the three boxes of an estimate are called."""

_LOW, _LIKELY, _HIGH = range(3)
_BETWEEN = re.compile(r"^(?:between|from|zwischen|von)\s+|^\[|\]$", re.IGNORECASE)
_TO = re.compile(
    r"\s+(?:to|and|bis|und)\s+|\s*(?:\.{2,}|\u2026|\u2014)\s*|(?<=[\w%$€£])\s*-\s*(?=[0-9.,€$£A-Z+-])", re.IGNORECASE
)
_EXPONENT = re.compile(r"[0-9]e-[0-9]", re.IGNORECASE)
_UNWORDED = re.compile(r"^[+-]?[0-9.,' ]+$")
_BEHIND = re.compile(r"[^0-9.,' ]+$")
# Where one end is so many times the next, a digit or a unit is wrong more often than the world is so wide.
_FAR_APART = 100


@dataclass(frozen=True)
class EnteredEstimate:
    """An estimate that was read: the document's value, and what to say about it.

    `unfinished` says that boxes are still open; `is_saved` is False where what stands there is no estimate yet.
    """

    value: float | dict[str, float] | None
    notes: tuple[Note, ...] = ()
    unfinished: bool = False
    is_saved: bool = True


def parse_estimate(
    texts: Sequence[str], quantity: Quantity | None, grammar: Grammar = PLAIN
) -> float | dict[str, float] | None:
    """The estimate in the three fields low, likely and high. Raises EntryRefused."""
    return read_estimate(texts, quantity, grammar).value


def read_estimate(
    texts: Sequence[str], quantity: Quantity | None, grammar: Grammar = PLAIN, changed: int = _HIGH, unit: str = ""
) -> EnteredEstimate:
    """The estimate in three boxes; `changed` is the box that was typed in last. Raises EntryRefused."""
    filled = [box for box, text in enumerate(texts) if visible(text)]
    ends = [_ends(texts[box]) for box in filled]
    if any(ends):
        return _one_range(filled, ends, quantity, grammar, unit)
    read = {box: read_box(texts[box], box, quantity, grammar, unit) for box in filled}
    return _together(read, quantity, grammar, changed)


def read_box(text: str, box: int, quantity: Quantity | None, grammar: Grammar, unit: str) -> Entered:
    """The number in one of the boxes, whose name stands in what is said of it. Raises EntryRefused."""
    try:
        entered = read_number(text, quantity, grammar, unit)
    except EntryRefused as refused:
        said = message("{box}: {problem}", box=BOXES[box], problem=refused.allowed)
        raise EntryRefused(said, refused.meanings, box) from None
    return replace(entered, notes=tuple(replace(note, box=box) for note in entered.notes))


def _ends(text: str) -> tuple[str, str] | None:
    """The two ends where a range stands in one text."""
    whole = visible(text)
    if _EXPONENT.search(whole):
        return None
    bare = _BETWEEN.sub("", whole)
    parts = _TO.split(bare)
    if len(parts) != 2 or not all(any(map(str.isdigit, part)) for part in parts):
        return None
    low, high = parts
    behind = _BEHIND.search(high)
    # "50 to 60 %", "2-3k": what stands behind the second counts for the first, where that has nothing of its own.
    return (f"{low} {behind[0]}", high) if behind and _UNWORDED.match(low) else (low, high)


def _one_range(
    filled: Sequence[int],
    ends: Sequence[tuple[str, str] | None],
    quantity: Quantity | None,
    grammar: Grammar,
    unit: str,
) -> EnteredEstimate:
    if len(filled) > 1 or ends[0] is None:
        raise EntryRefused(message("a range stands in one of the boxes: leave the two others empty"), box=filled[0])
    low, high = (read_box(text, box, quantity, grammar, unit) for box, text in zip((_LOW, _HIGH), ends[0], strict=True))
    try:
        return _together({_LOW: low, _HIGH: high}, quantity, grammar, _HIGH)
    except EntryRefused as refused:
        # The range stands in one box, and so does what is wrong with it.
        raise refused.at(filled[0]) from None


def _together(read: dict[int, Entered], quantity: Quantity | None, grammar: Grammar, changed: int) -> EnteredEstimate:
    notes = tuple(note for entered in read.values() for note in entered.notes)
    values = {box: entered.value for box, entered in read.items()}
    if set(values) == {_LOW, _HIGH}:
        values[_LIKELY], said = _halfway(values, quantity, grammar)
        notes = (*notes, said)
    if len(values) < len(QUANTILES):
        return _not_all(values, notes, quantity, grammar)
    low, likely, high = (values[box] for box in range(3))
    if low == likely == high:
        return EnteredEstimate(likely, notes)
    if not low <= likely <= high:
        return _out_of_order((low, likely, high), quantity, grammar, changed)
    far = tuple(_far_apart((low, likely, high), quantity, grammar))
    return EnteredEstimate(dict(zip(QUANTILES, (low, likely, high), strict=True)), (*notes, *far))


def _halfway(values: dict[int, float], quantity: Quantity | None, grammar: Grammar) -> tuple[float, Note]:
    """The middle of a range of which two ends are known."""
    middle = float((Decimal(repr(values[_LOW])) + Decimal(repr(values[_HIGH]))) / 2)
    said = message("Likely is assumed halfway: {number}", number=show(middle, quantity, grammar))
    return middle, Note(said, box=_LIKELY)


def _not_all(
    values: dict[int, float], notes: tuple[Note, ...], quantity: Quantity | None, grammar: Grammar
) -> EnteredEstimate:
    """Nothing, the likely value alone, or a range that has been begun."""
    if not values or set(values) == {_LIKELY}:
        return EnteredEstimate(values.get(_LIKELY), notes)
    if set(values) == {_HIGH}:
        said = message("High alone is no estimate yet: low and likely are still open")
        return EnteredEstimate(None, (*notes, Note(said)), unfinished=True, is_saved=False)
    number = values.get(_LIKELY, values.get(_LOW))
    missing = next(BOXES[box] for box in range(3) if box not in values)
    said = message(
        "So far it counts as one number, {number}; {box} is still open",
        number=show(number, quantity, grammar),
        box=missing,
    )
    return EnteredEstimate(number, (*notes, Note(said)), unfinished=True)


def _out_of_order(
    numbers: tuple[float, float, float], quantity: Quantity | None, grammar: Grammar, changed: int
) -> EnteredEstimate:
    low, likely, high = (show(number, quantity, grammar) for number in numbers)
    if changed != _HIGH and numbers[changed] > numbers[changed + 1]:
        # Typed from left to right: the boxes further on still hold what was there before.
        said = message(
            "Not saved yet: go on with {box}, which must not be below {number}",
            box=BOXES[changed + 1],
            number=(low, likely)[changed],
        )
        return EnteredEstimate(None, (Note(said),), unfinished=True, is_saved=False)
    wrong = _LIKELY if numbers[_LIKELY] < numbers[_LOW] else _HIGH
    raise EntryRefused(not_rising((low, likely, high), wrong), box=wrong)


def _far_apart(numbers: tuple[float, float, float], quantity: Quantity | None, grammar: Grammar) -> Iterator[Note]:
    for box, (lower, upper) in enumerate(pairwise(numbers)):
        if lower > 0 and upper >= _FAR_APART * lower:
            yield Note(
                message(
                    "{high} ({upper}) is {times} times {low} ({lower}) or more: is that meant?",
                    high=BOXES[box + 1], upper=show(upper, quantity, grammar), times=str(_FAR_APART),
                    low=BOXES[box], lower=show(lower, quantity, grammar),
                ),
                box=box + 1,
            )  # fmt: skip
