"""Fields in which several of a few names are chosen, which stand elsewhere in the document."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.fields.widget import complain, label, saved_at
from app.session.entry_form import EntryForm
from app.session.language import tell
from app.session.remembered import held
from scoping.document.specs import Spec


def several(workspace: EntryForm, spec: Spec, options: Mapping[str, str]) -> None:
    """The names of a field, and under it why a choice was not saved; `options` says how people call each of them."""
    key = workspace.key(spec.path)
    chosen, draft = saved_at(workspace, spec.path) or [], workspace.drafts.get(spec.path)
    if key not in st.session_state:
        st.session_state[key] = list(chosen) if draft is None else draft.text.splitlines()
    st.multiselect(
        label(workspace, spec),
        list(dict.fromkeys([*options, *chosen])),
        default=[name for name in st.session_state[key] if name in (*options, *chosen)],
        format_func=lambda name: options.get(name, name),
        key=key,
        placeholder=tell("Choose") if options else tell("None yet: name the first one in Costs and returns"),
        disabled=not (options or chosen),
        help=tell(spec.help),
        on_change=_save,
        args=(workspace, spec.path, key),
    )
    complain(draft, tell(spec.title))


def _save(workspace: EntryForm, path: str, key: str) -> None:
    chosen = list(held(key) or [])
    workspace.set(path, chosen, "\n".join(chosen))
