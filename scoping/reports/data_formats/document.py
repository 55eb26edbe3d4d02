"""The proposal document itself as JSON, as `groundwork import` takes it back."""

from __future__ import annotations

from ...document.reading import write
from ..file_format import FileFormat
from ..summary import Summary


def render(summary: Summary) -> bytes:
    """The document as UTF-8 JSON."""
    return write(summary.proposal).encode()


FORMAT = FileFormat("json", "Proposal document (JSON)", "json", "application/json", render, place=8)
