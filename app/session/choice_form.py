"""What is set on the page Choose. It stands in the address: a reload, the back button and a sent link show the same.

What could not be read stays in its field, with what is allowed, and the choice goes on with what was set before.
"""

from __future__ import annotations

import json
from typing import Any

import streamlit as st
from pydantic import ValidationError

from app.session.texts import typed_texts_are_safe
from scoping.document.refusal import refusal_of
from scoping.errors import GroundworkError, Problem, quote
from scoping.portfolio.reading import as_far_as_it_goes
from scoping.portfolio.scenario import Scenario
from scoping.text.languages import message

_NAME, _PROBLEMS = "set", "choice_problems"
_LONGEST = 100_000
# A longer address some servers on the way refuse: what does not fit into it lives as long as the session.
_LONGEST_IN_ADDRESS, _SESSION = 4_000, "choice_set"


def scenario() -> Scenario:
    """What is set, as far as the address says what can be."""
    return _read()[0]


def left_out() -> tuple[Problem, ...]:
    """What the address says that cannot be, place by place: the rest of it counts."""
    return _read()[1]


def _read() -> tuple[Scenario, tuple[Problem, ...]]:
    # What somebody put into an address may be of any length; what this page keeps was read before.
    address = str(st.query_params.get(_NAME, ""))[:_LONGEST]
    text = address or str(st.session_state.to_dict().get(_SESSION, ""))
    if not text:
        return Scenario(), ()
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict):
        return Scenario(), (Problem("", quote(text), message("is nothing that can be set")),)
    return as_far_as_it_goes(raw)


def show(wanted: Scenario) -> None:
    """Set all of it."""
    text = _text_of(wanted)
    typed_texts_are_safe()
    if len(text) <= _LONGEST_IN_ADDRESS:
        st.session_state[_SESSION] = ""
        st.query_params[_NAME] = text
        return
    st.session_state[_SESSION] = text
    if _NAME in st.query_params:
        del st.query_params[_NAME]


def _text_of(wanted: Scenario) -> str:
    """What is set, as it stands in an address."""
    said = _shortest(wanted.model_dump(mode="json", exclude_defaults=True))
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _shortest(value: Any) -> Any:
    """Whole numbers without their decimals: sixty months of them stand in an address."""
    if isinstance(value, dict):
        return {name: _shortest(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_shortest(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def change(**fields: Any) -> None:
    """Set some of it; what cannot be set is told beside its field, and changes nothing."""
    known = scenario().model_dump(exclude_defaults=True)
    try:
        wanted = Scenario.model_validate({**known, **fields})
    except ValidationError as error:
        for name in fields:
            complain(name, refusal_of(error, Scenario))
        return
    for name in fields:
        problems().pop(name, None)
    show(wanted)


def complain(name: str, refused: GroundworkError) -> None:
    """Keep why a field was not taken, to be told beside it."""
    problems()[name] = refused


def problems() -> dict[str, GroundworkError]:
    """Why fields were not taken, by name."""
    found: dict[str, GroundworkError] = st.session_state.setdefault(_PROBLEMS, {})
    return found
