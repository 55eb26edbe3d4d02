"""A pilot reads what pilots tell: against exact preposterior analysis and a nested Monte Carlo of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from scoping import assess, read
from scoping.document.estimate import Array, Estimate, quantile_function
from scoping.document.paths import with_value
from scoping.value import evppi
from scoping.value.information import with_status_quo
from scoping.value.model import ValueModel, value_model
from scoping.value.pilot import Pilot, pilot_value
from scoping.value.sample import Readings, read_off_sample
from scoping.value.simulate import Simulation, simulate
from scoping.verdict import read_by
from tests.documents import case

MODEL = 1


def sampled(
    document: dict[str, Any], cases: int, seed: int = 1, draws: int = 8_192
) -> tuple[Simulation, Readings, ValueModel]:
    model = value_model(read(document))
    assert model is not None
    simulation = simulate(model, draws, seed)
    return simulation, read_off_sample(model, simulation, MODEL, cases, seed), model


def worth(simulation: Simulation, readings: tuple[Array, ...]) -> float:
    """EVPPI of the readings; rows in random order, since how draws follow one another must not matter."""
    order = np.random.default_rng(7).permutation(len(readings[0]))
    return evppi(with_status_quo(simulation.expected())[order], np.column_stack(readings)[order])


def share_points(estimate: dict[str, float], count: int) -> Array:
    points = (np.arange(count) + 0.5) / count
    return quantile_function(Estimate.of(*(estimate[name] for name in ("p10", "p50", "p90"))), 0, 1)(points)


@pytest.mark.long
def test_a_sample_tells_prevalence_too() -> None:
    """Nested Monte Carlo says 4,800 within 200; the sum over all positives and hits that can be counted, 4,694."""
    document = case("evsi_ignores_prevalence")
    prevalence = share_points(document["bridge"]["prevalence"], 1_000)
    recall = share_points(document["alternatives"][MODEL]["metrics"]["recall"], 1_000)
    told = 0.0
    for positives in range(201):
        likely = binom.pmf(positives, 1_000, prevalence)
        hits = binom.pmf(np.arange(positives + 1)[:, None], positives, recall[None, :])
        # 1,000 cases a month for 12 months, 100 a catch, 36,000 to build.
        npv = 1.2e6 * (likely @ prevalence) * (hits @ recall) - 36_000 * likely.sum() * hits.sum(axis=1)
        told += float(np.maximum(npv, 0).sum()) / prevalence.size / recall.size
    exact = told - (1.2e6 * prevalence.mean() * recall.mean() - 36_000)
    assert exact == pytest.approx(4_694, abs=10)
    found = assess(read(document))
    assert found.pilot.evsi == pytest.approx(exact, abs=150)
    assert found.pilot.evsi == pytest.approx(4_800, abs=200)
    assert found.to_dict()["pilot"]["metrics"] == ["recall", "prevalence"]
    assert read_by(found.pilot) == "the recall and the prevalence"


def test_accuracy_is_read_off_the_automated_cases() -> None:
    """20 cases at 30 % automated: six say how accurate the machine is. By the binomial distribution, 1,310."""
    document = case("evsi_accuracy_all_cases")
    accuracy = share_points(document["alternatives"][MODEL]["metrics"]["accuracy"], 20_000)
    npv = 12_000 * 0.3 * (8 - (1 - accuracy) * 50) - document["alternatives"][MODEL]["costs"][0]["amount"]
    right = binom.pmf(np.arange(7)[:, None], 6, accuracy[None, :])
    exact = float(np.maximum((right * npv).mean(axis=1), 0).sum()) - max(float(npv.mean()), 0)
    assert exact == pytest.approx(1_310, abs=1)
    found = []
    for seed in (1, 2, 3):
        simulation, readings, _ = sampled(document, 20, seed)
        assert len(np.unique(readings.readings[0])) <= 7
        found.append(worth(simulation, readings.readings))
    assert np.mean(found) == pytest.approx(exact, abs=60)


@pytest.mark.long
def test_against_a_nested_monte_carlo_with_everything_uncertain() -> None:
    """Prevalence, recall and precision: an inner posterior by weights for each of 2,000 samples, sharing no code."""
    ranges = {
        "prevalence": {"p10": 0.05, "p50": 0.1, "p90": 0.18},
        "recall": {"p10": 0.4, "p50": 0.6, "p90": 0.8},
        "precision": {"p10": 0.3, "p50": 0.45, "p90": 0.6},
    }
    document = with_value(case("evsi_ignores_prevalence"), "bridge.prevalence", ranges["prevalence"])
    document = with_value(document, "bridge.action_cost", 30)
    document = with_value(
        document, "alternatives.1.metrics", {"recall": ranges["recall"], "precision": ranges["precision"]}
    )
    document = with_value(document, "alternatives.1.costs.0.amount", 22_000)
    cases, generator = 120, np.random.default_rng(5)

    def prior(count: int) -> tuple[Array, Array, Array, Array]:
        q, r, p = (
            quantile_function(Estimate.of(*each.values()), 0, 1)(generator.random(count)) for each in ranges.values()
        )
        alarms = np.minimum(q * r * (1 - p) / p, 1 - q)
        return q, r, alarms / (1 - q), 12_000 * (q * r * 70 - alarms * 30) - 22_000

    q, r, rate, npv = prior(20_000)
    true_q, true_r, true_rate, _ = prior(2_000)
    positives = generator.binomial(cases, true_q)
    hits, false = generator.binomial(positives, true_r), generator.binomial(cases - positives, true_rate)
    counts = np.stack([positives, cases - positives, hits, positives - hits, false, cases - positives - false], axis=1)
    logs = np.log(np.clip([q, 1 - q, r, 1 - r, rate, 1 - rate], 1e-12, 1))
    weight = counts @ logs
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    posterior = weight @ npv / weight.sum(axis=1)
    exact = float(np.maximum(posterior, 0).mean()) - max(float(npv.mean()), 0)
    error = float(np.maximum(posterior, 0).std() / np.sqrt(2_000))
    found = [
        worth(simulation, shown.readings) for simulation, shown, _ in (sampled(document, cases, s) for s in (1, 2))
    ]
    assert np.mean(found) == pytest.approx(exact, abs=3 * error + 0.05 * exact)


def test_what_is_counted_adds_up() -> None:
    """Hits are counted among the positives of the same sample: the readings are those of whole cases."""
    simulation, shown, _ = sampled(case("evsi_ignores_prevalence"), 40, draws=1_024)
    recall, prevalence = shown.readings
    true_recall, true_prevalence = shown.values
    positives = prevalence * 41 - true_prevalence.mean()
    assert positives == pytest.approx(np.rint(positives), abs=1e-6)
    hits = recall * (np.rint(positives) + 1) - true_recall.mean()
    assert hits == pytest.approx(np.rint(hits), abs=1e-6)
    assert ((np.rint(hits) >= 0) & (np.rint(hits) <= np.rint(positives))).all()
    assert np.rint(positives).mean() == pytest.approx(40 * true_prevalence.mean(), rel=0.02)
    assert simulation.draws == len(recall)


@pytest.mark.parametrize(
    ("bridge", "metrics", "told"),
    [
        (
            {
                "kind": "targeting", "response_rate": {"p10": 0.02, "p50": 0.04, "p90": 0.08},
                "value_of_response": 50, "contact_cost": 2, "depth": 0.2,
            },
            {"lift_at_depth": 2},
            "the response rate",
        ),
        (
            {"kind": "ranking", "baseline_conversion": {"p10": 0.02, "p50": 0.04, "p90": 0.08}, "margin": 20},
            {"lift": {"p10": 0.01, "p50": 0.1, "p90": 0.2}},
            "the lift and the conversion today",
        ),
        (
            {"kind": "detection", "prevalence": {"p10": 0.02, "p50": 0.04, "p90": 0.08}, "value_of_catch": 50,
             "action_cost": 2},
            {"roc_auc": {"p10": 0.7, "p50": 0.8, "p90": 0.9}},
            "the ROC AUC and the prevalence",
        ),
    ],
)  # fmt: skip
def test_what_each_kind_of_pilot_tells(bridge: dict[str, Any], metrics: dict[str, Any], told: str) -> None:
    document = case("evsi_ignores_prevalence")
    document["bridge"] = {"cases_per_month": 1_000, **bridge}
    document["alternatives"][MODEL]["metrics"] = metrics
    found = assess(read(document), draws=1_024).pilot
    assert read_by(found) == told
    assert found.evsi is not None


@pytest.mark.parametrize("reveals", [0.0, 0.25, 0.6, 1.0])
def test_whether_production_will_be_reached_in_closed_form(reveals: float) -> None:
    """Chance 1/2, 3,600 once it runs, 1,700 to build, which is begun where nothing is revealed (Bayes)."""
    document = with_value(case("pilot_blind_to_success"), "pilot.reveals_failures", reveals)
    found = assess(read(document))
    after = 1_800 - 1_700 * (1 - reveals / 2)
    assert found.pilot.evsi == pytest.approx(after - 100, abs=1e-6)
    unread = [each for each in found.verdict.conditions if "cannot read it" in each]
    assert bool(unread) == (reveals == 0)
    if not reveals:
        assert found.verdict.recommendation == "build"
        return
    assert found.staged is not None
    assert found.staged.npv == pytest.approx(after - 50, abs=1e-6)
    assert [each.chance for each in found.staged.stages] == pytest.approx([1, 1 - reveals / 2, 0.5])
    assert found.verdict.recommendation == "pilot"
    assert read_by(found.pilot) == "whether it reaches production"


def test_the_sample_and_the_revealed_failure_are_read_together() -> None:
    """Against plain draws: whether a failure is revealed and a recall that is read (almost) exactly."""
    document = with_value(case("evsi_ignores_prevalence"), "bridge.prevalence", 0.05)
    document = with_value(document, "alternatives.1.success_probability", 0.5)
    document = with_value(document, "alternatives.1.costs.0.amount", 17_000)
    simulation, _, model = sampled(document, 0)
    found = pilot_value(model, simulation, Pilot(10**8, 0.0, 0.5), 1)
    recall = share_points(document["alternatives"][MODEL]["metrics"]["recall"], 20_000)
    # Nothing is revealed with chance 3/4, and production is then reached with chance 2/3.
    run = 60_000 * recall
    exact = float(0.75 * np.maximum(run * 2 / 3 - 17_000, 0).mean()) - max(float(run.mean()) / 2 - 17_000, 0)
    assert found.evsi == pytest.approx(exact, rel=0.02)
    assert found.perfect is not None
    assert found.perfect.value >= found.evsi


def test_production_that_is_sure_leaves_no_failure_to_reveal() -> None:
    document = with_value(case("evsi_ignores_prevalence"), "pilot.reveals_failures", 0.9)
    assert "reaches_production" not in assess(read(document), draws=1_024).to_dict()["pilot"]["metrics"]
