"""The way in and out: `read` and `write`, the plain form, the content hash, the JSON Schema.

A half-filled proposal is legal; a wrong one is refused with the path, the value and what is allowed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ..errors import DocumentRefused, Problem, quote
from ..text.languages import message
from .evidence.refusing import as_it_was_saved
from .inspection import inspect, mended
from .json_schema import with_closed_words
from .proposal import Proposal
from .refusal import refusal_of
from .upgrades import newest, upgraded

EXPORTED = "exported"
"""Where an exported document says when it was made, and what was decided: told to people, and no part of what is read."""


def read(document: str | bytes | Mapping[str, Any]) -> Proposal:
    """The proposal in a JSON text or a plain dictionary, of this version or an earlier one.

    Raises DocumentRefused, with every problem's path, value and what is allowed.
    """
    content = parsed(document) if isinstance(document, (str, bytes)) else document
    if not isinstance(content, Mapping):
        raise DocumentRefused([Problem("", "", message("must be a JSON object with at least a title"))])
    if "evidence_version" in content:
        allowed = message("is evidence from data, and no proposal; attach it to one: groundwork attach ID FILE")
        raise DocumentRefused([Problem("", "", allowed)])
    try:
        current = upgraded({key: value for key, value in content.items() if key != EXPORTED})
        inspect(current, Proposal)
        return Proposal.model_validate(current)
    except ValidationError as error:
        raise refusal_of(error, Proposal) from None
    except RecursionError:
        raise DocumentRefused([Problem("", "", message("is nested too deeply"))]) from None


def read_saved(document: Mapping[str, Any]) -> Proposal:
    """A document that was saved before: what an earlier Groundwork let in, and today's rules would not, is mended.

    Figures of evidence stay what they were. Raises DocumentRefused where that does not help.
    """
    with as_it_was_saved():
        return read(mended(document))


def parsed(document: str | bytes) -> Any:
    """What a JSON text says. Raises DocumentRefused where it is none, or says two things at once."""
    try:
        return json.loads(document, object_pairs_hook=_without_doubles)
    except RecursionError:
        raise DocumentRefused([Problem("", "", message("is nested too deeply"))]) from None
    except ValueError as error:
        too_long = message("a whole number has more than 4,300 digits")
        reason = too_long if "digits" in str(error) else str(error)
        allowed = message("must be a JSON document in UTF-8 ({reason})", reason=reason)
        raise DocumentRefused([Problem("", "", allowed)]) from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which a key stands twice says two things at once: neither is taken for what was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise DocumentRefused([Problem(quote(twice), "", message("stands twice in the same object; keep one"))])
    return found


def to_dict(proposal: Proposal) -> dict[str, Any]:
    """The document as plain JSON values, without what is empty. Evidence from data stays whole, as it was measured."""
    content = proposal.model_dump(mode="json")
    evidence = content.pop("evidence")
    found = {"schema_version": newest(), **without_empty(content)}
    return {**found, "evidence": evidence} if evidence else found


def without_empty(value: Any) -> Any:
    """A plain value without what is empty in it."""
    if isinstance(value, dict):
        kept = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not None and item not in ("", [], {})}
    if isinstance(value, list):
        return [without_empty(item) for item in value]
    return value


def write(proposal: Proposal) -> str:
    """The document as JSON text that `read` takes back unchanged."""
    return json.dumps(to_dict(proposal), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the document."""
    found = Proposal.model_json_schema()
    about = "When the file was made, of which version, and what was decided. It is not read."
    found["properties"][EXPORTED] = {"title": "Exported", "description": about}
    found["properties"]["schema_version"] |= {"const": newest(), "default": newest()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **with_closed_words(found)}
