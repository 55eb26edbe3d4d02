"""Which typed texts have arrived here, and which are safe: the browser keeps each one until it is told.

A text is named by the key of its field and a fingerprint, so that no text travels twice, and so that one which was
typed on meanwhile is not taken for the one that arrived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import streamlit as st

_KEY = "typed_texts"
_MOST_TOLD = 100
_FNV_BASIS, _FNV_PRIME, _BITS = 0x811C9DC5, 0x01000193, 0xFFFFFFFF


@dataclass
class TypedTexts:
    """By the key of the field: what a callback has read, and what the database has since."""

    read: dict[str, str] = field(default_factory=dict)
    safe: dict[str, str] = field(default_factory=dict)

    def arrived(self, key: str, text: str) -> None:
        """A callback is about to save or keep it."""
        self.read[key] = fingerprint(text)

    def are_safe(self) -> None:
        """The database has all that was read. Browsers are told of the last ones; earlier runs told of the others."""
        for key, print_ in self.read.items():
            self.safe.pop(key, None)
            self.safe[key] = print_
        self.read.clear()
        for key in list(self.safe)[:-_MOST_TOLD]:
            del self.safe[key]

    def told(self) -> dict[str, Any]:
        """What the browser is told."""
        return {"read": dict(self.read), "safe": dict(self.safe)}


def fingerprint(text: str) -> str:
    """Length and FNV-1a hash of the UTF-16 units, which is what the browser's script counts in."""
    raw = text.encode("utf-16-le", "surrogatepass")
    units = (int.from_bytes(raw[place : place + 2], "little") for place in range(0, len(raw), 2))
    hashed = reduce(lambda so_far, unit: ((so_far ^ unit) * _FNV_PRIME) & _BITS, units, _FNV_BASIS)
    return f"{len(raw) // 2}:{hashed:x}"


def begin_texts() -> TypedTexts:
    """This session's texts; each run begins with it, so that callbacks find them."""
    found = texts_in(st.session_state.to_dict())
    if found is None:
        found = st.session_state[_KEY] = TypedTexts()
    return found


def texts_in(state: Mapping[Any, Any]) -> TypedTexts | None:
    """The texts of a session whose whole state was read at once: no point at which the framework looks for more."""
    found = state.get(_KEY)
    return found if isinstance(found, TypedTexts) else None


def typed_texts_are_safe() -> None:
    """All that callbacks of this session have read is in the database."""
    found = texts_in(st.session_state.to_dict())
    if found is not None:
        found.are_safe()
