"""Which alternative, stage by stage, and the outside view."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scoping import assess, examples, read, to_dict
from scoping.document.paths import with_value
from scoping.document.returns import Returns
from scoping.document.walk import choices_in
from scoping.text.reference_classes import TITLES, sentence
from scoping.value.outside_view import REFERENCE_CLASSES
from tests.documents import CERTAIN, UNCERTAIN, proposal

pytestmark = pytest.mark.long

MODEL = 2


def assessed(document: dict[str, Any]) -> dict[str, Any]:
    return assess(read(document)).to_dict()


@pytest.mark.parametrize("name", examples.NAMES)
def test_someone_is_the_best_in_every_future(name: str) -> None:
    found = assess(examples.load(name)).to_dict()
    assert sum(each["probability_best"] for each in found["alternatives"]) == pytest.approx(1)


def test_the_certain_best_is_always_the_best() -> None:
    found = assessed(CERTAIN)["alternatives"]
    assert [each["probability_best"] for each in found] == [0, 1, 0]
    assert found[1]["npv"]["mean"] > found[MODEL]["npv"]["mean"]


def test_what_the_model_adds_is_the_difference_to_the_best_rule() -> None:
    found = assessed(UNCERTAIN)["alternatives"]
    adds = found[MODEL]["over_best_without_model"]
    assert adds["against"] == "Rule"
    assert adds["mean"] == pytest.approx(found[MODEL]["npv"]["mean"] - found[1]["npv"]["mean"], rel=1e-9)
    # Common random numbers: what moves both moves their difference less.
    assert adds["p90"] - adds["p10"] < found[MODEL]["npv"]["p90"] - found[MODEL]["npv"]["p10"]
    assert found[1]["over_best_without_model"] is None


def test_where_no_rule_pays_the_model_is_held_against_the_status_quo() -> None:
    found = assess(examples.load("stock_price")).to_dict()["alternatives"]
    model = next(each for each in found if each["over_best_without_model"])
    assert model["over_best_without_model"]["against"] == "Keep the holding"
    assert model["over_best_without_model"]["mean"] == model["npv"]["mean"]


def test_stages_are_worth_at_least_the_choice_of_today() -> None:
    for name in ("visual_inspection", "demand_forecast", "invoice_routing"):
        found = assess(examples.load(name)).to_dict()
        stages = found["stages"]
        assert stages["committed"] == max(each["npv"]["mean"] for each in found["alternatives"])
        assert stages["option"] >= 0
        assert [each["name"] for each in stages["stages"]] == ["pilot", "build", "run"]
        reached = [each["probability"] for each in stages["stages"]]
        assert reached == sorted(reached, reverse=True)


def test_stages_by_hand() -> None:
    """A coin decides between a gain and a loss, and the pilot shows it (almost) exactly."""
    metrics = {"recall": {"p10": 0.2, "p50": 0.5, "p90": 0.8}, "false_positive_rate": 0.0}
    document = {
        "title": "coin",
        "bridge": {
            "kind": "detection", "cases_per_month": 100, "prevalence": 0.5, "value_of_catch": 2, "action_cost": 0,
        },
        "alternatives": [
            {"name": "Now", "kind": "status_quo"},
            {
                "name": "Model", "metrics": metrics, "build_months": 0, "success_probability": 1,
                "costs": [{"timing": "one_off", "amount": 600}],
            },
        ],
        "returns": {"horizon_months": 12, "discount_rate": 0},
        "pilot": {"cost": 10, "labelled_cases": 100_000, "months": 1},
    }  # fmt: skip
    found = assessed(document)
    # NPV = 12 x 100 x 0.5 x 2 x recall - 600 = 1200 recall - 600; recall is symmetric about 0.5.
    assert found["alternatives"][1]["npv"]["mean"] == pytest.approx(0, abs=0.5)
    half = found["evpi"]
    assert half > 50
    assert found["stages"]["npv"] == pytest.approx(half - 10, abs=6)
    assert found["pilot"]["evsi"] == pytest.approx(half, abs=6)
    assert found["stages"]["stages"][1]["probability"] == pytest.approx(0.5, abs=0.02)
    assert found["stages"]["stages"][1]["cost"] == pytest.approx(600)


def test_every_reference_class_can_be_chosen_and_has_its_source() -> None:
    assert set(choices_in(Returns.model_fields["outside_view"].annotation)) == set(REFERENCE_CLASSES)
    for name, each in REFERENCE_CLASSES.items():
        assert each.source
        assert TITLES[name]
        assert sentence(each).endswith(".")


def test_it_projects_overrun_as_published() -> None:
    # Flyvbjerg and Budzier 2011: mean overrun 27 %, one in six by 200 % and almost 70 % in time.
    found = REFERENCE_CLASSES["it_projects"]
    assert found.tail * found.tail_cost + (1 - found.tail) * found.cost == pytest.approx(1.27)
    assert (found.tail_cost, found.tail_months) == (3.0, 1.7)


def test_the_outside_view_stands_beside_figures_that_it_does_not_change() -> None:
    without = assessed(UNCERTAIN)
    with_it = assessed(with_value(UNCERTAIN, "returns.outside_view", "it_projects"))
    assert with_it["alternatives"] == without["alternatives"]
    assert without["outside_view"] is None
    own = {each["name"]: each["npv"]["mean"] for each in with_it["alternatives"]}
    for each in with_it["outside_view"]["alternatives"]:
        assert each["npv"]["mean"] < own[each["name"]]


@pytest.mark.parametrize(("name", "cost", "months"), [("green_book_upper", 3.0, 1.54), ("green_book_lower", 1.1, 1.1)])
def test_the_green_book_stretches_cost_and_time(name: str, cost: float, months: float) -> None:
    # HM Treasury, optimism bias, equipment and development: +200 % and +54 % (upper), +10 % and +10 % (lower).
    outside = assessed(with_value(CERTAIN, "returns.outside_view", name))["outside_view"]["alternatives"][1]
    stretched = to_dict(proposal(alternatives__2__build_months=4 * months))
    stretched = with_value(stretched, "alternatives.2.costs.0.amount", 20_000 * cost)
    assert outside["npv"]["mean"] == pytest.approx(assessed(stretched)["alternatives"][MODEL]["npv"]["mean"], rel=1e-9)


def test_what_has_no_value_says_why() -> None:
    never = assessed(to_dict(proposal(alternatives__2__build_months=600)))["alternatives"][MODEL]
    for name in ("payback_months", "irr"):
        assert never[name]["p50"] is None
        assert never[name]["reason"].endswith(".")
    free = assessed(with_value(to_dict(proposal()), "alternatives.1.costs", []))["alternatives"][1]
    assert free["roi"]["p50"] is None
    assert "Nothing is spent" in free["roi"]["reason"]
    reference = assessed(CERTAIN)["alternatives"][0]
    assert "status quo" in reference["roi"]["reason"]
    nothing = assessed({"title": "x"})
    assert nothing["evpi"] is None
    assert nothing["evpi_reason"]
    assert nothing["pilot"]["reason"]
    assert assessed(CERTAIN)["pilot"]["reason"]
    for each in assessed(CERTAIN)["break_even"]:
        assert (each["value"] is None or each["headroom"] is None) == (each["reason"] is not None)


def test_every_uncertain_input_has_its_worth_and_its_error() -> None:
    found = assess(examples.load("visual_inspection")).to_dict()
    assert len(found["sensitivity"]) == 37
    for each in found["sensitivity"]:
        assert 0 <= each["evppi"] <= found["evpi"]
        assert each["evppi"] == 0 or each["evppi"] > 2 * each["evppi_standard_error"]
    assert 0 <= found["pilot"]["evsi"] <= found["pilot"]["evppi"] <= found["evpi"]


def test_a_pilot_with_more_cases_is_worth_more() -> None:
    document = to_dict(examples.load("visual_inspection"))
    worth = [
        assessed(with_value(document, "pilot.labelled_cases", cases))["pilot"]["evsi"]
        for cases in (300, 3_000, 100_000)
    ]
    assert worth == sorted(worth)
    assert worth[0] < worth[-1]


def test_a_certain_metric_leaves_a_pilot_nothing_to_find() -> None:
    found = assessed({**CERTAIN, "pilot": {"cost": 500, "labelled_cases": 300}})["pilot"]
    assert found["evsi"] == 0
    assert "nothing to find out" in found["reason"]


def test_drift_without_retraining_loses_more() -> None:
    means = [
        assessed(to_dict(proposal(returns__drift=drift, returns__retrain_every_months=every)))["alternatives"][MODEL][
            "npv"
        ]["mean"]
        for drift, every in ((0.0, None), (0.2, 3), (0.2, 12), (0.2, None))
    ]
    assert means == sorted(means, reverse=True)
    assert len(set(np.round(means, 6))) == 4
