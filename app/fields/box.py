"""Fields in which one text is typed: a line, paragraphs, sentences, a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

import streamlit as st

from app.fields.widget import Take, begin, complain, grammar_of, label, remark, said_of, saved_at
from app.fields.words import short
from app.session.entry_form import EntryForm
from app.session.language import tell, told
from app.session.remembered import held, text_of
from scoping.document.specs import Spec
from scoping.errors import EntryRefused
from scoping.text import entry
from scoping.text.entry import Note
from scoping.text.grammar import Grammar
from scoping.text.languages import message
from scoping.text.sources import read_day, read_link, show_day
from scoping.text.years import read_years, show_years

_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Writing:
    """How a value is written in a box and read back. `read` raises EntryRefused.

    A box without a height has one line. One that `restates` shows what was understood once it is saved.
    """

    show: Callable[[Any, Spec, Grammar], str]
    read: Callable[[str, Spec, Grammar], tuple[Any, tuple[Note, ...]]]
    height: int | None = None
    hint: str = ""
    restates: bool = False


def box(workspace: EntryForm, spec: Spec, writing: Writing) -> None:
    """The box of a field, and under it what there is to say about what was typed."""
    draft = workspace.drafts.get(spec.path)
    shown = draft.text if draft else writing.show(saved_at(workspace, spec.path), spec, grammar_of(workspace))
    key = begin(workspace, spec.path, shown)
    draw: Callable[..., Any] = st.text_input if writing.height is None else partial(st.text_area, height=writing.height)
    draw(
        label(workspace, spec) + told(writing.hint),
        text_of(key),
        key=key,
        help=tell(spec.help),
        on_change=_save_held,
        args=(workspace, spec, writing, key),
    )
    _say(workspace, spec, writing, partial(_take, workspace, spec, writing, key))


def _say(workspace: EntryForm, spec: Spec, writing: Writing, take: Take) -> None:
    draft = workspace.drafts.get(spec.path)
    if draft is None:
        remark(workspace.notes.get(spec.path, ()), take, workspace.key(spec.path))
        return
    # A long text is in sight already.
    quoted = "" if spec.shape == "long_text" else short(draft.text, _LONGEST_QUOTE)
    complain(draft, tell(spec.title), quoted, _read_again(draft.text, spec, writing, grammar_of(workspace)), take)


def _read_again(text: str, spec: Spec, writing: Writing, grammar: Grammar) -> EntryRefused | None:
    """What is wrong with a text; None where it is not the text that is wrong."""
    try:
        writing.read(text, spec, grammar)
    except EntryRefused as refused:
        return refused
    return None


def _take(workspace: EntryForm, spec: Spec, writing: Writing, key: str, text: str, _box: int) -> None:
    st.session_state[key] = text
    _save(workspace, spec, writing, key, text)


def _save_held(workspace: EntryForm, spec: Spec, writing: Writing, key: str) -> None:
    _save(workspace, spec, writing, key, held(key))


def _save(workspace: EntryForm, spec: Spec, writing: Writing, key: str, typed: str) -> None:
    grammar = grammar_of(workspace)
    try:
        value, notes = writing.read(typed, spec, grammar)
    except EntryRefused as refused:
        workspace.keep(spec.path, typed, told(refused.allowed))
        return
    said_of(workspace, spec.path, notes)
    if workspace.set(spec.path, value, typed).is_taken and writing.restates:
        workspace.restated[key] = writing.show(value, spec, grammar)


def _show_text(value: Any, _spec: Spec, _grammar: Grammar) -> str:
    return str(value or "")


def _read_text(typed: str, _spec: Spec, _grammar: Grammar) -> tuple[str, tuple[Note, ...]]:
    return typed, ()


def _show_lines(value: Any, _spec: Spec, _grammar: Grammar) -> str:
    return "\n".join(value or [])


def _read_lines(typed: str, _spec: Spec, _grammar: Grammar) -> tuple[list[str], tuple[Note, ...]]:
    return [line.strip() for line in typed.splitlines() if line.strip()], ()


def _show_number(value: Any, spec: Spec, grammar: Grammar) -> str:
    return entry.show(value, spec.quantity, grammar)


def _read_number(typed: str, spec: Spec, grammar: Grammar) -> tuple[float | None, tuple[Note, ...]]:
    if not typed.strip():
        return None, ()
    entered = entry.read_number(typed, spec.quantity, grammar, spec.unit)
    return entered.value, entered.notes


def _show_years(value: Any, spec: Spec, grammar: Grammar) -> str:
    return show_years(value or [], spec.quantity, grammar)


def _read_years(typed: str, spec: Spec, grammar: Grammar) -> tuple[list[float], tuple[Note, ...]]:
    return read_years(typed, spec.quantity, grammar)


def _read_whole(typed: str, spec: Spec, grammar: Grammar) -> tuple[int | None, tuple[Note, ...]]:
    value, notes = _read_number(typed, spec, grammar)
    if value is None:
        return None, ()
    if not value.is_integer():
        raise EntryRefused(message("must be a whole number"))
    return int(value), notes


def _read_link(typed: str, _spec: Spec, _grammar: Grammar) -> tuple[str, tuple[Note, ...]]:
    return read_link(typed), ()


def _show_day(value: Any, _spec: Spec, _grammar: Grammar) -> str:
    return show_day(value)


def _read_day(typed: str, _spec: Spec, _grammar: Grammar) -> tuple[str | None, tuple[Note, ...]]:
    return read_day(typed, date.today()), ()


WRITINGS: Mapping[str, Writing] = MappingProxyType(
    {
        "text": Writing(_show_text, _read_text),
        "long_text": Writing(_show_text, _read_text, height=96),
        "link": Writing(_show_text, _read_link, restates=True),
        "day": Writing(_show_day, _read_day, hint=message(", year-month-day"), restates=True),
        "words": Writing(_show_lines, _read_lines, height=80, hint=message(" (one a line)")),
        "number": Writing(_show_number, _read_number, restates=True),
        "whole_number": Writing(_show_number, _read_whole, restates=True),
        "by_year": Writing(_show_years, _read_years, hint=message(", year 1; year 2; …"), restates=True),
    }
)
"""How each shape of field is written; choices and estimates have files of their own."""
