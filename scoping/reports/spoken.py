"""A report in one language: every phrase in it said, everything that people typed as it is."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from ..text.languages import Language, say

Part = TypeVar("Part")


def spoken(part: Part, language: Language) -> Part:
    """The memo, or a part of it, in that language."""
    found: Any = _said(part, language)
    return found  # type: ignore[no-any-return]


def _said(part: Any, language: Language) -> Any:
    if isinstance(part, str):
        return say(part, language)
    if isinstance(part, (tuple, list)):
        return type(part)(_said(each, language) for each in part)
    if isinstance(part, Language):
        return language
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: _said(getattr(part, each.name), language) for each in fields(part)})
    return part
