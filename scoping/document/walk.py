"""Walks the declared fields of the document's form: the one place that looks into annotations.

Forms, labels, messages, the schema's tests and the content hash all ask here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .estimate import Estimate

Model = type[BaseModel]


def parts_of(annotation: Any) -> Iterator[Any]:
    """An annotation and everything that it is made of, outermost first."""
    yield annotation
    for part in get_args(annotation):
        yield from parts_of(part)


def sections_in(annotation: Any, *, measured_too: bool = False) -> list[Model]:
    """The sections that a field holds: one, several kinds to choose from, or those of a list or a dictionary.

    An estimate is a number to the form, not a section; evidence from data is measured, and no form changes it: it is
    among them only where what is `measured_too` is asked for.
    """
    found = (part for part in parts_of(annotation) if isinstance(part, type) and issubclass(part, BaseModel))
    sections = [model for model in found if model is not Estimate]
    return sections if measured_too else [each for each in sections if not each.__dict__.get("IS_MEASURED", False)]


def choices_in(annotation: Any) -> tuple[str, ...]:
    """The words of a closed vocabulary; none where the field takes anything else."""
    for part in parts_of(annotation):
        if get_origin(part) is Literal:
            return tuple(str(choice) for choice in get_args(part))
        if isinstance(part, type) and issubclass(part, Enum):
            return tuple(str(choice) for choice in part)
    return ()


def has_free_names(info: FieldInfo) -> bool:
    """True for a dictionary, whose names the team chooses."""
    return any(get_origin(part) is dict for part in parts_of(info.annotation))


def is_list(info: FieldInfo) -> bool:
    """True for a field that holds rows."""
    return any(get_origin(part) is list for part in parts_of(info.annotation))


def field_at(root: BaseModel | Model, keys: Sequence[str]) -> FieldInfo | None:
    """The declaration of the field to which the keys lead; None where they lead to no declared field.

    Starting from a section itself rather than its class, the kinds that are there are followed (a detection's
    bridge, say); from a class, all kinds.
    """
    here: list[Any] = [root]
    info: FieldInfo | None = None
    is_named = False
    for key in keys:
        if key.isdecimal() and info is not None and is_list(info):
            here = [row for each in here for row in _row(each, int(key), info)]
            continue
        if info is not None and not is_named and here and has_free_names(info):
            # The team's own name for one of the sections that a dictionary holds.
            is_named = True
            continue
        found = [(each, model.model_fields[key]) for each in here if key in (model := _class_of(each)).model_fields]
        if not found:
            return None
        info, is_named = found[0][1], False
        here = [inner for each, declared in found for inner in _within(each, key, declared)]
    return None if is_named else info


def _class_of(place: Any) -> Model:
    found: Model = place if isinstance(place, type) else type(place)
    return found


def _row(place: Any, index: int, info: FieldInfo) -> list[Any]:
    """One row of a list that is there; of one that is only declared, and of the next row, the declaration."""
    if not isinstance(place, list):
        return [place]
    if index == len(place):
        return list(sections_in(info.annotation))
    return [place[index]] if index < len(place) and isinstance(place[index], BaseModel) else []


def _within(place: Any, key: str, info: FieldInfo) -> list[Any]:
    value = None if isinstance(place, type) else getattr(place, key)
    if isinstance(value, list) and value:
        return [value]
    if isinstance(value, BaseModel) and not isinstance(value, Estimate):
        return [value]
    return list(sections_in(info.annotation))
