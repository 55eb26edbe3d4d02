"""Turns pydantic's errors into Problems in the user's words: the path, the value, what is allowed."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..bridges import KINDS
from ..errors import Problem, quote
from .fields import show

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
}
_VALUE_IS_THE_WHOLE = {"missing"}


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """One Problem for each of pydantic's errors, in the document's order."""
    return [_problem(details, model) for details in error.errors(include_url=False)]


def _problem(details: ErrorDetails, model: type[BaseModel]) -> Problem:
    location = _without_tags(details["loc"])
    path = ".".join(str(part) for part in location)
    value = "" if details["type"] in _VALUE_IS_THE_WHOLE else quote(details["input"])
    return Problem(path, value, _allowed(details, model))


def _without_tags(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """pydantic puts the chosen kind behind "bridge"; the document has no such key."""
    if len(location) > 1 and location[0] == "bridge" and location[1] in KINDS:
        return (location[0], *location[2:])
    return tuple(part for part in location if part != "[key]")


def _allowed(details: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    if kind == "literal_error":
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


def _fields_at(location: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    """The field names of the model at a location, following nested models, lists and kinds."""
    here: list[type[BaseModel]] = [model]
    for part in location:
        if part in KINDS:
            here = [KINDS[str(part)]]
            continue
        found = [
            inner
            for each in here
            if part in each.model_fields
            for inner in _models_in(each.model_fields[str(part)].annotation)
        ]
        here = found or here
    return [name for each in here[:1] for name in each.model_fields]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]
