"""What was judged in a round, number by number, and what of it the proposal takes over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from app.fields.judgements import take_over
from app.fields.triple import texts_of, triple
from app.fields.widget import complain, grammar_of, saved_at
from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.remembered import all_held
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.judged import estimate_of, judged
from app.views.parts.tabs import DONE, tabs
from db import Answer, AskedNumber, Round
from scoping import Proposal
from scoping.document.asking import consensus, place_now
from scoping.document.estimate import Consensus
from scoping.document.paths import Path
from scoping.document.specs import Spec, spec_at
from scoping.errors import EntryRefused
from scoping.reports.changes import value_told
from scoping.text.judging import read_judgement
from scoping.text.ranges import QUANTILES

_NUMBER = "number"
_LONGEST_TAB = 40


def recording(workspace: Workspace, asked: Round) -> None:
    """One number at a time: who judged what, how far apart they are, and what is recorded."""
    before = store().elicitation.asked(workspace.id, asked.id)
    answers = store().elicitation.answers(workspace.id, asked.id)
    titles = {
        str(place): _tab(workspace, before, each, place, answers) for place, each in enumerate(asked.questions, 1)
    }
    chosen = tabs(tell("Number"), _NUMBER, titles, _choose) if len(titles) > 1 else "1"
    number = dict(zip(titles, asked.questions, strict=True))[chosen]
    st.header(plain(number.words), anchor=False)
    own = [each for each in answers if each.path == number.path]
    if own:
        _number(workspace, asked, before, number, own)
    else:
        st.caption(tell("Nobody has judged this number."))


def _choose(place: str) -> None:
    st.query_params[_NUMBER] = place


def _tab(workspace: Workspace, before: Proposal, number: AskedNumber, place: int, answers: Sequence[Answer]) -> str:
    own = [each for each in answers if each.path == number.path]
    done = f" {DONE}" if _is_recorded(workspace, before, number, own) else ""
    return f"{place} · {short_plain(number.words, _LONGEST_TAB)}{done}"


def _is_recorded(workspace: Workspace, before: Proposal, number: AskedNumber, own: Sequence[Answer]) -> bool:
    """Whether the proposal holds these judgements."""
    return bool(own) and _held(workspace, before, number, own) is not None


def _held(
    workspace: Workspace, before: Proposal, number: AskedNumber, own: Sequence[Answer]
) -> Mapping[str, Any] | None:
    """What the proposal holds of the number, where it holds these judgements."""
    place = place_now(before, workspace.proposal, number.path)
    saved = saved_at(workspace, place) if place else None
    written = estimate_of(own, spec_at(before, number.path)).model_dump()
    return saved if isinstance(saved, dict) and saved.get("judgements") == written.get("judgements") else None


def _agreed_so_far(
    workspace: Workspace, before: Proposal, number: AskedNumber, own: Sequence[Answer]
) -> Consensus | None:
    """What was recorded as agreed after these judgements."""
    held = _held(workspace, before, number, own) or {}
    return Consensus.model_validate(held["consensus"]) if "consensus" in held else None


def _number(workspace: Workspace, asked: Round, before: Proposal, number: AskedNumber, own: Sequence[Answer]) -> None:
    spec, grammar = spec_at(before, number.path), grammar_of(workspace)
    agreed = _agreed_so_far(workspace, before, number, own)
    judged(estimate_of(own, spec, agreed), own, spec, grammar, f"judged:{asked.id}:{number.path}")
    place = place_now(before, workspace.proposal, number.path)
    if place is None:
        st.warning(
            tell("The proposal does not hold this number any more: there is nothing to record."),
            icon=":material/link_off:",
        )
        return
    st.subheader(tell("What counts from now on"), anchor=False)
    holds = value_told(workspace.proposal, place, saved_at(workspace, place))
    st.markdown(tell("The proposal holds: {value}", value=plain(told(holds) or tell("nothing"))))
    _choices(workspace, asked, place, spec, own)
    complain(workspace.drafts.get(Path(place) / "judgements"), tell(spec.title))


def _choices(workspace: Workspace, asked: Round, place: Path, spec: Spec, own: Sequence[Answer]) -> None:
    """The average, or three numbers on which people agreed when they had seen all."""
    st.button(
        tell("Record the average"), icon=":material/functions:", key=f"record:{asked.id}:{place}:average",
        help=tell("The average of each of the three numbers. Every judgement is kept beside it."),
        on_click=_record, args=(workspace, place, spec, own, None),
    )  # fmt: skip
    st.markdown(
        tell(
            "Or discuss, and write down what somebody would say who has heard all of you and takes no side. "
            "It counts, and every judgement is kept beside it."
        )
    )
    keys = {name: f"agreed:{asked.id}:0.0:{place}:{name}" for name in QUANTILES}
    triple(keys, spec, grammar_of(workspace), partial(_noted, keys))
    st.button(
        tell("Record what you agreed on"), icon=":material/handshake:", key=f"record:{asked.id}:{place}:agreed",
        disabled=_agreed(workspace, texts_of(keys), spec) is None,
        on_click=partial(_record_agreed, workspace, place, spec, own, keys),
    )  # fmt: skip


def _noted(keys: Mapping[str, str]) -> None:
    """What stands in the boxes has arrived; it is read when it is recorded."""
    all_held(keys.values())


def _agreed(workspace: Workspace, texts: Sequence[str], spec: Spec) -> Consensus | None:
    """What stands in the boxes, once it is three numbers."""
    try:
        numbers = read_judgement(texts, spec, grammar_of(workspace)).numbers
        return consensus(spec, *numbers) if numbers else None
    except EntryRefused:
        return None


def _record_agreed(workspace: Workspace, place: Path, spec: Spec, own: Sequence[Answer], keys: dict[str, str]) -> None:
    held_now = all_held(keys.values())
    agreed = _agreed(workspace, [str(held_now.get(keys[name]) or "") for name in QUANTILES], spec)
    if agreed is not None:
        _record(workspace, place, spec, own, agreed)


def _record(workspace: Workspace, place: Path, spec: Spec, own: Sequence[Answer], agreed: Consensus | None) -> None:
    take_over(workspace, place, estimate_of(own, spec, agreed).model_dump())
