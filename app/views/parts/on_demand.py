"""What takes seconds to work out, and so waits on the Review page until somebody opens it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.fields.panel import waiting_panel
from app.session.language import chosen_language, tell
from app.session.shared import assessed_with_firmness, assessed_with_pilot_sizes
from app.session.workspace import Workspace
from app.views.parts.blocks import draw_blocks
from scoping.reports import firmness_told, pilot_size_told
from scoping.text.wording import number


def firmness(workspace: Workspace) -> None:
    """How firm the verdict is."""
    _panel(
        workspace,
        "firmness",
        tell("How firm is the verdict, and what would change it?"),
        ":material/balance:",
        firmness_shown,
    )


def pilot_size(workspace: Workspace) -> None:
    """How large the pilot should be."""
    _panel(workspace, "pilot_size", tell("How large should the pilot be?"), ":material/science:", _pilot_size)


def _panel(workspace: Workspace, name: str, title: str, icon: str, fill: Callable[[Workspace], None]) -> None:
    panel = waiting_panel(title, icon, f"{workspace.id}:{name}")
    if panel is None:
        return
    with panel, st.spinner(tell("Trying other seeds, other values and other sizes")):
        fill(workspace)


def firmness_shown(workspace: Workspace) -> None:
    """The verdict at other seeds and values, and the nearest changes that would flip it."""
    part = firmness_told(assessed_with_firmness(workspace.proposal), chosen_language())
    if part is None:
        st.caption(tell("The verdict does not rest on figures: a gate or a missing answer decides it."))
        return
    draw_blocks(part.section())


def _pilot_size(workspace: Workspace) -> None:
    found = assessed_with_pilot_sizes(workspace.proposal)
    part = pilot_size_told(workspace.proposal, found, chosen_language())
    if part is None:
        st.caption(
            tell(
                "Not known yet: it takes an alternative with a model whose metrics are uncertain, "
                "and what the pilot costs."
            )
        )
        return
    draw_blocks(part.section())
    sizes = found.pilot_sizes
    if sizes and sizes.best and not sizes.is_open_ended and not sizes.is_near(workspace.proposal.pilot.labelled_cases):
        _take_over(workspace, sizes.best)


def _take_over(workspace: Workspace, cases: int) -> None:
    """One click plans the pilot with the best size."""
    if not st.button(
        tell("Plan the pilot with {cases} labelled cases", cases=number(cases, 0)), key=f"{workspace.id}:take_over"
    ):
        return
    if workspace.set("pilot.labelled_cases", cases, str(cases)).is_taken:
        st.rerun()
    draft = workspace.drafts.get("pilot.labelled_cases")
    st.error(draft.problem if draft else tell("Not saved: first choose between the two versions, under Edit."))
