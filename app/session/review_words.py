"""What a person writes about a proposal (advice, a comment), as drafts: under names that no field of it has."""

from __future__ import annotations

from db import WORDS


def is_of_review(path: str) -> bool:
    """Whether a draft is something that is said about the proposal."""
    return path.startswith(WORDS)
