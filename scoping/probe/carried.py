"""What goes between a probe and who started it, as JSON: the request, and texts that can still be translated."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from ..text.languages import message
from .asked import Asked, Limits, Roles

_LONGEST = 5_000


def as_json(asked: Asked) -> dict[str, Any]:
    """The request as plain values."""
    return asdict(asked)


def asked_from(said: dict[str, Any]) -> Asked:
    """The request again."""
    roles = {**said["roles"], "personal": tuple(said["roles"]["personal"])}
    return Asked(**{**said, "roles": Roles(**roles), "limits": Limits(**said["limits"])})


def carried(text: str) -> dict[str, Any]:
    """A text as its template and values, so that it can be said in the language of whoever reads it."""
    said = getattr(text, "said", None)
    if isinstance(said, partial) and len(said.args) == 2 and isinstance(said.args[0], str):
        template, values = said.args
        return {"template": template, "values": {key: str(value) for key, value in values.items()}}
    return {"template": "{text}", "values": {"text": str(text)}}


def said_again(found: dict[str, Any]) -> str:
    """The text that was carried."""
    values = {str(key): str(value)[:_LONGEST] for key, value in found["values"].items()}
    return message(str(found["template"])[:_LONGEST], **values)
