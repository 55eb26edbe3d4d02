"""A choice among proposals as it is told: what is done, what is left and why, what it is worth and what it risks.

Every format and the page draw these sections, so that all of them tell the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...text.languages import ENGLISH, Language, counted, joined, listed, message, say
from ...text.wording import day
from ...theme import LIGHT
from ..blocks import Section, bullets, paragraph, section
from ..spoken import spoken
from .at_a_glance import at_a_glance
from .moves import moves, often
from .plan import plan
from .result import Result
from .tables import done, left, not_counted, pilots, values

APPROVED, REJECTED, UNDECIDED = message("Approved"), message("Rejected"), message("Not decided")
_FOOTNOTE = message(
    "Expected NPV against the status quo of each proposal. P10 and P90: with a chance of 10 % it is lower, with a chance of 10 % higher. Shortfall: the mean of the worst scenarios."
)


@dataclass(frozen=True)
class SignedNote:
    """A decision on the scenario: on which version, what, why, by whom and when."""

    outcome: str
    version: int
    reason: str
    decided_by: str
    decided_on: date
    is_verified: bool = True
    is_standing: bool = True

    @property
    def said(self) -> str:
        """The decision as a sentence."""
        by = self.decided_by if self.is_verified else message("{name} (name typed)", name=self.decided_by)
        return message(
            "{outcome} on version {version} by {person}, {day}: {reason}",
            outcome=self.outcome, version=str(self.version), person=by, day=day(self.decided_on), reason=self.reason,
        )  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """What is known of the scenario beside its figures. `terms` are what was set, in sentences.

    `unread` are places of what was set that this program cannot read: another version of it kept them.
    `changed` are titles of proposals that were saved since, `hidden` counts the proposals that the reader may not see,
    `hidden_changed` those of them that changed. `version` is 0 for what nobody has saved.
    """

    name: str
    currency: str
    note: str = ""
    terms: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    version: int = 0
    saved_by: str = ""
    saved_on: date | None = None
    decisions: tuple[SignedNote, ...] = ()
    changed: tuple[str, ...] = ()
    hidden: int = 0
    hidden_changed: int = 0
    as_of: date | None = None

    @property
    def standing(self) -> SignedNote | None:
        """The decision that stands."""
        return next((each for each in self.decisions if each.is_standing), None)


@dataclass(frozen=True)
class Account:
    """A scenario and its result, all texts ready to read. `result` is for formats that a machine reads."""

    title: str
    tag: str
    tone: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    edition: str
    sections: tuple[Section, ...]
    footnote: str
    currency: str
    result: Result
    language: Language = ENGLISH

    def say(self, text: str) -> str:
        """A text of a format's own, in the language of the account."""
        return say(text, self.language)


def account(result: Result, heading: Heading, language: Language = ENGLISH) -> Account:
    """The scenario as it is told, in one language."""
    sections = (each for each in sections_of(result, heading) if each.blocks)
    told = Account(
        title=heading.name,
        tag=tag_of(heading),
        tone=_tone(heading),
        lead=heading.note,
        facts=_facts(heading),
        edition=_edition(heading),
        sections=tuple(sections),
        footnote=_FOOTNOTE,
        currency=heading.currency,
        result=result,
    )
    return spoken(told, language)


def sections_of(result: Result, heading: Heading) -> tuple[Section, ...]:
    """All that there is to tell, in the order in which people ask."""
    currency = heading.currency
    return (
        section("remarks", message("Before you read on"), bullets(remarks(heading))),
        at_a_glance(result, currency),
        done(result, currency),
        left(result, currency),
        not_counted(result),
        plan(result, currency),
        *moves(result, currency),
        often(result),
        pilots(result, currency),
        values(result, currency),
        section("terms", message("What was set"), bullets(heading.terms)),
        section("decisions", message("Decisions"), *(paragraph(each.said) for each in heading.decisions)),
    )


def remarks(heading: Heading) -> tuple[str, ...]:
    """What a reader must know first: what is hidden from them, and what has changed since."""
    said = []
    if heading.hidden:
        said.append(
            counted(
                "{count} proposal of this scenario is hidden from you, and with it every figure that counts it.",
                "{count} proposals of this scenario are hidden from you, and with them every figure that counts them.",
                heading.hidden,
            )
        )
        said.append(message("What each of the others is worth is its own estimate, not what the choice counted."))
    if heading.changed:
        said.append(
            message(
                "Changed since this was computed: {titles}. The figures are those of the versions of that day.",
                titles=listed(heading.changed),
            )
        )
    if heading.hidden_changed:
        said.append(
            counted(
                "{count} hidden proposal has changed since.",
                "{count} hidden proposals have changed since.",
                heading.hidden_changed,
            )
        )
    if heading.unread:
        said.append(
            message(
                "Of what was set this version of the program cannot read: {places}. The figures were computed with it; a new choice would be made without it.",
                places=joined("; ", heading.unread),
            )
        )
    return tuple(said)


def tag_of(heading: Heading) -> str:
    """What was decided on this very version; an older decision is not one on it."""
    standing = heading.standing
    if standing is None:
        return UNDECIDED
    if standing.version == heading.version:
        return standing.outcome
    return message("Not decided; version {version}: {outcome}", version=str(standing.version), outcome=standing.outcome)


def _tone(heading: Heading) -> str:
    standing = heading.standing
    if standing is None or standing.version != heading.version:
        return LIGHT.main
    return LIGHT.good if standing.outcome == APPROVED else LIGHT.bad


def _facts(heading: Heading) -> tuple[tuple[str, str], ...]:
    found = [(message("Currency"), heading.currency)]
    if heading.saved_by:
        found.append((message("Saved by"), heading.saved_by))
    if heading.saved_on:
        found.append((message("Saved on"), day(heading.saved_on)))
    return tuple(found)


def _edition(heading: Heading) -> str:
    parts = [message("Version {version}", version=str(heading.version))] if heading.version else []
    parts += [message("As of {date}", date=day(heading.as_of))] if heading.as_of else []
    return joined("  ·  ", parts)
