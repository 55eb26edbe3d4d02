"""Charts on the pages: every sort of mark is drawn, in the colours of the theme."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from app.charts.draw import draw
from scoping import assess, examples
from scoping.reports.blocks import Axis, Figure, Mark, Rule, Spans, Stretch
from scoping.reports.figures import portfolio
from scoping.reports.summarising.charts import charts_part
from scoping.theme import DARK, LIGHT, Palette
from scoping.vocabulary import Tone, Unit

_COLOUR = re.compile(r"#[0-9a-f]{6}\b")


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    """Those of a memo, and that of the portfolio."""
    document = examples.load("visual_inspection")
    part = charts_part(document, assess(document))
    assert part is not None
    return [*part.in_order(), portfolio([("A title", 0.7, 1e5, "pilot"), ("Another", 0.4, -2e4, "stop")], "EUR")]


def test_every_sort_of_mark_is_drawn(figures: list[Figure]) -> None:
    assert {type(mark) for figure in figures for mark in figure.marks} == set(get_args(Mark))
    for figure in figures:
        assert draw(figure, dark=False).data or draw(figure, dark=False).layout.shapes, figure.id


@pytest.mark.parametrize(("dark", "palette"), [(False, LIGHT), (True, DARK)], ids=["light", "dark"])
def test_charts_know_no_colour_but_the_theme_s(figures: list[Figure], dark: bool, palette: Palette) -> None:
    for figure in figures:
        drawn = draw(figure, dark=dark)
        drawn.layout.template = None
        found = set(_COLOUR.findall(drawn.to_json()))
        assert found <= set(vars(palette).values()), figure.id


def test_names_are_shown_letter_by_letter_and_two_of_one_name_are_two_bars() -> None:
    name = "<b>Bold</b> & <a href='http://x'>y</a>"
    spans = Spans([name, name], [0, 1], [2, 3], [Tone.MAIN, Tone.MAIN], ["a", "b"], low_at_start=[True, False])
    axis = Axis(name, Unit.MONEY)
    drawn = draw(Figure("x", "t", "s", "a", axis, Axis("", Unit.CATEGORY), (spans,), "EUR"), dark=False)
    assert list(drawn.data[0].y) == [0, 1]
    said = drawn.to_json()
    assert "<b>" not in said
    assert "<a " not in said
    assert [note.text for note in drawn.layout.annotations] == ["P10", "P90", "P90", "P10"]


def test_on_a_phone_labels_stand_in_the_legend_and_titles_on_several_lines(figures: list[Figure]) -> None:
    for figure in figures:
        drawn = draw(figure, dark=False, narrow=True)
        labels = [mark.label for mark in figure.marks if isinstance(mark, Rule | Stretch) and mark.label]
        assert [shape.name for shape in drawn.layout.shapes if shape.showlegend] == labels, figure.id
        assert not {note.text for note in drawn.layout.annotations} & set(labels), figure.id
        named = [trace.name for trace in drawn.data if trace.showlegend]
        assert all(named), figure.id
        for axis in (drawn.layout.xaxis, drawn.layout.yaxis):
            assert all(len(line) <= 26 for line in axis.title.text.split("<br>")), figure.id


def test_what_a_spike_is_stands_above_all_bars_and_a_line_leads_to_it(figures: list[Figure]) -> None:
    drawn = draw(figures[0], dark=False)
    note = next(each for each in drawn.layout.annotations if each.text.startswith("never goes live"))
    assert note.ayref == "y"
    assert note.ay == max(drawn.data[0].y)
    assert note.yanchor == "bottom"


def test_names_of_three_lines_have_rows_that_hold_them() -> None:
    def height(name: str) -> float:
        axes = Axis("NPV", Unit.MONEY), Axis("Input", Unit.CATEGORY)
        bars = Spans([name] * 4, [0.0] * 4, [1.0] * 4, [Tone.MAIN] * 4, ["x"] * 4)
        return float(draw(Figure("f", "t", "s", "a", *axes, (bars,), "EUR"), dark=False).layout.height)

    long = "Deep learning on the line: false-positive rate of the second station in the hall"
    assert height(long) - height("Recall") >= 4 * 16
