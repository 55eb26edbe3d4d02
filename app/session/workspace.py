"""The proposal that a browser session has open: what it read, and what happens when it saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from app.fields.words import plain
from app.session.browser import remember, remembered
from app.session.language import tell, told
from app.session.outcome import SaveOutcome, Unsaved, left_over
from app.session.shared import store
from app.session.together import Conflict, asked, news_of, others_fields, place_of_change, put_together
from app.session.undoing import Act, keep_done
from db import DatabaseNotReady, NotFound, Saved, StaleSave
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
from scoping.text.entry import Note
from scoping.text.labels import label_of

_KEY = "workspace"
_NAME = "person"
_LONGEST_NAME = 80


# Others may save between reading and saving again; more often than this, a person is told.
_TRIES = 5


class _Asked(Exception):
    """Someone else saved the same field meanwhile."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict


@dataclass
class Workspace:
    """One open proposal. `epoch` rises when its fields must show other values than were typed here.

    `restated` holds, by a widget's key, what was saved in the form in which it is shown from now on; `outdated`
    the keys of those that must show what the document holds again; `notes`, by path, what there is to say about what
    was typed there.
    """

    saved: Saved
    drafts: dict[str, Unsaved] = field(default_factory=dict)
    epoch: int = 0
    restated: dict[str, str] = field(default_factory=dict)
    outdated: set[str] = field(default_factory=set)
    notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    conflict: Conflict | None = None
    news: str = ""
    _plain: tuple[Saved, dict[str, Any]] | None = None
    last: Act | None = None
    """What this session saved last; a page may offer to take it back."""
    replaced: dict[str, int] = field(default_factory=dict)
    """How often someone else's value took the place of what a field shows, by its path."""

    @property
    def id(self) -> str:
        """The proposal's id."""
        return self.saved.id

    @property
    def proposal(self) -> Proposal:
        """The document as this session last read or saved it."""
        return self.saved.proposal

    @property
    def document(self) -> Mapping[str, Any]:
        """The proposal as a plain document, made once for all the fields of a page. It is to be read only."""
        if self._plain is None or self._plain[0] is not self.saved:
            self._plain = (self.saved, to_dict(self.proposal))
        return self._plain[1]

    @property
    def unsaved(self) -> list[str]:
        """The paths at which something stands that is not saved."""
        return [path for path, draft in self.drafts.items() if draft.problem]

    def key(self, path: str) -> str:
        """The key of the widget that edits a path. A field that shows someone else's value is another widget."""
        times = sum(many for place, many in self.replaced.items() if _overlap(place, path))
        return f"{self.id}:{self.epoch}{f'.{times}' if times else ''}:{path}"

    def set(self, path: str, value: Any, typed: str, *, kept_under: str = "") -> SaveOutcome:
        """Save another value at a path. What cannot be saved is kept as a draft, under the path or another name."""
        return self._save(path, typed, lambda: change(self.proposal, path, value), kept_under=kept_under)

    def remove_row(self, row: Path) -> SaveOutcome:
        """Save a list without one of its rows; what was typed in it and could not be saved goes with it."""
        index = int(row.last)
        kept = [each for number, each in enumerate(value_at(self.document, row.parent, [])) if number != index]
        outcome = self._save(row.parent, "", lambda: read(without_rows(self.document, row.parent, kept, {index})))
        if outcome.is_saved:
            self._forget_row(row)
            # What the fields remember counts from the rows as they were.
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
            self.keep(draft, typed, _sentence(self.proposal, refused, path))
            return SaveOutcome.REFUSED
        if self.conflict is not None:
            # One question at a time: the change joins what is waiting for the person's choice.
            self.conflict = self.conflict.with_mine(change(self.conflict.mine, path, _value(proposal, path)))
            return SaveOutcome.STALE
        try:
            self._store(proposal)
        except _Asked as asking:
            self.conflict = asking.conflict
            self.keep(draft, typed, tell("Not saved: someone else saved meanwhile."), SaveOutcome.STALE)
            return SaveOutcome.STALE
        except GroundworkError as error:
            # The database would not take a draft either: it is kept in this session only.
            self.drafts[draft] = Unsaved(
                draft, typed, tell("Not saved: {error}", error=error.args[0]), SaveOutcome.FAILED
            )
            return SaveOutcome.FAILED
        self.forget(draft)
        return SaveOutcome.SAVED

    def _store(self, proposal: Proposal, note: str = "") -> None:
        """Save it, together with what others saved meanwhile. Raises _Asked, GroundworkError."""
        before, wanted, version = self.saved, proposal, self.saved.version
        for _ in range(_TRIES):
            try:
                saved = store().save(self.id, wanted, version, person(), note)
            except StaleSave as stale:
                found = put_together(before.proposal, proposal, stale.current)
                if isinstance(found, Conflict):
                    raise _Asked(found) from None
                wanted, version = found, stale.current.version
                self.news = news_of(before.proposal, stale.current, merged=True)
                continue
            self._take_over(saved, shown=proposal)
            if saved.version != before.version:
                self.last = Act(before.proposal, proposal)
                keep_done(None)
            return
        raise GroundworkError(tell("Others save this proposal all the time. Try again."))

    def _take_over(self, saved: Saved, shown: Proposal) -> None:
        """Show what is saved now: of the fields on the screen only those that others changed."""
        self.saved = saved
        if saved.proposal == shown:
            return
        for place in {place_of_change(each) for each in others_fields(shown, saved.proposal)}:
            self.replaced[place] = self.replaced.get(place, 0) + 1

    def undo(self) -> None:
        """Take back what this session saved last, as a new version. Raises UndoRefused, GroundworkError."""
        if self.last is None or self.conflict is not None:
            return
        now = store().get(self.id)
        undone = self.last.taken_back_from(now.proposal)
        self.saved = store().save(self.id, undone, now.version, person(), "undo")
        self.last = None
        self.epoch += 1

    def restore(self, version: int) -> None:
        """Save an older version again, as a new one; it can be undone. Raises NotFound, GroundworkError."""
        now = store().get(self.id)
        older = store().revision(self.id, version).proposal
        self.saved = store().save(self.id, older, now.version, person(), f"version {version} restored")
        self.last = Act(now.proposal, older, tell("Version {version} was restored.", version=str(version)))
        self.conflict = None
        self.epoch += 1
        keep_done(None)

    def keep(self, path: str, typed: str, problem: str, outcome: SaveOutcome = SaveOutcome.REFUSED) -> None:
        """Keep what was typed, in this session and in the database."""
        self.drafts[path] = Unsaved(path, typed, problem, outcome)
        store().keep_draft(self.id, self.drafts[path])

    def keep_unfinished(self, path: str, typed: str, problem: str = "") -> None:
        """Keep how something was typed that is not complete. Without a problem, what there is counts and is saved."""
        self.keep(path, typed, problem, SaveOutcome.UNFINISHED)

    def forget(self, path: str) -> None:
        """The field is saved: its draft is of no use any more."""
        if self.drafts.pop(path, None) is not None:
            store().drop_draft(self.id, path)

    def _forget_row(self, row: Path) -> None:
        """A row is gone, and what was typed in it goes with it; what was typed in the rows after it moves up."""
        for path, draft in list(self.drafts.items()):
            place = Path(path)
            if len(place.keys) <= len(row.keys) or not place.is_within(row.parent):
                continue
            index, *rest = place.after(row.parent)
            if int(index) >= int(row.last):
                self.forget(path)
            if int(index) > int(row.last):
                self.keep(Path.of(*row.parent.keys, int(index) - 1, *rest), draft.text, draft.problem, draft.outcome)

    def settle(self, chosen: Proposal) -> SaveOutcome:
        """Save the version that the person chose after a conflict. Then nothing waits for that choice any more."""
        assert self.conflict is not None
        theirs = self.conflict.theirs
        try:
            self.saved = store().save(self.id, chosen, theirs.version, person())
        except StaleSave as stale:
            self.conflict = asked(theirs.proposal, chosen, stale.current)
            if self.conflict.clashes:
                return SaveOutcome.STALE
            return self.settle(read(self.conflict.merge.document))
        self.conflict = None
        for path in [path for path, draft in self.drafts.items() if draft.outcome is SaveOutcome.STALE]:
            self.forget(path)
        self.epoch += 1
        return SaveOutcome.SAVED

    def refresh(self) -> None:
        """Take over what someone else saved, unless this session has a choice to make first."""
        if self.conflict is not None or store().version(self.id) == self.saved.version:
            return
        shown, drafts = self.saved, left_over(store().drafts(self.id))
        now = store().get(self.id)
        self._take_over(now, shown.proposal)
        if self.drafts.keys() - drafts.keys():
            self.epoch += 1
        self.drafts = drafts
        self.news = news_of(shown.proposal, now, merged=False)


def _sentence(proposal: Proposal, refused: DocumentRefused, path: str) -> str:
    """What is allowed at the path, or the first thing that the change would break."""
    own = [problem for problem in refused.problems if problem.path.startswith(path)]
    if own:
        return "; ".join(dict.fromkeys(_named(problem, path) for problem in own))
    first = refused.problems[0]
    return f"{told(label_of(proposal, first.path))}: {told(first.allowed)}"


def _named(problem: Problem, path: str) -> str:
    """What is allowed, with the field's title where it is one of several under the path."""
    info = None if problem.path == path else field_at(Proposal, Path(problem.path).keys)
    allowed = told(problem.allowed)
    return f"{tell(info.title)}: {allowed}" if info is not None and info.title else allowed


def _overlap(place: str, path: str) -> bool:
    """Whether a widget shows a place, or a part of it. What follows a path in the name of a widget is no part of it."""
    one, other = (Path(each.partition(":")[0]) for each in (place, path))
    return one.is_within(other) or other.is_within(one)


def _value(proposal: Proposal, path: str) -> Any:
    return value_at(to_dict(proposal), path)


def person() -> str:
    """Who is at the screen: by the sign-in, or else by the name given here, or in this browser before."""
    signed_in = store().person
    if signed_in.is_signed_in:
        return signed_in.label
    given = st.session_state.to_dict().get(_NAME)
    return remembered("name", _LONGEST_NAME) if given is None else str(given)


def set_person(name: str) -> None:
    """Remember who is at the screen, in this browser."""
    st.session_state[_NAME] = " ".join(name.split())[:_LONGEST_NAME]
    remember("name", st.session_state[_NAME])


def open_workspace(identity: str) -> Workspace:
    """The workspace of a proposal, up to date. Raises NotFound."""
    found = st.session_state.get(_KEY)
    if isinstance(found, Workspace) and found.id == identity:
        _refresh(found)
        return found
    workspace = Workspace(store().get(identity), left_over(store().drafts(identity)))
    st.session_state[_KEY] = workspace
    return workspace


def _refresh(workspace: Workspace) -> None:
    """Take over what others saved. Where the database is away, what was typed here stays in sight."""
    try:
        workspace.refresh()
    except DatabaseNotReady as error:
        st.error(plain(told(error.args[0])), icon=":material/database_off:")


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
        st.error(plain(told(error.args[0])), icon=":material/search_off:")
        return None
    if st.query_params.get("proposal") != identity:
        st.query_params["proposal"] = identity
    return workspace
