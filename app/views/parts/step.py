"""What a step of the Proposal page declares of itself, and all of them in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from app.registry import declared
from app.session.language import told
from app.session.workspace import Workspace
from app.views.parts.tabs import progress
from scoping import Proposal
from scoping.document.paths import Path
from scoping.reports.completeness import Completeness

PART = "part"
"""The name in the address of the part of a step that is shown."""


@dataclass(frozen=True)
class Stop:
    """A part of a step, and whether something is left to do there."""

    title: str
    is_open: bool


def _in_one_piece(_proposal: Proposal) -> Mapping[str, Stop]:
    return {}


def _nowhere(_proposal: Proposal, _path: Path) -> str:
    return ""


@dataclass(frozen=True)
class Step:
    """One step: its name in the address, its title, its place, what draws it, and how complete a proposal is there.

    `holds` names the places of the document that it edits. A step that is too long for one page has `stops`, by their
    names in the address, in the order in which they are gone through; `stop_of` says on which one a place is edited.
    """

    name: str
    title: str
    place: int
    draw: Callable[[Workspace], None]
    completeness: Callable[[Proposal], Completeness]
    holds: tuple[str, ...]
    stops: Callable[[Proposal], Mapping[str, Stop]] = _in_one_piece
    stop_of: Callable[[Proposal, Path], str] = _nowhere

    def progress(self, proposal: Proposal) -> str:
        """The title with how far the proposal is."""
        state = self.completeness(proposal)
        return progress(told(self.title), state.done, state.wanted)


@cache
def steps() -> dict[str, Step]:
    """The steps by their names in the address, in the order in which a team goes through them."""
    return {step.name: step for step in declared("app.views.steps", "STEP", Step)}


def step_of(path: str) -> Step:
    """The step on which the place is edited: the one that holds most of its path; else the first."""
    keys = _without_numbers(Path(path).keys)
    held = [
        (len(part), step) for step in steps().values() for part in map(_keys, step.holds) if keys[: len(part)] == part
    ]
    return max(held, key=lambda each: each[0], default=(0, next(iter(steps().values()))))[1]


def _keys(path: str) -> tuple[str, ...]:
    return Path(path).keys


def _without_numbers(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if not key.isdecimal())
