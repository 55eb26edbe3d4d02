"""Fields in which one of a few words is chosen."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.fields.widget import label, saved_at
from app.session.entry_form import EntryForm
from app.session.language import tell, told
from app.session.remembered import held, place_of
from scoping.document.specs import Spec
from scoping.reports.titles import word_title


def choice(workspace: EntryForm, spec: Spec, options: Mapping[str, str] | None) -> None:
    """The list of a field; `options` says how people call what may be chosen."""
    titles = {str(name): title for name, title in options.items()} if options else _titles(spec)
    key = workspace.key(spec.path)
    if key not in st.session_state:
        st.session_state[key] = _shown(workspace, spec, titles)
    st.selectbox(
        label(workspace, spec),
        list(titles),
        format_func=lambda name: titles.get(name, name),
        key=key,
        index=place_of(key, list(titles)),
        placeholder=tell("Choose"),
        help=tell(spec.help),
        on_change=_save,
        args=(workspace, spec.path, key),
    )


def _shown(workspace: EntryForm, spec: Spec, titles: Mapping[str, str]) -> str | None:
    """What was chosen and could not be saved, or what the document holds, or what counts without a choice."""
    draft = workspace.drafts.get(spec.path)
    if draft is not None and draft.text in titles:
        return draft.text
    return saved_at(workspace, spec.path) or (str(spec.default) if spec.default in titles else None)


def _titles(spec: Spec) -> dict[str, str]:
    return {str(name): word(name) for name in spec.choices}


def word(name: str) -> str:
    """What people call a word of a closed vocabulary."""
    return told(word_title(name))


def _save(workspace: EntryForm, path: str, key: str) -> None:
    chosen = held(key)
    workspace.set(path, chosen, str(chosen or ""))
