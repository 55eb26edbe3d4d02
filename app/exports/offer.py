"""A button that offers a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

Kind = Literal["primary", "tertiary"]


def offer(
    title: str, make: Callable[[], bytes], file_name: str, media_type: str, key: str, kind: Kind = "tertiary"
) -> None:
    """The file is made when someone asks for it, not on every visit; meanwhile the button turns."""
    st.download_button(
        title,
        data=make,
        file_name=file_name,
        mime=media_type,
        key=key,
        icon=":material/download:",
        on_click="ignore",
        type=kind,
    )
