"""The way in and out of the organisation's settings: read, refused in words, written, their schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from ..document.inspection import inspect
from ..document.reading import parsed, without_empty
from ..document.refusal import refusal_of
from ..errors import DocumentRefused, Problem
from ..text.languages import message
from .model import Organisation

MARK = "organisation_version"
Model = TypeVar("Model", bound=Organisation)
MOST_BYTES = 2_000_000
"""Fifty questions and fifty costs with long texts: a larger file is something else."""


def read_organisation(document: str | bytes | Mapping[str, Any]) -> Organisation:
    """The settings in a JSON text or a plain dictionary.

    Raises DocumentRefused, with every problem's path, value and what is allowed.
    """
    return validated(Organisation, content_of(document))


def content_of(document: str | bytes | Mapping[str, Any]) -> Mapping[str, Any]:
    """The plain dictionary that a text says. Raises DocumentRefused where it is none, or none of an organisation."""
    if isinstance(document, (str, bytes)) and len(document) > MOST_BYTES:
        raise DocumentRefused([Problem("", "", message("must be a file of at most 2 MB"))])
    content = parsed(document) if isinstance(document, (str, bytes)) else document
    if not isinstance(content, Mapping) or MARK not in content:
        allowed = message("must be a JSON object with organisation_version, as Groundwork exports the settings")
        raise DocumentRefused([Problem("", "", allowed)])
    return content


def validated(model: type[Model], content: Mapping[str, Any]) -> Model:
    """The settings as a model of theirs. Raises DocumentRefused."""
    try:
        inspect(content, model)
        return model.model_validate(content)
    except ValidationError as error:
        raise refusal_of(error, model) from None
    except RecursionError:
        raise DocumentRefused([Problem("", "", message("is nested too deeply"))]) from None


def to_settings(organisation: Organisation) -> dict[str, Any]:
    """The settings as plain JSON values, without what is empty."""
    found: dict[str, Any] = without_empty(organisation.model_dump(mode="json"))
    return found


def write_organisation(organisation: Organisation) -> str:
    """The settings as JSON text that `read_organisation` takes back unchanged."""
    return json.dumps(to_settings(organisation), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
