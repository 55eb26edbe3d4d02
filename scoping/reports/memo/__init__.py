"""The memo: what a sponsor reads, as typed parts in one language, without any format.

A renderer of the memo knows this package and nothing else of a proposal: what is not in the memo
cannot get into a file that is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...text.languages import ENGLISH, Language, message, say
from ..blocks import Section
from ..spoken import spoken
from .actuals import ActualsPart
from .commented import CommentsPart
from .finance import FinancePart
from .measured import MeasuredPart
from .parts import (
    AlternativesPart,
    BreakEvenPart,
    ByPartPart,
    ChartsPart,
    DecisionsPart,
    EvidencePart,
    FeasibilityPart,
    FirmnessPart,
    KeyFiguresPart,
    LearnFirstPart,
    MissingPart,
    OutsideViewPart,
    Part,
    PilotSizePart,
    PlanPart,
    ProblemPart,
    RisksPart,
    StagesPart,
    VerdictPart,
)
from .team import (
    AdvicePart,
    CostsPart,
    DataPart,
    GlossaryPart,
    NotesPart,
    OperationsPart,
    OrganisationPart,
    StandingPart,
)


@dataclass(frozen=True)
class Memo:
    """A proposal and its assessment as they are told, part by part. A part that has no figures yet is None.

    `facts` are the lines under the title (label, text); `lead` is the proposal's own summary.
    """

    title: str
    owner: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    standing: StandingPart
    tags: tuple[str, ...]
    footnote: str
    verdict: VerdictPart
    firmness: FirmnessPart | None
    key_figures: KeyFiguresPart | None
    charts: ChartsPart | None
    alternatives: AlternativesPart | None
    by_part: ByPartPart | None
    finance: FinancePart | None
    break_even: BreakEvenPart | None
    learn_first: LearnFirstPart | None
    pilot_size: PilotSizePart | None
    stages: StagesPart | None
    outside_view: OutsideViewPart | None
    feasibility: FeasibilityPart
    problem: ProblemPart
    risks: RisksPart
    plan: PlanPart
    decisions: DecisionsPart
    evidence: EvidencePart
    costs: CostsPart
    data: DataPart
    operations: OperationsPart
    notes: NotesPart
    missing: MissingPart
    glossary: GlossaryPart
    organisation: OrganisationPart | None = None
    measured: MeasuredPart | None = None
    advice: AdvicePart | None = None
    comments: CommentsPart | None = None
    actuals: ActualsPart | None = None
    language: Language = ENGLISH

    def say(self, text: str) -> str:
        """A text of a format's own, in the language of the memo."""
        return say(text, self.language)

    @property
    def all_facts(self) -> tuple[tuple[str, str], ...]:
        """When, which version and what was decided, then the facts, and the tags as the last of them."""
        edition = ((self.say(message("Edition")), self.standing.line),) if self.standing.line else ()
        decision = (self.say(message("Decision")), self.standing.decision)
        return (*edition, decision, *self.facts, *self.tags_told)

    @property
    def tags_told(self) -> tuple[tuple[str, str], ...]:
        """The tags, as a fact."""
        return ((self.say(message("Tags")), ", ".join(self.tags)),) if self.tags else ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """All that there is to tell, in the order in which a document tells it."""
        return self.told(
            (
                self.problem,
                self.verdict,
                self.decisions,
                self.actuals,
                self.advice,
                self.firmness,
                self.key_figures,
                self.charts,
                self.alternatives,
                self.by_part,
                self.finance,
                self.break_even,
                self.measured,
                self.learn_first,
                self.pilot_size,
                self.stages,
                self.outside_view,
                self.feasibility,
                self.data,
                self.operations,
                self.risks,
                self.plan,
                self.organisation,
                self.costs,
                self.evidence,
                self.notes,
                self.missing,
                self.comments,
                self.glossary,
            )
        )

    def told(self, parts: Iterable[Part | None]) -> tuple[Section, ...]:
        """Parts of the memo as sections, in its language; those with nothing in them are left out."""
        sections = (spoken(part.section(), self.language) for part in parts if part is not None)
        return tuple(section for section in sections if section.blocks)

    def section(self, identity: str) -> Section:
        """The section of that id. Raises KeyError."""
        return {section.id: section for section in self.sections}[identity]


__all__ = ["Memo"]
