"""File names made from what people typed."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60


def file_name(title: str, suffix: str) -> str:
    """A name that every system takes: letters, digits and hyphens, never empty, never a path."""
    ascii_text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", ascii_text).strip("-").lower()[:_LONGEST].strip("-")
    return f"groundwork-{stem or 'proposal'}.{suffix}"
