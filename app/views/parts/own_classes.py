"""The outside view on step Costs: what it says, whose class it is, and the organisation's own one to take over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from app.fields.words import plain
from app.session.language import tell, told
from app.session.shared import appraise_cached, outside_view_cached
from app.session.workspace import Workspace
from scoping.document.own_classes import OwnFactor
from scoping.record.own_classes import ENOUGH, FEWEST, to_take_over
from scoping.reports.outside import outside_said
from scoping.text.reference_classes import factor_line, own_sentence
from scoping.vocabulary import OutsideViewClass

_PATH = "returns.own_classes"


def own_classes_part(workspace: Workspace) -> None:
    """What stands in the proposal, what the track record offers, and what the leading alternative is worth with it."""
    held, now = workspace.proposal.returns.own_classes, _on_offer(workspace)
    # What comes and goes has a place of its own: the panels below must not change places.
    with st.container(gap="small"):
        if held:
            st.markdown(f"**{plain(told(own_sentence(held)))}**")
            _lines(held)
        _worth(workspace)
        if held:
            _remove(workspace)
        if now and not _is_as(now, held):
            _offer(workspace, now, is_newer=bool(held))


def _on_offer(workspace: Workspace) -> list[OwnFactor]:
    """The classes of the track record, blended with the published one that the proposal chose."""
    found = workspace.learned()
    if found is None:
        return []
    published = workspace.proposal.returns.outside_view or OutsideViewClass.IT_PROJECTS
    return to_take_over(found.overruns, published, as_of=date.today())


def _is_as(now: Sequence[OwnFactor], held: Sequence[OwnFactor]) -> bool:
    return len(now) == len(held) and all(any(each.is_like(one) for one in held) for each in now)


def _remove(workspace: Workspace) -> None:
    st.button(
        tell("Remove the own classes"), key=workspace.key(f"{_PATH}:remove"), icon=":material/delete:", type="tertiary",
        help=tell("The outside view is then that of the published class, or none. The history keeps them."),
        on_click=_save, args=(workspace, ()),
    )  # fmt: skip


def _offer(workspace: Workspace, now: Sequence[OwnFactor], *, is_newer: bool) -> None:
    if is_newer:
        st.markdown(tell("The track record says something else by now:"))
    else:
        st.markdown(tell("The track record has a class of your own projects, which can stand in the outside view:"))
    _lines(now)
    st.button(
        tell("Take over the own classes"), key=workspace.key(f"{_PATH}:take"), icon=":material/download_done:",
        help=tell(
            "A copy goes into the proposal, as one step that the history shows; your own figures stay as they are. From {fewest} projects on they count beside the published class, from {enough} on alone. They are of the decided proposals that you may see.",
            fewest=str(FEWEST),
            enough=str(ENOUGH),
        ),
        on_click=_save, args=(workspace, tuple(now)),
    )  # fmt: skip


def _lines(factors: Sequence[OwnFactor]) -> None:
    st.caption("\n".join(f"- {plain(told(factor_line(each)))}" for each in factors))


def _worth(workspace: Workspace) -> None:
    found = outside_view_cached(workspace.proposal)
    said = "" if found is None else outside_said(appraise_cached(workspace.proposal), found)
    if said:
        st.caption(plain(told(said)))


def _save(workspace: Workspace, factors: Sequence[OwnFactor]) -> None:
    """An ordinary save: a version, a line of the history, one step to take back."""
    workspace.set(_PATH, [each.model_dump(mode="json", exclude_none=True) for each in factors], "")
