"""What a stakeholder reads: the Summary, without any format, and the formats that render it.

An export format is one file, or one folder, of `renderers` that defines a `FORMAT`.
"""

from __future__ import annotations

import importlib
import pkgutil

from ..errors import UnknownFormat
from . import renderers
from .blocks import DecisionNote, Format, Summary
from .memo import summarise


def formats() -> dict[str, Format]:
    """The export formats, by their short name (md, html, json)."""
    names = (f"{renderers.__name__}.{each.name}" for each in pkgutil.iter_modules(renderers.__path__))
    modules = (importlib.import_module(name) for name in names)
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {each.name: each for each in sorted(found, key=lambda each: each.place)}


def render(summary: Summary, name: str) -> bytes:
    """The summary in one format. Raises UnknownFormat."""
    known = formats()
    if name not in known:
        raise UnknownFormat(name, sorted(known))
    return known[name].render(summary)


__all__ = ["DecisionNote", "Format", "Summary", "formats", "render", "summarise"]
