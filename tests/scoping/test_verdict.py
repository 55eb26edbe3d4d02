"""The verdict: which rule fires, and the reasons it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scoping import Proposal, assess, examples, read, to_dict
from scoping.verdict import Verdict
from tests.documents import CERTAIN, best_answers, proposal

pytestmark = pytest.mark.long

EXAMPLES = [
    ("visual_inspection", "pilot"),
    ("customer_retention", "simpler"),
    ("invoice_routing", "build"),
    ("stock_price", "stop"),
    ("payment_fraud", "pilot"),
    ("demand_forecast", "pilot"),
    ("search_ranking", "simpler"),
    ("donor_mailing", "simpler"),
    ("support_assistant", "rework"),
    ("heat_pump_scheduling", "build"),
]


def verdict(document: Proposal) -> Verdict:
    return assess(document).verdict


def answered(**changes: Any) -> Proposal:
    ceilings = {"recall": 0.95, "precision": 0.9}
    answers = {**best_answers(), **changes.pop("answers", {})}
    return proposal(
        CERTAIN, **{"feasibility": {"answers": answers, "ceilings": changes.pop("ceilings", ceilings)}, **changes}
    )


@pytest.mark.parametrize(("name", "recommendation"), EXAMPLES)
def test_the_examples_show_every_verdict(name: str, recommendation: str) -> None:
    found = verdict(examples.load(name))
    assert found.recommendation == recommendation
    assert all(reason.endswith(".") for reason in found.reasons)


def test_one_stock_from_its_own_history_stops_at_the_gate() -> None:
    assert verdict(examples.load("stock_price")).reasons == (
        "Neither people nor any model does better than guessing from these inputs.",
    )


def test_build_names_the_value_the_margin_and_the_break_even() -> None:
    found = verdict(answered(alternatives__1__metrics={"recall": 0.2, "precision": 0.2}))
    assert found.recommendation == "build"
    text = " ".join(found.reasons)
    assert "Model is worth" in text
    assert "more than the best way without a model (Rule)" in text
    assert "breaks even at" in text
    assert any("must be at least" in condition for condition in found.conditions)


def test_unanswered_gates_and_missing_figures_mean_rework() -> None:
    assert verdict(proposal()).recommendation == "rework"
    found = verdict(answered(alternatives__2__build_months=None))
    assert found.recommendation == "rework"
    assert "Model: build time" in found.reasons[0]


def test_a_ceiling_below_the_break_even_means_rework() -> None:
    found = verdict(
        answered(ceilings={"recall": 0.05}, alternatives=[CERTAIN["alternatives"][0], CERTAIN["alternatives"][2]])
    )
    assert found.recommendation == "rework"
    assert "the best that can be hoped for is 5.0%" in found.reasons[0]


@pytest.mark.parametrize(("likely", "is_near"), [(0.74, True), (0.52, False)])
def test_alternatives_that_turn_out_best_as_often_are_said_first(likely: float, is_near: bool) -> None:
    """The one that is recommended has the higher mean; which of the two turns out best is a coin-flip."""
    today, rule, model = CERTAIN["alternatives"]
    wide = {**model, "metrics": {"recall": {"p10": 0.5, "p50": 0.7, "p90": 0.94}, "precision": 0.6}}
    recall = {"p10": 0.5, "p50": likely, "p90": likely + 0.04}
    other = {**model, "name": "Other model", "metrics": {"recall": recall, "precision": 0.6}}
    bridge = {**CERTAIN["bridge"], "value_of_catch": 300}
    found = assess(answered(alternatives=[today, rule, wide, other], bridge=bridge))
    chances = {each.name: each.probability_best or 0.0 for each in found.alternatives}
    assert found.verdict.recommendation == "build"
    assert (chances["Other model"] > chances["Model"] - 0.1) == is_near
    assert found.verdict.reasons[0].startswith("Near a coin-flip between alternatives: Other model") == is_near


def test_a_rule_that_is_worth_as_much_is_simpler() -> None:
    found = verdict(answered(alternatives__1__metrics={"recall": 0.8, "precision": 0.6}))
    assert found.recommendation == "simpler"
    assert "Rule is worth" in found.reasons[0]
    assert any(condition.startswith("Come back to Model") for condition in found.conditions)


def test_without_any_value_the_answer_is_stop() -> None:
    found = verdict(answered(bridge__value_of_catch=0, bridge__miss_cost=0, alternatives__0__costs=[], ceilings={}))
    assert found.recommendation == "stop"
    assert "expected to lose" in found.reasons[0]


def test_a_pilot_is_worth_it_only_when_it_costs_less_than_it_tells() -> None:
    cheap = examples.load("visual_inspection")
    dear = proposal(examples_document("visual_inspection"), pilot__cost=10_000_000)
    assert verdict(cheap).recommendation == "pilot"
    assert verdict(dear).recommendation == "build"


def case(name: str) -> Proposal:
    """A small document that an audit found; its wanted value was computed by an independent model."""
    return read((Path(__file__).parent / "cases" / f"{name}.json").read_text(encoding="utf-8"))


def test_a_pilot_whose_delay_costs_more_than_it_tells_is_not_recommended() -> None:
    found = assess(case("pilot_although_delay_costs_more"))
    assert found.verdict.recommendation == "build"
    assert found.staged is not None
    assert found.staged.npv == pytest.approx(73_969, rel=0.005)
    assert found.staged.committed == pytest.approx(80_889, rel=0.001)
    assert any("A pilot first would be worth" in reason for reason in found.verdict.reasons)


def test_a_simpler_way_does_not_hide_a_pilot_that_is_worth_more() -> None:
    found = assess(case("simpler_hides_pilot"))
    assert found.verdict.recommendation == "pilot"
    assert found.staged is not None
    assert (found.staged.npv, found.staged.committed) == pytest.approx((6_410, 4_380), rel=0.01)


def test_a_model_worth_nothing_is_no_reason_to_build() -> None:
    found = verdict(case("auc_half_build"))
    assert found.recommendation == "stop"
    assert found.is_tie
    assert found.level_with == ("build",)
    assert any(reason.startswith("A tie: Model") for reason in found.reasons)


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_verdict_does_not_rest_on_a_tail_that_nobody_gave(seed: int) -> None:
    found = assess(case("mean_above_p90"), seed=seed)
    assert found.verdict.recommendation == "stop"
    assert "only by the far end of a range that nobody gave" in found.verdict.reasons[0]
    assert found.remarks


def test_a_doubt_that_the_pilot_cannot_read_is_named() -> None:
    found = verdict(case("pilot_blind_to_success"))
    # By hand: 0.5 max(3,600 - 1,700, 0) + 0.5 max(-1,700, 0) - (0.5 x 3,600 - 1,700) = 950 - 100.
    assert any("whether Model reaches production" in each and "$850" in each for each in found.conditions)


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize(("name", "recommendation"), EXAMPLES)
def test_another_seed_gives_the_same_verdict(name: str, recommendation: str, seed: int) -> None:
    assert assess(examples.load(name), seed=seed).verdict.recommendation == recommendation


def examples_document(name: str) -> dict[str, Any]:
    from scoping import to_dict

    return to_dict(examples.load(name))


def test_an_open_gate_becomes_a_condition() -> None:
    found = verdict(answered(answers={"lawful_access": {"choice": "asked"}}))
    assert "Settle first: Access to the data is not granted yet." in found.conditions


def test_an_alternative_without_a_name_is_judged_like_any_other() -> None:
    document = to_dict(examples.load("visual_inspection"))
    named = assess(read(document))
    for index, alternative in enumerate(document["alternatives"]):
        alternative["name"] = "" if index else "Today"
    unnamed = assess(read(document))
    assert unnamed.verdict.recommendation == named.verdict.recommendation
    assert len(unnamed.verdict.reasons) == len(named.verdict.reasons)
    assert len(unnamed.verdict.conditions) == len(named.verdict.conditions)
    assert "Alternative 4 is worth" in unnamed.verdict.reasons[2]
