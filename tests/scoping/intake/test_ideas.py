"""Four fields, rough ranges, and the proposal that begins with them; then a table of many, cell by cell."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import read, to_dict
from scoping.document.problem import ProblemSection
from scoping.document.proposal import Proposal
from scoping.intake import (
    COLUMNS,
    MOST_IDEAS,
    Cell,
    Idea,
    IdeasRead,
    Rough,
    Table,
    idea_typed,
    proposal_of,
    read_ideas,
    worth_a_year,
)
from scoping.text.grammar import Grammar
from scoping.text.languages import ENGLISH, language_of, say

GERMAN = language_of("de")
NEEDED = {"title": "Forms", "problem": "Typed twice", "decision": "Hold the second one"}
HEADINGS: list[Cell] = [say(each.title, ENGLISH) for each in COLUMNS]
ROW: list[Cell] = ["Forms", "Typed twice", "Hold the second one"]


def table(*rows: list[Cell], **others: object) -> Table:
    return Table([HEADINGS, *rows], **others)  # type: ignore[arg-type]


def refused(found: IdeasRead) -> list[tuple[str, str]]:
    return [(each.place, str(each.reason)) for each in found.refused]


# Rough figures ---------------------------------------------------------------------------------


def test_the_rough_worth_is_the_product_of_two_lognormal_amounts() -> None:
    """P10, P50 and P90 of a million drawn products, within their sampling error."""
    volume, value = Rough(100, 900), Rough(2, 50)
    draws = np.random.default_rng(16).standard_normal((2, 1_000_000))
    sigma = [np.log(each.high / each.low) / 2 / 1.2815515655446004 for each in (volume, value)]
    worth = 12 * volume.middle * value.middle * np.exp(sigma[0] * draws[0] + sigma[1] * draws[1])
    found = worth_a_year(volume, value)
    assert np.quantile(worth, [0.1, 0.5, 0.9]) == pytest.approx([found.low, found.middle, found.high], rel=0.02)


@given(st.lists(st.floats(1e-6, 1e9), min_size=4, max_size=4))
def test_the_range_of_the_worth_is_narrower_than_all_ends_at_once(ends: list[float]) -> None:
    (a, b), (c, d) = sorted(ends[:2]), sorted(ends[2:])
    found = worth_a_year(Rough(a, b), Rough(c, d))
    assert 12 * a * c * (1 - 1e-9) <= found.low <= found.middle * (1 + 1e-9)
    assert found.middle * (1 - 1e-9) <= found.high <= 12 * b * d * (1 + 1e-9)


# One idea --------------------------------------------------------------------------------------


def test_the_questions_have_the_words_of_the_proposal_s_own_fields() -> None:
    said = {each.name: (each.title, each.help) for each in COLUMNS}
    for name, section, field in (
        ("title", Proposal, "title"),
        ("problem", ProblemSection, "statement"),
        ("decision", ProblemSection, "decision"),
        ("team", Proposal, "team"),
    ):
        info = section.model_fields[field]
        assert said[name] == (info.title, info.description)


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("title", " ", "must be filled in"),
        ("title", "x" * 301, "has 301 letters; at most 300"),
        ("problem", "", "must be filled in"),
        ("problem", "half \ud800", "no file can hold"),
        ("volume_low", "many", "“many” is not a number"),
        ("volume_low", "1.234", "can be read in two ways: write"),
        ("volume_low", "0", "must be more than 0"),
        ("volume_high", "-3", "must be a number from 0"),
        ("value_low", "12 USD", "another currency; this proposal counts in EUR"),
        ("value_low", "1e300", "must be a number from 0"),
        ("currency", "EURO", "at most 3"),
        ("currency", "XYZ", "ISO 4217"),
        ("tags", ",".join(f"t{number}" for number in range(21)), "at most 20 tags"),
    ],
)
def test_a_wrong_field_is_refused_with_what_is_allowed(name: str, typed: str, why: str) -> None:
    idea, wrong = idea_typed({**NEEDED, name: typed}, Grammar(ENGLISH, "EUR"))
    assert idea is None
    assert wrong.keys() == {name}
    assert why in wrong[name]


def test_a_range_is_taken_from_one_end_or_both_and_never_upside_down() -> None:
    grammar = Grammar(GERMAN, "EUR")
    idea, _ = idea_typed({**NEEDED, "volume_low": "1.234,5", "value_high": "3 EUR"}, grammar)
    assert idea is not None
    assert (idea.volume, idea.value) == (Rough(1234.5, 1234.5), Rough(3, 3))
    assert idea_typed({**NEEDED, "volume_low": "5", "volume_high": "4"}, grammar)[1].keys() == {"volume_high"}
    nothing, _ = idea_typed(NEEDED, grammar)
    assert nothing is not None
    assert (nothing.volume, nothing.value, nothing.worth) == (None, None, None)


def test_a_guess_is_marked_as_one_in_the_reader_s_language() -> None:
    idea = Idea("T", "P", "D", Rough(100, 1000), Rough(2, 8), "CHF", "Team", ("a",))
    document = to_dict(proposal_of(idea, read({"title": "x", "summary": "kept"}), GERMAN))
    assert (document["summary"], document["currency"], document["team"]) == ("kept", "CHF", "Team")
    assert document["bridge"]["cases_per_month"] == {"p10": 100, "p50": 316, "p90": 1000}
    assert document["bridge"]["points"] == [[0, 0], [1, 4]]
    (ground,) = document["grounds"]
    assert (ground["path"], ground["kind"]) == ("bridge.cases_per_month", "guess")
    assert "1.000" in ground["note"]


@pytest.mark.long
@given(st.floats(1e-6, 1e12), st.floats(1e-6, 1e12))
def test_every_rough_range_makes_a_proposal(one: float, other: float) -> None:
    rough = Rough(*sorted((one, other)))
    found = proposal_of(Idea("T", "P", "D", rough, rough), read({"title": "x"}), ENGLISH)
    assert to_dict(found)["bridge"]["kind"] == "curve"


def test_an_idea_without_figures_has_no_kind_of_task_yet() -> None:
    found = proposal_of(Idea("T", "P", "D"), read({"title": "x"}), ENGLISH)
    assert (found.bridge, found.grounds) == (None, [])


# Many ideas ------------------------------------------------------------------------------------


def test_a_row_is_an_idea_whatever_its_cells_hold() -> None:
    found = read_ideas(table([*ROW, 100.0, "1k", None, 3, "eur", " Claims ", "a, b,a,"], [2026.0, True, "x"]), ENGLISH)
    assert not found.refused
    (one, first), (two, second) = found.ideas
    assert (one, two) == (2, 3)
    assert first == Idea(
        "Forms", "Typed twice", "Hold the second one", Rough(100, 1000), Rough(3, 3), "EUR", "Claims", ("a", "b")
    )
    assert (second.title, second.problem) == ("2026", "TRUE")


def test_headings_are_found_in_any_language_order_and_row() -> None:
    german = [f"{say(each.title, GERMAN).upper()} *" for each in reversed(COLUMNS)]
    row: list[Cell] = [*[None] * 7, *reversed(ROW)]
    found = read_ideas(Table([["Our ideas"], [], german, row, []]), ENGLISH)
    assert [(number, idea.title) for number, idea in found.ideas] == [(4, "Forms")]


def test_a_table_without_needed_headings_is_refused_by_their_names() -> None:
    found = read_ideas(Table([["Title", "Idea"], ["Forms", "x"]]), ENGLISH)
    assert refused(found) == [
        (
            "",
            "These headings are missing: Problem and What will be decided differently. Begin with the template, "
            "and leave its first row as it is.",
        )
    ]
    assert refused(read_ideas(Table([[*HEADINGS, "title"], ROW]), ENGLISH)) == [
        ("K1", "the same heading stands in A1 already")
    ]
    assert refused(read_ideas(Table([]), ENGLISH))


def test_every_wrong_cell_is_named_with_its_place_and_nothing_is_taken() -> None:
    found = read_ideas(
        table(
            ROW,
            [None, "Typed twice", "Hold", "viele", None, -1.0],
            ["Forms", "", "Hold", date(2026, 2, 1), datetime(2026, 2, 1)],
            ["#REF!", "p", "d"],
            [*ROW, 9.0, 3.0],
            name="Ideas",
        ),
        ENGLISH,
    )
    assert found.ideas == ()
    assert [place for place, _ in refused(found)] == ["A3", "D3", "F3", "B4", "D4", "E4", "A5", "E6"]
    assert found.refused[1].value == "viele"
    assert found.refused[1].column == "Cases a month, at least"


def test_merged_cells_are_refused_since_nobody_knows_whose_the_value_is() -> None:
    found = read_ideas(table(ROW, ["Merged", None, "x"], merged=((2, 0, 2, 1), (0, 20, 1, 20))), ENGLISH)
    assert refused(found) == [
        ("A3", "is merged with other cells (A3:B3): undo that"),
        ("B3", "is merged with other cells (A3:B3): undo that"),
    ]


@pytest.mark.parametrize(
    ("own", "cells", "language", "volume"),
    [
        (ENGLISH, ("1.234,5", "2.000,0"), "de", 1234.5),
        (GERMAN, ("1,234.5", "2,000.0"), "en", 1234.5),
        (GERMAN, ("1.234", "2.000"), "de", 1234.0),
        (ENGLISH, ("1,234", "2,000"), "en", 1234.0),
    ],
)
def test_numbers_as_text_are_read_as_the_file_writes_them(
    own: object, cells: tuple[str, str], language: str, volume: float
) -> None:
    found = read_ideas(table([*ROW, *cells]), own)  # type: ignore[arg-type]
    assert found.language.tag.startswith(language)
    assert found.ideas[0][1].volume is not None
    assert found.ideas[0][1].volume.low == volume


def test_what_is_not_read_is_told() -> None:
    found = read_ideas(
        Table([[*HEADINGS, "Boss"], ROW, [" forms ", "x", "y"]], name="Ideas", hidden=("Prices",)), ENGLISH
    )
    assert [str(each) for each in found.notes] == [
        "Columns that are not read: Boss.",
        "Read was the sheet Ideas.",
        "Hidden sheets are not read: Prices.",
        "Rows 2 and 3 have the same title.",
    ]
    assert len(found.ideas) == 2


def test_no_row_and_too_many_rows_are_refused() -> None:
    assert "no idea below" in refused(read_ideas(table(), ENGLISH))[0][1]
    many = read_ideas(table(*[ROW] * (MOST_IDEAS + 1)), ENGLISH)
    assert refused(many) == [("", "There are 501 rows; at most 500 can be taken at once. Make several files of them.")]
    assert len(read_ideas(table(*[ROW] * MOST_IDEAS), ENGLISH).ideas) == MOST_IDEAS


CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.floats(allow_nan=False), st.booleans(), st.dates(), st.sampled_from(HEADINGS)
)


@given(st.lists(st.lists(CELLS, max_size=12), max_size=6))
def test_no_table_breaks_the_reader(rows: list[list[Cell]]) -> None:
    for given_rows in (rows, [HEADINGS, *rows]):
        found = read_ideas(Table(given_rows), GERMAN)
        assert bool(found.ideas) != bool(found.refused)
        assert all(say(each.reason, GERMAN) for each in found.refused)
