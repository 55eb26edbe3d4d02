"""From one part of the page Choose to another: buttons, since the framework's links do not change the address there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from app.session.choice_form import show
from scoping.portfolio.scenario import Scenario


def part_link(
    label: str,
    icon: str,
    key: str,
    address: Mapping[str, str | list[str]],
    *,
    kind: Literal["secondary", "tertiary"] = "tertiary",
    disabled: bool = False,
    settings: Scenario | None = None,
) -> None:
    """A button that leads to another address of this page, where these settings are set."""
    st.button(
        label, icon=icon, key=f"part_link:{key}", type=kind, disabled=disabled, on_click=_lead, args=(address, settings)
    )  # fmt: skip


def _lead(address: Mapping[str, str | list[str]], settings: Scenario | None) -> None:
    st.query_params.from_dict({name: value for name, value in address.items() if value})
    if settings is not None:
        show(settings)
