"""The typed parts of a memo. Each knows the heading and the blocks by which a document tells it.

Texts in a part are ready to read; the headings here are phrases, which the memo says in its language.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Protocol

from ...text.languages import joined, message
from ...vocabulary import GateStatus, Recommendation
from ..blocks import (
    Block,
    Bullets,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    bullets,
    paragraph,
    section,
)

HOW_GOOD = message("How good must the model be, and can anyone be that good?")
BY_PART = message("Where does the value come from?")
LEARN_FIRST = message("What to learn first")
RISKS = message("Risks")


class Part(Protocol):
    """Something that a document tells under one heading."""

    def section(self) -> Section:
        """The heading, and the blocks below it."""
        ...


@dataclass(frozen=True)
class VerdictPart:
    """What is recommended, why, and on which conditions. `said` is the recommendation in words."""

    recommendation: Recommendation
    said: str
    reasons: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    caution: str = ""

    def section(self) -> Section:
        """How firm it is where it is not, the reasons, then the conditions."""
        title = message("Verdict: {verdict}", verdict=self.said)
        head = Paragraph(message("Conditions")) if self.conditions else None
        return section("verdict", title, paragraph(self.caution), Bullets(self.reasons), head, bullets(self.conditions))


@dataclass(frozen=True)
class FirmnessPart:
    """How firm the verdict is in a sentence, the smallest changes that flip it, and remarks on the figures."""

    sentence: str
    flips: Table | None
    remarks: tuple[str, ...] = ()

    def section(self) -> Section:
        """The sentence, the remarks, the table."""
        title = message("How firm is the verdict?")
        return section("firmness", title, paragraph(self.sentence), bullets(self.remarks), self.flips)


@dataclass(frozen=True)
class KeyFiguresPart:
    """The figures that a sponsor asks for first, and whose they are."""

    about: str
    figures: tuple[KeyFigure, ...]

    def section(self) -> Section:
        """The figures side by side."""
        return section("figures", message("Key figures"), Paragraph(self.about, muted=True), KeyFigures(self.figures))


@dataclass(frozen=True)
class ChartsPart:
    """The charts of the leading alternative, by what they show; `metrics` has one for each technical metric."""

    npv: Figure
    cash_flow: Figure
    tornado: Figure | None
    metrics: tuple[Figure, ...]
    metric_map: Figure | None
    profit_curve: Figure | None
    alternatives: Figure | None
    learn_first: Figure | None = None

    def in_order(self) -> tuple[Figure, ...]:
        """All charts that there are."""
        found = (self.npv, self.cash_flow, self.tornado, self.learn_first, *self.metrics)
        return tuple(each for each in (*found, self.metric_map, self.profit_curve, self.alternatives) if each)

    def first_four(self) -> tuple[Figure, ...]:
        """What it may be worth, how good it must be, the money by month, what matters most."""
        return tuple(each for each in (self.npv, *self.metrics[:1], self.cash_flow, self.tornado) if each)

    def section(self) -> Section:
        """Every chart."""
        return section("charts", message("In pictures"), *self.in_order())


class WorthColumn(IntEnum):
    """The columns of what the alternatives are worth."""

    NAME, KIND, EXPECTED, P10, P90, LOSS, BEST, PAYBACK = range(8)


@dataclass(frozen=True)
class AlternativesPart:
    """The alternatives side by side: what each is worth, what a model adds, how good it is and what it costs."""

    best: str
    worth: Table
    model_adds: Table | None = None
    quality: Table | None = None

    def section(self) -> Section:
        """The best one in a sentence, then the tables."""
        return section(
            "alternatives", message("Alternatives"), paragraph(self.best), self.worth, self.model_adds, self.quality
        )


@dataclass(frozen=True)
class ByPartPart:
    """Where the value comes from: which stream or segment carries it, in sentences and in a table."""

    sentences: tuple[str, ...]
    table: Table

    def section(self) -> Section:
        """The sentences and the table."""
        return section("by_part", BY_PART, Bullets(self.sentences), self.table)


@dataclass(frozen=True)
class BreakEvenPart:
    """How good the model must be: in sentences for the leading alternative, in a table for all."""

    sentences: tuple[str, ...]
    table: Table

    def section(self) -> Section:
        """The sentences and the table."""
        return section("break_even", HOW_GOOD, Bullets(self.sentences), self.table)


@dataclass(frozen=True)
class LearnFirstPart:
    """What it is worth to know more: everything, the pilot's reading, each input; `rest` tells of the others."""

    sentences: tuple[str, ...]
    inputs: Table | None
    rest: str

    def section(self) -> Section:
        """The sentences, the inputs and the rest."""
        return section(
            "learn_first", LEARN_FIRST, Bullets(self.sentences), self.inputs, paragraph(self.rest, muted=True)
        )


@dataclass(frozen=True)
class PilotSizePart:
    """How large the pilot should be: the best size in a sentence, what the planned one brings, and a chart of all."""

    best: str
    planned: str
    chart: Figure | None

    def in_short(self) -> PilotSizePart:
        """The best size alone."""
        return replace(self, planned="", chart=None)

    def section(self) -> Section:
        """The chart, whose sentence says both; the sentences alone where there is no room for a chart."""
        block: Block = self.chart or Paragraph(joined(" ", filter(None, (self.best, self.planned))))
        return section("pilot_size", message("How large should the pilot be?"), block)


@dataclass(frozen=True)
class StagesPart:
    """Pilot, build, run: what each costs, how likely it is reached, and what the right to stop is worth."""

    sentence: str
    table: Table

    def section(self) -> Section:
        """The sentence and the table."""
        return section("stages", message("Stage by stage"), Paragraph(self.sentence), self.table)


@dataclass(frozen=True)
class OutsideViewPart:
    """What the alternatives are worth if they go as others went, or own projects, and who counted those.

    `factors` has what the own projects say, where they count.
    """

    about: str
    factors: Table | None
    table: Table
    source: str

    def section(self) -> Section:
        """The class, the tables and the source."""
        source = paragraph(self.source, muted=True)
        about = Paragraph(self.about)
        return section("outside_view", message("The outside view"), about, self.factors, self.table, source)


@dataclass(frozen=True)
class GateLine:
    """One gate: its title, whether it holds, that in words, and why."""

    title: str
    status: GateStatus
    state: str
    reason: str


@dataclass(frozen=True)
class FeasibilityPart:
    """How much is answered, the gates, the score by area; `remark` stands where no gate is named.

    `notes` say what follows from what is known, `duties` what the law asks for.
    """

    lead: str
    gates: tuple[GateLine, ...]
    areas: Table | None
    remark: str = ""
    notes: tuple[str, ...] = ()
    duties: Table | None = None

    def in_short(self) -> FeasibilityPart:
        """Gates that passed are counted; those that did not are named."""
        kept = tuple(gate for gate in self.gates if gate.status is not GateStatus.PASSED)
        count = str(len(self.gates))
        return replace(
            self,
            gates=kept,
            areas=None,
            notes=(),
            duties=None,
            remark="" if kept else message("{passed} of {all} gates passed.", passed=count, all=count),
        )

    def section(self) -> Section:
        """The lead, the gates, the areas, what follows, and the duties."""
        gates: Block = Paragraph(self.remark) if self.remark else self._gates()
        notes = bullets(self.notes)
        return section(
            "feasibility", message("Feasibility"), Paragraph(self.lead), gates, self.areas, notes, self.duties
        )

    def _gates(self) -> Table:
        rows = tuple((gate.title, gate.state, gate.reason) for gate in self.gates)
        return Table(message("Gates"), (message("Gate"), message("State"), message("Why")), rows)


@dataclass(frozen=True)
class ProblemPart:
    """The problem in the team's words, and the figure of the business that is to move."""

    statements: tuple[str, ...]
    business_metric: str
    guardrails: tuple[str, ...]

    def section(self) -> Section:
        """The statements, the metric and what must not get worse."""
        head = Paragraph(message("Guardrails")) if self.guardrails else None
        texts = map(Paragraph, self.statements)
        metric = paragraph(self.business_metric)
        return section("problem", message("The problem"), *texts, metric, head, bullets(self.guardrails))


class RiskColumn(IntEnum):
    """The columns of the risks."""

    NAME, LIKELIHOOD, IMPACT, RESPONSE, OWNER = range(5)


@dataclass(frozen=True)
class RisksPart:
    """What may go wrong, and what is done about it."""

    table: Table | None

    def section(self) -> Section:
        """The table."""
        return section("risks", RISKS, self.table)


class MilestoneColumn(IntEnum):
    """The columns of the milestones."""

    MONTH, NAME, KIND, REACHED_WHEN, OWNER = range(5)


@dataclass(frozen=True)
class PlanPart:
    """The pilot in a sentence, and the milestones in the order in which they are due."""

    pilot: str
    milestones: Table | None
    resources: Table | None = None

    def section(self) -> Section:
        """The pilot, the milestones, and who and what the work needs."""
        return section("plan", message("Plan"), paragraph(self.pilot), self.milestones, self.resources)


@dataclass(frozen=True)
class DecisionTold:
    """One recorded decision as a sentence, its conditions, the advice that there was, and its place in the chain."""

    sentence: str
    conditions: tuple[str, ...]
    advice: tuple[str, ...] = ()
    chain: str = ""

    def blocks(self) -> tuple[Block | None, ...]:
        """How it stands, the sentence, then the lists."""
        chain = Paragraph(self.chain) if self.chain else None
        head = Paragraph(message("Advice that there was")) if self.advice else None
        return chain, Paragraph(self.sentence), bullets(self.conditions), head, bullets(self.advice)


@dataclass(frozen=True)
class DecisionsPart:
    """What was decided, the newest first."""

    told: tuple[DecisionTold, ...]

    def section(self) -> Section:
        """Each decision with its conditions and its advice."""
        return section("decisions", message("Decisions"), *(block for each in self.told for block in each.blocks()))


@dataclass(frozen=True)
class EvidencePart:
    """What the figures rest on: named evidence, what was said of single ones, judgements, correlations, guesses."""

    alternatives: Table | None
    judgements: Table | None
    correlations: Table | None
    guesses: tuple[str, ...]
    agreements: tuple[str, ...] = ()
    ends: Table | None = None
    grounds: Table | None = None

    def section(self) -> Section:
        """The tables, then the answers that are guesses."""
        head = Paragraph(message("Answers that are marked as guesses")) if self.guesses else None
        agreements = bullets(self.agreements)
        tables = (self.alternatives, self.grounds, self.ends, self.judgements, agreements, self.correlations)
        return section("assumptions", message("Evidence and guesses"), *tables, head, bullets(self.guesses))


@dataclass(frozen=True)
class MissingPart:
    """The fields that are still empty, by their titles."""

    fields: tuple[str, ...]

    def section(self) -> Section:
        """The list."""
        return section("missing", message("What is missing"), bullets(self.fields))
