"""Tails that nobody gave, risks counted twice, risks that are hidden, and fates that hang together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from scoping import assess, read
from scoping.document.estimate import Estimate, largest_conceivable, mean_of, quantile_function
from scoping.document.fields import MONEY, SHARE
from scoping.document.paths import with_value
from scoping.reports.summarising.evidence import evidence_part
from scoping.value.fates import joined_fates
from scoping.value.model import ValueModel, value_model
from scoping.value.pool import pooled
from scoping.value.remarks import Code, Remark, remarks_on
from scoping.value.simulate import simulate
from scoping.value.tails import npv_without_tails, tails_of
from tests.documents import CERTAIN, UNCERTAIN, case
from tests.scoping.value.test_everything_on import everything

MODEL = 1


def modelled(document: dict[str, Any]) -> ValueModel:
    found = value_model(read(document))
    assert found is not None
    return found


def _codes(remarks: Sequence[Remark]) -> list[Code]:
    """Which remarks there are; what nothing is paid for around a model has tests of its own."""
    return [each.code for each in remarks if each.code is not Code.NOT_BUDGETED]


def codes(document: dict[str, Any]) -> list[Code]:
    model = modelled(document)
    return _codes(remarks_on(model, simulate(model, 1_024)))


# Tails -------------------------------------------------------------------------------------------


@given(st.lists(st.floats(1e-3, 1e9), min_size=3, max_size=3, unique=True))
def test_no_mean_rests_on_a_tail_that_nobody_gave(values: list[float]) -> None:
    low, middle, high = sorted(values)
    if not (low * 1.001 < middle < high / 1.001):
        return
    estimate = Estimate.of(low, middle, high)
    # The cut is found on a finer grid than the mean; both are good to half a percent at such tails.
    assert mean_of(estimate, 0, None) <= high * (1 + 5e-3)
    cut = largest_conceivable(estimate, 0)
    assert cut is None or cut >= high
    given_back = quantile_function(estimate, 0, None)([0.1, 0.5, 0.9])
    assert given_back == pytest.approx([low, middle, high], rel=1e-6)


def test_one_two_and_a_million_never_give_trillions() -> None:
    estimate = Estimate.of(1, 2, 1e6)
    assert mean_of(estimate, 0, None) == pytest.approx(1e6, rel=1e-3)
    assert float(quantile_function(estimate, 0, None)(1 - 1e-9)) < 2e7


@pytest.mark.parametrize("sigma", [0.1, 0.5, 1.0, 2.0])
def test_a_lognormal_keeps_its_mean(sigma: float) -> None:
    # exp(sigma^2 / 2), which stays below P90 until sigma is 2 times 1.2816.
    estimate = Estimate.of(*np.exp(sigma * norm.ppf([0.1, 0.5, 0.9])))
    assert largest_conceivable(estimate, 0) is None
    assert largest_conceivable(Estimate.of(*np.exp(2.7 * norm.ppf([0.1, 0.5, 0.9]))), 0) is not None


def test_the_cut_comes_without_a_step() -> None:
    """Where the tail just begins to be too long, the cut is far out and the mean is the P90."""
    means, cuts = [], []
    for sigma in (2.55, 2.562, 2.564, 2.57, 2.65):
        estimate = Estimate.of(*np.exp(sigma * norm.ppf([0.1, 0.5, 0.9])))
        points = norm.cdf(np.linspace(-8, 8, 40_001))
        weights = norm.pdf(np.linspace(-8, 8, 40_001)) * 16 / 40_000
        means.append(float(quantile_function(estimate, 0, None)(points) @ weights) / estimate.p90)
        cuts.append(largest_conceivable(estimate, 0) or np.inf)
    assert means == pytest.approx([np.exp(2.55**2 / 2 - 2.55 * norm.ppf(0.9)), 1, 1, 1, 1], abs=2e-3)
    assert cuts == sorted(cuts, reverse=True)


def test_the_input_with_the_tail_is_named() -> None:
    document = case("mean_above_p90")
    model = modelled(document)
    assert [tail.label for tail in tails_of(model)] == ["Margin"]
    found = assess(read(document))
    assert _codes(found.remarks) == [Code.TAIL_OF_INPUT, Code.TAIL_OF_NPV]
    assert found.remarks[1].subjects == ("Model", "Margin")
    assert "Margin" in found.to_dict()["remarks"][0]
    # The seeds no longer tell thirty thousand from two hundred thousand.
    means = [simulate(model, seed=seed).outcomes[MODEL].npv.mean or 0.0 for seed in range(1, 9)]
    assert np.std(means) < 2_000
    assert codes(CERTAIN) == codes(UNCERTAIN) == []


def test_without_its_tail_the_gain_is_a_loss() -> None:
    """Swanson's rule (0.3, 0.4, 0.3; Hurst, Brown and Swanson 2000): a mean margin of 64.3, NPV -36,852."""
    model = modelled(case("mean_above_p90"))
    found = npv_without_tails(model, [tail.path for tail in tails_of(model)], 8_192, 1)[MODEL]
    assert found.mean == pytest.approx(360 * (0.3 * 1 + 0.4 * 10 + 0.3 * 200) - 60_000, abs=3_000)
    assert found.p90 == pytest.approx(360 * 200 - 60_000, rel=0.02)


# Hidden and double risks -------------------------------------------------------------------------


def test_precision_held_while_prevalence_moves_hides_risk() -> None:
    """The remark's P10 is that of the same case told by its false-positive rate."""
    by_precision, by_rate = (assess(read(case(f"prevalence_uncertain_{name}"))) for name in ("precision", "fpr"))
    assert _codes(by_precision.remarks) == [Code.PRECISION_HELD]
    assert _codes(by_rate.remarks) == []
    outcomes = [each.alternatives[MODEL].outcome for each in (by_precision, by_rate)]
    assert outcomes[0] is not None
    assert outcomes[1] is not None
    expected = (outcomes[0].npv.p10, outcomes[1].npv.p10)
    assert by_precision.remarks[0].values == pytest.approx(expected, rel=0.01)


def test_where_precision_is_said_to_move_with_prevalence_nothing_is_hidden() -> None:
    document = with_value(
        case("prevalence_uncertain_precision"), "alternatives.1.metrics.precision", {"p10": 0.3, "p50": 0.5, "p90": 0.7}
    )
    pair = {"first": "bridge.prevalence", "second": "alternatives.1.metrics.precision", "rank_correlation": 0.9}
    assert codes(document) == [Code.PRECISION_HELD]
    assert codes({**document, "correlations": [pair]}) == []


@pytest.mark.parametrize(("precision", "hides"), [(0.5, True), (0.25, False)])
def test_today_s_precision_moves_with_the_prevalence_too(precision: float, hides: bool) -> None:
    """By the rates that both precisions mean at the likely prevalence: today's way has false alarms of its own."""
    today = {"recall": 0.5, "precision": precision}
    document = with_value(case("prevalence_uncertain_precision"), "alternatives.0.metrics", today)
    by_rate = by_false_positive_rate(by_false_positive_rate(document, 0), MODEL)
    found, honest = (assess(read(each)) for each in (document, by_rate))
    low, honest_low = (each.alternatives[MODEL].outcome.npv.p10 for each in (found, honest))  # type: ignore[union-attr]
    # A model with fewer false alarms than today's way is worth more where those do not become fewer.
    assert (honest_low < low) == hides
    told = [each.values for each in found.remarks if each.code is Code.PRECISION_HELD]
    assert told == ([pytest.approx((low, honest_low), rel=0.01)] if hides else [])


def by_false_positive_rate(document: dict[str, Any], index: int) -> dict[str, Any]:
    """The alternative's precision told by the rate that it means at the likely prevalence."""
    known = document["alternatives"][index]["metrics"]
    q = Estimate.model_validate(document["bridge"]["prevalence"]).p50
    rate = q * known["recall"] * (1 - known["precision"]) / known["precision"] / (1 - q)
    metrics = {"recall": known["recall"], "false_positive_rate": rate}
    return with_value(document, f"alternatives.{index}.metrics", metrics)


def test_of_what_an_alternative_leaves_as_it_is_nothing_is_said_of_it() -> None:
    """Its precision and the limit of its actions are today's: neither makes a difference."""
    rules = "Sort mail by rules"
    found = remarks_on(model := modelled(everything()), simulate(model, 1_024))
    assert [each.code for each in found if any(name.startswith(rules) for name in each.subjects)] == []
    limits = [each.subjects[0] for each in found if each.code is Code.LIMIT_REACHED]
    assert [name.split(":")[0] for name in limits] == [
        "By hand, and a rule by amount",
        "One language model for all three",
    ]


def test_the_same_risk_twice_is_pointed_out() -> None:
    document = case("prevalence_uncertain_fpr")
    wide = with_value(document, "alternatives.1.metrics.recall", {"p10": 0.3, "p50": 0.6, "p90": 0.9})
    assert codes(wide) == []
    assert codes(with_value(document, "alternatives.1.success_probability", 0.5)) == []
    assert codes(with_value(wide, "alternatives.1.success_probability", 0.5)) == [Code.SAME_RISK_TWICE]


# Judges ------------------------------------------------------------------------------------------


def judged(*triples: tuple[float, float, float]) -> Estimate:
    rows = [{"by": str(n), "p10": low, "p50": mid, "p90": high} for n, (low, mid, high) in enumerate(triples)]
    return Estimate.model_validate({"judgements": rows})


def test_the_pool_of_two_judges_is_the_mixture_of_their_distributions() -> None:
    # Lognormals with medians 10 and 1,000 and sigma 0.5 (Clemen and Winkler 1999: densities are averaged).
    triples = [tuple(median * np.exp(0.5 * norm.ppf([0.1, 0.5, 0.9]))) for median in (10, 1_000)]
    found = pooled(judged(*triples), MONEY)
    assert found is not None
    for value, probability in ((found.p10, 0.1), (found.p90, 0.9)):
        mixture = np.mean([norm.cdf(np.log(value / median) / 0.5) for median in (10, 1_000)])
        assert mixture == pytest.approx(probability, abs=1e-3)
    assert found.disagree_a_lot


def test_judges_who_agree_pool_to_what_they_say() -> None:
    found = pooled(judged((0.2, 0.4, 0.6), (0.2, 0.4, 0.6)), SHARE)
    assert found is not None
    assert (found.p10, found.p50, found.p90) == pytest.approx((0.2, 0.4, 0.6), abs=1e-3)
    assert found.widening == pytest.approx(1, abs=0.01)
    assert not found.disagree_a_lot
    assert pooled(Estimate.of(1, 2, 3), MONEY) is None


def test_the_memo_shows_the_pool_where_judges_disagree_a_lot() -> None:
    far = [{"by": "A", "p10": 80, "p50": 100, "p90": 130}, {"by": "B", "p10": 400, "p50": 500, "p90": 640}]
    near = [far[0], {"by": "B", "p10": 85, "p50": 105, "p90": 130}]
    for judgements, shown in ((far, True), (near, False)):
        proposal = read(with_value(UNCERTAIN, "bridge.value_of_catch", {"judgements": judgements}))
        table = evidence_part(proposal).judgements
        assert table is not None
        assert any("pool" in row[1] for row in table.rows) == shown


# Fates and returns -------------------------------------------------------------------------------


@pytest.mark.parametrize("dependence", [0.0, 0.3, 0.8, 1.0])
@pytest.mark.parametrize("count", [2, 4])
def test_two_alternatives_fail_together(dependence: float, count: int) -> None:
    # Sheppard 1899: two normals of correlation d are both below their medians with chance 1/4 + arcsin(d) / (2 pi).
    names = [str(number) for number in range(count)]
    drawn = {name: np.random.default_rng(number).random(200_000) for number, name in enumerate(names)}
    found = joined_fates({**drawn, "other": 3.0}, names, dependence)
    fates = np.stack([found[name] for name in names])
    expected = 0.25 + np.arcsin(dependence) / (2 * np.pi)
    for other in range(1, count):
        assert (fates[[0, other]] < 0.5).all(axis=0).mean() == pytest.approx(expected, abs=0.005)
    for fate in fates:
        assert np.quantile(fate, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.006)
    assert found["other"] == 3.0


def test_a_second_model_on_the_same_data_is_no_way_out() -> None:
    """EVPI of two equal models, each with a half chance: some succeeds with 3/4 on its own, with 1/2 by one fate."""
    document = case("pilot_blind_to_success")
    second = {**document["alternatives"][1], "name": "Second"}
    document["alternatives"].append(second)
    # 1,900 where production is reached, -1,700 where it is not, 100 expected; knowing, one is begun that succeeds.
    for dependence, some in ((None, 0.75), (0.0, 0.75), (0.5, 2 / 3), (1.0, 0.5)):
        found = assess(read(with_value(document, "returns.fate_correlation", dependence)))
        assert found.evpi is not None
        assert found.evpi.value == pytest.approx(some * 1_900 - 100, abs=25)
        assert found.alternatives[1].expected == pytest.approx(100, abs=1)


def test_mean_return_is_mean_gain_over_mean_cost() -> None:
    found = assess(read(UNCERTAIN))
    for each in found.alternatives[1:]:
        outcome = each.outcome
        assert outcome is not None
        kept = outcome.kept
        cost = float((kept.chance * kept.running_cost + kept.build).mean())
        assert outcome.roi.mean == pytest.approx(float(kept.expected.mean()) / cost, rel=1e-9)
    # An even chance of 1,900 or -1,700: 100 expected on 1,700 spent in either case.
    coin = assess(read(case("pilot_blind_to_success"))).alternatives[1].outcome
    assert coin is not None
    assert coin.roi.mean == pytest.approx(100 / 1_700, rel=1e-9)


# Trainings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "cost", "remarked"),
    [(6, None, True), (6, 0, False), (6, 500, False), (None, None, False), (0, None, False)],
)
def test_trainings_that_nobody_priced_are_pointed_out(every: float | None, cost: float | None, remarked: bool) -> None:
    returns = {**CERTAIN["returns"], "retrain_every_months": every, "retraining_cost": cost}
    assert (Code.TRAININGS_FREE in codes({**CERTAIN, "returns": returns})) == remarked
