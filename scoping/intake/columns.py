"""What an idea is asked for: each question once, with words, unit and bounds of the proposal's own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..bridges.base import Task
from ..document.fields import COUNT, LONGEST_TEXT, MONEY, Quantity
from ..document.problem import ProblemSection
from ..document.proposal import Proposal
from ..text.languages import joined, message

LONGEST_TITLE = 300
LONGEST_IDEA_TEXT = 4_000
"""An idea is a few sentences; the proposal that becomes of it has room for more."""
MOST_TAGS = 20


@dataclass(frozen=True)
class Column:
    """One question: its name for programs, what it is called, what helps to answer it.

    A `quantity` says that a number is asked for; `longest` how many letters a text may have. `is_needed` where an idea
    says nothing without it.
    """

    name: str
    title: str
    help: str
    quantity: Quantity | None = None
    is_needed: bool = False
    longest: int = LONGEST_TITLE
    width: int = 24

    @property
    def is_long(self) -> bool:
        """True where sentences are expected."""
        return self.longest == LONGEST_IDEA_TEXT


def _as_in(section: Any, name: str) -> tuple[str, str]:
    """The title and the help of a proposal's own field."""
    info = section.model_fields[name]
    return message(str(info.title)), message(str(info.description))


_CASES, _CASES_HELP = _as_in(Task, "cases_per_month")
VALUE = message("Value of a case")
VALUE_HELP = message(
    "What it would be worth, in money, if one case were decided as well as it can be instead of as today."
)
_AT_LEAST = message("{what}, at least")
_AT_MOST = message("{what}, at most")
_ROUGH = message("A guess will do: from about this to about that. Leave both empty if nobody has an idea.")
_SAME = message("The same number twice where it is known.")


def _end(template: str, what: str) -> str:
    return message(str(template), what=what)


COLUMNS: tuple[Column, ...] = (
    Column("title", *_as_in(Proposal, "title"), is_needed=True, width=34),
    Column("problem", *_as_in(ProblemSection, "statement"), is_needed=True, longest=LONGEST_IDEA_TEXT, width=50),
    Column("decision", *_as_in(ProblemSection, "decision"), is_needed=True, longest=LONGEST_IDEA_TEXT, width=50),
    Column("volume_low", _end(_AT_LEAST, _CASES), joined(" ", (_CASES_HELP, _ROUGH)), COUNT, width=16),
    Column("volume_high", _end(_AT_MOST, _CASES), joined(" ", (_CASES_HELP, _SAME)), COUNT, width=16),
    Column("value_low", _end(_AT_LEAST, VALUE), joined(" ", (VALUE_HELP, _ROUGH)), MONEY, width=16),
    Column("value_high", _end(_AT_MOST, VALUE), joined(" ", (VALUE_HELP, _SAME)), MONEY, width=16),
    Column("currency", *_as_in(Proposal, "currency"), longest=3, width=10),
    Column("team", *_as_in(Proposal, "team"), width=20),
    Column("tags", *_as_in(Proposal, "tags"), width=24),
)
"""The questions in their order."""
BY_NAME = {each.name: each for each in COLUMNS}
assert max(each.longest for each in COLUMNS) <= LONGEST_TEXT
