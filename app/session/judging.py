"""Who judges in this browser, and what they typed about the numbers of a round."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256

import streamlit as st

from app.session.browser import remember, remembered
from app.session.person import person, set_person
from app.session.shared import store
from db import Judge

_SECRET, _LONGEST = "judge", 60
_BYTES = 24
# So many signs tell the people at one browser apart.
_MARK = 8
_TYPED, _REFUSED = "judge_typed", "judge_refused"


def judge() -> Judge:
    """Who judges: by the sign-in, or else by the name that was typed and by what this browser keeps from now on."""
    if store().person.is_signed_in:
        return Judge(person(), "")
    return Judge(person(), remembered(_SECRET, _LONGEST) or _new_secret())


def _new_secret() -> str:
    secret = secrets.token_urlsafe(_BYTES)
    remember(_SECRET, secret)
    return secret


def hand_over() -> None:
    """Whoever judges next in this browser is somebody else, who sees nothing of what was judged here before."""
    _new_secret()
    set_person("")


def place_of(round_id: str, path: str) -> Place:
    """One number of one round, for who judges here."""
    return Place(round_id, path, sha256(judge().secret.encode()).hexdigest()[:_MARK])


@dataclass(frozen=True)
class Place:
    """One number of one round, as this session knows it; `mark` tells apart who judges in one browser after another."""

    round_id: str
    path: str
    mark: str

    def key(self, name: str) -> str:
        """The key of one of its boxes, in the form by which the browser keeps what is typed there (`kept.js`)."""
        return f"judge:{self.mark}:{self.round_id}:0.0:{self.path}:{name}"

    @property
    def typed(self) -> dict[str, str]:
        """What was typed about it and is not kept, by the name of the box."""
        found: dict[Place, dict[str, str]] = st.session_state.to_dict().get(_TYPED, {})
        return found.get(self, {})

    def note(self, typed: dict[str, str]) -> None:
        """Remember what was typed, while other numbers are shown."""
        st.session_state[_TYPED] = {**st.session_state.to_dict().get(_TYPED, {}), self: typed}

    @property
    def refused(self) -> str:
        """Why what was typed last is not kept, where the Store said so."""
        found: dict[Place, str] = st.session_state.to_dict().get(_REFUSED, {})
        return found.get(self, "")

    def refuse(self, why: str) -> None:
        """Remember why; nothing where it was kept."""
        st.session_state[_REFUSED] = {**st.session_state.to_dict().get(_REFUSED, {}), self: why}
