"""Numbers and dates in words, the same in the verdict, the pages and every export.

Each comes as a phrase: an English string that can be said in any language. The rules of a language
are babel's (CLDR).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import localcontext
from functools import partial
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent

from .languages import Language, Phrase, counted, message

_COMPACT_FROM = 100_000
_MINUS = "\N{MINUS SIGN}"
_DIGITS = 400
DASH = "\N{EM DASH}"
"""What stands in a list, or on a card, where there is no figure; in a sentence that is `nothing`."""


def money(amount: float | None, currency: str) -> str:
    """An amount in whole units with separators; in cents where it is small."""
    return nothing() if amount is None else Phrase(partial(_money, amount, currency))


def compact_money(amount: float | None, currency: str) -> str:
    """An amount short enough for a headline: €1.2M."""
    return nothing() if amount is None else Phrase(partial(_compact_money, amount, currency))


def percent(share: float | None, digits: int = 0) -> str:
    """A share as a percentage."""
    return nothing() if share is None else Phrase(partial(_percent, share, digits))


def number(value: float | None, digits: int = 2) -> str:
    """A plain number with separators."""
    return nothing() if value is None else Phrase(partial(_number, value, digits))


def months(value: float | None) -> str:
    """A time in months, as finance says it."""
    if value is None:
        return nothing()
    return counted("{count} month", "{count} months", 1 if value == 1 else 2, count=number(value, 1))


def metric_value(value: float | None, unit: str) -> str:
    """A technical metric's value in its unit."""
    return percent(value, 1) if unit == "share" else number(value, 4)


def bound(value: str, better: str) -> str:
    """What a metric must reach, or must not exceed where less is better."""
    return message("at least {value}", value=value) if better == "up" else message("at most {value}", value=value)


def day(value: date) -> str:
    """A date in words: 25 November 2026."""
    return Phrase(partial(_day, value))


def moment(value: datetime) -> str:
    """A day and the time of that day, in UTC: 26 November 2026, 04:03 UTC."""
    return Phrase(partial(_moment, value))


def nothing() -> str:
    """What stands where there is no figure."""
    return message("none")


def money_in_list(amount: float | None, currency: str) -> str:
    """An amount among many, short; a dash where there is none."""
    return DASH if amount is None else compact_money(amount, currency)


def percent_in_list(share: float | None) -> str:
    """A share among many; a dash where there is none."""
    return DASH if share is None else percent(share)


def _money(amount: float, currency: str, language: Language) -> str:
    pattern = language.locale.currency_formats["standard"].pattern
    if not 0 < abs(amount) < 100:
        pattern = pattern.replace("0.00", "0")
    rounded = _no_minus_zero(amount, 2)
    return _written(format_currency, rounded, currency, pattern, locale=language.locale, currency_digits=False)


def _compact_money(amount: float, currency: str, language: Language) -> str:
    millions = abs(amount) >= 1e6
    if abs(amount) < _COMPACT_FROM or not (millions or _abbreviates_thousands(language)):
        return _money(amount, currency, language)
    digits = 1 if millions else 0
    return _written(format_compact_currency, amount, currency, locale=language.locale, fraction_digits=digits)


def _abbreviates_thousands(language: Language) -> bool:
    """True where 123,000 is written 123K; German has no such sign."""
    formats = language.locale.compact_currency_formats["short"]["other"]
    return any(letter.isalpha() for letter in formats["1000"].pattern)


def _percent(share: float, digits: int, language: Language) -> str:
    whole = language.locale.percent_formats[None].pattern
    pattern = whole.replace("#,##0", f"#,##0.{'#' * digits}") if digits else whole
    return _written(format_percent, _no_minus_zero(share, digits + 2), format=pattern, locale=language.locale)


def _number(value: float, digits: int, language: Language) -> str:
    pattern = f"#,##0.{'#' * digits}" if digits else "#,##0"
    return _written(format_decimal, _no_minus_zero(value, digits), format=pattern, locale=language.locale)


def _day(value: date, language: Language) -> str:
    return format_date(value, "long", locale=language.locale)


def _moment(value: datetime, language: Language) -> str:
    return f"{_day(value, language)}, {format_time(value, 'HH:mm', locale=language.locale)} UTC"


def _written(write: Callable[..., str], *arguments: Any, **options: Any) -> str:
    """A number as babel writes it, with the minus sign of typography: as wide as a plus, and no line ends after it.

    The largest amounts that a document allows come to more digits than decimal keeps unless it is told to.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return write(*arguments, **options).replace("-", _MINUS)


def _no_minus_zero(value: float, digits: int) -> float:
    return 0.0 if abs(value) < 0.5 * 10**-digits else value
