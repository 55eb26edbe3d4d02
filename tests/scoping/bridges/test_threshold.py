"""A model known by its ROC AUC has one threshold, chosen before the future is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from scoping import assess, read
from scoping.bridges import KINDS, Numbers
from scoping.document.estimate import Estimate, quantile_function
from scoping.document.paths import with_value
from scoping.value.model import ValueModel, value_model
from scoping.value.sensitivity import tornado
from scoping.value.simulate import simulate
from tests.scoping.bridges.test_bridges import detection

CASES = Path(__file__).parents[1] / "cases"
HINDSIGHT: dict[str, Any] = json.loads((CASES / "auc_threshold_in_hindsight.json").read_text())
MODEL, AUC = 1, "alternatives.1.metrics.roc_auc"
RANGE = {"p10": 0.68, "p50": 0.75, "p90": 0.84}


def modelled(document: dict[str, Any]) -> ValueModel:
    found = value_model(read(document))
    assert found is not None
    return found


def expected_at(threshold: float, auc: float) -> float:
    """NPV of the case at a threshold in closed form: prevalence and worth are independent, so means multiply."""
    points = (np.arange(200_000) + 0.5) / 200_000
    prevalence = float(quantile_function(Estimate.of(0.004, 0.02, 0.09), 0, 1)(points).mean())
    worth = float(quantile_function(Estimate.of(2, 12, 60), 0, None)(points).mean())
    distance = np.sqrt(2) * norm.ppf(auc)
    caught, alarms = norm.cdf(distance - threshold), norm.cdf(-threshold)
    return float(120_000 * (prevalence * caught * (worth - 2) - (1 - prevalence) * alarms * 2) - 39_515)


def test_the_threshold_does_not_know_the_future() -> None:
    """An independent model says -22,337; the closed form -22,672 (the worth of a catch has a heavy tail)."""
    found = assess(read(HINDSIGHT))
    best = minimize_scalar(lambda each: -expected_at(each, 0.75), bounds=(-3, 6), method="bounded")
    assert -best.fun == pytest.approx(-22_672, abs=15)
    npv = simulate(modelled(HINDSIGHT), draws=2**17).outcomes[MODEL].npv
    assert npv.mean == pytest.approx(-best.fun, abs=150)
    assert found.alternatives[MODEL].expected == pytest.approx(-22_337, abs=1_200)
    assert found.verdict.recommendation == "stop"


def test_it_is_the_one_with_the_highest_expected_value() -> None:
    threshold = float(np.asarray(modelled(HINDSIGHT).settled(MODEL, {})["threshold"]))
    best = minimize_scalar(lambda each: -expected_at(each, 0.75), bounds=(-3, 6), method="bounded")
    assert threshold == pytest.approx(best.x, abs=0.01)


@pytest.mark.long
def test_with_an_uncertain_auc_hardly_any_threshold_is_better() -> None:
    """At the expected AUC rather than over its range: what that gives away is small beside what is at stake."""
    model = modelled(with_value(HINDSIGHT, AUC, RANGE))
    points = (np.arange(2_000) + 0.5) / 2_000
    aucs = quantile_function(Estimate.of(0.68, 0.75, 0.84), 0.5, 1)(points)

    def expected(threshold: float) -> float:
        return float(np.mean([expected_at(threshold, auc) for auc in aucs[::100]]))

    best = minimize_scalar(lambda each: -expected(each), bounds=(-1, 4), method="bounded", options={"xatol": 0.01})
    own = expected(float(np.asarray(model.settled(MODEL, {})["threshold"])))
    assert own == pytest.approx(-best.fun, abs=0.01 * (-best.fun + 39_515))


def test_every_draw_and_every_figure_has_the_same_threshold() -> None:
    model = modelled(HINDSIGHT)
    bridge, threshold = model.bridge, model.settled(MODEL, {})
    assert np.ndim(threshold["threshold"]) == 0
    values = simulate(model, draws=256).values
    shared = model.shared_of(values)
    rates = {"recall": norm.cdf(np.sqrt(2) * norm.ppf(0.75) - threshold["threshold"])}
    rates["false_positive_rate"] = norm.cdf(-np.asarray(threshold["threshold"]))
    worth = model.value_per_case(MODEL, model.valued[MODEL], values)
    assert worth == pytest.approx(bridge.value_per_case(shared, rates), rel=1e-9)
    base, _ = tornado(model, MODEL)
    middle: dict[str, Numbers] = {each.path: each.estimate.p50 for each in model.inputs}
    at_middle = float(bridge.value_per_case(model.shared_of(middle), rates))
    assert base == pytest.approx(120_000 * at_middle - 39_515, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(auc=st.floats(0.55, 0.98), prevalence=st.floats(0.02, 0.5), catch=st.floats(5, 500))
def test_at_fixed_inputs_the_published_maximum_profit_stays(auc: float, prevalence: float, catch: float) -> None:
    inputs = detection(prevalence=prevalence, value_of_catch=catch, action_cost=3.0)
    bridge = KINDS["detection"].model_construct(kind="detection")
    free = float(bridge.value_per_case(inputs, {"roc_auc": auc}))
    settled = bridge.settled(inputs, {"roc_auc": auc})
    assert float(bridge.value_per_case(inputs, {"roc_auc": auc, **settled})) == free


def test_a_model_as_good_as_its_break_even_is_worth_nothing() -> None:
    """How good it must be is asked of a model with the threshold of its own quality, not of a worse one's."""
    found = assess(read(HINDSIGHT)).break_even[0]
    assert found.value is not None
    as_good = modelled(with_value(HINDSIGHT, AUC, found.value))
    assert simulate(as_good).outcomes[MODEL].npv.mean == pytest.approx(0, abs=1e-3)


def test_the_operating_curve_marks_the_threshold_that_is_used() -> None:
    found = assess(read(HINDSIGHT)).operating_curve
    assert found is not None
    assert found.best_value == pytest.approx(found.value.max(), rel=1e-3)
    threshold = float(np.asarray(modelled(HINDSIGHT).settled(MODEL, {})["threshold"]))
    assert found.best_false_positive_rate == pytest.approx(norm.cdf(-threshold))
