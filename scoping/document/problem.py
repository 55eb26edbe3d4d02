"""Section Problem: what is wrong, and who decides what differently."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..vocabulary import Better, System
from .fields import LONGEST_TEXT, AnyNumber, Section, group, optional, rows, text, word

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


class BusinessMetric(Section):
    """The business number that should move, and what must not get worse meanwhile."""

    name: str = text("Business metric", "The number that the sponsor already watches and that this should move.")
    unit: str = text("Unit", "What it is counted in: %, EUR a month, days.")
    current: AnyNumber | None = optional("Today", "Its value now.")
    target: AnyNumber | None = optional("Target", "The value that would count as success.")
    direction: Better = word("Better is", "Whether the metric should rise or fall.", Better.UP)
    guardrails: list[Text] = rows("Guardrails", "What must not get worse meanwhile: complaints, safety, fairness.")


class ProblemSection(Section):
    """What goes wrong today, and what someone would do differently."""

    statement: str = text("Problem", "What goes wrong today, for whom, how often. No solution yet.", long=True)
    affected: str = text("Who is affected", "The people who have the problem, and how many they are.", long=True)
    status_quo: str = text("How it is handled today", "What people do now, without the new system.", long=True)
    decision: str = text(
        "What will be decided differently",
        "What someone does with the output. If nothing changes, there is no value.",
        long=True,
    )
    system: System | None = word(
        "New or existing system", "Whether a system of this kind already runs; its history is the best forecast."
    )
    business_metric: BusinessMetric = group("Business metric", "The business number that should move.", BusinessMetric)
