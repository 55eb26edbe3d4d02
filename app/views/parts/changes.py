"""What changed between two versions of a proposal, field by field, in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.words import short_plain
from app.session.language import tell, tell_count, told
from scoping.reports.changes import Change, ChangeKind

MOST_SHOWN = 200
"""Changes that a page tells."""
_SHOWN = 6
_LONGEST = 400


def told_changes(changes: Sequence[Change], key: str) -> None:
    """The first changes in sight, the rest behind a click."""
    if not changes:
        st.caption(tell("Nothing that a reader would see"))
        return
    st.markdown(_lines(changes[:_SHOWN]))
    rest = changes[_SHOWN:MOST_SHOWN]
    if rest:
        opened = st.expander(tell_count("{count} more change", "{count} more changes", len(changes) - _SHOWN), key=f"more:{key}", on_change="rerun")  # fmt: skip
        if opened.open:
            opened.markdown(_lines(rest))
            if len(changes) > MOST_SHOWN:
                opened.caption(tell("The first {count} changes of the version.", count=str(MOST_SHOWN)))


def _lines(changes: Sequence[Change]) -> str:
    return "\n".join(f"- {_line(each)}" for each in changes)


def _line(change: Change) -> str:
    label, old, new = (short_plain(told(each), _LONGEST) for each in (change.label, change.old, change.new))
    empty = tell("(empty)")
    match change.kind:
        case ChangeKind.ADDED:
            return tell("**{field}**: added {new}", field=label, new=new)
        case ChangeKind.REMOVED:
            return tell("**{field}**: taken out {old}", field=label, old=old)
        case ChangeKind.CHANGED:
            return tell("**{field}**: {old} → {new}", field=label, old=old or empty, new=new or empty)
