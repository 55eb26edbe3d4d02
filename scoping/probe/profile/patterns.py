"""How numbers and times look when they are written as text. The same patterns for Python, DuckDB, PostgreSQL and Java."""

from __future__ import annotations

PLAIN = r"^[+-]?([0-9]{1,60}[.]?[0-9]{0,60}|[.][0-9]{1,60})([eE][+-]?[0-9]{1,2})?$"
COMMA = r"^[+-]?([0-9]{1,60}|[0-9]{1,3}([.][0-9]{3}){1,9})(,[0-9]{1,60})?$"
THOUSANDS = r"^[+-]?([1-9][0-9]{0,2}(,[0-9]{3}){1,9}|[0-9]{1,60})([.][0-9]{1,60})?$"
WHOLE = r"^[+-]?[0-9]{1,18}$"
LONG = r"^[0-9]{19,60}$"
"""More digits than a number keeps: where all values have as many, they are codes."""
CODE = r"^0[0-9]+$"
"""A zero in front is no part of a number: such a column holds codes."""

NOTHING = r"^(NA|NaN|nan|NULL|null|None)$"
"""What programs write where a number or a time is missing."""

_CLOCK = (
    r"(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?)?"
    r"(?: ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2}))?$"
)
YEAR_FIRST = r"^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})" + _CLOCK
DOTTED = r"^([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})" + _CLOCK
SLASHED = r"^([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})" + _CLOCK
HOUR, MINUTE, SECOND, ZONE = 4, 5, 6, 7
"""The groups of the clock in a time; the date is in the first three."""

ZONED = r":[0-9]{2}([.,][0-9]{1,9})? ?([+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})$"
_MONTHS = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
_BY_FOUR = "(0[48]|[2468][048]|[13579][26])"
REAL = (
    f"^([1-9][0-9]{{3}}-({_MONTHS})|([1-9][0-9]{_BY_FOUR}|{_BY_FOUR}00)-02-29)"
    " ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
)
"""A day that exists, leap years by the Gregorian rule, and a time of day."""
