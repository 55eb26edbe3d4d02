"""From one part of the page Choose to another: buttons, since the framework's links do not change the address there."""

from __future__ import annotations

from typing import Literal

import streamlit as st


def part_link(
    label: str,
    icon: str,
    key: str,
    *,
    kind: Literal["secondary", "tertiary"] = "tertiary",
    disabled: bool = False,
    **address: str | list[str],
) -> None:
    """A button that leads to another address of this page."""
    st.button(
        label, icon=icon, key=f"part_link:{key}", type=kind, disabled=disabled, on_click=_lead, kwargs=address
    )  # fmt: skip


def _lead(**address: str | list[str]) -> None:
    st.query_params.from_dict({name: value for name, value in address.items() if value})
