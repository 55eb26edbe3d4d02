"""How a proposal is started: from an example, from nothing but a title, or from a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.navigation import go
from app.session.shared import store
from app.session.workspace import person
from scoping import DocumentRefused, Proposal, examples, read

_PROBLEMS_SHOWN = 20


def welcome() -> None:
    """What a team sees that has no proposal yet."""
    with st.container(border=True):
        st.subheader("Is it worth building, and can it be built?", anchor=False)
        st.markdown(
            "Groundwork takes a team through the value and the feasibility of a machine-learning project before "
            "anyone builds it, and hands the sponsor a summary to sign. Start from an example to see how it works."
        )
        _examples("welcome")
        st.divider()
        _blank("welcome")


@st.dialog("New proposal", width="medium")
def start_dialog() -> None:
    """From an example, from nothing but a title, or from a file."""
    ways: dict[str, Callable[[], None]] = {
        "An example": partial(_examples, "dialog"),
        "Blank": partial(_blank, "dialog"),
        "A JSON file": _upload,
    }
    way = st.segmented_control("Start from", list(ways), default=next(iter(ways)), required=True, key="start_from")
    ways[way]()


def _examples(place: str) -> None:
    for name in examples.NAMES:
        example = examples.load(name)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container():
                st.markdown(f"**{plain(example.title)}**")
                st.caption(short_plain(example.summary, 170))
            if st.button("Start from this", key=f"{place}:{name}", help=plain(example.title)):
                _open(example, f"example {name}")


def _blank(place: str) -> None:
    with st.form(f"blank:{place}", border=False):
        title = st.text_input("Title of a blank proposal", placeholder="What would the system do, and for whom?")
        if st.form_submit_button("Create blank proposal", type="primary"):
            if title.strip():
                _open(read({"title": title.strip()}), "blank")
            st.error("Title: give the proposal a name; you can change it later.")


def _upload() -> None:
    file = st.file_uploader("Proposal document", type="json", key="upload")
    if file is None:
        st.caption("A JSON file that Groundwork exported, or one that follows its JSON Schema (see Settings).")
        return
    try:
        proposal = read(file.getvalue())
    except DocumentRefused as refused:
        st.error("Nothing was imported. Mend these places and try again:", icon=":material/error:")
        st.markdown("\n".join(f"- {plain(str(problem))}" for problem in refused.problems[:_PROBLEMS_SHOWN]))
        if len(refused.problems) > _PROBLEMS_SHOWN:
            st.caption(f"The first {_PROBLEMS_SHOWN} of {len(refused.problems):,}.")
        return
    st.markdown(f"**{short_plain(proposal.title)}**")
    if st.button("Import", type="primary"):
        _open(proposal, "import")


def _open(proposal: Proposal, origin: str) -> None:
    saved = store().create(proposal, person(), origin)
    go("proposal", proposal=saved.id)
