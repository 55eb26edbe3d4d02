"""What people wrote about a proposal, as only the caller knows it: threads of comments on its places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..text.languages import message


@dataclass(frozen=True)
class CommentNote:
    """One comment, on the version that its writer looked at. `is_verified` says that the name comes from a sign-in."""

    by: str
    on: date
    version: int
    text: str
    is_taken_back: bool = False
    is_verified: bool = True

    @property
    def writer(self) -> str:
        """Who wrote it; a name that somebody typed is said to be one."""
        return self.by if self.is_verified else message("{name} (name typed)", name=self.by)


@dataclass(frozen=True)
class ThreadNote:
    """Comments on one place, the oldest first. `about` is what people call the place."""

    about: str
    is_open: bool
    comments: tuple[CommentNote, ...]
