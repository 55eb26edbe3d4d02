"""Figures for machines: as many digits as they have meaning, so that none shows what a sum of floats left behind."""

from __future__ import annotations

from typing import Any, TypeVar

Figures = TypeVar("Figures")

_MEANT = 12


def settled(figures: Figures) -> Figures:
    """A figure that was worked out, in the fewest digits that read back to it: 0.88, not 0.8800000000000001.

    Of a mapping or a list each figure; anything else is as it was. It is not for what a person typed, which is exact.
    """
    found: Any = _settled(figures)
    return found  # type: ignore[no-any-return]


def _settled(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_MEANT}g}")
    if isinstance(value, dict):
        return {key: _settled(each) for key, each in value.items()}
    return [_settled(each) for each in value] if isinstance(value, (list, tuple)) else value
