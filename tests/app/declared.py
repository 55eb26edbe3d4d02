"""Every field that the document declares, and which of them a page draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from app.session.workspace import Workspace
from scoping import Proposal
from scoping.bridges import KINDS
from scoping.document.evidence import Evidence
from scoping.document.fields import Section

EVERY = "*"
"""Stands in a path for the number of a row, or for the id of a question."""
_OF_ROWS = {"row", "card", "adding", "remove", "count"}
# A team's own names and numbers hang below these.
_BY_METRIC = {"metrics", "ceilings", "points"}


def declared_fields() -> list[str]:
    """The path of every field, with its kind of task where it belongs to one: "bridge.detection.prevalence"."""
    own = [path for path in _within(Proposal, "") if path != "bridge"]
    inputs = [f"bridge.{kind}.{name}" for kind, model in KINDS.items() for name in model.model_fields if name != "kind"]
    return [*own, "bridge.kind", *inputs]


def _within(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, info in model.model_fields.items():
        sections = [
            each for each in _parts(info.annotation) if issubclass(each, Section) and not issubclass(each, Evidence)
        ]
        repeated = any(getattr(part, "__origin__", part) in (list, dict) for part in _nested(info.annotation))
        if name == "bridge" or not sections:
            yield f"{prefix}{name}"
        else:
            yield from _within(sections[0], f"{prefix}{name}.{EVERY}." if repeated else f"{prefix}{name}.")


def _nested(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _nested(part)


def _parts(annotation: Any) -> list[type]:
    return [part for part in _nested(annotation) if isinstance(part, type) and not get_args(part)]


def as_declared(path: str, kind: str) -> str:
    """A place in a document as it is declared: rows without their numbers, metrics without their names."""
    parts = [EVERY if part.isdigit() else part for part in path.split(".")]
    for by_metric in _BY_METRIC & set(parts):
        del parts[parts.index(by_metric) + 1 :]
    for by_name in {"answers", "ceiling_grounds"} & set(parts[:-1]):
        parts[parts.index(by_name) + 1] = EVERY
    if parts[0] == "bridge" and parts[1:] != ["kind"]:
        parts.insert(1, kind)
    return ".".join(parts)


class Watched:
    """Remembers the places that the fields of a page are drawn for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: set[str] = set()
        monkeypatch.setattr(Workspace, "key", self._watched_key(Workspace.key))

    def _watched_key(self, key: Callable[[Workspace, str], str]) -> Callable[[Workspace, str], str]:
        def watch(workspace: Workspace, path: str) -> str:
            place, _, part = path.partition(":")
            # Beside a field's own boxes a row has buttons, which edit nothing.
            if part not in _OF_ROWS:
                self.paths.add(place)
            return key(workspace, path)

        return watch
