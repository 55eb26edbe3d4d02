"""What past ranges suggest for one that was just given: said beside it, and taken over only by who gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from app.fields.widget import grammar_of, saved_at
from app.fields.words import plain
from app.session.entry_form import EntryForm
from app.session.language import tell, told
from app.session.person import person
from app.session.refused import sentence
from app.session.workspace import Workspace
from scoping import DocumentRefused, Estimate, Proposal
from scoping.document.paths import Path
from scoping.document.recalibrated import is_recalibrated, recalibrated
from scoping.document.specs import Spec
from scoping.record.judged import better_at
from scoping.record.places import kind_at
from scoping.record.recalibrating import Suggestion, suggested
from scoping.text import entry


def suggestion(workspace: EntryForm, spec: Spec) -> None:
    """A line that opens on the suggestion, where past ranges of this kind were off; nothing is changed by itself."""
    # It has a place of its own, whether or not there is something in it: the fields below must not change places.
    with st.container():
        found = _suggested(workspace, spec) if isinstance(workspace, Workspace) else None
        if found is not None and isinstance(workspace, Workspace):
            _offer(workspace, spec, found)


def _suggested(workspace: Workspace, spec: Spec) -> Suggestion | None:
    saved = saved_at(workspace, spec.path)
    # What several people judged is theirs; what is being typed is not a range yet.
    if not isinstance(saved, dict) or "judgements" in saved or spec.path in workspace.drafts or spec.quantity is None:
        return None
    kind = kind_at(workspace.proposal, spec.path)
    if kind is None or is_recalibrated(workspace.document, spec.path):
        return None
    learned = workspace.learned()
    past = None if learned is None else learned.recalibration(kind, better_at(workspace.proposal, spec.path))
    return None if past is None else suggested(Estimate.model_validate(saved), spec.quantity, past)


def _offer(workspace: Workspace, spec: Spec, found: Suggestion) -> None:
    title, key = plain(tell(spec.title)), workspace.key(f"{spec.path}:suggested")
    panel = st.popover(
        tell("Past ranges suggest another"), icon=":material/history:", type="tertiary", key=key,
        help=tell("What past ranges suggest: {field}", field=title), on_change="rerun",
    )  # fmt: skip
    if not panel.open:
        return
    with panel:
        st.markdown(plain(told(found.reason)))
        st.markdown(f"**{plain(_numbers(workspace, spec, found.suggested))}**")
        if why_not := _why_not(workspace, spec, found):
            st.caption(tell("It cannot be taken over as it is: {why}", why=plain(why_not)))
            return
        st.button(
            tell("Take over this range"), key=f"{key}:take", icon=":material/download_done:",
            help=tell(
                "One step that the history shows. The range that you gave is kept, and nothing more is suggested here."
            ),
            on_click=_take, args=(workspace, spec, found),
        )  # fmt: skip


def _numbers(workspace: Workspace, spec: Spec, estimate: Estimate) -> str:
    shown = [
        entry.show(each, spec.quantity, grammar_of(workspace)) for each in (estimate.p10, estimate.p50, estimate.p90)
    ]
    return tell("Low {low}, likely {likely}, high {high}", low=shown[0], likely=shown[1], high=shown[2])


def _why_not(workspace: Workspace, spec: Spec, found: Suggestion) -> str:
    """Why the range does not go together with the rest, as a first use after the build; empty where it does.

    Found out before somebody presses a button: refused afterwards, the range that they gave would leave the field.
    """
    try:
        _changed(workspace, spec, found)(workspace.document)
    except DocumentRefused as refused:
        return sentence(workspace.proposal, refused, spec.path)
    return ""


def _take(workspace: Workspace, spec: Spec, found: Suggestion) -> None:
    """One version: the range, and with what it rests on the reason and the range that was given."""
    done = tell("Taken over from past ranges: {field}.", field=tell(spec.title))
    workspace.rewrite(spec.path, _changed(workspace, spec, found), done)


def _changed(workspace: Workspace, spec: Spec, found: Suggestion) -> Callable[[Mapping[str, Any]], Proposal]:
    before = tell("Before: {range}", range=_numbers(workspace, spec, found.given))
    said = {"on": date.today().isoformat(), "by": person(), "note": f"{told(found.reason)} {before}"}
    return lambda document: recalibrated(document, Path(spec.path), found.suggested, said)
