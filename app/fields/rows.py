"""Lists of the document (costs, risks, milestones ...): a card a row, in it ordinary fields.

A grid on a canvas loses what is typed fast, says nothing to a screen reader, and has no room for what is wrong with a
cell. A row that is added is in the document from the first field that is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import streamlit as st
from pydantic import BaseModel

from app.fields.estimate import estimate_boxes, judges, told_of
from app.fields.field import field
from app.fields.words import plain, short_plain
from app.session.language import tell
from app.session.workspace import Workspace
from scoping import to_dict
from scoping.document.paths import Path, value_at
from scoping.document.specs import Spec, spec_at

Options = Mapping[str, Mapping[str, str]]

SHOWN = 8
"""So many rows stand on the page at a time: more fields would make it slow."""
# How wide a field is beside others, and how much fits into one line.
_WEIGHTS: Mapping[str, float] = {"text": 2.2, "choice": 1.8, "number": 1.2, "whole_number": 1.2, "estimate": 3.3}
_LINE = 8.0


def rows(workspace: Workspace, path: str, model: type[BaseModel], title: str, options: Options | None = None) -> None:
    """The list at a path, a card an entry; its fields are the model's.

    `options` gives, by field, what may be chosen there and how people call it.
    """
    place, names = Path(path), tuple(model.model_fields)
    entries = entries_at(workspace, path)
    for index in shown_rows(workspace, path, len(entries), title):
        with st.container(border=True, gap="small"):
            _fields(workspace, place / index, names, options or {})
            _remove(workspace, place, index, name_of(entries[index], index))
    _new(workspace, place, len(entries), names, options or {})


def entries_at(workspace: Workspace, path: str) -> list[dict[str, Any]]:
    """The entries of a list as the document holds them."""
    return list(value_at(to_dict(workspace.proposal), path, []))


def shown_rows(workspace: Workspace, path: str, count: int, title: str) -> range:
    """The places of the rows on this page of the list, and the means to turn it."""
    if count <= SHOWN:
        return range(count)
    pages = -(-count // SHOWN)
    page = min(int(st.session_state.get(f"{workspace.id}:{path}:page", 1)), pages)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(tell(
                "{title}: {first} to {last} of {count}", title=plain(tell(title)), first=str((page - 1) * SHOWN + 1),
                last=str(min(page * SHOWN, count)), count=str(count),
            ))  # fmt: skip
        st.pagination(pages, key=f"{workspace.id}:{path}:page")
    return range((page - 1) * SHOWN, min(page * SHOWN, count))


def name_of(entry: Mapping[str, Any], index: int) -> str:
    """What people call a row: its name, or its place."""
    return str(entry.get("name") or tell("Row {number}", number=str(index + 1)))


def _fields(workspace: Workspace, row: Path, names: Sequence[str], options: Options) -> None:
    for line in _lines([spec_at(workspace.proposal, row / name) for name in names]):
        columns = iter(st.columns(_widths(line), vertical_alignment="bottom"))
        for spec in line:
            if spec.shape == "estimate":
                estimate_boxes(workspace, spec, list(islice(columns, 3)), "visible")
                if people := judges(value_at(to_dict(workspace.proposal), spec.path)):
                    st.caption(told_of(people))
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


def _remove(workspace: Workspace, path: Path, index: int, name: str) -> None:
    if st.button(
        tell("Remove"),
        key=workspace.key(path / index / "remove"),
        icon=":material/delete:",
        type="tertiary",
        help=tell("Remove “{name}”", name=short_plain(name, 60)),
    ):
        remove_row(workspace, path, index, name)
        st.rerun()


def remove_row(workspace: Workspace, path: Path, index: int, name: str) -> None:
    """Take a row out of its list."""
    kept = [each for number, each in enumerate(entries_at(workspace, path)) if number != index]
    workspace.forget_within(path / index)
    workspace.set_rows(path, kept, {index}, name)


def _new(workspace: Workspace, path: Path, index: int, names: Sequence[str], options: Options) -> None:
    """A row that is not there yet: its first field that is filled in makes it one."""
    key = workspace.key(path / "adding")
    adding = st.session_state.get(key) == index or any(Path(each).is_within(path / index) for each in workspace.drafts)
    if adding:
        with st.container(border=True, gap="small"):
            _fields(workspace, path / index, names, options)
        return
    singular = spec_at(workspace.proposal, path / index / names[0]).title
    if st.button(tell("Add: {row}", row=plain(tell(singular))), key=f"{key}:button", icon=":material/add:"):
        st.session_state[key] = index
        st.rerun()
