"""What the JSON Schema says beyond each field's own: currencies, the answers to each question, bounds of known metrics.

A program that writes proposals learns from it what the reader refuses. What lies between two places (that a P90 is no
smaller than its P50, that a metric belongs to the kind of task) is left to the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel.core import get_global

from .answers import CHOICES
from .estimate import json_schema
from .fields import Quantity
from .kinds import KINDS, known_metrics

Schema = dict[str, Any]


def with_closed_words(schema: Schema) -> Schema:
    """The document's schema, with what may stand in a place told as far as a schema can."""
    schema["properties"]["currency"]["enum"] = sorted(get_global("all_currencies"))
    schema["$defs"]["Feasibility"]["properties"]["answers"]["properties"] = {
        identity: _answer(choices) for identity, choices in CHOICES.items()
    }
    return {**schema, "if": _HAS_OWN_METRIC, "else": _within_bounds()}


# The team names the metric of a curve, and its points say between which values it lies.
_HAS_OWN_METRIC: Schema = {
    "properties": {"bridge": {"properties": {"kind": {"const": "curve"}}, "required": ["kind"]}},
    "required": ["bridge"],
}


def _answer(choices: Sequence[str]) -> Schema:
    return {"allOf": [{"$ref": "#/$defs/Answer"}, {"properties": {"choice": {"enum": list(choices)}}}]}


def _within_bounds() -> Schema:
    """Metrics, and the best that can be hoped for of each, within the bounds of the metrics that are known by name."""
    known = {"properties": {name: _estimate(_allowing(name)) for name in known_metrics()}}
    metrics = {"items": {"properties": {"metrics": known}}}
    return {"properties": {"alternatives": metrics, "feasibility": {"properties": {"ceilings": known}}}}


def _allowing(name: str) -> list[Quantity]:
    """What a metric of that name measures, in each kind of task that has one."""
    kinds = [kind.model_construct(kind=each) for each, kind in KINDS.items()]
    return [metric.quantity for kind in kinds for metric in kind.metrics if metric.name == name]


def _estimate(allowing: list[Quantity]) -> Schema:
    """An estimate that some kind of task takes."""
    least, most = min(each.lower for each in allowing), max(each.upper for each in allowing)
    return json_schema({"type": "number", "minimum": least, "maximum": most})
