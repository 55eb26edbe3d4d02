"""The sections that finance and a statistician read: what to learn first, stages, outside view, whose estimates."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment import Assessment
from ..document.estimate import Estimate
from ..document.fields import Quantity
from ..document.paths import value_at
from ..document.proposal import Proposal
from ..document.reading import to_dict
from ..document.specs import spec_at
from ..text import reference_classes
from ..text.entry import is_percent
from ..text.labels import label_of
from ..text.languages import joined, message
from ..text.reasons import said
from ..text.wording import money, number, percent
from ..value.outside_view import REFERENCE_CLASSES
from ..value.reasons import Reason, Why
from ..value.stages import Staged
from ..verdict import read_by
from .blocks import Block, Bullets, Paragraph, Section, Table

_MOST_INPUTS = 8
LEARN_FIRST = message("What to learn first")
_STAGES = {"pilot": message("Pilot"), "build": message("Build"), "run": message("Run")}


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
        for each in assessment.best_first()
        if (found := each.over_best_without_model) is not None
    )
    columns = (
        message("Alternative"),
        message("Best way without a model"),
        message("Expected"),
        message("Standard error"),
        "P10",
        "P90",
    )
    title = message("What the model adds (NPV)")
    return Table(title, columns, rows, frozenset({2, 3, 4, 5}), "model_adds") if rows else None


def learn_first(assessment: Assessment) -> Section | None:
    """EVPI, the inputs worth learning, and the planned pilot."""
    if assessment.evpi is None:
        return None
    currency, evpi = assessment.currency, assessment.evpi
    everything = message(
        "Knowing everything before committing would be worth {value} (standard error {error}): no study can be worth more.",
        value=money(evpi.value, currency),
        error=money(evpi.standard_error, currency),
    )
    blocks: list[Block] = [Bullets((everything, pilot_sentence(assessment)))]
    worth = sorted(assessment.sensitivity, key=lambda each: -each.evppi.value)[:_MOST_INPUTS]
    rows = tuple(
        (each.swing.label, money(each.evppi.value, currency), money(each.evppi.standard_error, currency))
        for each in worth
        if each.evppi.value > 0
    )
    if rows:
        columns = (message("Input"), message("Worth of learning it"), message("Standard error"))
        blocks.append(Table("", columns, rows, frozenset({1, 2}), "learn_first"))
    rest = len(assessment.sensitivity) - len(rows)
    if rest:
        blocks.append(Paragraph(_the_rest(rest, bool(rows)), muted=True))
    return Section("learn_first", LEARN_FIRST, tuple(blocks))


def _the_rest(count: int, some_are_named: bool) -> str:
    if some_are_named:
        return message(
            "Learning each of the other uncertain inputs ({count}) is worth less than that, or nothing that noise allows to see.",
            count=str(count),
        )
    return message(
        "Learning any one of the uncertain inputs ({count}) is worth nothing that noise allows to see.",
        count=str(count),
    )


def pilot_sentence(assessment: Assessment) -> str:
    """What the planned pilot is worth, and what it costs, in one line."""
    pilot, currency = assessment.pilot, assessment.currency
    if pilot.evsi is None or pilot.readings is None:
        why = said(pilot.reason or Reason(Why.NOTHING_TO_READ))
        return message("What the pilot is worth cannot be said: {reason}", reason=why)
    known = pilot.cost is not None
    cost = message("the pilot costs {cost}", cost=money(pilot.cost, currency))
    exactly = message(
        "knowing it exactly, {value}", value=money(pilot.perfect.value if pilot.perfect else 0.0, currency)
    )
    error = message("standard error {error}", error=money(pilot.standard_error, currency))
    return message(
        "Learning {metrics} before committing is worth up to {worth} ({remarks}); {cost}.",
        metrics=read_by(pilot),
        worth=money(pilot.evsi, currency),
        remarks=joined("; ", (error, exactly) if pilot.perfect else (error,)),
        cost=cost if known else message("the pilot's cost is not given"),
    )


def stage_by_stage(assessment: Assessment) -> Section | None:
    """What each stage costs, how likely it is reached, and what the right to stop is worth."""
    staged = assessment.staged
    if staged is None:
        return None
    currency = assessment.currency
    rows = tuple((_STAGES[each.name], money(each.cost, currency), percent(each.chance)) for each in staged.stages)
    columns = (message("Stage"), message("Present cost if reached"), message("Chance of reaching it"))
    table = Table(message("Stages"), columns, rows, frozenset({1, 2}), "stages")
    return Section("stages", message("Stage by stage"), (Paragraph(_staged_sentence(assessment, staged)), table))


def _staged_sentence(assessment: Assessment, staged: Staged) -> str:
    currency = assessment.currency
    return message(
        "Pilot first, then build {name}, choose another way or stop, whichever is best by what is then known: expected to be worth {worth}, the pilot's cost and delay included. Deciding everything today is worth {committed}. The right to decide later is worth {option}, before that cost and delay.",
        name=assessment.alternatives[staged.index].name,
        worth=money(staged.npv, currency),
        committed=money(staged.committed, currency),
        option=money(staged.option, currency),
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
        for each in assessment.best_first()
        if (stretched := found.npv.get(each.index)) is not None
    )
    columns = (
        message("Alternative"),
        message("Expected NPV, own figures"),
        message("Expected NPV, outside view"),
        "P10",
        "P90",
    )
    about = message(
        "{title}: {sentence} The verdict rests on your own figures.",
        title=reference_classes.TITLES[found.reference_class],
        sentence=reference_classes.sentence(reference),
    )
    title = message("If the build goes as others went")
    return Section(
        "outside_view",
        message("The outside view"),
        (
            Paragraph(about),
            Table(title, columns, rows, frozenset({1, 2, 3, 4}), "outside_view"),
            Paragraph(message("Source: {source}.", source=reference.source), muted=True),
        ),
    )


def whose_estimates(proposal: Proposal) -> list[Block]:
    """Several people's judgements, and pairs of inputs that move together."""
    blocks: list[Block] = []
    rows = tuple(_judgement_rows(proposal))
    if rows:
        columns = (
            message("Input"),
            message("By"),
            message("Low (P10)"),
            message("Likely (P50)"),
            message("High (P90)"),
        )
        title = message("Several estimators, averaged quantile by quantile")
        blocks.append(Table(title, columns, rows, frozenset({2, 3, 4}), "judgements"))
    pairs = tuple(
        (label_of(proposal, each.first), label_of(proposal, each.second), number(each.rank_correlation))
        for each in proposal.correlations
    )
    if pairs:
        heads = (message("Input"), message("Moves with"), message("Rank correlation"))
        blocks.append(Table(message("Inputs that move together"), heads, pairs, frozenset({2}), "correlations"))
    return blocks


def _judgement_rows(proposal: Proposal) -> Iterator[tuple[str, ...]]:
    for path, estimate, quantity in judged(proposal):
        label = label_of(proposal, path)
        for each in estimate.judgements:
            yield (label, each.by, *(_shown(value, quantity) for value in (each.p10, each.p50, each.p90)))
        yield (
            label,
            message("Average"),
            *(_shown(value, quantity) for value in (estimate.p10, estimate.p50, estimate.p90)),
        )


def _shown(value: float, quantity: Quantity | None) -> str:
    return percent(value, 2) if is_percent(quantity) else number(value, 4)


def judged(proposal: Proposal) -> Iterator[tuple[str, Estimate, Quantity | None]]:
    """The inputs that several people judged: path, estimate, what it measures."""
    document = to_dict(proposal)
    for path in proposal.inputs():
        saved = value_at(document, path)
        if isinstance(saved, dict) and "judgements" in saved:
            yield path, Estimate.model_validate(saved), spec_at(proposal, path).quantity
