"""Gallery: published cases rebuilt from their sources, what was published beside ours, each to start from."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, unbroken
from app.session import address
from app.session.language import tell, told
from app.session.navigation import Page, link
from app.session.shared import store
from app.views.parts.new_proposal import open_new
from db import Action
from scoping import gallery
from scoping.bridges import KINDS
from scoping.gallery import Case, Comparison, Source
from scoping.text.languages import message
from scoping.text.wording import number


def draw() -> None:
    """The cases, by kind of task."""
    st.title(tell("Published cases"), anchor=False)
    st.caption(
        tell(
            "Cases that others have published, rebuilt from the figures of their sources. What a source does not give "
            "stands in the evidence as our assumption. Each can be opened as a proposal of your own."
        )
    )
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        kinds = _kinds()
        link("portfolio", tell("Go to the portfolio"), ":material/grid_view:")
    for kind in kinds:
        for name in gallery.NAMES:
            if _kind_of(gallery.load(name)) == kind:
                _card(name, gallery.load(name))


def _kind_of(case: Case) -> str:
    return case.proposal.bridge.kind if case.proposal.bridge else ""


def _kinds() -> list[str]:
    """The kinds of task that are shown: those that somebody chose, or all of which there is a case."""
    there = {_kind_of(gallery.load(name)) for name in gallery.NAMES}
    known = [kind for kind in KINDS if kind in there]
    return address.several_field("kind", tell("Kind of task"), known, _kind_title, tell("Any"), 260) or known


def _kind_title(kind: str) -> str:
    return told(KINDS[kind].title)


def _card(name: str, case: Case) -> None:
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{plain(case.proposal.title)}**", width="content")
            st.badge(_kind_title(_kind_of(case)), color="gray")
        st.markdown(plain(case.about))
        for each in gallery.comparisons(name):
            _beside(each)
        st.caption(_source(case.source))
        with st.container(horizontal=True, vertical_alignment="center"):
            if store().may(Action.CREATE) and st.button(
                tell("Start from this"), key=f"case:{name}", help=plain(case.proposal.title)
            ):
                open_new(case.proposal, f"case {name}")
            st.link_button(
                tell("To the source"), case.source.address, icon=":material/open_in_new:", type="tertiary"
            )  # fmt: skip


def _beside(comparison: Comparison) -> None:
    """A published result, ours beside it, and why it is not the same where it is not."""
    published = comparison.published
    theirs, ours = (_written(each, published.decimals) for each in (published.value, comparison.ours))
    said = tell(
        "{what}: published **{theirs}**, here **{ours}** {unit}",
        what=plain(published.what),
        theirs=theirs,
        ours=ours,
        unit=plain(published.unit),
    )
    st.markdown(f":material/compare_arrows: {said}")
    if published.difference:
        st.caption(plain(published.difference))


def _written(value: float, decimals: int) -> str:
    return unbroken(plain(told(number(value, decimals))))


def _source(source: Source) -> str:
    year = str(source.year) if source.year else tell("undated")
    return tell(
        "Source: {authors} ({year}), {title}; {where}.",
        authors=plain(source.authors),
        year=year,
        title=plain(source.title),
        where=plain(source.where),
    )


PAGE = Page(
    url="gallery",
    title=message("Published cases"),
    icon=":material/menu_book:",
    help=message("Cases from publications, rebuilt and compared with what was published."),
    place=45,
    draw=draw,
    in_menu=False,
)
