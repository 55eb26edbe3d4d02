"""Lists of the document (costs, risks, milestones ...): a line a row, which opens on its fields.

A grid on a canvas loses what is typed fast, says nothing to a screen reader, and has no room for what is wrong with a
cell. The framework's expander is drawn anew when its title changes, and what is being typed in it is lost; so a row
is a container. Closed rows cost the page nothing. A row that is added is in the document from the first field that is
filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

import streamlit as st
from pydantic import BaseModel
from streamlit.delta_generator import DeltaGenerator

from app.fields.choice import word
from app.fields.commented import row_mark
from app.fields.estimate import beside, estimate_boxes, form_menu, is_range, shown_in_boxes
from app.fields.field import field
from app.fields.widget import grammar_of, unit_of
from app.fields.words import plain, short_plain
from app.session.entry_form import EntryForm
from app.session.language import tell, told
from scoping import Estimate
from scoping.document.ends import Ends
from scoping.document.paths import Path, value_at
from scoping.document.specs import Spec, spec_at
from scoping.text import entry
from scoping.text.ends import ends_said
from scoping.text.ranges import BY_ENDS, form_of
from scoping.text.years import show_years

Options = Mapping[str, Mapping[str, str]]

SHOWN = 12
"""So many rows stand on the page at a time."""
# How wide a field is beside others, and how much fits into one line.
_WEIGHTS: Mapping[str, float] = {
    "text": 2.2,
    "choice": 1.8,
    "number": 1.2,
    "whole_number": 1.2,
    "estimate": 3.3,
    "by_year": 3.3,
}
_LINE = 8.0
_LONGEST_NAME, _LONGEST_PART = 60, 40


def rows(workspace: EntryForm, path: str, model: type[BaseModel], title: str, options: Options | None = None) -> None:
    """The list at a path, a line an entry; its fields are the model's.

    `options` gives, by field, what may be chosen there and how people call it.
    """
    place, names = Path(path), tuple(model.model_fields)
    entries = entries_at(workspace, path)
    for index in shown_rows(workspace, path, len(entries), title):
        _row(workspace, place / index, names, options or {})
    _new(workspace, place / len(entries), names, options or {})


def entries_at(workspace: EntryForm, path: str) -> list[dict[str, Any]]:
    """The entries of a list as the document holds them."""
    return list(value_at(workspace.document, path, []))


def shown_rows(workspace: EntryForm, path: str, count: int, title: str) -> range:
    """The places of the rows on this page of the list, and the means to turn it."""
    if count <= SHOWN:
        return range(count)
    pages = -(-count // SHOWN)
    page = min(int(st.session_state.get(f"{workspace.id}:{path}:page", 1)), pages)
    first, last = (page - 1) * SHOWN, min(page * SHOWN, count)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(tell("{title}: {first} to {last} of {count}", title=plain(tell(title)), first=str(first + 1),
                        last=str(last), count=str(count)))  # fmt: skip
        st.pagination(pages, key=f"{workspace.id}:{path}:page")
    return range(first, last)


def _row(workspace: EntryForm, row: Path, names: Sequence[str], options: Options) -> None:
    """A row that is there: one line, which opens on its fields."""
    specs = [spec_at(workspace.proposal, row / name) for name in names]
    opened = workspace.key(f"{row}:row")
    # What was just added, and what cannot be saved, must be in sight.
    is_open = bool(st.session_state.get(opened, _is_begun(workspace, row)))
    # It stays open until somebody closes it: a row that closes when its entry becomes right swallows the next one.
    st.session_state[opened] = is_open
    name = _name(workspace, specs[0])
    with st.container(border=True, gap="small", key=workspace.key(f"{row}:card")):
        with _head():
            st.markdown(f"{_summary(workspace, specs, options)}{row_mark(workspace, row)}", width="stretch")
            _buttons(workspace, row, is_open, f"{plain(tell(specs[0].title))}: {name}")
        if is_open:
            _fields(workspace, specs, options)


def _buttons(workspace: EntryForm, row: Path, is_open: bool, called: str) -> None:
    """Open and close the row, and take it out; `called` says which row, where two buttons have the same words."""
    opened = workspace.key(f"{row}:row")
    # One box for both: where the line has no room they go to the next one together.
    with st.container(horizontal=True, width="content", gap="small"):
        _open_and_remove(workspace, row, opened, is_open, called)


def _open_and_remove(workspace: EntryForm, row: Path, opened: str, is_open: bool, called: str) -> None:
    st.button(
        tell("Close") if is_open else tell("Edit"), key=f"{opened}:button", type="tertiary", help=called,
        icon=f":material/{'expand_less' if is_open else 'edit'}:", on_click=_turn, args=(opened, is_open),
    )  # fmt: skip
    st.button(
        tell("Remove"), key=workspace.key(f"{row}:remove"), type="tertiary", help=called,
        icon=":material/delete:", on_click=_take_out, args=(workspace, row),
    )  # fmt: skip


def _new(workspace: EntryForm, row: Path, names: Sequence[str], options: Options) -> None:
    """A row that is not there yet: the first of its fields that is filled in makes it one."""
    specs = [spec_at(workspace.proposal, row / name) for name in names]
    called = plain(tell(specs[0].title))
    if _is_begun(workspace, row):
        # Drawn as the row will be once it is there: what is being typed in the next field must not be drawn anew.
        with st.container(border=True, gap="small", key=workspace.key(f"{row}:card")):
            with _head():
                st.markdown(f"**{tell('New: {row}', row=called)}**", width="stretch")
            _fields(workspace, specs, options)
    else:
        key = _adding(workspace, row)
        add = tell("Add: {row}", row=called)
        st.button(add, key=f"{key}:button", icon=":material/add:", on_click=_begin, args=(key,))


def _head() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def _take_out(workspace: EntryForm, row: Path) -> None:
    workspace.remove_row(row)


def _turn(opened: str, is_open: bool) -> None:
    st.session_state[opened] = not is_open


def _begin(adding: str) -> None:
    st.session_state[adding] = True


def _is_begun(workspace: EntryForm, row: Path) -> bool:
    """True for a row that was added in this session, or in which something stands that is not saved."""
    return bool(st.session_state.get(_adding(workspace, row))) or _is_drafted(workspace, row)


def _is_drafted(workspace: EntryForm, place: Path) -> bool:
    """True where something was typed within a place that could not be saved."""
    return any(Path(path).is_within(place) for path in workspace.drafts)


def _adding(workspace: EntryForm, row: Path) -> str:
    """Under which name the session remembers that a row was added."""
    return workspace.key(f"{row}:adding")


def _name(workspace: EntryForm, first: Spec) -> str:
    """What people call a row: what stands in its first field, or its place."""
    number = str(int(first.path.keys[-2]) + 1)
    return _said(workspace, first, None) or plain(tell("Row {number}", number=number))


def _summary(workspace: EntryForm, specs: Sequence[Spec], options: Options) -> str:
    """A row in one line: its name, then what else stands in it, and what is missing."""
    said = [_titled(workspace, specs, spec, options) for spec in specs[1:]]
    given = {spec.path.last for spec, text in zip(specs[1:], said, strict=True) if text}
    missing = [
        f":orange[{tell('{field} is missing', field=plain(tell(spec.title)))}]"
        for spec, text in zip(specs[1:], said, strict=True)
        if spec.needed and not text and spec.unless not in given
    ]
    return " · ".join(filter(None, [f"**{_name(workspace, specs[0])}**", *said, *missing]))


def _titled(workspace: EntryForm, specs: Sequence[Spec], spec: Spec, options: Options) -> str:
    """What stands in a field; with its title where the row does not say what it is."""
    said = _said(workspace, spec, options.get(spec.path.last))
    if spec.folded:
        # What most rows do without is said where somebody gave it.
        return f"{plain(tell(spec.title))}: {said}" if is_given(workspace, spec) and said else ""
    is_shared = sum(each.choices == spec.choices for each in specs) > 1 if spec.choices else False
    return f"{plain(tell(spec.title))}: {said}" if said and is_shared else said


def _said(workspace: EntryForm, spec: Spec, options: Mapping[str, str] | None) -> str:
    """A field's value as it stands in the line of its row."""
    value = value_at(workspace.document, spec.path, spec.default)
    if value is None or value == "":
        return ""
    if spec.shape == "choice":
        return plain((options or {}).get(str(value)) or word(str(value)))
    if spec.shape == "by_year":
        return plain(show_years(value, spec.quantity, grammar_of(workspace)))
    if spec.shape == "words":
        return short_plain(", ".join(value), _LONGEST_PART)
    if spec.quantity is None:
        return short_plain(str(value), _LONGEST_NAME if spec.path.last == "name" else _LONGEST_PART)
    return plain(_number_said(workspace, spec, value))


def _number_said(workspace: EntryForm, spec: Spec, value: Any) -> str:
    """A number, or the range of one, with its unit."""
    grammar = grammar_of(workspace)
    if isinstance(value, Estimate):
        value = value.model_dump()
    if isinstance(value, dict):
        value = Estimate.model_validate(value).numbers
    unit = "" if entry.is_percent(spec.quantity) else unit_of(workspace, spec)
    low, likely, high = shown_in_boxes(spec, value, grammar).values()
    if form_of(value) is BY_ENDS:
        ends = Ends.model_validate(value)
        return f"{told(ends_said(ends, partial(entry.show, quantity=spec.quantity, grammar=grammar)))} {unit}".strip()
    said = tell("{likely} ({low} to {high})", likely=likely, low=low, high=high) if low else likely
    return f"{said} {unit}".strip()


def _fields(workspace: EntryForm, specs: Sequence[Spec], options: Options) -> None:
    """The fields of an open row; what most rows do without is shown when somebody asks for it."""
    wants_more = f"{workspace.key(specs[0].path.parent)}:more"
    shown = [spec for spec in specs if not spec.folded or st.session_state.get(wants_more) or is_given(workspace, spec)]
    _in_lines(workspace, shown, options)
    if len(shown) < len(specs):
        hidden = ", ".join(plain(tell(spec.title)) for spec in specs if spec not in shown)
        st.button(
            tell("More: {fields}", fields=hidden), key=f"{wants_more}:button", type="tertiary",
            icon=":material/unfold_more:", on_click=_begin, args=(wants_more,),
        )  # fmt: skip


def is_given(workspace: EntryForm, spec: Spec) -> bool:
    """True where something stands in a field, saved or not."""
    return _is_drafted(workspace, spec.path) or value_at(workspace.document, spec.path, spec.default) != spec.default


def _in_lines(workspace: EntryForm, specs: Sequence[Spec], options: Options) -> None:
    for line in _lines(specs):
        columns = iter(st.columns(_widths(line), vertical_alignment="bottom"))
        for spec in line:
            if spec.shape == "estimate":
                estimate_boxes(workspace, spec, list(islice(columns, 3)), "visible")
                if is_range(workspace, spec):
                    form_menu(workspace, spec)
                beside(workspace, spec)
                continue
            with next(columns):
                field(workspace, spec.path, options=options.get(spec.path.last))


def _lines(specs: Sequence[Spec]) -> list[list[Spec]]:
    """The fields of a row, in as many lines as they need."""
    lines: list[list[Spec]] = [[]]
    for spec in specs:
        if lines[-1] and sum(_WEIGHTS.get(each.shape, 2.2) for each in [*lines[-1], spec]) > _LINE:
            lines.append([])
        lines[-1].append(spec)
    return lines


def _widths(line: Sequence[Spec]) -> list[float]:
    widths: list[float] = []
    for spec in line:
        weight = _WEIGHTS.get(spec.shape, 2.2)
        widths += [weight / 3] * 3 if spec.shape == "estimate" else [weight]
    return widths
