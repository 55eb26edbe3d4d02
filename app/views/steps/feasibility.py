"""Step Feasibility: the questions of the catalogue, one area at a time."""

from __future__ import annotations

import streamlit as st

from app.fields.widget import complain
from app.fields.words import plain
from app.session.remembered import held, place_of, text_of
from app.session.workspace import Workspace
from app.views.parts.step import Step
from scoping import to_dict
from scoping.document.paths import Path
from scoping.feasibility.catalogue import AREAS, Question
from scoping.feasibility.checklist import questions_for
from scoping.reports.completeness import of_answers

_AREA = "feasibility_area"


def draw(workspace: Workspace) -> None:
    """The questions that apply, and how many are answered."""
    asked = questions_for(workspace.proposal)
    answers = workspace.proposal.feasibility.answers
    counts = {area: [question.id in answers for question in asked if question.area == area] for area in AREAS}
    titles = {
        area: f"{title} :green[:material/check:]"
        if all(counts[area])
        else f"{title} {sum(counts[area])}/{len(counts[area])}"
        for area, title in AREAS.items()
    }
    area = st.segmented_control(
        "Area", list(AREAS), format_func=titles.__getitem__, key=_AREA, default=next(iter(AREAS)), required=True,
        label_visibility="collapsed", wrap=True, persist_state="session",
    )  # fmt: skip
    st.caption(
        "Questions with :material/door_front: are gates: a gate that fails stops the project, whatever the score says."
    )
    for question in asked:
        if question.area == area:
            _question(workspace, question)


def _question(workspace: Workspace, question: Question) -> None:
    path = Path.of("feasibility", "answers", question.id)
    key, note_key = workspace.key(path / "choice"), workspace.key(path / "note")
    answer = workspace.proposal.feasibility.answers.get(question.id)
    if key not in st.session_state:
        st.session_state[key] = answer.choice if answer else None
    if note_key not in st.session_state:
        st.session_state[note_key] = answer.note if answer else ""
    with st.container(border=True):
        gate = ":material/door_front: " if question.is_gate else ""
        st.radio(
            f"{gate}**{plain(question.text)}**",
            list(question.choices_by_id),
            key=key,
            index=place_of(key, list(question.choices_by_id)),
            format_func=lambda choice: question.choices_by_id[choice].label,
            help=f"{plain(question.help)}\n\nSource: {plain(question.source)}",
            on_change=_save,
            args=(workspace, path, key, note_key),
        )
        st.caption(plain(question.help))
        st.text_input(
            f"Why: {plain(question.text)}",
            value=text_of(note_key),
            key=note_key,
            placeholder="Why, and on what evidence",
            label_visibility="collapsed",
            on_change=_save,
            args=(workspace, path, key, note_key),
        )
        complain(workspace.drafts.get(path))


def _save(workspace: Workspace, path: str, key: str, note_key: str) -> None:
    choice, note = held(key), held(note_key)
    if choice is None:
        if note.strip():
            workspace.keep(path, note, "Choose an answer too; then the note is saved with it.")
        else:
            workspace.forget(path)
        return
    answers = to_dict(workspace.proposal).get("feasibility", {}).get("answers", {})
    before = answers.get(Path(path).last, {})
    workspace.set(path, {**before, "choice": choice, "note": note}, note)


STEP = Step(
    name="feasibility",
    title="Feasibility",
    place=50,
    draw=draw,
    completeness=of_answers,
)
