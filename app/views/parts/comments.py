"""Comments beside the work: how many there are, and a panel that opens on them.

The panel is a fragment: to open it, to write in it or to turn it leaves the fields of the page alone. While it is open
it looks whether somebody else has written meanwhile, and says so; what stands on the page moves only when it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from app.session.browser import is_narrow
from app.session.comments import Tallies, tallies
from app.session.language import tell, tell_count
from app.session.navigation import go, link
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.comment_writing import has_changed, new_comment, state_key
from app.views.parts.comments_thread import draw_thread
from app.views.parts.notices import refusal
from app.views.parts.step import PART, Step, step_of, steps
from db import NotFound, Tally, Thread
from scoping import GroundworkError
from scoping.document.paths import Path, value_at
from scoping.reports.changes import place_told
from scoping.text.languages import message
from scoping.text.places import MEMO, SECTIONS, WHOLE, is_of_memo, memo_title, section_place

THREAD = "thread"
"""The name in the address of the thread to which a link leads."""
_LOOK_EVERY_SECONDS = 10
_MORE, _HEIGHT = 10, 420
_LONGEST_NUMBER = 12
_PROPOSAL, _REVIEW, _ALL = "proposal", "review", "all"
_THE_WHOLE = message("The proposal as a whole")


@dataclass(frozen=True)
class Panel:
    """What one page shows of the comments: its name, which places it is about, and which may be written about."""

    name: str
    is_here: Callable[[str], bool]
    places: Mapping[str, str]


# How many there are --------------------------------------------------------------------------------


def counted(workspace: Workspace) -> Tallies:
    """All threads of the proposal, looked at once a run; the fields show how many are open about each."""
    workspace.drawn.clear()
    try:
        found = Tallies() if workspace.is_away else _tallied(workspace, workspace.around().tallies)
    except GroundworkError:
        # Nobody waits for comments: the page says elsewhere what keeps the database from it.
        return Tallies()
    workspace.commented = found.open_by_place
    return found


def _tallied(workspace: Workspace, found: Sequence[Tally]) -> Tallies:
    return tallies(store(), workspace.saved, workspace.proposal, found)


def open_at_step(found: Tallies, step: Step) -> int:
    """How many threads are open about the fields of a step."""
    return found.within(_of_step(step)).open


# Where they are shown ------------------------------------------------------------------------------


def step_comments(workspace: Workspace, step: Step, found: Tallies) -> None:
    """The comments on the fields of a step. It is called when those are drawn: they say what can be written about."""
    written = workspace.document
    places = {
        path: place_told(workspace.proposal, path, written) for path in workspace.drawn if _is_there(written, path)
    }
    _panel(workspace, Panel(step.name, _of_step(step), places), found)


def all_comments(workspace: Workspace) -> None:
    """All comments, for those who may not change the fields and see them nowhere."""
    _panel(workspace, Panel(_ALL, lambda _: True, {WHOLE: _THE_WHOLE}), counted(workspace))


def memo_comments(workspace: Workspace, sections: Sequence[str], found: Tallies) -> None:
    """The comments on the memo and its sections, and on the proposal as a whole."""
    known = [section_place(each) for each in sections if each in SECTIONS]
    places = {place: memo_title(place) for place in (MEMO, *known)}
    _panel(workspace, Panel(MEMO, _of_memo, {**places, WHOLE: _THE_WHOLE}), found)


def open_thread(workspace: Workspace, page: str) -> None:
    """Open the thread that the address names, once, on the page and the step where it belongs."""
    named = st.query_params.get(THREAD)
    if named is None:
        return
    try:
        thread = store().commenting.thread(workspace.id, _number(named))
    except NotFound as why:
        del st.query_params[THREAD]
        st.warning(refusal(why), icon=":material/search_off:")
        return
    if _page_of(thread) != page:
        go(_page_of(thread), proposal=workspace.id, thread=str(thread.id))
    del st.query_params[THREAD]
    _show(workspace, thread)


def _show(workspace: Workspace, thread: Thread) -> None:
    st.session_state[state_key(workspace, "linked")] = thread.id
    step = None if _of_memo(thread.place) else step_of(thread.place)
    for name in (_ALL, MEMO if step is None else step.name):
        st.session_state[state_key(workspace, name, "open")] = True
    if step is not None:
        st.query_params["step"] = step.name
        if part := step.stop_of(workspace.proposal, Path(thread.place)):
            st.query_params[PART] = part


def _page_of(thread: Thread) -> str:
    return _REVIEW if _of_memo(thread.place) else _PROPOSAL


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST_NUMBER else 0


def _of_memo(place: str) -> bool:
    return place == WHOLE or is_of_memo(place)


def _of_step(step: Step) -> Callable[[str], bool]:
    return lambda place: not _of_memo(place) and step_of(place).name == step.name


def _is_there(written: Mapping[str, object], path: str) -> bool:
    """Whether every row that the path goes through is saved: a row that is being added is no place yet."""
    keys = Path(path).keys
    rows = (Path.of(*keys[: depth + 1]) for depth, key in enumerate(keys) if key.isdecimal())
    return all(value_at(written, row) is not None for row in rows)


# The panel -----------------------------------------------------------------------------------------


@st.fragment
def _panel(workspace: Workspace, panel: Panel, found: Tallies) -> None:
    """What the run of the page has counted is enough for a panel that is shut."""
    if has_changed(workspace):
        # The counts on the page are others now.
        st.rerun()
    if not _is_open(workspace, panel, found.within(panel.is_here)):
        return
    # The fields below stay in reach, however much was written.
    with st.container(border=True, height="content" if is_narrow() else _HEIGHT):
        try:
            _opened(workspace, panel)
        except GroundworkError as why:
            st.caption(f":material/cloud_off: {refusal(why)}")


def _is_open(workspace: Workspace, panel: Panel, found: Tallies) -> bool:
    """The button that opens and shuts the panel, with how many threads are open."""
    key = state_key(workspace, panel.name, "open")
    is_open = bool(st.session_state.get(key))
    said = (
        tell_count("Comments: {count} open", "Comments: {count} open", found.open) if found.open else tell("Comments")
    )
    icon = ":material/expand_less:" if is_open else ":material/chat:"
    st.button(said, key=f"{key}:button", icon=icon, type="tertiary", on_click=_turn, args=(key, is_open))
    return is_open


def _turn(key: str, is_open: bool) -> None:
    st.session_state[key] = not is_open


def _opened(workspace: Workspace, panel: Panel) -> None:
    if workspace.is_away:
        st.caption(tell("Comments are shown again as soon as the database answers."))
        return
    found = _tallied(workspace, store().commenting.counts(workspace.id))
    written, writing = st.columns([3, 2], gap="medium")
    with writing:
        new_comment(workspace, panel.name, panel.places)
    with written:
        _news(workspace, panel, _seen(workspace, panel, found))
        _threads(workspace, panel, found.within(panel.is_here))
        if panel.name == MEMO:
            _elsewhere(workspace, found)


def _seen(workspace: Workspace, panel: Panel, found: Tallies) -> tuple[int, int, int]:
    """What tells whether something was written, resolved or reopened."""
    here = found.within(panel.is_here)
    return store().commenting.newest(workspace.id, here.places), here.open, here.resolved


@st.fragment(run_every=_LOOK_EVERY_SECONDS)
def _news(workspace: Workspace, panel: Panel, seen: tuple[int, int, int]) -> None:
    """Says that somebody has written meanwhile. What stands on the page stays where it is until it is asked for."""
    try:
        now = _tallied(workspace, store().commenting.counts(workspace.id))
        is_new = _seen(workspace, panel, now) != seen
    except GroundworkError:
        return
    # A place of its own, whether or not something is said: what stands below must not be drawn anew.
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_new:
            st.caption(f":material/mark_chat_unread: {tell('There is something new here.')}", width="content")
            if st.button(tell("Show it"), key=state_key(workspace, panel.name, "news"), type="tertiary"):
                st.rerun()


def _threads(workspace: Workspace, panel: Panel, found: Tallies) -> None:
    shows_all = _shows_resolved(workspace, panel, found)
    size_key = state_key(workspace, panel.name, "size")
    size = int(st.session_state.get(size_key, _MORE))
    newest, has_more = _newest(workspace, found, size, is_open=None if shows_all else True)
    linked = _linked(workspace, panel)
    shown = [*linked, *(each for each in newest if each.id not in {one.id for one in linked})]
    for thread in shown:
        draw_thread(workspace, panel.name, thread, is_linked=thread in linked)
    if not shown:
        st.caption(tell("No open comments here.") if found.resolved else tell("Nobody has commented here yet."))
    if has_more:
        st.button(
            tell("Show more"), key=f"{size_key}:button", type="tertiary", on_click=_lengthen, args=(size_key, size)
        )


def _newest(workspace: Workspace, found: Tallies, size: int, *, is_open: bool | None) -> tuple[list[Thread], bool]:
    """So many threads, the newest first, and whether there are more: however many, each can be reached."""
    here = store().commenting
    page = here.threads(workspace.id, found.places, is_open=is_open, size=size)
    threads = [*page.threads]
    while page.before is not None and len(threads) < size:
        page = here.threads(workspace.id, found.places, is_open=is_open, before=page.before, size=size - len(threads))
        threads += page.threads
    return threads, page.before is not None


def _lengthen(key: str, size: int) -> None:
    st.session_state[key] = size + _MORE


def _shows_resolved(workspace: Workspace, panel: Panel, found: Tallies) -> bool:
    if not found.resolved:
        return False
    said = tell_count("Show {count} that is resolved", "Show {count} that are resolved", found.resolved)
    return st.toggle(said, key=state_key(workspace, panel.name, "resolved"))


def _linked(workspace: Workspace, panel: Panel) -> list[Thread]:
    """The thread to which a link led, resolved or not."""
    wanted = st.session_state.get(state_key(workspace, "linked"))
    if wanted is None:
        return []
    thread = store().commenting.thread(workspace.id, int(wanted))
    return [thread] if panel.is_here(thread.place) else []


def _elsewhere(workspace: Workspace, everything: Tallies) -> None:
    """The steps on whose fields threads are open, as links."""
    many = {step.name: open_at_step(everything, step) for step in steps().values()}
    if not any(many.values()):
        return
    st.caption(tell("Comments on fields:"))
    with st.container(horizontal=True):
        for step in steps().values():
            if many[step.name]:
                said = f"{tell(step.title)}: {many[step.name]}"
                link("proposal", said, ":material/chat:", proposal=workspace.id, step=step.name)
