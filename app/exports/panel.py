"""The exports of one proposal: the language, a look at each format as it will be, and the downloads."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st

from app.exports.preview import OFFICE_SUFFIXES, NoPreview, can_show, pictures
from app.session.language import language_choice
from scoping.reports import Format, Summary, formats, render
from scoping.reports.filenames import file_name

_FRAME_HEIGHT = 900
_Kind = Literal["primary", "tertiary"]

Tell = Callable[[], Summary]
"""Makes the summary when a file is asked for: what a file tells takes seconds to work out."""


def exports(title: str, tell: Tell) -> None:
    """The line above the memo."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        language_choice("review_language")
        if st.button("Preview", icon=":material/visibility:", help="Each format as it will look"):
            _preview(title, tell)
        with st.popover("Download", icon=":material/download:", type="primary"):
            for each in formats().values():
                _download(title, tell, each, f"download:{each.name}", "tertiary")


def _download(title: str, tell: Tell, format_: Format, key: str, kind: _Kind) -> None:
    """Made when someone asks for it, not on every visit; meanwhile the button turns."""
    st.download_button(
        format_.title,
        data=partial(_made, tell, format_.name),
        file_name=file_name(title, format_.suffix),
        mime=format_.media_type,
        key=key,
        icon=":material/download:",
        on_click="ignore",
        type=kind,
    )


def _made(tell: Tell, name: str) -> bytes:
    return render(tell(), name)


@st.dialog("Preview", width="large", icon=":material/visibility:")
def _preview(title: str, tell: Tell) -> None:
    known = formats()
    chosen = known[
        st.segmented_control(
            "Format",
            list(known),
            default=next(iter(known)),
            format_func=lambda name: known[name].title,
            key="preview_format",
            label_visibility="collapsed",
            required=True,
            wrap=True,
        )
    ]
    _download(title, tell, chosen, f"preview_download:{chosen.name}", "primary")
    with st.spinner(f"Making it: {chosen.title}"):
        content = _made(tell, chosen.name)
        _show(content, chosen)


def _show(content: bytes, format_: Format) -> None:
    if can_show(format_.file_type):
        _pages(content, format_)
    elif format_.file_type in OFFICE_SUFFIXES:
        st.info(
            f"{format_.title}: {len(content):,} bytes. Its pages can be shown here once LibreOffice is installed "
            "on the server; the PDF and the web page say the same.",
            icon=":material/visibility_off:",
        )
    elif format_.media_type == "text/html":
        # As an address of its own: the page can reach nothing of the app around it.
        address = f"data:text/html;charset=utf-8;base64,{base64.b64encode(content).decode()}"
        st.iframe(address, height=_FRAME_HEIGHT, alt="The summary as a web page")
    else:
        st.code(content.decode(), language=None, wrap_lines=True, height=_FRAME_HEIGHT)


def _pages(content: bytes, format_: Format) -> None:
    try:
        shown, count = _pictures(content, format_.file_type)
    except NoPreview as reason:
        st.warning(f"No preview: {reason} The download is not affected.", icon=":material/visibility_off:")
        return
    for number, picture in enumerate(shown, start=1):
        with st.container(border=True):
            st.image(picture, width="stretch", alt=f"{format_.title}: page {number} of {count}")
        st.caption(f"Page {number} of {count}", text_alignment="center")
    if count > len(shown):
        st.caption(f"The first {len(shown)} of {count} pages.")


@st.cache_data(max_entries=24, show_spinner=False)
def _pictures(content: bytes, suffix: str) -> tuple[list[bytes], int]:
    return pictures(content, suffix)
