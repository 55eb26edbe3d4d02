"""What a step of the Proposal page declares of itself, and all of them in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from app.registry import declared
from app.session.workspace import Workspace
from scoping import Proposal
from scoping.reports.completeness import Completeness


@dataclass(frozen=True)
class Step:
    """One step: its name in the address, its title, its place, what draws it, and how complete a proposal is there."""

    name: str
    title: str
    place: int
    draw: Callable[[Workspace], None]
    completeness: Callable[[Proposal], Completeness]

    def progress(self, proposal: Proposal) -> str:
        """The title with how far the proposal is."""
        state = self.completeness(proposal)
        return f"{self.title} {':green[:material/check:]' if state.is_complete else f'{state.done}/{state.wanted}'}"


@cache
def steps() -> dict[str, Step]:
    """The steps by their names in the address, in the order in which a team goes through them."""
    return {step.name: step for step in declared("app.views.steps", "STEP", Step)}
