"""What is worked out behind a page: how far it is, until the page can be drawn with it."""

from __future__ import annotations

from typing import Protocol

import streamlit as st

from app.session.language import told

_EVERY_SECONDS = 1.0


class UnderWay(Protocol):
    """Something that is being worked out. It is looked at every second, so it asks no database."""

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to wait for."""
        ...

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        ...

    def told(self) -> str:
        """How far it is, in words."""
        ...


@st.fragment(run_every=_EVERY_SECONDS)
def under_way(work: UnderWay) -> None:
    """How far it is; the page is drawn anew once it is there."""
    if work.is_over:
        st.rerun()
    st.progress(work.share, told(work.told()))
