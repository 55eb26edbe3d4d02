"""What a form needs to know of a field. All of it comes from the field's declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_origin

from pydantic.fields import FieldInfo

from .estimate import Estimate
from .fields import Quantity, instead_of, is_folded, is_link, is_long, is_needed, quantity_of, takes_estimate, unit_of
from .paths import Path
from .proposal import Proposal
from .walk import choices_in, field_at, parts_of, sections_in

Shape = Literal[
    "text", "long_text", "words", "choice", "estimate", "number", "whole_number", "by_year", "link", "day", "other"
]
# Dictionaries whose names are the metrics of the kind of task; an alternative must give them, a ceiling may.
_OF_ALTERNATIVES, _OF_CEILINGS = "metrics", "ceilings"
# A dictionary whose names are inputs of the kind of task.
_OF_SEGMENTS = "inputs"


@dataclass(frozen=True)
class Spec:
    """A field: its place, words, shape and bounds. `unit` is a word for what it counts in, beyond its quantity.

    `unless` names the field that may stand in its place.
    """

    path: Path
    title: str
    help: str
    shape: Shape
    quantity: Quantity | None = None
    choices: tuple[str, ...] = ()
    needed: bool = False
    folded: bool = False
    default: Any = None
    unit: str = ""
    unless: str = ""


def spec_at(proposal: Proposal, path: str) -> Spec:
    """The field at a path. Raises KeyError where the document has no such field."""
    place = Path(path)
    holder = place.keys[-2:-1]
    if holder in ((_OF_ALTERNATIVES,), (_OF_CEILINGS,)) and proposal.bridge is not None:
        return _metric_spec(proposal, place, needed=holder == (_OF_ALTERNATIVES,))
    if place.keys[0] == "bridge" and holder == (_OF_SEGMENTS,) and proposal.bridge is not None:
        return _segment_spec(proposal, place)
    info = field_at(proposal, place.keys)
    if info is None:
        raise KeyError(path)
    return spec_of(place, info)


def spec_of(path: Path, info: FieldInfo) -> Spec:
    """The field that is declared so."""
    choices = choices_in(info.annotation)
    return Spec(
        path=path,
        title=str(info.title or path.last),
        help=str(info.description or ""),
        shape=_shape(info, choices),
        quantity=quantity_of(info),
        choices=choices,
        needed=is_needed(info),
        folded=is_folded(info),
        default=info.get_default(call_default_factory=True, validated_data={}),
        unit=unit_of(info),
        unless=instead_of(info),
    )


def _metric_spec(proposal: Proposal, path: Path, *, needed: bool) -> Spec:
    assert proposal.bridge is not None
    metric = proposal.bridge.metric_named(path.last)
    default = proposal.bridge.otherwise(metric.name, _metrics_at(proposal, path)) if needed else None
    return Spec(
        path,
        metric.own_title,
        metric.help,
        "estimate",
        metric.quantity,
        needed=needed and default is None and not metric.is_choice,
        default=default,
    )


def _metrics_at(proposal: Proposal, path: Path) -> Mapping[str, Estimate]:
    """The metrics of the alternative to which a path leads."""
    index = int(path.keys[1])
    return proposal.alternatives[index].metrics if index < len(proposal.alternatives) else {}


def _segment_spec(proposal: Proposal, path: Path) -> Spec:
    """What is otherwise in a segment: as the kind of task declares it, and empty where it is not."""
    return replace(spec_at(proposal, Path.of("bridge", "task", path.last)), path=path, needed=False, default=None)


def _shape(info: FieldInfo, choices: tuple[str, ...]) -> Shape:
    if get_origin(info.annotation) is list:
        is_row = sum(get_origin(part) is list for part in parts_of(info.annotation)) == 1
        if quantity_of(info) is not None and is_row:
            return "by_year"
        return "words" if not sections_in(info.annotation) and not choices else "other"
    if takes_estimate(info):
        return "estimate"
    if quantity_of(info) is not None:
        return "whole_number" if int in parts_of(info.annotation) else "number"
    if choices:
        return "choice"
    if str in parts_of(info.annotation):
        return "link" if is_link(info) else "long_text" if is_long(info) else "text"
    if date in parts_of(info.annotation):
        return "day"
    return "other"
