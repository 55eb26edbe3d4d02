"""Whether a page that changes a proposal may go on: what it says instead where it may not."""

from __future__ import annotations

from app.session.language import tell
from app.session.workspace import Workspace
from app.views.parts.conflict import conflict_panel
from app.views.parts.door import not_here
from db import Action


def may_be_changed(workspace: Workspace) -> bool:
    """True where the person may change the proposal, and has no choice to make first."""
    if Action.EDIT not in workspace.allowed():
        not_here(tell("You may read this proposal, not change it. Review shows all of it."))
        return False
    if workspace.conflict is not None:
        conflict_panel(workspace)
        return False
    return True
