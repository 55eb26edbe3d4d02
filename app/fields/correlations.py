"""Inputs that move together: pairs of them, and how strongly."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from app.fields.gathered import STILL_OPEN, Column, Gathering, Texts, gathered
from app.fields.panel import waiting_panel
from app.fields.widget import grammar_of
from app.session.language import tell, told
from app.session.workspace import Workspace
from scoping.document.correlations import Correlation
from scoping.document.fields import quantity_of
from scoping.document.paths import Path
from scoping.errors import EntryRefused
from scoping.text.entry import Note, read_number, show
from scoping.text.grammar import Grammar
from scoping.text.labels import label_of
from scoping.text.languages import message

_PATH = Path("correlations")
_STRENGTH = Correlation.model_fields["rank_correlation"]


def correlations_panel(workspace: Workspace) -> None:
    """A panel in which pairs of inputs are said to move together."""
    panel = waiting_panel(tell("Inputs that move together"), ":material/link:", f"{workspace.id}:correlations")
    if panel is None:
        return
    with panel:
        st.caption(
            tell(
                "Two inputs that tend to be high together, or one high when the other is low. Strong is 0.7, weak 0.3. "
                "Pairs that are not named move on their own."
            )
        )
        gathered(workspace, _gathering(workspace), _shown(workspace))


def _gathering(workspace: Workspace) -> Gathering:
    labels = {str(path): told(label_of(workspace.proposal, path)) for path in workspace.proposal.inputs()}
    pair = [
        Column(name, message(str(info.title)), 2.5, labels, message(str(info.description)))
        for name, info in Correlation.model_fields.items()
        if name != "rank_correlation"
    ]
    strength = Column("rank_correlation", message(str(_STRENGTH.title)), 1, help=message(str(_STRENGTH.description)))
    return Gathering(
        _PATH,
        message("Inputs that move together"),
        message("Pair of inputs"),
        [*pair, strength],
        partial(_read, grammar=grammar_of(workspace)),
        lambda entries, typed: workspace.set(_PATH, entries or None, typed),
    )


def _shown(workspace: Workspace) -> list[Texts]:
    grammar, quantity = grammar_of(workspace), quantity_of(_STRENGTH)
    return [
        [str(each["first"]), str(each["second"]), show(each["rank_correlation"], quantity, grammar)]
        for each in workspace.document.get("correlations", [])
    ]


def _read(texts: Texts, *, grammar: Grammar) -> tuple[Any, tuple[Note, ...]]:
    """A pair and its strength, or None while one of them is missing. Raises EntryRefused."""
    first, second, strength = texts
    found = _strength(strength, grammar) if strength else None
    if not first or not second or found is None:
        return None, (Note(STILL_OPEN),)
    return {"first": first, "second": second, "rank_correlation": found[0]}, found[1]


def _strength(text: str, grammar: Grammar) -> tuple[float, tuple[Note, ...]]:
    try:
        entered = read_number(text, quantity_of(_STRENGTH), grammar)
    except EntryRefused as refused:
        raise refused.at(2) from None
    return entered.value, entered.notes
