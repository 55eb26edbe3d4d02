"""Evidence documents that tests vary: of a model with two classes whose ROC curve is binormal, and of a forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from scoping.document.evidence import Evidence

SIZES = (100, 200, 400, 800, 1_600, 3_200)
Document = dict[str, Any]


def flagged(auc: float, rows: int = 10_000, prevalence: float = 0.1) -> list[dict[str, int]]:
    """Counts at twenty thresholds of a binormal ROC curve."""
    positives = round(prevalence * rows)
    apart = float(np.sqrt(2) * ndtri(auc))
    found = []
    for threshold in np.linspace(3.5, -1.5, 20):
        caught = round(positives * float(ndtr(apart - threshold)))
        alarms = round((rows - positives) * float(ndtr(-threshold)))
        found.append({"rows": rows, "positives": positives, "flagged": caught + alarms, "caught": caught})
    return found


def curve(auc_at: Callable[[int], float], sizes: Sequence[int] = SIZES, rows: int = 10_000) -> Document:
    """The learning curve of a model with that ROC AUC by size."""
    points = [
        {
            "rows": size,
            "scores": [auc_at(size) + step for step in (-0.002, 0.0, 0.002)],
            "flagged": flagged(auc_at(size), rows),
        }
        for size in sizes
    ]
    return {"metric": "roc_auc", "model": "gradient_boosting", "points": points, "test_rows": rows}


def content(**changes: Any) -> Document:
    """An evidence document as a probe writes it, without its id."""
    return {
        "evidence_version": 1,
        "source": {"kind": "csv", "name": "claims.csv", "sha256": "a" * 64, "rows": 25_000, "rows_used": 25_000},
        "made": {"on": "2026-11-26", "by": "Ada", "seed": 0, "seconds": 12.5},
        "task": "classification",
        "target": "late",
        "profile": {"rows": 25_000, "columns": 12},
        **changes,
    }


def evidence(**changes: Any) -> Evidence:
    """A sealed evidence document."""
    return Evidence.model_validate(content(**changes)).sealed()


def detected(auc: float = 0.85, **changes: Any) -> Evidence:
    """Evidence of a model with two classes whose learning curve runs towards this ROC AUC."""
    return evidence(
        flagged=flagged(auc),
        learning_curve=curve(lambda size: auc - 1.5 * size**-0.6),
        metrics={"roc_auc": {"value": auc, "low": auc - 0.01, "high": auc + 0.01}},
        **changes,
    )


def forecast(rmse: float = 20.0, **changes: Any) -> Evidence:
    """Evidence of a forecast whose error falls towards this one."""
    points = [{"rows": size, "scores": [rmse + 300 / size**0.5] * 3, "rmse": rmse + 300 / size**0.5} for size in SIZES]
    learning = {"metric": "rmse", "higher_is_better": False, "model": "linear", "points": points, "test_rows": 2_000}
    last = rmse + 300 / SIZES[-1] ** 0.5
    errors = {"rows": 2_000, "mean": 100.0, "rmse": last, "rmse_low": 0.95 * last, "rmse_high": 1.05 * last}
    return evidence(task="regression", learning_curve=learning, errors={**errors, "baseline_rmse": 60.0}, **changes)
