"""What may stand behind the question mark of an address. Anything else is refused, with the parameter's name."""

from __future__ import annotations

from starlette.requests import Request

from db import MOST_WORDS
from scoping import Refused
from scoping.errors import quote

_MOST_PAGES = 1_000_000
_LONGEST_TEXT = 2_000


class ParameterRefused(Refused):
    """A parameter of an address that is not what it must be."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(f"{name}: {quote(value)}: {allowed}")


def page_number(request: Request, name: str = "page") -> int:
    """The page that is asked for, or the first one. Raises ParameterRefused."""
    given = request.query_params.get(name, "1")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) <= len(str(_MOST_PAGES)) else 0
    if not 1 <= number <= _MOST_PAGES:
        raise ParameterRefused(name, given, f"must be a whole number from 1 to {_MOST_PAGES:,}")
    return number


def search_text(request: Request, name: str = "text") -> str:
    """What is searched for, or nothing. Raises ParameterRefused."""
    given = request.query_params.get(name, "")
    if len(given) > _LONGEST_TEXT:
        raise ParameterRefused(name, given, f"must have at most {_LONGEST_TEXT:,} characters")
    if len(given.split()) > MOST_WORDS:
        raise ParameterRefused(name, given, f"must have at most {MOST_WORDS} words")
    return given
