"""When money counts, and how it grows: published cases, closed forms, and an independent model month by month."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping import DocumentRefused, assess, read, to_dict
from scoping.document.paths import with_value
from scoping.value.conventions import dated
from scoping.vocabulary import CashConvention
from tests.documents import case, proposal

COSTS, RETURNS = "alternatives.1.costs", "returns"


def model_of(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = assess(read(document)).to_dict()["alternatives"][1]
    return found


AT_TIME_0 = {"alternatives__1__costs__0__timing": "at_start", "returns__cash_convention": "year_end"}


def test_the_viability_sheet_of_azure_ml() -> None:
    # Brookside BI 2025, Azure ML Financial Model, slides 2 to 7: 842,577 before it rounds (842,586 as printed).
    grown = {"returns__growth_steps": "yearly", "alternatives__1__costs__1__growth": 0.1}
    found = model_of(case("azureml", **AT_TIME_0, **grown))
    assert found["npv"]["mean"] == pytest.approx(842_577, abs=1)
    benefits = [446_000 * 1.05**year for year in range(3)]
    running = [71_820 * 1.1**year for year in range(3)]
    flows = [-159_000, *(benefit - cost for benefit, cost in zip(benefits, running, strict=True))]
    assert found["npv"]["mean"] == pytest.approx(numpy_financial.npv(0.08, flows))
    assert found["irr"]["p50"] == pytest.approx(numpy_financial.irr(flows), abs=1e-6)


def test_the_agent_of_microsoft_learn() -> None:
    # Microsoft Learn, business case for an agent, use case 1: 23,847 (60,000 now, 21,000 a year for five years, 8 %).
    found = model_of(case("mslearn_1", **AT_TIME_0))
    assert found["npv"]["mean"] == pytest.approx(23_847, abs=0.5)
    assert found["irr"]["p50"] == pytest.approx(numpy_financial.irr([-60_000, *[21_000] * 5]), abs=1e-6)


def test_mid_month_is_half_a_month_of_interest_earlier() -> None:
    ends, middles = (
        model_of(case("mslearn_1", returns__cash_convention=convention)) for convention in ("month_end", "mid_month")
    )
    assert middles["npv"]["mean"] == pytest.approx(ends["npv"]["mean"] * 1.08 ** (0.5 / 12))
    assert middles["irr"]["p50"] == pytest.approx(ends["irr"]["p50"], abs=1e-9)
    assert middles["payback_months"] == ends["payback_months"]


@pytest.mark.parametrize("convention", list(CashConvention))
def test_npv_at_the_internal_rate_is_nothing(convention: CashConvention) -> None:
    """Also where the first day's money and the middles of months lie at other distances."""
    document = case("mslearn_1", returns__cash_convention=convention, alternatives__1__costs__0__timing="at_start")
    rate = model_of(document)["irr"]["p50"]
    assert model_of(with_value(document, "returns.discount_rate", rate))["npv"]["mean"] == pytest.approx(0, abs=1e-3)


def test_a_year_that_the_horizon_cuts_off_ends_with_it() -> None:
    document = case("mslearn_1", **AT_TIME_0, returns__horizon_months=18)
    assert model_of(document)["npv"]["mean"] == pytest.approx(-60_000 + 21_000 / 1.08 + 10_500 / 1.08**1.5)


def test_the_first_days_money_is_paid_back_in_the_months_that_earn_it() -> None:
    assert model_of(case("mslearn_1", **AT_TIME_0))["payback_months"]["p50"] == math.ceil(60_000 / 1_750)


def test_a_longer_build_costs_a_team_more() -> None:
    team = {"name": "Team", "timing": "each_build_month", "amount": 10_000}
    spent = []
    for months in (3, 4.5, 40):
        found = assess(
            proposal(
                alternatives__1__costs=[team],
                alternatives__1__build_months=months,
                returns__discount_rate=0,
                returns__horizon_months=12,
                bridge__cases_per_month=0,
            )
        ).to_dict()["alternatives"][1]
        spent.append(-found["npv"]["mean"])
        assert found["one_off_cost"] == pytest.approx(spent[-1])
    # What lies beyond the horizon is a team that nobody has to go on paying.
    assert spent == pytest.approx([30_000, 45_000, 120_000])


def test_an_amount_for_each_of_the_pieces() -> None:
    seats = {"name": "Seats", "timing": "monthly", "amount": 40, "pieces": 25}
    whole = {"name": "Seats", "timing": "monthly", "amount": 1_000}
    assert assess(proposal(alternatives__1__costs=[seats])).alternatives[1].expected == pytest.approx(
        assess(proposal(alternatives__1__costs=[whole])).alternatives[1].expected
    )


def test_a_cost_that_does_not_grow_is_the_same_as_one_that_grows_by_nothing() -> None:
    steady = {"name": "Run", "timing": "monthly", "amount": {"p10": 500, "p50": 900, "p90": 1_600}}
    plain, growing = (assess(proposal(alternatives__1__costs=[cost])) for cost in (steady, {**steady, "growth": 0}))
    assert plain.alternatives[1].outcome is not None
    assert growing.alternatives[1].outcome is not None
    assert growing.alternatives[1].outcome.npv.mean == pytest.approx(plain.alternatives[1].outcome.npv.mean, rel=1e-12)


def test_a_fine_falls_due_or_not() -> None:
    """A gain of 12,000 for sure, and one chance in four of a fine of 20,000: by its chance, and as two futures."""
    found = assess(
        proposal(
            alternatives__1__costs=[{"name": "Fine", "timing": "at_start", "amount": 20_000, "chance": 0.25}],
            alternatives__0__costs=[{"name": "Today", "timing": "monthly", "amount": 1_000}],
            alternatives__1__build_months=0,
            bridge__cases_per_month=0,
            **{f"returns__{name}": value for name, value in CERTAIN_RETURNS.items()},
        )
    ).alternatives[1]
    assert found.outcome is not None
    assert found.outcome.npv.mean == pytest.approx(12_000 - 0.25 * 20_000)
    assert found.outcome.probability_of_loss == pytest.approx(0.25, abs=0.003)
    assert sorted(set(np.round(found.outcome.draws))) == [-8_000, 12_000]
    assert found.one_off_cost == pytest.approx(5_000, rel=1e-12)


def test_what_may_fall_due_month_by_month_counts_by_its_chance() -> None:
    """A figure that is expected is no count of how often few draws came out so: the workbook has the same."""
    doubtful = {"timing": "monthly", "amount": 1_000, "chance": 0.35}
    plain = {"timing": "monthly", "amount": 350}
    names = ("gain_per_month", "cost_per_month", "one_off_cost")
    drawn, by_chance = (
        assess(
            proposal(
                alternatives__0__costs=[{"name": "Fines", **cost}], alternatives__1__costs=[{"name": "Calls", **cost}]
            ),
            draws=256,
        ).alternatives[1]
        for cost in (doubtful, plain)
    )
    assert [getattr(drawn, name) for name in names] == pytest.approx([getattr(by_chance, name) for name in names])
    assert drawn.outcome is not None
    assert drawn.outcome.gain_per_month.p10 != pytest.approx(drawn.outcome.gain_per_month.p90)


CERTAIN_RETURNS = {"horizon_months": 12, "discount_rate": 0, "adoption": 1, "ramp_months": 0, "volume_growth": 0}


def month_by_month(document: dict[str, Any]) -> float:
    """NPV of a certain document with a bridge worth 1 a case, written down the way a notebook would."""
    returns, model, today = document["returns"], document["alternatives"][1], document["alternatives"][0]
    horizon, build = returns["horizon_months"], model["build_months"]
    total = -sum(_amount(cost) for cost in model["costs"] if cost["timing"] == "at_start")
    for month in range(1, horizon + 1):
        year = (month - 1) // 12 if returns["growth_steps"] == "yearly" else (month - 1) / 12
        moment = {
            "month_end": month,
            "mid_month": month - 0.5,
            "year_end": min(12 * math.ceil(month / 12), horizon),
        }[returns["cash_convention"]]
        live = min(max(month - min(model.get("first_use_months", build), build), 0), 1)
        used = live * of_year(month, returns["benefits_by_year"] or [1])
        cases = document["bridge"]["cases_per_month"] * (1 + returns["volume_growth"]) ** year * used
        flow = cases * 1.0
        for cost in model["costs"]:
            grown = _amount_in(month, cost) * (1 + cost.get("growth", 0)) ** year
            building = min(max(build - (month - 1), 0), 1)
            share = {"monthly": live, "per_case": cases, "each_build_month": building}.get(cost["timing"], 0)
            flow -= grown * share
            if cost["timing"] == "one_off" and "by_year" in cost:
                flow -= _amount_in(month, cost) * (month <= 12 * len(cost["by_year"]))
            elif cost["timing"] == "one_off":
                part = max(min(build, month) - (month - 1), 0) / build if build else float(month == 1)
                # What is left of a build at the horizon was committed.
                part += max(build - horizon, 0) / build if build and month == horizon else 0
                flow -= _amount(cost) * part
        for cost in today["costs"]:
            ends = used if cost["timing"] == "monthly" else cases
            flow += _amount_in(month, cost) * (1 + cost.get("growth", 0)) ** year * ends
        total += flow * (1 + returns["discount_rate"]) ** (-moment / 12)
    return total


def of_year(month: int, by_year: list[float]) -> float:
    """The last one holds for the years after."""
    return by_year[min(math.ceil(month / 12), len(by_year)) - 1]


def _amount_in(month: int, cost: dict[str, Any]) -> float:
    if "by_year" in cost:
        return float(of_year(month, cost["by_year"]) / 12 * cost.get("pieces", 1))
    return _amount(cost)


def _amount(cost: dict[str, Any]) -> float:
    return float(cost["amount"] * cost.get("pieces", 1) * cost.get("chance", 1))


@st.composite
def costs(draw: st.DrawFn, timings: list[str]) -> dict[str, Any]:
    timing = draw(st.sampled_from(timings))
    cost: dict[str, Any] = {
        "timing": timing,
        "amount": draw(st.integers(0, 500)) / (100 if timing == "per_case" else 1),
    }
    if draw(st.booleans()):
        cost["pieces"] = draw(st.integers(1, 9))
    may_be_by_year = timing == "monthly" or (timing == "one_off" and "at_start" in timings)
    if may_be_by_year and draw(st.booleans()):
        del cost["amount"]
        cost["by_year"] = draw(st.lists(st.integers(0, 9_000), min_size=1, max_size=5))
    elif timing in ("monthly", "per_case", "each_build_month") and draw(st.booleans()):
        cost["growth"] = draw(st.sampled_from([-0.2, 0.03, 0.1, 0.5]))
    return cost


ANY = ["one_off", "at_start", "each_build_month", "monthly", "per_case"]


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(list(CashConvention)),
    st.sampled_from(["smooth", "yearly"]),
    st.lists(costs(ANY), max_size=4),
    st.lists(costs(["monthly", "per_case"]), max_size=2),
    st.sampled_from([0, 1, 2.5, 7, 30]),
    st.sampled_from([None, 0, 0.4, 1]),
    st.sampled_from([1, 11, 12, 25, 36]),
    st.sampled_from([0, 0.05, 0.3]),
    st.sampled_from([-0.1, 0, 0.08]),
    st.lists(st.sampled_from([0, 0.2, 1, 1.3]), max_size=5),
)
def test_any_costs_under_any_convention_agree_with_a_notebook(
    convention: CashConvention,
    steps: str,
    of_model: list[dict[str, Any]],
    of_today: list[dict[str, Any]],
    build: float,
    part_of_build: float | None,
    horizon: int,
    rate: float,
    growth: float,
    benefits: list[float],
) -> None:
    document = {
        "title": "Any",
        "bridge": {"kind": "ranking", "cases_per_month": 120, "baseline_conversion": 0.5, "margin": 2},
        "alternatives": [
            {"name": "Today", "kind": "status_quo", "costs": of_today},
            {
                "name": "Model",
                "kind": "rules",
                "metrics": {"lift": 1.0},
                "build_months": build,
                **({} if part_of_build is None else {"first_use_months": part_of_build * build}),
                "success_probability": 1,
                "costs": of_model,
            },
        ],
        "returns": {
            "horizon_months": horizon,
            "discount_rate": rate,
            "volume_growth": growth,
            "cash_convention": convention,
            "growth_steps": steps,
            "benefits_by_year": benefits,
        },
    }
    found = read(document)
    npv = assess(found, draws=256).alternatives[1].expected
    assert npv == pytest.approx(month_by_month(document), rel=1e-9, abs=1e-6)
    assert to_dict(read(to_dict(found))) == to_dict(found)


def test_flows_are_laid_out_in_time() -> None:
    flows = np.array([[1.0], [2.0], [3.0]])
    plain, a_year = dated(flows, 0.0, CashConvention.MID_MONTH)
    assert (plain.tolist(), a_year) == (flows.tolist(), 12)
    late, a_year = dated(flows, 5.0, CashConvention.MONTH_END)
    assert (late[:, 0].tolist(), a_year) == ([-5, 1, 2, 3], 12)
    halves, a_year = dated(flows, 5.0, CashConvention.MID_MONTH)
    assert (halves[:, 0].tolist(), a_year) == ([-5, 1, 0, 2, 0, 3], 24)
    years, a_year = dated(np.ones((14, 1)), 5.0, CashConvention.YEAR_END)
    assert (years[[0, 12, 14], 0].tolist(), years.sum(), a_year) == ([-5, 12, 2], 9, 12)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (f"{COSTS}.0.growth", 0.1, "must be empty for what is paid once"),
        ("alternatives.0.costs", [{"timing": "at_start", "amount": 5}], "today's way is not"),
        ("alternatives.0.costs", [{"timing": "each_build_month", "amount": 5}], "today's way is not"),
        (f"{RETURNS}.cash_convention", "quarter_end", "'month_end', 'mid_month', 'year_end'"),
        (f"{RETURNS}.growth_steps", "linear", "'smooth', 'yearly'"),
        ("alternatives.1.first_use_months", 1, "must not be later than the end of the build, after 0 months"),
        (f"{COSTS}.0.pieces", -1, "must be a number from 0"),
        (f"{COSTS}.1.growth", -2, "must be a number from -0.99"),
    ],
)
def test_what_cannot_be_is_refused_by_name(path: str, value: Any, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        read(with_value(case("mslearn_1"), path, value))
