"""What may stand behind the question mark of an address. Anything else is refused, with the parameter's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from app.api.refusals import ParameterRefused
from db import MOST_WORDS

_MOST_PAGES = 1_000_000
_MOST_VERSIONS = 999_999_999
_LONGEST_TEXT = 2_000
_MOST_CHOSEN = 50


def _page(given: Any) -> int:
    return _whole(str(given), _MOST_PAGES)


def _version(given: Any) -> int:
    return _whole(str(given), _MOST_VERSIONS)


def _whole(text: str, most: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else 0
    if not 1 <= number <= most:
        raise ValueError(f"must be a whole number from 1 to {most:,}")
    return number


def _own(given: str) -> str:
    name, between, value = given.partition("=")
    if not (name and between and value):
        raise ValueError("must be the short name of an own field, =, and a value: cost_centre=IT")
    return given


def _text(given: Any) -> str:
    text = str(given)
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"must have at most {_LONGEST_TEXT:,} characters")
    if len(text.split()) > MOST_WORDS:
        raise ValueError(f"must have at most {MOST_WORDS} words")
    return text


PageNumber = Annotated[
    int,
    BeforeValidator(_page),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _MOST_PAGES}),
    Query(description="The page, from 1."),
]
"""The page that is asked for."""
VersionNumber = Annotated[
    int,
    BeforeValidator(_version),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _MOST_VERSIONS}),
    Path(description="The version, from 1."),
]
"""The version that is asked for."""
ThreadNumber = Annotated[
    int,
    BeforeValidator(_version),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": _MOST_VERSIONS}),
    Path(description="The id of a thread of comments."),
]
"""The thread that is asked for."""
Before = Annotated[int, BeforeValidator(_version), Query(description="`before` of the page that was read last.")]
"""Where a page of threads goes on."""
SearchText = Annotated[
    str,
    BeforeValidator(_text),
    WithJsonSchema({"type": "string", "maxLength": _LONGEST_TEXT}),
    Query(description=f"What is searched for, at most {MOST_WORDS} words."),
]
"""What is searched for, or nothing."""
OfDemo = Annotated[
    bool | None,
    Query(description="true: the demo portfolio alone; false: real work alone, as without it where there is any."),
]
"""Whether the demo portfolio is meant."""
Names = Annotated[list[str], Query(max_length=_MOST_CHOSEN)]
"""Several texts of which one must match."""
OwnValues = Annotated[
    list[Annotated[str, AfterValidator(_own), WithJsonSchema({"type": "string", "pattern": "^[^=]+=.+$"})]],
    Query(
        max_length=_MOST_CHOSEN,
        description="What own fields with choices must say, as short name, =, value: cost_centre=IT. Of one field any.",
    ),
]
"""Values of the organisation's own fields; of each field that is named one must match."""
Day = Annotated[date | None, Query()]
"""A day, or none."""

_SENTENCES = {
    "bool": "must be true or false",
    "date": "must be a date, such as 2026-11-26",
    "too_long": f"must be given at most {_MOST_CHOSEN} times",
}


def first_refused(error: RequestValidationError) -> ParameterRefused:
    """The first parameter that is none."""
    details = error.errors()[0]
    name = next((str(each) for each in details["loc"][1:2]), "parameter")
    return ParameterRefused(name, str(details.get("input", "")), _allowed(details))


def _allowed(details: Mapping[str, Any]) -> str:
    context = details.get("ctx") or {}
    if details["type"] == "value_error":
        return str(context.get("error", ""))
    if details["type"] in ("enum", "literal_error"):
        return f"must be one of {str(context.get('expected', '')).replace(chr(39), '')}"
    return next((said for kind, said in _SENTENCES.items() if details["type"].startswith(kind)), details["msg"])
