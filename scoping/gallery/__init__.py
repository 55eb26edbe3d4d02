"""Published cases, rebuilt from their sources' figures: one JSON file each, with the source and what it published.

Beside the worked examples, which are our own. A file holds one sentence about the case, its source, the published
results, which of our figures answers each of them, and the proposal. What the source does not give stands in the
proposal's evidence as our assumption; where ours and the published figure differ, the file says why.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ..assess import assess
from ..document.proposal import Proposal
from ..document.reading import read
from ..value.model import ValueModel, value_model
from ..vocabulary import ComparedFigure

_FILES = files(__package__)
NAMES = tuple(sorted(Path(each.name).stem for each in _FILES.iterdir() if each.name.endswith(".json")))


class _Part(BaseModel):
    """Base of the parts of a case: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Part):
    """Where a case comes from; `where` is the page, table or section."""

    title: str
    authors: str
    year: int | None = None
    where: str
    address: str


class Answer(_Part):
    """Which of our figures answers a published one, of which alternative, and by what it is multiplied.

    `step` names what the formula works out on the way, where that is the figure.
    """

    figure: ComparedFigure
    alternative: int = 1
    step: str = ""
    times: float = 1.0


class Published(_Part):
    """A result as it was published, how far ours may be from it, and why it is not the same where it is not."""

    what: str
    value: float
    unit: str
    decimals: int
    tolerance: float
    ours: Answer
    difference: str


class Case(_Part):
    """A published case."""

    about: str
    source: Source
    published: tuple[Published, ...]
    proposal: Proposal


@dataclass(frozen=True)
class Comparison:
    """A published result, and ours beside it in the same unit."""

    published: Published
    ours: float

    @property
    def agrees(self) -> bool:
        """Whether ours is as near as the case says that it is."""
        return abs(self.ours - self.published.value) <= self.published.tolerance


@cache
def load(name: str) -> Case:
    """A case by the name of its file. Raises DocumentRefused where its proposal is not one."""
    found = json.loads(_FILES.joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return Case.model_validate({**found, "proposal": read(found["proposal"])})


@cache
def comparisons(name: str) -> tuple[Comparison, ...]:
    """What a case's source has published, and what the value model says of the same."""
    return compared(load(name))


def compared(case: Case) -> tuple[Comparison, ...]:
    """The published results of a case, each with ours beside it."""
    model = value_model(case.proposal)
    assert model is not None, case.proposal.title
    return tuple(Comparison(each, each.ours.times * _figure(each.ours, model)) for each in case.published)


def _figure(answer: Answer, model: ValueModel) -> float:
    """One of our figures, at the expected inputs where no simulation is needed for it."""
    index, expected = answer.alternative, model.expected
    if answer.figure is ComparedFigure.STEP:
        return float(model.bridge.worked_out(model.shared_of(expected), model.metrics_of(index, expected))[answer.step])
    if answer.figure is ComparedFigure.VALUE_PER_CASE:
        return float(model.value_per_case(index, model.proposal.alternatives[index], expected))
    if answer.figure is ComparedFigure.GAIN_PER_MONTH:
        return float(model.gain_per_month(index, expected))
    return _simulated(answer, model.proposal)


def _simulated(answer: Answer, proposal: Proposal) -> float:
    outcome = assess(proposal).alternatives[answer.alternative].outcome
    assert outcome is not None, proposal.title
    found = {
        ComparedFigure.NPV: outcome.npv.mean,
        ComparedFigure.RETURN: outcome.roi.mean,
        ComparedFigure.PAYBACK: outcome.payback_months.p50,
    }[answer.figure]
    assert found is not None, f"{proposal.title}: {answer.figure}"
    return found
