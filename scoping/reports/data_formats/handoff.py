"""The handoff: what data, modelling and deployment work must deliver, for machines to read.

It is the interface between scoping and the rest of the life of a model; its JSON Schema is public
(`groundwork schema --of handoff`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ...assessment import Assessment
from ...document.data import DataSource, Latency
from ...document.evidence import Evidence
from ...document.hashing import content_hash
from ...document.own_terms import retrain_every
from ...document.plan import Milestone
from ...document.problem import BusinessMetric
from ...document.proposal import Proposal
from ...feasibility.evidence.reach import Reach, reaches
from ...feasibility.evidence.warnings import inputs_of
from ...record.requirements import Requirements, requirements
from ...text.ends import ends_said
from ...text.languages import ENGLISH, Language, message, say
from ...text.reasons import said
from ...text.wording import number
from ...value.breakeven import BreakEven
from ..digits import settled
from ..edition import AdviceNote, ChainNote, DecisionNote, ReviewNote, standing_among
from ..file_format import FileFormat
from ..summary import Summary
from .handoff_actuals import ActualsSoFar, actuals_so_far

HANDOFF_VERSION = 1


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TargetMetric(_Part):
    """One technical metric that the model must reach in production."""

    name: str = Field(description="The metric's name, as the proposal's kind of task reads it.")
    title: str = Field(description="The metric's name for people.")
    better: Literal["up", "down"] = Field(description="Whether a higher or a lower value is better.")
    target: float = Field(description="The expected value on which the case rests.")
    given: str | None = Field(
        default=None,
        description="The range as the team gave it, where that was a minimum, a likely value and a maximum.",
    )
    break_even: float | None = Field(description="The value at which expected NPV is zero; null where there is none.")
    ceiling: float | None = Field(description="The best that can be hoped for; null where nobody has said.")
    headroom: float | None = Field(description="Room between break-even and ceiling.")
    reason: str | None = Field(description="Why break-even or headroom is missing.")


class FromEvidence(_Part):
    """What follows from one evidence document for whoever provides the data."""

    source: str = Field(description="The file or table that was measured.")
    evidence: str = Field(description="SHA-256 of the evidence document.")
    target: str = Field(description="The column that is predicted.")
    columns: list[str] = Field(description="Inputs to provide: without those that are constant, identify, or leak.")
    not_to_use: list[str] = Field(description="Columns that know the answer too early.")
    personal_columns: list[str]
    may_not_vanish: list[str] = Field(description="The strongest inputs, without which the score was lower.")
    labels_there_are: int
    labels_needed: float | None = Field(
        description="Labels with which break-even is likely (80 %); null where that is unknown, or no number is enough."
    )
    latency_p95_ms: float | None = Field(description="Of one answer, on the machine of the probe.")


class DataRequirements(_Part):
    """What there is to learn from, and what is asked of it."""

    sources: list[DataSource]
    structure: str | None
    labels: str
    labelled_examples: float | None = Field(description="Labelled examples that exist today.")
    pilot_labelled_cases: int | None = Field(description="Cases that the pilot checks against the truth.")
    gigabytes: float | None
    privacy: str
    quality: str
    measured: list[FromEvidence] = Field(default_factory=list, description="What was measured on samples of the data.")


class Serving(_Part):
    """The budgets that production must keep."""

    latency_ms: Latency
    throughput_per_second: float | None
    availability: float | None
    explainability: str
    features_at_risk: list[str]


class Monitoring(_Part):
    """What to watch once it runs."""

    retrain_every_months: float | None
    expected_drift_a_year: float = Field(description="Share of the gain lost in a year without retraining (P50).")
    alarms: list[str] = Field(description="Conditions under which the project loses money.")


class DutyOf(_Part):
    """Who is to see to a condition of a decision, by when."""

    condition: str
    owner: str = Field(description="Empty where nobody was named.")
    due_on: date | None


class AdviceGiven(_Part):
    """What a function said of a version that was submitted."""

    function: str
    stance: str | None = Field(description="agree, agree_if or disagree; null where it has not spoken.")
    text: str
    given_by: str
    given_on: date | None


class ReviewUnderWay(_Part):
    """The round of review that is not decided."""

    version: int = Field(description="The version that was submitted.")
    submitted_by: str
    submitted_on: date
    advice: list[AdviceGiven]
    changes: str = Field(description="What must change; empty where the round did not end with that.")


class DecisionMade(_Part):
    """A recorded decision."""

    outcome: str
    alternative: str | None = Field(description="The alternative that is meant; null where none is.")
    decided_by: str
    decided_on: date
    version: int | None = Field(description="The version that was decided on; null where nobody says.")
    reason: str
    conditions: list[str]
    review_on: date | None
    duties: list[DutyOf] = Field(default_factory=list, description="Who sees to which condition, by when.")
    advice: list[AdviceGiven] = Field(default_factory=list, description="What had been advised when it was signed.")
    number: int | None = Field(default=None, description="Counts the decisions on the proposal from 1.")
    state: str | None = Field(default=None, description="standing, superseded or withdrawn.")
    supersedes: int | None = Field(default=None, description="The number of the decision that stood until this one.")
    superseded_by: int | None = Field(default=None, description="The number of the decision that stands since.")
    ended_on: date | None = Field(default=None, description="When it was superseded or withdrawn.")
    withdrawn_by: str | None = None
    why_withdrawn: str | None = None


class EditionOf(_Part):
    """When a file was made, of which version, and what was decided."""

    as_of: date | None = Field(description="The day on which the file was made.")
    version: int | None = Field(description="The saved version of the proposal; null for one that is not saved.")
    decided: bool
    decision: DecisionMade | None = Field(description="The decision that stands; null where none does.")
    decisions: list[DecisionMade] = Field(default_factory=list, description="The whole chain, the newest first.")
    stage: str | None = Field(default=None, description="How far the proposal has come; null where nobody says.")
    review: ReviewUnderWay | None = Field(default=None, description="The round of review that is not decided.")


class Handoff(_Part):
    """What follows from scoping for those who build."""

    handoff_version: Literal[1]
    proposal: str = Field(description="The proposal's title.")
    edition: EditionOf | None = None
    content_hash: str = Field(description="SHA-256 of the document that was assessed.")
    currency: str
    language: str = Field(description="The language of the sentences (BCP 47).")
    recommendation: str
    conditions: list[str]
    alternative: str | None = Field(description="The alternative that these targets belong to.")
    kind_of_task: str | None
    business_metric: BusinessMetric
    guardrails: list[str]
    target_metrics: list[TargetMetric]
    data: DataRequirements
    serving: Serving
    monitoring: Monitoring
    milestones: list[Milestone]
    missing: list[str] = Field(description="Paths of the document that are still empty.")
    check: Requirements | None = Field(
        default=None,
        description="What `groundwork check` holds a measured model against; null where nothing is valued.",
    )
    actuals: ActualsSoFar | None = Field(
        default=None, description="What came of the decision that stands; null where nothing was measured."
    )


def handoff(proposal: Proposal, assessment: Assessment, language: Language = ENGLISH) -> Handoff:
    """The handoff of an assessed proposal: targets are the leading alternative's, sentences are in `language`."""
    leader = assessment.leader()
    own = [each for each in assessment.break_even if leader is not None and each.index == leader.index]
    return Handoff(
        handoff_version=HANDOFF_VERSION,
        proposal=proposal.title,
        content_hash=content_hash(proposal),
        currency=proposal.currency,
        language=language.html_tag,
        recommendation=assessment.verdict.recommendation,
        conditions=[say(each, language) for each in assessment.verdict.conditions],
        alternative=say(leader.name, language) if leader else None,
        kind_of_task=proposal.bridge.kind if proposal.bridge else None,
        business_metric=proposal.problem.business_metric,
        guardrails=proposal.problem.business_metric.guardrails,
        target_metrics=[_target(each, _given(proposal, each), language) for each in own],
        data=_data(proposal),
        serving=_serving(proposal),
        monitoring=_monitoring(proposal, leader.index if leader else None, own),
        milestones=proposal.milestones,
        missing=list(assessment.missing),
        check=requirements(proposal, own, assessment.metric_map),
    )


def _given(proposal: Proposal, each: BreakEven) -> str | None:
    """The metric's two ends and what is likely between them, in words; None where it was given otherwise."""
    given = proposal.bridge.given(proposal.alternatives[each.index].metrics) if proposal.bridge else {}
    ends = given[each.metric].ends if each.metric in given else None
    return None if ends is None else ends_said(ends, partial(number, digits=10))


def _target(each: BreakEven, given: str | None, language: Language) -> TargetMetric:
    return TargetMetric(
        name=each.metric,
        title=say(each.title, language),
        better="up" if each.better == "up" else "down",
        target=settled(each.expected),
        given=None if given is None else say(given, language),
        break_even=settled(each.value),
        ceiling=settled(each.ceiling),
        headroom=settled(each.headroom),
        reason=say(said(each.reason), language) if each.reason else None,
    )


def _data(proposal: Proposal) -> DataRequirements:
    data = proposal.data
    return DataRequirements(
        sources=data.sources,
        structure=data.structure,
        labels=data.labels,
        labelled_examples=data.size,
        pilot_labelled_cases=proposal.pilot.labelled_cases,
        gigabytes=data.gigabytes,
        privacy=data.privacy,
        quality=data.quality,
        measured=_measured(proposal),
    )


def _measured(proposal: Proposal) -> list[FromEvidence]:
    """One entry an evidence document; the labels are those of the alternative that it measured."""
    found = {each.evidence: each for each in reaches(proposal)} if proposal.evidence else {}
    return [_from_evidence(each, found.get(each.id)) for each in proposal.evidence]


def _from_evidence(evidence: Evidence, reach: Reach | None) -> FromEvidence:
    leaking = [name for leak in evidence.leakage for name in leak.columns]
    strongest = max(evidence.vanishing, key=lambda each: each.strongest, default=None)
    needed = next((each.rows for each in reversed(reach.labels)), None) if reach and reach.labels else None
    return FromEvidence(
        source=evidence.source.name,
        evidence=evidence.id,
        target=evidence.target,
        columns=[each for each in inputs_of(evidence) if each not in leaking],
        not_to_use=leaking,
        personal_columns=evidence.personal,
        may_not_vanish=strongest.columns if strongest else [],
        labels_there_are=max(evidence.source.rows - evidence.profile.target_missing, 0),
        labels_needed=settled(needed),
        latency_p95_ms=settled(evidence.latency_ms.p95) if evidence.latency_ms else None,
    )


def _serving(proposal: Proposal) -> Serving:
    operations = proposal.operations
    return Serving(
        latency_ms=operations.latency_ms,
        throughput_per_second=operations.throughput,
        availability=operations.availability,
        explainability=operations.explainability,
        features_at_risk=operations.features_at_risk,
    )


def _monitoring(proposal: Proposal, leader: int | None, break_evens: list[BreakEven]) -> Monitoring:
    """What holds for the leading alternative, or, where there is none, for all."""
    returns, own = proposal.returns, None if leader is None else proposal.alternatives[leader]
    return Monitoring(
        retrain_every_months=returns.retrain_every_months if own is None else retrain_every(own, returns),
        expected_drift_a_year=(returns.drift if own is None or own.drift is None else own.drift).p50,
        alarms=[
            f"{each.metric} {'<' if each.better == 'up' else '>'} {each.value:.6g}"
            for each in break_evens
            if each.value is not None
        ],
    )


def edition_of(summary: Summary) -> EditionOf:
    """When, which version, how far it has come, and what was decided: the decision counts that stands."""
    edition, standing = summary.edition, standing_among(summary.decisions)
    return EditionOf(
        as_of=edition.as_of,
        version=edition.version,
        decided=standing is not None,
        decision=None if standing is None else _made(standing),
        decisions=[_made(each) for each in summary.decisions],
        stage=edition.stage,
        review=None if edition.review is None else _review(edition.review),
    )


def _made(note: DecisionNote) -> DecisionMade:
    chain = note.chain
    return DecisionMade(
        outcome=note.outcome,
        alternative=note.alternative or None,
        decided_by=note.decided_by,
        decided_on=note.decided_on,
        version=note.revision or None,
        reason=note.reason,
        conditions=list(note.conditions),
        review_on=note.review_on,
        duties=[DutyOf(condition=each.condition, owner=each.owner, due_on=each.due_on) for each in note.duties],
        advice=_advice(note.advice),
        **({} if chain is None else _place(chain)),
    )


def _place(chain: ChainNote) -> dict[str, Any]:
    return {
        "number": chain.number,
        "state": chain.state,
        "supersedes": chain.supersedes or None,
        "superseded_by": chain.superseded_by or None,
        "ended_on": chain.ended_on,
        "withdrawn_by": chain.withdrawn_by or None,
        "why_withdrawn": chain.reason or None,
    }


def _advice(notes: Sequence[AdviceNote]) -> list[AdviceGiven]:
    return [
        AdviceGiven(
            function=each.function, stance=each.stance, text=each.text, given_by=each.given_by, given_on=each.given_on
        )
        for each in notes
    ]


def _review(note: ReviewNote) -> ReviewUnderWay:
    return ReviewUnderWay(
        version=note.version,
        submitted_by=note.submitted_by,
        submitted_on=note.submitted_on,
        advice=_advice(note.advice),
        changes=note.changes,
    )


def handoff_of(summary: Summary) -> Handoff:
    """The handoff of a summary, with its edition, and what came of the decision."""
    found, note = handoff(summary.proposal, summary.assessment, summary.language), summary.actuals
    actuals = None if note is None else actuals_so_far(note, summary.language)
    return found.model_copy(update={"edition": edition_of(summary), "actuals": actuals})


def handoff_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the handoff."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Handoff.model_json_schema()}


def render(summary: Summary) -> bytes:
    """The handoff as UTF-8 JSON."""
    return (handoff_of(summary).model_dump_json(indent=2) + "\n").encode()


FORMAT = FileFormat(
    "handoff", message("Handoff to the build (JSON)"), "handoff.json", "application/json", render, place=9
)
