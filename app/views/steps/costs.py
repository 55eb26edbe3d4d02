"""Step Costs and returns: what each alternative costs, and time, adoption and discounting."""

from __future__ import annotations

import streamlit as st

from app.parts.choose_alternative import choose_alternative
from app.parts.fields import estimate_heading, field, pair
from app.parts.rows import rows
from app.parts.workspace import Workspace
from scoping.alternatives import Cost


def step(workspace: Workspace) -> None:
    """The costs of one alternative at a time, and the returns of all."""
    st.subheader("Costs", anchor=False)
    st.caption(
        "The model is the small box in the middle (Sculley et al. 2015): most of the money goes to what surrounds it, year after year."
    )
    index = choose_alternative(workspace)
    if index is None:
        st.info("Add the alternatives first.", icon=":material/info:")
    else:
        rows(workspace, f"alternatives.{index}.costs", Cost, "Costs")
    st.subheader("Returns", anchor=False)
    pair(workspace, "returns.horizon_months", "returns.retrain_every_months")
    estimate_heading()
    for name in ("discount_rate", "adoption", "ramp_months", "volume_growth", "drift"):
        field(workspace, f"returns.{name}")
