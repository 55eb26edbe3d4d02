"""What the fields of a page ask of the document that they edit: an open proposal's, or the organisation's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from app.session.outcome import SaveOutcome, Unsaved
from scoping import Proposal
from scoping.document.paths import Path
from scoping.text.entry import Note


class EntryForm(Protocol):
    """A document that is being edited, with what was typed and could not be taken over."""

    epoch: int
    notes: dict[str, tuple[Note, ...]]
    restated: dict[str, str]
    outdated: set[str]
    commented: Mapping[str, int]
    drawn: dict[str, None]

    @property
    def id(self) -> str:
        """What tells the widgets of one document from those of another."""

    @property
    def proposal(self) -> Proposal:
        """The document, for its declarations, its currency and its kind of task."""

    @property
    def document(self) -> Mapping[str, Any]:
        """The document as plain values. It is to be read only."""

    @property
    def drafts(self) -> Mapping[str, Unsaved]:
        """What stands in the fields and is not taken over, by path."""

    def key(self, path: str) -> str:
        """The key of the widget that edits a path."""

    def set(self, path: str, value: Any, typed: str, *, kept_under: str = "") -> SaveOutcome:
        """Take over another value at a path, or keep it as it was typed, under the path or another name."""

    def remove_row(self, row: Path) -> SaveOutcome:
        """Take a row out of its list."""

    def keep(self, path: str, typed: str, problem: str, outcome: SaveOutcome = SaveOutcome.REFUSED) -> None:
        """Keep what was typed and cannot be."""

    def keep_unfinished(self, path: str, typed: str, problem: str = "") -> None:
        """Keep how something was typed that is not complete."""
