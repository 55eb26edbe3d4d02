"""Step Alternatives: the status quo, rules, buying, models; the quality each one reaches."""

from __future__ import annotations

import streamlit as st

from app.parts.choose_alternative import choose_alternative, show_alternative
from app.parts.fields import estimate_heading, field, pair
from app.parts.workspace import Workspace
from scoping import to_dict
from scoping.alternatives import KINDS
from scoping.summary.memo import KIND_TITLES


def step(workspace: Workspace) -> None:
    """One alternative at a time."""
    st.caption(
        "Exactly one is the status quo; every other is valued against it. Not every problem needs a model: "
        "add a rule or a bought solution too."
    )
    _add(workspace)
    index = choose_alternative(workspace)
    if index is None:
        st.info("Begin with the status quo: what happens today.", icon=":material/flag:")
        return
    _one(workspace, index)


def _add(workspace: Workspace) -> None:
    kinds = [kind for kind in KINDS if kind != "status_quo" or workspace.proposal.status_quo is None]
    chosen = st.menu_button(
        "Add an alternative", kinds, format_func=KIND_TITLES.__getitem__, icon=":material/add:", key="add_alternative"
    )
    if chosen is None:
        return
    present = to_dict(workspace.proposal).get("alternatives", [])
    taken = {each.get("name") for each in present}
    name = next(
        name
        for name in (KIND_TITLES[chosen], *(f"{KIND_TITLES[chosen]} {n}" for n in range(2, 99)))
        if name not in taken
    )
    if workspace.set("alternatives", [*present, {"name": name, "kind": chosen}], ""):
        show_alternative(len(present))
        st.rerun()


def _one(workspace: Workspace, index: int) -> None:
    path = f"alternatives.{index}"
    alternative = workspace.proposal.alternatives[index]
    with st.container(border=True):
        pair(workspace, f"{path}.name", f"{path}.kind")
        estimate_heading()
        _metrics(workspace, index)
        if not alternative.is_status_quo:
            field(workspace, f"{path}.build_months")
            field(workspace, f"{path}.success_probability")
        field(workspace, f"{path}.evidence")
        if st.button("Remove this alternative", icon=":material/delete:", key=f"remove:{index}", type="tertiary"):
            _remove(workspace, index)


def _metrics(workspace: Workspace, index: int) -> None:
    bridge, alternative = workspace.proposal.bridge, workspace.proposal.alternatives[index]
    if bridge is None:
        st.info(
            "Choose the kind of task in step Value; then its technical metrics appear here.", icon=":material/info:"
        )
        return
    if alternative.is_status_quo and bridge.idle is not None:
        st.caption("Leave the metrics empty if nobody acts on a model today.")
    for group in bridge.groups():
        name = group[0] if len(group) == 1 else _one_of(workspace, index, group)
        if name in {metric.name for metric in bridge.metrics}:
            field(workspace, f"alternatives.{index}.metrics.{name}")


def _one_of(workspace: Workspace, index: int, group: tuple[str, ...]) -> str:
    """Which of the metrics of a group the alternative gives: exactly one."""
    given = workspace.proposal.alternatives[index].metrics
    assert workspace.proposal.bridge is not None
    titles = {name: workspace.proposal.bridge.metric_named(name).title for name in group}
    key = workspace.key(f"alternatives.{index}.group:{group[0]}")
    if key not in st.session_state:
        st.session_state[key] = next((name for name in group if name in given), group[0])
    chosen = st.radio(
        "Known is the", list(group), format_func=titles.__getitem__, key=key, horizontal=True,
        on_change=_switch, args=(workspace, index, group, key),
    )  # fmt: skip
    return str(chosen)


def _switch(workspace: Workspace, index: int, group: tuple[str, ...], key: str) -> None:
    """Giving one metric of a group takes the others away; the revision history keeps them."""
    metrics = {name: estimate.model_dump() for name, estimate in workspace.proposal.alternatives[index].metrics.items()}
    kept = {name: value for name, value in metrics.items() if name not in group or name == st.session_state[key]}
    if kept != metrics:
        workspace.set(f"alternatives.{index}.metrics", kept, "")


def _remove(workspace: Workspace, index: int) -> None:
    kept = [each for number, each in enumerate(to_dict(workspace.proposal)["alternatives"]) if number != index]
    if workspace.set("alternatives", kept, ""):
        workspace.epoch += 1
        show_alternative(max(index - 1, 0))
        st.rerun()
