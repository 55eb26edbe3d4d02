"""What became of something that a person typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from db import Draft


class SaveOutcome(StrEnum):
    """What became of a save."""

    SAVED = "saved"
    REFUSED = "refused"
    """It is no such value, or the document would break its own rules."""
    STALE = "stale"
    """Someone else saved meanwhile; a person has to choose."""
    UNFINISHED = "unfinished"
    """The person is in the middle of it: no error, but not complete."""
    WAITING = "waiting"
    """It counts in this session, and is saved as soon as the database answers."""
    FAILED = "failed"
    """It may not be saved: the person may not, or the proposal is gone."""

    @property
    def is_saved(self) -> bool:
        """True where it is in the database now."""
        return self is SaveOutcome.SAVED

    @property
    def is_taken(self) -> bool:
        """True where the document that this session shows has it."""
        return self in (SaveOutcome.SAVED, SaveOutcome.WAITING)


@dataclass(frozen=True)
class Unsaved(Draft):
    """A draft, and what became of the attempt to save it."""

    outcome: SaveOutcome = SaveOutcome.REFUSED


def left_over(drafts: Mapping[str, Draft]) -> dict[str, Unsaved]:
    """What earlier sessions left. Nobody is asked about a stale save any more: it counts as refused."""
    return {path: Unsaved(each.path, each.text, each.problem, _left(each)) for path, each in drafts.items()}


def _left(draft: Draft) -> SaveOutcome:
    return SaveOutcome.REFUSED if draft.problem else SaveOutcome.UNFINISHED
