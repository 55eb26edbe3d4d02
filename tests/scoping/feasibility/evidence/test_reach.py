"""What evidence shows in money: held against an assessment with the same numbers typed in, and by properties."""

from __future__ import annotations

import copy
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from scoping import Proposal, assess, assess_in_full, read, to_dict
from scoping.document.editing import with_evidence
from scoping.document.paths import with_value
from scoping.feasibility.evidence.chances import assumptions, chances_of_reaching
from scoping.feasibility.evidence.reach import Reach, reach_of
from scoping.vocabulary import GroundKind
from tests.documents import CERTAIN, best_answers
from tests.evidences import curve, detected, evidence, flagged, forecast

MODEL = 2
CHANCE = "alternatives.2.success_probability"
FORECAST = {
    "kind": "forecast",
    "cases_per_month": 500,
    "mean_demand": 100,
    "cost_under": 3,
    "cost_over": 2,
}


def document(**changes: Any) -> dict[str, Any]:
    found = copy.deepcopy(CERTAIN)
    found["feasibility"] = {"answers": best_answers()}
    # The model leads: nobody would choose the rule.
    found["alternatives"][1]["costs"][0]["amount"] = 500_000
    for path, value in changes.items():
        found = with_value(found, path.replace("__", "."), value)
    return found


def measured(auc: float = 0.8, **changes: Any) -> Proposal:
    return with_evidence(read(document(**changes)), detected(auc), "Model")


def reach(proposal: Proposal) -> Reach:
    found = reach_of(proposal, MODEL)
    assert found is not None
    return found


def expected(proposal: Proposal, metrics: dict[str, float]) -> float:
    """Expected NPV of the model with these metrics, sure to reach production: a plain assessment."""
    plain = {**to_dict(proposal)}
    plain.pop("evidence", None)
    plain = with_value(with_value(plain, "alternatives.2.metrics", metrics), CHANCE, 1)
    plain = with_value(plain, "alternatives.2.measured_by", None)
    result = assess(read(plain), 2_048).alternatives[MODEL]
    assert result.expected is not None
    return result.expected


def test_the_threshold_is_the_one_worth_most_and_worth_what_an_assessment_says() -> None:
    found = reach(measured())
    worths = []
    for each in flagged(0.8):
        recall = each["caught"] / each["positives"]
        rate = (each["flagged"] - each["caught"]) / (each["rows"] - each["positives"])
        worths.append(expected(measured(), {"recall": recall, "false_positive_rate": rate}))
    assert found.worth == pytest.approx(max(worths), rel=1e-9)


def test_the_threshold_moves_with_the_economics() -> None:
    dear, cheap = (reach(measured(bridge__action_cost=cost)) for cost in (20, 1))
    assert dear.chosen_share is not None
    assert cheap.chosen_share is not None
    assert dear.chosen_share < cheap.chosen_share


def test_what_is_shown_is_told_in_the_metrics_of_the_alternative() -> None:
    with_precision, with_rate, with_auc = (
        {each.metric.name: each for each in reach(measured(alternatives__2__metrics=metrics)).shown}
        for metrics in (
            {"recall": 0.8, "precision": 0.6},
            {"recall": 0.8, "false_positive_rate": 0.1},
            {"roc_auc": 0.8},
        )
    )
    assert set(with_precision) == {"recall", "precision"}
    assert set(with_rate) == {"recall", "false_positive_rate"}
    assert set(with_auc) == {"roc_auc"}
    recall, rate = with_rate["recall"].measured.value, with_rate["false_positive_rate"].measured.value
    prevalence = CERTAIN["bridge"]["prevalence"]
    told = with_precision["precision"].measured
    assert told.value == pytest.approx(prevalence * recall / (prevalence * recall + (1 - prevalence) * rate))
    assert told.low < told.value < told.high
    assert with_auc["roc_auc"].measured.value == 0.8


def test_accepted_values_are_legal_and_rest_on_what_was_measured() -> None:
    before = measured()
    accepted = to_dict(before)
    for each in reach(before).shown:
        accepted = with_value(accepted, f"alternatives.2.metrics.{each.metric.name}", each.estimate.model_dump())
        assert each.ceiling is not None
        accepted = with_value(accepted, f"feasibility.ceilings.{each.metric.name}", each.ceiling.model_dump())
    told = assess(read(accepted), 1_024).evidence
    kinds = {each.path: each.kind for each in told.inputs}
    assert kinds["alternatives.2.metrics.recall"] is GroundKind.MEASURED
    overruled = with_value(accepted, "alternatives.2.metrics.recall", {"p10": 0.5, "p50": 0.6, "p90": 0.7})
    kinds = {each.path: each.kind for each in assess(read(overruled), 1_024).evidence.inputs}
    assert kinds["alternatives.2.metrics.recall"] is GroundKind.GUESS


def test_a_smaller_sample_is_less_sure() -> None:
    few, many = (
        reach(with_evidence(read(document()), evidence(flagged=flagged(0.8, rows=rows)), "Model")).shown[0].measured
        for rows in (200, 20_000)
    )
    assert few.high - few.low > 3 * (many.high - many.low)


@pytest.mark.parametrize(("auc", "flattens"), [(0.9, False), (0.62, True)])
def test_a_curve_that_flattens_below_break_even_is_said_to(auc: float, flattens: bool) -> None:
    found = reach(measured(auc))
    assert found.flattens is flattens
    assert all((each.rows is None) is flattens for each in found.labels)
    assert found.chance_ever == pytest.approx(float(not flattens), abs=0.4)


def test_labels_needed_are_those_at_which_a_plain_assessment_breaks_even() -> None:
    """The model's ROC AUC is known for every size: break-even by bisection against the fitted curve in money."""

    def auc_at(size: float) -> float:
        return 0.80 - 4 * size**-0.6

    learned = evidence(flagged=flagged(auc_at(3_200)), learning_curve=curve(lambda size: auc_at(size)))
    found = reach(with_evidence(read(document(pilot__cost_per_label=2)), learned, "Model"))

    def worth(size: float) -> float:
        apart = float(np.sqrt(2) * ndtri(auc_at(size)))
        grid = np.linspace(3.5, -1.5, 20)
        best = -inf
        for threshold in grid:
            recall, rate = float(ndtr(apart - threshold)), float(ndtr(-threshold))
            prevalence = CERTAIN["bridge"]["prevalence"]
            gain = prevalence * recall * (120 - 4) - (1 - prevalence) * rate * 5 - prevalence * (1 - recall) * 10
            best = max(best, gain) if size else best
        return best

    points = [each.worth for each in found.points]
    assert points == sorted(points)
    assert np.corrcoef(points, [worth(each.rows) for each in found.points])[0, 1] > 0.999
    zero = float(np.interp(0.0, points, [each.rows for each in found.points]))
    likely = found.labels[0]
    assert likely.rows is not None
    assert 0.5 * zero < likely.rows < 2 * zero


def test_labels_beyond_those_there_are_cost_what_a_label_costs() -> None:
    learned = evidence(
        source={"kind": "csv", "name": "claims.csv", "rows": 2_300, "rows_used": 2_300},
        profile={"rows": 2_300, "columns": 12, "target_missing": 2_000},
        flagged=flagged(0.72, rows=2_000),
        learning_curve=curve(lambda size: 0.80 - 4 * size**-0.6, (100, 140, 200, 300), rows=2_000),
    )
    found = reach(with_evidence(read(document(pilot__cost_per_label=2)), learned, "Model"))
    for each in found.labels:
        if each.rows is not None:
            assert each.more == max(each.rows - 300, 0)
            assert each.cost == pytest.approx(2 * each.more)
    sure = [each.rows or inf for each in found.labels]
    assert sure == sorted(sure)
    unpriced = reach(with_evidence(read(document()), learned, "Model"))
    assert all(each.cost is None for each in unpriced.labels)


def test_chances_rise_with_labels_and_money_scales_money() -> None:
    found = reach(measured(0.7))
    assert [each.chance for each in found.fan] == sorted(each.chance for each in found.fan)
    assert found.chance_now <= found.chance_ever + 1e-12
    scaled = document()
    for path in ("value_of_catch", "action_cost", "false_alarm_cost", "miss_cost"):
        scaled = with_value(scaled, f"bridge.{path}", 10 * scaled["bridge"][path])
    for alternative in scaled["alternatives"]:
        for cost in alternative.get("costs", []):
            cost["amount"] *= 10
    tenfold = reach(with_evidence(read(scaled), detected(0.7), "Model"))
    assert tenfold.worth == pytest.approx(10 * found.worth)
    assert tenfold.chance_ever == pytest.approx(found.chance_ever, abs=1e-9)


def test_a_better_model_is_never_worth_less() -> None:
    found = [reach(measured(auc)) for auc in (0.6, 0.7, 0.8, 0.9)]
    for worse, better in pairwise(found):
        # A chance of 1 comes out of a sum, and may lack its last bit.
        assert worse.worth <= better.worth + abs(better.worth) * 1e-12
        assert worse.chance_ever <= better.chance_ever + 1e-12


def test_the_order_of_the_alternatives_does_not_matter() -> None:
    turned = document()
    turned["alternatives"].reverse()
    other = reach_of(with_evidence(read(turned), detected(0.8), "Model"), 0)
    assert other is not None
    assert other.worth == pytest.approx(reach(measured(0.8)).worth)
    assert other.chance_ever == pytest.approx(reach(measured(0.8)).chance_ever)


def test_a_forecast_is_measured_by_its_error() -> None:
    base = document(bridge=FORECAST)
    base["alternatives"] = [
        {"name": "Today", "kind": "status_quo", "metrics": {"rmse": 60}},
        {
            "name": "Model",
            "kind": "classical_ml",
            "metrics": {"rmse": 30},
            "build_months": 4,
            "costs": [{"name": "Build", "timing": "one_off", "amount": 20_000}],
        },
    ]
    found = reach_of(with_evidence(read(base), forecast(), "Model"), 1)
    assert found is not None
    assert [each.metric.name for each in found.shown] == ["rmse"]
    assert found.shown[0].ceiling is not None
    assert found.shown[0].ceiling.p10 < 21 < found.shown[0].estimate.p50
    assert found.chance_ever > 0.95


def test_evidence_that_was_changed_shows_nothing() -> None:
    changed = to_dict(measured())
    changed["evidence"][0]["flagged"][0]["caught"] += 1
    told = assess(read(changed), 512)
    assert told.evidence.reaches == ()
    assert told.to_dict()["evidence"]["attached"][0]["changed_since_measured"] is True


# Headroom as a chance ------------------------------------------------------------------------------


def ceiling(low: float, middle: float, high: float) -> dict[str, Any]:
    return {"feasibility__ceilings": {"recall": {"p10": low, "p50": middle, "p90": high}}}


def test_the_chance_of_reaching_is_that_of_the_ceilings_distribution() -> None:
    """At the break-even itself, the quantiles of the ceiling say what the chance is."""
    plain = assess(read(document(**ceiling(0.5, 0.6, 0.7))), 512)
    (even,) = [each for each in plain.break_even if each.index == MODEL and each.metric == "recall"]
    b = even.value
    assert b is not None
    for spread, chance in ((-0.05, 0.1), (0.0, 0.5), (0.05, 0.9)):
        wide = read(document(**ceiling(b + spread - 0.05, b + spread, b + spread + 0.05)))
        assert chances_of_reaching(wide, MODEL, None)["recall"] == pytest.approx(chance, abs=2e-3)


def test_it_is_the_default_where_nobody_gives_a_chance_and_is_said() -> None:
    given = document(**ceiling(0.1, 0.35, 0.6))
    del given["alternatives"][MODEL]["success_probability"]
    found = assess(read(given), 512)
    (assumed,) = found.assumed
    assert assumed.path == CHANCE
    assert CHANCE not in found.missing
    told = found.to_dict()
    chance = min(each["chance_of_reaching"] for each in told["break_even"] if each["chance_of_reaching"] is not None)
    assert 0 < assumed.estimate.p50 < 1
    assert assumed.estimate.p50 == pytest.approx(
        next(
            e["chance_of_reaching"]
            for e in told["break_even"]
            if e["alternative"] == "Model" and e["metric"] == "recall"
        ),
        abs=1e-3,
    )
    assert chance <= 1
    assert any("nobody has said how likely it reaches production" in each for each in told["remarks"])
    typed = assess(read(with_value(given, CHANCE, assumed.estimate.p50)), 512)
    assert typed.alternatives[MODEL].expected == found.alternatives[MODEL].expected
    assert typed.assumed == ()


def test_a_doubt_that_the_default_counts_is_no_reason_to_rework_as_well() -> None:
    """With a chance of a half and more that is priced in, a break-even beyond the middle ceiling holds nobody."""
    given = document(**ceiling(0.1, 0.37, 0.6), **UNSURE)
    typed = with_value(given, CHANCE, 0.55)
    del given["alternatives"][MODEL]["success_probability"]
    found, before = assess(read(given), 512), assess(read(typed), 512)
    (even,) = [each for each in found.break_even if each.index == MODEL and each.metric == "recall"]
    assert even.headroom is not None
    assert even.headroom < 0
    assert found.assumed[0].estimate.p50 >= 0.5
    assert before.verdict.recommendation == "rework"
    assert found.verdict.recommendation == "build"


def test_without_a_ceiling_or_evidence_the_chance_is_still_missing() -> None:
    given = document()
    del given["alternatives"][MODEL]["success_probability"]
    assert assumptions(read(given)) == ()
    assert CHANCE in assess(read(given), 512).missing


def test_a_way_without_a_model_has_no_chance_by_default() -> None:
    given = document(**ceiling(0.1, 0.35, 0.6))
    del given["alternatives"][1]["success_probability"]
    assert assumptions(read(given)) == ()


def test_the_curve_is_capped_by_the_ceiling() -> None:
    by_curve = measured(0.68)
    ever = reach(by_curve).chance_ever
    both = measured(0.68, **ceiling(0.1, 0.35, 0.6))
    alone = chances_of_reaching(both, MODEL, None)["recall"]
    assert chances_of_reaching(both, MODEL, reach(both))["recall"] == pytest.approx(ever * alone)
    assert chances_of_reaching(by_curve, MODEL, reach(by_curve)) == {"recall": ever, "precision": ever}


# What it rests on, and what a pilot tells ----------------------------------------------------------

UNSURE = {
    "bridge__value_of_catch": {"p10": 60, "p50": 120, "p90": 240},
    "bridge__prevalence": {"p10": 0.04, "p50": 0.05, "p90": 0.06},
}


def test_the_share_of_the_spread_that_is_guessed_follows_the_grounds() -> None:
    guessed = assess(read(document(**UNSURE)), 2_048).evidence
    assert guessed.spread_on_guesses == pytest.approx(1)
    assert guessed.reasons_on_guesses == guessed.reasons > 0
    grounds = [{"path": "bridge.value_of_catch", "kind": "measured"}]
    known = assess(read(document(**UNSURE, grounds=grounds)), 2_048).evidence
    share = {each.path: each.share for each in guessed.inputs}
    assert known.spread_on_guesses == pytest.approx(1 - share["bridge.value_of_catch"])
    assert known.reasons_on_guesses == 0
    assert [each.path for each in known.guesses] == ["bridge.prevalence"]


def test_shares_of_a_sum_are_its_variances() -> None:
    """Two one-off costs, each nearly normal: their shares are those of their variances (Sobol 1993)."""
    costs = [
        {"name": "Build", "timing": "at_start", "amount": {"p10": 90_000, "p50": 100_000, "p90": 110_000}},
        {"name": "Data", "timing": "at_start", "amount": {"p10": 80_000, "p50": 100_000, "p90": 120_000}},
    ]
    found = assess(read(document(alternatives__2__costs=costs)), 8_192).evidence.inputs
    assert [each.share for each in found] == pytest.approx([0.8, 0.2], abs=0.02)


def test_what_judges_and_texts_say_is_no_guess() -> None:
    judged = {"judgements": [{"by": "Ada", "p10": 60, "p50": 120, "p90": 240}]}
    told = assess(read(document(**{**UNSURE, "bridge__value_of_catch": judged})), 512).evidence
    assert {each.path: each.kind for each in told.inputs}["bridge.value_of_catch"] is GroundKind.EXPERT


@pytest.mark.long
def test_a_pilots_labels_are_worth_less_where_the_curve_goes_on() -> None:
    """A sample tells less of production's quality where many more labels will still change it."""
    doubt = {
        "alternatives__2__metrics": {"recall": {"p10": 0.2, "p50": 0.5, "p90": 0.8}, "false_positive_rate": 0.1},
        "pilot": {"labelled_cases": 200, "cost": 100, "cost_per_label": 1},
    }
    plain = assess_in_full(read(document(**doubt)), 1_024)
    known = assess_in_full(with_evidence(read(document(**doubt)), detected(0.75), "Model"), 1_024)
    assert plain.pilot.evsi is not None
    assert known.pilot.evsi is not None
    assert known.pilot.evsi <= plain.pilot.evsi
    found = reach(with_evidence(read(document(**doubt)), detected(0.75), "Model"))
    open_ = [found.unexplained(labels) for labels in (10, 1_000, 100_000, 10_000_000)]
    assert open_ == sorted(open_, reverse=True)
    assert open_[-1] < 0.1 < open_[0] <= 1
    assert plain.pilot_sizes is not None
    assert known.pilot_sizes is not None
    assert (known.pilot_sizes.evsi <= plain.pilot_sizes.evsi + 1e-6).all()


def test_nothing_changes_for_a_document_without_any_of_it() -> None:
    told = assess(read(CERTAIN), 512)
    assert told.assumed == ()
    assert told.evidence.reaches == ()
    assert told.evidence.attached == ()


# Other kinds of task -------------------------------------------------------------------------------


def one_model(bridge: dict[str, Any], metrics: dict[str, Any], today: dict[str, Any] | None = None) -> dict[str, Any]:
    """Today's way and one model, which costs 20,000 to build."""
    build = [{"name": "Build", "timing": "one_off", "amount": 20_000}]
    model = {"name": "Model", "kind": "classical_ml", "metrics": metrics, "build_months": 4, "costs": build}
    return document(
        bridge=bridge, alternatives=[{"name": "Today", "kind": "status_quo", "metrics": today or {}}, model]
    )


def reach_of_one(found: dict[str, Any], by: Any) -> Reach:
    shown = reach_of(with_evidence(read(found), by, "Model"), 1)
    assert shown is not None
    return shown


TARGETING = {
    "kind": "targeting",
    "cases_per_month": 10_000,
    "response_rate": 0.1,
    "value_of_response": 60,
    "contact_cost": 8,
    "depth": 0.2,
}
AUTOMATION = {"kind": "automation", "cases_per_month": 5_000, "manual_cost": 2, "error_cost": 9}


def test_targeting_is_shown_by_its_depth_and_lift() -> None:
    found = reach_of_one(one_model(TARGETING, {"lift_at_depth": 2}), detected(0.8))
    shown = {each.metric.name: each for each in found.shown}
    assert set(shown) == {"lift_at_depth", "depth"}
    depth = shown["depth"].estimate.p50
    assert depth == pytest.approx(found.chosen_share, rel=1e-5)
    # At the depth worth most, one more contact earns what it costs: among those next in line, 8 in 60 respond.
    rows = sorted(flagged(0.8), key=lambda each: each["flagged"])
    at = next(place for place, each in enumerate(rows) if each["flagged"] / each["rows"] >= depth - 1e-9)
    before, after = (
        (rows[place + 1]["caught"] - rows[place]["caught"]) / (rows[place + 1]["flagged"] - rows[place]["flagged"])
        for place in (at - 1, at)
    )
    assert before >= 8 / 60 >= after
    assert shown["lift_at_depth"].measured.value == pytest.approx(rows[at]["caught"] / 1_000 / depth, rel=1e-4)


def automated(accuracy: float, rows: int = 4_000) -> list[dict[str, int]]:
    """The surest answers are right more often: from all right to that accuracy on the last of them."""
    found = []
    for share in np.linspace(0.1, 1, 10):
        handled = round(share * rows)
        found.append({"rows": rows, "handled": handled, "right": round(handled * (1 - (1 - accuracy) * share / 2))})
    return found


def test_automation_is_shown_by_what_it_handles() -> None:
    points = [
        {"rows": size, "scores": [0.9 - 2 / size**0.5] * 3, "automated": automated(0.9 - 4 / size**0.5)}
        for size in (200, 400, 800, 1_600)
    ]
    learning = {"metric": "accuracy", "model": "linear", "points": points, "test_rows": 4_000}
    by = evidence(automated=automated(0.9 - 4 / 1_600**0.5), learning_curve=learning)
    found = reach_of_one(one_model(AUTOMATION, {"automation_rate": 0.5, "accuracy": 0.95}), by)
    shown = {each.metric.name: each for each in found.shown}
    assert set(shown) == {"automation_rate", "accuracy"}
    assert shown["automation_rate"].measured.value == found.chosen_share
    assert shown["accuracy"].ceiling is not None
    assert shown["accuracy"].ceiling.p50 > shown["accuracy"].measured.value
    assert [each.worth for each in found.points] == sorted(each.worth for each in found.points)


def test_a_curve_without_counts_is_valued_by_its_score() -> None:
    learning = curve(lambda size: 0.85 - 1.5 * size**-0.6)
    for point in learning["points"]:
        point["flagged"] = []
    found = reach(with_evidence(read(document()), evidence(flagged=flagged(0.85), learning_curve=learning), "Model"))
    by_counts = reach(measured(0.85))
    assert [each.worth for each in found.points] == pytest.approx([each.worth for each in by_counts.points], rel=0.1)


def test_without_counts_the_metrics_themselves_are_valued() -> None:
    by_auc = {"roc_auc": {"value": 0.8, "low": 0.78, "high": 0.82}}
    found = reach(with_evidence(read(document()), evidence(metrics=by_auc), "Model"))
    assert [each.metric.name for each in found.shown] == ["roc_auc"]
    assert found.worth == pytest.approx(expected(measured(), {"roc_auc": 0.8}), rel=1e-6)
    both = {name: {"value": 0.5, "low": 0.45, "high": 0.55} for name in ("recall", "precision")}
    at_half = reach(with_evidence(read(document()), evidence(metrics=both), "Model"))
    assert {each.metric.name for each in at_half.shown} == {"recall", "precision"}
    # Where thresholds were counted, the one worth most goes before one that somebody chose.
    counted = reach(with_evidence(read(document()), evidence(metrics=both, flagged=flagged(0.8)), "Model"))
    assert counted.worth == pytest.approx(reach(measured(0.8)).worth)


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"flagged": [{"rows": 0, "positives": 0, "flagged": 0, "caught": 0}]},
        {"flagged": [{"rows": 10, "positives": 10, "flagged": 5, "caught": 5}]},
        {"flagged": [{"rows": 10, "positives": 1, "flagged": 0, "caught": 0}]},
        {"metrics": {"auc": {"value": 0.7, "low": 0.6, "high": 0.8}}},
        {"automated": [{"rows": 10, "handled": 5, "right": 5}]},
        {"learning_curve": curve(lambda _: 0.5, (9,))},
    ],
)
def test_what_measured_nothing_of_use_shows_nothing_and_stops_nobody(found: dict[str, Any]) -> None:
    told = assess(with_evidence(read(document()), evidence(**found), "Model"), 512).to_dict()
    assert len(told["evidence"]["alternatives"]) <= 1
    for each in told["evidence"]["alternatives"]:
        assert 0 <= each["chance_ever"] <= 1


def test_segments_share_what_was_measured_and_streams_do_not() -> None:
    from scoping.document.restructuring import with_kind, with_segment, with_stream

    segmented = with_segment(with_segment(with_kind(document(), "segmented"), "Part"), "Part")
    for segment, share in zip(segmented["bridge"]["segments"], (0.4, 0.6), strict=True):
        segment["share"] = share
    by_segment = reach_of(with_evidence(read(segmented), detected(0.8), "Model"), MODEL)
    assert by_segment is not None
    assert by_segment.worth == pytest.approx(reach(measured(0.8)).worth)
    streams = with_stream(with_kind(document(), "several", "Claims"), "automation", "More")
    assert reach_of(with_evidence(read(streams), detected(0.8), "Model"), MODEL) is None


def test_evidence_alone_sets_the_chance_too() -> None:
    by_auc = {"roc_auc": {"value": 0.8, "low": 0.78, "high": 0.82}}
    given = document()
    del given["alternatives"][MODEL]["success_probability"]
    (assumed,) = assumptions(with_evidence(read(given), evidence(metrics=by_auc), "Model"))
    assert (assumed.path, assumed.estimate.p50) == (CHANCE, 1.0)
    (assumed,) = assumptions(with_evidence(read(given), detected(0.68), "Model"))
    assert 0.02 < assumed.estimate.p50 < 0.98


@pytest.mark.parametrize(
    "found",
    [
        {"flagged": [{"rows": 10, "positives": 5, "flagged": 3, "caught": 4}]},
        {"flagged": [{"rows": 10, "positives": 5, "flagged": 11, "caught": 4}]},
        {"automated": [{"rows": 10, "handled": 5, "right": 6}]},
        {"metrics": {"roc_auc": {"value": 0.7, "low": 0.8, "high": 0.9}}},
    ],
)
def test_figures_that_cannot_go_together_are_refused(found: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"cannot be more than|must not fall"):
        evidence(**found)
