"""A few draws tell the sign of an expected NPV as all draws do."""

from __future__ import annotations

import numpy as np
import pytest

from scoping import Proposal, examples, read
from scoping.value.breakeven import Response
from scoping.value.model import value_model
from scoping.value.simulate import simulate
from tests.documents import CERTAIN, UNCERTAIN

# Pays in the middle of its metric, and at neither end.
HILL = {
    **UNCERTAIN,
    "bridge": {
        "kind": "curve",
        "metric": "score",
        "cases_per_month": 1000,
        "points": [[0, -4], [0.3, 6], [0.6, 6], [1, -5]],
    },
    "alternatives": [
        {"name": "Today", "kind": "status_quo", "metrics": {"score": 0.15}},
        {
            "name": "Model",
            "kind": "classical_ml",
            "metrics": {"score": {"p10": 0.4, "p50": 0.5, "p90": 0.6}},
            "build_months": {"p10": 2, "p50": 3, "p90": 6},
            "success_probability": 0.8,
            "costs": [{"timing": "one_off", "amount": {"p10": 5_000, "p50": 20_000, "p90": 60_000}}],
        },
    ],
    "feasibility": {},
}
DOCUMENTS = {
    **{name: examples.load(name) for name in examples.NAMES},
    "certain": read(CERTAIN),
    "uncertain": read(UNCERTAIN),
    "hill": read(HILL),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_few_draws_tell_the_sign_that_all_draws_tell(name: str) -> None:
    for response, low, high in responses(DOCUMENTS[name]):
        values = np.linspace(low, high, 61)
        by_all = [response.mean(value) >= 0 for value in values]
        assert response.gains(values).tolist() == by_all


def test_a_hill_is_seen_from_both_sides() -> None:
    response, low, high = responses(DOCUMENTS["hill"])[0]
    gains = response.gains(np.linspace(low, high, 61))
    assert (gains[0], gains.any(), gains[-1]) == (False, True, False)


def responses(proposal: Proposal) -> list[tuple[Response, float, float]]:
    """NPV along each metric of each alternative, and from where to where."""
    model = value_model(proposal)
    assert model is not None
    simulation = simulate(model, in_detail=False)
    found = []
    for index, alternative in model.valued.items():
        for name, estimate in model.bridge.given(alternative.metrics).items():
            quantity = model.bridge.metric_named(name).quantity
            high = quantity.upper if quantity.bounded else 3 * estimate.p90
            found.append((Response(model, simulation, index, name), quantity.lower if quantity.bounded else 0.0, high))
    return found
