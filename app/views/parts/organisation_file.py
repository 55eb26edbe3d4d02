"""The versions of the organisation's settings, and the settings as one file: out, and in again after a look."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.exports.offer import offer
from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.person import person
from app.session.settings_form import SettingsForm
from app.session.shared import store
from app.views.parts.organisation_save import changes_shown, keep_refusal
from db import LaidDown
from scoping import DocumentRefused, GroundworkError, Problem
from scoping.document.refusal import problem_said
from scoping.organisation import Organisation, OrganisationFile, read_file, would_be, write_file
from scoping.reports.settings import settings_changes
from scoping.text.wording import moment, number

FILE_NAME = "organisation.json"
_UPLOAD, _PROBLEMS_SHOWN, _VERSIONS = "organisation_upload", 20, 20


def file_part(form: SettingsForm) -> None:
    """One file out and in, and what was laid down before."""
    st.header(tell("One file"), anchor=False)
    st.caption(
        tell(
            "Everything on this page as one JSON file, with the functions of review, the currencies and their rates. An import shows what would change; nothing is laid down before you say so."
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        offer(
            tell("Export version {version}", version=str(form.laid_down.version)),
            lambda: write_file(store().organisation.exported()).encode(),
            FILE_NAME,
            "application/json",
            "export_organisation",
        )
    _import(form)
    st.header(tell("Versions"), anchor=False)
    _versions(form)


def _import(form: SettingsForm) -> None:
    file = st.file_uploader(tell("Settings to import"), type="json", key=f"{_UPLOAD}:{form.epoch}")
    if file is None:
        return
    try:
        found = read_file(file.getvalue())
    except DocumentRefused as refused:
        _refused(refused.problems, refused.total)
        return
    now = store().organisation.exported()
    with st.container(border=True):
        st.markdown(f"**{tell('What the file would change')}**")
        changes = settings_changes(now, would_be(now, found))
        changes_shown(changes)
        if changes:
            st.button(
                tell("Lay down what the file says"), key="bring_in", type="primary", on_click=_bring_in,
                args=(form, found, file.name),
                help=tell("All of it, or nothing. What was not laid down yet on this page is discarded."),
            )  # fmt: skip


def _refused(problems: Sequence[Problem], total: int) -> None:
    st.error(tell("Nothing was imported. Mend these places and try again:"), icon=":material/error:")
    st.markdown("\n".join(f"- {plain(told(problem_said(each)))}" for each in problems[:_PROBLEMS_SHOWN]))
    if total > _PROBLEMS_SHOWN:
        st.caption(tell("The first {shown} of {count}.", shown=str(_PROBLEMS_SHOWN), count=number(total, 0)))


def _bring_in(form: SettingsForm, found: OrganisationFile, name: str) -> None:
    try:
        form.begin_with(store().organisation.bring_in(found, form.laid_down.version, name, person()))
    except GroundworkError as refused:
        keep_refusal(form, refused)
        return
    st.toast(tell("Laid down. New proposals begin with it."), icon=":material/check:")


def _take(form: SettingsForm, found: Organisation) -> None:
    form.begin_with(form.laid_down, found)


def _versions(form: SettingsForm) -> None:
    found = store().organisation.versions(size=_VERSIONS).rows
    if not found:
        st.caption(tell("Nothing is laid down yet."))
    for each in found:
        _version(form, each)


def _version(form: SettingsForm, each: LaidDown) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        who, why = short_plain(each.saved_by, 60) or tell("someone"), short_plain(each.why, 200)
        when = plain(told(moment(each.saved_at))) if each.saved_at else ""
        said = " · ".join(filter(None, (who, when, why)))
        st.markdown(f"**{tell('Version {version}', version=str(each.version))}**  \n:small[{said}]", width="stretch")
        if each.version != form.laid_down.version:
            st.button(
                tell("Look at it"), key=f"version:{each.version}", type="tertiary", on_click=_take,
                args=(form, each.organisation), help=tell("Shows it on this page; it holds once it is laid down again."),
            )  # fmt: skip
