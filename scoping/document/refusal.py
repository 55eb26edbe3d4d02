"""Turns pydantic's errors into Problems in the user's words: the path, the value, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..errors import DocumentRefused, Problem, quote
from .fields import show
from .kinds import KINDS
from .paths import Path
from .walk import sections_in

_SENTENCES = {
    "missing": "is required",
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "string_type": "must be text",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "tuple_type": "must be a pair of numbers",
    "bool_type": "must be true or false",
    "finite_number": "must be a finite number",
    "string_unicode": "must be valid text",
    "string_pattern_mismatch": "must not be empty",
}
_VALUE_IS_THE_WHOLE = {"missing"}
# Nobody reads more problems than this; then the first ones are enough to begin with.
_MOST_READ, _FIRST_ONES = 200, 20


def refusal_of(error: ValidationError, model: type[BaseModel]) -> DocumentRefused:
    """One Problem for each of pydantic's errors, in the document's order; of very many, the first ones."""
    total = error.error_count()
    told = total if total <= _MOST_READ else _FIRST_ONES
    details = islice(error.errors(include_url=False), told)
    return DocumentRefused([_problem(each, model) for each in details], total)


def _problem(details: ErrorDetails, model: type[BaseModel]) -> Problem:
    location = _without_tags(details["loc"])
    path = Path.of(*location)
    return Problem(path, _value(details), _allowed(details, model))


def _value(details: ErrorDetails) -> str:
    """What was given; of a list with too many entries, how many there are."""
    kind, given = details["type"], details["input"]
    if kind in _VALUE_IS_THE_WHOLE:
        return ""
    return f"{len(given):,} entries" if kind == "too_long" else quote(given)


def _without_tags(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """pydantic puts the chosen kind behind "bridge"; the document has no such key."""
    if len(location) > 1 and location[0] == "bridge" and location[1] in KINDS:
        return (location[0], *location[2:])
    return tuple(part for part in location if part != "[key]")


def _allowed(details: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    if kind in ("literal_error", "enum"):
        return f"allowed: {context['expected']}".replace(" or ", ", ")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return f"kind must be one of {', '.join(KINDS)}"
    if kind == "extra_forbidden":
        return f"is not a field here; allowed: {', '.join(_fields_at(details['loc'][:-1], model))}"
    if kind in ("string_too_long", "too_long"):
        limit = context.get("max_length", 0)
        return f"must have at most {show(float(limit))} {'characters' if kind == 'string_too_long' else 'entries'}"
    if kind in ("string_too_short", "too_short"):
        return (
            "must not be empty" if kind == "string_too_short" else f"must have at least {context['min_length']} entries"
        )
    return details["msg"]


def _fields_at(location: Sequence[int | str], model: type[BaseModel]) -> list[str]:
    """The field names of the model at a location, following nested models, lists and kinds."""
    here: list[type[BaseModel]] = [model]
    for part in location:
        if part in KINDS:
            here = [KINDS[str(part)]]
            continue
        infos = [each.model_fields[str(part)] for each in here if part in each.model_fields]
        here = [inner for info in infos for inner in sections_in(info.annotation)] or here
    return [name for each in here[:1] for name in each.model_fields]
