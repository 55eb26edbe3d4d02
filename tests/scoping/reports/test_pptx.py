"""The slides: five, with the figures of the assessment, native charts and tables, and notes."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation

from scoping import assess, examples, read
from scoping.reports import render
from tests.scoping.reports.readers import slides
from tests.scoping.reports.samples import summarised

pytestmark = pytest.mark.long


def test_the_slides_are_five_with_native_charts_tables_and_notes() -> None:
    deck = Presentation(io.BytesIO(render(summarised(examples.load("visual_inspection")), "pptx")))
    assert len(deck.slides) == 5
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
