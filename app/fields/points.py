"""The points of a team's own curve: a value of its metric, and what a case is worth there."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from app.fields.gathered import STILL_OPEN, Column, Gathering, Texts, gathered
from app.fields.widget import grammar_of
from app.session.language import tell
from app.session.workspace import Workspace
from scoping.document.fields import LARGEST_AMOUNT, Quantity
from scoping.document.paths import Path, value_at
from scoping.errors import EntryRefused
from scoping.text.entry import Note, read_number, show
from scoping.text.grammar import Grammar
from scoping.text.languages import message
from scoping.vocabulary import Unit

_MONEY = Quantity(Unit.MONEY, -LARGEST_AMOUNT, LARGEST_AMOUNT)


def points(workspace: Workspace, path: Path) -> None:
    """The points at a path, one a row."""
    st.markdown(
        f"**{tell('Points of the curve')}**", help=tell("Metric values rise from row to row. At least two points.")
    )
    grammar = grammar_of(workspace)
    gathering = Gathering(
        path,
        message("Points of the curve"),
        message("Point"),
        [
            Column("metric", message("Metric value")),
            Column("money", message("Money per case ({currency})", currency=grammar.currency)),
        ],
        partial(_read, grammar=grammar),
        lambda entries, typed: workspace.set(path, entries or None, typed),
    )
    saved = value_at(workspace.document, path, [])
    gathered(workspace, gathering, [[show(number, None, grammar) for number in point] for point in saved])


def _read(texts: Texts, *, grammar: Grammar) -> tuple[Any, tuple[Note, ...]]:
    """A point, or None while one of its numbers is missing. Raises EntryRefused."""
    numbers, notes = [], []
    for place, (text, quantity) in enumerate(zip(texts, (None, _MONEY), strict=True)):
        if not text:
            return None, (Note(STILL_OPEN),)
        try:
            entered = read_number(text, quantity, grammar)
        except EntryRefused as refused:
            raise refused.at(place) from None
        numbers.append(entered.value)
        notes += list(entered.notes)
    return numbers, tuple(notes)
