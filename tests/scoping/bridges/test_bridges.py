"""From a technical metric to money per case, against published figures and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import DocumentRefused, assess, read
from scoping.bridges import KINDS
from tests.documents import CERTAIN, proposal

share = st.floats(0.01, 0.99)
money = st.floats(0, 1e4)


def detection(**inputs: float) -> dict[str, float]:
    defaults = {"action_success": 1.0, "false_alarm_cost": 0.0, "miss_cost": 0.0, "correct_pass_value": 0.0}
    return {**defaults, **inputs}


def value(kind: str, inputs: dict[str, float], metrics: dict[str, float]) -> float:
    return float(KINDS[kind].model_construct(kind=kind).value_per_case(inputs, metrics))


def without_model(kind: str, inputs: dict[str, float]) -> float:
    found = KINDS[kind].model_construct(kind=kind).value_without_model(inputs)
    assert found is not None
    return float(found)


def gain_per_case(bridge: dict[str, object], metrics: dict[str, object]) -> float:
    """Through the whole assessment: the gain a month over the cases a month."""
    document = {
        "title": "published",
        "bridge": bridge,
        "alternatives": [
            {"name": "Now", "kind": "status_quo"},
            {"name": "Model", "kind": "classical_ml", "metrics": metrics},
        ],
    }
    found = assess(read(document)).to_dict()["alternatives"][1]
    assert found["kind"] == "classical_ml"
    return found["gain_per_month"] / bridge["cases_per_month"]  # type: ignore[operator]


def test_provost_and_fawcett_chapter_7() -> None:
    # Provost and Fawcett 2013, Data Science for Business, ch. 7: prints 50.04 after rounding its rates.
    bridge = {"kind": "detection", "cases_per_month": 110, "prevalence": 0.55, "value_of_catch": 100, "action_cost": 1}
    assert gain_per_case(bridge, {"recall": 0.92, "false_positive_rate": 0.14}) == pytest.approx(50.03, abs=0.005)


def test_customers_with_precision() -> None:
    bridge = {
        "kind": "detection",
        "cases_per_month": 2990,
        "prevalence": 482 / 2990,
        "value_of_catch": 2300,
        "action_success": 0.3,
        "action_cost": 100,
    }
    assert gain_per_case(bridge, {"recall": 392 / 482, "precision": 392 / 419}) == pytest.approx(76.45, abs=0.005)


@given(prevalence=share, recall=share, precision=st.floats(0.5, 1), worth=money, cost=money)
def test_precision_and_false_positive_rate_tell_the_same(
    prevalence: float, recall: float, precision: float, worth: float, cost: float
) -> None:
    false_positives = prevalence * recall * (1 - precision) / precision
    if false_positives > 1 - prevalence:
        return
    inputs = detection(prevalence=prevalence, value_of_catch=worth, action_cost=cost, correct_pass_value=2.0)
    by_precision = value("detection", inputs, {"recall": recall, "precision": precision})
    by_rate = value("detection", inputs, {"recall": recall, "false_positive_rate": false_positives / (1 - prevalence)})
    assert by_precision == pytest.approx(by_rate, rel=1e-9, abs=1e-9)


@given(prevalence=share, rate=share, worth=st.floats(10, 1e4), lower=share, higher=share)
def test_more_recall_is_never_worth_less_when_a_hit_earns(
    prevalence: float, rate: float, worth: float, lower: float, higher: float
) -> None:
    inputs = detection(prevalence=prevalence, value_of_catch=worth, action_cost=5.0, miss_cost=1.0)
    low, high = sorted((lower, higher))
    poor, good = (value("detection", inputs, {"recall": recall, "false_positive_rate": rate}) for recall in (low, high))
    assert good >= poor - 1e-9


@given(prevalence=share, recall=share, lower=st.floats(0.3, 1), higher=st.floats(0.3, 1), worth=money)
def test_more_precision_is_never_worth_less(
    prevalence: float, recall: float, lower: float, higher: float, worth: float
) -> None:
    inputs = detection(prevalence=prevalence, value_of_catch=worth, action_cost=5.0, false_alarm_cost=2.0)
    low, high = sorted((lower, higher))
    poor, good = (value("detection", inputs, {"recall": recall, "precision": precision}) for precision in (low, high))
    assert good >= poor - 1e-9


def test_flagging_nothing_is_what_happens_without_a_model() -> None:
    inputs = detection(prevalence=0.2, value_of_catch=100, action_cost=5, miss_cost=7, correct_pass_value=3)
    assert without_model("detection", inputs) == pytest.approx(-0.2 * 7 + 0.8 * 3)


def test_a_precision_that_cannot_be_is_refused() -> None:
    # Prevalence 0.5 and recall 1 leave at most 0.5 false positives a case: precision is at least 0.5.
    with pytest.raises(DocumentRefused) as refused:
        proposal(bridge__prevalence=0.5, alternatives__2__metrics={"recall": 1.0, "precision": 0.4})
    problem = refused.value.problems[0]
    assert problem.path == "alternatives.2.metrics.precision"
    assert problem.value == "0.4"
    assert "at least 0.5" in problem.allowed
    assert proposal(bridge__prevalence=0.5, alternatives__2__metrics={"recall": 1.0, "precision": 0.5})


def test_precision_and_false_positive_rate_together_are_refused() -> None:
    with pytest.raises(DocumentRefused, match="not a mixture"):
        proposal(alternatives__2__metrics={"recall": 0.5, "precision": 0.5, "false_positive_rate": 0.1})


def test_automation_by_hand() -> None:
    # 60 % automated at 95 %: 0.4 (5 + 0.02 x 40) + 0.6 (0.1 + 0.05 x 40) = 2.32 + 1.26.
    inputs = {"manual_cost": 5.0, "manual_error_rate": 0.02, "error_cost": 40.0, "machine_cost": 0.1}
    assert value("automation", inputs, {"automation_rate": 0.6, "accuracy": 0.95}) == pytest.approx(-3.58)
    assert without_model("automation", inputs) == pytest.approx(-(5 + 0.02 * 40))


@given(rate=share, lower=share, higher=share, cost=money)
def test_more_accuracy_is_never_worth_less(rate: float, lower: float, higher: float, cost: float) -> None:
    inputs = {"manual_cost": 5.0, "manual_error_rate": 0.0, "error_cost": cost, "machine_cost": 0.0}
    low, high = sorted((lower, higher))
    poor, good = (
        value("automation", inputs, {"automation_rate": rate, "accuracy": accuracy}) for accuracy in (low, high)
    )
    assert good >= poor - 1e-9


def curve(points: list[list[float]]) -> dict[str, object]:
    return {"kind": "curve", "cases_per_month": 10, "metric": "score", "points": points}


def curve_document(points: list[list[float]], today: float, model: object) -> dict[str, object]:
    return {
        "title": "curve",
        "bridge": curve(points),
        "alternatives": [
            {"name": "Now", "kind": "status_quo", "metrics": {"score": today}},
            {"name": "Model", "kind": "classical_ml", "metrics": {"score": model}},
        ],
    }


def test_a_curve_goes_through_its_points_and_never_beyond() -> None:
    points = [[0.5, -10.0], [0.6, 0.0], [0.9, 5.0]]
    bridge = read(curve_document(points, 0.5, 0.9)).bridge
    assert bridge is not None
    xs = np.linspace(0.5, 0.9, 200)
    worth = np.asarray(bridge.value_per_case({}, {"score": xs}))
    assert np.all(np.diff(worth) >= 0), "monotone points give a monotone curve (Fritsch and Carlson 1980)"
    for metric, money_per_case in points:
        assert bridge.value_per_case({}, {"score": metric}) == pytest.approx(money_per_case)
    with pytest.raises(DocumentRefused, match=r"from 0\.5 to 0\.9"):
        read(curve_document(points, 0.5, 0.95))


def test_a_straight_curve_is_linear() -> None:
    found = assess(read(curve_document([[0, 0], [1, 10], [2, 20]], 0.25, 1.5))).to_dict()
    assert found["alternatives"][1]["gain_per_month"] == pytest.approx(10 * (15 - 2.5))


@pytest.mark.parametrize("points", [[[0.5, 1]], [[0.5, 1], [0.5, 2]], [[0.9, 1], [0.5, 2]], [[0.5], [0.6, 1]]])
def test_points_that_make_no_curve_are_refused(points: list[list[float]]) -> None:
    with pytest.raises(DocumentRefused, match=r"bridge\.points"):
        read({"title": "curve", "bridge": curve(points)})


def test_a_metric_of_no_kind_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(DocumentRefused) as refused:
        proposal(CERTAIN, alternatives__1__metrics={"recal": 0.4})
    assert str(refused.value) == (
        "alternatives.1.metrics.recal: recal: is not a metric of this kind of task; "
        "allowed: recall, precision, false_positive_rate, roc_auc"
    )
