"""What people wrote about a proposal, as the memo tells it."""

from __future__ import annotations

from collections.abc import Sequence

from ...text.languages import message
from ...text.wording import day
from ..discussion import CommentNote, ThreadNote
from ..memo.commented import CommentsPart, ThreadTold


def comments_part(threads: Sequence[ThreadNote]) -> CommentsPart | None:
    """The threads in the order given; nothing where there are none."""
    if not threads:
        return None
    return CommentsPart(tuple(ThreadTold(_about(each), tuple(map(_said, each.comments))) for each in threads))


def _about(thread: ThreadNote) -> str:
    if thread.is_open:
        return message("On “{place}”, open", place=thread.about)
    return message("On “{place}”, resolved", place=thread.about)


def _said(note: CommentNote) -> str:
    names = {"date": day(note.on), "person": note.writer, "version": str(note.version)}
    if note.is_taken_back:
        return message("{date}, {person}, on version {version}: taken back", **names)
    return message("{date}, {person}, on version {version}: {text}", text=note.text, **names)
