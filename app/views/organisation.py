"""Organisation: what an organisation lays down for all proposals. Administrators change it, everybody may read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.navigation import Page, link
from app.session.settings_form import SettingsForm, settings_form
from app.session.shared import store
from app.views.parts.organisation_file import file_part
from app.views.parts.organisation_forms import begin_part, costs_part, fields_part, questions_part, verdict_part
from app.views.parts.organisation_save import changes_shown, save_bar
from app.views.parts.tabs import tabs
from db import Action
from scoping.organisation import Organisation
from scoping.reports.settings import settings_changes
from scoping.text.languages import message
from scoping.text.wording import moment

_PART = "part"
_PARTS: Mapping[str, tuple[str, Callable[[SettingsForm], None]]] = {
    "begin": (message("New proposals"), begin_part),
    "costs": (message("Rates and costs"), costs_part),
    "verdict": (message("Verdict"), verdict_part),
    "questions": (message("Questions"), questions_part),
    "fields": (message("Own fields"), fields_part),
    "file": (message("Versions and file"), file_part),
}


def draw() -> None:
    """The settings, part by part; for who may not change them, what is laid down."""
    st.title(tell("Organisation"), anchor=False)
    form = settings_form()
    _standing(form)
    if not store().may(Action.MANAGE):
        _read(form)
        return
    titles = {name: told(title) for name, (title, _) in _PARTS.items()}
    part = tabs(tell("Part of the settings"), _PART, titles, _choose)
    with st.bottom:
        save_bar(form)
    _PARTS[part][1](form)


def _standing(form: SettingsForm) -> None:
    """Which version holds, and what stands elsewhere."""
    now = form.laid_down
    if now.saved_at is None:
        st.caption(
            tell("Nothing is laid down yet: every proposal begins empty, and the verdict warns where it always has.")
        )
    else:
        st.caption(
            tell(
                "Version {version}, laid down by {who}, {when}. It changes no proposal: new ones begin with it, and others take it over where their team wants to.",
                version=str(now.version),
                who=short_plain(now.saved_by, 60) or tell("someone"),
                when=plain(told(moment(now.saved_at))),
            )
        )
    link("settings", tell("Functions of review, currencies and their rates: in Settings"), ":material/settings:")


def _read(form: SettingsForm) -> None:
    st.caption(tell("Administrators change it."))
    changes_shown(settings_changes(Organisation(), form.laid_down.organisation))


def _choose(part: str) -> None:
    st.query_params[_PART] = part


PAGE = Page(
    url="organisation",
    title=message("Organisation"),
    icon=":material/domain:",
    help=message("What holds for all proposals: rates, standard costs, thresholds, own questions and fields."),
    place=55,
    draw=draw,
    under_more=True,
)
