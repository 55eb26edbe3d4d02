"""The register of decisions as a file for a spreadsheet: a line a decision, with the figures that were signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..text.languages import Language, joined, message, say
from ..verdict import RECOMMENDATIONS
from .sheets import csv_file, excel_file
from .workbooks import MEDIA_TYPE

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
    is_newest: bool
    figures: Mapping[str, Any]
    is_verified: bool = False
    advice: tuple[str, ...] = ()

    @property
    def meant(self) -> Mapping[str, Any]:
        """The signed figures of the alternative that is meant."""
        own = self.figures.get("alternatives", [])
        return next((each for each in own if self.alternative and each["name"] == self.alternative), {})

    def npv(self, part: str) -> float | None:
        """One figure of the net present value that was signed."""
        found: float | None = self.meant.get("npv", {}).get(part)
        return found


@dataclass(frozen=True)
class _Column:
    title: str
    value: Callable[[RegisterLine], Any]
    width: float = 16


def _yes(value: bool) -> str:
    return message("yes") if value else message("no")


_COLUMNS = (
    _Column(message("Proposal"), lambda line: line.title, 44),
    _Column(message("Decision"), lambda line: RECOMMENDATIONS[line.outcome], 22),
    _Column(message("Alternative"), lambda line: line.alternative, 30),
    _Column(message("Recommendation"), lambda line: RECOMMENDATIONS[line.recommendation], 22),
    _Column(message("As recommended"), lambda line: _yes(line.accepted)),
    _Column(message("Version"), lambda line: line.version, 10),
    _Column(message("Decided by"), lambda line: line.decided_by, 26),
    _Column(message("By sign-in"), lambda line: _yes(line.is_verified), 10),
    _Column(message("Decided on"), lambda line: line.decided_on.isoformat()),
    _Column(message("Review on"), lambda line: line.review_on.isoformat() if line.review_on else ""),
    _Column(message("Overdue"), lambda line: _yes(line.is_overdue), 10),
    _Column(message("Followed by a later decision"), lambda line: _yes(not line.is_newest)),
    _Column(message("Reason"), lambda line: line.reason, 50),
    _Column(message("Conditions"), lambda line: "\n".join(line.conditions), 60),
    _Column(message("Advice that there was"), lambda line: joined("\n", line.advice), 60),
    _Column(message("Currency"), lambda line: str(line.figures.get("currency", "")), 10),
    _Column(message("Expected NPV"), lambda line: line.npv("mean")),
    _Column(message("NPV P10"), lambda line: line.npv("p10")),
    _Column(message("NPV P90"), lambda line: line.npv("p90")),
    _Column(message("Chance of loss (0 to 1)"), lambda line: line.meant.get("probability_of_loss")),
)


@dataclass(frozen=True)
class RegisterFormat:
    """A file that the register can be had as."""

    name: str
    title: str
    media_type: str


REGISTER_FORMATS = (
    RegisterFormat("csv", message("Decisions as CSV"), "text/csv"),
    RegisterFormat("xlsx", message("Decisions as Excel"), MEDIA_TYPE),
)


def render_register(lines: Iterable[RegisterLine], name: str, language: Language) -> bytes:
    """The file, in a language. What people typed stays as they typed it."""
    head = [say(column.title, language) for column in _COLUMNS]
    rows = ([_said(column.value(line), language) for column in _COLUMNS] for line in lines)
    if name == "csv":
        return csv_file(head, rows)
    return excel_file(say(TITLE, language), head, [column.width for column in _COLUMNS], rows)


def _said(value: Any, language: Language) -> Any:
    return say(value, language) if isinstance(value, str) else value
