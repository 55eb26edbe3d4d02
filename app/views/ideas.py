"""Ideas: what waits to be taken up, in the order of what it may be worth, and what became of the others."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, short
from app.session import address
from app.session.language import tell, tell_count
from app.session.navigation import Page, link
from app.session.shared import store
from app.views.parts.idea_card import IDEA_DONE, IDEA_REFUSED, idea_card, state_title
from db import IDEAS_SORTED_BY, Action, IdeaFilters, Waits
from scoping.intake import text_compared
from scoping.text.languages import message
from scoping.text.wording import number
from scoping.vocabulary import IdeaState

_SIZE = 10


def draw() -> None:
    """The queue, as it is filtered, and the ways to add to it."""
    head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    head.title(tell("Ideas"), anchor=False)
    if store().may(Action.CREATE):
        with head.container(horizontal=True, width="content"):
            link("propose", tell("Propose an idea"), ":material/lightbulb:")
            link("import_ideas", tell("Many at once"), ":material/upload_file:")
    _after_deed()
    filters = _filters()
    found = address.shown(lambda page: store().intake.queue(filters, page, _SIZE))
    if not found.total:
        _nothing(filters)
        return
    may_settle = store().intake.may_settle
    texts = {each.id: text_compared(each.title, each.problem, each.tags) for each in found.rows}
    similar = store().intake.similar_each(texts)
    for each in found.rows:
        idea_card(each, similar[each.id], may_settle=may_settle)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(tell_count("{many} idea", "{many} ideas", found.total, many=plain(number(found.total, 0))))
        address.pages(found.pages)


def _after_deed() -> None:
    """What was refused is told; what was taken up is opened from here."""
    if refused := st.session_state.pop(IDEA_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    done = st.session_state.pop(IDEA_DONE, None)
    if done is None:
        return
    st.toast(tell("Done"), icon=":material/check:")
    if done:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(tell("The idea is a draft now."))
            link("proposal", tell("Open the draft"), ":material/edit_note:", proposal=done)


def _filters() -> IdeaFilters:
    """All of it stands in the address, so that a link shows the same ideas."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = address.search_field("search", tell("Search"), 240)
        states = [*IdeaState]
        state = address.word_field("state", tell("State"), states, state_title, default=IdeaState.WAITING, width=200)
        teams = address.several_field("team", tell("Team"), store().teams(), lambda team: short(team, 60), tell("Any"))
        sort = address.word_field("sort", tell("Sort by"), IDEAS_SORTED_BY, _sort_title, default="worth", width=200)
        own = address.switch("own", tell("My own")) if store().person.is_signed_in else False
    return IdeaFilters(
        states=(IdeaState(state or IdeaState.WAITING),),
        text=text,
        teams=tuple(teams),
        is_own=own,
        sort=sort or "worth",
        display=store().rates.display_currency(),
    )


def _sort_title(sort: str) -> str:
    titles = {
        "worth": tell("Rough value a year"),
        "newest": tell("Newest first"),
        "oldest": tell("Waiting longest"),
    }
    return titles[sort]


def _nothing(filters: IdeaFilters) -> None:
    if filters == IdeaFilters(display=filters.display):
        said = tell(
            "No idea waits. An idea is four fields: the problem, who decides what differently, how many cases, what a case is worth."
        )
        st.info(said, icon=":material/lightbulb:")
        return
    st.info(tell("No idea matches. Clear the search or the filters."), icon=":material/search_off:")


def _waits(found: Waits) -> int:
    """For those who settle ideas; nobody else has to do anything with them."""
    return found.ideas if found.ideas and store().intake.may_settle else 0


PAGE = Page(
    url="ideas",
    title=message("Ideas"),
    icon=":material/lightbulb:",
    help=message("Ideas that wait to be taken up, and what became of the others."),
    place=12,
    draw=draw,
    waits=_waits,
)
