"""Several people judge one number: each one's quantiles are kept, and their averages count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from app.fields.estimate import is_agreed, judges, shown_in_boxes
from app.fields.gathered import STILL_OPEN, Column, Gathering, Texts, gathered
from app.fields.panel import waiting_panel
from app.fields.widget import grammar_of, saved_at
from app.fields.words import plain
from app.session.language import tell, told
from app.session.navigation import link
from app.session.outcome import SaveOutcome
from app.session.workspace import Workspace
from scoping import Estimate
from scoping.document.estimate import QUANTILE_TITLES, Judgement
from scoping.document.paths import Path, value_at
from scoping.document.specs import Spec, spec_at
from scoping.errors import EntryRefused
from scoping.text.entry import Note
from scoping.text.grammar import Grammar
from scoping.text.labels import label_of
from scoping.text.languages import message
from scoping.text.ranges import BY_ENDS, QUANTILES, form_of, read_estimate


def judgements_panel(workspace: Workspace, paths: Sequence[str]) -> None:
    """A panel in which more than one person gives quantiles for one of the inputs at these paths."""
    key = f"{workspace.id}:judgements:{paths[0]}"
    panel = waiting_panel(tell("Several people judge a number"), ":material/group:", key)
    if panel is None:
        return
    labels = {path: told(label_of(workspace.proposal, path)) for path in paths}
    with panel:
        st.caption(
            tell(
                "Ask each person alone, and write down what each one says. "
                "The quantiles are averaged; nobody's is lost."
            )
        )
        path = st.selectbox(
            tell("Number"), list(labels), format_func=lambda path: labels.get(path, path), index=None,
            placeholder=tell("Which number do several people judge?"), key=f"{workspace.id}:judged:{paths[0]}",
        )  # fmt: skip
        _apart(workspace, path)
        if path is not None:
            _judgements(workspace, path, labels[path])


def _apart(workspace: Workspace, path: str | None) -> None:
    """The way to the page on which each one judges alone; the number that is chosen here is chosen there too."""
    label, icon = tell("Or let each judge alone, by a link"), ":material/how_to_vote:"
    if path is None:
        link("elicit", label, icon, proposal=workspace.id)
    else:
        link("elicit", label, icon, proposal=workspace.id, asked="new", numbers=path)


def _judgements(workspace: Workspace, path: str, label: str) -> None:
    spec, grammar = spec_at(workspace.proposal, path), grammar_of(workspace)
    by = Judgement.model_fields["by"]
    columns = [
        Column("by", message(str(by.title)), 2, help=message(str(by.description))),
        *map(Column, QUANTILES, QUANTILE_TITLES),
    ]
    place = Path(path) / "judgements"
    st.markdown(f"**{plain(label)}**")
    gathering = Gathering(
        place,
        message("Judgements"),
        message("Judgement"),
        columns,
        partial(_read, spec=spec, grammar=grammar),
        partial(_save, workspace, path),
    )
    gathered(workspace, gathering, _shown(workspace, spec, grammar))
    _agreed(workspace, spec, grammar)


def _agreed(workspace: Workspace, spec: Spec, grammar: Grammar) -> None:
    """What counts instead of the average, and the way back to the average."""
    saved = saved_at(workspace, spec.path)
    if not is_agreed(saved):
        return
    low, likely, high = shown_in_boxes(spec, saved["consensus"], grammar).values()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            tell(
                "Agreed in discussion, and counts instead of the average: {low}, {likely}, {high}",
                low=plain(low),
                likely=plain(likely),
                high=plain(high),
            )
        )
        st.button(
            tell("Let the average count"),
            key=workspace.key(f"{spec.path}:average"),
            type="tertiary",
            on_click=_let_the_average_count,
            args=(workspace, spec.path),
        )


def _let_the_average_count(workspace: Workspace, path: str) -> None:
    _put(workspace, path, {"judgements": value_at(workspace.document, path)["judgements"]}, "")


def _shown(workspace: Workspace, spec: Spec, grammar: Grammar) -> list[Texts]:
    saved = saved_at(workspace, spec.path)
    people = saved.get("judgements", []) if isinstance(saved, dict) else []
    return [[each["by"], *shown_in_boxes(spec, each, grammar).values()] for each in people]


def _read(texts: Texts, *, spec: Spec, grammar: Grammar) -> tuple[Any, tuple[Note, ...]]:
    """A judgement, or None while the name or a number is missing. Raises EntryRefused."""
    by, *numbers = texts
    try:
        found = read_estimate(numbers, spec.quantity, grammar, unit=spec.unit)
    except EntryRefused as refused:
        raise refused.at(refused.box + 1) from None
    if not by or found.unfinished or found.value is None:
        return None, (Note(STILL_OPEN),)
    if form_of(found.value) is BY_ENDS:
        raise EntryRefused(message("a judgement is low, likely and high, with one chance in ten at either end"), box=1)
    value = found.value if isinstance(found.value, dict) else dict.fromkeys(QUANTILES, found.value)
    return {"by": by, **value}, found.notes


def _save(workspace: Workspace, path: str, entries: list[Any], typed: str) -> SaveOutcome:
    place = Path(path) / "judgements"
    saved = value_at(workspace.document, path)
    if not entries and not judges(saved):
        # A judgement has been begun, and no number hangs on it yet.
        workspace.forget(place)
        return SaveOutcome.SAVED
    # The last judgement was taken away: its average stays, as a plain estimate.
    average = Estimate.model_validate(saved).quantiles if saved else None
    # What was agreed goes on counting: a judgement that is written down later does not undo a discussion.
    agreed = {"consensus": saved["consensus"]} if is_agreed(saved) else {}
    return _put(workspace, path, {"judgements": entries, **agreed} if entries else average, typed)


def _put(workspace: Workspace, path: str, value: Any, typed: str) -> SaveOutcome:
    outcome = workspace.set(path, value, typed, kept_under=Path(path) / "judgements")
    if outcome.is_taken:
        # The field's own boxes show the average.
        workspace.outdated.update(workspace.key(f"{path}:{name}") for name in QUANTILES)
    return outcome


def take_over(workspace: Workspace, path: str, value: dict[str, Any]) -> SaveOutcome:
    """Save what several people judged elsewhere; what is refused waits as rows that can be mended here."""
    spec, grammar = spec_at(workspace.proposal, path), grammar_of(workspace)
    rows = [[each["by"], *shown_in_boxes(spec, each, grammar).values()] for each in value["judgements"]]
    outcome = _put(workspace, path, value, json.dumps(rows, ensure_ascii=False))
    # Boxes that showed other judgements before are other boxes now.
    workspace.epoch += 1
    return outcome
