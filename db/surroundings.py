"""What a page shows around a proposal, in one transaction: every run of a page asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from .access import Action
from .commenting import tallies_in
from .comments import Tally
from .organisation import newest_version_in
from .part import Part
from .review_records import Standing
from .reviewing import standing_in


@dataclass(frozen=True)
class Surroundings:
    """What stands around a document.

    `version` is the newest one, `allowed` what the person who acts may do with the proposal, `standing` how far its
    review has come, `tallies` how many threads of comments there are about each place, `settings_version` which version
    of its settings the organisation laid down last; 0 where there is none. `is_demo` says that the proposal is part of
    the demo portfolio.
    """

    version: int
    allowed: frozenset[Action]
    standing: Standing
    tallies: tuple[Tally, ...]
    settings_version: int = 0
    is_demo: bool = False


class Surrounding(Part):
    """The surroundings of a proposal for whoever acts."""

    def of(self, identity: str) -> Surroundings:
        """Much cheaper than its parts asked for one by one. Raises NotFound."""
        with self._reading() as session:
            row = self._gate.proposal(session, Action.SEE, identity)
            allowed = self._gate.allowed(session, identity)
            standing, tallies = standing_in(session, row), tallies_in(session, row.id)
            laid_down = newest_version_in(session)
            return Surroundings(row.version, allowed, standing, tallies, laid_down, is_demo=row.demo is not None)
