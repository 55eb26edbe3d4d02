"""Finance's view: published cases, closed forms, and an independent statement month by month."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import DocumentRefused, assess, examples, read, to_dict
from scoping.assessment import Assessment
from scoping.document.finance import Finance
from scoping.document.paths import with_value
from scoping.value.depreciation import depreciated
from scoping.value.fiscal import FiscalYear, fiscal_years
from scoping.value.model import value_model
from scoping.value.prices import nominal_rate, real_rate
from scoping.value.simulate import simulate
from scoping.value.statement import Line, Statement, Worth, finance_view, tax_of
from scoping.vocabulary import RateKind
from tests.documents import UNCERTAIN, case, proposal

pytestmark = pytest.mark.long

LOOSE = 1e-9


def viewed(document: dict[str, Any], index: int = 1) -> tuple[Statement, Worth]:
    """The statement and the worth of one alternative."""
    model = value_model(read(document))
    assert model is not None
    found = finance_view(model, simulate(model, 256, in_detail=False), index)
    return found.statement, next(each for each in found.worth if each.index == index)


# Brealey, Myers and Allen, Principles of Corporate Finance (10th ed.), ch. 6: the guano project of IM&C, thousands of
# dollars, years 0 to 7. Working capital is capital that is not depreciated.
SALES = np.array([0, 523, 12_887, 32_610, 48_901, 35_834, 19_717, 0])
COSTS = np.array([4_000, 837 + 2_200, 7_729 + 1_210, 19_552 + 1_331, 29_345 + 1_464, 21_492 + 1_611, 11_830 + 1_772, 0])
WORKING_CAPITAL = np.diff([0, 0, 550, 1_289, 3_261, 4_890, 3_583, 2_002, 0])
DISPOSAL = np.array([0, 0, 0, 0, 0, 0, 0, 1_949])
STRAIGHT_LINE = (0, *[9_500 / 6] * 6, 500)
MACRS = (0, 2_000, 3_200, 1_920, 1_152, 1_152, 576, 0)


@pytest.mark.parametrize(("written_off", "published"), [(STRAIGHT_LINE, 3_520), (MACRS, 3_802)])
def test_the_guano_project_of_brealey_myers_and_allen(written_off: tuple[float, ...], published: float) -> None:
    """Tables 6.1 and 6.2 (straight line), 6.4 to 6.6 (five-year MACRS): NPV at 20 %, tax 35 %, losses set off."""
    capital = WORKING_CAPITAL + np.array([10_000, *[0] * 7])
    before = SALES - COSTS + DISPOSAL - capital
    after = before - tax_of(before, capital, np.array(written_off), 0.35)
    assert numpy_financial.npv(0.20, after) == pytest.approx(published, abs=1.5)


def test_the_taxes_of_that_project_year_by_year() -> None:
    capital = WORKING_CAPITAL + np.array([10_000, *[0] * 7])
    tax = tax_of(SALES - COSTS + DISPOSAL - capital, capital, np.array(STRAIGHT_LINE), 0.35)
    assert tax == pytest.approx([-1_400, -1_434, 828, 3_550, 5_778, 3_902, 1_586, 507], abs=0.6)


MACHINE = {"alternatives__1__costs__0__timing": "at_start", "returns__cash_convention": "year_end"}
CAPITAL = {"alternatives__1__costs__0__treatment": "capital"}


def test_after_tax_npv_of_a_machine_in_closed_form() -> None:
    """60,000 now, 21,000 a year for five years at 8 %; tax 30 %, written off over five years."""
    finance = {"tax_rate": 0.3, "depreciation_months": 60}
    statement, worth = viewed(case("mslearn_1", **MACHINE, **CAPITAL, finance=finance))
    expected = -60_000 + (0.7 * 21_000 + 0.3 * 12_000) * (1 - 1.08**-5) / 0.08
    assert worth.after_tax is not None
    assert worth.after_tax.mean == pytest.approx(expected)
    assert statement.lines[Line.PRESENT_AFTER].sum() == pytest.approx(expected)
    assert statement.lines[Line.DEPRECIATION] == pytest.approx([-12_000] * 5)
    assert statement.lines[Line.TAX] == pytest.approx([-2_700] * 5)
    assert statement.lines[Line.CAPITAL] == pytest.approx([-60_000, 0, 0, 0, 0])


def test_a_cost_that_is_expensed_is_taxed_at_once() -> None:
    """Without capital every month's money is taxed: NPV after tax is what is left of NPV."""
    _, worth = viewed(case("mslearn_1", **MACHINE, finance={"tax_rate": 0.3}))
    assert worth.after_tax is not None
    assert worth.after_tax.mean == pytest.approx(0.7 * (worth.before_tax.mean or 0))


def test_inflation_by_fisher() -> None:
    """21,000 in today's prices, 8 % nominal, 3 % inflation: the flows grow, or the rate is the real one."""
    statement, worth = viewed(case("mslearn_1", **MACHINE, finance={"inflation": 0.03}))
    nominal = [21_000 * 1.03**year for year in range(1, 6)]
    assert statement.lines[Line.BEFORE_TAX] == pytest.approx([nominal[0] - 60_000, *nominal[1:]])
    assert worth.before_tax.mean == pytest.approx(numpy_financial.npv(0.08, [-60_000, *nominal]))
    assert worth.before_tax.mean == pytest.approx(numpy_financial.npv(1.08 / 1.03 - 1, [-60_000, *[21_000] * 5]))


def test_a_real_rate_leaves_npv_before_tax_and_makes_depreciation_worth_less() -> None:
    finance = {"tax_rate": 0.3, "depreciation_months": 60}
    plain = viewed(case("mslearn_1", **MACHINE, **CAPITAL, finance=finance))[1]
    real = viewed(case("mslearn_1", **MACHINE, **CAPITAL, finance={**finance, "inflation": 0.03, "rate_is": "real"}))[1]
    assert real.before_tax.mean == plain.before_tax.mean
    shield = 0.3 * 12_000 * sum((1.08 * 1.03) ** -year for year in range(1, 6))
    own = -60_000 + 0.7 * 21_000 * (1 - 1.08**-5) / 0.08
    assert real.after_tax is not None
    assert real.after_tax.mean == pytest.approx(own + shield)


def test_the_internal_rate_is_of_the_kind_of_the_rate_it_is_held_against() -> None:
    def rate(**finance: Any) -> float:
        found = assess(proposal(case("mslearn_1", **MACHINE), finance=finance)).alternatives[1].outcome
        assert found is not None
        assert found.irr.p50 is not None
        return found.irr.p50

    today = numpy_financial.irr([-60_000, *[21_000] * 5])
    assert rate(inflation=0.03) == pytest.approx(1.03 * (1 + today) - 1, abs=1e-6)
    assert rate(inflation=0.03, rate_is="real") == pytest.approx(today, abs=1e-6)


@given(st.floats(-0.5, 2), st.floats(-0.5, 2), st.sampled_from(list(RateKind)))
def test_both_rates_of_fisher_fit_together(rate: float, inflation: float, kind: RateKind) -> None:
    finance = Finance(inflation=inflation, rate_is=kind)
    real, nominal = real_rate(finance, rate), nominal_rate(finance, rate)
    assert (1 + real) * (1 + inflation) == pytest.approx(1 + nominal)
    assert rate in (real, nominal)


SAYS_NOTHING = (
    {},
    {"soft_share": 0.6},
    {"soft_counts": 0.2},
    {"tax_rate": 0.3},
    {"starts": "2027-05"},
)


@pytest.mark.parametrize("finance", SAYS_NOTHING)
def test_what_finance_does_not_count_changes_no_figure(finance: dict[str, Any]) -> None:
    plain, changed = (assess(proposal(UNCERTAIN, **change), draws=256) for change in ({}, {"finance": finance}))
    assert {**changed.to_dict(), "finance": None} == plain.to_dict()


def test_a_capital_cost_changes_no_figure_before_tax() -> None:
    plain, changed = (
        assess(proposal(UNCERTAIN, **change), draws=256)
        for change in ({}, {"alternatives__2__costs__0__treatment": "capital"})
    )
    assert {**changed.to_dict(), "finance": None} == plain.to_dict()
    assert changed.finance is not None


def test_without_finance_there_is_no_view() -> None:
    assert assess(proposal(UNCERTAIN), draws=256).finance is None


def test_soft_benefits_count_as_far_as_they_do_everywhere() -> None:
    """Of a gain of 30,000 a year 40 % are soft and count half, running costs of 9,000 count in full."""
    plain, half = (
        case("mslearn_1", **MACHINE, **change) for change in ({}, {"finance": {"soft_share": 0.4, "soft_counts": 0.5}})
    )
    statement, worth = viewed(half)
    years = (1 - 1.08**-5) / 0.08
    assert worth.before_tax.mean == pytest.approx(-60_000 + (24_000 - 9_000) * years)
    assert worth.without_soft == pytest.approx(-60_000 + (18_000 - 9_000) * years)
    assert statement.lines[Line.HARD] == pytest.approx([18_000] * 5)
    assert statement.lines[Line.SOFT] == pytest.approx([6_000] * 5)
    cheap = [with_value(each, "alternatives.1.costs.0.amount", 30_000) for each in (plain, half)]
    at_break_even = [assess(read(each)).break_even[0].value for each in cheap]
    assert at_break_even[1] == pytest.approx((at_break_even[0] or 0) / 0.8)


def test_a_loss_is_hard() -> None:
    """What a worse model loses is not made smaller by calling it soft."""
    worse = {"alternatives__2__metrics": {"recall": 0.01, "precision": 0.01}}
    plain, soft = (
        assess(proposal(**worse, **change)).alternatives[2].expected
        for change in ({}, {"finance": {"soft_share": 1, "soft_counts": 0}})
    )
    assert soft == plain


def test_the_pilots_delay_costs_the_real_rate() -> None:
    finance = {"inflation": 0.05}
    staged = assess(proposal(UNCERTAIN, pilot__months=6, finance=finance), draws=1_024).staged
    real = assess(proposal(UNCERTAIN, pilot__months=6, returns__discount_rate=1.1 / 1.05 - 1), draws=1_024).staged
    assert staged is not None
    assert real is not None
    assert staged.npv == pytest.approx(real.npv)


def statement_of(document: dict[str, Any]) -> tuple[Statement, Worth, Assessment]:
    assessed = assess(read(document), draws=1_024)
    assert assessed.finance is not None
    statement = assessed.finance.statement
    worth = next(each for each in assessed.finance.worth if each.index == statement.index)
    return statement, worth, assessed


FULL = {
    "tax_rate": 0.3,
    "inflation": 0.02,
    "depreciation_months": 30,
    "soft_share": 0.3,
    "soft_counts": 0.5,
    "starts": "2027-03",
    "fiscal_year_starts": 7,
}


@pytest.mark.parametrize("name", ["visual_inspection", "payment_fraud", "invoice_routing"])
def test_the_statement_adds_up_to_the_npv_that_is_shown_elsewhere(name: str) -> None:
    document = capitalised({**to_dict(examples.load(name)), "finance": FULL})
    statement, worth, assessed = statement_of(document)
    lines, outcome = statement.lines, assessed.alternatives[statement.index].outcome
    assert outcome is not None
    assert lines[Line.PRESENT_BEFORE].sum() == pytest.approx(outcome.npv.mean, rel=LOOSE)
    assert worth.after_tax is not None
    assert lines[Line.PRESENT_AFTER].sum() == pytest.approx(worth.after_tax.mean, rel=LOOSE)
    assert lines[Line.CUMULATIVE][-1] == pytest.approx(worth.after_tax.mean, rel=LOOSE)
    earned = sum(lines[each] for each in (Line.HARD, Line.SOFT, Line.SAVED, Line.RUNNING, Line.PROJECT, Line.RESIDUAL))
    close = {"rel": LOOSE, "abs": 1e-6}
    assert lines[Line.EBITDA] == pytest.approx(earned, **close)
    assert lines[Line.BEFORE_TAX] == pytest.approx(lines[Line.EBITDA] + lines[Line.CAPITAL], **close)
    assert lines[Line.PROFIT] == pytest.approx(lines[Line.EBITDA] + lines[Line.DEPRECIATION], **close)
    assert lines[Line.TAX] == pytest.approx(-0.3 * lines[Line.PROFIT], **close)
    assert lines[Line.AFTER_TAX] == pytest.approx(lines[Line.BEFORE_TAX] + lines[Line.TAX], **close)
    # All that was capitalised is written off, and no more.
    assert lines[Line.DEPRECIATION].sum() == pytest.approx(lines[Line.CAPITAL].sum(), **close)
    assert lines[Line.CAPITAL].sum() < 0


def capitalised(document: dict[str, Any]) -> dict[str, Any]:
    """The document in which all that is paid once for a build is capital."""
    for number, alternative in enumerate(document["alternatives"]):
        for place, cost in enumerate(alternative["costs"] if alternative["kind"] != "status_quo" else []):
            if cost["timing"] == "one_off":
                document = with_value(document, f"alternatives.{number}.costs.{place}.treatment", "capital")
    return document


def test_after_tax_figures_of_many_draws_come_from_the_same_futures() -> None:
    """Without capital, P10 and P90 after tax are those before tax, less tax."""
    _, worth, _ = statement_of(to_dict(proposal(UNCERTAIN, finance={"tax_rate": 0.3})))
    assert worth.after_tax is not None
    for after, before in zip(
        (worth.after_tax.p10, worth.after_tax.p90, worth.after_tax.standard_error),
        (worth.before_tax.p10, worth.before_tax.p90, worth.before_tax.standard_error),
        strict=True,
    ):
        assert after == pytest.approx(0.7 * (before or 0))


def test_a_build_that_fails_is_written_off_when_it_ends() -> None:
    """Of 60,000 with one chance in four to fail: a quarter in the build's last month, the rest in equal parts."""
    finance = {"tax_rate": 0.3, "depreciation_months": 24}
    build = {"alternatives__1__build_months": 4, "alternatives__1__success_probability": 0.75}
    statement, _ = viewed(case("mslearn_1", **build, **CAPITAL, finance=finance))
    by_year = -statement.lines[Line.DEPRECIATION]
    assert by_year[:3] == pytest.approx([15_000 + 45_000 * 8 / 24, 45_000 * 12 / 24, 45_000 * 4 / 24])
    # In one draw it is one or the other: P10 and P90 are drawn.
    drawn = depreciated(np.array([60_000.0, 60_000.0]), 4.0, 24.0, np.array([1.0, 0.0]), 60, 2)
    assert drawn[5:29, 0] == pytest.approx([2_500] * 24)
    assert drawn[5, 1] == 60_000


@given(
    st.floats(0, 80), st.one_of(st.none(), st.floats(1, 200)), st.floats(0, 1), st.integers(1, 60), st.floats(0, 1e6)
)
def test_exactly_what_was_capitalised_is_written_off(
    build: float, life: float | None, success: float, horizon: int, capital: float
) -> None:
    found = depreciated(np.array([capital]), build, life, success, horizon, 1)
    assert found.shape == (horizon + 1, 1)
    assert found.sum() == pytest.approx(capital)
    assert (found >= -1e-9 * capital).all()
    # Nothing before the build has ended, but for what is left at the horizon.
    assert not found[: min(math.floor(build) + 1, horizon)].any()


def test_fiscal_years() -> None:
    calendar = Finance(starts="2027-01")
    assert fiscal_years(calendar, 24) == (FiscalYear(1, 12, 2027, 2027), FiscalYear(2, 12, 2028, 2028))
    split = replace_with(calendar, starts="2027-03", fiscal_year_starts=7)
    assert fiscal_years(split, 18) == (
        FiscalYear(1, 4, 2026, 2027),
        FiscalYear(2, 12, 2027, 2028),
        FiscalYear(3, 2, 2028, 2029),
    )
    late = replace_with(calendar, starts="2027-09", fiscal_year_starts=7)
    assert fiscal_years(late, 12) == (FiscalYear(1, 10, 2027, 2028), FiscalYear(2, 2, 2028, 2029))
    assert fiscal_years(Finance(fiscal_year_starts=7), 13) == (FiscalYear(1, 12), FiscalYear(2, 1))


def replace_with(finance: Finance, **changes: Any) -> Finance:
    return finance.model_copy(update=changes)


def test_the_discount_factor_of_a_year_is_the_mean_of_its_months() -> None:
    statement, _ = viewed(case("mslearn_1", finance={"starts": "2027-04"}))
    months = [1.08 ** (-month / 12) for month in range(1, 61)]
    assert [each.months for each in statement.years] == [9, 12, 12, 12, 12, 3]
    assert statement.lines[Line.DISCOUNT][0] == pytest.approx(np.mean(months[:9]))
    assert statement.lines[Line.DISCOUNT][-1] == pytest.approx(np.mean(months[57:]))


@pytest.mark.parametrize("factor", [0.01, 1_000])
def test_all_money_scaled_scales_every_amount(factor: float) -> None:
    small = case("mslearn_1", **MACHINE, **CAPITAL, finance={"tax_rate": 0.3, "inflation": 0.02})
    large = scaled(small, factor)
    (one, worth), (other, more) = viewed(small), viewed(large)
    assert worth.after_tax is not None
    assert more.after_tax is not None
    assert more.after_tax.mean == pytest.approx(factor * (worth.after_tax.mean or 0))
    for line in set(Line) - {Line.DISCOUNT}:
        assert other.lines[line] == pytest.approx(factor * one.lines[line])


def scaled(document: dict[str, Any], factor: float) -> dict[str, Any]:
    """The document with all its money multiplied."""
    for number, cost in enumerate(document["alternatives"][1]["costs"]):
        document = with_value(document, f"alternatives.1.costs.{number}.amount", cost["amount"] * factor)
    for path, value in document["bridge"].items():
        if path in ("value_of_catch", "margin", "manual_cost", "wage_per_hour", "value_of_response"):
            document = with_value(document, f"bridge.{path}", value * factor)
    return document


def test_more_tax_is_never_worth_more_and_a_shorter_life_never_less() -> None:
    def after(rate: float, life: float) -> float:
        finance = {"tax_rate": rate, "depreciation_months": life}
        worth = viewed(case("mslearn_1", **MACHINE, **CAPITAL, finance=finance))[1]
        assert worth.after_tax is not None
        assert worth.after_tax.mean is not None
        return worth.after_tax.mean

    by_rate = [after(rate, 60) for rate in (0, 0.2, 0.4)]
    by_life = [after(0.3, life) for life in (12, 36, 60)]
    assert by_rate == sorted(by_rate, reverse=True)
    assert by_life == sorted(by_life, reverse=True)


def test_the_order_of_the_alternatives_does_not_matter() -> None:
    document = to_dict(proposal(UNCERTAIN, finance=FULL, alternatives__2__costs__0__treatment="capital"))
    turned = {**document, "alternatives": [document["alternatives"][each] for each in (2, 0, 1)]}
    found = [statement_of(each)[0].lines for each in (document, turned)]
    for line in Line:
        assert found[0][line] == pytest.approx(found[1][line], rel=LOOSE, abs=1e-6)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("finance.tax_rate", 30, r"tax_rate.*30.*must be a number from 0 to 1 \(0% to 100%\)"),
        ("finance.inflation", -2, "must be a number from -0.99 to 10"),
        ("finance.depreciation_months", 0, "must be a number from 1 to 600"),
        ("finance.fiscal_year_starts", 13, "must be a number from 1 to 12"),
        ("finance.starts", "March 2027", "starts.*March 2027.*must be a year and a month such as 2027-03, or empty"),
        ("finance.starts", "2027-13", "must be a year and a month"),
        ("finance.rate_is", "net", "'nominal', 'real'"),
        ("finance.soft_counts", 1.5, "must be a number from 0 to 1"),
        ("alternatives.1.costs.1.treatment", "capital", "must be operating here"),
        ("alternatives.1.costs.0.treatment", "leased", "'operating', 'capital'"),
        (
            "alternatives.0.costs",
            [{"timing": "one_off", "amount": 5, "treatment": "capital"}],
            "must be operating here",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(path: str, value: Any, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        read(with_value(case("mslearn_1"), path, value))
