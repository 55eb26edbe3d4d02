"""Turns pydantic's errors into Problems in the user's words: the path, the value, what is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..errors import DocumentRefused, Problem, quote
from ..text.languages import joined, message
from .allowed import allowed_in, at_most_entries, entries, no_field_here, show
from .kinds import COMPOSITES, EVERY_KIND
from .paths import Path
from .walk import sections_in

_SENTENCES = {
    "missing": message("is required"),
    "float_type": message("must be a number"),
    "int_type": message("must be a whole number"),
    "int_from_float": message("must be a whole number"),
    "string_type": message("must be text"),
    "list_type": message("must be a list"),
    "dict_type": message("must be an object"),
    "model_type": message("must be an object"),
    "model_attributes_type": message("must be an object"),
    "tuple_type": message("must be a pair of numbers"),
    "bool_type": message("must be true or false"),
    "finite_number": message("must be a finite number"),
    "string_unicode": message("must be valid text"),
    "string_pattern_mismatch": message("must not be empty"),
}
_VALUE_IS_THE_WHOLE = {"missing"}
# Where the document chooses a section by its kind.
_CHOSEN_BY_KIND = ("bridge", "task")
# Nobody reads more problems than this; then the first ones are enough to begin with.
_MOST_READ, _FIRST_ONES = 200, 20
_LONGEST_KEY = 200


def refusal_of(error: ValidationError, model: type[BaseModel]) -> DocumentRefused:
    """One Problem for each of pydantic's errors, in the document's order; of very many, the first ones."""
    total = error.error_count()
    told = total if total <= _MOST_READ else _FIRST_ONES
    details = islice(error.errors(include_url=False), told)
    return DocumentRefused([_problem(each, model) for each in details], total)


def _problem(details: ErrorDetails, model: type[BaseModel]) -> Problem:
    location = _without_tags(details["loc"])
    return Problem(Path.of(*map(_shortened, location)), _value(details), _allowed(details, model))


def _shortened(part: int | str) -> int | str:
    """A key that no field and no name of the team can have is told by its beginning."""
    return quote(part) if isinstance(part, str) and len(part) > _LONGEST_KEY else part


def _value(details: ErrorDetails) -> str:
    """What was given; of a list with too many entries, how many there are."""
    kind, given = details["type"], details["input"]
    if kind in _VALUE_IS_THE_WHOLE:
        return ""
    return entries(len(given)) if kind == "too_long" else quote(given)


def _without_tags(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """pydantic puts the chosen kind behind "bridge" and "task"; the document has no such key."""
    kept = tuple(
        part
        for number, part in enumerate(location)
        if not (number and location[number - 1] in _CHOSEN_BY_KIND and part in EVERY_KIND and location[0] == "bridge")
    )
    return tuple(part for part in kept if part != "[key]")


def _allowed(details: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = details["type"], details.get("ctx", {})
    said = allowed_in(context) or _SENTENCES.get(kind) or _limit(kind, context)
    if said:
        return said
    if kind in ("literal_error", "enum"):
        return message("allowed: {names}", names=str(context["expected"]).replace(" or ", ", "))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tagged = COMPOSITES if details["loc"][-1:] == ("task",) else {}
        return message(
            "kind must be one of {names}", names=", ".join(each for each in EVERY_KIND if each not in tagged)
        )
    if kind == "extra_forbidden":
        return no_field_here(_fields_at(details["loc"][:-1], model))
    return message("must be a date, such as 2026-11-26") if kind.startswith("date") else str(details["msg"])


def _limit(kind: str, context: Mapping[str, Any]) -> str:
    """How long a text or a list may be, or must be at least; empty for another kind of error."""
    match kind:
        case "string_too_long":
            return message("must have at most {most} characters", most=show(context["max_length"]))
        case "too_long":
            return at_most_entries(context["max_length"])
        case "string_too_short":
            return message("must not be empty")
        case "too_short":
            return message("must have at least {least} entries", least=show(context["min_length"]))
    return ""


def problem_said(problem: Problem) -> str:
    """A problem on one line: where it is, what stands there, and what is allowed."""
    return joined(": ", filter(None, (problem.path or message("document"), problem.value, problem.allowed)))


def _fields_at(location: Sequence[int | str], model: type[BaseModel]) -> list[str]:
    """The field names of the model at a location, following nested models, lists and kinds."""
    here: list[type[BaseModel]] = [model]
    for part in location:
        if part in EVERY_KIND:
            here = [EVERY_KIND[str(part)]]
            continue
        infos = [each.model_fields[str(part)] for each in here if part in each.model_fields]
        here = [inner for info in infos for inner in sections_in(info.annotation, measured_too=True)] or here
    return [name for each in here[:1] for name in each.model_fields]
