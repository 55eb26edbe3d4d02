"""What the figures rest on, and what is still missing, as the memo tells it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...assessment import Assessment
from ...document.alternatives import name_of
from ...document.ends import ENDS
from ...document.estimate import QUANTILE_TITLES, Estimate, Judgement
from ...document.fields import Quantity
from ...document.paths import value_at
from ...document.proposal import Proposal
from ...document.reading import to_dict
from ...document.specs import spec_at
from ...feasibility.checklist import questions_known
from ...text.ends import ends_said
from ...text.entry import is_percent
from ...text.grounds import ground_said
from ...text.labels import label_of
from ...text.languages import counted, message
from ...text.wording import number, percent
from ...value.pool import Pooled, pooled
from ..blocks import Table
from ..memo.parts import EvidencePart, MissingPart

_JUDGED = "judgements"
# Choices of the questions that say: nobody has looked.
_GUESSES = frozenset({"guessed", "unknown", "believed"})


def evidence_part(proposal: Proposal) -> EvidencePart:
    """Named evidence, what single figures rest on, judgements, correlations, and the answers that are guesses."""
    answers, known = proposal.feasibility.answers.items(), questions_known(proposal)
    return EvidencePart(
        alternatives=_alternatives(proposal),
        judgements=_judgements(proposal),
        ends=_ends(proposal),
        grounds=_grounds(proposal),
        correlations=_correlations(proposal),
        agreements=tuple(_agreements(proposal)),
        guesses=tuple(known[key].text for key, answer in answers if answer.choice in _GUESSES),
    )


def missing_part(proposal: Proposal, assessment: Assessment) -> MissingPart:
    """The empty fields."""
    return MissingPart(tuple(label_of(proposal, path) for path in assessment.missing))


def _alternatives(proposal: Proposal) -> Table | None:
    guess = message("guess: no evidence is named")
    rows = tuple(
        (name_of(each, index), "; ".join(each.evidence) if each.evidence else guess)
        for index, each in enumerate(proposal.alternatives)
    )
    columns = (message("Alternative"), message("Evidence"))
    return Table(message("What the figures rest on"), columns, rows) if rows else None


def _grounds(proposal: Proposal) -> Table | None:
    """What somebody said that single figures and answers rest on."""
    rows = tuple((label_of(proposal, each.path), ground_said(each)) for each in proposal.grounds)
    columns = (message("Figure or answer"), message("Rests on"))
    return Table(message("What single figures and answers rest on"), columns, rows) if rows else None


def _judgements(proposal: Proposal) -> Table | None:
    """Several people's judgements of one input, and their average."""
    rows = tuple(_judgement_rows(proposal))
    columns = (message("Input"), message("By"), *QUANTILE_TITLES)
    title = message("Several estimators, averaged quantile by quantile")
    return Table(title, columns, rows, frozenset({2, 3, 4})) if rows else None


def _judgement_rows(proposal: Proposal) -> Iterator[tuple[str, ...]]:
    for path, estimate, quantity in _given(proposal, _JUDGED):
        label = label_of(proposal, path)
        for said, each in _told_of(estimate, quantity):
            yield (label, said, *(_shown(value, quantity) for value in (each.p10, each.p50, each.p90)))


def _told_of(estimate: Estimate, quantity: Quantity | None) -> Iterator[tuple[str, Judgement | Estimate | Pooled]]:
    """Who said it, and what: each judge, their average, their pool where they disagree, and what they agreed on."""
    for each in estimate.judgements:
        yield each.by, each
    yield message("Average"), estimate.average
    pool = pooled(estimate, quantity) if quantity else None
    if pool is not None and pool.disagree_a_lot:
        yield message("Linear pool: they disagree a lot"), pool
    if estimate.consensus is not None:
        yield message("Agreed in discussion; this counts"), estimate


def _agreements(proposal: Proposal) -> Iterator[str]:
    """For each number on which people agreed: how many, and how far apart they were when each judged alone."""
    for path, estimate, quantity in _given(proposal, _JUDGED):
        if estimate.consensus is not None:
            yield counted(
                "{input}: agreed by {count} person; the range given before the discussion was {low} to {high}.",
                "{input}: agreed by {count} people; the ranges that each gave alone went from {low} to {high}.",
                len(estimate.judgements),
                input=label_of(proposal, path),
                low=_shown(min(each.p10 for each in estimate.judgements), quantity),
                high=_shown(max(each.p90 for each in estimate.judgements), quantity),
            )


def _shown(value: float, quantity: Quantity | None) -> str:
    return percent(value, 2) if is_percent(quantity) else number(value, 4)


def _about(value: float, quantity: Quantity | None) -> str:
    """A number that follows from others, with the digits that they could bear."""
    return _shown(float(f"{value:.3g}"), quantity)


def _given(proposal: Proposal, key: str) -> Iterator[tuple[str, Estimate, Quantity | None]]:
    """The inputs that were given in the form that has this key: path, estimate, what it measures."""
    document = to_dict(proposal)
    for path in proposal.inputs():
        saved = value_at(document, path)
        if isinstance(saved, dict) and key in saved:
            yield path, Estimate.model_validate(saved), spec_at(proposal, path).quantity


def _ends(proposal: Proposal) -> Table | None:
    """The inputs that were given as a minimum, what is likely and a maximum, and the P10 and P90 that follow."""
    rows = tuple(
        (label_of(proposal, path), ends_said(estimate.ends, partial(_shown, quantity=quantity)),
         _about(estimate.p10, quantity), _about(estimate.p90, quantity))
        for path, estimate, quantity in _given(proposal, ENDS[0])
        if estimate.ends is not None
    )  # fmt: skip
    columns = (message("Input"), message("As it was given"), message("P10 that follows"), message("P90 that follows"))
    title = message("Given as minimum, likely value and maximum")
    return Table(title, columns, rows, frozenset({2, 3})) if rows else None


def _correlations(proposal: Proposal) -> Table | None:
    """Pairs of inputs that move together."""
    rows = tuple(
        (label_of(proposal, each.first), label_of(proposal, each.second), number(each.rank_correlation))
        for each in proposal.correlations
    )
    columns = (message("Input"), message("Moves with"), message("Rank correlation"))
    return Table(message("Inputs that move together"), columns, rows, frozenset({2})) if rows else None
