"""Numbers as people type and read them in a form: "12.5 %", "1,200", "34k"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal

from ..document.estimate import Estimate
from ..document.fields import Quantity
from ..errors import EntryRefused
from ..vocabulary import Unit

_SUFFIXES = {"k": Decimal(1_000), "m": Decimal(1_000_000)}
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER = re.compile(r"^([+-]?[0-9.,]+(?:e[+-]?[0-9]{1,4})?)(k|m)?(%)?$", re.IGNORECASE)


def is_percent(quantity: Quantity | None) -> bool:
    """True where people write the quantity as a percentage."""
    return quantity is not None and quantity.unit.is_share


def parse(text: str, quantity: Quantity | None) -> float:
    """The number that was typed, in the document's unit: shares come out as 0..1.

    Raises EntryRefused.
    """
    match = _NUMBER.match(_SPACES.sub("", text).replace("\N{MINUS SIGN}", "-").strip("€$£"))
    if match is None:
        raise EntryRefused(f"“{text.strip()[:40]}” is not a number. Write 1200, 1,200.50, 12k or 12 %.")
    digits, suffix, percent = match.groups()
    number = _decimal(digits, text) * _SUFFIXES.get((suffix or "").lower(), Decimal(1))
    if percent and not is_percent(quantity):
        raise EntryRefused(f"“{text.strip()[:40]}”: this is not a share; leave out the % sign.")
    value = float(number / 100 if is_percent(quantity) else number)
    if quantity is not None and not quantity.lower <= value <= quantity.upper:
        raise EntryRefused(quantity.allowed())
    return value


def _decimal(digits: str, text: str) -> Decimal:
    try:
        if "e" in digits.lower():
            return Decimal(digits)
        return parse_decimal(digits, locale="en", strict=True)
    except (NumberFormatError, InvalidOperation):
        example = "a comma separates thousands (1,200), a point decimals (0.5)"
        raise EntryRefused(f"“{text.strip()[:40]}” is not a number: {example}.") from None


def parse_estimate(texts: Sequence[str], quantity: Quantity | None) -> float | dict[str, float] | None:
    """The estimate in the three fields low, likely and high: nothing, one number, or three quantiles.

    Raises EntryRefused.
    """
    numbers = [parse(text, quantity) if text.strip() else None for text in texts]
    low, middle, high = numbers
    if low is None and high is None:
        return middle
    if low is None or middle is None or high is None:
        raise EntryRefused("Give all three of low, likely and high, or only the likely value.")
    return {"p10": low, "p50": middle, "p90": high}


def plain_default(default: Any) -> float | dict[str, float] | None:
    """A field's default as the document would hold it."""
    return default.model_dump() if isinstance(default, Estimate) else None


def show(value: float | None, quantity: Quantity | None) -> str:
    """A number as it stands in its entry field; `parse` takes it back exactly."""
    if value is None:
        return ""
    number = Decimal(repr(float(value)))
    if is_percent(quantity):
        return f"{_plain(number * 100)} %"
    return _plain(number)


def _plain(number: Decimal) -> str:
    whole = number.normalize()
    text = f"{whole:,f}"
    return text if len(text) <= 24 else str(whole)


def unit_label(quantity: Quantity | None, currency: str, title: str = "") -> str:
    """The unit that stands behind a field's title; empty where the title says it already."""
    if quantity is None or quantity.unit in title.lower():
        return ""
    if quantity.unit is Unit.MONEY:
        return currency
    if quantity.unit.is_share:
        return quantity.unit.replace("share", "%")
    return "" if quantity.unit in (Unit.COUNT, Unit.NUMBER, Unit.METRIC) else quantity.unit
