"""Step Value: the kind of task, what a case is worth, and the best that can be hoped for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field
from app.fields.judgements import judgements_panel
from app.fields.panel import waiting_panel
from app.fields.points import points
from app.fields.widget import saved_at
from app.fields.words import plain
from app.session.language import tell, told
from app.session.remembered import held, place_of
from app.session.workspace import Workspace
from app.views.parts.step import Step
from app.views.parts.valuing import formula_of, with_own_numbers
from scoping.bridges import KINDS, Bridge
from scoping.bridges.curve import Curve
from scoping.document.fields import is_folded
from scoping.document.paths import Path
from scoping.reports.completeness import of_bridge
from scoping.text.languages import message


def draw(workspace: Workspace) -> None:
    """The kind, its inputs, its ceilings."""
    _kind(workspace)
    bridge = workspace.proposal.bridge
    if bridge is None:
        st.info(tell("The kind of task decides how a technical metric becomes money per case."), icon=":material/info:")
        return
    panel = waiting_panel(tell("How a case is valued"), ":material/functions:", f"{workspace.id}:valued")
    if panel is not None:
        with panel:
            formula_of(bridge.kind)
            with_own_numbers(workspace.proposal)
    _inputs(workspace, bridge)
    judgements_panel(workspace, [path for path in workspace.proposal.inputs() if path.is_within(Path.of("bridge"))])
    _ceilings(workspace, bridge)


def _kind(workspace: Workspace) -> None:
    key = workspace.key("bridge.kind")
    bridge = workspace.proposal.bridge
    if key not in st.session_state:
        st.session_state[key] = bridge.kind if bridge else None
    st.selectbox(
        tell("Kind of task"),
        list(KINDS),
        key=key,
        index=place_of(key, list(KINDS)),
        format_func={kind: f"{told(each.title)}: {tell(each.about)}" for kind, each in KINDS.items()}.__getitem__,
        placeholder=tell("What will the system do?"),
        on_change=_choose_kind,
        args=(workspace, key),
    )


def _choose_kind(workspace: Workspace, key: str) -> None:
    """Another kind keeps the inputs and metrics that it shares with the one before."""
    kind = held(key)
    if kind is None:
        # A kind is exchanged for another, not taken away with all that hangs on it.
        st.session_state[key] = workspace.proposal.bridge.kind if workspace.proposal.bridge else None
        return
    names = KINDS[kind].model_fields
    before = saved_at(workspace, "bridge") or {}
    shared = {name: value for name, value in before.items() if name in names and name != "kind"}
    if isinstance(workspace.proposal.bridge, Curve):
        # A curve's metric is the team's own, and so are its points.
        shared = {name: value for name, value in shared.items() if name == "cases_per_month"}
    workspace.change_kind({"kind": kind, **shared})


def _inputs(workspace: Workspace, bridge: Bridge) -> None:
    st.header(tell("What a case is worth"), anchor=False)
    estimate_heading()
    declared = type(bridge).model_fields
    folded = [name for name, info in declared.items() if is_folded(info)]
    for name in declared:
        if name == "points":
            points(workspace)
        elif name != "kind" and name not in folded:
            field(workspace, Path.of("bridge", name))
    if folded:
        _folded(workspace, bridge, folded)


def _folded(workspace: Workspace, bridge: Bridge, names: Sequence[str]) -> None:
    """What most tasks do without."""
    titles = ", ".join(plain(tell(str(type(bridge).model_fields[name].title))) for name in names)
    is_given = any(getattr(bridge, name) is not None for name in names)
    with st.expander(tell("More: {fields}", fields=titles), is_given, icon=":material/unfold_more:"):
        for name in names:
            field(workspace, Path.of("bridge", name))


def _ceilings(workspace: Workspace, bridge: Bridge) -> None:
    used = {name for each in workspace.proposal.alternatives for name in each.metrics}
    qualities = [metric for metric in bridge.metrics if not metric.is_choice]
    metrics = [metric for metric in qualities if metric.name in used] or qualities
    if not metrics:
        return
    st.header(tell("How good can anyone be?"), anchor=False)
    st.caption(
        tell(
            "The ceiling: what experts reach from the same inputs, or the best published result. Headroom is the room up to it."
        )
    )
    estimate_heading()
    for metric in metrics:
        field(workspace, Path.of("feasibility", "ceilings", metric.name))


STEP = Step(
    name="value",
    title=message("Value"),
    place=15,
    draw=draw,
    completeness=of_bridge,
    holds=("bridge", "feasibility.ceilings"),
)
