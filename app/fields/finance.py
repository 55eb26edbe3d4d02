"""What finance adds: tax, depreciation, prices, soft benefits, fiscal years. Closed until somebody wants it."""

from __future__ import annotations

import streamlit as st

from app.fields.field import pair
from app.fields.panel import waiting_panel
from app.session.language import tell
from app.session.workspace import Workspace
from scoping.document.paths import Path

_PATH = Path.of("finance")
_LINES = (
    ("tax_rate", "depreciation_months"),
    ("inflation", "rate_is"),
    ("soft_share", "soft_counts"),
    ("starts", "fiscal_year_starts"),
)


def finance_panel(workspace: Workspace) -> None:
    """A panel with the fields of the section."""
    key = f"{workspace.id}:finance"
    if any(Path(path).is_within(_PATH) for path in workspace.drafts):
        # What cannot be saved must be in sight.
        st.session_state.setdefault(key, True)
    panel = waiting_panel(
        tell("For finance: tax, prices, soft benefits, fiscal years"), ":material/account_balance:", key
    )
    if panel is None:
        return
    with panel:
        st.caption(
            tell(
                "Whatever stands here, Review adds a statement by fiscal year. Which costs are capital is said beside "
                "each cost, under More. The verdict rests on NPV before tax."
            )
        )
        for names in _LINES:
            pair(workspace, *(_PATH / name for name in names))
