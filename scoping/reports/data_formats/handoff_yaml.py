"""The handoff as YAML: the same content as the JSON, easier on the eye."""

from __future__ import annotations

from typing import Any

import yaml

from ...text.languages import message
from ..file_format import FileFormat
from ..summary import Summary
from .handoff import handoff_of


class _Dumper(yaml.SafeDumper):
    """Rows of figures stand on one line: a table of them is no list to read."""


def _listed(dumper: _Dumper, values: list[Any]) -> yaml.Node:
    is_row = bool(values) and all(isinstance(each, float) for each in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_row)


_Dumper.add_representer(list, _listed)


def render(summary: Summary) -> bytes:
    """The handoff as UTF-8 YAML. Text is always quoted where YAML would read something else into it."""
    content = handoff_of(summary).model_dump(mode="json")
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100).encode()


FORMAT = FileFormat(
    "handoff-yaml", message("Handoff to the build (YAML)"), "handoff.yaml", "application/yaml", render, place=10
)
