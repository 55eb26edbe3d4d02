"""Numbers as people type and read them in a form: "12.5 %", "1,200", "34k".

`read_number` takes a text in the one meaning that it has in the person's language, says what it understood where
that was not plain, and points out what looks like a slip. A text with two meanings is refused with both of them, so
that the person chooses; one that is no number is refused with what would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ..document.estimate import Estimate
from ..document.fields import Quantity
from ..errors import EntryRefused
from ..vocabulary import Unit
from .grammar import LONGEST_ENTRY, Grammar, Parts, is_currency, other_readings, own_reading, parts_of_entry, visible
from .languages import message
from .wording import percent_pattern

PLAIN = Grammar()
UNITS: Mapping[str, str] = MappingProxyType(
    {
        Unit.SHARE: "%",
        Unit.SHARE_A_YEAR: message("% a year"),
        Unit.CASES: message("cases"),
        Unit.MONTHS: message("months"),
        Unit.MINUTES: message("minutes"),
        Unit.UNITS: message("units"),
        Unit.FACTOR: message("factor"),
        Unit.CATEGORY: message("category"),
    }
)
_LONGEST_QUOTE = 40
_LONGEST_SHOWN = 24
_PERCENT = Decimal(100)
# Plain counts and numbers have no word of their own.
_NAMELESS = (Unit.COUNT, Unit.NUMBER, Unit.METRIC, Unit.RATIO, Unit.CORRELATION)


@dataclass(frozen=True)
class Note:
    """Something to say beside a field that was read.

    `instead` is a text that may have been meant, where what was typed looks like a slip; `box` is the place of the
    text among several that belong together.
    """

    text: str
    instead: str = ""
    box: int = 0


@dataclass(frozen=True)
class Entered:
    """A number that was read, in the document's unit, and what to say about it."""

    value: float
    notes: tuple[Note, ...] = ()


def is_percent(quantity: Quantity | None) -> bool:
    """True where people write the quantity as a percentage."""
    return quantity is not None and quantity.unit.is_share


def parse(text: str, quantity: Quantity | None, grammar: Grammar = PLAIN, unit: str = "") -> float:
    """The number that was typed, in the document's unit: shares come out as 0..1. Raises EntryRefused."""
    return read_number(text, quantity, grammar, unit).value


def read_number(text: str, quantity: Quantity | None, grammar: Grammar = PLAIN, unit: str = "") -> Entered:
    """The number that was typed, and what to say about it.

    `unit` is what the field counts in where its quantity does not say so ("ms"). Raises EntryRefused.
    """
    parts = _parts(text, quantity, grammar, unit)
    own = own_reading(parts.digits, grammar)
    others = [each for each in other_readings(parts.digits, own) if _fits(each, parts, quantity)]
    meant = [_shown_meaning(each, parts, quantity, grammar) for each in others]
    if own is None:
        raise EntryRefused(_elsewhere(text, grammar) if meant else _not_a_number(text, grammar), meant)
    value = _value(own, parts, quantity)
    if not _within(value, quantity):
        raise EntryRefused(allowed(quantity, grammar), meant)
    if _is_doubtful(own, others):
        both = [_shown_meaning(own, parts, quantity, grammar), *meant]
        raise EntryRefused(message("“{text}” can be read in two ways", text=_quoted(text)), both)
    return Entered(value, tuple(_notes(text, value, parts, quantity, grammar)))


def _is_doubtful(own: Decimal, others: list[Decimal]) -> bool:
    """A fraction of three digits that are thousands to people who write points and commas the other way."""
    return bool(others) and all(abs(other) > abs(own) for other in others)


def _parts(text: str, quantity: Quantity | None, grammar: Grammar, unit: str) -> Parts:
    counted_in = unit or (str(quantity.unit) if quantity else "")
    parts = parts_of_entry(text, grammar, counted_in) if len(text) <= LONGEST_ENTRY else None
    if parts is None:
        raise EntryRefused(_not_a_number(text, grammar))
    for kind in ("multiplier", "percent", "currency", "unit"):
        if len(parts.of(kind)) > 1:
            raise EntryRefused(_not_a_number(text, grammar))
    if strange := parts.of("unknown"):
        raise EntryRefused(_strange(strange[0].text, text, quantity, grammar, counted_in))
    if parts.of("percent") and not is_percent(quantity):
        raise EntryRefused(message("“{text}”: this is not a share; leave out the % sign", text=_quoted(text)))
    if parts.of("currency") and (quantity is None or quantity.unit is not Unit.MONEY):
        raise EntryRefused(message("“{text}”: this is not an amount of money", text=_quoted(text)))
    return parts


def _strange(word: str, text: str, quantity: Quantity | None, grammar: Grammar, unit: str) -> str:
    if quantity is not None and quantity.unit is Unit.MONEY and is_currency(word):
        return message(
            "“{text}” is in another currency; this proposal counts in {currency}",
            text=_quoted(text),
            currency=grammar.currency or "its own",
        )
    if unit and unit != Unit.MONEY and unit not in _NAMELESS:
        return message(
            "“{text}”: “{word}” is not understood here; the field counts in {unit}",
            text=_quoted(text),
            word=_quoted(word),
            unit="%" if is_percent(quantity) else unit_said(unit),
        )
    return _not_a_number(text, grammar)


def _value(number: Decimal, parts: Parts, quantity: Quantity | None) -> float:
    for word in parts.of("multiplier"):
        number *= word.factor
    if is_percent(quantity):
        number /= _PERCENT
    return float(-number if parts.negative else number)


def _within(value: float, quantity: Quantity | None) -> bool:
    return quantity is None or quantity.lower <= value <= quantity.upper


def _fits(number: Decimal, parts: Parts, quantity: Quantity | None) -> bool:
    return _within(_value(number, parts, quantity), quantity)


def _shown_meaning(number: Decimal, parts: Parts, quantity: Quantity | None, grammar: Grammar) -> str:
    return show(_value(number, parts, quantity), quantity, grammar)


def _notes(text: str, value: float, parts: Parts, quantity: Quantity | None, grammar: Grammar) -> Iterator[Note]:
    if parts.of("multiplier") or "e" in parts.digits.lower():
        yield Note(message("“{text}” is read as {number}", text=_quoted(text), number=show(value, quantity, grammar)))
    if is_percent(quantity) and 0 < abs(value) < 0.01 and not parts.of("percent"):
        yield from _tiny_share(text, value, quantity, grammar)


def _tiny_share(text: str, value: float, quantity: Quantity | None, grammar: Grammar) -> Iterator[Note]:
    whole = float(Decimal(repr(value)) * _PERCENT)
    instead = show(whole, quantity, grammar) if _within(whole, quantity) else ""
    said = message(
        "“{text}” is read as {number}, less than 1%", text=_quoted(text), number=show(value, quantity, grammar)
    )
    yield Note(said, instead)


def allowed(quantity: Quantity | None, grammar: Grammar = PLAIN) -> str:
    """What may stand in the field, in the units in which it is typed."""
    if quantity is None:
        return _not_a_number("", grammar)
    low, high = (show(bound, quantity, grammar) for bound in (quantity.lower, quantity.upper))
    return message("must be a number from {low} to {high}", low=low, high=high)


def _not_a_number(text: str, grammar: Grammar) -> str:
    number = show(1200.5, None, grammar)
    return message("“{text}” is not a number. Write 1200, {number}, 12k or 12%", text=_quoted(text), number=number)


def _elsewhere(text: str, grammar: Grammar) -> str:
    language = grammar.language.locale.get_language_name(grammar.language.tag) or ""
    return message("“{text}” is not how {language} writes a number", text=_quoted(text), language=language)


def _quoted(text: str) -> str:
    """The text as it may stand within a sentence; what nobody sees is left out."""
    line = visible(text) if len(text) <= LONGEST_ENTRY else text[:LONGEST_ENTRY]
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1]}…"


def plain_default(default: Any) -> float | dict[str, float] | None:
    """A field's default as the document would hold it."""
    return default.model_dump() if isinstance(default, Estimate) else None


def show(value: float | None, quantity: Quantity | None, grammar: Grammar = PLAIN) -> str:
    """A number as it stands in its entry field; `read_number` takes it back exactly."""
    if value is None:
        return ""
    number = Decimal(repr(float(value)))
    if is_percent(quantity):
        return percent_pattern(grammar.language).replace("#,##0", _plain(number * 100, quantity, grammar))
    return _plain(number, quantity, grammar)


def _plain(number: Decimal, quantity: Quantity | None, grammar: Grammar) -> str:
    whole = number.normalize()
    text = f"{whole:,f}"
    if len(text) > _LONGEST_SHOWN:
        return str(whole).replace(".", grammar.decimal)
    written = text.translate({ord(","): grammar.language.separators[1:] or " ", ord("."): grammar.decimal})
    return f"{written}0" if _could_be_thousands(written, quantity, grammar) else written


def _could_be_thousands(written: str, quantity: Quantity | None, grammar: Grammar) -> bool:
    """True for "1.234", which elsewhere is a thousand times as much: one more digit makes it plain."""
    digits = visible(written).lstrip("-")
    own = own_reading(digits, grammar)
    parts = Parts(written.startswith("-"), digits, ())
    return own is not None and any(
        abs(other) > abs(own) and _fits(other, parts, quantity) for other in other_readings(digits, own)
    )


def unit_label(quantity: Quantity | None, currency: str, title: str = "", unit: str = "") -> str:
    """The unit that stands behind a field's title; empty where the title says it already."""
    if unit:
        return "" if unit in title.lower() else unit
    if quantity is None or quantity.unit in title.lower():
        return ""
    if quantity.unit is Unit.MONEY:
        return currency
    return "" if quantity.unit in _NAMELESS else unit_said(quantity.unit)


def unit_said(unit: str) -> str:
    """What people call a unit."""
    return UNITS.get(unit, unit)
