"""The register of decisions as a file for a spreadsheet: a line a decision, with the figures that were signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..text.languages import Language, joined, message
from ..text.reviewing import DECISION_STATES
from ..verdict import RECOMMENDATIONS
from .edition import ChainNote, DutyNote
from .listed import Column, render_list, yes

TITLE = message("Decisions")


@dataclass(frozen=True)
class RegisterLine:
    """One recorded decision. `figures` are those of the assessment that was seen; `is_overdue` is about its review."""

    title: str
    outcome: str
    alternative: str
    recommendation: str
    accepted: bool
    version: int
    decided_by: str
    decided_on: date
    reason: str
    conditions: tuple[str, ...]
    review_on: date | None
    is_overdue: bool
    figures: Mapping[str, Any]
    is_verified: bool = False
    advice: tuple[str, ...] = ()
    chain: ChainNote = field(default_factory=ChainNote)
    duties: tuple[DutyNote, ...] = ()

    @property
    def meant(self) -> Mapping[str, Any]:
        """The signed figures of the alternative that is meant."""
        own = self.figures.get("alternatives", [])
        return next((each for each in own if self.alternative and each["name"] == self.alternative), {})

    def npv(self, part: str) -> float | None:
        """One figure of the net present value that was signed."""
        found: float | None = self.meant.get("npv", {}).get(part)
        return found


def _duty(duty: DutyNote) -> str:
    """A condition with its owner and its day, as people typed them and as machines read them."""
    beside = ", ".join(filter(None, (duty.owner, duty.due_on.isoformat() if duty.due_on else "")))
    return f"{duty.condition}: {beside}"


_COLUMNS: tuple[Column[RegisterLine], ...] = (
    Column(message("Proposal"), lambda line: line.title, 44),
    Column(message("Decision"), lambda line: RECOMMENDATIONS[line.outcome], 22),
    Column(message("Alternative"), lambda line: line.alternative, 30),
    Column(message("Recommendation"), lambda line: RECOMMENDATIONS[line.recommendation], 22),
    Column(message("As recommended"), lambda line: yes(line.accepted)),
    Column(message("Version"), lambda line: line.version, 10),
    Column(message("Decided by"), lambda line: line.decided_by, 26),
    Column(message("By sign-in"), lambda line: yes(line.is_verified), 10),
    Column(message("Decided on"), lambda line: line.decided_on.isoformat()),
    Column(message("Review on"), lambda line: line.review_on.isoformat() if line.review_on else ""),
    Column(message("Overdue"), lambda line: yes(line.is_overdue), 10),
    Column(message("State"), lambda line: DECISION_STATES[line.chain.state], 14),
    Column(message("Decision number"), lambda line: line.chain.number, 10),
    Column(message("Supersedes number"), lambda line: line.chain.supersedes or None, 10),
    Column(message("Superseded by number"), lambda line: line.chain.superseded_by or None, 10),
    Column(message("Ended on"), lambda line: line.chain.ended_on.isoformat() if line.chain.ended_on else ""),
    Column(message("Withdrawn by"), lambda line: line.chain.withdrawer if line.chain.withdrawn_by else "", 26),
    Column(message("Why withdrawn"), lambda line: line.chain.reason, 50),
    Column(message("Reason"), lambda line: line.reason, 50),
    Column(message("Conditions"), lambda line: "\n".join(line.conditions), 60),
    Column(message("Who sees to it, and by when"), lambda line: "\n".join(map(_duty, line.duties)), 60),
    Column(message("Advice that there was"), lambda line: joined("\n", line.advice), 60),
    Column(message("Currency"), lambda line: str(line.figures.get("currency", "")), 10),
    Column(message("Expected NPV"), lambda line: line.npv("mean")),
    Column(message("NPV P10"), lambda line: line.npv("p10")),
    Column(message("NPV P90"), lambda line: line.npv("p90")),
    Column(message("Chance of loss (0 to 1)"), lambda line: line.meant.get("probability_of_loss")),
)


def render_register(lines: Iterable[RegisterLine], name: str, language: Language) -> bytes:
    """The file, in a language. What people typed stays as they typed it."""
    return render_list(TITLE, _COLUMNS, lines, name, language)
