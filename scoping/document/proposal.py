"""The Proposal: the document in which a team writes down what it knows and what it guesses."""

from __future__ import annotations

from typing import Annotated

from babel.core import get_global
from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from ..text.languages import message
from .allowed import not_allowed
from .alternatives import MOST_ALTERNATIVES, Alternative
from .answers import MOST_NAMES, Feasibility
from .correlations import MOST_CORRELATIONS, Correlation, canonical
from .data import Data, DataSource, Operations, named
from .evidence import Evidence
from .fields import LONGEST_TEXT, Section, WholeNumber, group, rows, text
from .finance import Finance
from .grounds import MOST_GROUNDS, Ground
from .kinds import AnyBridge
from .own import OwnValues
from .paths import Path
from .plan import Milestone, Pilot, Resource, Risk
from .problem import ProblemSection, Text
from .returns import Returns
from .rules import inconsistencies, input_paths
from .standards import Standards
from .upgrades import newest


def _known_currency(code: str) -> str:
    if code not in get_global("all_currencies"):
        raise not_allowed("currency", message("must be an ISO 4217 currency code such as EUR, USD or GBP"))
    return code


def _this_version(version: int) -> int:
    if version != newest():
        raise not_allowed("version", message("must be a whole number from 1 to {newest}", newest=str(newest())))
    return version


MOST_EVIDENCE = 20
Currency = Annotated[str, AfterValidator(_known_currency)]
Version = Annotated[WholeNumber, AfterValidator(_this_version)]


class Proposal(Section):
    """Everything that the team knows and guesses. Every section but the title may be absent."""

    schema_version: Version = Field(
        default_factory=newest, title="Schema version", description="The version of this document's form."
    )
    title: str = Field(
        title="Title",
        description="A short name that people will recognise in a list.",
        min_length=1,
        max_length=LONGEST_TEXT,
        pattern=r"\S",
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
        "Alternatives", "The ways to handle the cases. Exactly one is the status quo.", most=MOST_ALTERNATIVES
    )
    returns: Returns = group("Returns", "Time, adoption and discounting.", Returns)
    finance: Finance = group("Finance", "Tax, capital cost, prices, soft benefits, fiscal years.", Finance)
    correlations: list[Correlation] = Field(
        default_factory=list,
        title="Inputs that move together",
        description="Pairs of inputs that tend to be high or low together. Pairs not named move on their own.",
        max_length=MOST_CORRELATIONS,
    )
    feasibility: Feasibility = group("Feasibility", "Whether it can be done at all.", Feasibility)
    data: Data = group("Data", "What there is to learn from.", Data)
    operations: Operations = group("Operations", "What production asks for.", Operations)
    evidence: list[Evidence] = rows(
        "Evidence from data", "What probes measured on samples of the team's data.", most=MOST_EVIDENCE
    )
    grounds: list[Ground] = rows(
        "What figures rest on",
        "Estimates, ceilings and answers, by their place, and what each rests on.",
        most=MOST_GROUNDS,
    )
    pilot: Pilot = group("Pilot", "A cheap look before the commitment.", Pilot)
    risks: list[Annotated[Risk, named]] = rows("Risks", "What may go wrong, and what is done about it.")
    milestones: list[Milestone] = rows("Milestones", "What is reached when, and how one sees it.")
    resources: list[Annotated[Resource, named]] = rows("Resources", "Who and what the work needs.")
    organisation: Standards = group(
        "Organisation", "What the organisation laid down when the proposal was begun, or last took it over.", Standards
    )
    own: OwnValues = Field(
        default_factory=dict,
        title="Own fields",
        description="What stands in the organisation's own fields, by their short names.",
        max_length=MOST_NAMES,
    )

    @model_validator(mode="after")
    def _consistent(self) -> Proposal:
        errors = [
            InitErrorDetails(type=not_allowed("consistency", allowed), loc=loc, input=value)
            for loc, value, allowed in inconsistencies(self)
        ]
        if errors:
            raise ValidationError.from_exception_data("Proposal", errors)
        return self

    def inputs(self) -> list[Path]:
        """Paths of the value model's inputs, filled in or not: those that may be estimates."""
        return list(input_paths(self))

    def correlated(self) -> list[Correlation]:
        """The inputs that move together, each by the path under which `inputs` has it."""
        return canonical(self.correlations, self.inputs()) if self.correlations else []

    def evidence_of(self, alternative: Alternative) -> Evidence | None:
        """The evidence from data that measured an alternative; None where it names none."""
        return next((each for each in self.evidence if each.id and each.id == alternative.measured_by), None)

    @property
    def has_finance(self) -> bool:
        """True where finance wants its own view: the section says something, or a cost is capitalised."""
        capital = (cost.is_capital for each in self.alternatives for cost in each.costs)
        return self.finance.says_something or any(capital)

    @property
    def status_quo(self) -> Alternative | None:
        """The alternative that every other is valued against, or None while it is missing."""
        return next((alternative for alternative in self.alternatives if alternative.is_status_quo), None)


# What others name by where the whole document is.
__all__ = ["Alternative", "Currency", "DataSource", "Proposal"]
