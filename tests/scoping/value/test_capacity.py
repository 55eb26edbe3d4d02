"""People who can act on so many cases a month, and everybody or nobody as today's way: in the value model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from scoping import DocumentRefused, assess, read
from scoping.assessment import Assessment
from scoping.document.paths import with_value
from scoping.text.remarks import remark_said
from scoping.value.cashflow import first_draws, unroll
from scoping.value.conventions import discount_of
from scoping.value.missing import missing_inputs
from scoping.value.model import ValueModel, value_model
from scoping.value.remarks import Code
from scoping.value.simulate import Blocks
from tests.documents import CERTAIN, UNCERTAIN, case, varied

pytestmark = pytest.mark.long

EVERYBODY = {"recall": 1, "false_positive_rate": 1}
LIMIT = "bridge__most_actions_per_month"


def gains(document: dict[str, Any]) -> dict[str, float]:
    """The gain a month by the alternatives' names."""
    return {each.name: each.gain_per_month or 0.0 for each in assess(read(document)).alternatives}


def npv(document: dict[str, Any], index: int = -1) -> float:
    found = assess(read(document)).alternatives[index].expected
    assert found is not None
    return found


def modelled(document: dict[str, Any]) -> ValueModel:
    found = value_model(read(document))
    assert found is not None
    return found


# Everybody and nobody ----------------------------------------------------------------------------


def test_calls_to_the_best_fifth_against_calls_to_everybody() -> None:
    """UCI bank marketing: a fifth of 22,500 is called, 4.5 times as many of them subscribe."""
    model = "Ranked top 20 %"
    assert gains(case("bank_target"))[model] == pytest.approx(98_575)
    assert gains(case("bank_target", alternatives__0__metrics={"depth": 1}))[model] == pytest.approx(38_825)
    everybody = {"name": "Call all", "kind": "process_change", "metrics": {"depth": 1}, "build_months": 0}
    document = case("bank_target")
    document["alternatives"].append({**everybody, "success_probability": 1})
    assert gains(document)["Call all"] == pytest.approx(98_575 - 38_825)


def test_the_shared_depth_may_be_left_out_where_each_has_its_own() -> None:
    document = case("bank_target", bridge__depth=None)
    assert missing_inputs(read(document)) == ["bridge.depth"]
    own = with_value(document, "alternatives.1.metrics.depth", 0.2)
    assert missing_inputs(read(own)) == []
    assert gains(own) == gains(case("bank_target"))
    by_lift = with_value(own, "alternatives.0.metrics", {"lift_at_depth": 1.5})
    assert missing_inputs(read(by_lift)) == ["bridge.depth"]


def test_whoever_contacts_everybody_chooses_nobody() -> None:
    document = case("bank_target", alternatives__1__metrics={"depth": 1})
    assert missing_inputs(read(document)) == []
    assert missing_inputs(read(with_value(document, "alternatives.1.metrics.depth", 0.5))) == [
        "alternatives.1.metrics.lift_at_depth"
    ]
    assert [each.metric for each in assess(read(document)).break_even] == []


def test_an_own_depth_is_no_quality_of_a_model() -> None:
    found = assess(read(case("bank_target", alternatives__1__metrics={"lift_at_depth": 4.5, "depth": 0.2})))
    assert [each.metric for each in found.break_even] == ["lift_at_depth"]
    assert found.alternatives[1].expected == npv(case("bank_target"))


def test_visits_to_all_patients_within_eight_a_day() -> None:
    """8 a day are 168 visits a month: the model's 48 are within them, visiting all 175 is not."""
    free, limited = gains(case("readmission")), gains(case("readmission", **{LIMIT: 168}))
    assert limited["Model"] == free["Model"]
    assert limited["Visit everybody"] == pytest.approx(168 / 175 * free["Visit everybody"])
    today = gains(case("readmission", **{LIMIT: 168}, alternatives__0__metrics=EVERYBODY))
    assert today["Model"] == pytest.approx(limited["Model"] - limited["Visit everybody"])
    assert today["Visit everybody"] == pytest.approx(0)


# The limit, month by month -----------------------------------------------------------------------


def worth_of(bridge: dict[str, Any], metrics: dict[str, float], cases: float) -> float:
    """A case of CERTAIN where people act on the best, without the closed form: the odds ratio is solved for."""
    q, recall = bridge["prevalence"], metrics["recall"]
    alarms = metrics.get("false_positive_rate", 0) * (1 - q)
    if "precision" in metrics:
        alarms = q * recall * (1 - metrics["precision"]) / metrics["precision"]
    found, chosen = q * recall, q * recall + alarms
    acted = min(chosen, bridge["most_actions_per_month"] / cases)
    if acted < chosen and chosen < 1:
        ratio = np.log(found * (1 - q - alarms) / (alarms * (q - found)))

        def over(x: float) -> float:
            return float(np.log(x * (1 - q - acted + x) / ((acted - x) * (q - x))) - ratio)

        found = brentq(over, 1e-15, min(acted, q) - 1e-15, xtol=1e-16, rtol=1e-15)
    elif acted < chosen:
        found = q * acted
    wasted = acted - found
    gain = found * (bridge["value_of_catch"] - bridge["action_cost"])
    waste = wasted * (bridge["action_cost"] + bridge["false_alarm_cost"])
    return float(gain - waste - (q - found) * bridge["miss_cost"])


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([20.0, 45.0, 70.0, 1e6]),
    st.sampled_from([-0.2, 0.0, 0.06, 0.6]),
    st.sampled_from(["smooth", "yearly"]),
    st.booleans(),
    st.sampled_from([0.0, 0.3]),
)
def test_growing_cases_and_people_who_do_not_grow_agree_with_a_notebook(
    limit: float, growth: float, steps: str, everybody: bool, drift: float
) -> None:
    today = EVERYBODY if everybody else {"recall": 0.0, "false_positive_rate": 0.0}
    model = {**CERTAIN["alternatives"][-1], "costs": [], "build_months": 2}
    returns = {
        "horizon_months": 20, "discount_rate": 0.1, "adoption": 0.8, "ramp_months": 3, "volume_growth": growth,
        "drift": drift, "growth_steps": steps,
    }  # fmt: skip
    bridge = {**CERTAIN["bridge"], "most_actions_per_month": limit}
    status_quo = {"name": "Today", "kind": "status_quo", "metrics": EVERYBODY if everybody else {}}
    document = {"title": "Any", "bridge": bridge, "alternatives": [status_quo, model], "returns": returns}
    total = 0.0
    for month in range(1, 21):
        grown = (1 + growth) ** ((month - 1) // 12 if steps == "yearly" else (month - 1) / 12)
        live = max(month - 2, 0)
        handled = 1_000 * grown * 0.8 * min(live / 3, 1)
        gain = worth_of(bridge, model["metrics"], 1_000 * grown) - worth_of(bridge, today, 1_000 * grown)
        # Drift takes from a gain, on average over the month.
        ages = live - 1 + (np.arange(2_000) + 0.5) / 2_000
        kept = float(np.mean((1 - drift) ** (ages / 12))) if gain > 0 else 1.0
        total += handled * gain * kept * 1.1 ** (-month / 12)
    assert npv(document) == pytest.approx(total, rel=1e-7, abs=1e-6)


@pytest.mark.parametrize("steps", ["smooth", "yearly"])
@pytest.mark.parametrize("metrics", [{"recall": 0.8, "precision": 0.6}, {"roc_auc": 0.85}])
def test_present_values_are_those_of_the_months(steps: str, metrics: dict[str, Any]) -> None:
    changed = {
        "alternatives__2__metrics": metrics,
        "alternatives__0__metrics": EVERYBODY,
        "returns__growth_steps": steps,
    }
    growing = {"p10": -0.1, "p50": 0.1, "p90": 0.4}
    model = modelled(varied(UNCERTAIN, **changed, **{LIMIT: 60}, returns__volume_growth=growing))
    values, draws = next(iter(Blocks(model, 1_024, 1)))
    found = unroll(model.terms(2, values), model.horizon, draws)
    rate = values["returns.discount_rate"]
    convention = model.proposal.returns.cash_convention
    summed = sum(
        flow * discount_of(month, convention, model.horizon, rate) for month, flow in enumerate(found.flows, start=1)
    )
    assert found.present.npv == pytest.approx(summed, rel=1e-9, abs=1e-6)
    assert model.present(2, values, draws).npv == pytest.approx(found.present.npv, rel=1e-12, abs=1e-9)
    few = {path: first_draws(each, 100) for path, each in values.items()}
    assert found.present.first(100).valued(model.gain(2, few)).npv == pytest.approx(found.present.npv[:100])


@pytest.mark.parametrize("growth", [0, 0.2])
def test_a_limit_that_nothing_reaches_changes_no_figure(growth: float) -> None:
    plain = varied(UNCERTAIN, returns__volume_growth=growth)
    found = assess(read(varied(plain, **{LIMIT: 1e9})))
    for ours, theirs in zip(found.alternatives[1:], assess(read(plain)).alternatives[1:], strict=True):
        assert ours.expected == pytest.approx(theirs.expected, rel=1e-12)
        assert ours.gain_per_month == theirs.gain_per_month
    assert not any(each.code is Code.LIMIT_REACHED for each in found.remarks)


def test_more_people_are_worth_more_up_to_what_is_flagged() -> None:
    document = varied(UNCERTAIN, returns__volume_growth=0.1)
    found = [npv(varied(document, **{LIMIT: limit})) for limit in (0, 20, 40, 80, 160)]
    assert found == sorted(found)
    assert np.diff(found)[0] > np.diff(found)[2], "the best come first"


def test_scaling_all_money_scales_what_it_is_worth() -> None:
    document = varied(CERTAIN, **{LIMIT: 50}, alternatives__0__metrics=EVERYBODY)
    money = ("value_of_catch", "action_cost", "false_alarm_cost", "miss_cost")
    scaled = varied(document, **{f"bridge__{name}": 3 * CERTAIN["bridge"][name] for name in money})
    for index, alternative in enumerate(document["alternatives"]):
        for number, cost in enumerate(alternative.get("costs", [])):
            scaled = with_value(scaled, f"alternatives.{index}.costs.{number}.amount", 3 * cost["amount"])
    assert npv(scaled) == pytest.approx(3 * npv(document))


def test_the_order_of_the_alternatives_does_not_matter() -> None:
    document = varied(UNCERTAIN, **{LIMIT: 50}, alternatives__0__metrics=EVERYBODY)
    turned = {**document, "alternatives": document["alternatives"][::-1]}
    ours, theirs = (
        {each.name: each.expected for each in assess(read(each)).alternatives} for each in (document, turned)
    )
    assert ours == theirs


@pytest.mark.parametrize("growth", [0, 0.3])
@pytest.mark.parametrize("metrics", [{"recall": 0.8, "precision": 0.6}, {"roc_auc": 0.85}])
def test_at_its_break_even_a_model_is_worth_nothing(growth: float, metrics: dict[str, float]) -> None:
    document = varied(
        CERTAIN, **{LIMIT: 50}, returns__volume_growth=growth, alternatives__0__metrics=EVERYBODY,
        alternatives__2__metrics=metrics,
    )  # fmt: skip
    found = [each for each in assess(read(document)).break_even if each.index == 2 and each.value is not None]
    assert found
    for each in found:
        assert npv(with_value(document, f"alternatives.2.metrics.{each.metric}", each.value)) == pytest.approx(
            0, abs=1e-5
        )


# What is said of it ------------------------------------------------------------------------------


def remarked(document: dict[str, Any], code: Code) -> list[tuple[tuple[str, ...], tuple[float, ...]]]:
    return [(each.subjects, each.values) for each in assessed(document).remarks if each.code is code]


def assessed(document: dict[str, Any]) -> Assessment:
    return assess(read(document))


def test_it_is_said_where_the_limit_is_reached_and_how_far() -> None:
    document = varied(CERTAIN, **{LIMIT: 60}, alternatives__0__metrics=EVERYBODY, returns__volume_growth=0)
    assert remarked(document, Code.LIMIT_REACHED) == [
        (("Today",), (60, 1_000, 1_000, 1)),
        (("Rule",), (60, pytest.approx(1_000 * 0.05 * 0.4 / 0.3), pytest.approx(66.67, abs=0.01), 1)),
        (("Model",), (60, pytest.approx(66.67, abs=0.01), pytest.approx(66.67, abs=0.01), 1)),
    ]
    said = [remark_said(each, "EUR") for each in assessed(document).remarks if each.code is Code.LIMIT_REACHED]
    assert str(said[2]).startswith("Model: at most 60 of 67 cases a month that it selects are acted on")
    growing = varied(document, **{LIMIT: 70}, returns__volume_growth=0.5)
    (today, *_, model) = [each for each in assessed(growing).remarks if each.code is Code.LIMIT_REACHED]
    assert model.values[1] < 70 < model.values[2]
    assert "and of 145 at the end of the horizon" in remark_said(model, "EUR")
    assert today.values[0] == 70


def test_the_share_of_the_futures_in_which_it_is_reached_is_said() -> None:
    document = varied(UNCERTAIN, **{LIMIT: 70}, returns__volume_growth=0)
    ((_, values),) = [each for each in remarked(document, Code.LIMIT_REACHED) if each[0] == ("Model",)]
    assert 0.2 < values[3] < 0.6


def test_who_would_respond_anyway_is_asked_for() -> None:
    assert remarked(case("bank_target"), Code.ALL_EARNED) == [((), ())]
    for share in (0, 0.03):
        assert remarked(case("bank_target", bridge__respond_anyway=share), Code.ALL_EARNED) == []
    assert remarked(CERTAIN, Code.ALL_EARNED) == []


def test_nobody_who_responds_anyway_changes_no_figure() -> None:
    assert npv(case("bank_target", bridge__respond_anyway=0)) == npv(case("bank_target"))


@pytest.mark.parametrize(
    ("document", "path", "value", "said"),
    [
        ("bank_target", "bridge.most_actions_per_month", -1, "must be a number from 0"),
        ("readmission", "bridge.most_actions_per_month", "8 a day", "bridge.most_actions_per_month"),
        ("bank_target", "bridge.respond_anyway", 1.2, "0% to 100%"),
        ("bank_target", "alternatives.1.metrics.depth", 20, "0% to 100%"),
        ("bank_target", "alternatives.1.metrics.depth", 1, "must be 1 or empty where everybody is contacted"),
        ("bank_target", "alternatives.1.metrics.depth", 0.5, "must be at most 2 with depth 0.5"),
        ("readmission", "bridge.respond_anyway", 0.1, "respond_anyway"),
    ],
)
def test_what_cannot_be_is_refused_by_name(document: str, path: str, value: Any, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        read(with_value(case(document), path, value))
