"""Fields that most do without, group by group: shown when somebody asks for them, or where something stands in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app.fields.rows import is_given
from app.session.language import tell
from app.session.workspace import Workspace
from scoping.document.paths import Path
from scoping.document.specs import spec_at

Draw = Callable[[Workspace, Path], None]


def more(
    workspace: Workspace, section: Path, title: str, about: str, groups: Mapping[str, Sequence[str]], draw: Draw
) -> None:
    """The fields of a section, by the title of their group; a button named `title` opens those that are folded.

    `about` is said above all of them.
    """
    wants_all = f"{workspace.key(section)}:more"
    is_open = bool(st.session_state.get(wants_all))
    if is_open:
        st.caption(tell(about))
    for group, names in groups.items():
        paths = [section / name for name in names]
        shown = [path for path in paths if is_open or is_given(workspace, spec_at(workspace.proposal, path))]
        if shown:
            st.markdown(f"**{tell(group)}**")
        for path in shown:
            draw(workspace, path)
    if not is_open:
        st.button(
            tell(title), key=f"{wants_all}:button", type="tertiary", icon=":material/unfold_more:",
            on_click=_open, args=(wants_all,),
        )  # fmt: skip


def _open(wants_all: str) -> None:
    st.session_state[wants_all] = True
