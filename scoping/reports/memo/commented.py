"""The appendix of a memo that tells what people wrote about it, where somebody asked for that."""

from __future__ import annotations

from dataclasses import dataclass

from ...text.languages import message
from ..blocks import Block, Paragraph, Section, section


@dataclass(frozen=True)
class ThreadTold:
    """What a thread is about and whether it is open, then what was written, in order."""

    about: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class CommentsPart:
    """The threads, the newest first."""

    threads: tuple[ThreadTold, ...]

    def section(self) -> Section:
        """Each thread under a line that says what it is about."""
        blocks: list[Block] = []
        for each in self.threads:
            blocks += [Paragraph(each.about, muted=True), *map(Paragraph, each.said)]
        return section("comments", message("Comments"), *blocks)
