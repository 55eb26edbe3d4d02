"""Feasibility in the memo."""

from __future__ import annotations

from collections.abc import Iterator

from ...assessment import Assessment
from ...document.proposal import Proposal
from ...feasibility.ai_act import obligations
from ...feasibility.catalogue import AREAS
from ...feasibility.checklist import Checklist, answers_that_count
from ...feasibility.matrix import cell_of
from ...feasibility.readiness import readiness
from ...text.languages import listed, message
from ...text.wording import percent
from ...vocabulary import GateStatus
from ..blocks import Table
from ..memo.parts import FeasibilityPart, GateLine
from ..titles import GATE_TITLES


def feasibility_part(proposal: Proposal, assessment: Assessment) -> FeasibilityPart:
    """What is answered, every gate, the score by area, and what follows from what is known."""
    checklist = assessment.feasibility
    gates = tuple(
        GateLine(gate.title, GateStatus(gate.status), GATE_TITLES[gate.status], gate.reason) for gate in checklist.gates
    )
    return FeasibilityPart(
        _lead(checklist), gates, _areas(checklist), notes=tuple(_notes(proposal)), duties=_duties(proposal)
    )


def _notes(proposal: Proposal) -> Iterator[str]:
    """What shows most that it can be done, and how ready for production it would be."""
    cell = cell_of(proposal)
    if cell is not None:
        yield cell.said
    ready = readiness(answers_that_count(proposal))
    if ready is not None:
        yield message(
            "ML Test Score: {share} of the tests would stand at the launch in the weakest section ({sections}); a test by hand counts half.",
            share=percent(ready.share),
            sections=listed(ready.weakest),
        )


def _duties(proposal: Proposal) -> Table | None:
    """What the EU AI Act asks for, where its class is answered."""
    rows = tuple((each.article, each.duty) for each in obligations(answers_that_count(proposal)))
    return Table(message("What the EU AI Act asks for"), (message("Article"), message("Duty")), rows) if rows else None


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
