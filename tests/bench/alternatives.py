"""assess() with forty alternatives beside one with ten."""

from __future__ import annotations

from typing import Any

from scoping import Proposal, assess, read
from tests.bench.assessment import median_seconds

_FEW, _MANY = 10, 40
_RUNS = 3


def measure() -> dict[str, float]:
    """Both times, and their ratio."""
    few, many = (
        median_seconds(lambda proposal=proposal: assess(proposal), _RUNS) for proposal in map(_with, (_FEW, _MANY))
    )  # type: ignore[misc]
    print(f"{_FEW} alternatives {1000 * few:.0f} ms, {_MANY} alternatives {1000 * many:.0f} ms: {many / few:.1f} times")
    return {f"{_MANY} alternatives / {_FEW}": many / few}


def _with(count: int) -> Proposal:
    """A ranking with a status quo and so many models, each with a range, a build and a cost of its own."""
    return read(
        {
            "title": "Many alternatives",
            "bridge": {"kind": "ranking", "cases_per_month": _range(500), "baseline_conversion": 0.1, "margin": 10},
            "alternatives": [{"name": "Today", "kind": "status_quo"}, *map(_model, range(count))],
            "returns": {"horizon_months": 36, "discount_rate": 0.1, "drift": 0.1, "retrain_every_months": 6},
        }
    )


def _model(number: int) -> dict[str, Any]:
    lift = 0.05 * (1 + number / 50)
    return {
        "name": f"Model {number}",
        "kind": "classical_ml",
        "metrics": {"lift": _range(lift)},
        "build_months": {"p10": 1, "p50": 3, "p90": 7},
        "success_probability": 0.8,
        "costs": [{"timing": "one_off", "amount": _range(500 + 10 * number)}, {"timing": "monthly", "amount": 10}],
    }


def _range(low: float) -> dict[str, float]:
    return {"p10": low, "p50": 2 * low, "p90": 4 * low}
