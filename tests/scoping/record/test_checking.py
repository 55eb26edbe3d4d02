"""A measured model against the decision: below break-even fails, and what passes passes by more than chance."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from scoping import Proposal, appraise, assess, examples, read
from scoping.record.checking import CheckRefused, Outcome, cases_needed, check, npv_at
from scoping.record.intervals import wilson
from scoping.record.requirements import Requirements, requirements, requirements_of
from scoping.reports import render
from tests.scoping.record.samples import INDEX, SIGNED
from tests.scoping.reports.samples import summarised

FOUND = requirements_of(SIGNED, INDEX)
assert FOUND is not None
REQUIRED: Requirements = FOUND
EVEN = next(each.break_even for each in REQUIRED.metrics if each.name == "recall") or 0.0


def outcomes(cases: int | None = None, **values: float) -> dict[str, Outcome]:
    return {each.name: each.outcome for each in check(REQUIRED, values, cases).findings}


def test_the_limit_is_the_break_even_of_the_assessment() -> None:
    told = {each.metric: each.value for each in appraise(SIGNED).break_even if each.index == INDEX}
    assert {each.name: each.break_even for each in REQUIRED.metrics} == pytest.approx(told)


def test_a_value_is_taken_as_it_is_without_a_number_of_cases() -> None:
    assert outcomes(recall=EVEN + 1e-6) == {"recall": Outcome.PASSED}
    assert outcomes(recall=EVEN - 1e-6) == {"recall": Outcome.FAILED}
    assert not check(REQUIRED, {"recall": EVEN - 1e-6}).passed


def test_with_cases_it_passes_by_more_than_chance_or_says_how_many_it_takes() -> None:
    value = EVEN + 0.03
    needed = cases_needed(value, EVEN)
    assert needed is not None
    assert wilson(value * needed, needed, 0.9)[0] >= EVEN > wilson(value * (needed - 1), needed - 1, 0.9)[0]
    assert outcomes(needed, recall=value) == {"recall": Outcome.PASSED}
    few = check(REQUIRED, {"recall": value}, needed - 1)
    assert few.findings[0].outcome is Outcome.UNSURE
    assert f"{needed:,} cases" in few.findings[0].reason
    assert not few.passed


@pytest.mark.long
def test_a_model_at_its_break_even_passes_in_one_of_twenty_tests() -> None:
    hits = np.random.default_rng(1).binomial(400, EVEN, 20_000)
    passed = [wilson(int(each), 400, 0.9)[0] >= EVEN for each in hits]
    assert np.mean(passed) == pytest.approx(0.05, abs=0.02)


def test_less_is_better_for_an_error_rate() -> None:
    rate = next(each for each in REQUIRED.metrics if each.name == "false_positive_rate")
    assert rate.break_even is not None
    assert outcomes(false_positive_rate=rate.break_even + 0.001) == {"false_positive_rate": Outcome.FAILED}
    assert outcomes(false_positive_rate=rate.break_even - 0.001) == {"false_positive_rate": Outcome.PASSED}


def test_two_metrics_may_lose_together_what_neither_loses_alone() -> None:
    rate = next(each.break_even for each in REQUIRED.metrics if each.name == "false_positive_rate") or 0.0
    found = check(REQUIRED, {"recall": EVEN + 0.005, "false_positive_rate": rate - 0.002})
    *alone, together = found.findings
    assert {each.outcome for each in alone} == {Outcome.PASSED}
    assert together.outcome is Outcome.FAILED
    assert "together" in together.reason


def test_the_map_says_what_the_break_even_says() -> None:
    assert REQUIRED.together is not None
    expected = {each.name: each for each in REQUIRED.metrics}
    here = assess(SIGNED).metric_map
    assert here is not None
    assert {REQUIRED.together.x_name, REQUIRED.together.y_name} == set(expected)
    other = here.here[0]
    scale = np.ptp(np.array(REQUIRED.together.npv))
    assert abs(npv_at(REQUIRED.together, other, EVEN)) < 0.01 * scale


def test_two_metrics_without_an_end_are_held_against_the_npv_that_was_assessed() -> None:
    """A grid over all that the fields allow (errors of up to 1,000 times today's) had said 26,812 of 92,190."""
    proposal = examples.load("order_picking")
    leader = assess(proposal).leader()
    assert leader is not None
    assert leader.outcome is not None
    found = requirements_of(proposal, leader.index)
    assert found is not None
    assert found.together is not None
    means = {name: each.p50 for name, each in proposal.alternatives[leader.index].metrics.items()}
    told = npv_at(found.together, means[found.together.x_name], means[found.together.y_name])
    assert told == pytest.approx(leader.outcome.npv.mean, rel=0.15)


def test_a_guardrail_that_names_a_number_is_checked_and_others_are_said_to_be_watched_by_people() -> None:
    texts = ["False alarms below 3 % of good discs", "Nobody is hurt", "Answers at least 20"]
    metric = SIGNED.problem.business_metric.model_copy(update={"guardrails": texts})
    problem = SIGNED.problem.model_copy(update={"business_metric": metric})
    found = requirements_of(SIGNED.model_copy(update={"problem": problem}), INDEX)
    assert found is not None
    result = check(found, {"false_alarms": 0.04, "answers": 25.0, "latency_ms": 1e6})
    assert {each.name: each.outcome for each in result.findings} == {
        "false_alarms": Outcome.FAILED,
        "answers": Outcome.PASSED,
        "latency_ms": Outcome.FAILED,
    }
    assert result.not_checked == ("Nobody is hurt",)
    assert set(result.not_given) == {"recall", "false_positive_rate"}


@pytest.mark.parametrize(
    ("values", "cases", "said"),
    [
        ({}, None, "Give one or more"),
        ({"accuracy": 0.9}, None, "Allowed"),
        ({"recall": 71.0}, None, "from 0 to 1"),
        ({"recall": 0.9}, 0, "cases"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_what_can(
    values: dict[str, float], cases: int | None, said: str
) -> None:
    with pytest.raises(CheckRefused, match=said):
        check(REQUIRED, values, cases)


def of_guardrails(*texts: str) -> Requirements:
    metric = SIGNED.problem.business_metric.model_copy(update={"guardrails": [*texts]})
    problem = SIGNED.problem.model_copy(update={"business_metric": metric})
    found = requirements_of(SIGNED.model_copy(update={"problem": problem}), INDEX)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Nobody waits over 5 minutes",
        "No disc rejected above 3 %",
        "Staff turnover 5 % or less",
        "Machines don't stop above 40 degrees",
        "Costs above 3 are not accepted",
    ],
)
def test_a_guardrail_that_denies_or_only_ends_like_a_bound_is_left_to_people(text: str) -> None:
    found = of_guardrails(text)
    assert [each.name for each in found.bounds] == ["latency_ms"]
    assert found.guardrails == [text]


def test_of_two_guardrails_of_one_name_both_are_checked() -> None:
    found = of_guardrails("Stock at most 50", "Stock at least 5")
    assert [each.outcome for each in check(found, {"stock": 60.0}).findings] == [Outcome.FAILED, Outcome.PASSED]
    assert [each.outcome for each in check(found, {"stock": 4.0}).findings] == [Outcome.PASSED, Outcome.FAILED]


def test_a_percentage_is_taken_for_shares_alone_and_a_share_is_no_98() -> None:
    found = of_guardrails("Payments on time at least 97 %")
    assert check(found, {"payments_on_time": 0.98}).passed
    assert check(found, {"payments_on_time": 0.98}, percents=["payments_on_time"]).passed
    with pytest.raises(CheckRefused, match="write a share"):
        check(found, {"payments_on_time": 98.0})
    with pytest.raises(CheckRefused, match="latency_ms is no share"):
        check(found, {"latency_ms": 0.5}, percents=["latency_ms"])
    forecast = requirements_of(_with_rmse(), 1)
    assert forecast is not None
    with pytest.raises(CheckRefused, match="rmse is no share"):
        check(forecast, {"rmse": 0.71}, percents=["rmse"])


@pytest.mark.parametrize("name", ["false_rejects", "latency_ms"])
def test_minus_one_for_what_was_not_measured_keeps_no_guardrail(name: str) -> None:
    found = of_guardrails("False rejects below 3 % of good discs", "Temperature at most 5")
    with pytest.raises(CheckRefused, match=f"{name}: .1: must be at least 0"):
        check(found, {name: -1.0})
    assert check(found, {name: 0.0, "temperature": -1.0}).passed


def _with_rmse() -> Proposal:
    document = json.loads(examples.text("demand_forecast"))
    for number, each in enumerate(document["alternatives"]):
        each["metrics"] = {"rmse": 40.0 - number * 5}
    return read(document)


@pytest.mark.parametrize("name", ["pump_maintenance", "payment_fraud", "demand_forecast"])
def test_cases_tell_of_shares_of_cases_and_of_nothing_else(name: str) -> None:
    proposal = examples.load(name)
    found = requirements_of(proposal, appraise(proposal).leading or 1)
    assert found is not None
    shares = {each.name for each in found.metrics if each.is_share}
    assert shares == ({"recall", "precision", "in_time"} if name == "pump_maintenance" else set())


NAN = float("nan")


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("metrics.0", {"break_even": NAN}),
        ("metrics.0", {"break_even": None}),
        ("metrics.0", {"name": "false_positive_rate"}),
        ("bounds.0", {"limit": NAN}),
        ("together", {"x": [0.1, 0.1, 0.2]}),
        ("together", {"npv": [[1.0, 2.0], [3.0]]}),
        ("together", {"x": [], "y": [], "npv": []}),
        ("together", {"x_name": "latency_ms"}),
    ],
)
def test_requirements_that_were_changed_by_hand_are_refused(part: str, changes: dict[str, Any]) -> None:
    document = REQUIRED.model_dump()
    place = document
    for key in part.split("."):
        place = place[int(key)] if isinstance(place, list) else place[key]
    place.update(changes)
    with pytest.raises(ValidationError):
        Requirements.model_validate(document)


@pytest.mark.parametrize("name", examples.NAMES[:5])
def test_the_handoff_carries_the_same_requirements(name: str) -> None:
    proposal = examples.load(name)
    assessment = assess(proposal)
    own = [each for each in assessment.break_even if each.index == assessment.leading]
    carried = json.loads(render(summarised(proposal, assessment), "handoff"))["check"]
    expected = requirements(proposal, own, assessment.metric_map)
    assert (None if carried is None else Requirements.model_validate(carried)) == expected
