"""How a proposal is started: from an example, from nothing but a title, or from a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.fields.words import plain, short, short_plain
from app.session.language import tell, told
from app.session.navigation import go, link
from app.session.person import person
from app.session.shared import store
from app.session.undoing import started
from app.views.parts.demo import demo_offer
from scoping import DocumentRefused, Proposal, examples, read
from scoping.document.refusal import problem_said
from scoping.organisation import begun
from scoping.text.wording import number

_PROBLEMS_SHOWN = 20


def welcome() -> None:
    """What a team sees that has no proposal yet."""
    with st.container(border=True):
        st.header(tell("Is it worth building, and can it be built?"), anchor=False)
        st.markdown(
            tell(
                "Groundwork takes a team through the value and the feasibility of a machine-learning project before anyone builds it, and hands the sponsor a summary to sign. Start from an example to see how it works."
            )
        )
        demo_offer("welcome")
        _examples("welcome")
        st.divider()
        _blank("welcome")


def start_dialog() -> None:
    """From an example, from nothing but a title, or from a file."""
    # The title is said in the person's language, which is known only now.
    st.dialog(tell("New proposal"), width="medium")(_start)()


def _start() -> None:
    ways: dict[str, Callable[[], None]] = {
        "example": _examples_and_demo,
        "blank": partial(_blank, "dialog"),
        "file": _upload,
    }
    titles = {"example": tell("An example"), "blank": tell("Blank"), "file": tell("A JSON file")}
    way = st.segmented_control(
        tell("Start from"),
        list(ways),
        format_func=titles.__getitem__,
        default="example",
        required=True,
        key="start_from",
    )
    ways[way]()


def _examples_and_demo() -> None:
    _examples("dialog")
    demo_offer("dialog")


def _examples(place: str) -> None:
    link("gallery", tell("Or from a published case, rebuilt from its source"), ":material/menu_book:")
    for name in examples.NAMES:
        example = examples.load(name)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container():
                st.markdown(f"**{plain(example.title)}**")
                st.caption(short_plain(example.summary, 170))
            if st.button(tell("Start from this"), key=f"{place}:{name}", help=plain(example.title)):
                open_new(example, f"example {name}")


def _blank(place: str) -> None:
    with st.form(f"blank:{place}", border=False):
        title = st.text_input(
            tell("Title of a blank proposal"), placeholder=tell("What would the system do, and for whom?")
        )
        if st.form_submit_button(tell("Create blank proposal"), type="primary", key=f"create_blank:{place}"):
            if title.strip():
                open_new(_begun(title.strip()), "blank")
            st.error(tell("Title: give the proposal a name; you can change it later."))


def _begun(title: str) -> Proposal:
    """A proposal with nothing but a title, and what the organisation laid down."""
    now = store().organisation.current()
    return begun(now.organisation, now.version, title)


def _upload() -> None:
    file = st.file_uploader(tell("Proposal document"), type="json", key="upload")
    if file is None:
        st.caption(tell("A JSON file that Groundwork exported, or one that follows its JSON Schema (see Settings)."))
        return
    try:
        proposal = read(file.getvalue())
    except DocumentRefused as refused:
        st.error(tell("Nothing was imported. Mend these places and try again:"), icon=":material/error:")
        st.markdown(
            "\n".join(f"- {plain(told(problem_said(problem)))}" for problem in refused.problems[:_PROBLEMS_SHOWN])
        )
        if refused.total > _PROBLEMS_SHOWN:
            st.caption(
                tell("The first {shown} of {count}.", shown=str(_PROBLEMS_SHOWN), count=number(refused.total, 0))
            )
        return
    st.markdown(f"**{short_plain(proposal.title)}**")
    if st.button(tell("Import"), type="primary", key="import"):
        open_new(proposal, "import")


def open_new(proposal: Proposal, origin: str) -> None:
    """Save it as a new proposal, and show that."""
    saved = store().create(proposal, person(), origin)
    started(saved, tell("“{title}” is a new proposal; nothing was overwritten.", title=short(proposal.title, 60)))
    go("proposal", proposal=saved.id)
