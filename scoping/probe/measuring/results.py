"""What measuring a sample gives: the parts of an evidence document that need models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...document.evidence import (
    Automated,
    Errors,
    Flagged,
    InferenceTime,
    LabelQuality,
    Leak,
    LearningCurve,
    Measured,
    Signal,
    Vanished,
)


@dataclass(frozen=True)
class Measurements:
    """Scores out of sample, counts, and codes of what was not measured (`not_done`); no value of any column."""

    signal: Signal | None = None
    leakage: tuple[Leak, ...] = ()
    learning_curve: LearningCurve | None = None
    labels: LabelQuality | None = None
    vanishing: tuple[Vanished, ...] = ()
    latency_ms: InferenceTime | None = None
    metrics: Mapping[str, Measured] = field(default_factory=dict)
    flagged: tuple[Flagged, ...] = ()
    automated: tuple[Automated, ...] = ()
    errors: Errors | None = None
    near_duplicates_across_labels: int | None = None
    not_done: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
