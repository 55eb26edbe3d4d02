"""What a figure or an answer rests on, said where it is entered: measured here, published, an expert, or a guess."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.choice import word
from app.fields.field import field, pair
from app.fields.panel import waiting_panel
from app.fields.resting import GROUNDS, ground_at, rest
from app.fields.widget import complain, saved_at
from app.fields.words import short
from app.session.language import tell, told
from app.session.remembered import held, place_of
from app.session.shared import reach_cached
from app.session.workspace import Workspace
from scoping import Estimate
from scoping.document.grounds import ANSWERS, Ground
from scoping.document.paths import Path
from scoping.feasibility.evidence.resting import Grounds
from scoping.text.labels import label_of
from scoping.vocabulary import GroundKind

_LONGEST_LABEL = 90


def grounds_panel(workspace: Workspace, paths: Sequence[Path], where: str) -> None:
    """A panel in which one figure or answer after the other is given its ground; nothing is drawn until it is opened.

    `where` tells the panels of one proposal apart.
    """
    if not paths:
        return
    title = tell("What a figure or an answer rests on")
    panel = waiting_panel(title, ":material/foundation:", f"{workspace.id}:grounds:{where}")
    if panel is None:
        return
    with panel:
        kinds = _kinds(workspace, paths)
        st.caption(
            tell(
                "Measured here, published, what an expert judges, or a guess. "
                "Here {guesses} of {count} rest on guesses; Review tells how much of the verdict does.",
                guesses=str(sum(kind is GroundKind.GUESS for kind in kinds.values())),
                count=str(len(kinds)),
            )
        )
        labels = _labels(workspace, paths)
        chosen = st.selectbox(
            tell("Figure or answer"), list(labels), format_func=lambda path: labels.get(path, path), index=None,
            placeholder=tell("Which one?"), key=f"{workspace.id}:ground_of:{where}",
        )  # fmt: skip
        if chosen is not None:
            _ground(workspace, Path(chosen), kinds[Path(chosen)])


def _labels(workspace: Workspace, paths: Sequence[Path]) -> dict[str, str]:
    """What people call each; the browser tells them apart by that, so no two may be called the same."""
    found: dict[str, str] = {}
    for path in paths:
        label = short(told(label_of(workspace.proposal, path)), _LONGEST_LABEL)
        alike = sum(each == label or each.startswith(f"{label} (") for each in found.values())
        found[str(path)] = f"{label} ({alike + 1})" if alike else label
    return found


def _kinds(workspace: Workspace, paths: Sequence[Path]) -> dict[Path, GroundKind]:
    """What counts for each: what somebody said, or else what follows."""
    proposal = workspace.proposal
    owners = {int(path.keys[1]) for path in paths if path.keys[0] == "alternatives"}
    measured = [index for index in owners if proposal.alternatives[index].measured_by]
    reaches = [found for index in measured if (found := reach_cached(proposal, index)) is not None]
    grounds = Grounds(proposal, reaches)
    return {path: grounds.of(path, _estimate(workspace, path)) for path in paths}


def _estimate(workspace: Workspace, place: Path) -> Estimate | None:
    saved = saved_at(workspace, place)
    return None if saved is None or place.is_within(ANSWERS) else Estimate.model_validate(saved)


def _ground(workspace: Workspace, place: Path, kind: GroundKind) -> None:
    """What one figure rests on: the kind first; once somebody has said it, who says so, when, and where it stands."""
    said, kinds = ground_at(workspace, place), [str(each) for each in GroundKind]
    key = workspace.key(Path.of("ground", place))
    # It may have been said elsewhere on the page, or follow from what was typed there.
    st.session_state[key] = str(kind if said is None else said.kind)
    st.selectbox(
        tell("Rests on"), kinds, place_of(key, kinds), key=key, format_func=word,
        on_change=_save_kind, args=(workspace, place, key),
    )  # fmt: skip
    complain(workspace.drafts.get(GROUNDS), tell("Rests on"))
    if said is None:
        st.caption(tell("Nobody has said so yet: it follows from what stands in the proposal."))
    else:
        _details(workspace, said)


def _save_kind(workspace: Workspace, place: Path, key: str) -> None:
    said, kind = ground_at(workspace, place), held(key)
    before = said.model_dump(mode="json") if said is not None else {}
    if kind != GroundKind.MEASURED:
        # What is no longer measured no longer rests on that evidence.
        before.pop("sha256", None)
    rest(workspace, place, {**before, "kind": kind})


def _details(workspace: Workspace, said: Ground) -> None:
    row = GROUNDS / workspace.proposal.grounds.index(said)
    if said.kind is GroundKind.PUBLISHED and not said.link.strip():
        st.caption(tell("Give the link too: what nobody can look up convinces nobody."))
    field(workspace, row / "link")
    pair(workspace, row / "by", row / "on", row / "confidence")
    field(workspace, row / "note")
    about = tell("What it rests on then follows from the proposal again.")
    key = workspace.key(f"{row}:remove")
    if st.button(tell("Say nothing of it"), key=key, type="tertiary", icon=":material/delete:", help=about):
        workspace.remove_row(row)
        st.rerun()
