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
from app.views.parts.parts_of_work import choose_part, part_called
from app.views.parts.step import Step
from scoping.bridges import Bridge, Part, Task
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
    parts = bridge.parts() if bridge else ()
    if len(parts) < 2:
        estimate_heading()
    if bridge is None:
        _without_kind(workspace)
        return
    if alternative.is_status_quo:
        _today(bridge)
    number = choose_part(workspace, [part_called(each) for each in parts], "metrics") if len(parts) > 1 else 0
    names = _asked(workspace, index, parts[number]) if parts and number is not None else ()
    if len(parts) > 1:
        estimate_heading()
    for name in names:
        field(workspace, Path.of("alternatives", index, "metrics", name))


def _without_kind(workspace: Workspace) -> None:
    st.info(
        tell("Choose the kind of task first; then the metrics that go with it are asked here."), icon=":material/info:"
    )
    title, back = tell("Kind of task"), ":material/arrow_back:"
    link("proposal", title, back, proposal=workspace.id, step="value", field="bridge")


def _asked(workspace: Workspace, index: int, part: Part) -> tuple[str, ...]:
    """The metrics of one part of the work; none where the alternative leaves it as it is, or it goes with all segments."""
    alternative = workspace.proposal.alternatives[index]
    if part.id and not alternative.is_status_quo and _is_left(workspace, index, part):
        return ()
    if part.follows and not _has_its_own(workspace, index, part):
        return ()
    chosen = _one_of(workspace, index, part) if len(part.task.sets()) > 1 else part.set_of(alternative.metrics)
    always = [metric.name for metric in part.task.metrics if metric.default is not None]
    return tuple(part.metric(name) for name in (*chosen, *always))


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
        tell("Reaches another quality here than in all segments"), key=key, on_change=_part_from_all, args=(workspace, index, part, key)
    )  # fmt: skip
    return bool(given or st.session_state[key])


def _part_from_all(workspace: Workspace, index: int, part: Part, key: str) -> None:
    """A segment's own metrics begin at those of all segments; without them, those of all segments hold."""
    path = Path.of("alternatives", index, "metrics")
    metrics = dict(saved_at(workspace, path) or {})
    others = {name: value for name, value in metrics.items() if not name.startswith(part.prefix)}
    own = {part.metric(each.name): others[each.name] for each in part.task.metrics if each.name in others}
    workspace.set(path, {**others, **own} if held(key) else others, "")


def _today(bridge: Bridge) -> None:
    """Today's way need not be a model: rules and people have their hits and misses too."""
    st.markdown(f"**{tell('What does today’s way reach (rules, people)?')}**")
    if bridge.works_without_model:
        st.caption(
            tell(
                "Measured as a model's would be. Leave it empty where nobody acts on such a signal today, by rule or by eye."
            )
        )


def _one_of(workspace: Workspace, index: int, part: Part) -> tuple[str, ...]:
    """Which set of metrics the alternative gives: exactly one."""
    sets = {_set_title(part.task, group): group for group in part.task.sets()}
    given = part.set_of(workspace.proposal.alternatives[index].metrics)
    key = workspace.key(Path.of("alternatives", index, "metric_set", part.id))
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
    metrics = {name: estimate.model_dump() for name, estimate in workspace.proposal.alternatives[index].metrics.items()}
    others = {part.metric(name) for group in sets.values() for name in group if name not in sets[held(key)]}
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
