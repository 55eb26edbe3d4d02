"""The handoff as YAML: the same content as the JSON, easier on the eye."""

from __future__ import annotations

import yaml

from ...text.languages import message
from ..file_format import FileFormat
from ..summary import Summary
from .handoff import handoff_of


def render(summary: Summary) -> bytes:
    """The handoff as UTF-8 YAML. Text is always quoted where YAML would read something else into it."""
    content = handoff_of(summary).model_dump(mode="json")
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100).encode()


FORMAT = FileFormat(
    "handoff-yaml", message("Handoff to the build (YAML)"), "handoff.yaml", "application/yaml", render, place=10
)
