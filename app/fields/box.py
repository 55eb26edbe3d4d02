"""Fields in which one text is typed: a line, paragraphs, sentences, a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import streamlit as st

from app.fields.widget import begin, label, saved_at
from app.session.remembered import held, text_of
from app.session.workspace import Workspace
from scoping.document.specs import Spec
from scoping.errors import EntryRefused
from scoping.text import entry


@dataclass(frozen=True)
class Writing:
    """How a value is written in a box and read back. `read` raises EntryRefused.

    A box without a height has one line. One that `restates` shows what was understood once it is saved.
    """

    show: Callable[[Any, Spec], str]
    read: Callable[[str, Spec], Any]
    height: int | None = None
    hint: str = ""
    restates: bool = False


def box(workspace: Workspace, spec: Spec, writing: Writing) -> None:
    """The box of a field."""
    draft = workspace.drafts.get(spec.path)
    shown = draft.text if draft else writing.show(saved_at(workspace, spec.path), spec)
    key = begin(workspace, spec.path, shown)
    draw: Callable[..., Any] = st.text_input if writing.height is None else partial(st.text_area, height=writing.height)
    draw(
        label(workspace, spec) + writing.hint,
        text_of(key),
        key=key,
        help=spec.help,
        on_change=_save,
        args=(workspace, spec, writing, key),
    )


def _save(workspace: Workspace, spec: Spec, writing: Writing, key: str) -> None:
    typed = held(key)
    try:
        value = writing.read(typed, spec)
    except EntryRefused as refused:
        workspace.keep(spec.path, typed, str(refused))
        return
    if workspace.set(spec.path, value, typed).is_saved and writing.restates:
        workspace.restated[key] = writing.show(value, spec)


def _show_text(value: Any, _spec: Spec) -> str:
    return str(value or "")


def _read_text(typed: str, _spec: Spec) -> str:
    return typed


def _show_lines(value: Any, _spec: Spec) -> str:
    return "\n".join(value or [])


def _read_lines(typed: str, _spec: Spec) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _show_number(value: Any, spec: Spec) -> str:
    return entry.show(value, spec.quantity)


def _read_number(typed: str, spec: Spec) -> float | None:
    return entry.parse(typed, spec.quantity) if typed.strip() else None


def _read_whole(typed: str, spec: Spec) -> int | None:
    value = _read_number(typed, spec)
    if value is None:
        return None
    if not value.is_integer():
        raise EntryRefused("must be a whole number")
    return int(value)


WRITINGS: Mapping[str, Writing] = MappingProxyType(
    {
        "text": Writing(_show_text, _read_text),
        "long_text": Writing(_show_text, _read_text, height=96),
        "words": Writing(_show_lines, _read_lines, height=80, hint=" (one a line)"),
        "number": Writing(_show_number, _read_number, restates=True),
        "whole_number": Writing(_show_number, _read_whole, restates=True),
    }
)
"""How each shape of field is written; choices and estimates have files of their own."""
