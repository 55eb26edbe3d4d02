"""What waits for the database is kept by the browser's tab too, as a whole document: rows, choices and texts.

A session that ends before the database answers, by a reload or with its server, leaves it there; the next session of
the same tab and person takes it over and goes on as if it had been there all the time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from secrets import token_hex
from typing import Any

import streamlit as st

from app.session.shared import store
from app.session.workspace import Workspace
from db import Saved
from scoping import read, to_dict

_SESSION = "carried_session"
_TAKEN = "carried_taken"
_MOST, _MOST_TEXTS, _LONGEST_ID, _LONGEST_PATH, _LONGEST_TEXT = 20, 500, 36, 300, 20_000


@dataclass(frozen=True)
class Carried:
    """What a session wanted saved: the document, the version on which it builds, and what was typed, by path."""

    identity: str
    version: int
    document: Mapping[str, Any]
    typed: Mapping[str, str]

    @property
    def token(self) -> str:
        """A name for exactly this."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def session() -> str:
    """A name of this session, by which a browser knows what an earlier one has left."""
    found: str | None = st.session_state.to_dict().get(_SESSION)
    if found is None:
        found = st.session_state[_SESSION] = token_hex(8)
    return found


def waiting(workspaces: Iterable[Workspace]) -> dict[str, Any]:
    """What the browser is to keep, and what it may forget."""
    mine = [carried_by(each) for each in workspaces if each.wanted is not None]
    return {
        "session": session(),
        "proposals": [{**asdict(each), "token": each.token} for each in mine],
        "taken": [*_taken()],
    }


def carried_by(workspace: Workspace) -> Carried:
    """What waits there."""
    return Carried(workspace.id, workspace.saved.version, to_dict(workspace.proposal), dict(workspace.waiting))


def left_behind(reported: Any) -> list[tuple[str, Carried]]:
    """What an earlier session left, by its name, unless it was taken over before. It is input like any other."""
    listed = reported[:_MOST] if isinstance(reported, list) else []
    found = ((str(each.get("token", "")), _read(each)) for each in listed if isinstance(each, dict))
    return [(token, each) for token, each in found if each is not None and token not in _taken()]


def _read(given: Mapping[str, Any]) -> Carried | None:
    identity, version, document = (given.get(name) for name in ("identity", "version", "document"))
    if not isinstance(version, int) or not isinstance(document, dict):
        return None
    typed = given.get("typed")
    texts = [*typed.items()][:_MOST_TEXTS] if isinstance(typed, dict) else []
    cut = {str(path)[:_LONGEST_PATH]: str(text)[:_LONGEST_TEXT] for path, text in texts}
    return Carried(str(identity)[:_LONGEST_ID], version, document, cut)


def resumed(carried: Carried) -> Workspace:
    """A workspace as it was when it began to wait: what others saved since is merged with it, or asked about.

    Raises NotFound, DocumentRefused, DatabaseNotReady, NotAMember.
    """
    before = store().revision(carried.identity, carried.version)
    saved = Saved(carried.identity, carried.version, before.proposal, before.saved_at, before.saved_by, archived=False)
    found = Workspace(saved, store().drafts(carried.identity))
    found.wanted, found.waiting = read(carried.document), dict(carried.typed)
    return found


def is_taken(token: str) -> None:
    """The browser may forget it: it waits in this session, is saved, or is of no use to anybody."""
    st.session_state[_TAKEN] = [*_taken(), token][-_MOST:]


def _taken() -> list[str]:
    found: list[str] = st.session_state.to_dict().get(_TAKEN, [])
    return found
