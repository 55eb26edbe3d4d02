"""The way in of an evidence document: read, refused in words where it is none, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ...errors import DocumentRefused, Problem, quote
from ...text.languages import message
from ..allowed import show
from ..inspection import inspect
from ..reading import parsed
from ..refusal import refusal_of
from . import Evidence, digest_of

MOST_BYTES = 4_000_000
"""An evidence document holds counts and scores: a larger one is something else."""
_MOST_MEGABYTES = 4


def read_evidence(document: str | bytes | Mapping[str, Any]) -> Evidence:
    """The evidence in a JSON text or a plain dictionary, exactly as the probe wrote it.

    Raises DocumentRefused, with every problem's path, value and what is allowed. One of which a figure was changed
    since it was measured is refused: its id says so.
    """
    content = _content(document)
    try:
        inspect(content, Evidence)
        found = Evidence.model_validate(content)
    except ValidationError as error:
        raise refusal_of(error, Evidence) from None
    except RecursionError:
        raise DocumentRefused([Problem("", "", message("is nested too deeply"))]) from None
    if not found.is_sealed:
        raise DocumentRefused([_changed(found)])
    return found


def _content(document: str | bytes | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(document, (str, bytes)) and len(document) > MOST_BYTES:
        allowed = message(
            "must be an evidence document of at most {most} MB; data itself is read by the probe",
            most=show(_MOST_MEGABYTES),
        )
        raise DocumentRefused([Problem("", message("{size} bytes", size=show(len(document))), allowed)])
    content = parsed(document) if isinstance(document, (str, bytes)) else document
    if not isinstance(content, Mapping) or "evidence_version" not in content:
        allowed = message("must be a JSON object that a probe wrote, with evidence_version, source and profile")
        raise DocumentRefused([Problem("", "", allowed)])
    return content


def _changed(found: Evidence) -> Problem:
    allowed = message(
        "is not the id of what the document says ({id}): it was changed since it was measured; take the file as the "
        "probe wrote it",
        id=digest_of(found)[:12],
    )
    return Problem("id", quote(found.id), allowed)


def evidence_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an evidence document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Evidence.model_json_schema()}
