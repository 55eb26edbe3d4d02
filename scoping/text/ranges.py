"""An estimate as people type it: three numbers in three boxes, or "50 to 60 %" or "at least 10 ..." in one of them.

What the three are, is the range's form: low, likely and high, or minimum, likely and maximum.

What is there so far counts, with what was assumed said beside it; a range that is still being typed from left to
right is unfinished, not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ..document.ends import END_TITLES, ENDS, ends_not_rising
from ..document.estimate import QUANTILE_TITLES, not_rising
from ..document.fields import Quantity
from ..errors import EntryRefused
from .ends import each_in_words, ends_in
from .entry import PLAIN, Entered, Note, read_number, show
from .grammar import Grammar, visible
from .languages import joined, message

QUANTILES = ("p10", "p50", "p90")
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
class Form:
    """How the three numbers of a range are meant.

    `names` are theirs in the document, `boxes` what they are called in a sentence, `titles` what stands over their
    boxes; `short` names the form, `about` says what it means. `alone` is said of the last number without the others,
    `not_rising` of numbers that fall.
    """

    names: tuple[str, str, str]
    boxes: tuple[str, str, str]
    titles: tuple[str, str, str]
    short: str
    about: str
    alone: str
    not_rising: Callable[[tuple[str, str, str], int], str]


BY_CHANCE = Form(
    QUANTILES,
    (message("Low"), message("Likely"), message("High")),
    QUANTILE_TITLES,
    message("P10 to P90"),
    message("P10 to P90: one chance in ten beyond either end"),
    message("High alone is no estimate yet: low and likely are still open"),
    not_rising,
)
BY_ENDS = Form(
    ENDS,
    END_TITLES,
    END_TITLES,
    message("Minimum to maximum"),
    message("Minimum to maximum: nothing beyond either end"),
    message("Maximum alone is no estimate yet: minimum and likely are still open"),
    ends_not_rising,
)
FORMS = {form.names[0]: form for form in (BY_CHANCE, BY_ENDS)}
"""Each form by the name of its first number in the document."""


def form_of(value: Any) -> Form:
    """The form of an estimate as a document holds it; that of one number is as good as any."""
    return BY_ENDS if isinstance(value, dict) and ENDS[0] in value else BY_CHANCE


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
    texts: Sequence[str],
    quantity: Quantity | None,
    grammar: Grammar = PLAIN,
    changed: int = _HIGH,
    unit: str = "",
    form: Form = BY_CHANCE,
) -> EnteredEstimate:
    """The estimate in three boxes; `changed` is the box that was typed in last. Raises EntryRefused.

    `form` says what numbers in the boxes are; who writes "at least 10, likely 14, at most 30" in one has said it.
    """
    reader = _Reader(quantity, grammar, unit, form)
    filled = [box for box, text in enumerate(texts) if visible(text)]
    if any(worded := [ends_in(texts[box]) for box in filled]):
        return replace(reader, form=BY_ENDS).in_words(filled, worded)
    if any(ends := [_ends(texts[box]) for box in filled]):
        return reader.one_range(filled, ends)
    return reader.together({box: reader.box(texts[box], box) for box in filled}, changed)


def read_box(
    text: str, box: int, quantity: Quantity | None, grammar: Grammar, unit: str, form: Form = BY_CHANCE
) -> Entered:
    """The number in one of the boxes, whose name stands in what is said of it. Raises EntryRefused."""
    try:
        entered = read_number(text, quantity, grammar, unit)
    except EntryRefused as refused:
        said = message("{box}: {problem}", box=form.boxes[box], problem=refused.allowed)
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
    return parts[0], parts[1]


def units_shared(texts: Mapping[int, str]) -> dict[int, str]:
    """What stands behind the last number counts for those that have nothing of their own: "50 to 60 %", "2-3k"."""
    behind = _BEHIND.search([*texts.values()][-1])
    return {place: f"{text} {behind[0]}" if behind and _UNWORDED.match(text) else text for place, text in texts.items()}


_Texts = Mapping[int, str]
"""What stands for each of the numbers, by its place."""
_Said = Callable[[_Texts], str]


def _as_range(texts: _Texts) -> str:
    """Two ends as one text."""
    return message("{low} to {high}", low=texts[_LOW], high=texts[_HIGH])


def _as_words(texts: _Texts) -> str:
    """A minimum, what is likely, and a maximum as one text, as far as they are there."""
    return joined(", ", [each_in_words(place, text) for place, text in sorted(texts.items())])


@dataclass(frozen=True)
class _Reader:
    """Reads what stands in the boxes of one field."""

    quantity: Quantity | None
    grammar: Grammar
    unit: str
    form: Form

    def box(self, text: str, box: int) -> Entered:
        return read_box(text, box, self.quantity, self.grammar, self.unit, self.form)

    def one_range(self, filled: Sequence[int], ends: Sequence[tuple[str, str] | None]) -> EnteredEstimate:
        """A range from one end to the other, in one of the boxes."""
        _check_alone(filled, ends[0] is not None)
        low, high = ends[0] or ("", "")
        # "2-3k" is said in one breath, "800-2k" cannot be.
        return self._in_one_box(filled[0], {_LOW: low, _HIGH: high}, _as_range, asks=False)

    def in_words(self, filled: Sequence[int], worded: Sequence[Sequence[tuple[int, str]]]) -> EnteredEstimate:
        """A minimum, what is likely, and a maximum in one of the boxes, each with its word before it."""
        _check_alone(filled, bool(worded[0]))
        places = [place for place, _ in worded[0]]
        if not {_LOW, _HIGH} <= set(places) or len(set(places)) < len(places):
            raise EntryRefused(message("write all three, each once: at least 10, likely 14, at most 30"), box=filled[0])
        return self._in_one_box(filled[0], dict(worded[0]), _as_words, asks=True)

    def _in_one_box(self, box: int, texts: _Texts, said: _Said, *, asks: bool) -> EnteredEstimate:
        """All numbers of an estimate out of one box; `said` writes such numbers as one text.

        What stands behind the last one counts for all, if they rise so; where they rise without it too, `asks` asks.
        """
        ways = texts, units_shared(texts)
        apart, shared = map(self._rising, ways)
        if asks and apart and shared and apart != shared:
            meanings = [said({place: self._show(value) for place, value in each.items()}) for each in (apart, shared)]
            raise EntryRefused(
                message("what stands behind the last number may count for it alone or for all"), meanings, box
            )
        chosen = ways[0] if apart and not shared else ways[1]
        try:
            return self.together({place: self.box(text, place) for place, text in chosen.items()}, _HIGH)
        except EntryRefused as refused:
            # They stand in one box, and so does what is wrong with one of them.
            raise EntryRefused(refused.allowed, self._meanings(ways, said), box) from None

    def _rising(self, texts: _Texts) -> dict[int, float] | None:
        """The numbers by place; None where one of them cannot be read, or is below the one before it."""
        try:
            values = {place: self.box(text, place).value for place, text in sorted(texts.items())}
        except EntryRefused:
            return None
        return values if all(lower <= upper for lower, upper in pairwise(values.values())) else None

    def _meanings(self, ways: Sequence[_Texts], said: _Said) -> list[str]:
        """What may have been meant by a number that is refused, with the others, which would be lost without."""
        meant = [self._meant(texts) for texts in ways]
        rising = [each for found in meant for each in found if self._rising(each)]
        return [*dict.fromkeys(map(said, rising or meant[0]))]

    def _meant(self, texts: _Texts) -> list[_Texts]:
        for place, text in texts.items():
            try:
                self.box(text, place)
            except EntryRefused as refused:
                return [{**texts, place: each} for each in refused.meanings]
        return []

    def together(self, read: dict[int, Entered], changed: int) -> EnteredEstimate:
        """The numbers of the boxes that are filled, as one estimate."""
        notes = tuple(note for entered in read.values() for note in entered.notes)
        values = {box: entered.value for box, entered in read.items()}
        if set(values) == {_LOW, _HIGH}:
            values[_LIKELY], said = self._halfway(values)
            notes = (*notes, said)
        if len(values) < len(QUANTILES):
            return self._not_all(values, notes)
        low, likely, high = (values[box] for box in range(3))
        if low == likely == high:
            return EnteredEstimate(likely, notes)
        if not low <= likely <= high:
            return self._out_of_order((low, likely, high), changed)
        far = tuple(self._far_apart((low, likely, high)))
        return EnteredEstimate(dict(zip(self.form.names, (low, likely, high), strict=True)), (*notes, *far))

    def _show(self, value: float | None) -> str:
        return show(value, self.quantity, self.grammar)

    def _halfway(self, values: dict[int, float]) -> tuple[float, Note]:
        """The middle of a range of which two ends are known."""
        middle = float((Decimal(repr(values[_LOW])) + Decimal(repr(values[_HIGH]))) / 2)
        return middle, Note(message("Likely is assumed halfway: {number}", number=self._show(middle)), box=_LIKELY)

    def _not_all(self, values: dict[int, float], notes: tuple[Note, ...]) -> EnteredEstimate:
        """Nothing, the likely value alone, or a range that has been begun."""
        if not values or set(values) == {_LIKELY}:
            return EnteredEstimate(values.get(_LIKELY), notes)
        if set(values) == {_HIGH}:
            return EnteredEstimate(None, (*notes, Note(self.form.alone)), unfinished=True, is_saved=False)
        number = values.get(_LIKELY, values.get(_LOW))
        missing = next(self.form.boxes[box] for box in range(3) if box not in values)
        said = message(
            "So far it counts as one number, {number}; {box} is still open",
            number=self._show(number),
            box=missing,
        )
        return EnteredEstimate(number, (*notes, Note(said)), unfinished=True)

    def _out_of_order(self, numbers: tuple[float, float, float], changed: int) -> EnteredEstimate:
        low, likely, high = (self._show(number) for number in numbers)
        if changed != _HIGH and numbers[changed] > numbers[changed + 1]:
            # Typed from left to right: the boxes further on still hold what was there before.
            said = message(
                "Not saved yet: go on with {box}, which must not be below {number}",
                box=self.form.boxes[changed + 1],
                number=(low, likely)[changed],
            )
            return EnteredEstimate(None, (Note(said),), unfinished=True, is_saved=False)
        wrong = _LIKELY if numbers[_LIKELY] < numbers[_LOW] else _HIGH
        raise EntryRefused(self.form.not_rising((low, likely, high), wrong), box=wrong)

    def _far_apart(self, numbers: tuple[float, float, float]) -> Iterator[Note]:
        boxes = self.form.boxes
        for box, (lower, upper) in enumerate(pairwise(numbers)):
            if lower > 0 and upper >= _FAR_APART * lower:
                yield Note(
                    message(
                        "{high} ({upper}) is {times} times {low} ({lower}) or more: is that meant?",
                        high=boxes[box + 1], upper=self._show(upper), times=str(_FAR_APART),
                        low=boxes[box], lower=self._show(lower),
                    ),
                    box=box + 1,
                )  # fmt: skip


def _check_alone(filled: Sequence[int], is_first: bool) -> None:
    if len(filled) > 1 or not is_first:
        raise EntryRefused(message("a range stands in one of the boxes: leave the two others empty"), box=filled[0])
