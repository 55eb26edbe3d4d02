"""The content hash: names what a team said, whoever saved it and whichever version of the form it was said in.

A hash says by which rule it was made:

- rule 2, "2:" and 64 hexadecimal digits: over what the team said. What the form fills in by itself does not count,
  so a new field with a default moves no hash; a field counts under the first name it had, so an upgrade that
  renames it moves none either.
- rule 1, 64 hexadecimal digits alone: over the whole document as it was written, defaults included. Revisions and
  decisions of earlier days carry such hashes, and they stay valid.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel

from .estimate import Estimate
from .fields import was
from .proposal import Proposal
from .reading import read_saved

_RULE = "2"
_SHORT = 12


def content_hash(proposal: Proposal) -> str:
    """The hash by the rule of today: "2:" and SHA-256 in hexadecimal."""
    return f"{_RULE}:{_digest(_said(proposal))}"


def short_hash(full: str) -> str:
    """The beginning of a hash, long enough to tell documents apart on paper."""
    return full.rpartition(":")[2][:_SHORT]


def is_hash_of(full: str, document: Mapping[str, Any]) -> bool:
    """Whether a hash, of whichever rule, is that of a document as it was saved. Raises DocumentRefused."""
    if ":" not in full:
        return full == _digest(dict(document))
    return full == content_hash(read_saved(document))


def _digest(content: Any) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _said(value: Any) -> Any:
    """The part of a document that somebody said, under the names that its fields had first."""
    if isinstance(value, Estimate) or not isinstance(value, (BaseModel, Mapping, list, tuple, date)):
        return value.model_dump(mode="json") if isinstance(value, Estimate) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_said(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _said(each) for key, each in value.items()}
    return _said_in(value)


def _said_in(section: BaseModel) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, first_name, default in _fields_of(type(section)):
        value = getattr(section, name)
        if value != default:
            found[first_name] = _said(value)
    return found


@cache
def _fields_of(section: type[BaseModel]) -> tuple[tuple[str, str, Any], ...]:
    """The fields of a section that may say something: name, first name, and what the form fills in.

    Kept, because to ask pydantic for a default takes longer than all the rest.
    """
    return tuple(
        (name, was(info, name), info.get_default(call_default_factory=True, validated_data={}))
        for name, info in section.model_fields.items()
        if name != "schema_version"
    )
