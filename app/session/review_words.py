"""What a person writes in a review, as drafts: under names that no field of the document has."""

from __future__ import annotations

WORDS = "review:"
"""What the names of these drafts begin with."""


def is_of_review(path: str) -> bool:
    """Whether a draft is a text of a review."""
    return path.startswith(WORDS)
