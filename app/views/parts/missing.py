"""What is still missing, as links: each leads to its step, and there to the field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from app.fields.words import short_plain
from app.session.browser import focus_on, times_focused
from app.session.language import tell_count, told
from app.session.navigation import link
from app.session.workspace import Workspace
from app.views.parts.choose_alternative import show_alternative
from app.views.parts.parts_of_work import first_to_fill, show_part_of
from app.views.parts.step import PART, step_of
from scoping.document.paths import Path
from scoping.text.labels import label_of

FIELD = "field"
"""The name in the address of the field to which a link leads."""
_NAMED_AT_ONCE, _LONGEST_NAME, _LONGEST_LABEL = 3, 34, 110
_ADD_ALTERNATIVE = "add_alternative"


def missing_line(workspace: Workspace, missing: Sequence[str]) -> None:
    """What to fill in next, each as a link."""
    for path in missing[:_NAMED_AT_ONCE]:
        _link(workspace, path, _LONGEST_NAME)


def missing_list(workspace: Workspace, missing: Sequence[str]) -> None:
    """All that is missing, step by step, behind one button."""
    with st.popover(
        tell_count("{count} thing is missing", "{count} things are missing", len(missing)),
        icon=":material/checklist:",
        key=f"missing:{times_focused()}",
    ):
        for step, paths in groupby(sorted(missing, key=lambda path: step_of(path).place), key=step_of):
            st.caption(told(step.title))
            with st.container(gap="xsmall"):
                for path in paths:
                    _link(workspace, path, _LONGEST_LABEL)


def _link(workspace: Workspace, path: str, longest: int) -> None:
    label = short_plain(told(label_of(workspace.proposal, path)), longest)
    link("proposal", label, ":material/arrow_forward:", proposal=workspace.id, step=step_of(path).name, field=path)


def open_field(workspace: Workspace) -> None:
    """Go to the field that the address names, once; after that it names the step alone."""
    named = st.query_params.get(FIELD)
    if named is None:
        return
    del st.query_params[FIELD]
    path = Path("bridge.kind" if named == "bridge" else named)
    match path.keys:
        case ("alternatives",) | ("alternatives", "status_quo"):
            focus_on(_ADD_ALTERNATIVE)
            st.rerun()
        case ("alternatives", index, *_) if index.isdecimal() and int(index) < len(workspace.proposal.alternatives):
            show_alternative(int(index), workspace)
    show_part_of(workspace, path)
    part = step_of(path).stop_of(workspace.proposal, path)
    if part:
        st.query_params[PART] = part
    focus_on(*(first_to_fill(workspace, place) for place in _from_inside_out(path)))
    # The browser is told at the beginning of a run.
    st.rerun()


def _from_inside_out(path: Path) -> list[Path]:
    """The place itself, and what is around it: a row where a cell has no field of its own."""
    keys = path.keys
    return [Path.of(*keys[:length]) for length in range(len(keys), min(len(keys), 2) - 1, -1)]
