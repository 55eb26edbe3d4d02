"""Places in the document: what stands there, what may, and the document with another value there.

A path is the keys from the top, joined by points: "alternatives.1.metrics.recall".
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..bridges import KINDS, known_metrics
from .estimate import Estimate
from .fields import Quantity, is_long, is_needed, quantity_of, takes_estimate
from .proposal import Proposal, read, to_dict

Shape = Literal["text", "long_text", "words", "choice", "estimate", "number", "whole_number", "other"]


@dataclass(frozen=True)
class Spec:
    """What a form needs to know of a field. All of it comes from the field's declaration."""

    path: str
    title: str
    help: str
    shape: Shape
    quantity: Quantity | None = None
    choices: tuple[str, ...] = ()
    needed: bool = False
    default: Any = None


def spec_at(proposal: Proposal, path: str) -> Spec:
    """The field at a path. Raises KeyError where the document has no such field."""
    parts = path.split(".")
    if parts[-2:-1] and parts[-2] in ("metrics", "ceilings") and proposal.bridge is not None:
        return _metric_spec(proposal, path, parts[-1], needed=parts[-2] == "metrics")
    info = _info_at(proposal, parts)
    return spec_of(path, info)


def spec_of(path: str, info: FieldInfo) -> Spec:
    """The field that is declared so."""
    choices = _choices(info.annotation)
    return Spec(
        path=path,
        title=str(info.title or path.rsplit(".", 1)[-1]),
        help=str(info.description or ""),
        shape=_shape(info, choices),
        quantity=quantity_of(info),
        choices=choices,
        needed=is_needed(info),
        default=info.get_default(call_default_factory=True),
    )


def _metric_spec(proposal: Proposal, path: str, name: str, *, needed: bool) -> Spec:
    assert proposal.bridge is not None
    metric = proposal.bridge.metric_named(name)
    default = None if metric.default is None or not needed else Estimate.of(metric.default)
    return Spec(
        path, metric.title, metric.help, "estimate", metric.quantity, needed=needed and default is None, default=default
    )


def _info_at(proposal: Proposal, parts: list[str]) -> FieldInfo:
    model: type[BaseModel] | None = Proposal
    info: FieldInfo | None = None
    for part in parts:
        if part.isdigit():
            continue
        if model is None:
            raise KeyError(".".join(parts))
        info = model.model_fields[part]
        model = KINDS[proposal.bridge.kind] if part == "bridge" and proposal.bridge else _model_in(info.annotation)
    if info is None:
        raise KeyError(".".join(parts))
    return info


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    return next((found for part in get_args(annotation) if (found := _choices(part))), ())


def _shape(info: FieldInfo, choices: tuple[str, ...]) -> Shape:
    if get_origin(info.annotation) is list:
        return "words" if _model_in(info.annotation) is None and not choices else "other"
    if takes_estimate(info):
        return "estimate"
    if quantity_of(info) is not None:
        return "whole_number" if int in _types(info.annotation) else "number"
    if choices:
        return "choice"
    if str in _types(info.annotation):
        return "long_text" if is_long(info) else "text"
    return "other"


def _types(annotation: Any) -> set[Any]:
    return {annotation} | {kind for part in get_args(annotation) for kind in _types(part)}


def value_at(document: Any, path: str, default: Any = None) -> Any:
    """What stands at a path of a plain document, or the default."""
    for part in path.split("."):
        if isinstance(document, Mapping):
            document = document.get(part)
        elif isinstance(document, list) and part.isdigit() and int(part) < len(document):
            document = document[int(part)]
        else:
            return default
    return default if document is None else document


def with_value(document: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of a plain document with another value at the path; None takes it away."""
    changed = copy.deepcopy(dict(document))
    here: Any = changed
    *parents, last = path.split(".")
    for part in parents:
        here = here[int(part)] if isinstance(here, list) else here.setdefault(part, {})
    if isinstance(here, list):
        here[int(last)] = value
    elif value is None:
        here.pop(last, None)
    else:
        here[last] = value
    return changed


def change(proposal: Proposal, path: str, value: Any) -> Proposal:
    """The proposal with another value at the path. Raises DocumentRefused."""
    return read(with_value(to_dict(proposal), path, value))


def without_rows(document: Mapping[str, Any], path: str, kept: list[Any], gone: set[int]) -> dict[str, Any]:
    """The document with the rows `kept` in the list at the path, from which the rows at `gone` were taken out.

    Correlations that name a row by its place move with it; those of a row that is gone go too.
    """
    changed = with_value(document, path, kept)
    if gone and path != "correlations" and "correlations" in changed:
        moved = [_renumbered(each, path, gone) for each in changed["correlations"]]
        changed["correlations"] = [each for each in moved if each is not None]
    return changed


def _renumbered(correlation: Mapping[str, Any], path: str, gone: set[int]) -> dict[str, Any] | None:
    found = dict(correlation)
    for name in ("first", "second"):
        if not str(found[name]).startswith(f"{path}."):
            continue
        index, _, rest = str(found[name]).removeprefix(f"{path}.").partition(".")
        if int(index) in gone:
            return None
        found[name] = f"{path}.{int(index) - sum(row < int(index) for row in gone)}.{rest}"
    return found


def without_unknown(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without metrics, ceilings and correlations that its kind of task does not know.

    Needed when the kind changes: names from a team's own curve mean nothing to another kind.
    """
    changed = _without_unknown_metrics(document)
    pairs = changed.pop("correlations", [])
    known = read(changed).inputs() if pairs else []
    kept = [each for each in pairs if each["first"] in known and each["second"] in known]
    return {**changed, "correlations": kept} if kept else changed


def _without_unknown_metrics(document: Mapping[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(dict(document))
    known = {*known_metrics(), changed.get("bridge", {}).get("metric")}
    places = [*changed.get("alternatives", []), changed.get("feasibility", {})]
    for place in places:
        for name in ("metrics", "ceilings"):
            if name in place:
                place[name] = {metric: value for metric, value in place[name].items() if metric in known}
    return changed
