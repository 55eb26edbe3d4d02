"""The charts of an assessment, as data, by subject. Pages and exports draw the same ones."""

from __future__ import annotations

from .value_and_feasibility import portfolio

__all__ = ["portfolio"]
