"""The proposal that a browser session has open: what it read, and what happens when it saves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from app.session.browser import remember, remembered
from app.session.outcome import SaveOutcome, Unsaved, left_over
from app.session.shared import store
from db import NotFound, Saved, StaleSave
from scoping import (
    DocumentRefused,
    GroundworkError,
    Problem,
    Proposal,
    read,
    to_dict,
)
from scoping.document.editing import change, without_rows, without_unknown
from scoping.document.paths import Path, value_at, with_value
from scoping.document.walk import field_at

_KEY = "workspace"
_NAME = "person"
_LONGEST_NAME = 80


@dataclass
class Conflict:
    """A refused save: what this session wanted, and what someone else saved meanwhile."""

    base: Proposal
    mine: Proposal
    theirs: Saved
    changed: tuple[str, ...]


@dataclass
class Workspace:
    """One open proposal. `epoch` rises when its fields must show other values than were typed here.

    `restated` holds, by a widget's key, what was saved in the form in which it is shown from now on.
    """

    saved: Saved
    drafts: dict[str, Unsaved] = field(default_factory=dict)
    epoch: int = 0
    restated: dict[str, str] = field(default_factory=dict)
    conflict: Conflict | None = None
    news: str = ""

    @property
    def id(self) -> str:
        """The proposal's id."""
        return self.saved.id

    @property
    def proposal(self) -> Proposal:
        """The document as this session last read or saved it."""
        return self.saved.proposal

    def key(self, path: str) -> str:
        """The key of the widget that edits a path."""
        return f"{self.id}:{self.epoch}:{path}"

    def set(self, path: str, value: Any, typed: str, *, kept_under: str = "") -> SaveOutcome:
        """Save another value at a path. What cannot be saved is kept as a draft, under the path or another name."""
        return self._save(path, typed, lambda: change(self.proposal, path, value), kept_under=kept_under)

    def set_rows(self, path: str, rows: list[Any], gone: Collection[int], typed: str) -> SaveOutcome:
        """Save the rows of a list from which those at the places `gone` were taken out."""
        outcome = self._save(path, typed, lambda: read(without_rows(to_dict(self.proposal), path, rows, {*gone})))
        if outcome.is_saved and gone:
            # What the tables remember counts from the rows as they were.
            self.epoch += 1
        return outcome

    def change_kind(self, bridge: dict[str, Any]) -> SaveOutcome:
        """Save another kind of task. Metrics that it does not know are taken out; the revisions keep them."""

        def changed() -> Proposal:
            document = with_value(to_dict(self.proposal), "bridge", bridge)
            return read(without_unknown(document))

        return self._save("bridge", "", changed)

    def _save(self, path: str, typed: str, make: Callable[[], Proposal], *, kept_under: str = "") -> SaveOutcome:
        draft = kept_under or path
        try:
            proposal = make()
        except DocumentRefused as refused:
            self.keep(draft, typed, _sentence(refused, path))
            return SaveOutcome.REFUSED
        if self.conflict is not None:
            # One question at a time: the change joins what is waiting for the person's choice.
            self.conflict.mine = change(self.conflict.mine, path, _value(proposal, path))
            return SaveOutcome.STALE
        try:
            self.saved = store().save(self.id, proposal, self.saved.version, person())
        except StaleSave as stale:
            self.conflict = Conflict(self.proposal, proposal, stale.current, stale.changed)
            self.keep(draft, typed, "Not saved: someone else saved meanwhile.", SaveOutcome.STALE)
            return SaveOutcome.STALE
        except GroundworkError as error:
            # The database would not take a draft either: it is kept in this session only.
            self.drafts[draft] = Unsaved(draft, typed, f"Not saved: {error}", SaveOutcome.FAILED)
            return SaveOutcome.FAILED
        self.forget(draft)
        return SaveOutcome.SAVED

    def keep(self, path: str, typed: str, problem: str, outcome: SaveOutcome = SaveOutcome.REFUSED) -> None:
        """Keep what was typed, in this session and in the database."""
        self.drafts[path] = Unsaved(path, typed, problem, outcome)
        store().keep_draft(self.id, self.drafts[path])

    def forget(self, path: str) -> None:
        """The field is saved: its draft is of no use any more."""
        if self.drafts.pop(path, None) is not None:
            store().drop_draft(self.id, path)

    def settle(self, chosen: Proposal) -> SaveOutcome:
        """Save the version that the person chose after a conflict. Then nothing waits for that choice any more."""
        assert self.conflict is not None
        theirs = self.conflict.theirs
        try:
            self.saved = store().save(self.id, chosen, theirs.version, person())
        except StaleSave as stale:
            self.conflict = Conflict(theirs.proposal, chosen, stale.current, stale.changed)
            return SaveOutcome.STALE
        self.conflict = None
        for path in [path for path, draft in self.drafts.items() if draft.outcome is SaveOutcome.STALE]:
            self.forget(path)
        self.epoch += 1
        return SaveOutcome.SAVED

    def refresh(self) -> None:
        """Take over what someone else saved, unless this session has a choice to make first."""
        if self.conflict is not None or store().version(self.id) == self.saved.version:
            return
        self.saved = store().get(self.id)
        self.drafts = left_over(store().drafts(self.id))
        self.epoch += 1
        self.news = f"{self.saved.saved_by or 'Someone else'} saved a newer version; you now see it."


def _sentence(refused: DocumentRefused, path: str) -> str:
    """What is allowed at the path, or the first thing that the change would break."""
    own = [problem for problem in refused.problems if problem.path.startswith(path)]
    if own:
        return "; ".join(dict.fromkeys(_named(problem, path) for problem in own))
    return str(refused.problems[0])


def _named(problem: Problem, path: str) -> str:
    """What is allowed, with the field's title where it is one of several under the path."""
    info = None if problem.path == path else field_at(Proposal, Path(problem.path).keys)
    return f"{info.title}: {problem.allowed}" if info is not None and info.title else problem.allowed


def _value(proposal: Proposal, path: str) -> Any:
    return value_at(to_dict(proposal), path)


def person() -> str:
    """Who is at the screen: the signed-in user, or the name given here, or in this browser before."""
    user: Mapping[str, Any] = st.user.to_dict() if st.user.get("is_logged_in") else {}
    given = st.session_state.to_dict().get(_NAME)
    return str(user.get("name") or user.get("email") or (remembered("name", _LONGEST_NAME) if given is None else given))


def set_person(name: str) -> None:
    """Remember who is at the screen, in this browser."""
    st.session_state[_NAME] = " ".join(name.split())[:_LONGEST_NAME]
    remember("name", st.session_state[_NAME])


def open_workspace(identity: str) -> Workspace:
    """The workspace of a proposal, up to date. Raises NotFound."""
    found = st.session_state.get(_KEY)
    if isinstance(found, Workspace) and found.id == identity:
        found.refresh()
        return found
    workspace = Workspace(store().get(identity), left_over(store().drafts(identity)))
    st.session_state[_KEY] = workspace
    return workspace


def keep_in_address() -> None:
    """The open proposal stays in the address of every page, so that a reload or a link finds it again."""
    found = st.session_state.get(_KEY)
    if isinstance(found, Workspace) and "proposal" not in st.query_params:
        st.query_params["proposal"] = found.id


def chosen_proposal() -> Workspace | None:
    """The proposal that the address names, or else the one that is open in this session."""
    found = st.session_state.get(_KEY)
    identity = st.query_params.get("proposal") or (found.id if isinstance(found, Workspace) else None)
    if not identity:
        return None
    try:
        workspace = open_workspace(identity)
    except NotFound as error:
        st.error(str(error), icon=":material/search_off:")
        return None
    if st.query_params.get("proposal") != identity:
        st.query_params["proposal"] = identity
    return workspace
