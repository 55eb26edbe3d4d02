"""What this session did last, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import streamlit as st

from app.session.language import tell
from app.session.shared import store
from app.session.together import named_fields
from db import Saved
from scoping import Proposal, read, to_dict
from scoping.document.merging import merge
from scoping.errors import GroundworkError
from scoping.reports.changes import changes_between, place_told

_KEY = "done_last"


class UndoRefused(GroundworkError):
    """Someone changed the same field since: taking the older act back would undo theirs too."""


@dataclass(frozen=True)
class Act:
    """One save: the proposal before it and after it. `said` says what it was, where that is more than what was lost."""

    before: Proposal
    after: Proposal
    said: str = ""

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """What people call the rows and fields that were taken out by it."""
        changes = changes_between(self.before, self.after)
        return tuple(dict.fromkeys(each.label for each in changes if each.loses))

    def taken_back_from(self, now: Proposal) -> Proposal:
        """The proposal of now without this act, and with all that came after it. Raises UndoRefused."""
        found = merge(to_dict(self.after), to_dict(self.before), to_dict(now))
        if found.clashes:
            fields = named_fields(place_told(now, each.path) for each in found.clashes)
            raise UndoRefused(
                tell(
                    "This was changed again since, so it is not taken back: {fields}. The history has every version.",
                    fields=fields,
                )
            )
        return read(found.document)


@dataclass(frozen=True)
class Done:
    """Something done with a whole proposal, said in words, and how it is taken back."""

    said: str
    proposal: str
    back: Literal["archive", "restore"]

    def take_back(self, person: str) -> None:
        """Nothing is deleted: a proposal that came goes to the archive, one that went comes back."""
        (store().archive if self.back == "archive" else store().restore)(self.proposal, person)


def keep_done(done: Done | None) -> None:
    """It can be taken back until the next act."""
    st.session_state[_KEY] = done


def done_last() -> Done | None:
    """What this session did last with a whole proposal."""
    found = st.session_state.get(_KEY)
    return found if isinstance(found, Done) else None


def started(saved: Saved, said: str) -> None:
    """A proposal was made; it can be taken out again."""
    keep_done(Done(said, saved.id, "archive"))
