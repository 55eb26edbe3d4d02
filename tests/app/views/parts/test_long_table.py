"""A long table is searched and sorted in a frame: by numbers, written as the report writes them."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from app.views.parts.long_table import _styled
from scoping.reports.blocks import Table

AMOUNTS = (9.0, 100.0, None, 25.0)


def table(count: int) -> Table:
    rows = tuple((f"*Name* {number}", "" if amount is None else f"€{amount:,.0f}") for number, amount in _rows(count))
    return Table("", ("Proposal", "Worth"), rows, frozenset({1}), ((1, tuple(each for _, each in _rows(count))),))


def _rows(count: int) -> list[tuple[int, float | None]]:
    return [(number, AMOUNTS[number % len(AMOUNTS)]) for number in range(count)]


def test_amounts_are_sorted_as_numbers_and_read_as_texts() -> None:
    styler = _styled(table(8))
    frame = styler.data  # type: ignore[attr-defined]
    assert [*frame.sort_values("1")["1"][:4]] == [9.0, 9.0, 25.0, 25.0]
    written = styler.to_html()  # type: ignore[attr-defined]
    assert "€100" in written
    assert "—" in written


def test_only_a_long_table_that_can_be_sorted_stands_in_a_frame() -> None:
    def page() -> None:
        from app.views.parts.blocks import draw_blocks
        from scoping.reports.blocks import Section
        from tests.app.views.parts.test_long_table import table

        plain = table(50)
        draw_blocks(Section("a", "Long", (table(50),)))
        draw_blocks(Section("b", "Short", (table(5),)))
        draw_blocks(Section("c", "Not to be sorted", (type(plain)("", plain.columns, plain.rows),)))

    test = AppTest.from_function(page).run()
    assert not test.exception
    assert len(test.dataframe) == 1
    assert len(test.dataframe[0].value) == 50
    assert any("50 rows" in each.value for each in test.caption)
    assert sum("| Proposal | Worth |" in each.value for each in test.markdown) == 2


def test_on_a_phone_the_name_of_each_row_stays_beside_its_figures() -> None:
    def page() -> None:
        from app.views.parts.long_table import searched
        from tests.app.views.parts.test_long_table import table

        searched(table(50), "wide")
        searched(table(50), "narrow", on_a_phone=True)

    test = AppTest.from_function(page).run()
    assert not test.exception
    wide, narrow = (json.loads(each.proto.columns) for each in test.dataframe)
    assert not any(column.get("pinned") for column in wide.values())
    assert narrow["0"]["pinned"]
    assert not narrow["1"]["pinned"]
    # A screen of 400 pixels shows both.
    assert narrow["0"]["width"] + narrow["1"]["width"] < 350
