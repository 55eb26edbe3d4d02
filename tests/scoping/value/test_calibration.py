"""Reported standard errors tell how figures scatter from seed to seed, and curves of any shape are followed.

References are exact: quadrature over the input, or the posterior of a binomial sample.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import binom

from scoping import assess, examples, read
from scoping.value import evppi
from scoping.value.information import _binomial_quantile, evppi_with_error, shares_read
from scoping.value.inputs import collect
from scoping.value.model import value_model
from scoping.value.simulate import simulate
from tests.documents import case, proposal

SEEDS = range(1, 61)
DRAWS = 8_192
# A year of 1,000 cases, 5 % positive, 100 for each that is found.
WORTH_OF_RECALL = 12 * 1_000 * 0.05 * 100


def figures(document: Any, seed: int) -> dict[str, tuple[float, float]]:
    """Each figure and its reported error, by name."""
    found = assess(document, seed=seed).to_dict()
    named = {"evpi": (found["evpi"], found["evpi_standard_error"])}
    if found["pilot"]["evsi"] is not None:
        named["evsi"] = (found["pilot"]["evsi"], found["pilot"]["standard_error"])
    for each in found["alternatives"][1:]:
        named |= {
            f"{each['name']} {part}": (each["npv"][part], each["npv"][f"{part}_standard_error".replace("mean_", "")])
            for part in ("mean", "p10", "p50", "p90")
        }
    inputs = {each["input"]: (each["evppi"], each["evppi_standard_error"]) for each in found["sensitivity"]}
    most = sorted(inputs, key=lambda name: -inputs[name][0])[:3]
    return named | {name: inputs[name] for name in most if inputs[name][0] > 0.02 * found["evpi"]}


def wide_inputs() -> Any:
    """Two inputs of which nobody knows more than that they lie within a factor of four."""
    return proposal(
        bridge__cases_per_month={"p10": 250, "p50": 1_000, "p90": 4_000},
        bridge__value_of_catch={"p10": 25, "p50": 100, "p90": 400},
        bridge__prevalence={"p10": 0.03, "p50": 0.05, "p90": 0.08},
        alternatives__1__metrics={
            "recall": {"p10": 0.5, "p50": 0.7, "p90": 0.85},
            "precision": {"p10": 0.2, "p50": 0.4, "p90": 0.6},
        },
        alternatives__1__costs=[{"name": "Build", "amount": {"p10": 40_000, "p50": 60_000, "p90": 90_000}}],
        alternatives__1__success_probability=0.8,
    )


DOCUMENTS: dict[str, Any] = {
    "one input": read(case("folds_recall_K40000_n200")),
    "a heavy tail": read(case("mean_above_p90")),
    "many inputs": examples.load("demand_forecast"),
    "wide inputs": wide_inputs(),
}


@pytest.mark.long
@pytest.mark.parametrize("name", DOCUMENTS)
def test_reported_errors_are_those_seen_over_60_seeds(name: str) -> None:
    seen: dict[str, list[tuple[float, float]]] = {}
    for seed in SEEDS:
        for figure, pair in figures(DOCUMENTS[name], seed).items():
            seen.setdefault(figure, []).append(pair)
    always = {figure: np.array(pairs) for figure, pairs in seen.items() if len(pairs) == len(SEEDS)}
    assert len(always) >= 6
    ratios = {figure: pairs[:, 0].std(ddof=1) / pairs[:, 1].mean() for figure, pairs in always.items()}
    assert all(0.6 <= ratio <= 1.6 for ratio in ratios.values()), ratios


def exact_value_of_a_pilot(positives: int, cost: float) -> float:
    """EVSI of a binomial reading of recall, by quadrature: recall is the case's J-QPD-B distribution."""
    model = value_model(read(case("folds_recall_K40000_n200")))
    assert model is not None
    recall = next(each for each in model.inputs if each.path.endswith("recall"))
    share = recall.at((np.arange(200_000) + 0.5) / 200_000)
    hits = np.arange(positives + 1)
    gain = WORTH_OF_RECALL * share - cost
    joint = np.array([(binom.pmf(each, positives, share) * gain).mean() for each in hits])
    return float(np.maximum(joint, 0).sum() - max(gain.mean(), 0.0))


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "positives", "cost", "said"),
    [("folds_recall_K40000_n200", 10, 40_000, 837), ("folds_recall_K37000_n1000", 50, 37_000, 2_475)],
)
def test_a_pilot_is_worth_the_same_at_every_seed(name: str, positives: int, cost: float, said: float) -> None:
    exact = exact_value_of_a_pilot(positives, cost)
    assert exact == pytest.approx(said, rel=0.005)
    for seed in range(1, 21):
        assert assess(read(case(name)), seed=seed).pilot.evsi == pytest.approx(exact, rel=0.06)


def test_the_verdict_on_a_pilot_does_not_depend_on_the_seed() -> None:
    document = read(case("folds_verdict"))
    assert {assess(document, seed=seed).verdict.recommendation for seed in range(1, 11)} == {"pilot"}


SHAPES: dict[str, tuple[Callable[[np.ndarray], np.ndarray], float]] = {
    "straight": (lambda x: 0.3 + x, 1.0),
    "curved": (lambda x: np.sin(3 * x), 0.5),
    "curved, much noise": (lambda x: np.sin(3 * x), 2.0),
    "wavy": (lambda x: np.sin(5 * x), 0.5),
    "stepped": (lambda x: np.where(x > 0.5, 1.0, -1.0), 1.0),
    "a window": (lambda x: np.where(np.abs(x - 0.5) < 0.2, 3.0, -0.5), 1.0),
    "a rare loss": (lambda x: np.where(x > 2.054, -30.0, 1.0), 3.0),
    "a rarer loss, much noise": (lambda x: np.where(x > 2.576, -100.0, 1.0), 5.0),
    "a square": (lambda x: 1.5 - x**2, 1.0),
    "a tail": (lambda x: np.exp(1.5 * x) - 3, 2.0),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_evppi_follows_any_shape(shape: str) -> None:
    function, noise = SHAPES[shape]
    fine = function(ndtri((np.arange(2_000_000) + 0.5) / 2_000_000))
    exact = np.maximum(fine, 0).mean() - max(fine.mean(), 0)
    x = ndtri((np.arange(DRAWS) + 0.5) / DRAWS)
    found = []
    for seed in range(6):
        npv = function(x) + noise * np.random.default_rng(seed).standard_normal(DRAWS)
        found.append(evppi(np.column_stack([npv, np.zeros(DRAWS)]), x))
    assert np.mean(found) == pytest.approx(exact, rel=0.1)


def test_evppi_does_not_depend_on_the_order_in_which_sobol_points_come() -> None:
    model = value_model(read(case("folds_recall_K40000_n200")))
    assert model is not None
    simulation = simulate(model)
    npv, recall = simulation.expected(), simulation.values["alternatives.1.metrics.recall"]
    against_nothing = np.column_stack([npv, np.zeros(len(npv))])
    ordered = np.argsort(np.asarray(recall))
    for order in (slice(None), ordered):
        found = evppi(against_nothing[order], np.asarray(recall)[order])
        assert found == pytest.approx(1_693.9, rel=0.005)


def test_two_inputs_together_are_followed_where_they_only_matter_jointly() -> None:
    # E[max(xy, 0)] of independent standard normals is E|x| E|y| / 2 = 1 / pi.
    x, y, noise = np.random.default_rng(3).standard_normal((3, DRAWS))
    npv = np.column_stack([x * y + noise, np.zeros(DRAWS)])
    found = evppi_with_error(npv, np.column_stack([x, y]))
    assert found.value == pytest.approx(1 / np.pi, rel=0.1)


def test_a_sample_of_a_thousand_million_cases_is_read_at_once() -> None:
    """The document allows so many; scipy.stats.binom says what is right."""
    share, luck = np.random.default_rng(3).random((2, 2_048))
    share, start = share**6, time.process_time()
    shown = shares_read(share, 1e9, seed=1)
    assert time.process_time() - start < 2
    found = _binomial_quantile(luck, np.full(share.size, 1e9), share)
    some = slice(0, 100)
    off = np.abs(found[some] - binom.ppf(luck[some], 10**9, share[some]))
    assert (off <= 1e-3 * np.sqrt(1e9 * share[some])).all()
    assert np.abs(shown - share).max() < 1e-4


def test_readings_are_binomial() -> None:
    share = ndtr(ndtri((np.arange(DRAWS) + 0.5) / DRAWS) * 0.3)
    hits = np.rint(shares_read(share, 12, seed=4) * 13 - share.mean())
    for count in range(13):
        assert (hits == count).mean() == pytest.approx(binom.pmf(count, 12, share).mean(), abs=0.002)
    assert shares_read(np.array([0.0, 1.0]), 5, seed=1).tolist() == pytest.approx([0.5 / 6, 5.5 / 6])


def test_a_mean_does_not_rest_on_where_the_last_point_falls() -> None:
    document = read(case("mean_above_p90"))
    margin = next(
        each for each in collect(document, dict(enumerate(document.alternatives))) if each.path == "bridge.margin"
    )
    # The mean of the input by quadrature in the normal deviate; NPV = 360 margin - 60,000.
    deviate = np.linspace(-8.2, 8.2, 400_001)
    density = np.exp(-(deviate**2) / 2)
    exact = float((margin.at(ndtr(deviate)) * density).sum() / density.sum())
    found = [assess(document, seed=seed).alternatives[1].expected for seed in range(1, 11)]
    assert np.mean(found) == pytest.approx(360 * exact - 60_000, rel=0.03)
    assert np.std(found) < 0.05 * abs(np.mean(found))
