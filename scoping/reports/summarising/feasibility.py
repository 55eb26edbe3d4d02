"""Feasibility in the memo."""

from __future__ import annotations

from ...assessment import Assessment
from ...feasibility.catalogue import AREAS
from ...feasibility.checklist import Checklist
from ...text.languages import message
from ...text.wording import percent
from ...vocabulary import GateStatus
from ..blocks import Table
from ..memo.parts import FeasibilityPart, GateLine
from ..titles import GATE_TITLES


def feasibility_part(assessment: Assessment) -> FeasibilityPart:
    """What is answered, every gate, and the score by area."""
    checklist = assessment.feasibility
    gates = tuple(
        GateLine(gate.title, GateStatus(gate.status), GATE_TITLES[gate.status], gate.reason) for gate in checklist.gates
    )
    return FeasibilityPart(_lead(checklist), gates, _areas(checklist))


def _lead(checklist: Checklist) -> str:
    known = checklist.score is not None
    score = message("score {score}", score=percent(checklist.score)) if known else message("no score yet")
    return message(
        "{answered} of {asked} questions answered, {score}. Gates count more than the score: one that fails stops the project.",
        answered=str(checklist.answered),
        asked=str(checklist.asked),
        score=score,
    )


def _areas(checklist: Checklist) -> Table:
    rows = tuple(
        (title, percent(checklist.areas[area]) if checklist.areas[area] is not None else message("no answer"))
        for area, title in AREAS.items()
    )
    return Table(message("Score by area"), (message("Area"), message("Score")), rows, frozenset({1}))
