"""What finance reads in the memo and on a slide: only where it has said something, and with the model's own figures."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation

from scoping import assess, read, to_dict
from scoping.document.finance import Finance
from scoping.reports import render, summarise
from scoping.reports.memo import Memo
from scoping.reports.memo.finance import FinancePart
from scoping.reports.summarising.finance import year_title
from scoping.text.languages import Language
from scoping.value.fiscal import fiscal_years
from tests.documents import CERTAIN, UNCERTAIN, Document, proposal, varied
from tests.scoping.reports.samples import FEW, summarised

TAXED = {"tax_rate": 0.3, "soft_share": 0.4, "soft_counts": 0.5, "starts": "2027-03", "fiscal_year_starts": 7}
# The model leads where it costs little to build.
LEADING = varied(CERTAIN, alternatives__2__costs__0__amount=2_000)
CAPITAL = {"alternatives__2__costs__0__treatment": "capital"}


def memo_of(document: Document = LEADING, **changes: Any) -> Memo:
    return summarised(proposal(document, **changes), assess(proposal(document, **changes), FEW)).memo


def told(**changes: Any) -> FinancePart:
    part = memo_of(**changes).finance
    assert part is not None
    return part


def test_nobody_who_says_nothing_to_finance_reads_of_it() -> None:
    plain = memo_of(UNCERTAIN)
    assert plain.finance is None
    assert "finance" not in {section.id for section in plain.sections}
    assert "Booked" not in render(summarised(proposal(UNCERTAIN)), "md").decode()


@pytest.mark.parametrize("finance", [{"tax_rate": 0}, {"starts": "2027-03"}, {"inflation": 0}, {"soft_counts": 0.9}])
def test_whoever_says_one_thing_reads_the_statement(finance: dict[str, Any]) -> None:
    assert told(finance=finance).statement


def test_without_figures_there_is_nothing_to_tell() -> None:
    document = read({"title": "Only a title", "finance": TAXED})
    assert summarise(document, assess(document, FEW)).memo.finance is None


def test_the_sentences_say_what_to_see_and_on_what_the_verdict_rests() -> None:
    sentences = told(finance=TAXED, **CAPITAL).sentences
    assert sentences[0].startswith("Model is expected to be worth €")
    assert "after tax at 30%" in sentences[0]
    assert "is earned back in FY 2027/28" in sentences[1]
    assert sentences[2].startswith("Without its soft benefits (40% of the gain, of which 50% counts) it is worth €")
    assert sentences[3] == "The verdict rests on NPV before tax. After tax the same alternative is best."
    assert "no tax rate is given" in told(finance={"inflation": 0.02}).sentences[0]


def test_tax_that_turns_a_sign_or_an_order_is_said_to() -> None:
    """What is written off over fifty years is taxed long before: what pays a little before tax does not after it."""
    slow: dict[str, Any] = {"finance": {"tax_rate": 0.9, "depreciation_months": 600}, "returns__horizon_months": 240}
    capital = [{"name": "Build", "timing": "at_start", "amount": 600_000, "treatment": "capital"}]
    both = {"alternatives__1__costs": capital, "alternatives__2__costs": capital}
    assert told(**slow, **both).sentences[-1].endswith("After tax nothing here is worth more than it costs.")
    spent = [{"name": "Build", "timing": "at_start", "amount": 300_000}]
    mixed = {"alternatives__1__costs": spent, "alternatives__2__costs": capital}
    assert told(**slow, **mixed).sentences[-1].endswith("After tax Rule is worth more.")
    assert told(**slow, alternatives__1__costs=[HUGE], alternatives__2__costs=[HUGE]).sentences[-1] == (
        "The verdict rests on NPV before tax."
    )


def test_what_is_never_earned_back_is_said_to_be_that() -> None:
    sentences = told(finance=TAXED, alternatives__1__costs=[HUGE], alternatives__2__costs=[HUGE]).sentences
    assert sentences[1] == "Its cash flow, discounted, is not earned back within the horizon."


HUGE = {"name": "Build", "timing": "one_off", "amount": 9e6}


def test_the_lines_are_those_that_the_project_has() -> None:
    def lines(**changes: Any) -> list[str]:
        return [row[0] for row in told(**changes).statement[0].rows]

    assert lines(finance={"starts": "2027-03"}) == [
        "Benefits", "Costs of today that end", "Running costs", "Project costs, operating", "Net cash flow before tax",
        "Discount factor", "Present value before tax", "Cumulative, before tax",
    ]  # fmt: skip
    assert lines(finance=TAXED, **CAPITAL) == [
        "Hard benefits", "Soft benefits, counted at 50%", "Costs of today that end", "Running costs",
        "Earnings before depreciation and tax (EBITDA)", "Depreciation", "Profit before tax (EBIT)", "Tax at 30%",
        "Capital expenditure", "Net cash flow before tax", "Net cash flow after tax", "Discount factor",
        "Present value before tax", "Present value after tax", "Cumulative, after tax",
    ]  # fmt: skip


def test_the_years_are_named_as_finance_names_them() -> None:
    assert told(finance=TAXED).statement[0].columns == ("Line", "FY 2026/27", "FY 2027/28", "FY 2028/29", "Total")
    assert told(finance={"starts": "2027-01"}).statement[0].columns == ("Line", "FY 2027", "FY 2028", "Total")
    assert told(finance={"tax_rate": 0.3}).statement[0].columns == ("Line", "Year 1", "Year 2", "Total")
    assert year_title(fiscal_years(Finance(starts="2099-12", fiscal_year_starts=12), 1)[0]) == "FY 2099/00"


def test_many_years_stand_in_tables_of_about_as_many() -> None:
    tables = told(finance={"tax_rate": 0.3}, returns__horizon_months=240).statement
    assert [len(table.columns) - 1 for table in tables] == [5, 5, 5, 6]
    assert [table.columns[-1] for table in tables] == ["Year 5", "Year 10", "Year 15", "Total"]
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


def test_every_alternative_stands_before_and_after_tax() -> None:
    table = told(finance=TAXED).worth
    assert table is not None
    assert [row[0] for row in table.rows] == ["Model", "Rule"]
    assert len(table.columns) == 6
    assert told(finance={"inflation": 0.02}).worth is None


def test_the_conventions_are_said() -> None:
    finance = {**TAXED, "inflation": 0.02, "depreciation_months": 36}
    said = told(finance=finance, **CAPITAL).conventions
    for part in (
        "The work starts on March 1, 2027.",
        "prices rise by 2% a year",
        "written off in equal parts over 36 months from the end of the build",
        "losses are set off at once against other profits of the company",
    ):
        assert part in said
    costs = memo_of(finance=finance, **CAPITAL).costs
    assert "inflation of 2% a year; the discount rate is nominal, inflation included." in costs.conventions
    assert costs.table is not None
    assert "Once; capital" in {row[3] for row in costs.table.rows}


def test_finance_has_a_slide_of_its_own() -> None:
    def titles(**changes: Any) -> list[str]:
        summary = summarised(proposal(LEADING, **changes), assess(proposal(LEADING, **changes), FEW))
        deck = Presentation(io.BytesIO(render(summary, "pptx")))
        return [slide.shapes.title.text_frame.text for slide in deck.slides]

    assert "As finance sees it" not in titles()
    assert titles(finance=TAXED, **CAPITAL)[4] == "As finance sees it"


def test_german_says_all_of_it() -> None:
    document = proposal(LEADING, finance={**TAXED, "inflation": 0.02, "depreciation_months": 36}, **CAPITAL)
    part = summarise(document, assess(document, FEW), (), Language("de")).memo.finance
    assert part is not None
    assert part.sentences[-1].startswith("Die Empfehlung beruht auf dem Kapitalwert vor Steuern.")
    assert part.statement[0].columns[1] == "GJ 2026/27"


def test_the_figures_for_machines_have_it() -> None:
    found = assess(proposal(LEADING, finance=TAXED), FEW).to_dict()["finance"]
    assert [each["name"] for each in found["alternatives"]] == ["Rule", "Model"]
    assert found["statement"]["alternative"] == "Model"
    assert found["statement"]["years"][0] == {"number": 1, "begins": 2026, "ends": 2027}
    present = found["statement"]["lines"]["present_value_after_tax"]
    assert sum(present) == pytest.approx(found["alternatives"][1]["npv_after_tax"]["mean"])
    assert to_dict(proposal(finance=TAXED))["finance"]["tax_rate"] == 0.3
