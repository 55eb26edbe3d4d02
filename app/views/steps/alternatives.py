"""Step Alternatives: the status quo, rules, buying, models; the quality each one reaches."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, count

import streamlit as st

from app.fields.field import field, pair
from app.fields.grounds import grounds_panel
from app.fields.judgements import judgements_panel
from app.fields.more import more
from app.fields.widget import saved_at
from app.session.language import tell, told
from app.session.workspace import Workspace
from app.views.parts.accepting import measured_by
from app.views.parts.choose_alternative import choose_alternative, show_alternative
from app.views.parts.metrics import metrics
from app.views.parts.step import Step
from scoping.document.paths import Path
from scoping.reports.completeness import of_alternatives
from scoping.reports.titles import KIND_TITLES
from scoping.text.languages import message
from scoping.vocabulary import AlternativeKind

_DIFFERS = message("Where it differs from the others")
_AS_FOR_ALL = message("What is left empty is as for all alternatives, in Costs and returns.")
_DIFFERENCES = {
    message("Roll-out and use"): (
        "first_use_months",
        "adoption",
        "ramp_months",
        "benefits_by_year",
        "months_of_use",
    ),
    message("Quality over time"): ("drift", "retrain_every_months", "retraining_cost"),
    message("At the end, and what it rests on"): ("residual_value", "rests_on"),
}
"""What most alternatives have as the others have it, in the order in which it is asked."""


def draw(workspace: Workspace) -> None:
    """One alternative at a time."""
    st.caption(
        tell(
            "Exactly one is the status quo; every other is valued against it. Not every problem needs a model: add a rule or a bought solution too."
        )
    )
    _add(workspace)
    index = choose_alternative(workspace)
    if index is None:
        st.info(tell("Begin with the status quo: what happens today."), icon=":material/flag:")
        return
    _one(workspace, index)


def _add(workspace: Workspace) -> None:
    has_status_quo = workspace.proposal.status_quo is not None
    kinds = [str(kind) for kind in AlternativeKind if not (has_status_quo and kind is AlternativeKind.STATUS_QUO)]
    chosen = st.menu_button(
        tell("Add an alternative"),
        kinds,
        format_func={kind: told(KIND_TITLES[kind]) for kind in kinds}.__getitem__,
        icon=":material/add:",
        key="add_alternative",
    )
    if chosen is None:
        return
    present = saved_at(workspace, "alternatives") or []
    name = _free_name(told(KIND_TITLES[chosen]), {each.get("name") for each in present})
    if workspace.set("alternatives", [*present, {"name": name, "kind": chosen}], "").is_taken:
        show_alternative(len(present))
        st.rerun()


def _free_name(title: str, taken: Collection[object]) -> str:
    """The title, or the title with the first number that makes it a name of its own."""
    numbered = (f"{title} {number}" for number in count(2))
    return next(name for name in chain([title], numbered) if name not in taken)


def _one(workspace: Workspace, index: int) -> None:
    path = Path.of("alternatives", index)
    alternative = workspace.proposal.alternatives[index]
    with st.container(border=True):
        pair(workspace, path / "name", path / "kind")
        metrics(workspace, index)
        if not alternative.is_status_quo:
            field(workspace, path / "build_months")
            field(workspace, path / "success_probability")
            measured_by(workspace, index)
            more(workspace, path, _DIFFERS, _AS_FOR_ALL, _DIFFERENCES, _difference)
        own = [
            each for each in workspace.proposal.inputs() if each.is_within(path) and not each.is_within(path / "costs")
        ]
        if own:
            judgements_panel(workspace, own)
        grounds_panel(workspace, own, str(path))
        field(workspace, path / "evidence")
        if st.button(tell("Remove this alternative"), icon=":material/delete:", key=f"remove:{index}", type="tertiary"):
            _remove(workspace, index)


def _difference(workspace: Workspace, path: Path) -> None:
    if path.last == "rests_on":
        names = [each.name for each in workspace.proposal.returns.shared_causes if each.name]
        field(workspace, path, options={name: name for name in names})
    else:
        field(workspace, path)


def _remove(workspace: Workspace, index: int) -> None:
    if workspace.remove_row(Path.of("alternatives", index)).is_taken:
        show_alternative(max(index - 1, 0))
        st.rerun()


STEP = Step(
    name="alternatives",
    title=message("Alternatives"),
    place=20,
    draw=draw,
    completeness=of_alternatives,
    holds=("alternatives",),
)
