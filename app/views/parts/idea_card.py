"""One idea of the queue: what it says, what it is like, what became of it, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.fields.words import plain, short, short_plain
from app.session.language import tell, told
from app.session.navigation import link
from app.session.person import person
from app.session.remembered import held
from app.session.shared import store
from app.views.parts.badge import Look
from app.views.parts.idea_words import rough_figures, similar_ones
from app.views.parts.notices import refusal
from db import Filters, Proposed, Similar
from scoping import GroundworkError
from scoping.text.reviewing import IDEA_STATES
from scoping.text.wording import day
from scoping.vocabulary import IdeaState

IDEA_REFUSED, IDEA_DONE = "idea_refused", "idea_done"
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_REASON = 100, 600, 2_000
_FOUND = 8
_LOOKS = {
    IdeaState.WAITING: Look(":material/hourglass_empty:", "blue"),
    IdeaState.ACCEPTED: Look(":material/check_circle:", "green"),
    IdeaState.DECLINED: Look(":material/do_not_disturb_on:", "gray"),
    IdeaState.SAME: Look(":material/content_copy:", "gray"),
}


def state_title(state: str) -> str:
    """What people call what became of an idea."""
    return told(IDEA_STATES[IdeaState(state)])


def idea_card(idea: Proposed, similar: Sequence[Similar], *, may_settle: bool) -> None:
    """The card; who settles ideas finds the deeds at its foot."""
    with st.container(border=True):
        _head(idea)
        for label, text in ((tell("Problem"), idea.problem), (tell("Decided differently"), idea.decision)):
            if text:
                st.markdown(f":small[:gray[{label}]]  \n{short_plain(text, _LONGEST_TEXT)}")
        rough_figures(idea)
        if idea.tags:
            st.caption(plain(" · ".join(short(tag, 40) for tag in idea.tags)))
        _outcome(idea)
        if idea.state is IdeaState.WAITING:
            similar_ones(similar, heading=tell("Similar ones"))
        if may_settle:
            _deeds(idea, similar)


def _head(idea: Proposed) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(gap=None):
            title = f"**{short_plain(idea.title, _LONGEST_TITLE)}**"
            link("proposal", title, ":material/lightbulb:", proposal=idea.id)
            on = told(day(idea.proposed_at.date()))
            said = filter(None, (short(idea.team, 40), short(idea.proposed_by, 60), on))
            st.caption(plain(" · ".join(said)))
        look = _LOOKS[idea.state]
        st.badge(state_title(idea.state), icon=look.icon, color=look.colour)


def _outcome(idea: Proposed) -> None:
    """What became of it: who, when, why."""
    if idea.state is IdeaState.WAITING or idea.settled_at is None:
        return
    by, on = short_plain(idea.settled_by, 60), plain(told(day(idea.settled_at.date())))
    said = tell("{state} by {name}, {day}", state=state_title(idea.state), name=by, day=on) if by else f"{on}"
    reason = f": {short_plain(idea.reason, _LONGEST_TEXT)}" if idea.reason else ""
    st.markdown(f"{said}{reason}")
    if idea.same_as:
        link("review", short_plain(idea.same_title, _LONGEST_TITLE), ":material/fact_check:", proposal=idea.same_as)


# Deeds -----------------------------------------------------------------------------------------


def _deeds(idea: Proposed, similar: Sequence[Similar]) -> None:
    if idea.state is IdeaState.ACCEPTED:
        return
    with st.container(horizontal=True):
        if idea.state is not IdeaState.WAITING:
            st.button(
                tell("Put it back into the queue"),
                key=f"idea_reopen:{idea.id}",
                icon=":material/undo:",
                on_click=_act,
                args=(_reopen, idea.id),
            )
            return
        with st.popover(tell("Take up…"), icon=":material/check_circle:"):
            _take_up_form(idea)
        with st.popover(tell("Decline…"), icon=":material/do_not_disturb_on:"):
            _decline_form(idea)
        with st.popover(tell("Same as…"), icon=":material/content_copy:"):
            _same_form(idea, similar)


def _take_up_form(idea: Proposed) -> None:
    """It becomes a draft that somebody answers for."""
    key = f"idea_owner:{idea.id}"
    if store().person.is_signed_in:
        people = dict(store().intake.owners(idea.id))
        st.selectbox(
            tell("Owner"), list(people), index=None, format_func=people.__getitem__, key=key,
            placeholder=tell("Choose who answers for it"),
        )  # fmt: skip
    else:
        st.text_input(tell("Owner"), person(), key=key, max_chars=200, help=tell("Who answers for it from now on."))
    _note(idea, "take_up", tell("Note to who proposed it"))
    _button(idea, tell("Take it up as a draft"), "take_up", _take_up)


def _decline_form(idea: Proposed) -> None:
    _note(idea, "decline", tell("Reason"))
    st.caption(tell("Who proposed it reads the reason. The idea goes into the archive and may come back."))
    _button(idea, tell("Decline it"), "decline", _decline)


def _same_form(idea: Proposed, similar: Sequence[Similar]) -> None:
    """Among those that are similar, and what is found by its words."""
    options = {each.id: each.title for each in similar if not each.is_archived}
    sought = st.text_input(tell("Find another one"), key=f"idea_find:{idea.id}", icon=":material/search:").strip()
    if sought:
        found = store().list(Filters(text=sought), size=_FOUND).rows
        options |= {each.id: each.title for each in found if each.id != idea.id}
    st.selectbox(
        tell("Same as"),
        list(options),
        index=None,
        format_func={each: short(title, _LONGEST_TITLE) for each, title in options.items()}.__getitem__,
        key=f"idea_other:{idea.id}",
        placeholder=tell("Choose the one that stays"),
    )
    _note(idea, "same", tell("Note to who proposed it"))
    _button(idea, tell("Say that it is the same"), "same", _same)


def _note(idea: Proposed, deed: str, label: str) -> None:
    st.text_area(label, key=f"idea_note:{deed}:{idea.id}", height=80, max_chars=_LONGEST_REASON)


def _button(idea: Proposed, label: str, deed: str, act: Callable[[str], str]) -> None:
    st.button(label, key=f"idea_{deed}:{idea.id}", type="primary", on_click=_act, args=(act, idea.id))


def _act(act: Callable[[str], str], identity: str) -> None:
    try:
        st.session_state[IDEA_DONE] = act(identity)
    except GroundworkError as refused:
        st.session_state[IDEA_REFUSED] = refusal(refused)


def _said(deed: str, identity: str) -> str:
    return str(held(f"idea_note:{deed}:{identity}") or "")


def _take_up(identity: str) -> str:
    chosen, here = str(held(f"idea_owner:{identity}") or ""), store()
    by_sign_in = here.person.is_signed_in
    owner, owner_id = ("", chosen or "nobody") if by_sign_in else (chosen, None)
    here.intake.take_up(identity, owner, owner_id, _said("take_up", identity), person())
    return identity


def _decline(identity: str) -> str:
    store().intake.decline(identity, _said("decline", identity), person())
    return ""


def _same(identity: str) -> str:
    other = str(held(f"idea_other:{identity}") or "")
    store().intake.same(identity, other or identity, _said("same", identity), person())
    return ""


def _reopen(identity: str) -> str:
    store().intake.reopen(identity, person())
    return ""
