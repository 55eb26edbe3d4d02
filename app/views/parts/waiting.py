"""What is not saved and why, and the tries that end it by themselves: nobody has to load a page again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app.fields.typed import said_in_draft
from app.fields.words import plain, short_plain
from app.session.kept import Offer, answer, offers
from app.session.language import tell, told
from app.session.opened import without_database
from app.session.pause import Pause
from app.session.review_words import is_of_review
from app.session.signing import PATH as DECISION
from app.session.signing import DecisionDraft
from app.session.workspace import Workspace
from app.views.parts.notices import unexpected
from db import DatabaseNotReady, Failure
from scoping import GroundworkError
from scoping.text.labels import label_of

_LOOK_EVERY_SECONDS = 2
_PAUSE = "page_pause"
_LONGEST_QUOTE = 120


def waiting_line() -> None:
    """At the end of every page: one line while something waits for the database. It goes when all is saved."""
    if without_database():
        with st.bottom:
            _until_it_answers()


@st.fragment(run_every=_LOOK_EVERY_SECONDS)
def _until_it_answers() -> None:
    waiting = without_database()
    # Each one is tried, whatever became of those before it.
    outcomes = [each.try_again() for each in waiting]
    if all(outcomes):
        st.rerun()
    st.caption(f":material/cloud_off: {_why(waiting)}")


def _why(waiting: Sequence[Workspace]) -> str:
    """What keeps the database from it, and what becomes of what was typed."""
    failures = {each.failure for each in waiting}
    if not any(each.is_waiting for each in waiting):
        return tell("The database does not answer; you can go on, and what you type is saved as soon as it does.")
    if Failure.FULL in failures:
        return tell("The disk of the database is full; what you typed is kept here and saved as soon as there is room.")
    if Failure.UNWRITABLE in failures:
        return tell("The disk of the database takes nothing; what you typed is kept here and saved as soon as it does.")
    if Failure.READ_ONLY in failures:
        return tell("The database can only be read; what you typed is kept here and saved as soon as that ends.")
    return tell("The database does not answer; what you typed is kept here and saved as soon as it does.")


def failed(error: GroundworkError) -> None:
    """What a page says that could not be drawn; it comes back by itself once the database answers."""
    unexpected(error)
    if isinstance(error, DatabaseNotReady):
        pause = st.session_state.setdefault(_PAUSE, Pause())
        pause.lengthen()
        _until_it_can_be_drawn(pause)


@st.fragment(run_every=_LOOK_EVERY_SECONDS)
def _until_it_can_be_drawn(pause: Pause) -> None:
    if not pause.lasts:
        st.rerun()
    st.caption(tell("This page comes back by itself as soon as the database answers."))


def drawn() -> None:
    """A page could be drawn: the next time that one cannot, the first pause is short again."""
    st.session_state.pop(_PAUSE, None)


def typed_before() -> None:
    """Texts of this tab that did not arrive, and find another text in their field."""
    # Always there, so that no other element changes its place with it.
    with st.container():
        for number, offer in enumerate(offers()):
            _offered(offer, number)


def _offered(offer: Offer, number: int) -> None:
    label, text = plain(offer.label), short_plain(offer.text, _LONGEST_QUOTE)
    st.warning(
        tell("Typed in this tab and not saved: {field}: “{text}”. Meanwhile something else stands there.", field=label, text=text),
        icon=":material/edit_off:",
    )  # fmt: skip
    with st.container(horizontal=True):
        st.button(
            tell("Put it back"), key=f"typed_before:{number}:take", on_click=answer, args=(offer, True), help=label
        )
        st.button(
            tell("Forget it"), key=f"typed_before:{number}:leave", on_click=answer, args=(offer, False), help=label
        )


def of_no_use(refused: Sequence[GroundworkError]) -> None:
    """What waited in this tab before a reload, and cannot be saved any more."""
    for error in refused:
        why = plain(told(error.args[0]))
        st.error(tell("What waited in this tab cannot be saved any more: {error}", error=why), icon=":material/error:")


def typed_elsewhere(workspace: Workspace) -> None:
    """What another tab of the same person keeps in a field where this one keeps something else."""
    for path, theirs in workspace.drafts.elsewhere.items():
        field, said = _field(workspace, path), short_plain(_said(path, theirs.text), _LONGEST_QUOTE)
        st.info(
            tell("In another tab you typed something else here, which is not saved either: {field}: “{text}”.", field=field, text=said),
            icon=":material/tab:",
        )  # fmt: skip
        with st.container(horizontal=True):
            key = workspace.key(f"{path}:elsewhere")
            st.button(tell("Take it over"), key=f"{key}:take", on_click=partial(workspace.take_from_elsewhere, path))
            st.button(
                tell("Keep what stands here"), key=f"{key}:keep", on_click=partial(workspace.leave_elsewhere, path)
            )


def _field(workspace: Workspace, path: str) -> str:
    if is_of_review(path):
        return plain(tell("Review"))
    return plain(tell("Decision") if path == DECISION else told(label_of(workspace.proposal, path)))


def _said(path: str, text: str) -> str:
    if is_of_review(path):
        return text
    return DecisionDraft.read(text).reason if path == DECISION else said_in_draft(text)
