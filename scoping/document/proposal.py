"""The Proposal: the document in which a team writes down what it knows and what it guesses.

`read` and `write` are the way in and out. A half-filled proposal is legal; a wrong one is refused
with the path, the value and what is allowed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from babel.core import get_global
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from ..bridges import AnyBridge, known_metrics
from ..errors import DocumentRefused, Problem
from ..feasibility.catalogue import QUESTIONS
from .alternatives import Alternative
from .correlations import MOST_CORRELATIONS, Correlation, conflicts
from .estimate import Estimate
from .fields import (
    LONGEST_TEXT,
    AnyNumber,
    Count,
    Money,
    Months,
    PlainCount,
    PlainMonths,
    PlainShare,
    Quantity,
    Section,
    Share,
    YearlyRate,
    estimate_names,
    group,
    needed,
    optional,
    rows,
    text,
)
from .refusal import problems_of

SCHEMA_VERSION = 1


def _known_currency(code: str) -> str:
    if code not in get_global("all_currencies"):
        raise PydanticCustomError("currency", "must be an ISO 4217 currency code such as EUR, USD or GBP")
    return code


def _named(raw: Any) -> Any:
    """A row that is written as a bare sentence is the row with that name."""
    return {"name": raw} if isinstance(raw, str) else raw


Currency = Annotated[str, AfterValidator(_known_currency)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
DiscountRate = Annotated[Estimate, Quantity("share a year", 0, 10)]
Horizon = Annotated[int, Quantity("months", 1, 240)]


class BusinessMetric(Section):
    name: str = text("Business metric", "The number that the sponsor already watches and that this should move.")
    unit: str = text("Unit", "What it is counted in: %, EUR a month, days.")
    current: AnyNumber | None = optional("Today", "Its value now.")
    target: AnyNumber | None = optional("Target", "The value that would count as success.")
    direction: Literal["up", "down"] = Field(
        default="up", title="Better is", description="Whether the metric should rise or fall."
    )
    guardrails: list[Text] = rows("Guardrails", "What must not get worse meanwhile: complaints, safety, fairness.")


class ProblemSection(Section):
    statement: str = text("Problem", "What goes wrong today, for whom, how often. No solution yet.", long=True)
    affected: str = text("Who is affected", "The people who have the problem, and how many they are.", long=True)
    status_quo: str = text("How it is handled today", "What people do now, without the new system.", long=True)
    decision: str = text(
        "What will be decided differently",
        "What someone does with the output. If nothing changes, there is no value.",
        long=True,
    )
    system: Literal["new", "existing"] | None = optional(
        "New or existing system", "Whether a system of this kind already runs; its history is the best forecast."
    )
    business_metric: BusinessMetric = group("Business metric", "The business number that should move.", BusinessMetric)


class Returns(Section):
    horizon_months: Horizon | None = needed(
        "Horizon", "How many months of costs and returns count, from the day the work starts. 36 is common."
    )
    discount_rate: DiscountRate | None = needed(
        "Discount rate", "What a year's delay costs: ask finance for the hurdle rate. Often 8 % to 12 %."
    )
    adoption: Share = optional(
        "Adoption", "Share of the cases in which people really use the output, once fully rolled out.", Estimate.of(1.0)
    )
    ramp_months: Months = optional(
        "Ramp", "Months from going live until full adoption, rising evenly.", Estimate.of(0.0)
    )
    volume_growth: YearlyRate = optional(
        "Volume growth", "How much the number of cases grows in a year.", Estimate.of(0.0)
    )
    drift: Share = optional(
        "Drift", "Share of the gain that is lost in a year if the model is never retrained.", Estimate.of(0.0)
    )
    retrain_every_months: PlainMonths | None = optional(
        "Retrain every", "Months between two trainings. Leave empty if the model is never retrained."
    )
    retraining_cost: Money | None = optional(
        "Cost of a training",
        "What each later training of a model costs: new labels, machine time, checks. Laid by evenly from one to the next.",
    )
    outside_view: Literal["it_projects", "green_book_upper", "green_book_lower"] | None = optional(
        "Outside view",
        "How builds of the same class overran: shown beside your own figures, which stay as they are.",
    )


class Answer(Section):
    choice: str = Field(title="Answer", description="The chosen answer.", max_length=100)
    note: str = text("Note", "Why you chose this answer.", long=True)
    evidence: list[Text] = rows("Evidence", "What the answer rests on.")


class Feasibility(Section):
    answers: dict[str, Answer] = Field(
        default_factory=dict, title="Answers", description="Answers to the feasibility questions, by question id."
    )
    ceilings: dict[Annotated[str, Field(max_length=100)], Estimate] = Field(
        default_factory=dict,
        title="Ceilings",
        description="The best that can be hoped for: what experts reach from the same inputs, or the best published result.",
    )


class DataSource(Section):
    name: str = text("Source", "The table, sensor, archive or vendor.")
    owner: str = text("Owner", "Who can grant access.")
    access: str = text("Access", "Granted, requested, or not asked yet.")
    notes: str = text("Notes", "Known gaps, delays, changes of format.")


class Data(Section):
    sources: list[Annotated[DataSource, BeforeValidator(_named)]] = rows(
        "Sources", "Where the inputs and labels come from."
    )
    structure: Literal["structured", "unstructured", "both"] | None = optional(
        "Kind of data", "Tables (structured), or images, audio and text (unstructured)."
    )
    labels: str = text("Labels", "How the right answers become known, who writes them, how long that takes.", long=True)
    size: PlainCount | None = optional("Labelled examples", "How many labelled examples exist today.", unit="examples")
    gigabytes: PlainCount | None = optional("Volume", "How large the raw data is, in gigabytes.", unit="GB")
    privacy: str = text(
        "Privacy", "Personal or confidential data, its legal basis, where it may be processed.", long=True
    )
    quality: str = text("Quality", "Known errors, gaps, duplicates, and how the data was checked.", long=True)


class Latency(Section):
    budget: PlainCount | None = optional("Latency budget", "The longest that a prediction may take, in milliseconds.")
    expected: PlainCount | None = optional("Expected latency", "What you measured or expect, in milliseconds.")


class Operations(Section):
    latency_ms: Latency = group("Latency", "How fast an answer must be, in milliseconds.", Latency)
    throughput: PlainCount | None = optional("Throughput", "Predictions a second at the busiest time.")
    availability: PlainShare | None = optional("Availability", "Share of the time that it must be up.")
    explainability: str = text("Explainability", "Who must understand a single prediction, and how well.", long=True)
    features_at_risk: list[Text] = rows(
        "Features at risk", "Inputs that may vanish, change meaning, or arrive too late."
    )


class Pilot(Section):
    months: Months | None = optional("Length", "How many months the pilot takes.")
    cost: Money | None = optional("Cost", "What the pilot costs in all.")
    labelled_cases: Annotated[int, Quantity("cases", 0, 1e9)] | None = optional(
        "Labelled cases", "How many cases the pilot checks against the truth."
    )


class Risk(Section):
    name: str = text("Risk", "What may happen.")
    likelihood: Literal["low", "medium", "high"] | None = optional("Likelihood", "How likely it is.")
    impact: Literal["low", "medium", "high"] | None = optional("Impact", "How bad it would be.")
    response: str = text("Response", "What is done about it.")
    owner: str = text("Owner", "Who watches it.")


class Milestone(Section):
    name: str = text("Milestone", "What is reached.")
    kind: Literal["ml", "software", "business", "decision"] = Field(
        default="decision",
        title="Kind",
        description="Whether it is a result of modelling, software, business, or a decision.",
    )
    metric: str = text("Metric", "How one sees that it is reached.")
    target: str = text("Target", "The value that counts as reached.")
    due_month: PlainMonths | None = optional("Due month", "Months after the start.")
    owner: str = text("Owner", "Who answers for it.")


class Resource(Section):
    name: str = text("Person or resource", "Who or what is needed.")
    role: str = text("Role", "What for.")
    share: PlainShare | None = optional("Share of time", "How much of a full-time position.")
    months: PlainMonths | None = optional("Months", "For how long.")


class Proposal(Section):
    """Everything that the team knows and guesses. Every section but the title may be absent."""

    schema_version: Literal[1] = Field(
        default=1, title="Schema version", description="The version of this document's form."
    )
    title: str = Field(
        title="Title",
        description="A short name that people will recognise in a list.",
        min_length=1,
        max_length=LONGEST_TEXT,
    )
    summary: str = text("Summary", "Two or three sentences for someone who reads nothing else.", long=True)
    team: str = text("Team", "The team that would build it.")
    owner: str = text("Owner", "Who answers for the proposal.")
    sponsor: str = text("Sponsor", "Who pays, and signs the decision.")
    currency: Currency = Field(default="EUR", title="Currency", description="ISO 4217 code. All money is in it.")
    tags: list[Text] = rows("Tags", "Words to find it by.")
    problem: ProblemSection = group("Problem", "What is wrong, and who decides what differently.", ProblemSection)
    bridge: AnyBridge | None = Field(
        default=None, title="Kind of task", description="How a technical metric becomes money per case."
    )
    alternatives: list[Alternative] = rows(
        "Alternatives", "The ways to handle the cases. Exactly one is the status quo."
    )
    returns: Returns = group("Returns", "Time, adoption and discounting.", Returns)
    correlations: list[Correlation] = Field(
        default_factory=list,
        title="Inputs that move together",
        description="Pairs of inputs that tend to be high or low together. Pairs not named move on their own.",
        max_length=MOST_CORRELATIONS,
    )
    feasibility: Feasibility = group("Feasibility", "Whether it can be done at all.", Feasibility)
    data: Data = group("Data", "What there is to learn from.", Data)
    operations: Operations = group("Operations", "What production asks for.", Operations)
    pilot: Pilot = group("Pilot", "A cheap look before the commitment.", Pilot)
    risks: list[Annotated[Risk, BeforeValidator(_named)]] = rows(
        "Risks", "What may go wrong, and what is done about it."
    )
    milestones: list[Milestone] = rows("Milestones", "What is reached when, and how one sees it.")
    resources: list[Annotated[Resource, BeforeValidator(_named)]] = rows("Resources", "Who and what the work needs.")

    @model_validator(mode="after")
    def _consistent(self) -> Proposal:
        errors = [
            InitErrorDetails(
                type=PydanticCustomError("consistency", "{allowed}", {"allowed": allowed}), loc=loc, input=value
            )
            for loc, value, allowed in self._inconsistencies()
        ]
        if errors:
            raise ValidationError.from_exception_data("Proposal", errors)
        return self

    def _inconsistencies(self) -> Iterator[tuple[tuple[str | int, ...], Any, str]]:
        """Rules between fields: the place, what stands there, and what is allowed."""
        yield from self._alternative_rules()
        for index, alternative in enumerate(self.alternatives):
            yield from self._metric_rules(("alternatives", index, "metrics"), alternative.metrics)
            for conflict in self.bridge.conflicts(alternative.metrics) if self.bridge else ():
                yield ("alternatives", index, *conflict.path.split(".")), conflict.value, conflict.allowed
        yield from self._metric_rules(("feasibility", "ceilings"), self.feasibility.ceilings)
        yield from self._answer_rules()
        for place, value, allowed in conflicts(self.correlations, self.inputs()):
            yield ("correlations", *place), value, allowed

    def _alternative_rules(self) -> Iterator[tuple[tuple[str | int, ...], Any, str]]:
        seen: set[str] = set()
        for index, alternative in enumerate(self.alternatives):
            if alternative.name and alternative.name in seen:
                yield ("alternatives", index, "name"), alternative.name, "each alternative needs a name of its own"
            seen.add(alternative.name)
        status_quo = [index for index, alternative in enumerate(self.alternatives) if alternative.is_status_quo]
        for index in status_quo[1:]:
            yield ("alternatives", index, "kind"), "status_quo", "exactly one alternative may be the status quo"

    def _metric_rules(
        self, place: tuple[str | int, ...], metrics: Mapping[str, Estimate]
    ) -> Iterator[tuple[tuple[str | int, ...], Any, str]]:
        allowed = known_metrics()
        own = {metric.name: metric for metric in self.bridge.metrics} if self.bridge else {}
        free = self.bridge is None or (self.bridge.kind == "curve" and not own)
        for name, estimate in metrics.items():
            metric = own.get(name) or allowed.get(name)
            if metric is None:
                if not free:
                    yield (*place, name), name, f"is not a metric of this kind of task; allowed: {', '.join(own)}"
                continue
            try:
                metric.quantity.check(estimate)
            except PydanticCustomError as refused:
                yield (*place, name), estimate.model_dump(), refused.message()

    def _answer_rules(self) -> Iterator[tuple[tuple[str | int, ...], Any, str]]:
        for identity, answer in self.feasibility.answers.items():
            question = QUESTIONS.get(identity)
            if question is None:
                yield ("feasibility", "answers", identity), identity, "is not a question of the catalogue"
            elif answer.choice not in question.choices_by_id:
                allowed = f"allowed: {', '.join(question.choices_by_id)}"
                yield ("feasibility", "answers", identity, "choice"), answer.choice, allowed

    def inputs(self) -> list[str]:
        """Paths of the value model's inputs, filled in or not: those that may be estimates."""
        found = [f"bridge.{name}" for name in estimate_names(type(self.bridge))] if self.bridge else []
        found += [f"returns.{name}" for name in estimate_names(Returns)]
        for index, alternative in enumerate(self.alternatives):
            path = f"alternatives.{index}"
            found += [f"{path}.metrics.{metric.name}" for metric in (self.bridge.metrics if self.bridge else ())]
            found += [f"{path}.costs.{number}.amount" for number in range(len(alternative.costs))]
            if not alternative.is_status_quo:
                found += [f"{path}.{name}" for name in estimate_names(Alternative)]
        return found

    @property
    def status_quo(self) -> Alternative | None:
        """The alternative that every other is valued against, or None while it is missing."""
        return next((alternative for alternative in self.alternatives if alternative.is_status_quo), None)


def read(document: str | bytes | Mapping[str, Any]) -> Proposal:
    """The proposal in a JSON text or a plain dictionary.

    Raises DocumentRefused, with every problem's path, value and what is allowed.
    """
    content = _parse(document) if isinstance(document, (str, bytes)) else document
    if not isinstance(content, Mapping):
        raise DocumentRefused([Problem("", "", "must be a JSON object with at least a title")])
    try:
        return Proposal.model_validate(dict(content))
    except ValidationError as error:
        raise DocumentRefused(problems_of(error, Proposal)) from None
    except RecursionError:
        raise DocumentRefused([Problem("", "", "is nested too deeply")]) from None


def _parse(document: str | bytes) -> Any:
    try:
        return json.loads(document)
    except (ValueError, RecursionError) as error:
        raise DocumentRefused([Problem("", "", f"must be a JSON document in UTF-8 ({error})")]) from None


def to_dict(proposal: Proposal) -> dict[str, Any]:
    """The document as plain JSON values, without what is empty."""
    return {"schema_version": SCHEMA_VERSION, **_without_empty(proposal.model_dump(mode="json"))}


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not None and item not in ("", [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def write(proposal: Proposal) -> str:
    """The document as JSON text that `read` takes back unchanged."""
    return json.dumps(to_dict(proposal), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def content_hash(proposal: Proposal) -> str:
    """SHA-256 of the document's canonical JSON, in hexadecimal: names one content, whoever saved it."""
    canonical = json.dumps(to_dict(proposal), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Proposal.model_json_schema()}


__all__ = ["Count", "Proposal", "content_hash", "read", "schema", "to_dict", "write"]
