"""Another kind of task, or one more part of the work: changes after which metrics and inputs go by other names.

What goes on to exist keeps its numbers: the metrics of the alternatives, the ceilings and the pairs of inputs that move
together are renamed with it. What no longer exists is taken out by `editing.without_unknown`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping
from itertools import count
from typing import Any

from .kinds import BETWEEN, COMPOSITES, KINDS
from .paths import Path, value_at, with_value
from .rows import PLACES_SPOKEN_OF

Document = dict[str, Any]
_STREAMS, _SEGMENTS = "streams", "segments"
_SEVERAL, _SEGMENTED = "several", "segmented"


def with_kind(document: Mapping[str, Any], kind: str, name: str = "") -> Document:
    """The document with another kind of task; inputs and metrics that both kinds have are kept.

    `name` is what the task so far is called where it becomes the first of several streams.
    """
    before = value_at(document, "bridge", {})
    if before.get("kind") == kind:
        return copy.deepcopy(dict(document))
    if before.get("kind") in COMPOSITES:
        return with_kind(_as_one_task(document), kind)
    if kind == _SEVERAL:
        return _as_streams(document, name)
    if kind in COMPOSITES:
        return _as_segments(document)
    return {**copy.deepcopy(dict(document)), "bridge": _of_kind(before, kind)}


def _of_kind(task: Mapping[str, Any], kind: str) -> Document:
    """A task of another kind, with the inputs that both have. A curve's metric is the team's own, and so are its points."""
    names = set(KINDS[kind].model_fields) - {"kind"}
    shared = {"cases_per_month"} if task.get("kind") == "curve" else names
    return {"kind": kind, **{name: value for name, value in task.items() if name in names & shared}}


def _as_streams(document: Mapping[str, Any], name: str) -> Document:
    """The task so far becomes the first stream."""
    task = value_at(document, "bridge")
    if not task:
        return {**copy.deepcopy(dict(document)), "bridge": {"kind": _SEVERAL, _STREAMS: []}}
    identity = str(task["kind"])
    called = name or str(KINDS[identity].title)
    bridge = {"kind": _SEVERAL, _STREAMS: [{"id": identity, "name": called, "task": task}]}
    own = value_at(task, "metric")
    prefix = f"{identity}{BETWEEN}"
    return _renamed(
        document,
        bridge,
        lambda metric: prefix + metric if metric == own or metric in _metrics_of(identity) else metric,
        lambda keys: ("bridge", _STREAMS, "0", "task", *keys[1:]),
    )


def _as_segments(document: Mapping[str, Any]) -> Document:
    """The task so far is that of all segments; nothing of it changes its name."""
    task = value_at(document, "bridge")
    bridge = {"kind": _SEGMENTED, _SEGMENTS: [], **({"task": task} if task else {})}
    return _renamed(document, bridge, lambda metric: metric, lambda keys: ("bridge", "task", *keys[1:]))


def _as_one_task(document: Mapping[str, Any]) -> Document:
    """The first stream alone, or all segments as if they were alike."""
    bridge = value_at(document, "bridge")
    if bridge["kind"] == _SEGMENTED:
        return _renamed(document, bridge.get("task"), lambda metric: metric, _without("bridge", "task"))
    streams = bridge.get(_STREAMS, [])
    prefix = f"{streams[0]['id']}{BETWEEN}" if streams else BETWEEN
    task = streams[0].get("task") if streams else None
    return _renamed(
        document, task, lambda metric: metric.removeprefix(prefix), _without("bridge", _STREAMS, "0", "task")
    )


def _without(*place: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    return lambda keys: ("bridge", *keys[len(place) :]) if keys[: len(place)] == place else keys


def with_stream(document: Mapping[str, Any], kind: str, name: str) -> Document:
    """The document with one more stream of that kind."""
    changed = copy.deepcopy(dict(document))
    streams = changed["bridge"].setdefault(_STREAMS, [])
    names = {each.get("name") for each in streams}
    named = next(each for each in (name, *(f"{name} {number}" for number in range(2, 99))) if each not in names)
    streams.append({"id": _free(kind, {each["id"] for each in streams}), "name": named, "task": {"kind": kind}})
    return changed


def with_segment(document: Mapping[str, Any], name: str) -> Document:
    """The document with one more segment."""
    changed = copy.deepcopy(dict(document))
    segments = changed["bridge"].setdefault(_SEGMENTS, [])
    numbered = (f"{name} {number}" for number in count(1))
    names = {each.get("name") for each in segments}
    identity = _free("segment", {each["id"] for each in segments})
    segments.append({"id": identity, "name": next(each for each in numbered if each not in names)})
    return changed


def with_kind_of_task(document: Mapping[str, Any], path: str, kind: str) -> Document:
    """The document with another kind of task at a path within the bridge, with the inputs that both kinds have."""
    changed = with_value(document, path, _of_kind(value_at(document, path, {}), kind))
    for segment in changed["bridge"].get(_SEGMENTS, []):
        own = segment.get("inputs", {})
        segment["inputs"] = {name: value for name, value in own.items() if name in KINDS[kind].model_fields}
    return changed


def without_part(document: Mapping[str, Any], number: int) -> Document:
    """The document without one of its streams or segments, and without all that was said of it elsewhere."""
    changed = copy.deepcopy(dict(document))
    rows = _SEGMENTS if changed["bridge"]["kind"] == _SEGMENTED else _STREAMS
    gone = changed["bridge"][rows].pop(number)["id"]
    for alternative in changed.get("alternatives", []):
        left = [each for each in alternative.get("left_as_today", []) if each != gone]
        alternative["left_as_today"] = left
        if alternative.get("measured_part") == gone:
            del alternative["measured_part"]
    place = Path.of("bridge", rows)
    for name, ends in PLACES_SPOKEN_OF.items():
        kept = [_moved_up(each, ends, place, number) for each in changed.get(name, [])]
        changed[name] = [each for each in kept if each is not None]
    return changed


def _moved_up(row: Mapping[str, Any], ends: tuple[str, ...], place: Path, gone: int) -> Document | None:
    found = dict(row)
    for end in ends:
        path = Path(found[end])
        if path.is_within(place) and len(path.keys) > len(place.keys):
            index, *rest = path.after(place)
            if int(index) == gone:
                return None
            found[end] = str(Path.of(*place.keys, int(index) - (int(index) > gone), *rest))
    return found


def _renamed(
    document: Mapping[str, Any],
    bridge: Mapping[str, Any] | None,
    metric: Callable[[str], str],
    place: Callable[[tuple[str, ...]], tuple[str, ...]],
) -> Document:
    """The document with another bridge: metrics under other names, and its inputs at other places."""
    changed = copy.deepcopy(dict(document))
    changed["bridge"] = copy.deepcopy(bridge) if bridge else None
    for holder in [*changed.get("alternatives", []), changed.get("feasibility", {})]:
        for name in ("left_as_today", "measured_part"):
            holder.pop(name, None)
        for name in ("metrics", "ceilings", "ceiling_grounds"):
            if name in holder:
                holder[name] = {metric(each): value for each, value in holder[name].items()}
    for name, ends in PLACES_SPOKEN_OF.items():
        for row in changed.get(name, []):
            row.update({end: str(_renamed_path(Path(row[end]), metric, place)) for end in ends})
    return changed


def _renamed_path(
    path: Path, metric: Callable[[str], str], place: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> Path:
    match path.keys:
        case ("bridge", *_):
            return Path.of(*place(path.keys))
        case ("alternatives", index, "metrics", name):
            return Path.of("alternatives", index, "metrics", metric(name))
        case ("feasibility", "ceilings", name):
            return Path.of("feasibility", "ceilings", metric(name))
    return path


def _metrics_of(kind: str) -> Collection[str]:
    return {each.name for each in KINDS[kind].model_construct(kind=kind).metrics}


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or the name with the first number that makes it an id of its own."""
    return next(each for each in (name, *(f"{name}_{number}" for number in range(2, 99))) if each not in taken)
