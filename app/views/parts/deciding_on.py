"""What a decision is on: the version under review, or else the newest one."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app.fields.words import plain
from app.session.language import tell, told
from app.session.shared import assess_cached, store
from app.session.workspace import Workspace
from db import Review
from scoping import Assessment, Proposal
from scoping.text.languages import listed
from scoping.text.reviewing import function_title


@dataclass(frozen=True)
class Subject:
    """The version that is decided on, as it was assessed, and the round in which it is under review, if any."""

    workspace: Workspace
    proposal: Proposal
    version: int
    assessment: Assessment
    review: Review | None = None


def subject_of(workspace: Workspace, assessment: Assessment, review: Review | None) -> Subject:
    """What a decision would be on now. `assessment` is that of the newest version."""
    now = workspace.saved.version
    if review is None or review.version == now:
        return Subject(workspace, workspace.proposal, now, assessment, review)
    pinned = store().revision(workspace.id, review.version).proposal
    return Subject(workspace, pinned, review.version, assess_cached(pinned), review)


def told_before(subject: Subject) -> None:
    """Before the form: on which version the decision is, who is against it, and who was not heard yet."""
    now = subject.workspace.saved.version
    if subject.version != now:
        said = tell(
            "The decision is on version {version}, which is under review; the memo above is of version {now}.",
            version=str(subject.version),
            now=str(now),
        )
        st.info(said, icon=":material/difference:")
    if subject.review is not None:
        _not_of_one_mind(subject.review)
    elif store().review_settings.needs_review():
        said = tell("Decisions are on versions that were submitted: submit this one first.")
        st.info(said, icon=":material/send:")


def _not_of_one_mind(review: Review) -> None:
    """Who is against it, and who was not heard yet."""
    if review.against:
        named = _named(review.against)
        st.warning(
            tell("Against it: {functions}. To decide all the same, give the reason.", functions=named),
            icon=":material/thumb_down:",
        )
    if review.silent:
        named = _named(review.silent)
        st.warning(
            tell("Not heard yet: {functions}. To decide all the same, give the reason.", functions=named),
            icon=":material/hourglass_empty:",
        )


def _named(functions: tuple[str, ...]) -> str:
    return plain(told(listed([function_title(each) for each in functions])))
