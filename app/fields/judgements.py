"""Several people judge one number: each one's quantiles are kept, and their averages count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from app.fields.estimate import judges
from app.fields.rows import table
from app.fields.words import plain
from app.session.workspace import Workspace
from scoping import Estimate, to_dict
from scoping.document.estimate import Judgement
from scoping.document.paths import Path, value_at
from scoping.document.specs import spec_at, spec_of
from scoping.text.labels import label_of


def judgements_panel(workspace: Workspace, paths: Sequence[str]) -> None:
    """A panel in which more than one person gives quantiles for one of the inputs at these paths."""
    panel = st.expander(
        "Several people judge a number",
        icon=":material/group:",
        key=f"{workspace.id}:judgements:{paths[0]}",
        on_change="rerun",
    )
    if not panel.open:
        return
    labels = {path: label_of(workspace.proposal, path) for path in paths}
    with panel:
        st.caption(
            "Ask each person alone, and write down what each one says. The quantiles are averaged; nobody's is lost."
        )
        path = st.selectbox(
            "Number", list(labels), format_func=lambda path: labels.get(path, path), index=None,
            placeholder="Which number do several people judge?", key=f"{workspace.id}:judged:{paths[0]}",
        )  # fmt: skip
        if path is not None:
            _judgements(workspace, path, labels[path])


def _judgements(workspace: Workspace, path: str, label: str) -> None:
    quantity = spec_at(workspace.proposal, path).quantity
    place = Path(path) / "judgements"
    specs = [spec_of(place / name, info) for name, info in Judgement.model_fields.items()]
    specs = [spec if spec.path.last == "by" else replace(spec, quantity=quantity, shape="number") for spec in specs]

    def save(entries: list[dict[str, Any]], _gone: set[int], typed: str) -> None:
        saved = value_at(to_dict(workspace.proposal), path)
        if not entries and not judges(saved):
            # A row has been begun, and nothing stands in it yet.
            return
        # The last judgement was taken away: its average stays, as a plain estimate.
        average = Estimate.model_validate(saved).quantiles if saved else None
        if workspace.set(path, {"judgements": entries} if entries else average, typed, kept_under=place).is_saved:
            workspace.epoch += 1

    st.markdown(f"**{plain(label)}**")
    table(workspace, place, specs, label, save, {})
