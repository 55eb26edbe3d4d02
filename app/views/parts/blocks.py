"""The blocks of a memo as Streamlit draws them."""

from __future__ import annotations

import streamlit as st

from app.charts.draw import chart
from app.fields.words import plain, unbroken
from app.session.browser import is_narrow
from app.session.language import told
from app.views.parts.long_table import MOST_CARDS, MOST_ROWS, name_of, searched
from scoping.reports.blocks import (
    Block,
    Bullets,
    Figure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from scoping.reports.layout import breakable
from scoping.text.glossary import meaning

_CHARTS_SIDE_BY_SIDE = 2
# So many columns stand side by side on a phone too.
_COLUMNS_ON_A_PHONE = 2
# A word of more letters than this would make its column, and then the page, wider than the window.
_LONGEST_WORD = 24


def draw_section(section: Section, mark: str = "") -> None:
    """The heading, with the section's id as its anchor and a mark behind it, and the blocks."""
    st.header(f"{plain(section.title)}{mark}", anchor=section.id, divider="gray")
    draw_blocks(section)


def draw_blocks(section: Section, *, in_order: bool = False) -> None:
    """The blocks alone; charts stand side by side, before everything else unless they have a place in an order."""
    if in_order:
        for block in section.blocks:
            _figures([block]) if isinstance(block, Figure) else _block(block, section.title)
        return
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    if figures:
        _figures(figures)
    for block in section.blocks:
        if not isinstance(block, Figure):
            _block(block, section.title)


def _figures(figures: list[Figure]) -> None:
    """Charts in pairs where there is room, one below the other where there is not."""
    with st.grid(_CHARTS_SIDE_BY_SIDE, min_column_width=480, gap="medium") as grid:
        for figure in figures:
            with grid.cell():
                chart(figure, f"chart:{figure.id}")


def _block(block: Block, title: str) -> None:
    match block:
        case Paragraph(text, muted):
            st.caption(plain(text)) if muted else st.text(text)
        case Bullets(items):
            st.markdown("\n".join(f"- {plain(item)}" for item in items))
        case KeyFigures(figures, columns):
            with st.grid(4, min_column_width=200):
                for figure in figures:
                    with st.container(border=True, height="stretch"):
                        st.metric(plain(figure.label), figure.value, help=plain(figure.about) or None)
                        st.caption(plain(figure.detail))
                        if figure.error:
                            st.caption(
                                f"{plain(columns[-1])} {plain(figure.error)}", help=told(meaning("simulation_error"))
                            )
        case Table():
            if block.title and block.title != title:
                st.markdown(f"**{plain(block.title)}**")
            _drawn(block, block.title or title)


def _drawn(table: Table, title: str) -> None:
    """As a table; where its columns have no room, as cards; where it is long and can be sorted, in a frame."""
    as_cards = is_narrow() and len(table.columns) > _COLUMNS_ON_A_PHONE
    if table.numbers and len(table.rows) > (MOST_CARDS if as_cards else MOST_ROWS):
        searched(table, title, on_a_phone=as_cards)
    else:
        (_records if as_cards else _table)(table)


def _table(table: Table) -> None:
    """A real table: its text wraps, is read aloud, and prints."""
    rules = ["---:" if index in table.numeric else ":---" for index in range(len(table.columns))]
    rows = (map(plain, table.columns), rules, *(_cells(table, row) for row in table.rows))
    st.markdown("\n".join(f"| {' | '.join(row)} |" for row in rows))


def _cells(table: Table, row: tuple[str, ...]) -> list[str]:
    """Numbers are not broken over two lines; a word too long for its column is."""
    return [
        plain(unbroken(cell) if index in table.numeric else breakable(cell, _LONGEST_WORD))
        for index, cell in enumerate(row)
    ]


def _records(table: Table) -> None:
    """A card a row, for where columns have no room: the row's name, and below it each other cell with its heading."""
    name = name_of(table)
    for row in table.rows:
        others = [
            f"{plain(f'{heading}:')} {plain(breakable(cell, _LONGEST_WORD))}"
            for index, (heading, cell) in enumerate(zip(table.columns, row, strict=True))
            if index != name and cell
        ]
        with st.container(border=True):
            st.markdown("  \n".join([f"**{plain(breakable(row[name], _LONGEST_WORD))}**", *others]))
