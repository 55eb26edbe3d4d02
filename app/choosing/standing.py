"""Which proposals are still open to choice, and how many stand apart: their money is spent, or somebody said no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from db import NOT_DECIDED, Filters, Store
from scoping.text.languages import counted, joined, message
from scoping.vocabulary import Outcome, Stage

OPEN = (Stage.DRAFT, Stage.SUBMITTED, Stage.CHANGES_REQUESTED, Stage.DECIDED)
_NOT_STOPPED = (NOT_DECIDED, *(str(each) for each in Outcome if each is not Outcome.STOP))


class Apart(StrEnum):
    """Why a proposal is not open to choice any more, or not yet."""

    BEGUN = "begun"
    STOPPED = "stopped"
    IDEA = "idea"
    DEMO = "demo"


_TOLD: Mapping[Apart, Callable[[int], str]] = {
    Apart.BEGUN: lambda many: counted(
        "{count} has begun (in build, live or retired)", "{count} have begun (in build, live or retired)", many
    ),
    Apart.STOPPED: lambda many: counted(
        "{count} on which the decision is to stop", "{count} on which the decision is to stop", many
    ),
    Apart.IDEA: lambda many: counted("{count} is an idea still", "{count} are ideas still", many),
    Apart.DEMO: lambda many: counted(
        "{count} belongs to the demo portfolio", "{count} belong to the demo portfolio", many
    ),
}


def still_open(filters: Filters) -> Filters:
    """The same, without what stands apart.

    Somebody who names stages means all that is there, and of the demo portfolio all is decided already. What is
    built or live stays apart while it is submitted anew: its money is spent, and a new decision on it is none among
    plans.
    """
    if filters.stages or filters.demo:
        return filters
    return replace(filters, stages=OPEN, decisions=_NOT_STOPPED, begun=False)


def apart(store: Store, filters: Filters) -> dict[Apart, int]:
    """How many stand apart of those that match, by their reason; none where stages are named."""
    if filters.stages or filters.demo:
        return {}
    found = {
        Apart.BEGUN: store.count(replace(filters, begun=True)),
        Apart.STOPPED: store.count(replace(filters, stages=OPEN, decisions=(str(Outcome.STOP),), begun=False)),
        Apart.IDEA: store.count(replace(filters, stages=(Stage.IDEA,))),
    }
    return {why: many for why, many in found.items() if many}


def has_real_ones(store: Store) -> bool:
    """Whether there is any proposal that is not of the demo portfolio."""
    return bool(store.first(Filters(demo=False), 1))


def apart_told(found: Mapping[Apart, int]) -> str:
    """How many stand apart and why, as a sentence; nothing where none do."""
    return (
        joined(
            "", (message("Not among these"), ": ", joined("; ", (_TOLD[why](many) for why, many in found.items())), ".")
        )
        if found
        else ""
    )
