"""How many threads of comments are open about a field or a row, behind its name."""

from __future__ import annotations

from app.session.entry_form import EntryForm
from app.session.language import tell_count
from scoping.document.paths import Path

ICON = ":material/chat:"


def field_mark(workspace: EntryForm, path: str) -> str:
    """The mark of a field. To ask for it says that the page shows the field: it can be commented on there."""
    workspace.drawn.setdefault(str(path))
    many = workspace.commented.get(str(path), 0)
    # In words: a screen reader is told the name of a field as it is written, and would spell out an icon.
    return f" · {tell_count('{count} comment', '{count} comments', many)}" if many else ""


def row_mark(workspace: EntryForm, row: Path) -> str:
    """The mark of a row: of all that stands in it."""
    workspace.drawn.setdefault(str(row.parent))
    workspace.drawn.setdefault(str(row))
    return mark(sum(many for place, many in workspace.commented.items() if many and Path(place).is_within(row)))


def mark(many: int) -> str:
    """The mark for so many; nothing for none."""
    return f" {ICON} {many}" if many else ""
