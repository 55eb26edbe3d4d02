"""The kinds of task, as the document holds them: the one module of the document that knows the bridges.

A proposal holds the inputs of one kind, and pydantic must know the classes from which its `kind` chooses.
"""

from __future__ import annotations

from ..bridges import BETWEEN, COMPOSITES, EVERY_KIND, KINDS, AnyBridge, Bridge, Metric, known_metrics

__all__ = ["BETWEEN", "COMPOSITES", "EVERY_KIND", "KINDS", "AnyBridge", "Bridge", "Metric", "known_metrics"]
