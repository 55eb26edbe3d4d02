"""A decision that is being written: a draft of the person, which no reload, page or newer version loses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from app.session.workspace import Workspace

PATH = "decision"
"""The name under which the draft is kept; no field of the document has it."""


@dataclass(frozen=True)
class Conditions:
    """The conditions of one outcome as they were written, and those that had been proposed for it."""

    text: str
    proposed: str


@dataclass(frozen=True)
class DecisionDraft:
    """What stands in the form. `recommendation` is the one that was shown when a way was chosen.

    `conditions` are kept for each outcome and alternative for which somebody wrote some; `duties` for each condition
    of which somebody said who sees to it (a name, or the id of somebody here), or by when.
    """

    recommendation: str = ""
    way: str = ""
    outcome: str = ""
    alternative: str = ""
    reason: str = ""
    by: str | None = None
    review_on: date | None = None
    conditions: Mapping[str, Conditions] = field(default_factory=dict)
    duties: Mapping[str, tuple[str, date | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace) -> DecisionDraft:
        """What this person wrote; nothing yet where there is no draft."""
        draft = workspace.drafts.get(PATH)
        return cls.read(draft.text) if draft else cls()

    @classmethod
    def read(cls, text: str) -> DecisionDraft:
        """What a draft says; nothing where it cannot be read."""
        try:
            return _read(json.loads(text))
        except (ValueError, TypeError, AttributeError, KeyError):
            return cls()

    def keep(self, workspace: Workspace) -> None:
        """Keep it, here and in the database."""
        workspace.keep_unfinished(PATH, self._as_text())

    def _as_text(self) -> str:
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        kept["review_on"] = self.review_on.isoformat() if self.review_on else None
        kept["conditions"] = {place: [each.text, each.proposed] for place, each in self.conditions.items()}
        kept["duties"] = {
            words: [owner, due_on.isoformat() if due_on else None] for words, (owner, due_on) in self.duties.items()
        }
        return json.dumps(kept, ensure_ascii=False)

    def with_value(self, name: str, value: str | date | None) -> DecisionDraft:
        """The same with another text, choice or day in one field."""
        changed: dict[str, Any] = {name: value}
        return replace(self, **changed)

    def with_conditions(self, place: str, text: str, proposed: str) -> DecisionDraft:
        """The same with other conditions for one outcome; what is as proposed need not be kept."""
        others = {name: each for name, each in self.conditions.items() if name != place}
        own = {} if text == proposed else {place: Conditions(text, proposed)}
        return replace(self, conditions={**others, **own})

    def with_duty(self, condition: str, owner: str, due_on: date | None) -> DecisionDraft:
        """The same with another owner or day of a condition."""
        return replace(self, duties={**self.duties, condition: (owner, due_on)})

    def in_view_of(self, recommendation: str) -> DecisionDraft:
        """The same without a way that was chosen in view of another recommendation: the words stay."""
        return self if self.is_in_view_of(recommendation) else replace(self, way="", outcome="", alternative="")

    def is_in_view_of(self, recommendation: str) -> bool:
        """True unless a way was chosen when something else was recommended."""
        return self.recommendation in ("", recommendation)


def _read(kept: Mapping[str, Any]) -> DecisionDraft:
    words = {name: str(kept[name]) for name in ("recommendation", "way", "outcome", "alternative", "reason")}
    conditions = {str(place): Conditions(str(text), str(was)) for place, (text, was) in kept["conditions"].items()}
    by, review = kept["by"], kept["review_on"]
    # Drafts of the time before there were duties say nothing of them.
    duties = {str(words): (str(owner), _day(due_on)) for words, (owner, due_on) in kept.get("duties", {}).items()}
    return DecisionDraft(
        **words,
        by=None if by is None else str(by),
        review_on=_day(review),
        conditions=conditions,
        duties=duties,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
