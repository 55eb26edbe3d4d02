"""Two people at one proposal: their changes put together, and what is left to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from app.session.language import tell, tell_count, told
from db import Saved
from scoping import DocumentRefused, Proposal, read, to_dict
from scoping.bridges import COMPOSITES
from scoping.document.merging import Clash, Difference, Merge, differences, merge
from scoping.document.paths import Path
from scoping.reports.changes import labels_of_changes

_MOST_NAMED = 4


@dataclass
class Conflict:
    """A save that waits for a choice: what this session wanted, and what someone else saved meanwhile.

    `merge` holds what both said where it goes together, and the fields to ask about.
    """

    base: Proposal
    mine: Proposal
    theirs: Saved
    merge: Merge

    @cached_property
    def placed(self) -> Proposal:
        """A proposal in which the fields in question have their places."""
        try:
            return read(self.merge.document)
        except DocumentRefused:
            # What both said does not go together; the row is then named by its number.
            return self.theirs.proposal

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """The fields that both changed, to different values."""
        return self.merge.clashes

    def with_mine(self, mine: Proposal) -> Conflict:
        """The same question after this session changed something more."""
        return asked(self.base, mine, self.theirs)


def put_together(base: Proposal, mine: Proposal, theirs: Saved) -> Proposal | Conflict:
    """One proposal with both changes, or the question where they do not go together."""
    conflict = asked(base, mine, theirs)
    return conflict if conflict.clashes else read(conflict.merge.document)


def asked(base: Proposal, mine: Proposal, theirs: Saved) -> Conflict:
    """Both changes, with a question for each field that both changed; for every field where the rest is refused."""
    versions = to_dict(base), to_dict(mine), to_dict(theirs.proposal)
    found = merge(*versions)
    if not _goes_together(found):
        found = merge(*versions, asks_always=True)
    return Conflict(base, mine, theirs, found)


def _goes_together(found: Merge) -> bool:
    """Whether the document can be read whoever is right, and no part of the work comes back without its metrics."""
    if any(_is_part_of_work(clash) for clash in found.clashes):
        return False
    try:
        for is_mine in (False, True):
            read(found.settled({clash.path: is_mine for clash in found.clashes}))
    except DocumentRefused:
        return False
    return True


def _is_part_of_work(clash: Clash) -> bool:
    """Whether it is asked if there is a stream or segment at all: its metrics stand elsewhere, under its id."""
    match clash.path.keys:
        case ("bridge",):
            return any(isinstance(each, dict) and each.get("kind") in COMPOSITES for each in (clash.mine, clash.theirs))
        case ("bridge", "streams" | "segments", _):
            return True
    return False


def others_fields(shown: Proposal, saved: Proposal) -> tuple[Difference, ...]:
    """Where what is saved differs from what this session's fields show."""
    return differences(to_dict(shown), to_dict(saved))


def place_of_change(each: Difference) -> str:
    """What must be drawn anew: the field, or the list whose rows came, went or moved."""
    if each.before == each.after:
        return str(each.before)
    if each.before is None or each.after is None:
        row = each.before or each.after
        return str(row.parent) if row is not None else ""
    pairs = zip(each.before.keys, each.after.keys, strict=False)
    return str(Path.of(*(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))))


def news_of(base: Proposal, theirs: Saved, *, merged: bool) -> str:
    """What someone else saved, in words."""
    who = theirs.saved_by or tell("Someone else")
    named = named_fields(labels_of_changes(base, theirs.proposal))
    if merged:
        return tell("{who} saved meanwhile: {fields}. Your change was added to theirs.", who=who, fields=named)
    return tell("{who} saved a newer version; you now see it: {fields}.", who=who, fields=named)


def named_fields(labels: Iterable[str]) -> str:
    """Fields by name; of many the first ones, and how many more."""
    found = [told(each) for each in labels]
    rest = len(found) - _MOST_NAMED
    named = "; ".join(found[:_MOST_NAMED])
    return tell_count("{named} and {count} more", "{named} and {count} more", rest, named=named) if rest > 0 else named
