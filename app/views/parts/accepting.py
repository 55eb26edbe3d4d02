"""Measured metrics beside an alternative's own estimates: taken over, or overruled with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.charts.draw import chart
from app.fields.estimate import shown_in_boxes
from app.fields.panel import waiting_panel
from app.fields.resting import ground_at, rest
from app.fields.widget import complain, grammar_of, saved_at
from app.fields.words import plain, short, short_plain
from app.session.language import chosen_language, tell, told
from app.session.remembered import held
from app.session.shared import reach_cached
from app.session.workspace import Workspace
from app.views.parts.parts_of_work import part_called
from scoping import Estimate
from scoping.document.paths import Path
from scoping.document.specs import spec_at
from scoping.feasibility.evidence.operating import part_measured
from scoping.feasibility.evidence.reach import Reach
from scoping.feasibility.evidence.shown import Shown
from scoping.reports import reach_told
from scoping.text.labels import label_of
from scoping.text.reach import reach_said
from scoping.text.wording import metric_value
from scoping.vocabulary import GroundKind

_LONGEST_NAME = 60
_CEILINGS = Path.of("feasibility", "ceilings")


def measured_by(workspace: Workspace, index: int) -> None:
    """Which evidence measured an alternative, and what it shows; nothing where none is attached."""
    if not workspace.proposal.evidence:
        return
    _choose_evidence(workspace, index)
    _choose_part(workspace, index)
    if workspace.proposal.alternatives[index].measured_by:
        title = tell("What the evidence shows, in money")
        panel = waiting_panel(title, ":material/insights:", f"{workspace.id}:shown:{index}")
        if panel is not None:
            with panel:
                _shown(workspace, index)


def _choose_evidence(workspace: Workspace, index: int) -> None:
    names = {each.id: short(each.source.name, _LONGEST_NAME) for each in workspace.proposal.evidence if each.id}
    path = Path.of("alternatives", index, "measured_by")
    _choose(workspace, path, names, saved_at(workspace, path))


def _choose_part(workspace: Workspace, index: int) -> None:
    """Which of several parts of the work the evidence speaks of."""
    alternative, bridge = workspace.proposal.alternatives[index], workspace.proposal.bridge
    if bridge is None or not alternative.measured_by or len(bridge.parts()) == 1:
        return
    found = part_measured(bridge, alternative)
    parts = {part.id: part_called(part) for part in bridge.parts() if part.id not in alternative.left_as_today}
    _choose(workspace, Path.of("alternatives", index, "measured_part"), parts, found.id if found else None)


def _choose(workspace: Workspace, path: Path, titles: Mapping[str, str], now: str | None) -> None:
    spec, key = spec_at(workspace.proposal, path), workspace.key(path)
    st.session_state.setdefault(key, now if now in titles else None)
    st.selectbox(
        tell(spec.title),
        list(titles),
        index=None,
        format_func=lambda each: titles.get(each, each),
        key=key,
        help=tell(spec.help),
        placeholder=tell("None"),
        on_change=_save_choice,
        args=(workspace, path, key),
    )
    complain(workspace.drafts.get(path), tell(spec.title))


def _save_choice(workspace: Workspace, path: Path, key: str) -> None:
    chosen = held(key)
    workspace.set(path, chosen or None, str(chosen or ""))


def _shown(workspace: Workspace, index: int) -> None:
    found = reach_cached(workspace.proposal, index)
    if found is None:
        st.caption(
            tell(
                "This evidence cannot be put into money yet: it measured nothing that this kind of task reads, or something of the alternative is missing."
            )
        )
        return
    for sentence in reach_said(found, workspace.proposal.currency):
        st.markdown(f"- {plain(told(sentence))}")
    figure = reach_told(found, workspace.proposal.currency, chosen_language())
    if figure is not None:
        chart(figure, f"chart:reach:{index}")
    for each in found.shown:
        _metric(workspace, found, each, found.metric_of(each.metric.name))


def _metric(workspace: Workspace, found: Reach, shown: Shown, name: str) -> None:
    """One metric: today's estimate, what was measured, and what may be done about it."""
    place = Path.of("alternatives", found.index, "metrics", name)
    unit = shown.metric.quantity.unit
    with st.container(border=True):
        low, value, high = (
            told(metric_value(each, unit)) for each in (shown.measured.low, shown.measured.value, shown.measured.high)
        )
        st.markdown(
            tell(
                "**{metric}**: measured {value} (95% interval {low} to {high}); your estimate today {own}",
                metric=plain(told(shown.metric.title)),
                value=value,
                low=low,
                high=high,
                own=_own(workspace, place),
            )
        )
        for each in (place, _CEILINGS / name):
            if _rests_on(workspace, each, found.evidence):
                label = short_plain(told(label_of(workspace.proposal, each)), _LONGEST_NAME)
                st.caption(f":material/check: {tell('Taken over: {field}', field=label)}")
        with st.container(horizontal=True):
            key = workspace.key(f"{place}:measured")
            if st.button(tell("Take over as the estimate"), key=f"{key}:estimate", icon=":material/check:"):
                _take_over(workspace, place, shown.estimate, found.evidence)
            if shown.ceiling is not None and st.button(tell("Take over as the ceiling"), key=f"{key}:ceiling"):
                _take_over(workspace, _CEILINGS / name, shown.ceiling, found.evidence)
        _own_reason(workspace, place)


def _own(workspace: Workspace, place: Path) -> str:
    saved = saved_at(workspace, place)
    if saved is None:
        return tell("none")
    value = Estimate.model_validate(saved).quantiles if isinstance(saved, dict) else saved
    texts = shown_in_boxes(spec_at(workspace.proposal, place), value, grammar_of(workspace))
    return plain(" / ".join(filter(None, texts.values())))


def _take_over(workspace: Workspace, place: Path, estimate: Estimate, evidence: str) -> None:
    """The measured range becomes the team's, and rests on the evidence."""
    value: Any = estimate.p50 if estimate.is_certain else estimate.quantiles
    if not workspace.set(place, value, "").is_taken:
        draft = workspace.drafts.get(place)
        st.error(
            plain(draft.problem) if draft else tell("Not saved: first choose between the two versions, under Edit.")
        )
        workspace.forget(place)
        return
    rest(workspace, place, {"kind": GroundKind.MEASURED, "sha256": evidence})
    # The boxes of the field show what was taken over.
    workspace.epoch += 1
    st.rerun()


def _rests_on(workspace: Workspace, place: Path, evidence: str) -> bool:
    """Whether a figure was taken over from this evidence."""
    ground = ground_at(workspace, place)
    return ground is not None and ground.sha256 == evidence


def _own_reason(workspace: Workspace, place: Path) -> None:
    """Why the team keeps another figure than the one that was measured."""
    ground = ground_at(workspace, place)
    key = workspace.key(f"{place}:reason")
    st.session_state.setdefault(key, ground.note if ground else "")
    st.text_input(
        tell("Keep our own figure, because"),
        key=key,
        on_change=_keep_own,
        args=(workspace, place, key),
        placeholder=tell("What the sample does not show"),
    )


def _keep_own(workspace: Workspace, place: Path, key: str) -> None:
    reason = str(held(key) or "").strip()
    kind = {"kind": GroundKind.EXPERT, "note": reason} if reason else {"kind": GroundKind.GUESS}
    rest(workspace, place, kind)
