"""The assessment: against a spreadsheet, plain Monte Carlo, and by properties."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping import (
    DrawsRefused,
    assess,
    examples,
    read,
    to_dict,
    write,
)
from scoping.document.estimate import quantile_function
from scoping.reports import render, summarise
from scoping.value import npv as discount
from scoping.value.model import value_model
from tests.documents import CERTAIN, UNCERTAIN, best_answers, proposal

pytestmark = pytest.mark.long

SHEET = Path(__file__).parent / "data" / "hand_checked.csv"
MODEL = 2
FIGURES = ("npv", "roi", "payback_months", "irr")


def results(document: dict[str, Any], **options: int) -> list[dict[str, Any]]:
    return assess(read(document), **options).to_dict()["alternatives"]


def test_certain_figures_equal_the_hand_checked_spreadsheet() -> None:
    with SHEET.open() as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    model = results(CERTAIN)[MODEL]
    total = sum(row["present_value"] for row in rows)
    costs = sum(row["cost"] / 1.1 ** (row["month"] / 12) for row in rows)
    running = np.cumsum([row["flow"] for row in rows])
    assert model["npv"]["mean"] == pytest.approx(total, rel=1e-9)
    assert model["roi"]["mean"] == pytest.approx(total / costs, rel=1e-9)
    assert model["payback_months"]["mean"] == 12
    assert discount([row["flow"] for row in rows], model["irr"]["mean"]) == pytest.approx(0, abs=1e-4)
    assert [point["p50"] for point in model["cash_flow_by_month"]] == pytest.approx(running.tolist(), rel=1e-9)
    # With adoption, 0.25 a case of today's costs end as well.
    assert model["gain_per_month"] == pytest.approx(1000 * 0.8 * (4.9066666667 + 0.25))
    assert model["cost_per_month"] == pytest.approx(800 + 0.1 * 1000 * 0.8)
    assert model["one_off_cost"] == 20000


def test_estimates_of_zero_width_give_zero_width() -> None:
    triples = proposal(
        bridge__prevalence={"p10": 0.05, "p50": 0.05, "p90": 0.05},
        returns__adoption={"p10": 0.8, "p50": 0.8, "p90": 0.8},
    )
    for document in (CERTAIN, to_dict(triples)):
        for each in results(document)[1:]:
            for name in FIGURES:
                figure = each[name]
                assert figure["p10"] == figure["p50"] == figure["p90"] == figure["mean"]
                # The rule pays back its 3,000 so fast that its rate, above 1,000 % a year, is not told as a figure.
                too_large = (each["name"], name) == ("Rule", "irr")
                assert (figure["mean"] is None) == too_large == ("above 1,000" in (figure["reason"] or ""))
            assert each["npv"]["standard_error"] == 0
            assert each["probability_of_loss"] in (0.0, 1.0)


def test_gain_per_month_is_before_growth_ramp_and_drift() -> None:
    plain = results({**CERTAIN, "returns": {"horizon_months": 24, "discount_rate": 0.1, "adoption": 0.8}})[MODEL]
    assert plain["gain_per_month"] == pytest.approx(results(CERTAIN)[MODEL]["gain_per_month"])


def test_simulated_figures_agree_with_plain_monte_carlo() -> None:
    """An independent simulation: NumPy's generator, one future at a time through the formulas of the design."""
    read_ = read(UNCERTAIN)
    model = value_model(read_)
    assert model is not None
    generator = np.random.default_rng(7)
    draws = 200_000
    values = {
        each.path: quantile_function(each.estimate, *each.quantity.support)(generator.uniform(1e-12, 1, draws))
        for each in model.inputs
    }
    v = values["bridge.prevalence"] * 0.8 * (values["bridge.value_of_catch"] - 4)
    v -= values["bridge.prevalence"] * 0.8 * (0.4 / 0.6) * 5 + values["bridge.prevalence"] * 0.2 * 10
    v += values["bridge.prevalence"] * 10
    total = np.zeros(draws)
    for month in range(1, 25):
        live = max(month - 4, 0)
        handled = 1000 * 1.06 ** ((month - 1) / 12) * 0.8 * min(1, live / 3) * min(1, live)
        aged = ((live - 1) % 6) + (np.arange(1_000) + 0.5) / 1_000
        gain = handled * v * np.mean(0.8 ** (aged / 12)) + 0.25 * handled
        cost = (5000 if month <= 4 else 0) + 800 * min(1, live) + 0.1 * handled
        total += (gain - cost) * 1.1 ** (-month / 12)
    found = results(UNCERTAIN)[MODEL]
    error = total.std() / np.sqrt(draws)
    assert found["npv"]["mean"] == pytest.approx(total.mean(), abs=4 * error + 4 * found["npv"]["standard_error"])
    for name, probability in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        assert found["npv"][name] == pytest.approx(np.quantile(total, probability), rel=0.02)
    assert found["probability_of_loss"] == pytest.approx((total < 0).mean(), abs=0.01)


def test_the_standard_error_tells_the_error() -> None:
    """Over 40 seeds the means scatter as the reported standard errors say."""
    runs = [results(UNCERTAIN, draws=1024, seed=seed)[MODEL]["npv"] for seed in range(40)]
    scatter = np.std([run["mean"] for run in runs], ddof=1)
    reported = np.sqrt(np.mean([run["standard_error"] ** 2 for run in runs]))
    assert 0.6 < reported / scatter < 1.7


def test_failure_costs_the_one_off_money_and_gains_nothing() -> None:
    certain = results(to_dict(proposal(alternatives__2__success_probability=1)))[MODEL]
    risky = results(to_dict(proposal(alternatives__2__success_probability=0.6)))[MODEL]
    lost = sum(5000 / 1.1 ** (month / 12) for month in range(1, 5))
    assert risky["npv"]["mean"] == pytest.approx(0.6 * certain["npv"]["mean"] - 0.4 * lost, rel=2e-3)
    assert risky["probability_of_loss"] == pytest.approx(0.4, abs=2e-3)
    assert risky["npv"]["p10"] == pytest.approx(-lost, rel=1e-9)


@settings(max_examples=25)
@given(st.floats(0.01, 1000))
def test_scaling_all_money_scales_npv(scale: float) -> None:
    document = to_dict(read(CERTAIN))
    for name in ("value_of_catch", "action_cost", "false_alarm_cost", "miss_cost"):
        document["bridge"][name] *= scale
    for alternative in document["alternatives"]:
        for cost in alternative.get("costs", []):
            cost["amount"] *= scale
    before, after = results(CERTAIN)[MODEL], results(document)[MODEL]
    assert after["npv"]["mean"] == pytest.approx(scale * before["npv"]["mean"], rel=1e-9)
    assert after["irr"]["mean"] == pytest.approx(before["irr"]["mean"], rel=1e-6)


@settings(max_examples=25)
@given(st.floats(0.65, 0.99), st.floats(0, 0.3))
def test_more_recall_is_worth_more(recall: float, more: float) -> None:
    worth = [
        results(to_dict(proposal(alternatives__2__metrics={"recall": each, "precision": 0.6})))[MODEL]["npv"]["mean"]
        for each in (recall, min(recall + more, 1.0))
    ]
    assert worth[1] >= worth[0] - 1e-6


@settings(max_examples=15)
@given(st.floats(60, 500), st.floats(1, 300), st.sampled_from(["bridge__value_of_catch", "bridge__cases_per_month"]))
def test_a_dearer_catch_and_more_cases_are_never_worth_less(low: float, more: float, path: str) -> None:
    # A case of this model is worth more than the running cost of handling it.
    worth = [
        results(to_dict(proposal(UNCERTAIN, **{path: value})))[MODEL]["npv"]["mean"] for value in (low, low + more)
    ]
    assert worth[1] >= worth[0] - 1e-6


def test_the_currency_changes_no_figure() -> None:
    assert results({**UNCERTAIN, "currency": "JPY"}) == results(UNCERTAIN)


def test_the_order_of_the_alternatives_changes_no_figure() -> None:
    turned = {**UNCERTAIN, "alternatives": UNCERTAIN["alternatives"][::-1]}
    by_name = {each["name"]: each["npv"] for each in results(turned)}
    assert by_name == {each["name"]: each["npv"] for each in results(UNCERTAIN)}


def test_no_drift_is_as_good_as_training_all_the_time() -> None:
    none = results(to_dict(proposal(returns__drift=0)))[MODEL]["npv"]["mean"]
    assert (
        none == results(to_dict(proposal(returns__drift=0, returns__retrain_every_months=None)))[MODEL]["npv"]["mean"]
    )
    assert none > results(CERTAIN)[MODEL]["npv"]["mean"]


@pytest.mark.parametrize("name", ["build_months", "ramp_months", "drift", "volume_growth", "discount_rate"])
def test_zero_is_legal(name: str) -> None:
    place = "alternatives__2__build_months" if name == "build_months" else f"returns__{name}"
    found = results(to_dict(proposal(**{place: 0})))[MODEL]
    assert np.isfinite(found["npv"]["mean"])


def test_without_a_build_the_one_off_money_is_spent_in_the_first_month() -> None:
    found = results(to_dict(proposal(alternatives__2__build_months=0)))[MODEL]
    first = found["cash_flow_by_month"][0]["p50"]
    handled = 1000 * 0.8 / 3
    assert first == pytest.approx(
        handled * 4.9066666667 * (1 - 0.8 ** (1 / 12)) * 12 / -np.log(0.8)
        + 0.25 * handled
        - 20000
        - 800
        - 0.1 * handled
    )


def test_the_same_document_and_seed_give_the_same_bytes_in_two_processes(tmp_path: Path) -> None:
    file = tmp_path / "proposal.json"
    file.write_text(examples.text("visual_inspection"), encoding="utf-8")
    command = [sys.executable, "-m", "app.cli", "assess", str(file), "--json", "--seed", "5"]
    first, second = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second
    assert json.loads(first)["seed"] == 5


@pytest.mark.parametrize("draws", [0, 255, 2**22 + 1])
def test_draws_out_of_bounds_are_refused(draws: int) -> None:
    with pytest.raises(DrawsRefused, match=f"draws: {draws}"):
        assess(read(CERTAIN), draws=draws)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(DrawsRefused, match="seed"):
        assess(read(CERTAIN), seed=-1)


def test_half_a_proposal_says_what_is_missing() -> None:
    found = assess(read({"title": "only a title"})).to_dict()
    assert found["alternatives"] == []
    assert found["best"] is None
    assert {"bridge", "alternatives.status_quo", "returns.horizon_months", "returns.discount_rate"} <= set(
        found["missing"]
    )
    assert found["verdict"]["recommendation"] == "rework"


def test_an_incomplete_alternative_does_not_hide_the_others() -> None:
    document = to_dict(proposal(alternatives__2__costs=[{"name": "?", "timing": "monthly"}]))
    found = results(document)
    assert found[1]["npv"]["mean"] is not None
    assert found[2]["npv"]["mean"] is None
    assert found[2]["incomplete"] == ["alternatives.2.costs.0.amount"]
    assert found[2]["gain_per_month"] == pytest.approx(1000 * 0.8 * (4.9066666667 + 0.25))


def test_no_figure_is_ever_nan_or_infinite() -> None:
    extreme = proposal(bridge__value_of_catch=1e15, bridge__cases_per_month=1e12, returns__discount_rate=10)
    never_live = proposal(alternatives__2__build_months=600)
    vast = {"p10": 1, "p50": 2, "p90": 1e15}
    wild = proposal(
        bridge__value_of_catch=vast, bridge__miss_cost=vast, returns__volume_growth={"p10": -0.5, "p50": 0, "p90": 9}
    )
    for each in (extreme, never_live, wild, read({"title": "x"}), *(examples.load(name) for name in examples.NAMES)):
        json.dumps(assess(each).to_dict(), allow_nan=False)


def test_break_even_is_where_expected_npv_is_zero() -> None:
    even = next(each for each in assess(read(CERTAIN)).break_even if each.index == MODEL and each.metric == "recall")
    assert even.value is not None
    at = results(to_dict(proposal(alternatives__2__metrics={"recall": even.value, "precision": 0.6})))[MODEL]
    assert at["npv"]["mean"] == pytest.approx(0, abs=1e-3)
    assert even.expected == 0.8
    assert even.ceiling == 0.95
    assert even.headroom == pytest.approx(0.95 - even.value)


def test_break_even_of_a_straight_line_by_hand() -> None:
    # 10 cases a month, 1 unit of money a case and point of score, 12 months, no discount, 60 spent:
    # 10 x 12 x score = 60, so score = 0.5.
    found = assess(
        read(
            {
                "title": "line",
                "bridge": {"kind": "curve", "cases_per_month": 10, "metric": "score", "points": [[0, 0], [1, 1]]},
                "alternatives": [
                    {"name": "Now", "kind": "status_quo", "metrics": {"score": 0}},
                    {
                        "name": "Model",
                        "metrics": {"score": 0.8},
                        "build_months": 0,
                        "success_probability": 1,
                        "costs": [{"timing": "one_off", "amount": 60}],
                    },
                ],
                "returns": {"horizon_months": 12, "discount_rate": 0},
            }
        )
    )
    assert found.break_even[0].value == pytest.approx(0.5)
    assert found.alternatives[1].expected == pytest.approx(96 - 60)


def test_headroom_counts_the_room_where_less_is_better() -> None:
    metrics = {"recall": 0.8, "false_positive_rate": 0.02}
    document = proposal(alternatives__2__metrics=metrics, feasibility__ceilings={"false_positive_rate": 0.01})
    even = next(each for each in assess(document).break_even if each.metric == "false_positive_rate")
    assert even.value is not None
    assert even.headroom == pytest.approx(even.value - 0.01)


def test_the_tornado_is_the_swing_with_all_else_at_its_median() -> None:
    found = assess(read(UNCERTAIN)).to_dict()["sensitivity"]
    swing = next(each for each in found if each["input"] == "bridge.prevalence")
    for end, prevalence in (("npv_at_p10", 0.03), ("npv_at_p90", 0.08)):
        at = results(to_dict(proposal(bridge__prevalence=prevalence)))[MODEL]
        assert swing[end] == pytest.approx(at["npv"]["mean"])
    assert [abs(each["npv_at_p90"] - each["npv_at_p10"]) for each in found] == sorted(
        (abs(each["npv_at_p90"] - each["npv_at_p10"]) for each in found), reverse=True
    )


def test_learning_one_input_is_worth_no_more_than_learning_all() -> None:
    found = assess(examples.load("visual_inspection")).to_dict()
    for each in found["sensitivity"]:
        assert 0 <= each["evppi"] <= found["evpi"]
    assert found["pilot"]["net"] == found["pilot"]["evsi"] - found["pilot"]["cost"]


def test_more_draws_narrow_the_error() -> None:
    few, many = (results(UNCERTAIN, draws=draws)[MODEL]["npv"]["standard_error"] for draws in (256, 65_536))
    assert 0 < many < few / 8


def test_a_finished_proposal_misses_nothing() -> None:
    document = read({**CERTAIN, "feasibility": {"answers": best_answers()}})
    assert assess(document).missing == ()
    assert read(write(document)) == document


def test_the_largest_amounts_that_a_document_allows_are_told_without_an_error() -> None:
    document = read((Path(__file__).parent / "cases" / "crash_large_money.json").read_text(encoding="utf-8"))
    found = assess(document)
    assert found.alternatives[1].expected == pytest.approx(1.2e28)
    assert "$1.2\u00a0×\u00a010²⁸" in found.verdict.reasons[0]
    assert render(summarise(document, found), "md")
