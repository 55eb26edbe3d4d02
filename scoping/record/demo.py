"""A demo portfolio as data: thirty decided proposals with two years of actuals, and biases that the scores should find.

The figures are made up: worked examples, scaled and varied, and a future drawn for each (`demo_future`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from .. import examples
from ..document.alternatives import Alternative, name_of
from ..document.estimate import Estimate, quantile_function
from ..document.fields import Quantity
from ..document.paths import Path, with_value
from ..document.proposal import Proposal
from ..document.reading import read, to_dict
from ..value.inputs import Input, collect
from ..value.places import CASES, place_of
from ..vocabulary import Recommendation, Unit
from .actuals import Actuals
from .demo_cases import PROJECTS, Course, DemoProject
from .demo_future import actuals_of
from .replaying import Decided

FIRST_DECISION = date(2022, 3, 7)
_BETWEEN = timedelta(days=19)
_OWNERS = ("Amara Diallo", "Jonas Weber", "Mei Tanaka", "Sofia Rossi", "Liam Murphy")
_CONDITIONS = ("Two weeks beside today's way before it goes live", "The staff council has agreed")
_GUARDRAILS = ("Complaints below 2 % of the cases", "Nobody waits longer than today")
JUDGES = {"Ada Novak": (0.0, 1.5), "Ben Okafor": (0.0, 0.5), "Carla Lindt": (0.7, 1.0)}
"""Those who judged build time and quality: by how many deviates too hopeful, and how many times as wide as signed."""
# What of an example speaks of its own factory or shop.
_OF_THE_EXAMPLE = ("evidence", "grounds", "risks", "milestones", "resources", "data", "own", "organisation", "problem")
_OF_ITS_ALTERNATIVES = ("evidence", "measured_by", "measured_part")


class DemoCase(NamedTuple):
    """A proposal as it was signed, what was decided, and what was measured since; None where nothing was begun."""

    proposal: Proposal
    decided: Decided
    actuals: Actuals | None


def demo(seed: int = 1) -> list[DemoCase]:
    """The demo portfolio; the same seed gives the same one on any machine."""
    return [_case(number, project, np.random.default_rng([seed, number])) for number, project in enumerate(PROJECTS)]


def _case(number: int, project: DemoProject, draws: np.random.Generator) -> DemoCase:
    plain = _varied(_document(number, project), project, draws)
    index = _index_of(plain, project.outcome)
    on = FIRST_DECISION + number * _BETWEEN
    if project.course is Course.NOT_BEGUN:
        return DemoCase(plain, Decided(project.outcome, "", on), None)
    signed = _judged(plain, index)
    decided = Decided(project.outcome, str(name_of(signed.alternatives[index], index)), on, _CONDITIONS)
    return DemoCase(signed, decided, actuals_of(signed, plain, index, decided, project.course, draws))


def _document(number: int, project: DemoProject) -> Proposal:
    """The example under another title, without what is only true of itself."""
    content = to_dict(examples.load(project.example))
    kept = {name: value for name, value in content.items() if name not in _OF_THE_EXAMPLE}
    for alternative in kept["alternatives"]:
        for name in _OF_ITS_ALTERNATIVES:
            alternative.pop(name, None)
    answers = content["feasibility"].get("answers", {})
    kept["feasibility"]["answers"] = {
        name: {"choice": each["choice"]} for name, each in answers.items() if "choice" in each
    }
    return read({**kept, **_words(number, project)})


def _words(number: int, project: DemoProject) -> dict[str, Any]:
    owner, sponsor = (_OWNERS[(number + shift) % len(_OWNERS)] for shift in (0, 2))
    return {
        "title": project.title,
        "summary": f"{project.about} Made-up figures of the demo portfolio.",
        "team": project.team,
        "owner": owner,
        "sponsor": sponsor,
        "tags": [project.industry],
        "problem": {"statement": project.about, "business_metric": {"guardrails": [*_GUARDRAILS]}},
    }


def _varied(proposal: Proposal, project: DemoProject, draws: np.random.Generator) -> Proposal:
    """Amounts, cases and build times of its own, in three digits."""
    content = to_dict(proposal)
    inputs = collect(proposal, dict(enumerate(proposal.alternatives)))
    for each in inputs:
        factor = _factor(each, project)
        if factor is not None:
            factor *= float(np.exp(0.08 * draws.standard_normal()))
            numbers = {name: float(f"{factor * value:.3g}") for name, value in each.estimate.quantiles.items()}
            content = with_value(content, each.path, numbers)
    return read(content)


def _factor(each: Input, project: DemoProject) -> float | None:
    """By what an input is scaled; None where it stays."""
    if each.path.last == CASES:
        return project.cases
    if each.quantity.unit is Unit.MONEY:
        return project.money
    return 1.0 if each.path.last == "build_months" else None


def _index_of(proposal: Proposal, outcome: Recommendation) -> int:
    """The alternative that was meant: the last model, or the first way without one."""
    wants_model = outcome is not Recommendation.SIMPLER
    found = [number for number, each in enumerate(proposal.alternatives) if _is_meant(each, wants_model=wants_model)]
    return found[-1] if wants_model else found[0]


def _is_meant(each: Alternative, *, wants_model: bool) -> bool:
    return not each.is_status_quo and each.is_machine_learning is wants_model


def _judged(proposal: Proposal, index: int) -> Proposal:
    """The same with build time and quality as three people judged them, each in the own way."""
    content = to_dict(proposal)
    for path, estimate, quantity, hopeful in _to_judge(proposal, index):
        judgements = [_judgement(name, estimate, quantity, hopeful) for name in JUDGES]
        content = with_value(content, path, {"judgements": judgements})
    return read(content)


def _to_judge(proposal: Proposal, index: int) -> Iterator[tuple[Path, Estimate, Quantity, int]]:
    """Places with a range, and which way is hopeful."""
    assert proposal.bridge is not None
    for each in collect(proposal, {index: proposal.alternatives[index]}):
        if each.is_uncertain and each.path == place_of(index, "build_months"):
            yield each.path, each.estimate, each.quantity, -1
        elif each.is_uncertain and "metrics" in each.path.keys:
            is_up = proposal.bridge.metric_named(each.path.last).better == "up"
            yield each.path, each.estimate, each.quantity, 1 if is_up else -1


def _judgement(name: str, estimate: Estimate, quantity: Quantity, hopeful: int) -> dict[str, Any]:
    shift, width = JUDGES[name]
    chances = ndtr(hopeful * shift + width * ndtri(np.array([0.1, 0.5, 0.9])))
    quantile = quantile_function(estimate, *quantity.support)
    low, middle, high = (float(f"{each:.3g}") for each in np.asarray(quantile(chances)))
    return {"by": name, "p10": low, "p50": middle, "p90": high}
