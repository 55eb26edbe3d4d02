"""A range that past ones suggest takes the place of the one that was given: the document keeps both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .editing import change
from .estimate import Estimate
from .grounds import with_ground
from .paths import Path, value_at
from .proposal import Proposal
from .reading import read


def recalibrated(document: Mapping[str, Any], path: Path, suggested: Estimate, said: Mapping[str, Any]) -> Proposal:
    """The proposal with the range that was suggested, and in the ground of that place the one that was given.

    `said` is what the ground says of it: by whom, when, why. What it rested on before, it goes on resting on.
    Raises DocumentRefused.
    """
    given = Estimate.model_validate(value_at(document, path))
    grounds = document.get("grounds", [])
    before: Mapping[str, Any] = next((each for each in grounds if each["path"] == path), {})
    note = "\n".join(filter(None, (before.get("note", ""), said.get("note", ""))))
    ground = {**before, **said, "note": note, "given": [given.p10, given.p50, given.p90]}
    noted = {**document, "grounds": with_ground(grounds, path, ground)}
    return change(read(noted), path, suggested.quantiles)


def is_recalibrated(document: Mapping[str, Any], path: Path) -> bool:
    """Whether the range at a place is one that past ranges suggested."""
    return any(each.get("given") for each in document.get("grounds", ()) if each["path"] == path)
