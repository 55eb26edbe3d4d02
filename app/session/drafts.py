"""A proposal's drafts as one session holds them, kept in step with the database and with the person's other tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.session.outcome import Unsaved, left_over
from app.session.shared import store
from db import DatabaseNotReady, Draft
from scoping import GroundworkError


class Drafts(Mapping[str, Unsaved]):
    """What stands in the fields and is not saved, by path.

    The session has it first; the database is told by `catch_up`, and as long as it does not answer, it is behind.
    `elsewhere` holds what another tab of the same person keeps at a path where this one keeps something else.
    """

    def __init__(self, identity: str, found: Mapping[str, Draft]) -> None:
        self._identity = identity
        self._own = left_over(found)
        self._known = {path: each.text for path, each in found.items()}
        self._behind: set[str] = set()
        self.elsewhere: dict[str, Draft] = {}

    def __getitem__(self, path: str) -> Unsaved:
        return self._own[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    @property
    def is_behind(self) -> bool:
        """True while the database does not know all of it."""
        return bool(self._behind)

    def hold(self, draft: Unsaved) -> None:
        """Keep what was typed."""
        self._own[draft.path] = draft
        self._behind.add(draft.path)

    def let_go(self, path: str) -> None:
        """It is of no use any more."""
        self.elsewhere.pop(path, None)
        if self._own.pop(path, None) is not None:
            self._behind.add(path)

    def catch_up(self) -> None:
        """Tell the database what it does not know. Raises DatabaseNotReady; then the rest waits."""
        for path in sorted(self._behind):
            try:
                self._write(path)
            except DatabaseNotReady:
                raise
            except GroundworkError:
                # No longer for this person to write: it stays in this session, and the page says why.
                pass
            self._behind.discard(path)

    def _write(self, path: str) -> None:
        own, known = self._own.get(path), self._known.pop(path, None)
        found = store().keep_draft(self._identity, own) if own else store().drop_draft(self._identity, path)
        if found is not None and found.text not in (known, own.text if own else None):
            self.elsewhere[path] = found
        if own is not None:
            # As the database takes it.
            self._known[path] = own.text.replace("\x00", "")

    def merge(self, found: Mapping[str, Draft]) -> list[str]:
        """Take over what the person's other tabs kept and settled; what only this session holds stays.

        Returns the paths at which another text stands now.
        """
        changed = [path for path in {*found, *self._own} if self._merge(path, found.get(path))]
        self._known = {path: each.text for path, each in found.items()}
        return changed

    def _merge(self, path: str, theirs: Draft | None) -> bool:
        own, known = self._own.get(path), self._known.get(path)
        if path in self._behind or (theirs.text if theirs else None) == known:
            return False
        if own is None and theirs is not None:
            self._own.update(left_over({path: theirs}))
            return True
        if theirs is None:
            # Another tab saved the field, or took out what was typed there.
            return own is not None and self._own.pop(path) is not None
        if own is not None and theirs.text != own.text:
            self.elsewhere[path] = theirs
        return False
