"""Streams and segments: the parts of a proposal's work, one at a time."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field
from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.remembered import held
from app.session.workspace import Workspace
from app.views.parts.tabs import one_of
from app.views.parts.task import kind_of_task, task_inputs
from scoping.bridges import KINDS, Bridge, Part, Segments, Several, Task, part_title
from scoping.document.paths import Path, value_at
from scoping.document.restructuring import with_kind_of_task, with_segment, with_stream, without_part
from scoping.text.labels import shares_said

_KEY = "chosen_part"
_BRIDGE = Path.of("bridge")
_ADD_STREAM, _ADD_SEGMENT = "add_stream", "add_segment"


def parts_of_work(workspace: Workspace, bridge: Bridge) -> None:
    """The streams, or what all segments have in common and then the segments."""
    if isinstance(bridge, Segments):
        _segments(workspace, bridge)
    elif isinstance(bridge, Several):
        _streams(workspace, bridge)


def choose_part(workspace: Workspace, parts: list[str], where: str) -> int | None:
    """A row of parts to choose from, by what people call them; returns the place of the chosen one."""
    if not parts:
        return None
    key, remembered = _widget_key(workspace, where, len(parts)), f"{_KEY}:{where}"
    names = [short_plain(each, 36) for each in parts]
    chosen = one_of(tell("Part of the work"), names, key, int(st.session_state.get(remembered, 0)))
    st.session_state[remembered] = chosen
    return chosen


def _widget_key(workspace: Workspace, where: str, count: int) -> str:
    return workspace.key(f"part:{where}:{count}")


def show_part_of(workspace: Workspace, path: Path) -> None:
    """Choose, on this run, the part of the work that a field is of: otherwise it would not be drawn."""
    bridge = workspace.proposal.bridge
    parts = bridge.parts() if bridge else ()
    match path.keys:
        case ("bridge", "streams", number, *_) if number.isdecimal():
            _choose(workspace, "value", int(number), len(getattr(bridge, "streams", ())))
        case ("bridge", "segments" | "task", *rest):
            # What holds in all segments stands before them.
            place = 0 if path.keys[1] == "task" else 1 + int(rest[0] if rest else 0)
            _choose(workspace, "value", place, 1 + len(getattr(bridge, "segments", ())))
        case ("alternatives", _, "metrics", name):
            places = [place for place, part in enumerate(parts) if name.startswith(part.prefix)]
            _choose(
                workspace, "metrics", max(places, key=lambda place: len(parts[place].prefix), default=0), len(parts)
            )


def _choose(workspace: Workspace, where: str, number: int, count: int) -> None:
    if number < count:
        _show(where, number)
        st.session_state[_widget_key(workspace, where, count)] = number


def first_to_fill(workspace: Workspace, path: Path) -> str:
    """Where a person begins with what is missing at a path: that of all parts has no field of its own."""
    segments = getattr(workspace.proposal.bridge, "segments", ())
    match path.keys:
        case ("bridge", "streams"):
            return _ADD_STREAM
        case ("bridge", "segments"):
            return workspace.key(path / 0 / "share") if segments else _ADD_SEGMENT
    return workspace.key(path)


def _show(where: str, number: int) -> None:
    st.session_state[f"{_KEY}:{where}"] = number


def _streams(workspace: Workspace, bridge: Several) -> None:
    st.header(tell("Streams of value"), anchor=False)
    st.caption(
        tell(
            "Each stream has its own kind of task, cases and metrics. All alternatives are valued over all streams; one "
            "that does not touch a stream says so in step Alternatives."
        )
    )
    chosen = st.menu_button(
        tell("Add a stream"),
        list(KINDS),
        format_func={kind: told(each.title) for kind, each in KINDS.items()}.__getitem__,
        icon=":material/add:",
        key=_ADD_STREAM,
    )
    if chosen is not None:
        _add(workspace, len(bridge.streams), partial(with_stream, kind=chosen, name=told(KINDS[chosen].title)))
    number = choose_part(
        workspace, [part_title(each.name, place) for place, each in enumerate(bridge.streams)], "value"
    )
    if number is not None:
        _stream(workspace, bridge, number)


def _add(workspace: Workspace, place: int, change: partial[dict[str, object]]) -> None:
    if workspace.restructure(change).is_taken:
        _show("value", place)
        st.rerun()


def _stream(workspace: Workspace, bridge: Several, number: int) -> None:
    place, stream = _BRIDGE / "streams" / number, bridge.streams[number]
    with st.container(border=True):
        field(workspace, place / "name")
        _task(workspace, place / "task", stream.task)
        _remove(workspace, number, tell("Remove this stream"), max(number - 1, 0))


def _segments(workspace: Workspace, bridge: Segments) -> None:
    st.header(tell("Segments"), anchor=False)
    st.caption(tell("Shares of the cases that differ. What a segment does not say is as in all segments."))
    if bridge.task is not None and st.button(tell("Add a segment"), icon=":material/add:", key=_ADD_SEGMENT):
        _add(workspace, 1 + len(bridge.segments), partial(with_segment, name=tell("Segment")))
    if bridge.whole is not None:
        st.info(plain(told(shares_said(bridge.whole))), icon=":material/pie_chart:")
    names = [part_title(each.name, place) for place, each in enumerate(bridge.segments)]
    place = choose_part(workspace, [tell("All segments"), *names], "value")
    with st.container(border=True):
        if place:
            _segment(workspace, bridge, place - 1)
        else:
            _task(workspace, _BRIDGE / "task", bridge.task)


def _task(workspace: Workspace, path: Path, task: Task | None) -> None:
    """The kind of the task at a path, and its inputs once it has one."""
    kind_of_task(
        workspace,
        path,
        KINDS,
        task.kind if task else None,
        lambda chosen: workspace.restructure(partial(with_kind_of_task, path=path, kind=chosen)),
    )
    if task is not None:
        task_inputs(workspace, path, task)


def _segment(workspace: Workspace, bridge: Segments, number: int) -> None:
    place = _BRIDGE / "segments" / number
    field(workspace, place / "name")
    estimate_heading()
    field(workspace, place / "share")
    _what_differs(workspace, bridge, place)
    _remove(workspace, number, tell("Remove this segment"), number)


def _what_differs(workspace: Workspace, bridge: Segments, place: Path) -> None:
    """Which inputs are otherwise in this segment; each begins at what holds in all of them."""
    task = value_at(workspace.document, _BRIDGE / "task", {})
    own = value_at(workspace.document, place / "inputs", {})
    assert bridge.task is not None
    titles = {
        each.name: tell(each.title)
        for each in bridge.task.inputs()
        if each.name in task and each.name != "cases_per_month"
    }
    key = workspace.key(place / "inputs")
    if key not in st.session_state:
        st.session_state[key] = [name for name in own if name in titles]
    st.multiselect(
        tell("What differs here"),
        list(titles),
        key=key,
        format_func=titles.__getitem__,
        placeholder=tell("Nothing: as in all segments"),
        on_change=_differ,
        args=(workspace, place, key),
    )
    for name in own:
        field(workspace, place / "inputs" / name)


def _differ(workspace: Workspace, place: Path, key: str) -> None:
    task = value_at(workspace.document, _BRIDGE / "task", {})
    own = value_at(workspace.document, place / "inputs", {})
    workspace.set(place / "inputs", {name: own.get(name, task.get(name)) for name in held(key)}, "")


def _remove(workspace: Workspace, number: int, title: str, before: int) -> None:
    """A button that takes a part out; `before` is the place among the parts that is shown then."""
    wants = st.button(title, icon=":material/delete:", key=f"remove_part:{number}", type="tertiary")
    if wants and workspace.restructure(partial(without_part, number=number)).is_taken:
        _show("value", before)
        st.rerun()


def part_called(part: Part) -> str:
    """What people call a part of the work in a list; that of all cases has no name of its own."""
    return plain(part.title) if part.id else tell("All segments")
