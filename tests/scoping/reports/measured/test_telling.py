"""What is told of actuals: each beside its range, what is open, and what the chart shows."""

from __future__ import annotations

from typing import Any

import pytest

from scoping import Estimate, read
from scoping.record.actuals import read_actuals
from scoping.record.reestimating import reestimated
from scoping.record.replaying import Decided, replayed
from scoping.reports.blocks import Band, KeyFigures, Paragraph, Points, Section, Spans, Table
from scoping.reports.measured.beside import Comparison, comparison_of
from scoping.reports.measured.telling import lines, month_by_month, told
from scoping.text.languages import ENGLISH
from scoping.vocabulary import Recommendation, Tone
from tests.documents import UNCERTAIN

SIGNED = read(UNCERTAIN)
CATCH, BUILD_MONTHS, CALL = "bridge.value_of_catch", "alternatives.2.build_months", "alternatives.2.costs.0.amount"


def comparison(
    *entries: tuple[str, int, float], conditions: tuple[str, ...] = (), estimated: bool = False
) -> Comparison:
    rows = [{"about": about, "month": month, "value": value} for about, month, value in entries]
    actuals = read_actuals({"actuals_version": 1, "alternative": "Model", "entries": rows}, SIGNED, conditions)
    return comparison_of(SIGNED, actuals, conditions, reestimated(SIGNED, actuals) if estimated else None)


def blocks(section: Section, kind: type[Any]) -> list[Any]:
    return [each for each in section.blocks if isinstance(each, kind)]


LIVE = (BUILD_MONTHS, 4, 4.0)


def test_a_value_inside_its_range_is_told_so_and_one_outside_too() -> None:
    _, ranges, _ = told(comparison(LIVE, (CATCH, 5, 100.0), (CATCH, 6, 140.0)), ENGLISH)
    [table] = blocks(ranges, Table)
    [row] = [each for each in table.rows if each[0] == "Value of a catch"]
    assert row == ("Value of a catch", "€80 · €120 · €200", "€120", "inside the range", "2 of 20 months")
    _, ranges, _ = told(comparison(LIVE, (CATCH, 5, 300.0)), ENGLISH)
    assert "above the range" in [row[3] for row in blocks(ranges, Table)[0].rows]


def test_what_was_signed_and_is_not_measured_is_named_as_open() -> None:
    found = comparison(LIVE, (CATCH, 5, 100.0), conditions=("Label 500 cases",))
    titles = {str(each.title) for each in found.open}
    assert {"Prevalence", "Label 500 cases"} <= titles
    assert not {"Value of a catch", "Build time"} & titles


def test_what_a_known_build_time_says_of_production_is_not_open() -> None:
    assert "In production" not in {str(each.title) for each in comparison(LIVE).open}
    assert "In production" in {str(each.title) for each in comparison((CATCH, 5, 100.0)).open}


def test_a_cost_is_called_by_its_own_name() -> None:
    found = comparison((CALL, 1, 5_000.0))
    assert {str(each.path): str(each.title) for each in found.facts}[CALL] == "Build"


def test_the_difference_between_then_and_now_is_told_with_what_moved_it() -> None:
    value, _, _ = told(comparison(LIVE, *((CATCH, month, 150.0) for month in range(5, 9)), estimated=True), ENGLISH)
    [cards] = blocks(value, KeyFigures)
    assert [str(each.label) for each in cards.figures][:2] == ["Expected NPV now", "As it was signed"]
    assert str(cards.figures[2].detail) == "most by Value of a catch"


def test_what_was_stopped_is_one_amount_and_no_range_from_it_to_itself() -> None:
    rows = [{"about": CALL, "month": 1, "value": 5_000.0}]
    stopped = {"actuals_version": 1, "alternative": "Model", "entries": rows, "stopped_month": 1}
    actuals = read_actuals(stopped, SIGNED)
    found = reestimated(SIGNED, actuals)
    assert found is not None
    assert found.now.p10 == found.now.p90
    value, _, _ = told(comparison_of(SIGNED, actuals, (), found), ENGLISH)
    [cards] = blocks(value, KeyFigures)
    assert str(cards.figures[0].detail) == "nothing of it is open any more"
    assert " to " in str(cards.figures[1].detail)
    said = replayed(SIGNED, Decided(Recommendation.BUILD, "Model"), actuals).reason
    assert "It does not pay. NPV is" in said
    assert " to " not in said.split("NPV is")[1]


def test_a_build_of_which_nobody_said_that_it_is_over_is_said_to_go_on() -> None:
    value, _, _ = told(comparison((CATCH, 9, 150.0), estimated=True), ENGLISH)
    assert any("still being built" in each.text for each in blocks(value, Paragraph))
    value, _, _ = told(comparison(LIVE, (CATCH, 9, 150.0), estimated=True), ENGLISH)
    assert not any("still being built" in each.text for each in blocks(value, Paragraph))


@pytest.mark.parametrize(("value", "tone"), [(150.0, Tone.GOOD), (500.0, Tone.BAD), (10.0, Tone.BAD)])
def test_the_overview_marks_where_each_actual_lies(value: float, tone: Tone) -> None:
    found = comparison(LIVE, (CATCH, 5, value))
    figure = told(found, ENGLISH)[1].blocks[0]
    [spans] = [each for each in figure.marks if isinstance(each, Spans)]  # type: ignore[union-attr]
    assert (spans.start, spans.end, spans.tones) == ([0.1], [0.9], [tone])
    [mark] = spans.marks
    assert mark is not None
    assert (0.1 <= mark <= 0.9) == (tone is Tone.GOOD)
    assert 0 < mark < 1


def test_a_month_by_month_chart_has_the_signed_band_and_a_point_for_each_month() -> None:
    figure = month_by_month(comparison(LIVE, (CATCH, 5, 100.0), (CATCH, 6, 300.0)), ENGLISH)[CATCH]
    [band] = [each for each in figure.marks if isinstance(each, Band)]
    [points] = [each for each in figure.marks if isinstance(each, Points)]
    signed = Estimate.of(80, 120, 200)
    assert (band.low, band.high) == ([signed.p10] * 2, [signed.p90] * 2)
    assert (points.x, points.y, points.tones) == ([5.0, 6.0], [100.0, 300.0], [Tone.GOOD, Tone.BAD])


def test_the_file_has_a_line_for_each_thing_with_its_range_and_place() -> None:
    [row] = [each for each in lines(comparison(LIVE, (CATCH, 5, 120.0))) if each[0] == CATCH]
    assert row[:9] == (CATCH, "Value of a catch", "input", "money", 80, 120, 200, 120, "inside")
    assert row[9] == pytest.approx(0.5, abs=1e-6)
