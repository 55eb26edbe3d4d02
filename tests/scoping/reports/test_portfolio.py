"""The portfolio as PDF, Excel and CSV: every figure is the line's, and text is text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pypdf
import pytest

from scoping import UnknownFormat
from scoping.errors import Refused
from scoping.reports.blocks import Points
from scoping.reports.figures import portfolio
from scoping.reports.portfolio import PORTFOLIO_FORMATS, PortfolioLine, render_portfolio
from scoping.reports.portfolio.lines import COLUMNS
from scoping.reports.portfolio.pdf import MOST_LINES
from scoping.text.wording import amounts

pytestmark = pytest.mark.long

LINE = PortfolioLine(
    title="Sorting parcels",
    team="Hub North",
    owner="Ana",
    currency="EUR",
    recommendation="pilot",
    leading="Camera",
    npv_mean=1_234_567.5,
    npv_p10=-250_000.0,
    npv_p90=3_000_000.0,
    probability_of_loss=0.21,
    feasibility_score=0.8,
    decision="build",
    saved_on="2026-11-24",
)
UNFINISHED = replace(
    LINE,
    title="Only a title",
    team="",
    owner="",
    currency="USD",
    recommendation="rework",
    leading=None,
    npv_mean=None,
    npv_p10=None,
    npv_p90=None,
    probability_of_loss=None,
    feasibility_score=None,
    decision=None,
)


CONVERTED = replace(
    LINE, title="In dollars", currency="USD", converted_to="EUR", rate=0.92, converted=LINE.npv_mean * 0.92,
    rate_as_of=date(2026, 11, 20),
)  # fmt: skip
APART = replace(LINE, title="In kronor", currency="SEK", converted_to="EUR")
SAME = replace(LINE, converted_to="EUR", rate=1.0, converted=LINE.npv_mean)


def rows(lines: list[PortfolioLine]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_portfolio(lines, "csv").decode("utf-8-sig"))))


def paper(lines: list[PortfolioLine]) -> str:
    """The text of the PDF, on one line."""
    reader = pypdf.PdfReader(io.BytesIO(render_portfolio(lines, "pdf")))
    return " ".join("".join(page.extract_text() for page in reader.pages).split())


def test_what_is_too_long_for_paper_is_refused_by_the_pdf_alone() -> None:
    lines = [replace(LINE, title=f"Number {number}") for number in range(MOST_LINES + 1)]
    with pytest.raises(Refused, match="2,000 proposals at most"):
        render_portfolio(iter(lines), "pdf")
    assert render_portfolio(iter(lines), "csv").count(b"Number ") == MOST_LINES + 1


def test_csv_has_every_figure_in_full() -> None:
    found = rows([LINE, UNFINISHED])
    assert found[0]["Expected NPV"] == "1234567.5"
    assert found[0]["NPV P10"] == "-250000.0"
    assert (found[0]["Recommendation"], found[0]["Decision"]) == ("Pilot first", "Build")
    assert found[1]["Expected NPV"] == found[1]["Decision"] == ""


def test_excel_has_numbers_as_numbers() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_portfolio([LINE, UNFINISHED], "xlsx")))["Portfolio"]
    titles = [cell.value for cell in sheet[1]]
    values = dict(zip(titles, [cell.value for cell in sheet[2]], strict=True))
    assert values["Expected NPV"] == 1_234_567.5
    assert values["Chance of loss"] == 0.21
    assert sheet.auto_filter.ref == "A1:U3"


def test_pdf_has_the_figures_and_is_tagged() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_portfolio([LINE, UNFINISHED], "pdf")))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split()).replace("\N{WORD JOINER}", "")
    assert all(amount in text for amount in amounts((LINE.npv_mean, LINE.npv_p10, LINE.npv_p90), "EUR"))
    assert "Only a title" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_format_is_found_by_its_file() -> None:
    found = list(PORTFOLIO_FORMATS.values())
    assert {"csv", "pdf", "xlsx"} <= set(PORTFOLIO_FORMATS)
    for part in ("name", "place", "suffix", "title"):
        assert len({getattr(each, part) for each in found}) == len(found), part


def test_every_format_shows_the_columns_in_one_order() -> None:
    titles = [column.title for column in COLUMNS]
    assert list(rows([LINE])[0]) == titles
    sheet = openpyxl.load_workbook(io.BytesIO(render_portfolio([LINE], "xlsx")))["Portfolio"]
    assert [cell.value for cell in sheet[1]] == titles
    reader = pypdf.PdfReader(io.BytesIO(render_portfolio([LINE, UNFINISHED], "pdf")))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    shown = [column.on_paper for column in COLUMNS if column.on_paper and not column.about_currencies]
    places = [text.index(title, text.index("The proposals")) for title in shown]
    assert places == sorted(places)
    assert "none yet — — — — —" in text


@pytest.mark.parametrize("name", list(PORTFOLIO_FORMATS))
def test_it_is_the_same_file_twice(name: str) -> None:
    assert render_portfolio([LINE, UNFINISHED], name) == render_portfolio([LINE, UNFINISHED], name)


@pytest.mark.parametrize("name", list(PORTFOLIO_FORMATS))
def test_an_empty_and_a_large_portfolio_lay_out(name: str) -> None:
    assert render_portfolio([], name)
    assert render_portfolio([replace(LINE, title=f"Proposal {number} " + "x" * number) for number in range(120)], name)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1|cmd", "-2", "\t=1", 'a"b,c\nd', "<b>x</b>", "#set page()"])
def test_what_people_typed_is_never_a_formula(text: str) -> None:
    line = replace(LINE, title=text, team=text)
    typed = rows([line])[0]["Proposal"]
    assert typed.lstrip("'").strip() == text.strip()
    assert not typed.startswith(("=", "+", "-", "@", "\t"))
    cell = openpyxl.load_workbook(io.BytesIO(render_portfolio([line], "xlsx")))["Portfolio"]["A2"]
    assert cell.data_type == "s"
    assert render_portfolio([line], "pdf")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownFormat, match=", ".join(sorted(PORTFOLIO_FORMATS))):
        render_portfolio([LINE], "odt")


def test_no_name_in_the_chart_covers_another() -> None:
    crowd = [
        (f"Proposal {number}", score, worth, "build")
        for number, (score, worth) in enumerate([(0.9, 1e6), (0.88, 0.99e6), (0.2, 0.98e6), (0.9, 0.0), (0.3, -1e6)])
    ]
    points = next(mark for mark in portfolio(crowd, "EUR").marks if isinstance(mark, Points))
    # The second stands below the first; the third reaches from the left as far as the first does from the right.
    assert points.labelled == [True, False, False, True, True]
    assert points.left == [True, True, False, True, False]


def test_proposals_of_one_worth_still_have_a_chart() -> None:
    points = next(mark for mark in portfolio([("A", 0.5, 0.0, "stop")] * 2, "EUR").marks if isinstance(mark, Points))
    assert points.labelled == [True, False]


def test_amounts_are_told_in_the_currency_in_which_the_list_compares() -> None:
    found = rows([SAME, CONVERTED, APART])
    told = [(row["Expected NPV, converted"], row["Converted to"], row["Rate"], row["Rate as of"]) for row in found]
    assert told == [
        ("1234567.5", "EUR", "1.0", ""),
        ("1135802.1", "EUR", "0.92", "2026-11-20"),
        ("", "EUR", "", ""),
    ]
    book = openpyxl.load_workbook(io.BytesIO(render_portfolio([SAME, CONVERTED, APART], "xlsx")))
    values = dict(
        zip([cell.value for cell in book["Portfolio"][1]], [cell.value for cell in book["Portfolio"][3]], strict=True)
    )
    assert (values["Expected NPV, converted"], values["Rate"]) == (1_135_802.1, 0.92)
    said = "Amounts compare in EUR. 1 USD = 0.92 EUR, as of November 20, 2026. No rate for SEK: those proposals stand apart."
    assert book["Currencies"]["A1"].value == said
    text = paper([SAME, CONVERTED, APART])
    assert said in text
    assert amounts((1_135_802.1, SAME.npv_p10), "EUR")[0] in text
    assert "2 proposals in EUR" in text
    assert "1 proposal in SEK" in text


def test_nothing_is_said_of_currencies_where_all_amounts_are_in_one() -> None:
    assert openpyxl.load_workbook(io.BytesIO(render_portfolio([SAME], "xlsx"))).sheetnames == ["Portfolio"]
    text = paper([SAME])
    assert "compare in" not in text
    assert "Converted" not in text


def test_figures_show_no_noise() -> None:
    noisy = replace(LINE, npv_mean=1.1 * 3, feasibility_score=0.1 + 0.78 + 1.2e-16, probability_of_loss=0.1 + 0.2)
    found = rows([noisy])[0]
    assert (found["Expected NPV"], found["Feasibility score"], found["Chance of loss"]) == ("3.3", "0.88", "0.3")
