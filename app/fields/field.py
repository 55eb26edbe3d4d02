"""One call a field: label, help, unit and bounds come from the Proposal model; a change is saved at once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.fields.box import WRITINGS, box
from app.fields.choice import choice
from app.fields.estimate import estimate
from app.fields.several import several
from app.fields.widget import complain
from app.session.entry_form import EntryForm
from app.session.language import tell
from scoping.document.specs import spec_at


def field(workspace: EntryForm, path: str, *, options: Mapping[str, str] | None = None) -> None:
    """The field at a path of the document, and under it what is wrong with what was typed.

    `options` says, for a choice, how people call what may be chosen; a list of words takes several of them.
    """
    spec = spec_at(workspace.proposal, path)
    match spec.shape:
        case "estimate":
            estimate(workspace, spec)
        case "words" if options is not None:
            several(workspace, spec, options)
        case "choice":
            choice(workspace, spec, options)
            complain(workspace.drafts.get(path), tell(spec.title))
        case shape:
            box(workspace, spec, WRITINGS[shape])


def fields(workspace: EntryForm, *paths: str) -> None:
    """Several fields, one below the other."""
    for path in paths:
        field(workspace, path)


def pair(workspace: EntryForm, *paths: str) -> None:
    """Short fields, side by side."""
    for column, path in zip(st.columns(len(paths)), paths, strict=True):
        with column:
            field(workspace, path)
