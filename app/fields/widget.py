"""What all fields share: the name, where the widget begins, and what is said about what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from app.fields.commented import field_mark
from app.fields.words import plain
from app.session.entry_form import EntryForm
from app.session.language import chosen_language, tell, told
from app.session.outcome import SaveOutcome, Unsaved
from scoping.document.paths import value_at
from scoping.document.specs import Spec
from scoping.errors import EntryRefused
from scoping.text import entry
from scoping.text.entry import Note
from scoping.text.grammar import Grammar
from scoping.text.languages import message

_TAKEN = Note(message("Understood"))
Take = Callable[[str, int], None]
"""Puts a text into a box of a field, as if the person had typed it there."""


def grammar_of(workspace: EntryForm) -> Grammar:
    """How numbers are read and shown: by the person's language, in the proposal's currency."""
    return Grammar(chosen_language(), workspace.proposal.currency)


def label(workspace: EntryForm, spec: Spec) -> str:
    """The field's title with its unit, and how many comments are open about it."""
    title, unit = plain(tell(spec.title)), unit_of(workspace, spec)
    return f"{title}{f' ({plain(unit)})' if unit else ''}{field_mark(workspace, spec.path)}"


def unit_of(workspace: EntryForm, spec: Spec) -> str:
    """The unit that stands behind a field's title."""
    return told(entry.unit_label(spec.quantity, workspace.proposal.currency, spec.title, spec.unit))


def begin(workspace: EntryForm, path: str, shown: str) -> str:
    """The key of the box at a path. A new box begins with `shown`; one that was saved shows what was understood."""
    key = workspace.key(path)
    st.session_state.setdefault(key, shown)
    if key in workspace.outdated:
        workspace.outdated.discard(key)
        st.session_state[key] = shown
    if key in workspace.restated:
        st.session_state[key] = workspace.restated.pop(key)
    return key


def saved_at(workspace: EntryForm, path: str) -> Any:
    """What the document holds at a path."""
    return value_at(workspace.document, path)


def complain(
    draft: Unsaved | None,
    title: str = "",
    typed: str = "",
    refused: EntryRefused | None = None,
    take: Take | None = None,
) -> None:
    """Say what is wrong with what was typed, where something was; what may have been meant is one click away.

    `refused` is what reading it again says, in the language of today's page; without it, what was said at the time.
    """
    if draft is None or draft.outcome is SaveOutcome.UNFINISHED:
        return
    quoted = f" {tell('“{text}”', text=plain(typed))}" if typed else ""
    name = f"**{plain(title)}**{quoted}: " if title else ""
    problem = plain(told(refused.allowed) if refused else draft.problem).removesuffix(".")
    st.markdown(f":red[:material/error: {name}{problem}. {tell('Not saved yet.')}]")
    if refused and refused.meanings and take is not None:
        _offer(tell("Did you mean"), refused.meanings, take, refused.box, f"{draft.path}:meant")


def said_of(workspace: EntryForm, path: str, notes: tuple[Note, ...]) -> None:
    """Keep what there is to say about a field that can be read now.

    Where something stood under it, a line stays there: if it went away, all rows below would move up under the finger
    of whoever is about to click into the next one, and the next number would be typed into another field.
    """
    stood_there = workspace.notes.get(path) or path in workspace.drafts
    workspace.notes[path] = notes or ((_TAKEN,) if stood_there else ())


def remark(notes: Sequence[Note], take: Take, key: str) -> None:
    """Say what was understood, and point out what looks like a slip."""
    for number, note in enumerate(notes):
        if not note.instead:
            st.caption(f":material/info: {plain(told(note.text))}.".replace("?.", "?"))
            continue
        st.markdown(f":orange[:material/help: {plain(told(note.text))}.]")
        _offer(tell("Did you mean"), [note.instead], take, note.box, f"{key}:instead:{number}")


def _offer(question: str, texts: Sequence[str], take: Take, box: int, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{question}", width="content")
        for number, text in enumerate(map(told, texts)):
            st.button(plain(text), key=f"{key}:{number}", on_click=take, args=(text, box), help=tell("Take this over"))
