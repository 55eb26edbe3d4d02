"""The quality that one alternative reaches: its technical metrics, one part of the work at a time."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field
from app.fields.widget import saved_at
from app.fields.words import plain
from app.session.language import tell, told
from app.session.navigation import link
from app.session.remembered import held, place_of
from app.session.workspace import Workspace
from app.views.parts.parts_of_work import choose_part, part_called
from scoping import Estimate
from scoping.bridges import Bridge, Part, Task
from scoping.document.paths import Path
from scoping.text.languages import listed, message


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


def metrics(workspace: Workspace, index: int) -> None:
    """The fields of the metrics, and what decides which of them are asked for."""
    bridge, alternative = workspace.proposal.bridge, workspace.proposal.alternatives[index]
    if bridge is None:
        estimate_heading()
        _without_kind(workspace)
        return
    if alternative.is_status_quo:
        st.markdown(f"**{tell('What does today’s way reach (rules, people)?')}**")
    part = _part(workspace, bridge)
    if part is not None and _is_asked(workspace, index, part):
        _fields(workspace, index, part)
    elif not alternative.is_status_quo:
        estimate_heading()


def _key(workspace: Workspace, index: int, what: str, part: Part) -> str:
    """The key of a widget that stands for a part's metrics and is no field itself."""
    return workspace.key(f"{Path.of('alternatives', index, what)}{f':{part.id}' if part.id else ''}")


def _part(workspace: Workspace, bridge: Bridge) -> Part | None:
    parts = bridge.parts()
    number = choose_part(workspace, [part_called(each) for each in parts], "metrics") if len(parts) > 1 else 0
    return parts[number] if parts and number is not None else None


def _without_kind(workspace: Workspace) -> None:
    st.info(
        tell("Choose the kind of task first; then the metrics that go with it are asked here."), icon=":material/info:"
    )
    title, back = tell("Kind of task"), ":material/arrow_back:"
    link("proposal", title, back, proposal=workspace.id, step="value", field="bridge")


def _is_asked(workspace: Workspace, index: int, part: Part) -> bool:
    """Whether metrics are asked for in a part: unless it is left as it is, or goes with all segments, or nobody acts."""
    is_today = workspace.proposal.alternatives[index].is_status_quo
    if part.id and not is_today and _is_left(workspace, index, part):
        return False
    if part.follows and not _has_its_own(workspace, index, part):
        return False
    return not is_today or _is_measured(workspace, index, part)


def _fields(workspace: Workspace, index: int, part: Part) -> None:
    alternative, path = workspace.proposal.alternatives[index], Path.of("alternatives", index, "metrics")
    chosen = _one_of(workspace, index, part) if len(part.task.sets()) > 1 else part.set_of(alternative.metrics)
    estimate_heading()
    always = [metric.name for metric in part.task.metrics if metric.default is not None]
    for name in (*chosen, *always):
        field(workspace, path / part.metric(name))
    for metric in part.task.metrics:
        if metric.is_choice:
            is_given = alternative.is_status_quo or part.metric(metric.name) in alternative.metrics
            with st.expander(plain(told(metric.title)), is_given, icon=":material/unfold_more:"):
                field(workspace, path / part.metric(metric.name))


def _is_left(workspace: Workspace, index: int, part: Part) -> bool:
    """Whether the alternative leaves a stream or segment as it is today."""
    path = Path.of("alternatives", index, "left_as_today")
    key = workspace.key(f"{path}:{part.id}")
    left = workspace.proposal.alternatives[index].left_as_today
    if key not in st.session_state:
        st.session_state[key] = part.id in left
    st.checkbox(
        tell("Leaves this part as it is today"),
        key=key,
        help=tell("It is not used there: what is earned and lost in this part goes on as in the status quo."),
        on_change=_leave,
        args=(workspace, path, part, key),
    )
    return part.id in left


def _leave(workspace: Workspace, path: Path, part: Part, key: str) -> None:
    left = [each for each in saved_at(workspace, path) or [] if each != part.id]
    workspace.set(path, [*left, part.id] if held(key) else left, "")


def _has_its_own(workspace: Workspace, index: int, part: Part) -> bool:
    """Whether the alternative reaches another quality in this segment than in all of them."""
    given = any(name.startswith(part.prefix) for name in workspace.proposal.alternatives[index].metrics)
    key = workspace.key(f"{Path.of('alternatives', index, 'metrics')}:{part.id}")
    if key not in st.session_state:
        st.session_state[key] = given
    st.checkbox(
        tell("Reaches another quality here than in all segments"),
        key=key,
        on_change=_part_from_all,
        args=(workspace, index, part, key),
    )
    return bool(given or st.session_state[key])


def _part_from_all(workspace: Workspace, index: int, part: Part, key: str) -> None:
    """A segment's own metrics begin at those of all segments; without them, those of all segments hold."""
    path = Path.of("alternatives", index, "metrics")
    found = dict(saved_at(workspace, path) or {})
    others = {name: value for name, value in found.items() if not name.startswith(part.prefix)}
    own = {part.metric(each.name): others[each.name] for each in part.task.metrics if each.name in others}
    workspace.set(path, {**others, **own} if held(key) else others, "")


def _is_measured(workspace: Workspace, index: int, part: Part) -> bool:
    """Today's way need not be a model: rules and people have their hits and misses too, or nobody is acted on, or all."""
    if not part.task.works_without_model:
        return True
    if not part.task.everybody:
        st.caption(
            tell(
                "Measured as a model's would be. Leave it empty where nobody acts on such a signal today, by rule or by eye."
            )
        )
        return True
    key = _key(workspace, index, "reach", part)
    found = _reach_of(workspace, index, part)
    # Whoever is about to say what was measured has said nothing yet.
    if key not in st.session_state or found is not Reach.NOBODY:
        st.session_state[key] = str(found)
    titles = {str(reach): told(title) for reach, title in _REACHES.items()}
    chosen = st.radio(
        tell("Who is acted on today?"), list(titles), place_of(key, list(titles)) or 0, key=key, horizontal=True,
        format_func=titles.__getitem__, on_change=_change_reach, args=(workspace, index, part, key),
    )  # fmt: skip
    return str(chosen) == Reach.MEASURED


def _reach_of(workspace: Workspace, index: int, part: Part) -> Reach:
    given = {
        name: estimate
        for name, estimate in workspace.proposal.alternatives[index].metrics.items()
        if name in {part.metric(metric.name) for metric in part.task.metrics}
    }
    if not given:
        return Reach.NOBODY
    everybody = {part.metric(name): Estimate.of(value) for name, value in part.task.everybody.items()}
    return Reach.EVERYBODY if given == everybody else Reach.MEASURED


def _change_reach(workspace: Workspace, index: int, part: Part, key: str) -> None:
    """Nobody and everybody need no figures; what was measured is typed, and the revision history keeps it."""
    reach, path = held(key), Path.of("alternatives", index, "metrics")
    if reach == Reach.MEASURED and _reach_of(workspace, index, part) is not Reach.EVERYBODY:
        return
    own = {part.metric(metric.name) for metric in part.task.metrics}
    others = {name: value for name, value in dict(saved_at(workspace, path) or {}).items() if name not in own}
    everybody = {part.metric(name): value for name, value in part.task.everybody.items()}
    workspace.set(path, {**others, **(everybody if reach == Reach.EVERYBODY else {})}, "")


def _one_of(workspace: Workspace, index: int, part: Part) -> tuple[str, ...]:
    """Which set of metrics the alternative gives: exactly one."""
    sets = {_set_title(part.task, group): group for group in part.task.sets()}
    given = part.set_of(workspace.proposal.alternatives[index].metrics)
    key = _key(workspace, index, "metric_set", part)
    if key not in st.session_state:
        st.session_state[key] = next(title for title, group in sets.items() if group == given)
    chosen = st.radio(
        tell("Its quality is known as"), list(sets), place_of(key, list(sets)) or 0, key=key, horizontal=True, on_change=_switch, args=(workspace, index, part, sets, key)
    )  # fmt: skip
    return sets[chosen]


def _set_title(task: Task, group: tuple[str, ...]) -> str:
    return told(listed(task.metric_named(name).phrase for name in group))


def _switch(workspace: Workspace, index: int, part: Part, sets: Mapping[str, tuple[str, ...]], key: str) -> None:
    """Giving one set of metrics takes the others away; the revision history keeps them."""
    found = {name: estimate.model_dump() for name, estimate in workspace.proposal.alternatives[index].metrics.items()}
    others = {part.metric(name) for group in sets.values() for name in group if name not in sets[held(key)]}
    kept = {name: value for name, value in found.items() if name not in others}
    if kept != found:
        workspace.set(Path.of("alternatives", index, "metrics"), kept, "")
