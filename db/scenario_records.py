"""Scenarios of a choice among proposals as callers see them: plain values, detached from any session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

LONGEST_NAME, LONGEST_NOTE, LONGEST_REASON = 120, 2_000, 20_000
MOST_PROPOSALS = 5_000


class ScenarioOutcome(StrEnum):
    """What an approver says of a scenario."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True)
class ScenarioRequest:
    """What somebody wants kept: what was set, on which revisions it was computed, and what came out.

    `document` is the scenario's settings and `figures` its result, both as JSON; `computed_on` the version of each
    proposal that was looked at, by id. In `figures`, "whole" is what is told of all proposals together and "proposals"
    what is told of each, by id: the Store shows nobody what they may not see, and knows the two by these names. In the
    line of one it knows what follows from the others too (`scenario_rows.by_itself`).
    """

    name: str
    document: Mapping[str, Any]
    computed_on: Mapping[str, int]
    figures: Mapping[str, Any]
    currency: str
    note: str = ""


@dataclass(frozen=True)
class ScenarioDecisionRequest:
    """What somebody signs: on which version, and why. `follows` is the id of the newest decision that they have seen,
    0 for none.
    """

    version: int
    outcome: ScenarioOutcome
    reason: str
    follows: int
    decided_by: str = ""


@dataclass(frozen=True)
class ScenarioDecision:
    """A recorded decision on one version of a scenario; `number` counts from 1, the newest is the one that stands.

    `content_hash` is the hash of what that version says, its figures included.
    """

    id: int
    number: int
    version: int
    outcome: ScenarioOutcome
    reason: str
    content_hash: str
    decided_by: str
    decided_at: datetime
    is_verified: bool
    is_standing: bool


@dataclass(frozen=True)
class Scenario:
    """One version of a scenario, as far as the person may see what it is about.

    `computed_on` names the versions of the proposals that the person may see, and `hidden` counts the others: what was
    set about them is left out of `document`, what was told of them out of `figures`, and with them what is told of all
    together, for a sum less its known parts is the part that nobody should know. The lines that are left say what each
    proposal says of itself, and nothing that follows from the others. `changed` are those that were saved
    or archived since, `hidden_changed` counts the others. `newest` is the scenario's newest version.
    """

    id: str
    version: int
    newest: int
    name: str
    note: str
    currency: str
    document: Mapping[str, Any]
    computed_on: Mapping[str, int]
    figures: Mapping[str, Any]
    saved_by: str
    saved_at: datetime
    is_verified: bool
    content_hash: str
    archived: bool = False
    hidden: int = 0
    changed: tuple[str, ...] = ()
    hidden_changed: int = 0
    decision: ScenarioDecision | None = None
    """The one that stands, on whichever version."""

    @property
    def is_current(self) -> bool:
        """True where every proposal still is what the scenario was computed on."""
        return not self.changed and not self.hidden_changed

    @property
    def is_approved(self) -> bool:
        """True where the decision that stands approves this very version."""
        standing = self.decision
        return (
            standing is not None and standing.version == self.version and standing.outcome is ScenarioOutcome.APPROVED
        )


@dataclass(frozen=True)
class Seen:
    """Which proposals of a version the person may see, which not, and which of either have changed since."""

    visible: Mapping[str, int] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    changed: tuple[str, ...] = ()
    hidden_changed: int = 0
