"""Step Alternatives: the status quo, rules, buying, models; the quality each one reaches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain, count

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field, pair
from app.fields.judgements import judgements_panel
from app.fields.more import more
from app.fields.widget import saved_at
from app.session.language import tell, told
from app.session.navigation import link
from app.session.remembered import held, place_of
from app.session.workspace import Workspace
from app.views.parts.choose_alternative import choose_alternative, show_alternative
from app.views.parts.step import Step
from scoping.bridges import Bridge
from scoping.document.paths import Path
from scoping.reports.completeness import of_alternatives
from scoping.reports.titles import KIND_TITLES
from scoping.text.languages import listed, message
from scoping.vocabulary import AlternativeKind

_DIFFERS = message("Where it differs from the others")
_AS_FOR_ALL = message("What is left empty is as for all alternatives, in Costs and returns.")
_DIFFERENCES = {
    message("Roll-out and use"): ("first_use_months", "adoption", "ramp_months", "months_of_use"),
    message("Quality over time"): ("drift", "retrain_every_months", "retraining_cost"),
    message("At the end, and what it rests on"): ("residual_value", "rests_on"),
}
"""What most alternatives have as the others have it, in the order in which it is asked."""


def draw(workspace: Workspace) -> None:
    """One alternative at a time."""
    st.caption(
        tell(
            "Exactly one is the status quo; every other is valued against it. Not every problem needs a model: add a rule or a bought solution too."
        )
    )
    _add(workspace)
    index = choose_alternative(workspace)
    if index is None:
        st.info(tell("Begin with the status quo: what happens today."), icon=":material/flag:")
        return
    _one(workspace, index)


def _add(workspace: Workspace) -> None:
    has_status_quo = workspace.proposal.status_quo is not None
    kinds = [str(kind) for kind in AlternativeKind if not (has_status_quo and kind is AlternativeKind.STATUS_QUO)]
    chosen = st.menu_button(
        tell("Add an alternative"),
        kinds,
        format_func={kind: told(KIND_TITLES[kind]) for kind in kinds}.__getitem__,
        icon=":material/add:",
        key="add_alternative",
    )
    if chosen is None:
        return
    present = saved_at(workspace, "alternatives") or []
    name = _free_name(told(KIND_TITLES[chosen]), {each.get("name") for each in present})
    if workspace.set("alternatives", [*present, {"name": name, "kind": chosen}], "").is_taken:
        show_alternative(len(present))
        st.rerun()


def _free_name(title: str, taken: Collection[object]) -> str:
    """The title, or the title with the first number that makes it a name of its own."""
    numbered = (f"{title} {number}" for number in count(2))
    return next(name for name in chain([title], numbered) if name not in taken)


def _one(workspace: Workspace, index: int) -> None:
    path = Path.of("alternatives", index)
    alternative = workspace.proposal.alternatives[index]
    with st.container(border=True):
        pair(workspace, path / "name", path / "kind")
        estimate_heading()
        _metrics(workspace, index)
        if not alternative.is_status_quo:
            field(workspace, path / "build_months")
            field(workspace, path / "success_probability")
            more(workspace, path, _DIFFERS, _AS_FOR_ALL, _DIFFERENCES, _difference)
        own = [
            each for each in workspace.proposal.inputs() if each.is_within(path) and not each.is_within(path / "costs")
        ]
        if own:
            judgements_panel(workspace, own)
        field(workspace, path / "evidence")
        if st.button(tell("Remove this alternative"), icon=":material/delete:", key=f"remove:{index}", type="tertiary"):
            _remove(workspace, index)


def _difference(workspace: Workspace, path: Path) -> None:
    if path.last == "rests_on":
        names = [each.name for each in workspace.proposal.returns.shared_causes if each.name]
        field(workspace, path, options={name: name for name in names})
    else:
        field(workspace, path)


def _metrics(workspace: Workspace, index: int) -> None:
    bridge, alternative = workspace.proposal.bridge, workspace.proposal.alternatives[index]
    if bridge is None:
        st.info(
            tell("Choose the kind of task first; then the metrics that go with it are asked here."),
            icon=":material/info:",
        )
        link(
            "proposal",
            tell("Kind of task"),
            ":material/arrow_back:",
            proposal=workspace.id,
            step="value",
            field="bridge",
        )
        return
    if alternative.is_status_quo:
        _today(bridge)
    chosen = _one_of(workspace, index, bridge) if len(bridge.sets()) > 1 else bridge.set_of(alternative.metrics)
    always = [metric.name for metric in bridge.metrics if metric.default is not None]
    for name in (*chosen, *always):
        field(workspace, Path.of("alternatives", index, "metrics", name))


def _today(bridge: Bridge) -> None:
    """Today's way need not be a model: rules and people have their hits and misses too."""
    st.markdown(f"**{tell('What does today’s way reach (rules, people)?')}**")
    if bridge.works_without_model:
        st.caption(
            tell(
                "Measured as a model's would be. Leave it empty where nobody acts on such a signal today, by rule or by eye."
            )
        )


def _one_of(workspace: Workspace, index: int, bridge: Bridge) -> tuple[str, ...]:
    """Which set of metrics the alternative gives: exactly one."""
    sets = {_set_title(bridge, group): group for group in bridge.sets()}
    given = bridge.set_of(workspace.proposal.alternatives[index].metrics)
    key = workspace.key(Path.of("alternatives", index, "metric_set"))
    if key not in st.session_state:
        st.session_state[key] = next(title for title, group in sets.items() if group == given)
    chosen = st.radio(
        tell("Its quality is known as"), list(sets), place_of(key, list(sets)) or 0, key=key, horizontal=True, on_change=_switch, args=(workspace, index, sets, key)
    )  # fmt: skip
    return sets[chosen]


def _set_title(bridge: Bridge, group: tuple[str, ...]) -> str:
    return told(listed(bridge.metric_named(name).phrase for name in group))


def _switch(workspace: Workspace, index: int, sets: Mapping[str, tuple[str, ...]], key: str) -> None:
    """Giving one set of metrics takes the others away; the revision history keeps them."""
    metrics = {name: estimate.model_dump() for name, estimate in workspace.proposal.alternatives[index].metrics.items()}
    others = {name for group in sets.values() for name in group} - set(sets[held(key)])
    kept = {name: value for name, value in metrics.items() if name not in others}
    if kept != metrics:
        workspace.set(Path.of("alternatives", index, "metrics"), kept, "")


def _remove(workspace: Workspace, index: int) -> None:
    if workspace.remove_row(Path.of("alternatives", index)).is_taken:
        show_alternative(max(index - 1, 0))
        st.rerun()


STEP = Step(
    name="alternatives",
    title=message("Alternatives"),
    place=20,
    draw=draw,
    completeness=of_alternatives,
    holds=("alternatives",),
)
