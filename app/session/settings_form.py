"""The organisation's settings as a session works on them: nothing counts for anybody until they are laid down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import randbelow
from typing import Any

import streamlit as st

from app.session.language import told
from app.session.outcome import SaveOutcome, Unsaved
from app.session.person import person
from app.session.shared import store
from db import Action, DatabaseNotReady, LaidDown
from scoping import DocumentRefused, Proposal
from scoping.document.paths import Path
from scoping.organisation import Organisation, as_form, to_settings
from scoping.organisation.editing import changed, without_row
from scoping.text.entry import Note

_KEY = "settings_form"
_MANY = 10**9


@dataclass
class SettingsForm:
    """The settings as a form that fields edit; `epoch` rises when all of them begin anew."""

    laid_down: LaidDown
    organisation: Organisation
    epoch: int = 0
    number: int = field(default_factory=lambda: randbelow(_MANY))
    """Of this session: a browser that outlives a server takes the fields of the next one for other fields."""
    drafts: dict[str, Unsaved] = field(default_factory=dict)
    notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    restated: dict[str, str] = field(default_factory=dict)
    outdated: set[str] = field(default_factory=set)
    commented: Mapping[str, int] = field(default_factory=dict)
    drawn: dict[str, None] = field(default_factory=dict)
    id: str = "organisation"

    @property
    def proposal(self) -> Proposal:
        """The settings, as fields ask for their document."""
        return as_form(self.organisation)

    @property
    def document(self) -> Mapping[str, Any]:
        """The settings as a plain document."""
        return to_settings(self.organisation)

    @property
    def is_changed(self) -> bool:
        """True where something is not laid down yet."""
        return self.organisation != self.laid_down.organisation

    def key(self, path: str) -> str:
        """The key of the widget that edits a path."""
        return f"{self.id}:{self.number}.{self.epoch}:{path}"

    def set(self, path: str, value: Any, typed: str, *, kept_under: str = "") -> SaveOutcome:
        """Take over another value at a path. What cannot be is kept as it was typed."""
        return self._take(kept_under or path, typed, lambda: changed(self.organisation, path, value))

    def remove_row(self, row: Path) -> SaveOutcome:
        """Take a row out; what was typed in the list and could not be taken over goes with it."""
        outcome = self._take(row.parent, "", lambda: without_row(self.organisation, row))
        for path in [path for path in self.drafts if Path(path).is_within(row.parent)]:
            self.forget(path)
        self.epoch += 1
        return outcome

    def _take(self, path: str, typed: str, make: Callable[[], Organisation]) -> SaveOutcome:
        try:
            self.organisation = make()
        except DocumentRefused as refused:
            self.keep(path, typed, "; ".join(dict.fromkeys(told(each.allowed) for each in refused.problems)))
            return SaveOutcome.REFUSED
        self.forget(path)
        self._keep_copy(self.organisation if self.is_changed else None)
        return SaveOutcome.SAVED

    def _keep_copy(self, organisation: Organisation | None) -> None:
        """A reload finds it again. While the database does not answer, this session has it alone."""
        with suppress(DatabaseNotReady):
            store().organisation.keep_working_copy(organisation, self.laid_down.version)

    def keep(self, path: str, typed: str, problem: str, outcome: SaveOutcome = SaveOutcome.REFUSED) -> None:
        """Keep what was typed."""
        self.drafts[path] = Unsaved(path, typed, problem, outcome)

    def keep_unfinished(self, path: str, typed: str, problem: str = "") -> None:
        """Keep how something was typed that is not complete."""
        self.keep(path, typed, problem, SaveOutcome.UNFINISHED)

    def forget(self, path: str) -> None:
        """The field is taken over: its draft is of no use any more."""
        self.drafts.pop(path, None)

    def lay_down(self, why: str) -> None:
        """Lay the settings down as the next version. Raises GroundworkError."""
        self.begin_with(store().organisation.save(self.organisation, self.laid_down.version, why, person()))

    def begin_with(self, laid_down: LaidDown, organisation: Organisation | None = None) -> None:
        """Show what is laid down, or settings that are to be looked at before they are."""
        self.laid_down, self.organisation = laid_down, organisation or laid_down.organisation
        self._keep_copy(organisation)
        self.drafts.clear()
        self.notes.clear()
        self.epoch += 1


def settings_form() -> SettingsForm:
    """The form of this session, with what is laid down now where nothing was changed. Raises GroundworkError."""
    now, found = store().organisation.current(), st.session_state.get(_KEY)
    if not isinstance(found, SettingsForm):
        found = st.session_state[_KEY] = _left_over() or SettingsForm(now, now.organisation)
    elif now.version != found.laid_down.version and not found.is_changed:
        found.begin_with(now)
    return found


def _left_over() -> SettingsForm | None:
    """What the person worked on in an earlier session and did not lay down, against the version that they began from.

    What somebody else laid down since is then no change of theirs, and is not taken back unseen.
    """
    copy = store().organisation.working_copy() if store().may(Action.MANAGE) else None
    return SettingsForm(copy.base, copy.organisation) if copy is not None else None
