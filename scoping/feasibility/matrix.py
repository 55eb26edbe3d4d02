"""What shows that a project can be done, by what the data is and whether a system runs already.

Source: Ng, Machine Learning in Production (MLOps course), scoping: feasibility, a matrix of two by two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..text.languages import message
from ..vocabulary import DataStructure, System

if TYPE_CHECKING:
    from ..document.proposal import Proposal


@dataclass(frozen=True)
class Cell:
    """One field of the matrix: what to look at, in a sentence, and the questions of the catalogue that ask for it."""

    said: str
    questions: tuple[str, ...]


CELLS: Mapping[tuple[DataStructure, System], Cell] = {
    (DataStructure.UNSTRUCTURED, System.NEW): Cell(
        message("Images, audio or text, and a new system: what people reach from the same inputs tells most."),
        ("human_same_inputs",),
    ),
    (DataStructure.UNSTRUCTURED, System.EXISTING): Cell(
        message(
            "Images, audio or text, and a system that runs: what people reach from the same inputs, and how fast "
            "quality has risen so far, tell most."
        ),
        ("human_same_inputs", "history_of_progress"),
    ),
    (DataStructure.STRUCTURED, System.NEW): Cell(
        message("Tables, and a new system: whether inputs that predict are there tells most."),
        ("predictive_features",),
    ),
    (DataStructure.STRUCTURED, System.EXISTING): Cell(
        message(
            "Tables, and a system that runs: whether there are new inputs that predict, and how fast quality has risen "
            "so far, tell most."
        ),
        ("new_features", "history_of_progress"),
    ),
}


def cell_of(proposal: Proposal) -> Cell | None:
    """The proposal's field of the matrix; None while the team has not said both."""
    structure, system = proposal.data.structure, proposal.problem.system
    return CELLS.get((structure, system)) if structure and system else None
