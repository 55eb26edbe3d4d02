"""The questions of the catalogue that a measurement answers better than an opinion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...document.evidence import Evidence
from ...text.languages import message
from ...text.wording import number, percent
from ..catalogue import QUESTIONS
from .warnings import MUCH_MISSING, SHIFTED

if TYPE_CHECKING:
    from ...document.proposal import Proposal

# What a question's choices speak of.
_PLENTY, _HUNDREDS = 1_000, 100
_RARELY, _MOVES = 0.01, 0.10
"""Shares of values missing, and a population stability index, below which there is nothing to tell (Siddiqi 2006)."""
_AGREE = 0.8
"""Cohen's kappa: almost perfect agreement (Landis and Koch 1977, Biometrics 33(1))."""
_ENOUGH_PAIRS = 30


@dataclass(frozen=True)
class Offered:
    """An answer that follows from what was measured: the choice, and a note that says what it rests on."""

    question: str
    choice: str
    note: str


def offered_answers(proposal: Proposal) -> dict[str, Offered]:
    """The answers that the newest evidence gives, by question. Those asked of the proposal only; nothing is answered yet."""
    if not proposal.evidence:
        return {}
    evidence = max(proposal.evidence, key=lambda each: (each.made.on, each.id))
    found = (answer for rule in _RULES for answer in rule(evidence, proposal))
    return {each.question: each for each in found if QUESTIONS[each.question].choices_by_id.get(each.choice)}


def _told(evidence: Evidence, said: str) -> str:
    return message(
        "{said} Measured on {source}, {day}.", said=said, source=evidence.source.name, day=evidence.made.on.isoformat()
    )


def _signal(evidence: Evidence, _proposal: Proposal) -> Iterator[Offered]:
    signal = evidence.signal
    if signal is None:
        return
    said = message(
        "{metric} {score}; without the inputs {baseline}.",
        metric=signal.metric,
        score=number(signal.score, 3),
        baseline=number(signal.baseline, 3),
    )
    yield Offered("beats_guessing", "models" if signal.found else "unknown", _told(evidence, said))
    yield Offered("predictive_features", "measured" if signal.found else "none", _told(evidence, said))


def _rarest_class(evidence: Evidence, _proposal: Proposal) -> Iterator[Offered]:
    classes = evidence.profile.classes
    if classes is None or not classes.counts or classes.classes > len(classes.counts):
        return
    rarest = min(classes.counts)
    choice = "plenty" if rarest >= _PLENTY else "hundreds" if rarest >= _HUNDREDS else "few"
    said = message("The rarest class has {count} rows.", count=number(rarest, 9))
    yield Offered("data_enough", choice, _told(evidence, said))


def _missing(evidence: Evidence, _proposal: Proposal) -> Iterator[Offered]:
    rows, columns = evidence.profile.rows, [each for each in evidence.profile.told if each.missing is not None]
    inputs = [each.missing or 0 for each in columns if each.name != evidence.target]
    if not rows or not inputs:
        return
    share = sum(inputs) / (rows * len(inputs))
    choice = "rare" if share <= _RARELY else "sometimes" if share <= MUCH_MISSING else "often"
    said = message("{share} of the values of the inputs are missing.", share=percent(share, 1))
    yield Offered("missing_inputs", choice, _told(evidence, said))


def _agreement(evidence: Evidence, _proposal: Proposal) -> Iterator[Offered]:
    labels = evidence.labels
    if labels is None or labels.kappa is None or labels.labelled_twice < _ENOUGH_PAIRS:
        return
    said = message(
        "Cohen's kappa of two people is {kappa} over {count} rows.",
        kappa=number(labels.kappa.value, 2),
        count=number(labels.labelled_twice, 9),
    )
    yield Offered("label_agreement", "high" if labels.kappa.value >= _AGREE else "middling", _told(evidence, said))
    yield Offered("ceiling_known", "measured", _told(evidence, said))


def _drift(evidence: Evidence, _proposal: Proposal) -> Iterator[Offered]:
    moved = [each.drift.population_stability_index for each in evidence.profile.told if each.drift is not None]
    if not moved:
        return
    choice = "fast" if max(moved) > SHIFTED else "slow" if max(moved) > _MOVES else "stable"
    said = message(
        "Between the first and the last tenth of time the inputs' population stability index is at most {index}.",
        index=number(max(moved), 2),
    )
    yield Offered("stable_world", choice, _told(evidence, said))


def _late(evidence: Evidence, _proposal: Proposal) -> Iterator[Offered]:
    late = [name for leak in evidence.leakage if leak.kind == "known_afterwards" for name in leak.columns]
    if late:
        said = message("Known only afterwards: {columns}.", columns=", ".join(late[:5]))
        yield Offered("inputs_at_prediction", "some_late", _told(evidence, said))


def _latency(evidence: Evidence, proposal: Proposal) -> Iterator[Offered]:
    measured, budget = evidence.latency_ms, proposal.operations.latency_ms.budget
    if measured is None or budget is None:
        return
    said = message(
        "One answer takes {time} ms or less in 95 of 100 cases; the budget is {budget} ms.",
        time=number(measured.p95, 3),
        budget=number(budget, 4),
    )
    yield Offered("latency", "measured" if measured.p95 <= budget else "needs_work", _told(evidence, said))


_RULES: tuple[Callable[[Evidence, Proposal], Iterator[Offered]], ...] = (
    _signal,
    _rarest_class,
    _missing,
    _agreement,
    _drift,
    _late,
    _latency,
)


def to_answer(proposal: Proposal) -> Mapping[str, Offered]:
    """Of these, the ones that are asked of the proposal and that nobody has answered."""
    from ..checklist import is_answered, questions_for  # after the catalogue, which the document needs first

    answers = proposal.feasibility.answers
    asked = {question.id for question in questions_for(proposal)}
    return {
        name: each
        for name, each in offered_answers(proposal).items()
        if name in asked and not is_answered(name, answers)
    }
