"""How large a pilot should be: against normal theory in closed form, as `enbs` of the R package voi has it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from scoping import appraise, assess, assess_in_full, pilot_sizes_of, read
from scoping.document.paths import with_value
from scoping.value import evsi
from scoping.value.model import value_model
from scoping.value.pilot import Pilot
from scoping.value.pilot_size import net_benefit, pilot_sizes
from scoping.value.simulate import simulate
from tests.documents import case

DETECTION: dict[str, Any] = case("evsi_ignores_prevalence")


def normal_evsi(size: ArrayLike, mean: float, prior: float, noise: float) -> np.ndarray:
    """Worth of `size` observations of a normal net benefit against nothing; deviations of the prior and of one case.

    Raiffa and Schlaifer 1961: the unit normal loss at the preposterior deviation (the case of `enbs` in voi).
    """
    deviation = prior**2 / np.sqrt(prior**2 + noise**2 / np.asarray(size, float))
    return np.asarray(deviation * norm.pdf(mean / deviation) - abs(mean) * norm.cdf(-abs(mean) / deviation))


@settings(max_examples=40, deadline=None)
@given(mean=st.floats(-1, 1), noise=st.floats(1, 20), label=st.floats(1e-5, 1e-3))
def test_the_best_size_of_a_normal_sample(mean: float, noise: float, label: float) -> None:
    sizes = list(range(1, 3_000))
    worth = normal_evsi(sizes, mean, 1.0, noise)
    found = net_benefit(sizes, worth, 0.01, label)
    net = worth - 0.01 - label * np.array(sizes)
    if net.max() <= 0:
        assert found.best is None
        assert found.near is None
        return
    assert found.best == sizes[int(np.argmax(net))]
    assert found.near is not None
    low, high = found.near
    good = net >= 0.95 * net.max()
    assert (low, high) == (sizes[int(np.argmax(good))], sizes[len(good) - 1 - int(np.argmax(good[::-1]))])


def test_the_size_that_calculus_finds() -> None:
    """At mean 0, EVSI is phi(0) / sqrt(1 + noise^2 / n): the best n by search over the reals."""
    label, noise = 2e-4, 5.0
    best = minimize_scalar(
        lambda n: float(label * n - normal_evsi(n, 0.0, 1.0, noise)), bounds=(1, 3_000), method="bounded"
    ).x
    sizes = np.unique(np.geomspace(1, 3_000, 400).astype(int))
    assert net_benefit(sizes.tolist(), normal_evsi(sizes, 0.0, 1.0, noise), 0.0, label).best == pytest.approx(
        best, rel=0.03
    )


def test_the_size_by_regression_is_as_good_as_the_best() -> None:
    """The same by `evsi` of draws: the size that it finds is within the range that is as good as best."""
    x = norm.ppf((np.arange(4_096) + 0.5) / 4_096)
    npv = np.column_stack([x, np.zeros(4_096)])
    sizes = [int(size) for size in np.geomspace(2, 3_000, 30)]
    by_draws = net_benefit(sizes, [evsi(npv, x, size, error=5.0 / np.sqrt(size)) for size in sizes], 0.0, 2e-4)
    exact = net_benefit(sizes, normal_evsi(sizes, 0.0, 1.0, 5.0), 0.0, 2e-4)
    assert by_draws.net == pytest.approx(exact.net, abs=0.025)
    assert by_draws.best is not None
    assert exact.net_at(by_draws.best) >= 0.93 * exact.net.max()


def test_the_planned_size_has_the_net_benefit_of_the_assessment() -> None:
    document = with_value(DETECTION, "pilot.cost_per_label", 1.5)
    model = value_model(read(document))
    assert model is not None
    simulation = simulate(model)
    pilot = Pilot(1_000, 100.0, cost_per_label=1.5)
    found = pilot_sizes(model, simulation, pilot, 1)
    assert found is not None
    assessed = assess(read(document)).pilot
    assert assessed.cost == 1_600
    assert found.net_at(1_000) == pytest.approx(assessed.net, rel=0.05)
    assert (np.diff(found.evsi) >= 0).all()
    assert assessed.perfect is not None
    assert found.evsi.max() <= assessed.perfect.value
    assert found.best is not None
    assert not found.is_open_ended
    assert found.near is not None
    assert found.near[0] <= found.best <= found.near[1]


def test_labels_that_cost_nothing_have_no_best_number() -> None:
    model = value_model(read(DETECTION))
    assert model is not None
    simulation = simulate(model)
    free = pilot_sizes(model, simulation, Pilot(1_000, 100.0), 1)
    assert free is not None
    assert free.net.argmax() >= len(free.sizes) - 6
    dear = pilot_sizes(model, simulation, Pilot(1_000, 1e6, cost_per_label=1.0), 1)
    assert dear is not None
    assert dear.best is None


def test_where_nothing_is_uncertain_a_sample_has_no_size() -> None:
    document = with_value(DETECTION, "bridge.prevalence", 0.05)
    document = with_value(document, "alternatives.1.metrics.recall", 0.6)
    document = with_value(document, "alternatives.1.success_probability", 0.5)
    model = value_model(read(document))
    assert model is not None
    assert pilot_sizes(model, simulate(model), Pilot(100, 1.0), 1) is None


def test_the_sizes_are_told_as_json() -> None:
    found = assess_in_full(read(DETECTION), 1_024).to_dict()["pilot_size"]
    nets = {each["labelled_cases"]: each["net_benefit"] for each in found["sizes"]}
    assert found["best"] is None or nets[found["best"]] == max(nets.values())
    assert all(each["evsi"] >= 0 <= each["standard_error"] for each in found["sizes"])
    assert json.dumps(found, allow_nan=False)


def test_without_a_cost_there_is_no_net_benefit() -> None:
    document = read({**DETECTION, "pilot": {"labelled_cases": 100}})
    assert pilot_sizes_of(document, appraise(document, 1_024)) is None
