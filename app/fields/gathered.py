"""Rows that count only when they are complete: a judgement, a pair of inputs, a point of a curve.

What is typed in a row that is not complete waits beside the others, also over a reload, and takes nothing away from
those that are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import streamlit as st

from app.fields.rows import shown_rows
from app.fields.widget import complain, remark
from app.session.entry_form import EntryForm
from app.session.language import tell, told
from app.session.outcome import SaveOutcome
from app.session.remembered import all_held, place_of, text_of
from scoping.document.paths import Path
from scoping.errors import EntryRefused
from scoping.text.entry import Note
from scoping.text.languages import message

Texts = list[str]
Save = Callable[[list[Any], str], SaveOutcome]


@dataclass(frozen=True)
class Column:
    """One box of a row, with the name of its field.

    `options` are what may be chosen, and how people call it; without them a text is typed.
    """

    name: str
    label: str
    width: float = 1
    options: Mapping[str, str] | None = None
    help: str = ""


@dataclass(frozen=True)
class Gathering:
    """Rows at a path: their boxes, how the texts of a row are read, and how all that are complete are saved.

    `read` gives a row's entry and what to say about it, None for a row that is not complete, or raises EntryRefused.
    """

    path: Path
    title: str
    singular: str
    columns: Sequence[Column]
    read: Callable[[Texts], tuple[Any, tuple[Note, ...]]]
    save: Save


def gathered(workspace: EntryForm, gathering: Gathering, saved: Sequence[Texts]) -> None:
    """The rows, and a button that adds one; `saved` are the texts of those that the document holds."""
    rows = _rows(workspace, gathering, saved)
    for index in shown_rows(workspace, gathering.path, len(rows), gathering.title):
        with st.container(border=True, gap="small"):
            _row(workspace, gathering, rows, index)
    _add(workspace, gathering, rows)
    draft = workspace.drafts.get(gathering.path)
    if draft is not None and draft.outcome is not SaveOutcome.UNFINISHED and not _first_problem(gathering, rows):
        # What no single row is to blame for: two judgements under one name, say.
        complain(draft, told(gathering.singular))


def _rows(workspace: EntryForm, gathering: Gathering, saved: Sequence[Texts]) -> list[Texts]:
    draft = workspace.drafts.get(gathering.path)
    rows = _typed(draft.text, len(gathering.columns)) if draft else [list(each) for each in saved]
    empty = [""] * len(gathering.columns)
    wanted = int(st.session_state.get(_count_key(workspace, gathering), 0))
    return [*rows, *[list(empty) for _ in range(max(wanted - len(rows), 0))]]


def _typed(text: str, width: int) -> list[Texts]:
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [[str(part) for part in row] for row in found if isinstance(row, list) and len(row) == width]


def _count_key(workspace: EntryForm, gathering: Gathering) -> str:
    """How many rows stand on the page, those included in which nothing is typed yet."""
    return workspace.key(f"{gathering.path}:count")


def _box_key(workspace: EntryForm, gathering: Gathering, index: int, place: int) -> str:
    return workspace.key(gathering.path / index / gathering.columns[place].name)


def _row(workspace: EntryForm, gathering: Gathering, rows: list[Texts], index: int) -> None:
    columns = st.columns([each.width for each in gathering.columns], vertical_alignment="bottom")
    for place, (column, about) in enumerate(zip(columns, gathering.columns, strict=True)):
        key = _box_key(workspace, gathering, index, place)
        st.session_state.setdefault(key, rows[index][place] if about.options is None else rows[index][place] or None)
        with column:
            _box(about, key, partial(_changed, workspace, gathering, rows))
    _say(workspace, gathering, rows, index)
    key = workspace.key(f"{gathering.path / index}:remove")
    which = tell("Remove row {number}", number=str(index + 1))
    if st.button(tell("Remove"), key=key, icon=":material/delete:", type="tertiary", help=which):
        _keep_rows(workspace, gathering, [row for place, row in enumerate(rows) if place != index])
        workspace.epoch += 1
        st.rerun()


def _box(about: Column, key: str, changed: Callable[[], None]) -> None:
    label, help_ = told(about.label), told(about.help) or None
    if about.options is None:
        st.text_input(label, text_of(key), key=key, help=help_, on_change=changed)
        return
    options = list(about.options)
    titles = about.options
    st.selectbox(
        label, options, place_of(key, options), key=key, format_func=lambda name: titles.get(name, name),
        placeholder=tell("Choose"), help=help_, on_change=changed,
    )  # fmt: skip


def _say(workspace: EntryForm, gathering: Gathering, rows: list[Texts], index: int) -> None:
    texts = [text_of(_box_key(workspace, gathering, index, place)) for place in range(len(gathering.columns))]
    if not any(texts):
        return
    key = workspace.key(f"{gathering.path / index}:row")
    take = partial(_take, workspace, gathering, rows, index)
    try:
        _, notes = gathering.read(texts)
    except EntryRefused as refused:
        draft = workspace.drafts.get(gathering.path)
        complain(draft, tell("Row {number}", number=str(index + 1)), "", refused, take)
        return
    remark(notes, take, key)


def _take(workspace: EntryForm, gathering: Gathering, rows: list[Texts], index: int, text: str, place: int) -> None:
    st.session_state[_box_key(workspace, gathering, index, place)] = text
    _changed(workspace, gathering, rows)


def _changed(workspace: EntryForm, gathering: Gathering, rows: list[Texts]) -> None:
    """Read every box that stands on the page; rows on other pages of the list are as they were."""
    width = range(len(gathering.columns))
    keys = [[_box_key(workspace, gathering, index, place) for place in width] for index in range(len(rows))]
    state = all_held(chain(*keys))
    now = [
        [str(state.get(key, row[place]) or "").strip() for place, key in enumerate(line)]
        for row, line in zip(rows, keys, strict=True)
    ]
    _keep_rows(workspace, gathering, now)


def _keep_rows(workspace: EntryForm, gathering: Gathering, rows: list[Texts]) -> None:
    """Save the rows that are complete; keep all of them as they were typed as long as one is not."""
    filled = [row for row in rows if any(row)]
    typed = json.dumps(filled, ensure_ascii=False)
    if problem := _first_problem(gathering, filled):
        workspace.keep(gathering.path, typed, problem)
        return
    read = [gathering.read(row)[0] for row in filled]
    if not gathering.save([each for each in read if each is not None], typed).is_taken:
        return
    if any(each is None for each in read):
        workspace.keep_unfinished(gathering.path, typed)


def _first_problem(gathering: Gathering, rows: Sequence[Texts]) -> str:
    for number, row in enumerate(rows, start=1):
        try:
            gathering.read(row) if any(row) else None
        except EntryRefused as refused:
            return tell("Row {number}: {problem}", number=str(number), problem=refused.allowed)
    return ""


def _add(workspace: EntryForm, gathering: Gathering, rows: list[Texts]) -> None:
    key = _count_key(workspace, gathering)
    if st.button(tell("Add: {row}", row=told(gathering.singular)), key=f"{key}:add", icon=":material/add:"):
        st.session_state[key] = len(rows) + 1
        st.rerun()


STILL_OPEN = message("Counts once the row is complete")
"""What is said beside a row that is not complete."""
