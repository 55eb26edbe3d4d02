"""The kinds of task. Each file of this folder that defines a Task adds one kind; `together` holds what joins several."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from .base import Bridge, Part, Task
from .pieces import ALONE, BETWEEN, BridgeInput, Conflict, Counted, Metric, Names, Numbers, OperatingCurve, Values

for _module in pkgutil.iter_modules(__path__):
    if not _module.ispkg:
        importlib.import_module(f"{__name__}.{_module.name}")

KINDS: dict[str, type[Task]] = {
    kind.model_fields["kind"].annotation.__args__[0]: kind  # type: ignore[union-attr]
    for kind in Task.__subclasses__()
}

if TYPE_CHECKING:
    AnyTask = Task
else:
    # pydantic chooses the class by the document's `kind`, and JSON Schema lists them all.
    AnyTask = Annotated[Union[tuple(KINDS.values())], Field(discriminator="kind")]  # noqa: UP007

# What joins tasks needs to know them all.
from .together import COMPOSITES, Composite, Segments, Several, part_title  # noqa: E402

EVERY_KIND: dict[str, type[Bridge]] = {**KINDS, **COMPOSITES}
"""What a proposal's bridge may be: one task, or several joined."""

if TYPE_CHECKING:
    AnyBridge = Bridge
else:
    AnyBridge = Annotated[Union[tuple(EVERY_KIND.values())], Field(discriminator="kind")]  # noqa: UP007


@cache
def known_metrics() -> Mapping[str, Metric]:
    """The metrics that some kind of task reads whatever its inputs are, by name. Kept: every document read asks for it."""
    bridges = [kind.model_construct(kind=name) for name, kind in KINDS.items()]
    return MappingProxyType({metric.name: metric for bridge in bridges for metric in bridge.metrics})


__all__ = [
    "ALONE",
    "BETWEEN",
    "COMPOSITES",
    "EVERY_KIND",
    "KINDS",
    "AnyBridge",
    "AnyTask",
    "Bridge",
    "BridgeInput",
    "Composite",
    "Conflict",
    "Counted",
    "Metric",
    "Names",
    "Numbers",
    "OperatingCurve",
    "Part",
    "Segments",
    "Several",
    "Task",
    "Values",
    "known_metrics",
    "part_title",
]
