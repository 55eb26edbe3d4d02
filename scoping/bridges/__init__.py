"""The kinds of task. Each file of this folder that defines a Bridge adds one kind."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from .base import (
    Bridge,
    Conflict,
    Counted,
    Metric,
    Names,
    Numbers,
    OperatingCurve,
    Values,
)

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

KINDS: dict[str, type[Bridge]] = {
    kind.model_fields["kind"].annotation.__args__[0]: kind  # type: ignore[union-attr]
    for kind in Bridge.__subclasses__()
}

if TYPE_CHECKING:
    AnyBridge = Bridge
else:
    # pydantic chooses the class by the document's `kind`, and JSON Schema lists them all.
    AnyBridge = Annotated[Union[tuple(KINDS.values())], Field(discriminator="kind")]  # noqa: UP007


def known_metrics() -> dict[str, Metric]:
    """The metrics that some kind of task reads whatever its inputs are, by name."""
    bridges = [kind.model_construct(kind=name) for name, kind in KINDS.items()]
    return {metric.name: metric for bridge in bridges for metric in bridge.metrics}


__all__ = [
    "KINDS",
    "AnyBridge",
    "Bridge",
    "Conflict",
    "Counted",
    "Metric",
    "Names",
    "Numbers",
    "OperatingCurve",
    "Values",
    "known_metrics",
]
