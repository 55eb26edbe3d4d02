"""The inputs of one task, wherever in the bridge it stands, and the list of kinds to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field
from app.fields.points import points
from app.fields.words import plain
from app.session.language import tell, told
from app.session.remembered import held, place_of
from app.session.workspace import Workspace
from scoping.bridges import Bridge, Task
from scoping.document.fields import is_folded
from scoping.document.paths import Path


def task_inputs(workspace: Workspace, path: Path, task: Task) -> None:
    """A row for each input of the task at the path."""
    estimate_heading()
    declared = type(task).model_fields
    folded = [name for name, info in declared.items() if is_folded(info)]
    for name in declared:
        if name == "points":
            points(workspace, path / name)
        elif name != "kind" and name not in folded:
            field(workspace, path / name)
    if folded:
        _folded(workspace, path, task, folded)


def _folded(workspace: Workspace, path: Path, task: Task, names: Sequence[str]) -> None:
    """What most tasks do without."""
    titles = ", ".join(plain(tell(str(type(task).model_fields[name].title))) for name in names)
    is_given = any(getattr(task, name) is not None for name in names)
    with st.expander(tell("More: {fields}", fields=titles), is_given, icon=":material/unfold_more:"):
        for name in names:
            field(workspace, path / name)


def kind_of_task(
    workspace: Workspace,
    path: Path,
    kinds: Mapping[str, type[Bridge]],
    chosen: str | None,
    choose: Callable[[str], object],
) -> None:
    """The list of kinds for the task at a path; `choose` is called with another one that a person picks."""
    key = workspace.key(path / "kind")
    if key not in st.session_state:
        st.session_state[key] = chosen
    st.selectbox(
        tell("Kind of task"),
        list(kinds),
        key=key,
        index=place_of(key, list(kinds)),
        format_func={kind: f"{told(each.title)}: {tell(each.about)}" for kind, each in kinds.items()}.__getitem__,
        placeholder=tell("What will the system do?"),
        on_change=_chosen,
        args=(key, chosen, choose),
    )


def _chosen(key: str, before: str | None, choose: Callable[[str], object]) -> None:
    kind = held(key)
    if kind is None:
        # A kind is exchanged for another, not taken away with all that hangs on it.
        st.session_state[key] = before
        return
    choose(kind)
