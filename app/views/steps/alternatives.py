"""Step Alternatives: the status quo, rules, buying, models; the quality each one reaches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from itertools import chain, count

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field, pair
from app.fields.judgements import judgements_panel
from app.fields.widget import saved_at
from app.fields.words import plain
from app.session.language import tell, told
from app.session.navigation import link
from app.session.remembered import held, place_of
from app.session.workspace import Workspace
from app.views.parts.choose_alternative import choose_alternative, show_alternative
from app.views.parts.step import Step
from scoping import Estimate
from scoping.bridges import Bridge
from scoping.document.paths import Path
from scoping.reports.completeness import of_alternatives
from scoping.reports.titles import KIND_TITLES
from scoping.text.languages import listed, message
from scoping.vocabulary import AlternativeKind


class Reach(StrEnum):
    """Who is acted on today."""

    NOBODY = "nobody"
    EVERYBODY = "everybody"
    MEASURED = "measured"


_REACHES = {
    Reach.NOBODY: message("Nobody"),
    Reach.EVERYBODY: message("Everybody"),
    Reach.MEASURED: message("Some, as measured"),
}


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
        if not alternative.is_status_quo:
            estimate_heading()
        _metrics(workspace, index)
        if not alternative.is_status_quo:
            field(workspace, path / "build_months")
            field(workspace, path / "success_probability")
            with st.expander(tell("Use before the build ends"), icon=":material/rocket_launch:"):
                field(workspace, path / "first_use_months")
        own = [
            each for each in workspace.proposal.inputs() if each.is_within(path) and not each.is_within(path / "costs")
        ]
        if own:
            judgements_panel(workspace, own)
        field(workspace, path / "evidence")
        if st.button(tell("Remove this alternative"), icon=":material/delete:", key=f"remove:{index}", type="tertiary"):
            _remove(workspace, index)


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
        if not _is_measured(workspace, index, bridge):
            return
        estimate_heading()
    chosen = _one_of(workspace, index, bridge) if len(bridge.sets()) > 1 else bridge.set_of(alternative.metrics)
    always = [metric.name for metric in bridge.metrics if metric.default is not None]
    for name in (*chosen, *always):
        field(workspace, Path.of("alternatives", index, "metrics", name))
    for metric in bridge.metrics:
        if metric.is_choice:
            is_given = alternative.is_status_quo or metric.name in alternative.metrics
            with st.expander(plain(told(metric.title)), is_given, icon=":material/unfold_more:"):
                field(workspace, Path.of("alternatives", index, "metrics", metric.name))


def _is_measured(workspace: Workspace, index: int, bridge: Bridge) -> bool:
    """Today's way need not be a model: rules and people have their hits and misses too, or nobody is acted on, or all."""
    st.markdown(f"**{tell('What does today’s way reach (rules, people)?')}**")
    if not bridge.works_without_model:
        return True
    if not bridge.everybody:
        st.caption(
            tell(
                "Measured as a model's would be. Leave it empty where nobody acts on such a signal today, by rule or by eye."
            )
        )
        return True
    key, found = workspace.key(Path.of("alternatives", index, "reach")), _reach_of(workspace, index, bridge)
    # Whoever is about to say what was measured has said nothing yet.
    if key not in st.session_state or found is not Reach.NOBODY:
        st.session_state[key] = str(found)
    titles = {str(reach): told(title) for reach, title in _REACHES.items()}
    chosen = st.radio(
        tell("Who is acted on today?"), list(titles), place_of(key, list(titles)) or 0, key=key, horizontal=True,
        format_func=titles.__getitem__, on_change=_change_reach, args=(workspace, index, bridge, key),
    )  # fmt: skip
    return str(chosen) == Reach.MEASURED


def _reach_of(workspace: Workspace, index: int, bridge: Bridge) -> Reach:
    given = bridge.given(workspace.proposal.alternatives[index].metrics)
    if not given:
        return Reach.NOBODY
    everybody = {name: Estimate.of(value) for name, value in bridge.everybody.items()}
    return Reach.EVERYBODY if given == everybody else Reach.MEASURED


def _change_reach(workspace: Workspace, index: int, bridge: Bridge, key: str) -> None:
    """Nobody and everybody need no figures; what was measured is typed, and the revision history keeps it."""
    reach = held(key)
    metrics = dict(bridge.everybody) if reach == Reach.EVERYBODY else {}
    if reach != Reach.MEASURED or _reach_of(workspace, index, bridge) is Reach.EVERYBODY:
        workspace.set(Path.of("alternatives", index, "metrics"), metrics, "")


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
