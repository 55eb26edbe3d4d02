"""The rounds of review on the Review page: what is under review, what each function says, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.panel import waiting_panel
from app.fields.words import plain, short_plain
from app.session.language import tell, tell_count, told
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.badge import Look
from app.views.parts.changes import told_changes
from app.views.parts.reviewing_forms import advice_form, changes_form, withdraw_button
from app.views.parts.stage import stage_badge, stage_by_hand, standing_of
from app.views.parts.submitting import submitting
from db import Advice, Review, ReviewState
from scoping.reports.changes import changes_between
from scoping.text.languages import message
from scoping.text.reviewing import function_title, stance_title
from scoping.text.wording import moment
from scoping.vocabulary import Stance

_LONGEST_NAME = 60
STANCE_LOOKS = {
    Stance.AGREE: Look(":material/thumb_up:", "green"),
    Stance.AGREE_IF: Look(":material/rule:", "orange"),
    Stance.DISAGREE: Look(":material/thumb_down:", "red"),
    None: Look(":material/hourglass_empty:", "gray"),
}
"""How what a function says looks."""
_ENDED = {
    ReviewState.OPEN: message("Under review"),
    ReviewState.CHANGES_REQUESTED: message("Ended: changes requested"),
    ReviewState.DECIDED: message("Ended: decided"),
    ReviewState.WITHDRAWN: message("Ended: withdrawn"),
}


def reviewing(workspace: Workspace, rounds: Sequence[Review]) -> None:
    """The newest round with what can be done in it, the earlier ones behind a click, and what became of the decision."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(tell("Advice"), anchor="advice")
        submitting(workspace)
    _standing(workspace)
    newest = rounds[0] if rounds else None
    if newest is None:
        st.caption(tell("Nobody has submitted this proposal yet: whoever works on it does, and asks for advice."))
    else:
        _newest(workspace, newest, rounds[1:])
    if rounds[1:]:
        _earlier(workspace, rounds[1:])
    stage_by_hand(workspace)


def _standing(workspace: Workspace) -> None:
    if standing := standing_of(workspace):
        stage_badge(standing.stage)


def _newest(workspace: Workspace, review: Review, before: Sequence[Review]) -> None:
    _head(review)
    _not_under_review(workspace, review)
    if before and before[0].version != review.version:
        title = tell("What changed since round {number}", number=str(before[0].number))
        _since(workspace, title, before[0].version, review.version)
    for each in review.counted:
        _function(workspace, review, before, each)
    if review.is_open:
        advice_form(workspace, review)
        with st.container(horizontal=True):
            changes_form(workspace, review)
            withdraw_button(workspace, review)


def _head(review: Review) -> None:
    st.markdown(
        tell(
            "**Round {number}**, version {version}, submitted by {who}, {moment}",
            number=str(review.number),
            version=str(review.version),
            who=_who(review.submitted_by, is_verified=review.is_verified),
            moment=plain(told(moment(review.submitted_at))),
        )
    )
    if review.note:
        st.text(review.note)
    if not review.is_open:
        st.markdown(_ending(review))
        if review.closing:
            st.text(review.closing)


def _ending(review: Review) -> str:
    said = told(_ENDED[review.state])
    if review.closed_at is None:
        return said
    by, at = short_plain(review.closed_by, _LONGEST_NAME), plain(told(moment(review.closed_at)))
    return f"{said}, {by}, {at}" if by else f"{said}, {at}"


def _who(name: str, *, is_verified: bool) -> str:
    shown = short_plain(name, _LONGEST_NAME) or tell("Someone")
    return shown if is_verified or not name else tell("{name} (name typed)", name=shown)


def _not_under_review(workspace: Workspace, review: Review) -> None:
    """What was saved since is no part of the round."""
    now = workspace.saved.version
    if now == review.version or not review.is_open:
        return
    st.warning(
        tell(
            "Version {now} has changes that are not under review: version {version} is. Submit again to have them looked at.",
            now=str(now),
            version=str(review.version),
        ),
        icon=":material/difference:",
    )
    _since(workspace, tell("What changed since it was submitted"), review.version, now)


def _since(workspace: Workspace, title: str, earlier: int, later: int) -> None:
    """What a version says otherwise than an earlier one, once somebody asks."""
    versions = tell("version {earlier} to {later}", earlier=str(earlier), later=str(later))
    key = f"{workspace.id}:{earlier}:{later}:{title}"
    panel = waiting_panel(f"{title} ({versions})", ":material/difference:", f"since:{key}")
    if panel is None:
        return
    first, second = (store().revision(workspace.id, version).proposal for version in (earlier, later))
    with panel:
        told_changes(changes_between(first, second), key)


def _function(workspace: Workspace, review: Review, before: Sequence[Review], counted: Advice) -> None:
    """One function: what counts, what it said before, and what changed since it spoke last."""
    with st.container(border=True):
        _said(counted)
        earlier = [each for each in review.advice if each.function == counted.function and each != counted]
        if earlier and _opened(tell_count("{count} earlier word", "{count} earlier words", len(earlier)), counted):
            for each in earlier:
                _said(each)
        last = next(filter(None, (each.newest_of(counted.function) for each in before)), None)
        if last is None or counted.stance is not None:
            return
        _said(last, tell("Said last, of version {version}:", version=str(last.version)))
        if last.version != review.version:
            function = told(function_title(counted.function))
            title = tell("What changed since {function} spoke", function=short_plain(function, _LONGEST_NAME))
            _since(workspace, title, last.version, review.version)


def _opened(title: str, counted: Advice) -> bool:
    return bool(st.toggle(title, key=f"earlier:{counted.function}"))


def _said(advice: Advice, lead: str = "") -> None:
    """The function, or something else before it, what it says, and who spoke for it."""
    look = STANCE_LOOKS[advice.stance]
    with st.container(horizontal=True, vertical_alignment="center"):
        name = short_plain(told(function_title(advice.function)), _LONGEST_NAME)
        (st.caption if lead else st.markdown)(lead or f"**{name}**", width="content")
        st.badge(told(stance_title(advice.stance)), icon=look.icon, color=look.colour)
        if advice.given_at is not None:
            who = _who(advice.given_by, is_verified=advice.is_verified)
            st.caption(f"{who}, {plain(told(moment(advice.given_at)))}", width="content")
    if advice.text:
        st.text(advice.text)


def _earlier(workspace: Workspace, rounds: Sequence[Review]) -> None:
    title = tell_count("{count} earlier round", "{count} earlier rounds", len(rounds))
    panel = waiting_panel(title, ":material/history:", f"rounds:{workspace.id}")
    if panel is None:
        return
    with panel:
        for each in rounds:
            with st.container(border=True):
                _head(each)
                for advice in each.advice:
                    _said(advice)
