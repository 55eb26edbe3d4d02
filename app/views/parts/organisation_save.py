"""What of the organisation's settings is not laid down yet, and laying it down."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell, tell_count, told
from app.session.remembered import held, text_of
from app.session.settings_form import SettingsForm
from app.session.shared import store
from app.views.parts.notices import refusal
from db import LONGEST_WHY, StaleSettings
from scoping import DocumentRefused, GroundworkError
from scoping.organisation import as_form
from scoping.reports.changes import Change, place_told
from scoping.reports.settings import settings_changes
from scoping.text.wording import number

_REFUSED = "organisation_refused"
_WHY = "organisation_why"
_SHOWN = 200


def changes_shown(changes: Sequence[Change]) -> None:
    """A line a field: what it was, and what it is."""
    if not changes:
        st.info(tell("Nothing differs."), icon=":material/check:")
        return
    st.markdown("\n".join(f"- {_line(each)}" for each in changes[:_SHOWN]))
    if len(changes) > _SHOWN:
        st.caption(tell("The first {shown} of {count}.", shown=str(_SHOWN), count=number(len(changes), 0)))


def _line(change: Change) -> str:
    old, new = (short_plain(told(each), 160) for each in (change.old, change.new))
    said = f"{old} → {new}" if old and new else new or tell("taken out: {value}", value=old)
    return f"**{plain(told(change.label))}**: {said}"


def save_bar(form: SettingsForm) -> None:
    """In sight on every part: how much is not laid down yet, why, and the button that lays it down."""
    for line in st.session_state.pop(_REFUSED, ()):
        st.error(line, icon=":material/error:")
    if not form.is_changed and not form.drafts:
        return
    changes = settings_changes(form.laid_down.organisation, form.organisation)
    if form.drafts:
        st.markdown(f":small[:red[{plain(_not_taken(form))}]]")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.popover(_count(changes), icon=":material/edit_note:"):
            changes_shown(changes)
        st.text_input(
            tell("Why"), text_of(_WHY), key=_WHY, max_chars=LONGEST_WHY, width=320, label_visibility="collapsed",
            placeholder=tell("Why: stands in the history"),
        )  # fmt: skip
        st.button(
            tell("Lay down as version {version}", version=str(form.laid_down.version + 1)), type="primary",
            key="lay_down", disabled=bool(form.drafts) or not changes, on_click=_lay_down, args=(form,),
        )  # fmt: skip
        st.button(tell("Discard"), key="discard_settings", type="tertiary", on_click=_discard, args=(form,))


def _not_taken(form: SettingsForm) -> str:
    """In which fields something stands that cannot be; they may be on another part of the page."""
    places = dict.fromkeys(path.partition(":")[0] for path in form.drafts)
    named = ", ".join(told(place_told(as_form(form.organisation), place, form.document)) for place in places)
    return tell("Not taken over yet: {fields}", fields=named)


def _count(changes: Sequence[Change]) -> str:
    return tell_count("{count} change is not laid down yet", "{count} changes are not laid down yet", len(changes))


def _lay_down(form: SettingsForm) -> None:
    try:
        form.lay_down(str(held(_WHY) or ""))
    except GroundworkError as refused:
        keep_refusal(form, refused)
        return
    st.session_state[_WHY] = ""
    st.toast(tell("Laid down. New proposals begin with it."), icon=":material/check:")


def keep_refusal(form: SettingsForm, refused: GroundworkError) -> None:
    """Say on the next run why nothing was laid down."""
    st.session_state[_REFUSED] = _refused_said(form, refused)
    if isinstance(refused, StaleSettings):
        # What they laid down is what is compared with now; what was typed here stays.
        form.laid_down = store().organisation.current()


def _refused_said(form: SettingsForm, refused: GroundworkError) -> list[str]:
    """What was wrong, a line a field."""
    if not isinstance(refused, DocumentRefused):
        return [refusal(refused)]
    place = as_form(form.organisation)
    return [
        f"{plain(told(place_told(place, each.path, form.document)))}: {plain(told(each.allowed))}"
        for each in refused.problems
    ]


def _discard(form: SettingsForm) -> None:
    form.begin_with(store().organisation.current())
    st.session_state[_WHY] = ""
