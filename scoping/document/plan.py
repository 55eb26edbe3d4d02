"""Sections Pilot, Risks, Milestones and Resources: the way there."""

from __future__ import annotations

from typing import Annotated

from ..vocabulary import Level, MilestoneKind, Unit
from .fields import Money, Months, PlainMonths, PlainShare, Quantity, Section, WholeNumber, optional, text, word


class Pilot(Section):
    """A cheap look before the commitment."""

    months: Months | None = optional("Length", "How many months the pilot takes.")
    cost: Money | None = optional("Cost", "What the pilot costs in all, but for labels counted one by one.")
    labelled_cases: Annotated[WholeNumber, Quantity(Unit.CASES, 0, 1e9)] | None = optional(
        "Labelled cases", "How many cases the pilot checks against the truth."
    )
    cost_per_label: Money | None = optional(
        "Cost of a label", "What checking one more case against the truth costs. Empty: labels are in the cost above."
    )
    reveals_failures: PlainShare | None = optional(
        "Failures it would reveal",
        "Of the builds that would never reach production, the share that this pilot would show beforehand. Empty: none.",
    )


class Risk(Section):
    """What may go wrong, and what is done about it."""

    name: str = text("Risk", "What may happen.")
    likelihood: Level | None = word("Likelihood", "How likely it is.")
    impact: Level | None = word("Impact", "How bad it would be.")
    response: str = text("Response", "What is done about it.")
    owner: str = text("Owner", "Who watches it.")


class Milestone(Section):
    """What is reached when, and how one sees it."""

    name: str = text("Milestone", "What is reached.")
    kind: MilestoneKind = word(
        "Kind", "Whether it is a result of modelling, software, business, or a decision.", MilestoneKind.DECISION
    )
    metric: str = text("Metric", "How one sees that it is reached.")
    target: str = text("Target", "The value that counts as reached.")
    due_month: PlainMonths | None = optional("Due month", "Months after the start.")
    owner: str = text("Owner", "Who answers for it.")


class Resource(Section):
    """Who or what the work needs."""

    name: str = text("Person or resource", "Who or what is needed.")
    role: str = text("Role", "What for.")
    share: PlainShare | None = optional("Share of time", "How much of a full-time position.")
    months: PlainMonths | None = optional("Months", "For how long.")
