"""Bridges that join tasks: several streams of value, or segments of the cases."""

from __future__ import annotations

from .composite import Composite
from .composite import title_of as part_title
from .segments import Segment, Segments
from .several import Several, Stream

COMPOSITES: dict[str, type[Composite]] = {"several": Several, "segmented": Segments}

__all__ = ["COMPOSITES", "Composite", "Segment", "Segments", "Several", "Stream", "part_title"]
