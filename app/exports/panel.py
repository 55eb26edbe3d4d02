"""The exports of one proposal: the language, a look at each format as it will be, and the downloads."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial

import streamlit as st

from app.exports.offer import Kind, offer
from app.exports.preview import OFFICE_SUFFIXES, NoPreview, can_show, pictures
from app.session.language import language_choice, tell
from scoping.reports import Format, Summary, formats, render
from scoping.reports.filenames import file_name
from scoping.text.wording import number

_FRAME_HEIGHT = 900

_WITH_COMMENTS = "exports_with_comments"

Tell = Callable[[], Summary]
"""Makes the summary when a file is asked for: what a file tells takes seconds to work out."""


def exports(title: str, tell_of: Callable[[bool], Summary], comments: int) -> None:
    """The line above the memo. `tell_of` makes the summary, with the comments or without; `comments` counts them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        language_choice("review_language")
        make = partial(tell_of, _with_comments() if comments else False)
        if st.button(tell("Preview"), icon=":material/visibility:", help=tell("Each format as it will look")):
            st.dialog(tell("Preview"), width="large", icon=":material/visibility:")(_preview)(title, make)
        with st.popover(tell("Download"), icon=":material/download:", type="primary"):
            for each in formats().values():
                _download(title, make, each, f"download:{each.name}", "tertiary")


def _download(title: str, make: Tell, format_: Format, key: str, kind: Kind) -> None:
    content = partial(_made, make, format_.name)
    offer(tell(format_.title), content, file_name(title, format_.suffix), format_.media_type, key, kind)


def _made(make: Tell, name: str) -> bytes:
    return render(make(), name)


def _preview(title: str, make: Tell) -> None:
    known = formats()
    chosen = known[
        st.segmented_control(
            tell("Format"),
            list(known),
            default=next(iter(known)),
            format_func={name: tell(each.title) for name, each in known.items()}.__getitem__,
            key="preview_format",
            label_visibility="collapsed",
            required=True,
            wrap=True,
        )
    ]
    _download(title, make, chosen, f"preview_download:{chosen.name}", "primary")
    with st.spinner(tell("Making it: {format}", format=tell(chosen.title))):
        content = _made(make, chosen.name)
        _show(content, chosen)


def _show(content: bytes, format_: Format) -> None:
    if can_show(format_.file_type):
        _pages(content, format_)
    elif format_.file_type in OFFICE_SUFFIXES:
        st.info(
            tell(
                "{format}: {size} bytes. Its pages can be shown here once LibreOffice is installed on the server; "
                "the PDF and the web page say the same.",
                format=tell(format_.title),
                size=number(len(content), 0),
            ),
            icon=":material/visibility_off:",
        )
    elif format_.media_type == "text/html":
        # As an address of its own: the page can reach nothing of the app around it.
        address = f"data:text/html;charset=utf-8;base64,{base64.b64encode(content).decode()}"
        st.iframe(address, height=_FRAME_HEIGHT, alt=tell("The summary as a web page"))
    else:
        st.code(content.decode(), language=None, wrap_lines=True, height=_FRAME_HEIGHT)


def _pages(content: bytes, format_: Format) -> None:
    try:
        shown, count = _pictures(content, format_.file_type)
    except NoPreview as reason:
        st.warning(
            tell("No preview: {reason} The download is not affected.", reason=tell(str(reason))),
            icon=":material/visibility_off:",
        )
        return
    for page, picture in enumerate(shown, start=1):
        with st.container(border=True):
            st.image(picture, width="stretch", alt=_page_of(page, count, format_))
        st.caption(tell("Page {number} of {count}", number=str(page), count=str(count)), text_alignment="center")
    if count > len(shown):
        st.caption(tell("The first {shown} of {count} pages.", shown=str(len(shown)), count=str(count)))


def _page_of(page: int, count: int, format_: Format) -> str:
    """What a picture of a page shows."""
    title = tell(format_.title)
    return tell("{format}: page {number} of {count}", format=title, number=str(page), count=str(count))


@st.cache_data(max_entries=24, show_spinner=False)
def _pictures(content: bytes, suffix: str) -> tuple[list[bytes], int]:
    return pictures(content, suffix)


def _with_comments() -> bool:
    """The choice whether the files tell what people wrote about the proposal."""
    return st.toggle(
        tell("With comments"),
        key=_WITH_COMMENTS,
        help=tell("Every thread, open or resolved, as an appendix to the memo."),
    )
