"""Benefits and costs by year: a published case typed as a table, closed forms, and what holds of any table."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping import DocumentRefused, assess, read, to_dict
from scoping.document.editing import change
from scoping.document.hashing import content_hash
from scoping.document.paths import with_value
from scoping.value.by_year import in_year_of, total_until
from scoping.value.missing import missing_inputs
from scoping.value.remarks import Code
from scoping.value.statement import Line
from tests.documents import CERTAIN, UNCERTAIN, case, proposal, varied

BENEFITS, COSTS = "returns__benefits_by_year", "alternatives__2__costs"
# In the published sheet the build stands at time 0 and each year ends once.
SHEET = {
    "alternatives__1__costs__0__timing": "at_start",
    "returns__cash_convention": "year_end",
    "returns__volume_growth": 0,
}


def npv(document: dict[str, Any], index: int = -1) -> float:
    expected = assess(read(document), draws=512).alternatives[index].expected
    assert expected is not None
    return expected


def bare(**changes: Any) -> dict[str, Any]:
    """A model in use from the first day, with nothing but what the test gives it: 1,000 a month, at 10 % a year."""
    own = {"bridge__points": [[0, 0], [1, 1_000]], "alternatives__1__costs": [], "returns__discount_rate": 0.1}
    return varied(case("azureml", **SHEET), **{**own, **changes})


def test_the_viability_sheet_of_azure_ml_typed_as_two_rows_of_years() -> None:
    # Brookside BI 2025, Azure ML Financial Model, slides 2 to 7: 842,577 before it rounds.
    running = {"name": "Operations", "timing": "monthly", "by_year": [71_820, 79_002, 86_902.2]}
    document = case("azureml", **SHEET, returns__benefits_by_year=[1, 1.05, 1.1025])
    assert npv(with_value(document, "alternatives.1.costs.1", running)) == pytest.approx(842_577, abs=1)


def test_a_plan_of_benefits_and_a_budget_are_the_columns_of_a_spreadsheet() -> None:
    shares, budget = [0.2, 0.6, 1.0, 0.9, 0.7], [12_000, 8_000, 6_000]
    cost = {"timing": "one_off", "by_year": budget}
    found = npv(bare(returns__horizon_months=60, returns__benefits_by_year=shares, alternatives__1__costs=[cost]))
    benefits = sum(12_000 * share / 1.1**year for year, share in enumerate(shares, start=1))
    assert found == pytest.approx(benefits - sum(each / 1.1**year for year, each in enumerate(budget, start=1)))


def test_the_last_share_holds_for_the_years_after_and_what_lies_beyond_the_horizon_does_not_count() -> None:
    document = bare(returns__horizon_months=30, returns__discount_rate=0)
    shares = [0.5, 0.8]
    assert npv(with_value(document, "returns.benefits_by_year", shares)) == pytest.approx(6_000 + 0.8 * 18_000)
    longer = [0.5, 0.8, 0.8, *[9] * 17]
    assert npv(with_value(document, "returns.benefits_by_year", longer)) == pytest.approx(6_000 + 0.8 * 18_000)
    assert npv(with_value(document, "returns.benefits_by_year", [0])) == 0


def test_years_count_from_the_day_the_work_starts() -> None:
    late = bare(returns__discount_rate=0, returns__benefits_by_year=[0.5, 1], alternatives__1__build_months=9)
    assert npv(late) == pytest.approx(0.5 * 3_000 + 24_000)


def test_a_budget_is_spent_in_any_case_and_a_running_cost_only_while_it_is_live() -> None:
    budget, running = ({"timing": timing, "by_year": [2_400, 1_200]} for timing in ("one_off", "monthly"))
    common = {
        "returns__discount_rate": 0,
        "alternatives__1__build_months": 9,
        "alternatives__1__success_probability": 0,
    }
    assert npv(bare(**common, alternatives__1__costs=[budget])) == pytest.approx(-3_600)
    assert npv(bare(**common, alternatives__1__costs=[running])) == 0
    reached = {**common, "alternatives__1__success_probability": 1, "returns__benefits_by_year": [0]}
    assert npv(bare(**reached, alternatives__1__costs=[running])) == pytest.approx(-(600 + 1_200 + 1_200))


def test_the_figures_a_month_and_of_the_build_count_what_is_given_by_year() -> None:
    costs = [{"timing": "one_off", "by_year": [2_400, 1_200, 600]}, {"timing": "monthly", "by_year": [2_400, 1_200]}]
    today = [{"timing": "monthly", "by_year": [1_200]}]
    document = bare(returns__horizon_months=30, alternatives__1__costs=costs, alternatives__0__costs=today)
    found = assess(read(document)).alternatives[1]
    assert found.one_off_cost == pytest.approx(2_400 + 1_200 + 300)
    assert found.cost_per_month == pytest.approx((2_400 + 1_200 + 600) / 30)
    assert found.gain_per_month == pytest.approx(1_000 + 100)


def test_a_cost_of_today_by_year_ends_as_far_as_the_benefit_has_come() -> None:
    today = [{"timing": "monthly", "by_year": [1_200, 2_400]}]
    document = bare(returns__discount_rate=0, returns__benefits_by_year=[0.5, 1], alternatives__0__costs=today)
    assert npv(document) == pytest.approx(6_000 + 24_000 + 600 + 4_800)


def test_how_many_times_the_amounts_is_one_doubt_about_all_of_them() -> None:
    cost = {"timing": "one_off", "by_year": [1_200, 600], "pieces": {"p10": 0.5, "p50": 1, "p90": 2}}
    found = assess(read(bare(returns__discount_rate=0, alternatives__1__costs=[cost]))).alternatives[1].outcome
    assert found is not None
    assert found.npv.p10 == pytest.approx(36_000 - 3_600, rel=0.01)
    assert found.npv.p90 == pytest.approx(36_000 - 900, rel=0.01)


@pytest.mark.parametrize("document", [CERTAIN, UNCERTAIN], ids=["certain", "uncertain"])
def test_shares_of_all_of_it_change_no_figure_to_the_last_bit(document: dict[str, Any]) -> None:
    plain, same = (assess(proposal(document, returns__benefits_by_year=each), draws=512) for each in ([], [1, 1]))
    assert plain.to_dict() == same.to_dict()
    assert content_hash(proposal(document)) == content_hash(proposal(document, returns__benefits_by_year=[]))


def test_an_amount_in_each_year_is_the_same_amount_every_month() -> None:
    costs = CERTAIN["alternatives"][2]["costs"]
    by_year = [{**each, "amount": None, "by_year": [9_600]} if each["name"] == "Run" else each for each in costs]
    assert npv(varied(CERTAIN, **{COSTS: by_year})) == pytest.approx(npv(CERTAIN), rel=1e-12)


def test_an_alternatives_own_shares_go_before_those_of_all() -> None:
    own = varied(CERTAIN, **{BENEFITS: [0.3], "alternatives__2__benefits_by_year": [0.5, 1]})
    assert npv(own) == npv(varied(CERTAIN, **{BENEFITS: [0.5, 1]}))
    assert npv(own, 1) == npv(varied(CERTAIN, **{BENEFITS: [0.3]}), 1)


def test_a_break_even_is_where_npv_is_nothing() -> None:
    cost = {"timing": "one_off", "by_year": [3_000, 2_000]}
    document = varied(CERTAIN, **{BENEFITS: [0.4, 0.9], f"{COSTS}__0": cost})
    found = {each.metric: each.value for each in assess(read(document)).break_even if each.index == 2}
    value = found["recall"]
    assert value is not None
    assert npv(with_value(document, "alternatives.2.metrics.recall", value)) == pytest.approx(0, abs=1e-6)


def test_the_statement_shows_the_budget_in_its_years_and_adds_up() -> None:
    cost = {"timing": "one_off", "by_year": [3_000, 2_000]}
    document = varied(UNCERTAIN, **{BENEFITS: [0.4, 0.9], COSTS: [cost], "finance__tax_rate": 0.3})
    document["alternatives"] = [document["alternatives"][0], document["alternatives"][2]]
    found = assess(read(document), draws=512)
    assert found.finance is not None
    lines, outcome = found.finance.statement.lines, found.alternatives[1].outcome
    assert outcome is not None
    assert list(lines[Line.PROJECT]) == pytest.approx([-3_000, -2_000])
    assert lines[Line.PRESENT_BEFORE].sum() == pytest.approx(outcome.npv.mean, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 2), min_size=1, max_size=4), st.integers(0, 3), st.floats(0, 1))
def test_more_benefit_in_a_year_is_never_worth_less(shares: list[float], year: int, more: float) -> None:
    larger = [each + (more if number == year else 0) for number, each in enumerate(shares)]
    before, after = (npv(bare(returns__benefits_by_year=each)) for each in (shares, larger))
    assert after >= before - 1e-9


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20), st.integers(1, 240))
def test_the_sum_of_the_months_is_what_each_month_has(by_year: list[float], horizon: int) -> None:
    whole, rest = divmod(horizon, 12)
    by_hand = sum(12 * in_year_of(12 * year + 1, by_year) for year in range(whole))
    assert total_until(horizon, by_year) == pytest.approx(by_hand + rest * in_year_of(horizon, by_year))


def remarks(document: dict[str, Any]) -> list[tuple[Code, tuple[str, ...], tuple[float, ...]]]:
    found = assess(read(document), draws=512).remarks
    return [(each.code, each.subjects, each.values) for each in found if each.code.startswith("years_")]


def test_years_beyond_the_horizon_and_years_that_pass_before_the_use_are_pointed_out() -> None:
    document = bare(returns__horizon_months=24, returns__benefits_by_year=[0.2, 0.6])
    assert remarks(document) == []
    longer = with_value(document, "alternatives.1.costs", [{"by_year": [5, 5, 5]}])
    assert remarks(longer) == [(Code.YEARS_BEYOND, ("Azure ML",), (3, 24))]
    assert remarks(with_value(document, "returns.benefits_by_year", [1, 2, 3])) == [(Code.YEARS_BEYOND, (), (3, 24))]
    late = with_value(document, "alternatives.1.build_months", 14)
    assert remarks(late) == [(Code.YEARS_BEFORE_USE, ("Azure ML",), (14, 2))]
    assert remarks(with_value(late, "alternatives.1.first_use_months", 3)) == []
    said = assess(read(late), draws=512).to_dict()["remarks"]
    assert any("Azure ML is live after 14 months" in each and "share of year 2" in each for each in said)


def test_a_cost_by_year_lacks_no_amount() -> None:
    assert not missing_inputs(proposal(**{COSTS: [{"name": "Plan", "by_year": [1, 2]}]}))
    assert missing_inputs(proposal(**{COSTS: [{"name": "Plan"}]}))


def test_an_amount_that_amounts_by_year_stand_for_is_no_input_and_moves_with_nothing() -> None:
    amount = "alternatives.2.costs.1.amount"
    pair = {"first": amount, "second": "bridge.prevalence", "rank_correlation": 0.4}
    before = proposal(UNCERTAIN, correlations=[pair])
    after = change(before, "alternatives.2.costs.1.by_year", [5, 6])
    assert (amount in before.inputs(), amount in after.inputs(), after.correlations) == (True, False, [])
    assert change(after, amount, 7).alternatives[2].costs[1].by_year == []


def test_a_budget_is_as_much_dearer_in_the_outside_view_as_what_is_paid_over_the_build() -> None:
    costs = [{"timing": "one_off", "by_year": [2_400, 1_200]}], [{"timing": "one_off", "amount": 3_600}]
    common = {"returns__outside_view": "green_book_upper", "returns__discount_rate": 0}
    views = [assess(read(bare(**common, alternatives__1__costs=each))).outside_view for each in costs]
    found = [view.npv[1].mean for view in views if view is not None]
    assert found == pytest.approx([36_000 - 3 * 3_600] * 2)


def test_a_budget_that_may_not_fall_due_makes_two_futures() -> None:
    cost = {"timing": "one_off", "by_year": [30_000, 20_000], "chance": 0.25}
    found = assess(read(bare(returns__discount_rate=0, alternatives__1__costs=[cost]))).alternatives[1].outcome
    assert found is not None
    assert found.npv.mean == pytest.approx(36_000 - 12_500)
    assert found.probability_of_loss == pytest.approx(0.25, abs=0.003)


ALL_MOST = "must have at most 20 entries"
PLAN = {"timing": "one_off", "by_year": [5]}


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (BENEFITS, [0.5, -0.1], "returns.benefits_by_year.1: -0.1: must be a number from 0 to 10"),
        (BENEFITS, [10.5], "must be a number from 0 to 10"),
        (BENEFITS, ["half"], "must be a number"),
        (BENEFITS, [True], "must be a number"),
        (BENEFITS, [float("nan")], "must be a finite number"),
        (BENEFITS, [{"p10": 0.1, "p50": 0.2, "p90": 0.3}], "must be a number"),
        (BENEFITS, 0.5, "must be a list"),
        (BENEFITS, [1] * 600, "600 entries: " + ALL_MOST),
        ("alternatives__0__benefits_by_year", [1], "must be empty for the status quo"),
        (COSTS, [{**PLAN, "by_year": [1] * 21}], ALL_MOST),
        (COSTS, [{**PLAN, "by_year": [-1]}], "must be a number from 0"),
        (COSTS, [{**PLAN, "amount": 5}], "must be empty where there is an amount"),
        (COSTS, [{**PLAN, "timing": "per_case"}], "must be empty here: amounts by year"),
        (COSTS, [{**PLAN, "timing": "at_start"}], "must be empty here: amounts by year"),
        (COSTS, [{**PLAN, "timing": "each_build_month"}], "must be empty here: amounts by year"),
        (COSTS, [{**PLAN, "timing": "monthly", "growth": 0.1}], "must be empty where amounts are given by year"),
        (COSTS, [{**PLAN, "treatment": "capital"}], "is not written off from the end of the build"),
        ("alternatives__0__costs", [PLAN], "must be empty for what today's way pays once"),
    ],
)
def test_what_cannot_be_is_refused_by_name(path: str, value: Any, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        proposal(**{path: value})


def test_empty_lists_say_nothing() -> None:
    document = to_dict(proposal(**{BENEFITS: [], "alternatives__2__benefits_by_year": [], f"{COSTS}__0__by_year": []}))
    assert assess(read(document), draws=512).to_dict() == assess(proposal(), draws=512).to_dict()
