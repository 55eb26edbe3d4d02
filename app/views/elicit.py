"""Ask people separately: who facilitates asks by a link, sees who has judged, reveals, and records what counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode, urljoin

import streamlit as st

from app.fields.words import plain, short_plain
from app.session import address
from app.session.language import tell, tell_count, told
from app.session.navigation import Page, choose_first, link
from app.session.opened import chosen_proposal
from app.session.person import person
from app.session.remembered import held, text_of
from app.session.shared import store
from app.session.texts import typed_texts_are_safe
from app.session.workspace import Workspace
from app.views.judge import TOKEN
from app.views.parts.editing import may_be_changed
from app.views.parts.notices import refusal
from app.views.parts.recording import recording
from app.views.parts.tabs import tabs
from app.views.parts.who import name_field
from db import AskedNumber, Judged, Round, RoundRequest, RoundState
from scoping import GroundworkError
from scoping.document.asking import MOST_QUESTIONS, askable
from scoping.text.labels import label_of
from scoping.text.languages import message
from scoping.text.wording import moment

_NUMBERS, _ROUND, _NEW = "numbers", "asked", "new"
_REFUSED, _NAME = "elicit_refused", "elicit_name"
_LONGEST_TITLE, _LONGEST_NAME = 90, 60
_WIDTH = 640
_STATES = {
    RoundState.OPEN: message("open"),
    RoundState.REVEALED: message("revealed"),
    RoundState.CLOSED: message("closed"),
}


def draw() -> None:
    """The rounds of one proposal, and a new one."""
    workspace = chosen_proposal()
    if workspace is None:
        choose_first()
        return
    _head(workspace)
    if not may_be_changed(workspace):
        return
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    rounds = store().elicitation.rounds(workspace.id)
    chosen = _chosen(rounds)
    if chosen is None:
        _new(workspace)
    else:
        _round(workspace, chosen)


def _head(workspace: Workspace) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(tell("Ask people separately"), anchor=False)
        with st.container(horizontal=True, width="content"):
            link("proposal", tell("Edit"), ":material/edit_note:", proposal=workspace.id)
            link("history", tell("History"), ":material/history:", proposal=workspace.id)
    st.caption(
        f"{short_plain(workspace.proposal.title, _LONGEST_TITLE)} · "
        + tell(
            "Each judges alone, all is revealed at once, then you discuss and record the average or what you agreed on "
            "(SHELF; EFSA 2014)."
        )
    )


def _chosen(rounds: Sequence[Round]) -> Round | None:
    """The round that the address names, else the newest; None for a new one."""
    if not rounds:
        return None
    known = {each.id: each for each in rounds}
    titles = {**{name: _title(each) for name, each in known.items()}, _NEW: tell("New round")}
    return known.get(tabs(tell("Round"), _ROUND, titles, _choose))


def _title(each: Round) -> str:
    return f"{told(moment(each.begun_at))}, {tell(_STATES[each.state])}"


def _choose(name: str) -> None:
    st.query_params[_ROUND] = name


def _act(change: Callable[[], None]) -> None:
    try:
        change()
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)


# A new round ---------------------------------------------------------------------------------------


def _new(workspace: Workspace) -> None:
    st.header(tell("What shall people judge?"), anchor=False)
    labels = {str(path): told(label_of(workspace.proposal, path)) for path in askable(workspace.proposal)}
    if not labels:
        st.info(tell("Choose the kind of task first: its inputs are what people can judge."), icon=":material/info:")
        return
    chosen = address.several_field(
        _NUMBERS, tell("Numbers"), list(labels), labels.__getitem__, tell("Up to {most}", most=str(MOST_QUESTIONS)), _WIDTH
    )  # fmt: skip
    if not store().person.is_signed_in:
        name_field(_NAME, message("Those who judge read who asks them."))
    briefing, shows = workspace.key("elicit:briefing"), workspace.key("elicit:shows_value")
    st.text_area(
        tell("What all should know"), text_of(briefing), key=briefing, height=120, on_change=held, args=(briefing,),
        help=tell("What is known about these numbers, and where it stands. All who judge read the same."),
    )  # fmt: skip
    st.toggle(
        tell("Show them the numbers of the proposal"),
        key=shows,
        help=tell("Who has seen a number stays close to it (anchoring). Better leave it off."),
    )
    st.caption(
        tell(
            "They also read what the field means, the problem, and the evidence of the alternative: a figure that "
            "stands in those texts is seen."
        )
    )
    st.button(
        tell("Make the link"), type="primary", icon=":material/add_link:", key="elicit_begin", disabled=not chosen,
        on_click=_act, args=(lambda: _begin(workspace, chosen, labels, briefing, shows),),
    )  # fmt: skip


def _begin(workspace: Workspace, chosen: Sequence[str], labels: dict[str, str], briefing: str, shows: str) -> None:
    numbers = [AskedNumber(path, labels[path]) for path in chosen]
    state = st.session_state.to_dict()
    request = RoundRequest(numbers, str(state.get(briefing) or ""), bool(state.get(shows)))
    begun = store().elicitation.begin(workspace.id, request, person())
    address.put(_NUMBERS, [])
    st.session_state[briefing] = ""
    typed_texts_are_safe()
    _choose(begun.id)


# A round that there is -----------------------------------------------------------------------------


def _round(workspace: Workspace, asked: Round) -> None:
    match asked.state:
        case RoundState.OPEN:
            _link(asked)
            _who(asked)
            _reveal(workspace, asked)
        case RoundState.REVEALED:
            recording(workspace, asked)
            st.button(
                tell("Close this round"), icon=":material/lock:", key="elicit_close",
                help=tell("The link ends. What was judged stays to be read here."),
                on_click=_act, args=(lambda: store().elicitation.close(workspace.id, asked.id, person()),),
            )  # fmt: skip
        case RoundState.CLOSED if asked.revealed_at is None:
            st.info(tell("This round was called off: nobody sees what was judged."), icon=":material/block:")
        case RoundState.CLOSED:
            recording(workspace, asked)


def _link(asked: Round) -> None:
    st.markdown(f"**{tell('Send this link to those who shall judge')}**")
    st.code(_address_of(asked), language=None, wrap_lines=True)
    st.caption(
        tell("Who may see this proposal can judge by it, as the person who signed in.")
        if store().person.is_signed_in
        else tell("Whoever reaches this server and has the link can judge; names are typed, and not checked.")
    )
    st.markdown("\n".join(f"- {plain(each.words)}" for each in asked.questions))


def _address_of(asked: Round) -> str:
    """The link, as this browser reaches the server."""
    return f"{urljoin(st.context.url or '', 'judge')}?{urlencode({TOKEN: asked.token})}"


def _who(asked: Round) -> None:
    """Who has judged, and how many of the numbers; not what."""
    st.header(tell("Who has judged"), anchor=False)
    if asked.judged:
        st.markdown("\n".join(f"- {_said_of(each, len(asked.questions))}" for each in asked.judged))
    else:
        st.caption(tell("Nobody yet."))
    st.button(tell("Look again"), icon=":material/refresh:", key="elicit_again", type="tertiary")


def _said_of(each: Judged, asked: int) -> str:
    name = short_plain(each.name, _LONGEST_NAME)
    return tell_count("{name}: {done} of {count}", "{name}: {done} of {count}", asked, name=name, done=str(each.count))


def _reveal(workspace: Workspace, asked: Round) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(tell("Reveal"), icon=":material/visibility:", disabled=not asked.judged, type="primary"):
            st.markdown(tell("All who may see the proposal see all judgements then, and nobody can judge any more."))
            st.button(
                tell("Reveal now"), type="primary", key="elicit_reveal",
                on_click=_act, args=(lambda: store().elicitation.reveal(workspace.id, asked.id, person()),),
            )  # fmt: skip
        st.button(
            tell("Call off"), key="elicit_off", type="tertiary", icon=":material/block:",
            help=tell("The link ends, and nobody ever sees what was judged."),
            on_click=_act, args=(lambda: store().elicitation.close(workspace.id, asked.id, person()),),
        )  # fmt: skip


PAGE = Page(
    url="elicit",
    title=message("Ask people separately"),
    icon=":material/groups:",
    help=message("Let people judge numbers of a proposal apart from each other, and record what counts."),
    place=65,
    draw=draw,
    in_menu=False,
)
