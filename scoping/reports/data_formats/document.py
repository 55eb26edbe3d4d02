"""The proposal document itself as JSON, as `groundwork import` takes it back."""

from __future__ import annotations

import json

from ...document.reading import EXPORTED, to_dict
from ...text.languages import message
from ..edition import NO_EDITION
from ..file_format import FileFormat
from ..summary import Summary
from .handoff import edition_of


def render(summary: Summary) -> bytes:
    """The document as UTF-8 JSON; first when it was made, of which version, and what was decided, where that is told."""
    edition = edition_of(summary).model_dump(mode="json", exclude_none=True)
    told = {EXPORTED: edition} if summary.edition != NO_EDITION else {}
    content = {**told, **to_dict(summary.proposal)}
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


FORMAT = FileFormat("json", message("Proposal document (JSON)"), "json", "application/json", render, place=8)
