"""Where a ceiling comes from: cases that two people labelled, or a published figure with its link."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.field import field, pair
from app.fields.panel import waiting_panel
from app.fields.words import plain
from app.session.language import tell, tell_count, told
from app.session.remembered import held
from app.session.workspace import Workspace
from scoping.bridges import Metric
from scoping.document.ceilings import CeilingGround
from scoping.document.paths import Path
from scoping.errors import EntryRefused
from scoping.feasibility.evidence.ceilings import agreement_of, implied_ceiling
from scoping.text.ceilings import agreement_said, implied_said
from scoping.text.pasted import read_labels
from scoping.text.wording import number
from scoping.vocabulary import CeilingKind

GROUNDS = Path.of("feasibility", "ceiling_grounds")
_ENTRY_HEIGHT = 120


def ceiling_grounds(workspace: Workspace, names: Sequence[str]) -> None:
    """A panel in which one ceiling after the other is given its ground; nothing is drawn until it is opened."""
    title = tell("Where a ceiling comes from: two people’s labels, or a publication")
    panel = waiting_panel(title, ":material/vertical_align_top:", f"{workspace.id}:ceiling_grounds")
    if panel is None or workspace.proposal.bridge is None:
        return
    metrics = {name: workspace.proposal.bridge.metric_named(name) for name in names}
    with panel:
        name = st.selectbox(
            tell("Ceiling of"),
            list(metrics),
            format_func=lambda each: told(metrics[each].title) if each in metrics else each,
            key=f"{workspace.id}:ceiling_of",
        )
        if name is not None:
            _ground(workspace, name, metrics[name])


def _ground(workspace: Workspace, name: str, metric: Metric) -> None:
    place = GROUNDS / name
    ground = workspace.proposal.feasibility.ceiling_grounds.get(name) or CeilingGround()
    field(workspace, place / "kind")
    if ground.kind is CeilingKind.PUBLISHED:
        st.caption(tell("The figure itself stands above, as the ceiling."))
        field(workspace, place / "link")
        return
    if ground.table:
        _table(workspace, place, ground)
    else:
        pair(workspace, place / "labelled", place / "agreed", place / "classes")
        _paste(workspace, place)
    _follows(workspace, metric, ground)


def _table(workspace: Workspace, place: Path, ground: CeilingGround) -> None:
    """What was pasted, and the way back to the counts."""
    counts = ground.counts
    assert counts is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            tell(
                "{cases} cases with two labels each, in {classes} classes.",
                cases=told(number(counts[0], 0)),
                classes=told(number(len(ground.table), 0)),
            )
        )
        key = workspace.key(f"{place / 'table'}:remove")
        if st.button(tell("Take out"), key=key, type="tertiary", icon=":material/delete:"):
            workspace.set(place / "table", None, "")
            st.rerun()


def _paste(workspace: Workspace, place: Path) -> None:
    """Two columns of labels; only their counts are kept."""
    key = workspace.key(f"{place / 'table'}:paste")
    st.text_area(
        tell("Or paste both people’s labels: one line a case, two columns"),
        key=key,
        height=_ENTRY_HEIGHT,
        placeholder="yes\tno\nyes\tyes",
        help=tell("From a spreadsheet, or a table of counts. Only the counts are kept, not what the labels say."),
    )
    if st.button(tell("Count them"), key=f"{key}:count", icon=":material/calculate:"):
        _count(workspace, place, str(held(key) or ""))


def _count(workspace: Workspace, place: Path, text: str) -> None:
    try:
        found = read_labels(text)
    except EntryRefused as refused:
        st.error(plain(told(refused.allowed)), icon=":material/error:")
        return
    if not workspace.set(place / "table", found.table, "").is_taken:
        return
    if found.left_out:
        st.toast(tell_count("{count} line had one label only.", "{count} lines had one label only.", found.left_out))
    st.rerun()


def _follows(workspace: Workspace, metric: Metric, ground: CeilingGround) -> None:
    """How far they agree, and the ceiling that it implies."""
    agreement = agreement_of(ground)
    if agreement is None:
        st.caption(tell("Two people label the same cases apart; some 100 cases are enough for a first answer."))
        return
    st.markdown(plain(told(agreement_said(agreement))))
    implied = implied_ceiling(workspace.proposal, metric, ground)
    st.markdown(plain(told(implied_said(metric, implied))))
    if implied is not None:
        st.caption(tell("It counts as the ceiling as long as none is given above."))
