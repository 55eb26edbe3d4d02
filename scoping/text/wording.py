"""Numbers and dates in words, the same in the verdict, the pages and every export.

No figure is printed as what it is not: what is not zero never reads 0, and a share that is not all never reads
100 %. A small figure keeps its first two digits; one too small for that is said to be less than the least one.

Each comes as a phrase: an English string that can be said in any language. The rules of a language
are babel's (CLDR).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import localcontext
from functools import partial
from math import floor, isnan, log10
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol

from .languages import Language, Phrase, counted, joined, message

_COMPACT_FROM, _CENTS_BELOW = 100_000, 100
# Amounts that stand together: in which powers of ten they are told, and from how many decimals to how many.
_THOUSAND = 3
_POWERS = {12: (1, 2), 9: (1, 2), 6: (1, 2), _THOUSAND: (0, 1)}
# From here on digits and words tell nobody how much it is, and no longer fit where figures stand: 1.2 × 10²⁸ does.
_POWERS_FROM = 1e15
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = 400
# Figures below ten per cent, or below one, keep so many digits; none is written with more decimals than that.
_KEPT, _MOST_DECIMALS = 2, 6
_FIRST_TWO_DIGITS = 9.5
# What is as good as all of it in a floating-point number.
_ALL_BUT_NOISE = 1e-12
# Simulated futures tell chances no finer than this.
_LEAST_CHANCE = 0.001
# From so many cases on nobody counts parts of one.
_MANY_CASES = 10
LARGEST_RATE_SAID = 10.0
"""A return or rate beyond this, 1,000 %, tells no more than that it is beyond it."""
MINUS = "\N{MINUS SIGN}"
"""As wide as a plus, and no line ends after it."""
DASH = "\N{EM DASH}"
"""What stands in a list, or on a card, where there is no figure; in a sentence that is `nothing`."""


def money(amount: float | None, currency: str) -> str:
    """An amount in whole units with separators; in cents where it is small, as a power of ten where it is vast."""
    return _told(_money, amount, currency)


def compact_money(amount: float | None, currency: str) -> str:
    """An amount short enough for a headline: €1.2M."""
    return _told(_compact_money, amount, currency)


def amounts(values: Iterable[float | None], currency: str) -> tuple[str, ...]:
    """Amounts that stand together, in one sentence or beside each other: all in one unit and to one decimal."""
    together = tuple(values)
    return tuple(map(amount_among(together, currency), together))


def amount_among(others: Iterable[float | None], currency: str) -> Callable[[float | None], str]:
    """How an amount is written that stands among those others, as on an axis."""
    scale = _scale([value for value in others if value is not None and not isnan(value)])
    return lambda amount: _told(_scaled_money, amount, currency, scale)


def error_of(amount: float | None, currency: str) -> str:
    """An uncertainty: its first two digits say all that it can say."""
    digits = amount if amount is None else float(f"{amount:.2g}")
    return _told(_scaled_money, digits, currency, _Scale(whole=True))


def percent(share: float | None, digits: int = 0) -> str:
    """A share as a percentage, with that many decimals, or as many more as it takes to say it."""
    return _told(_percent, share, digits)


def chance(share: float | None) -> str:
    """A share of simulated futures: <0.1 % and >99.9 % are as near to never and always as they can tell."""
    if share is None or share in (0, 1):
        return percent(share)
    if share < _LEAST_CHANCE:
        return joined("", ("<", percent(_LEAST_CHANCE, 1)))
    return joined("", (">", percent(1 - _LEAST_CHANCE, 1))) if share > 1 - _LEAST_CHANCE else percent(share)


def rate(value: float | None) -> str:
    """A return on money; one beyond sense is said to be that."""
    if value is None or abs(value) <= LARGEST_RATE_SAID:
        return percent(value)
    limit = percent(LARGEST_RATE_SAID if value > 0 else -LARGEST_RATE_SAID)
    return message("more than {rate}", rate=limit) if value > 0 else message("less than {rate}", rate=limit)


def number(value: float | None, digits: int = 2) -> str:
    """A plain number with separators."""
    return _told(_number, value, digits)


def aligned(value: float | None, digits: int = 2) -> str:
    """A plain number with all its decimals: those of a column stand one below the other."""
    return _told(_with_zeros, value, digits)


def cases(value: float) -> str:
    """How many cases: whole ones, where there are more than a few."""
    return number(value, 0 if value >= _MANY_CASES else 1)


def months(value: float | None) -> str:
    """A time in months, as finance says it."""
    if value is None:
        return nothing()
    return counted("{count} month", "{count} months", 1 if value == 1 else 2, count=number(value, 1))


def metric_value(value: float | None, unit: str) -> str:
    """A technical metric's value in its unit."""
    return _told(_share_of_one_decimal, value) if unit == "share" else number(value, 4)


def bound(value: str, better: str) -> str:
    """What a metric must reach, or must not exceed where less is better."""
    return message("at least {value}", value=value) if better == "up" else message("at most {value}", value=value)


def percent_pattern(language: Language) -> str:
    """How a share is written in that language, as a pattern that office programs know too."""
    return str(language.locale.percent_formats[None].pattern)


def day(value: date) -> str:
    """A date in words: 25 November 2026."""
    return Phrase(partial(_day, value))


def moment(value: datetime) -> str:
    """A day and the time of that day, in UTC: 26 November 2026, 04:03 UTC."""
    return Phrase(partial(_moment, value))


def nothing() -> str:
    """What stands where there is no figure."""
    return message("none")


def _told(write: Callable[..., str], value: float | None, *options: Any) -> str:
    """A figure as a phrase; what is no figure, or no number, is told as none."""
    return nothing() if value is None or isnan(value) else Phrase(partial(write, value, *options))


def money_in_list(amount: float | None, currency: str) -> str:
    """An amount among many, short; a dash where there is none."""
    return DASH if amount is None else compact_money(amount, currency)


def amounts_in_list(values: Iterable[float | None], currency: str) -> tuple[str, ...]:
    """Amounts that stand together, among many others; a dash where there is none."""
    together = tuple(values)
    write = amount_among(together, currency)
    return tuple(DASH if amount is None else write(amount) for amount in together)


def percent_in_list(share: float | None) -> str:
    """A share among many; a dash where there is none."""
    return DASH if share is None else chance(share)


def _money(amount: float, currency: str, language: Language, *, whole: bool = False) -> str:
    pattern = _spaced(language.locale.currency_formats["standard"].pattern, currency, language)
    if abs(amount) >= _POWERS_FROM:
        return _as_power_of_ten(amount, currency, pattern, language)
    places = _places(amount, 2)
    if whole or not 0 < abs(amount) < _CENTS_BELOW:
        pattern = pattern.replace("0.00", "0")
    elif places > 2:
        pattern = pattern.replace("0.00", f"0.00{'#' * (places - 2)}")

    def write(value: float) -> str:
        return _written(format_currency, value, currency, pattern, locale=language.locale, currency_digits=False)

    return _never_nothing(amount, write)


@dataclass(frozen=True)
class _Scale:
    """In which power of ten amounts are written, and with how many decimals; None to the last unit.

    `whole` says that others are so large that cents tell nothing.
    """

    power: int | None = None
    places: int = 0
    whole: bool = False


def _scale(values: Sequence[float]) -> _Scale:
    """By the largest of them; fine enough that none reads as nothing, and that no two that differ read the same."""
    largest = max(map(abs, values), default=0.0)
    to_the_last = _Scale(whole=largest >= _CENTS_BELOW)
    if not _COMPACT_FROM <= largest < _POWERS_FROM:
        return to_the_last
    power = next(each for each in _POWERS if largest >= 10**each)
    coarse, fine = _POWERS[power]
    if all(float(value / 10**power).is_integer() for value in values):
        return _Scale(power)
    least = min(abs(value) for value in values if value)
    for places in range(coarse, fine + 1):
        told = {round(value / 10**power, places) for value in values}
        if least / 10**power * 10**places >= _FIRST_TWO_DIGITS and len(told) == len(set(values)):
            return _Scale(power, places)
    is_told = round(least / 10**power, fine) > 0 and len(told) == len(set(values))
    return _Scale(power, fine) if is_told else to_the_last


def _compact_money(amount: float, currency: str, language: Language) -> str:
    return _scaled_money(amount, currency, _scale([amount]), language)


def _scaled_money(amount: float, currency: str, scale: _Scale, language: Language) -> str:
    """In millions or thousands; where a language has no sign for them, in units that are rounded as much."""
    if scale.power is None or amount == 0:
        return _money(amount, currency, language, whole=scale.whole and abs(amount) >= 1)
    if scale.power == _THOUSAND and not _abbreviates_thousands(language):
        return _money(round(amount, scale.places - scale.power), currency, language)
    decimals = f"#,##0.{'0' * scale.places}" if scale.places else "#,##0"
    formats = language.locale.compact_currency_formats["short"]["other"]
    pattern = _spaced(formats[str(10**scale.power)].pattern, currency, language).replace("0", decimals, 1)
    value = amount / 10**scale.power
    return _written(format_currency, value, currency, pattern, locale=language.locale, currency_digits=False)


def _spaced(pattern: str, currency: str, language: Language) -> str:
    """A currency that is written in letters stands apart from its number: SEK 2.2M, but €2.2M."""
    symbol = get_currency_symbol(currency, language.locale)
    return pattern.replace("¤", "¤\N{NO-BREAK SPACE}", 1) if symbol[-1].isalpha() and pattern[0] == "¤" else pattern


def _as_power_of_ten(amount: float, currency: str, pattern: str, language: Language) -> str:
    """An amount with the first two digits of its own, and their power of ten: $1.2 × 10²⁸."""
    digits, exponent = f"{amount:.1e}".split("e+")
    power = f"'\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10{exponent.translate(_SUPERSCRIPTS)}'"
    written = pattern.replace("#,##0.00", f"0.#{power}")
    return _written(format_currency, float(digits), currency, written, locale=language.locale, currency_digits=False)


def _abbreviates_thousands(language: Language) -> bool:
    """True where 123,000 is written 123K; German has no such sign."""
    formats = language.locale.compact_currency_formats["short"]["other"]
    return any(letter.isalpha() for letter in formats["1000"].pattern)


def _share_of_one_decimal(share: float, language: Language) -> str:
    """A technical metric: 87.0% beside 85.2%, and 0.46% where that is what there is."""
    return _percent(share, 1, language, "0")


def _percent(share: float, digits: int, language: Language, decimal: str = "#") -> str:
    places = _places_of_share(100 * share, digits)
    decimals = f".{decimal * digits}{'#' * (places - digits)}" if places else ""
    pattern = percent_pattern(language).replace("#,##0", f"#,##0{decimals}")

    def write(value: float) -> str:
        return _written(format_percent, value / 100, format=pattern, locale=language.locale)

    return _never_nothing(100 * share, write)


def _number(value: float, digits: int, language: Language) -> str:
    places = _places(value, digits)
    pattern = f"#,##0.{'#' * places}" if places else "#,##0"
    return _never_nothing(value, partial(_decimal, pattern, language))


def _with_zeros(value: float, digits: int, language: Language) -> str:
    pattern = f"#,##0.{'0' * _places(value, digits)}"
    return _never_nothing(value, partial(_decimal, pattern, language))


def _decimal(pattern: str, language: Language, value: float) -> str:
    return _written(format_decimal, value, format=pattern, locale=language.locale)


def _places(value: float, digits: int, below: float = 1.0) -> int:
    """The decimals that keep two digits of a small value."""
    if not 0 < abs(value) < below:
        return digits
    return min(max(digits, _KEPT - 1 - floor(log10(abs(value)))), _MOST_DECIMALS)


def _places_of_share(value: float, digits: int) -> int:
    """The same for per cents; and 99.97 is not rounded to 100, which would be all of it."""
    places, short = _places(value, digits, below=10.0), abs(100 - abs(value))
    if short <= _ALL_BUT_NOISE * 100 or round(abs(value), places) != 100:
        return places
    return min(max(places, -floor(log10(short))), _MOST_DECIMALS)


def _never_nothing(value: float, write: Callable[[float], str]) -> str:
    """What is not zero, and too small for the decimals that there are, is less than the least of them."""
    least = 10.0**-_MOST_DECIMALS
    if value == 0 or abs(value) >= least / 2:
        return write(value or 0.0)
    return f"<{write(least)}" if value > 0 else f">{write(-least)}"


def _day(value: date, language: Language) -> str:
    return format_date(value, "long", locale=language.locale)


def _moment(value: datetime, language: Language) -> str:
    return f"{_day(value, language)}, {format_time(value.astimezone(UTC), 'HH:mm', tzinfo=UTC, locale=language.locale)} UTC"


def _written(write: Callable[..., str], *arguments: Any, **options: Any) -> str:
    """A number as babel writes it, with the minus sign of typography: as wide as a plus, and no line ends after it.

    The largest amounts that a document allows come to more digits than decimal keeps unless it is told to.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return write(*arguments, **options).replace("-", MINUS)
