"""The sections that finance and a statistician read: what to learn first, stages, outside view, whose estimates."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment import Assessment
from ..entry import show
from ..estimate import Estimate
from ..fields import Quantity
from ..paths import spec_at, value_at
from ..proposal import Proposal, to_dict
from ..value import reasons
from ..value.outside_view import REFERENCE_CLASSES
from ..value.stages import Staged
from ..wording import label_of, money, number, percent
from .blocks import Block, Bullets, Paragraph, Section, Table

_MOST_INPUTS = 8
_STAGES = {"pilot": "Pilot", "build": "Build", "run": "Run"}


def what_the_model_adds(assessment: Assessment) -> Table | None:
    """NPV of each alternative with a model, over the best way without one."""
    currency = assessment.currency
    rows = tuple(
        (
            each.name,
            found.against,
            money(found.npv.mean, currency),
            money(found.npv.standard_error, currency),
            money(found.npv.p10, currency),
            money(found.npv.p90, currency),
        )
        for each in assessment.alternatives
        if (found := each.over_best_without_model) is not None
    )
    columns = ("Alternative", "Best way without a model", "Expected", "Standard error", "P10", "P90")
    return Table("What the model adds (NPV)", columns, rows, frozenset({2, 3, 4, 5})) if rows else None


def learn_first(assessment: Assessment) -> Section | None:
    """EVPI, the inputs worth learning, and the planned pilot."""
    if assessment.evpi is None:
        return None
    currency, evpi = assessment.currency, assessment.evpi
    everything = (
        f"Knowing everything before committing would be worth {money(evpi.value, currency)} "
        f"(standard error {money(evpi.standard_error, currency)}): no study can be worth more."
    )
    blocks: list[Block] = [Bullets((everything, pilot_sentence(assessment)))]
    worth = sorted(assessment.sensitivity, key=lambda each: -each.evppi.value)[:_MOST_INPUTS]
    rows = tuple(
        (each.swing.label, money(each.evppi.value, currency), money(each.evppi.standard_error, currency))
        for each in worth
        if each.evppi.value > 0
    )
    if rows:
        columns = ("Input", "Worth of learning it", "Standard error")
        blocks.append(Table("What to learn first", columns, rows, frozenset({1, 2})))
    rest = len(assessment.sensitivity) - len(rows)
    if rest:
        what = "each of the other uncertain inputs" if rows else "any one of the uncertain inputs"
        blocks.append(
            Paragraph(
                f"Learning {what} ({rest}) is worth less than that, or nothing that noise allows to see.", muted=True
            )
        )
    return Section("learn_first", "What to learn first", tuple(blocks))


def pilot_sentence(assessment: Assessment) -> str:
    """What the planned pilot is worth, and what it costs, in one line."""
    pilot, currency = assessment.pilot, assessment.currency
    if pilot.evsi is None or pilot.readings is None:
        return f"What the pilot is worth cannot be said: {pilot.reason or reasons.NOTHING_TO_READ}"
    metrics = " and ".join(f"the {metric.phrase}" for metric in pilot.readings.metrics)
    cost = (
        f"the pilot costs {money(pilot.cost, currency)}" if pilot.cost is not None else "the pilot's cost is not given"
    )
    perfect = f"; knowing it exactly, {money(pilot.perfect.value, currency)}" if pilot.perfect else ""
    return (
        f"Learning {metrics} before committing is worth up to {money(pilot.evsi, currency)} "
        f"(standard error {money(pilot.standard_error, currency)}{perfect}); {cost}."
    )


def stage_by_stage(assessment: Assessment) -> Section | None:
    """What each stage costs, how likely it is reached, and what the right to stop is worth."""
    staged = assessment.staged
    if staged is None:
        return None
    currency = assessment.currency
    rows = tuple((_STAGES[each.name], money(each.cost, currency), percent(each.chance)) for each in staged.stages)
    return Section(
        "stages",
        "Stage by stage",
        (
            Paragraph(_staged_sentence(assessment, staged)),
            Table("Stages", ("Stage", "Present cost if reached", "Chance of reaching it"), rows, frozenset({1, 2})),
        ),
    )


def _staged_sentence(assessment: Assessment, staged: Staged) -> str:
    currency = assessment.currency
    return (
        f"Pilot first, then build {assessment.alternatives[staged.index].name}, choose another way or stop, whichever is best by what "
        f"is then known: expected to be worth {money(staged.npv, currency)}, the pilot's cost and delay included. Deciding everything today "
        f"is worth {money(staged.committed, currency)}. The right to decide later is worth {money(staged.option, currency)}, before that cost and delay."
    )


def outside_view(assessment: Assessment) -> Section | None:
    """NPV as the team says, and as builds of the same class turned out."""
    found = assessment.outside_view
    if found is None:
        return None
    currency, reference = assessment.currency, REFERENCE_CLASSES[found.reference_class]
    rows = tuple(
        (
            each.name,
            money(each.expected, currency),
            money(stretched.mean, currency),
            money(stretched.p10, currency),
            money(stretched.p90, currency),
        )
        for each in assessment.alternatives
        if (stretched := found.npv.get(each.index)) is not None
    )
    columns = ("Alternative", "Expected NPV, own figures", "Expected NPV, outside view", "P10", "P90")
    return Section(
        "outside_view",
        "The outside view",
        (
            Paragraph(f"{reference.title}: {reference.sentence} The verdict rests on your own figures."),
            Table("If the build goes as others went", columns, rows, frozenset({1, 2, 3, 4})),
            Paragraph(f"Source: {reference.source}.", muted=True),
        ),
    )


def whose_estimates(proposal: Proposal) -> list[Block]:
    """Several people's judgements, and pairs of inputs that move together."""
    blocks: list[Block] = []
    rows = tuple(_judgement_rows(proposal))
    if rows:
        columns = ("Input", "By", "Low (P10)", "Likely (P50)", "High (P90)")
        blocks.append(Table("Several estimators, averaged quantile by quantile", columns, rows, frozenset({2, 3, 4})))
    pairs = tuple(
        (label_of(proposal, each.first), label_of(proposal, each.second), number(each.rank_correlation))
        for each in proposal.correlations
    )
    if pairs:
        heads = ("Input", "Moves with", "Rank correlation")
        blocks.append(Table("Inputs that move together", heads, pairs, frozenset({2})))
    return blocks


def _judgement_rows(proposal: Proposal) -> Iterator[tuple[str, ...]]:
    for path, estimate, quantity in judged(proposal):
        label = label_of(proposal, path)
        for each in estimate.judgements:
            yield (label, each.by, *(show(value, quantity) for value in (each.p10, each.p50, each.p90)))
        yield (label, "Average", *(show(value, quantity) for value in (estimate.p10, estimate.p50, estimate.p90)))


def judged(proposal: Proposal) -> Iterator[tuple[str, Estimate, Quantity | None]]:
    """The inputs that several people judged: path, estimate, what it measures."""
    document = to_dict(proposal)
    for path in proposal.inputs():
        saved = value_at(document, path)
        if isinstance(saved, dict) and "judgements" in saved:
            yield path, Estimate.model_validate(saved), spec_at(proposal, path).quantity
