"""Step Feasibility: the questions of the catalogue, the gates first, then one area at a time."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.fields.commented import field_mark
from app.fields.grounds import grounds_panel
from app.fields.resting import ground_line
from app.fields.widget import complain, saved_at
from app.fields.words import plain
from app.session.language import tell, tell_count, told
from app.session.remembered import held, place_of, text_of
from app.session.workspace import Workspace
from app.views.parts.step import PART, Step, Stop
from app.views.parts.tabs import progress, tabs
from scoping import Proposal
from scoping.document.answers import Answer
from scoping.document.grounds import ANSWERS
from scoping.document.paths import Path
from scoping.feasibility.ai_act import QUESTION as CLASS_OF_THE_ACT
from scoping.feasibility.ai_act import obligations
from scoping.feasibility.catalogue import AREAS, DONT_KNOW, QUESTIONS, Question
from scoping.feasibility.checklist import answers_that_count, is_answered, questions_for, questions_known
from scoping.feasibility.evidence.answers import to_answer
from scoping.feasibility.matrix import cell_of
from scoping.reports.completeness import of_answers
from scoping.text.languages import message

_GATES = "gates"
_ANSWERS = "feasibility.answers"
_PARTS: Mapping[str, str] = {_GATES: message("Gates"), **AREAS}


def draw(workspace: Workspace) -> None:
    """The questions of one part that apply, and how many are answered in each."""
    asked = _asked(workspace.proposal)
    part = tabs(tell("Area"), PART, _titles(workspace.proposal, asked), _choose)
    if part == _GATES:
        st.caption(
            tell(
                "A gate that fails stops the project, whatever else is said. Where you do not know, say so: then it is clear whom to ask."
            )
        )
    _not_asked(workspace.proposal)
    _measured(workspace)
    _matrix(workspace.proposal, part)
    for question in asked[part]:
        _question(workspace, question)
    answered = [ANSWERS / each.id for each in asked[part] if each.id in workspace.proposal.feasibility.answers]
    grounds_panel(workspace, answered, f"{_ANSWERS}:{part}")


def _not_asked(proposal: Proposal) -> None:
    """How many questions of the catalogue the organisation does not ask."""
    many = len({*proposal.organisation.switched_off})
    if many:
        st.caption(
            tell_count(
                "The organisation does not ask {count} question of the catalogue.",
                "The organisation does not ask {count} questions of the catalogue.",
                many,
            )
        )


def _measured(workspace: Workspace) -> None:
    """What a probe has measured answers questions, if the team wants it to."""
    open_still = to_answer(workspace.proposal)
    if not open_still:
        return
    with st.container(border=True):
        st.markdown(f":material/science: {_offer(len(open_still))}")
        st.caption(" · ".join(plain(told(QUESTIONS[name].text)) for name in open_still))
        st.button(
            tell("Answer them from the evidence"),
            key=workspace.key("answer_measured"),
            on_click=_take,
            args=(workspace,),
        )


def _offer(count: int) -> str:
    return tell_count(
        "{count} question can be answered from the evidence that was measured.",
        "{count} questions can be answered from the evidence that was measured.",
        count,
    )


def _take(workspace: Workspace) -> None:
    """Answer what nobody has answered, in one step that can be undone."""
    answers = {
        name: {"choice": each.choice, "note": str(each.note)} for name, each in to_answer(workspace.proposal).items()
    }
    workspace.set(_ANSWERS, {**(saved_at(workspace, _ANSWERS) or {}), **answers}, "")


def _matrix(proposal: Proposal, part: str) -> None:
    """Which questions tell most, where the question of the signal is asked."""
    cell = cell_of(proposal)
    if cell is not None and part == "signal":
        st.caption(plain(told(cell.said)))


def _duties(proposal: Proposal) -> None:
    """What follows from the class of the EU AI Act."""
    duties = obligations(answers_that_count(proposal))
    if duties:
        with st.expander(tell("What the EU AI Act asks for"), icon=":material/gavel:"):
            st.markdown("\n".join(f"- {plain(told(each.duty))} ({plain(told(each.article))})" for each in duties))


def _asked(proposal: Proposal) -> dict[str, list[Question]]:
    """The questions that apply, part by part; a part without any is left out."""
    parts: dict[str, list[Question]] = {part: [] for part in _PARTS}
    for question in questions_for(proposal):
        parts[part_of(question)].append(question)
    return {part: questions for part, questions in parts.items() if questions}


def part_of(question: Question) -> str:
    """The part in which a question is asked: what can stop the project comes before everything else."""
    return _GATES if question.is_gate and not question.waits else question.area


def _titles(proposal: Proposal, asked: Mapping[str, list[Question]]) -> dict[str, str]:
    answers = proposal.feasibility.answers
    return {
        part: progress(told(_PARTS[part]), sum(is_answered(each.id, answers) for each in questions), len(questions))
        for part, questions in asked.items()
    }


def _choose(part: str) -> None:
    st.query_params[PART] = part


def _stops(proposal: Proposal) -> dict[str, Stop]:
    answers = proposal.feasibility.answers
    return {
        part: Stop(_PARTS[part], is_open=not all(is_answered(each.id, answers) for each in questions))
        for part, questions in _asked(proposal).items()
    }


def _stop_of(proposal: Proposal, path: Path) -> str:
    question = questions_known(proposal).get(path.keys[2]) if len(path.keys) > 2 else None
    return part_of(question) if question else ""


def _question(workspace: Workspace, question: Question) -> None:
    path = Path.of("feasibility", "answers", question.id)
    key, note_key = workspace.key(path / "choice"), workspace.key(path / "note")
    answer = workspace.proposal.feasibility.answers.get(question.id)
    if key not in st.session_state:
        st.session_state[key] = answer.choice if answer else None
    if note_key not in st.session_state:
        st.session_state[note_key] = _note_shown(workspace, path, answer)
    labels = {name: plain(told(label)) for name, label in question.labels.items()}
    with st.container(border=True):
        st.radio(
            f"**{plain(told(question.text))}**{field_mark(workspace, path)}",
            list(labels),
            key=key,
            index=place_of(key, list(labels)),
            format_func=labels.__getitem__,
            help=tell("Source: {source}", source=plain(question.source)),
            on_change=_save,
            args=(workspace, path, key, note_key),
        )
        st.caption(plain(told(question.help)))
        if answer is not None and answer.choice == DONT_KNOW:
            st.markdown(f":material/help: {plain(tell('Open: ask {whom}.', whom=question.whom))}")
        _note(workspace, question, path, key, note_key)
        complain(workspace.drafts.get(path))
        ground_line(workspace, path)
        if question.id == CLASS_OF_THE_ACT:
            _duties(workspace.proposal)


def _note_shown(workspace: Workspace, path: str, answer: Answer | None) -> str:
    """The note as it was typed, also before an answer was chosen."""
    draft = workspace.drafts.get(path)
    return draft.text if draft else answer.note if answer else ""


def _note(workspace: Workspace, question: Question, path: Path, key: str, note_key: str) -> None:
    st.text_input(
        tell("Why: {question}", question=plain(told(question.text))),
        value=text_of(note_key),
        key=note_key,
        placeholder=tell("Why, and on what evidence"),
        label_visibility="collapsed",
        on_change=_save,
        args=(workspace, path, key, note_key),
    )


def _save(workspace: Workspace, path: str, key: str, note_key: str) -> None:
    choice, note = held(key), held(note_key)
    if choice is None:
        if note.strip():
            workspace.keep(path, note, message("Choose an answer too; then the note is saved with it."))
        else:
            workspace.forget(path)
        return
    before = saved_at(workspace, path) or {}
    workspace.set(path, {**before, "choice": choice, "note": note}, note)


STEP = Step(
    name="feasibility",
    title=message("Feasibility"),
    place=50,
    draw=draw,
    completeness=of_answers,
    holds=("feasibility.answers",),
    stops=_stops,
    stop_of=_stop_of,
)
