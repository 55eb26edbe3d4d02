"""How people write numbers: separators of their language, words behind a number, signs that nobody sees.

One grammar for every field, whether it stands alone or in a row. A number is read only in the one way that
it has in the person's language. What has two meanings, or one in another language only, is not read but asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

from ..vocabulary import Unit
from .languages import ENGLISH, Language

LONGEST_ENTRY = 400
_STYLES = (".,", ",.")
# Letters and marks that show nothing, beside the control and format characters (Unicode: default ignorable).
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u180b\u180c\u180d\u180f") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_MINUS = frozenset("-\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d")
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u2032\u00b4`\uff07")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]|[.,](?=[0-9]))(?:[0-9.,']|\s(?=[0-9]))*(?:e[+-]?[0-9]+)?)"
    r"|(?P<sign>[+-])|(?P<word>[^\W\d_]+\.?|[^\s\w]))",
    re.IGNORECASE,
)
_THOUSANDS = ("k", "tsd", "thousand", "tausend")
_MILLIONS = ("m", "mn", "mio", "million", "millions", "millionen")
_BILLIONS = ("b", "bn", "mrd", "milliarde", "milliarden")
_MULTIPLIERS: Mapping[str, Decimal] = MappingProxyType(
    {
        **dict.fromkeys(_THOUSANDS, Decimal(10) ** 3),
        **dict.fromkeys(_MILLIONS, Decimal(10) ** 6),
        **dict.fromkeys(_BILLIONS, Decimal(10) ** 9),
    }
)
_ENGLISH_ONLY: Mapping[str, Decimal] = MappingProxyType(dict.fromkeys(("billion", "billions"), Decimal(10) ** 9))
_PERCENT = frozenset(("%", "percent", "pct", "prozent", "\ufe6a", "\uff05", "\u066a"))
_UNIT_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        Unit.MONTHS: frozenset(("month", "months", "mo", "mos", "monat", "monate", "monaten")),
        Unit.MINUTES: frozenset(("minute", "minutes", "min", "mins", "minuten")),
        Unit.CASES: frozenset(("case", "cases", "fall", "fälle", "fällen")),
        Unit.UNITS: frozenset(("unit", "units", "stück", "stk")),
        Unit.FACTOR: frozenset(("x", "times", "mal")),
    }
)
_MEASURE_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "ms": frozenset(("ms", "millisecond", "milliseconds", "millisekunde", "millisekunden")),
        "GB": frozenset(("gb", "gigabyte", "gigabytes")),
        "examples": frozenset(("example", "examples", "beispiel", "beispiele")),
    }
)


@dataclass(frozen=True)
class Grammar:
    """By which rules a text is read: the person's language, and the currency in which the proposal counts."""

    language: Language = ENGLISH
    currency: str = ""

    @property
    def decimal(self) -> str:
        """The decimal sign."""
        return self.language.separators[0]

    @property
    def group(self) -> str:
        """The sign between thousands, as it is typed: a space or an apostrophe for whatever looks like one."""
        return visible(self.language.separators[1:]) or " "


@dataclass(frozen=True)
class Word:
    """A word or sign beside a number, and what it is: "multiplier", "percent", "currency", "unit" or "unknown"."""

    text: str
    kind: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class Parts:
    """A text taken apart: the sign, the digits with their separators, and the words around them."""

    negative: bool
    digits: str
    words: tuple[Word, ...]

    def of(self, kind: str) -> tuple[Word, ...]:
        """The words of one kind."""
        return tuple(word for word in self.words if word.kind == kind)


def visible(text: str) -> str:
    """The text without what nobody sees; spaces, minus signs, apostrophes and digits of every kind as plain ones.

    >>> visible("\\u200b\\u2212\\u0661\\u00a0200\\ufeff")
    '-1 200'
    """
    return " ".join("".join(_plain(each) for each in text).split())


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if character in _MINUS:
        return "-"
    if character in _APOSTROPHES:
        return "'"
    if character in _BLANK or unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def parts_of_entry(text: str, grammar: Grammar, unit: str) -> Parts | None:
    """The parts of a text in which one number stands, or None. `unit` is what the field counts in."""
    tokens = list(_tokens(visible(text)))
    kinds = [kind for kind, _ in tokens]
    if kinds.count("number") != 1 or kinds.count("sign") > 1 or kinds[kinds.index("number") + 1 :].count("sign"):
        return None
    words = tuple(_word(written, grammar, unit) for kind, written in tokens if kind == "word")
    digits = next(written for kind, written in tokens if kind == "number")
    return Parts(("sign", "-") in tokens, digits, words)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            yield "word", text[place:]
            return
        kind = str(found.lastgroup)
        yield kind, found[kind]
        place = found.end()


def _word(written: str, grammar: Grammar, unit: str) -> Word:
    word = written.casefold().rstrip(".")
    if word in _PERCENT:
        return Word(written, "percent")
    if word in units_called(unit):
        return Word(written, "unit")
    if word in _own_currency(grammar):
        return Word(written, "currency")
    # Where months are counted, "3m" is not three million of them.
    factor = None if word == "m" and unit in (Unit.MONTHS, Unit.MINUTES) else _multipliers(grammar).get(word)
    if factor is not None:
        return Word(written, "multiplier", factor)
    return Word(written, "unknown")


def units_called(unit: str) -> frozenset[str]:
    """What the unit of a field may be called behind a number."""
    return _UNIT_WORDS.get(unit, frozenset()) | _MEASURE_WORDS.get(unit, frozenset())


def _multipliers(grammar: Grammar) -> Mapping[str, Decimal]:
    # A German Billion is a thousand times an English one.
    english = grammar.language.locale.language == "en"
    return {**_MULTIPLIERS, **_ENGLISH_ONLY} if english else _MULTIPLIERS


@cache
def _own_currency(grammar: Grammar) -> frozenset[str]:
    """The code of the proposal's currency, its sign, and its name."""
    code, locale = grammar.currency, grammar.language.locale
    if code not in list_currencies():
        return frozenset({code.casefold()} - {""})
    names = {get_currency_name(code, count, locale) for count in (1, 2)}
    symbol = get_currency_symbol(code, ENGLISH.locale)
    # "$" is the sign of every dollar, whatever stands before it elsewhere: "CA$", "A$". The last letter of "SEK" is none.
    sign = symbol[-1:] if _is_sign(symbol[-1:]) else code
    return frozenset(each.casefold() for each in (code, symbol, sign, *names) if not each[-1:].isdigit())


def is_currency(word: str) -> bool:
    """True for the code of a currency, or a sign of one."""
    return word.upper() in list_currencies() or _is_sign(word)


def _is_sign(word: str) -> bool:
    return len(word) == 1 and unicodedata.category(word) == "Sc"


def own_reading(digits: str, grammar: Grammar) -> Decimal | None:
    """The number that the digits are in the person's language, or None."""
    return strict(digits, grammar.decimal, grammar.group)


def other_readings(digits: str, own: Decimal | None) -> list[Decimal]:
    """The numbers that the digits are where point and comma are used in another way."""
    found = (strict(digits, *style) for style in _STYLES)
    return [each for each in dict.fromkeys(found) if each is not None and each != own]


def strict(digits: str, decimal: str, group: str) -> Decimal | None:
    """The number, where every sign stands where it belongs: thousands in threes, one decimal sign."""
    # A space or an apostrophe between thousands means nothing else anywhere.
    groups = "".join({group, " ", "'"} - {decimal})
    pattern = _grouped(decimal, groups)
    mantissa, _, exponent = digits.lower().partition("e")
    found = pattern.fullmatch(mantissa)
    if found is None or not any(map(str.isdigit, mantissa)):
        return None
    whole = re.sub(f"[{re.escape(groups)}]", "", found[1]) if exponent == "" else found[1]
    if not whole.isdigit() and whole:
        return None
    # An exponent longer than that is beyond every bound; the number itself is never worked out.
    power = exponent if len(exponent) <= 6 else ("-" if exponent[0] == "-" else "") + "99999"
    return Decimal(f"{whole or '0'}.{found[3] or '0'}e{power or '0'}")


@cache
def _grouped(decimal: str, groups: str) -> re.Pattern[str]:
    point, group = re.escape(decimal), f"[{re.escape(groups)}]"
    return re.compile(rf"([0-9]*|[1-9][0-9]{{0,2}}(?:({group})[0-9]{{3}})(?:\2[0-9]{{3}})*)(?:{point}([0-9]+))?")
