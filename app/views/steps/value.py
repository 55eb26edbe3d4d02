"""Step Value: the kind of task, what a case is worth, and the best that can be hoped for."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field
from app.fields.grounds import grounds_panel
from app.fields.judgements import judgements_panel
from app.fields.panel import waiting_panel
from app.session.language import tell, told
from app.session.workspace import Workspace
from app.views.parts.ceiling_grounds import ceiling_grounds
from app.views.parts.parts_of_work import part_called, parts_of_work
from app.views.parts.step import Step
from app.views.parts.task import kind_of_task, task_inputs
from app.views.parts.valuing import formula_of, with_own_numbers
from scoping.bridges import EVERY_KIND, Bridge, Part, Task
from scoping.document.grounds import CEILINGS
from scoping.document.paths import Path
from scoping.document.restructuring import with_kind
from scoping.reports.completeness import of_bridge
from scoping.text.languages import message

_BRIDGE = Path.of("bridge")


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
    own = [path for path in workspace.proposal.inputs() if path.is_within(_BRIDGE)]
    if own:
        judgements_panel(workspace, own)
    _ceilings(workspace, bridge)
    ceilings = [CEILINGS / name for name in workspace.proposal.feasibility.ceilings]
    grounds_panel(workspace, [*own, *ceilings], "value")


def _kind(workspace: Workspace) -> None:
    bridge = workspace.proposal.bridge
    name = told(bridge.parts()[0].task.title) if bridge and bridge.parts() else ""
    kind_of_task(
        workspace,
        _BRIDGE,
        EVERY_KIND,
        bridge.kind if bridge else None,
        lambda kind: workspace.restructure(partial(with_kind, kind=kind, name=name)),
    )


def _inputs(workspace: Workspace, bridge: Bridge) -> None:
    if isinstance(bridge, Task):
        st.header(tell("What a case is worth"), anchor=False)
        task_inputs(workspace, _BRIDGE, bridge)
    else:
        parts_of_work(workspace, bridge)


def _ceilings(workspace: Workspace, bridge: Bridge) -> None:
    used = {name for each in workspace.proposal.alternatives for name in each.metrics}
    by_part = [(part, _used_in(part, used)) for part in bridge.parts()]
    if not any(names for _, names in by_part):
        return
    st.header(tell("How good can anyone be?"), anchor=False)
    st.caption(
        tell(
            "The ceiling: what experts reach from the same inputs, or the best published result. Headroom is the room up to it."
        )
    )
    estimate_heading()
    for part, names in by_part:
        if names and len(by_part) > 1:
            st.markdown(f"**{part_called(part)}**")
        for name in names:
            field(workspace, Path.of("feasibility", "ceilings", name))
    ceiling_grounds(workspace, [name for _, names in by_part for name in names])


def _used_in(part: Part, used: Collection[str]) -> list[str]:
    """The qualities of a part that some alternative gives; all of them where none does, and the part is no segment."""
    names = [part.metric(metric.name) for metric in part.task.metrics if not metric.is_choice]
    return [name for name in names if name in used] or ([] if part.follows else names)


STEP = Step(
    name="value",
    title=message("Value"),
    place=15,
    draw=draw,
    completeness=of_bridge,
    holds=("bridge", "feasibility.ceilings", "feasibility.ceiling_grounds"),
)
