"""An evidence document as a probe would write it, with something of everything in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from scoping.document.evidence import (
    ClassBalance,
    ColumnProfile,
    Coverage,
    CurvePoint,
    Drift,
    Evidence,
    Flagged,
    InferenceTime,
    LabelQuality,
    Leak,
    LearningCurve,
    Made,
    Measured,
    Profile,
    Signal,
    Source,
    Vanished,
)

ROWS = 12_000


def measured(**changes: Any) -> Evidence:
    """Signal, a rising curve, some wrong labels, a leak, a column that shifted; sealed."""
    return _document(**changes).sealed()


def between(value: float, half: float) -> Measured:
    """A number with an interval that goes as far on both sides."""
    return Measured(value=value, low=value - half, high=value + half)


def _document(**changes: Any) -> Evidence:
    said: dict[str, Any] = {
        "source": Source(kind="csv", name="claims.csv", sha256="ab" * 32, rows=ROWS, rows_used=10_000),
        "made": Made(on=date(2026, 11, 20), by="Ada", seed=7, seconds=31.0, versions={"scikit-learn": "1.9.0"}),
        "task": "classification",
        "target": "is_fraud",
        "time": "filed_on",
        "personal": ["insured_name"],
        "profile": _profile(),
        "signal": _signal(),
        "leakage": [Leak(kind="predicts_alone", columns=["paid_out"], score=0.991)],
        "learning_curve": _curve(),
        "labels": _labels(),
        "vanishing": _vanishing(),
        "latency_ms": InferenceTime(p50=3.1, p95=6.4, model="gradient_boosting"),
        "metrics": {"roc_auc": between(0.87, 0.02), "average_precision": between(0.41, 0.05)},
        "flagged": [Flagged(rows=3_000, positives=120, flagged=150, caught=84)],
    }
    return Evidence(**{**said, **changes})


def _profile() -> Profile:
    drift = Drift(population_stability_index=0.41, missing_before=0.02, missing_after=0.31)
    return Profile(
        rows=ROWS,
        columns=14,
        target_missing=40,
        duplicates=260,
        near_duplicates_across_labels=80,
        classes=ClassBalance(counts=[11_480, 480], classes=2),
        coverage=Coverage(first="2024-01-02", last="2026-10-30", longest_gap_days=41.0, usual_gap_days=0.1),
        told=[
            ColumnProfile(name="is_fraud", type="yes_no", missing=40, distinct=2),
            ColumnProfile(name="insured_name", is_personal=True),
            ColumnProfile(name="region", type="text", missing=5_000, distinct=16, drift=drift),
            ColumnProfile(name="claim_id", type="text", missing=0, distinct=ROWS, is_identifier_like=True),
        ],
    )


def _signal() -> Signal:
    return Signal(
        found=True,
        metric="roc_auc",
        score=0.87,
        interval=[0.85, 0.89],
        model="gradient_boosting",
        models={"linear": 0.81, "gradient_boosting": 0.87},
        baseline=0.5,
        baselines={"most_frequent": 0.5},
        permuted=0.501,
        permuted_scores=[0.49, 0.501, 0.512],
        p_value=0.01,
        split="by_time",
        folds=5,
        test_rows=3_000,
    )


def _curve() -> LearningCurve:
    sizes = (200, 400, 800, 1_600, 3_200, 7_000)
    scores = [0.9 - 2.6 * size**-0.62 for size in sizes]
    return LearningCurve(
        metric="roc_auc",
        model="gradient_boosting",
        points=[
            CurvePoint(rows=size, scores=[value - 0.01, value, value + 0.01])
            for size, value in zip(sizes, scores, strict=True)
        ],
        test_rows=3_000,
        asymptote=between(0.9, 0.015),
        at_four_times=between(0.893, 0.012),
    )


def _labels() -> LabelQuality:
    return LabelQuality(
        contradicted=between(0.052, 0.012),
        rows_to_look_at=[17, 402, 5_011],
        labelled_twice=200,
        agreement=between(0.91, 0.04),
        kappa=between(0.58, 0.1),
        agreed_counts=[[150, 10], [8, 32]],
    )


def _vanishing() -> list[Vanished]:
    return [
        Vanished(strongest=1, columns=["paid_out"], score=between(0.66, 0.03)),
        Vanished(strongest=2, columns=["paid_out", "region"], score=between(0.6, 0.03)),
    ]
