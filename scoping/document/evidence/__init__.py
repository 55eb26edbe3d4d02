"""The evidence document: what a probe measured on a sample of the team's data. It travels, the data does not.

It holds counts, quantiles and scores, never a row of data, and of a column marked personal its name alone. The probe
(`scoping.probe`) writes it where the data is allowed to be; a proposal carries it; the assessment reads nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from ..fields import Section
from .base import MOST_COLUMNS, ColumnName, FewScores, Measured, at_most
from .labels import LabelQuality
from .learning import CurvePoint, LearningCurve
from .operating import Automated, Errors, Flagged, check_automated, check_flagged
from .possible import BOUNDS, within_bounds
from .profile import ClassBalance, ColumnProfile, Coverage, Drift, Profile
from .serving import InferenceTime, Vanished
from .signal import Leak, LeakKind, Signal
from .source import Made, Source

TaskMeasured = Literal["classification", "regression"]
_ID = "id"


class Evidence(Section):
    """What was measured: of which data, when, by what, and how sure it is. Every score is out of sample."""

    IS_MEASURED: ClassVar[bool] = True

    evidence_version: Literal[1] = 1
    id: str = Field(
        default="", max_length=100, description="SHA-256 of everything else: tells documents apart, and a changed one."
    )
    source: Source
    made: Made
    task: TaskMeasured = Field(description="Whether a class or a number is predicted.")
    target: ColumnName = Field(description="The column that is predicted.")
    time: ColumnName = Field(default="", description="The column that says when a row happened.")
    group: ColumnName = Field(
        default="", description="The column that says whose a row is: no one is on both sides of a split."
    )
    second_label: ColumnName = Field(default="", description="The column with a second label of the same rows.")
    personal: list[ColumnName] = Field(
        default_factory=list, max_length=MOST_COLUMNS, description="Columns that are told by name alone."
    )
    profile: Profile
    signal: Signal | None = Field(
        default=None, description="None where too little is there to measure on: see not_done."
    )
    leakage: list[Leak] = Field(
        default_factory=list, max_length=MOST_COLUMNS, description="What is too good to be true."
    )
    learning_curve: LearningCurve | None = None
    labels: LabelQuality | None = None
    vanishing: list[Vanished] = Field(
        default_factory=list, max_length=20, description="The score when the strongest inputs are missing."
    )
    latency_ms: InferenceTime | None = None
    metrics: dict[str, Measured] = Field(
        default_factory=dict,
        max_length=50,
        description="Every metric of the best model by its usual name (roc_auc, accuracy, rmse, mape, r2), with its interval.",
    )
    flagged: list[Flagged] = Field(
        default_factory=list, max_length=101, description="Two classes: what is caught when so many are flagged."
    )
    automated: list[Automated] = Field(
        default_factory=list, max_length=101, description="Classes: how accurate the surest answers are."
    )
    errors: Errors | None = None
    not_done: list[str] = Field(
        default_factory=list, max_length=50, description="Codes of what was not measured, and why (scoping/text)."
    )

    @model_validator(mode="after")
    def _goes_together(self) -> Evidence:
        for name, told in self.metrics.items():
            within_bounds(name, told.low, told.high)
        metric = self.signal.metric if self.signal else ""
        for gone in self.vanishing:
            within_bounds(metric, gone.score.low, gone.score.high)
        check_flagged(self.flagged)
        check_automated(self.automated)
        at_most(self.source.rows, self.profile.rows, *(each.rows for each in self.leakage))
        at_most(self.source.rows_used, *self._scored())
        return self

    def _scored(self) -> Iterator[int]:
        """How many rows were scored, wherever that is said: no more than were drawn, each of them once."""
        yield from (each.rows for each in self.flagged)
        yield from (each.rows for each in self.automated)
        if self.signal is not None:
            yield self.signal.test_rows
        if self.errors is not None:
            yield self.errors.rows
        if self.labels is not None:
            yield self.labels.labelled_twice
        if self.learning_curve is not None:
            yield from (each.rows + self.learning_curve.test_rows for each in self.learning_curve.points)
            for point in self.learning_curve.points:
                yield from (each.rows for each in point.flagged)
                yield from (each.rows for each in point.automated)

    @property
    def is_sealed(self) -> bool:
        """True where the id is that of the content: nobody has changed a figure since."""
        return self.id == digest_of(self)

    def sealed(self) -> Evidence:
        """The same with its id."""
        return self.model_copy(update={_ID: digest_of(self)})


def digest_of(evidence: Evidence) -> str:
    """SHA-256 over everything that was said but the id: what is left at its default does not count.

    So a later version may add fields, and evidence of today keeps its id.
    """
    measured = evidence.model_dump(mode="json", exclude={_ID}, exclude_defaults=True)
    said = json.dumps(measured, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(said.encode()).hexdigest()


def plain(evidence: Evidence, *without: str) -> dict[str, Any]:
    """The document as plain JSON values."""
    return evidence.model_dump(mode="json", exclude=set(without))


__all__ = [
    "BOUNDS",
    "Automated",
    "ClassBalance",
    "ColumnProfile",
    "Coverage",
    "CurvePoint",
    "Drift",
    "Errors",
    "Evidence",
    "FewScores",
    "Flagged",
    "InferenceTime",
    "LabelQuality",
    "Leak",
    "LeakKind",
    "LearningCurve",
    "Made",
    "Measured",
    "Profile",
    "Signal",
    "Source",
    "TaskMeasured",
    "Vanished",
    "digest_of",
    "plain",
]
