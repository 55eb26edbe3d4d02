"""What happens to a proposal that somebody else should know of, and how it is announced."""

from __future__ import annotations

from .notices.announcing import announce
from .notices.happened import Event, EventKind

__all__ = ["Event", "EventKind", "announce"]
