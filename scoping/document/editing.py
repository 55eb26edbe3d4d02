"""Changes to a document that keep it whole: a value, a row less, another kind of task."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import DocumentRefused, Problem, quote
from ..text.languages import message
from .evidence import Evidence, plain
from .kinds import BETWEEN, KINDS, known_metrics
from .paths import Path, value_at, with_value
from .proposal import Proposal
from .reading import read, to_dict
from .rows import PLACES_SPOKEN_OF
from .rules import grounded_places
from .walk import field_at, is_list

_INSTEAD = {"amount": "by_year", "by_year": "amount"}
_CAUSES = Path.of("returns", "shared_causes")


def change(proposal: Proposal, path: str, value: Any) -> Proposal:
    """The proposal with another value at the path; a place just past a list's end is a new row. Raises DocumentRefused."""
    changed = with_value(_with_row(to_dict(proposal), Path(path)), path, value)
    if other := gives_way(proposal, Path(path), value):
        changed = _without_pairs_of(with_value(changed, other, None), other)
    return read(_with_cause_renamed(changed, proposal, Path(path), value))


def gives_way(proposal: Proposal, path: Path, value: Any) -> Path | None:
    """The place that is emptied by another value at the path: of one amount and amounts by year, the last typed holds."""
    match path.keys:
        case ("alternatives", _, "costs", _, name) if name in _INSTEAD and value not in (None, []):
            other = path.parent / _INSTEAD[name]
            return None if value_at(to_dict(proposal), other, None) in (None, []) else other
    return None


def _without_pairs_of(document: dict[str, Any], place: Path) -> dict[str, Any]:
    """The document in which nothing moves with a number that is gone."""
    pairs = document.get("correlations", [])
    kept = [each for each in pairs if str(place) not in (each["first"], each["second"])]
    return {**document, "correlations": kept} if pairs else document


def with_evidence(proposal: Proposal, evidence: Evidence, alternative: str = "") -> Proposal:
    """The proposal with one more evidence document, and an alternative, by its name, that it measured.

    Raises DocumentRefused where it is attached already, or there is no such alternative.
    """
    document = to_dict(proposal)
    document["evidence"] = [*document.get("evidence", []), plain(evidence)]
    if alternative:
        names = [each.name for each in proposal.alternatives]
        if alternative not in names:
            allowed = message(
                "is no alternative of this proposal; allowed: {names}", names=", ".join(filter(None, names))
            )
            raise DocumentRefused([Problem("alternative", quote(alternative), allowed)])
        document["alternatives"][names.index(alternative)]["measured_by"] = evidence.id
    return read(document)


def _with_cause_renamed(document: dict[str, Any], before: Proposal, path: Path, value: Any) -> dict[str, Any]:
    """The document in which the alternatives go on resting on a shared cause that was given another name."""
    match path.keys:
        case ("returns", "shared_causes", number, "name") if int(number) < len(before.returns.shared_causes):
            old = before.returns.shared_causes[int(number)].name
            return _resting_on(document, {old: value}) if old and value else document
    return document


def _resting_on(document: dict[str, Any], renamed: Mapping[str, str | None]) -> dict[str, Any]:
    """The document with shared causes named otherwise by its alternatives; no longer, where the new name is None."""
    for index, each in enumerate(document.get("alternatives", [])):
        names = each.get("rests_on", [])
        kept = [name for name in (renamed.get(name, name) for name in names) if name is not None]
        if kept != names:
            document = with_value(document, Path.of("alternatives", index, "rests_on"), kept)
    return document


def _with_row(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """The document with an empty row where the path leads into one that is not there yet."""
    keys = path.keys
    for depth, key in enumerate(keys[:-1]):
        place = Path.of(*keys[:depth])
        info = field_at(Proposal, place.keys) if key.isdecimal() and depth else None
        if info is None or not is_list(info):
            continue
        rows = value_at(document, place, [])
        if len(rows) == int(key):
            document = with_value(document, place, [*rows, {}])
    return document


def without_rows(document: Mapping[str, Any], path: str, kept: list[Any], gone: set[int]) -> dict[str, Any]:
    """The document with the rows `kept` in the list at the path, from which the rows at `gone` were taken out.

    Correlations and grounds that name a row by its place move with it; those of a row that is gone go too. No
    alternative rests on a shared cause that is gone, or is measured by evidence that is.
    """
    changed = with_value(document, path, kept)
    if path == _CAUSES:
        names = {each.get("name") for each in kept}
        gone_causes = [each.get("name") for each in value_at(document, path, [])]
        changed = _resting_on(changed, {name: None for name in gone_causes if name and name not in names})
    if path == "evidence":
        changed = _without_measured(changed, {each.get("id") for each in kept})
    for name, ends in PLACES_SPOKEN_OF.items():
        if gone and path != name and name in changed:
            moved = [_renumbered(each, ends, Path(path), gone) for each in changed[name]]
            changed[name] = [each for each in moved if each is not None]
    return changed


def speaking_of(document: Mapping[str, Any], row: Path) -> list[Path]:
    """The rows that name a place within this one and go with it; of one list the last first."""
    return [
        Path.of(name, index)
        for name, ends in PLACES_SPOKEN_OF.items()
        for index, each in reversed([*enumerate(document.get(name, []))])
        if any(Path(each[end]).is_within(row) for end in ends)
    ]


def _without_measured(document: dict[str, Any], kept: set[str | None]) -> dict[str, Any]:
    """The document in which no alternative names evidence that is gone."""
    for index, each in enumerate(document.get("alternatives", [])):
        if each.get("measured_by") and each["measured_by"] not in kept:
            document = with_value(document, Path.of("alternatives", index, "measured_by"), None)
    return document


def _renumbered(row: Mapping[str, Any], ends: tuple[str, ...], path: Path, gone: set[int]) -> dict[str, Any] | None:
    found = dict(row)
    for name in ends:
        place = Path(found[name])
        if not place.is_within(path) or place.keys == path.keys:
            continue
        index, *rest = place.after(path)
        if int(index) in gone:
            return None
        found[name] = str(Path.of(*path.keys, int(index) - sum(row < int(index) for row in gone), *rest))
    return found


def without_unknown(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without metrics, ceilings, correlations and grounds that its kind of task does not know.

    Needed when the kind changes: names from a team's own curve mean nothing to another kind.
    """
    changed = _without_unknown_metrics(document)
    placed = {name: rows for name in PLACES_SPOKEN_OF if (rows := changed.pop(name, []))}
    if not placed:
        return changed
    found = read(changed)
    inputs = found.inputs()
    named = {*map(str, inputs), *(".".join(path.keys) for path in inputs)}
    known = {"correlations": named, "grounds": grounded_places(found)}
    for name, rows in placed.items():
        kept = [each for each in rows if all(each[end] in known[name] for end in PLACES_SPOKEN_OF[name])]
        changed |= {name: kept} if kept else {}
    return changed


def _known_to(bridge: Mapping[str, Any]) -> Callable[[str], bool]:
    """Whether the kind of task, or that of one of its parts, may know a metric of that name."""
    declared = set(known_metrics())
    streams = {each["id"]: _names(each.get("task") or {}) for each in bridge.get("streams", [])}
    of_all = {*_names(bridge), *_names(bridge.get("task") or {})}
    segments = {each["id"]: of_all for each in bridge.get("segments", [])}
    parts = {**streams, **segments}

    def knows(metric: str) -> bool:
        part, between, name = metric.partition(BETWEEN)
        return (bool(between) and name in parts.get(part, ())) or metric in of_all | declared

    return knows


def _names(task: Mapping[str, Any]) -> set[str]:
    """The metrics that a task reads: those of its kind, and that which the team named itself."""
    kind = KINDS.get(str(task.get("kind")))
    declared = {each.name for each in kind.model_construct(kind=task["kind"]).metrics} if kind else set()
    return declared | {str(task["metric"])} if task.get("metric") else declared


def _without_unknown_metrics(document: Mapping[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(dict(document))
    known = _known_to(changed.get("bridge") or {})
    places = [*changed.get("alternatives", []), changed.get("feasibility", {})]
    for place in places:
        for name in ("metrics", "ceilings", "ceiling_grounds"):
            if name in place:
                place[name] = {metric: value for metric, value in place[name].items() if known(metric)}
    return changed
