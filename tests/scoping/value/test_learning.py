"""What one input is worth to know among many alternatives, against quadrature."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scoping import assess, read
from scoping.document.paths import Path
from scoping.value.choice import Learning
from scoping.value.information import evppi_with_error, with_status_quo
from scoping.value.model import value_model
from scoping.value.simulate import simulate

ALTERNATIVES = 12
GAIN = 12 * 1_000 * 0.3 * 10
"""A year of 1,000 cases, at 10 for each of the 30 % that the model adds."""


def document(**others: Any) -> dict[str, Any]:
    """A status quo and so many models that gain alike; each has a build cost of its own, dearer one after the other."""
    return {
        "title": "Many alternatives",
        "bridge": {"kind": "ranking", "cases_per_month": 1_000, "baseline_conversion": 0.3, "margin": 10},
        "alternatives": [{"name": "Today", "kind": "status_quo"}, *map(model_number, range(1, ALTERNATIVES + 1))],
        "returns": {"horizon_months": 12, "discount_rate": 0.0},
        **others,
    }


def model_number(number: int) -> dict[str, Any]:
    middle = 20_000.0 + 1_000 * number
    return {
        "name": f"Model {number}",
        "kind": "classical_ml",
        "metrics": {"lift": 1.0},
        "build_months": 0,
        "success_probability": 1,
        "costs": [{"timing": "one_off", "amount": {"p10": 0.5 * middle, "p50": middle, "p90": 2 * middle}}],
    }


def cost_path(number: int) -> Path:
    return Path.of("alternatives", number, "costs", 0, "amount")


def exact(number: int) -> float:
    """E[max(NPV of that model, the best of the others)] - max E[NPV], over the cost's own distribution."""
    found = value_model(read(document()))
    assert found is not None
    costs = {each.path: each.at((np.arange(400_000) + 0.5) / 400_000) for each in found.inputs if each.is_uncertain}
    means = {path: GAIN - cost.mean() for path, cost in costs.items()}
    own = cost_path(number)
    rival = max(0.0, *(mean for path, mean in means.items() if path != own))
    return float(np.maximum(GAIN - costs[own], rival).mean() - max(rival, means[own]))


@pytest.mark.parametrize("number", [1, 2, 7, 12])
def test_what_only_one_alternative_depends_on_is_worth_what_quadrature_says(number: int) -> None:
    found = {each.swing.input: each.evppi for each in assess(read(document())).sensitivity}[cost_path(number)]
    assert found.value == pytest.approx(exact(number), abs=max(4 * found.standard_error, 0.01 * exact(number)))
    assert found.standard_error < 0.05 * found.value


def test_all_alternatives_count_where_an_input_moves_with_another() -> None:
    """A cost that moves with a rival's tells of the rival, too."""
    pair = {"first": str(cost_path(1)), "second": str(cost_path(2)), "rank_correlation": 0.95}
    model = value_model(read(document(correlations=[pair])))
    assert model is not None
    simulation = simulate(model)
    npv, learning = with_status_quo(simulation.expected()), Learning(model, simulation)
    for number in (1, 2):
        values = simulation.values[cost_path(number)]
        assert learning.worth(cost_path(number)) == evppi_with_error(npv, values, in_runs=True)
    free = learning.worth(cost_path(3))
    assert free.value == pytest.approx(exact(3), rel=0.05)
