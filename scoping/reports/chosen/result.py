"""What came out of a choice among proposals, as plain figures: kept with a scenario, told by pages and files.

What is told of each proposal stands apart from what is told of all together, so that whoever may not see a proposal can
be shown the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel, ConfigDict

from ...text.languages import ENGLISH, Language, Phrase, language_of, offered_languages, say

NOT_VALUED, NO_RATE = "not valued", "no rate"
"""Why a proposal is not counted: nothing in it can be valued yet, or nobody said what its currency is worth."""


Said = Mapping[str, str]
"""A text that was made when the scenario was computed, by language: it is kept as it was said."""


def kept_text(text: str) -> Said:
    """A text in every language that there is; nothing where it says nothing."""
    tags = {language_of(tag).locale.language for tag in offered_languages()}
    return {tag: say(text, language_of(tag)) for tag in sorted(tags)} if text else {}


def told_text(said: Said) -> str:
    """The text again, to be said in any language; in English where it was not kept in that one."""
    return Phrase(partial(_in_language, tuple(said.items()))) if said else ""


def _in_language(said: tuple[tuple[str, str], ...], language: Language) -> str:
    known = dict(said)
    return known.get(language.locale.language) or known.get(ENGLISH.locale.language, "")


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ProposalLine(_Figures):
    """One proposal. `way` is what is done of it, empty where it is left; months count from 0, `end` is the first after.

    `value` is what the choice counted, `estimate` the proposal's own expected NPV, `weight` how much of that was
    counted, `source` why; `low` and `high` are its P10 and P90. Of a proposal that is left they
    are those of its best way. `money` is what it takes in each quarter. `right` is the share of the scenarios in which
    it would have been chosen by who knows how they turn out; `force` what the other way costs, `force_least` what it
    costs at least where that was not proved, and `is_forced` that there is no other way. `not_counted` says why it has no figures.
    """

    title: str
    way: str = ""
    is_pilot: bool = False
    start: int = 0
    end: int = 0
    value: float | None = None
    estimate: float | None = None
    weight: float | None = None
    source: Said = {}
    low: float | None = None
    high: float | None = None
    money: tuple[float, ...] = ()
    right: float | None = None
    force: float | None = None
    force_least: float | None = None
    is_forced: bool = False
    not_counted: str = ""

    @property
    def counted(self) -> float | None:
        """What the choice counted; None where that is hidden, since it rests on what others are worth too."""
        return None if self.weight is None else self.value

    @property
    def is_done(self) -> bool:
        """True where it is chosen."""
        return bool(self.way)

    @property
    def is_counted(self) -> bool:
        """True where it could be chosen at all."""
        return not self.not_counted


class Use(_Figures):
    """What is taken of something in a quarter or a month, and how much there is of it; None for no limit."""

    taken: float
    limit: float | None = None


class BudgetPoint(_Figures):
    """The choice with a share of the budget; no value where the limits conflict there.

    `gap` is by how much another choice could be better, as a share of what was looked for.
    """

    share: float
    money: float
    value: float | None = None
    gap: float = 0.0


class RiskPoint(_Figures):
    """The choice where risk counts that much; `gap` as that of a budget."""

    weight: float
    value: float
    shortfall: float | None = None
    gap: float = 0.0


class LimitNamed(_Figures):
    """A limit by its kind, what it is about (roles, or ids of proposals), and when."""

    kind: str
    about: tuple[str, ...] = ()
    when: int | None = None


class PriceOf(_Figures):
    """What a wider limit would be worth."""

    limit: LimitNamed
    by: float
    worth: float


class PilotOf(_Figures):
    """A planned pilot, by the id of its proposal. `net` is what the proposal is worth more with it than decided today.

    `per_money` is that for each unit of its cost, `per_month` for each month of people who are scarce, `gain` what the
    choice under the limits is worth more with it, `gain_most` at most where that was not proved. `why_not` says why it cannot be chosen.
    """

    proposal: str
    net: float | None = None
    per_money: float | None = None
    per_month: float | None = None
    gain: float | None = None
    gain_most: float | None = None
    why_not: Said = {}


class Whole(_Figures):
    """What is told of all proposals together.

    `risk_weight` is how much the worst scenarios count in the choice. `conflict` are the fewest limits that cannot be
    kept together; then there is no choice. `source` says how values were shrunk, or why not. Parts that nobody asked for
    are None: how the value moves with the budget and with risk, what wider limits would be worth, which pilots first.
    """

    value: float = 0.0
    low: float | None = None
    high: float | None = None
    shortfall: float | None = None
    worst: float = 0.1
    risk_weight: float = 0.0
    gap: float = 0.0
    source: Said = {}
    conflict: tuple[LimitNamed, ...] = ()
    money: tuple[Use, ...] = ()
    people: Mapping[str, tuple[Use, ...]] = {}
    by_budget: tuple[BudgetPoint, ...] | None = None
    by_risk: tuple[RiskPoint, ...] | None = None
    prices: tuple[PriceOf, ...] | None = None
    pilots: tuple[PilotOf, ...] | None = None


class Result(_Figures):
    """What came out: of each proposal by its id, and of all together, where who asks may see all of them."""

    proposals: Mapping[str, ProposalLine] = {}
    whole: Whole | None = None

    @classmethod
    def read(cls, figures: Mapping[str, Any]) -> Result:
        """As it was kept. What a later version of the program does not know is left out."""
        return cls.model_validate(dict(figures))

    def figures(self) -> dict[str, Any]:
        """As it is kept."""
        return self.model_dump(mode="json")

    @property
    def done(self) -> dict[str, ProposalLine]:
        """What is chosen, in the order in which it begins, then by value."""
        found = {name: each for name, each in self.proposals.items() if each.is_done}
        return dict(sorted(found.items(), key=lambda item: (item[1].start, -(item[1].value or 0.0))))

    @property
    def left(self) -> dict[str, ProposalLine]:
        """What could have been chosen and is not, the most valuable first."""
        found = {name: each for name, each in self.proposals.items() if each.is_counted and not each.is_done}
        return dict(sorted(found.items(), key=lambda item: -(item[1].value or 0.0)))

    @property
    def not_counted(self) -> dict[str, ProposalLine]:
        """What has no figures."""
        return {name: each for name, each in self.proposals.items() if not each.is_counted}
