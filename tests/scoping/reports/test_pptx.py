"""The slides: five and the details, with the figures of the assessment, native charts and tables, and notes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Cm

from scoping import assess, examples, read, to_dict
from scoping.document.paths import with_value
from scoping.reports import render, summarise
from tests.scoping.reports.readers import slides
from tests.scoping.reports.samples import FEW, NOTES, summarised

pytestmark = pytest.mark.long


def test_the_slides_are_five_with_native_charts_tables_and_notes() -> None:
    deck = Presentation(io.BytesIO(render(summarised(examples.load("visual_inspection")), "pptx")))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len([title for title in titles if not title.startswith("In full")]) == 5
    assert titles[5].startswith("In full (1 of")
    assert all(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 4
    outcome = assess(examples.load("visual_inspection")).alternatives[3].outcome
    assert outcome is not None
    assert list(charts[0].plots[0].series[0].values) == pytest.approx(outcome.histogram[0].tolist())
    alternatives = next(chart for chart in charts if "side by side" in chart.chart_title.text_frame.text)
    assert [series.name for series in alternatives.plots[0].series] == ["P10", "Expected", "P90"]
    # Best first.
    assert alternatives.plots[0].series[1].values[0] == pytest.approx(outcome.npv.mean)


def test_slides_of_an_empty_proposal_say_that_figures_are_missing() -> None:
    assert "not complete yet" in slides(render(summarised(read({"title": "Only a title"})), "pptx")).words


def test_the_file_names_nobody_but_the_owner() -> None:
    document = examples.load("stock_price")
    properties = Presentation(io.BytesIO(render(summarised(document), "pptx"))).core_properties
    assert (properties.title, properties.author) == (document.title, document.owner)
    assert (properties.comments, properties.last_modified_by) == ("", "")
    assert properties.created is properties.modified is None


def chart_parts(content: bytes) -> Iterator[tuple[str, openpyxl.Workbook]]:
    """The XML of each chart, and the workbook within it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.fullmatch(r"ppt/charts/chart[^/]*\.xml", name):
                links = package.read(f"ppt/charts/_rels/{name.rsplit('/', 1)[1]}.rels").decode()
                book = re.search(r"embeddings/[^\"]+\.xlsx", links)
                assert book is not None
                yield package.read(name).decode(), openpyxl.load_workbook(io.BytesIO(package.read(f"ppt/{book[0]}")))


def test_a_name_is_no_formula_in_the_workbook_of_a_chart() -> None:
    document = with_value(
        to_dict(examples.load("visual_inspection")), "alternatives.3.name", '=HYPERLINK("http://x","y")'
    )
    words = set()
    for _, book in chart_parts(render(summarised(read(document)), "pptx")):
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]
        words |= {str(cell.value) for cell in cells}
    assert any(word.startswith("=HYPERLINK(") for word in words)


def test_low_and_high_ends_are_told_apart_and_bars_keep_their_colour_below_zero() -> None:
    drawn = [xml for xml, _ in chart_parts(render(summarised(examples.load("visual_inspection")), "pptx"))]
    for xml in drawn:
        assert 'invertIfNegative val="1"' not in xml
    pairs = [re.findall(r"<c:ser>.*?<c:v>(P10|P90)</c:v>.*?srgbClr val=\"(\w+)\"", xml, re.DOTALL) for xml in drawn]
    colours = [dict(pair) for pair in pairs if pair]
    assert colours
    assert all(found["P10"] != found["P90"] for found in colours)


def test_bars_begin_at_zero_where_all_pay() -> None:
    document = to_dict(examples.load("customer_retention"))
    document["bridge"]["value_of_catch"] = {"p10": 9_000, "p50": 9_500, "p90": 9_900}
    document["bridge"]["action_success"] = 0.9
    for index in (1, 2):
        document = with_value(document, f"alternatives.{index}.success_probability", 1)
    deck = Presentation(io.BytesIO(render(summarised(read(document)), "pptx")))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    alternatives = next(chart for chart in charts if "side by side" in chart.chart_title.text_frame.text)
    assert min(value for series in alternatives.plots[0].series for value in series.values) > 0
    assert alternatives.value_axis.minimum_scale == 0


def test_the_signed_decision_is_on_the_first_slide() -> None:
    document = examples.load("stock_price")
    first = Presentation(io.BytesIO(render(summarise(document, assess(document, FEW), NOTES), "pptx"))).slides[0]
    text = "\n".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    assert "Decided: Pilot first, by Sofia Marini on May 1, 2026" in text
    assert "A test line" in text


LONG_TITLE = "A title that says the whole scope of it " * 5
LONG_CONDITION = "The pilot must show, on claims that two people labelled, a recall of 70 per cent. " * 25
LONG_NAME = (
    "A way with a name that says vendor, region, channel and year, so that nobody takes it for another, in all of "
)


def long_deck() -> list[Any]:
    document = to_dict(examples.load("visual_inspection"))
    document["title"] = f"{LONG_TITLE}TITLE-END"
    for number, each in enumerate(document["alternatives"]):
        each["name"] = f"{LONG_NAME}{number}"
    document["risks"][0]["response"] = f"{LONG_CONDITION}RISK-END"
    document["problem"]["statement"] = "w" * 300
    note = replace(NOTES[0], conditions=(f"{LONG_CONDITION}CONDITION-END", "SECOND-CONDITION"))
    told = summarise(read(document), assess(read(document), FEW), [note])
    return list(Presentation(io.BytesIO(render(told, "pptx"))).slides)


def words_of_slide(slide: Any) -> str:
    cells = [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join([*(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame), *cells])


def test_nothing_that_a_person_wrote_is_cut_and_what_does_not_fit_goes_on_on_the_next_slide() -> None:
    deck = long_deck()
    told = [words_of_slide(slide) for slide in deck]
    assert "…" not in "".join(told)
    assert "TITLE-END" in deck[0].shapes.title.text_frame.text
    assert "Decided on these conditions" in told[0]
    assert LONG_CONDITION[:60] in told[0]
    # Right behind it, and not only among the details.
    assert [deck[1].shapes.title.text_frame.text, "CONDITION-END" in told[1] + told[2]] == [
        "The decision (continued)",
        True,
    ]
    assert "SECOND-CONDITION" in told[1] + told[2]
    way = next(n for n, each in enumerate(told) if each.startswith("The way there"))
    assert "RISK-END" in told[way + 1] + told[way + 2]
    assert sum(map(len, re.findall("w{20,}", "".join(told)))) == 300


def test_every_alternative_is_told_in_full_and_apart_from_the_others() -> None:
    deck = long_deck()
    tables = [shape.table for slide in deck[:8] for shape in slide.shapes if shape.has_table]
    cells = {row.cells[0].text for table in tables for row in table.rows}
    assert {f"{LONG_NAME}{number}" for number in range(4)} <= cells
    names = [
        label
        for slide in deck
        for shape in slide.shapes
        if shape.has_chart and "side by side" in shape.chart.chart_title.text_frame.text
        for label in shape.chart.plots[0].categories
    ]
    assert len(names) == len(set(names)) == 3


def test_no_text_stands_below_the_slide() -> None:
    for slide in long_deck():
        tables = [shape for shape in slide.shapes if shape.has_table]
        for shape in slide.shapes:
            assert shape.top + shape.height <= Cm(19.05)
        assert all(shape.top + sum(row.height for row in shape.table.rows) <= Cm(17.9) for shape in tables)
