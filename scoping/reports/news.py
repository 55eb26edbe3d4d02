"""What others changed between two versions, by person and by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..document.paths import Path
from ..document.proposal import Proposal
from .changes import Change, changes_between


@dataclass(frozen=True)
class Saving:
    """Who saved a version, and the paths that it changed."""

    who: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class ChangesOf:
    """What one person had a hand in; `who` is empty for what no version accounts for."""

    who: str
    changes: tuple[Change, ...]


def changes_by_person(before: Proposal, after: Proposal, savings: Sequence[Saving]) -> tuple[ChangesOf, ...]:
    """The fields that differ, under each of those who changed them. What was changed and changed back is not told.

    `savings` are those between the two versions, in any order. A row that moved since is under nobody: versions name
    places as they were then.
    """
    changes = changes_between(before, after)
    people = dict.fromkeys(each.who for each in savings)
    found = [ChangesOf(who, tuple(_touched(changes, _paths(who, savings)))) for who in people]
    told = {change.path for each in found for change in each.changes}
    rest = ChangesOf("", tuple(change for change in changes if change.path not in told))
    return tuple(each for each in (*found, rest) if each.changes)


def _paths(who: str, savings: Sequence[Saving]) -> list[Path]:
    return [Path(path) for each in savings if each.who == who for path in each.changed]


def _touched(changes: Sequence[Change], paths: Sequence[Path]) -> list[Change]:
    """The changes at one of the paths, within it, or around it."""
    return [each for each in changes if any(Path(each.path).overlaps(path) for path in paths)]
