"""A portfolio as a report tells it: the lines, and the columns in which every format shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from ...text.languages import ENGLISH, Language, joined, listed, message, say
from ...text.reviewing import STAGES
from ...text.wording import day, number
from ...verdict import RECOMMENDATIONS, called
from ...vocabulary import Recommendation, Stage
from ..summarising.key_figures import QUANTILES

TITLE = message("Portfolio of machine-learning proposals")
_RATE_DIGITS = 8
FOOTNOTE = message(
    "Expected NPV of each proposal's leading alternative against its status quo, in its own currency. {quantiles}",
    quantiles=QUANTILES,
)


@dataclass(frozen=True)
class PortfolioLine:
    """One proposal. Money is in its currency; shares and scores are 0..1; what is not known is None.

    `converted` is the expected NPV in the currency in which the list compares, `converted_to`, at the `rate` of that
    day; without a rate the proposal stands apart. `advice` is what functions say in words, of the round that is open or
    of the decision. The others tell of the version that was saved, and of the decision that stands.
    """

    title: str
    team: str
    owner: str
    currency: str
    recommendation: str
    leading: str | None
    npv_mean: float | None
    npv_p10: float | None
    npv_p90: float | None
    probability_of_loss: float | None
    feasibility_score: float | None
    decision: str | None
    saved_on: str
    version: int | None = None
    decided_by: str = ""
    decided_on: str = ""
    conditions: tuple[str, ...] = ()
    converted: float | None = None
    converted_to: str = ""
    rate: float | None = None
    rate_as_of: date | None = None
    stage: Stage | None = None
    advice: tuple[str, ...] = ()

    @property
    def stands_apart(self) -> bool:
        """True where nobody said what its currency is worth in the one that the list compares in."""
        return bool(self.converted_to) and self.rate is None

    @property
    def is_converted(self) -> bool:
        """True where its own currency is another than the one that the list compares in, and has a rate."""
        return self.rate is not None and self.currency != self.converted_to


@dataclass
class Currencies:
    """What lines tell of their currencies, noted as they go by: a report takes them once."""

    compared_in: str = ""
    rates: dict[str, str] = field(default_factory=dict)
    apart: dict[str, None] = field(default_factory=dict)

    def noting(self, lines: Iterable[PortfolioLine]) -> Iterator[PortfolioLine]:
        """The lines, as they are."""
        for line in lines:
            self.compared_in = line.converted_to
            if line.is_converted:
                self.rates.setdefault(line.currency, _rate_said(line))
            if line.stands_apart:
                self.apart[line.currency] = None
            yield line

    @property
    def are_several(self) -> bool:
        """True where the amounts are not all in the currency in which they compare."""
        return bool(self.rates or self.apart)

    @property
    def said(self) -> str:
        """In which currency the amounts compare, at which rates, and which stand apart; empty where all are in one."""
        if not self.are_several:
            return ""
        compared = message("Amounts compare in {currency}.", currency=self.compared_in)
        apart = message("No rate for {currencies}: those proposals stand apart.", currencies=listed(self.apart))
        return joined(" ", [compared, *self.rates.values(), *([apart] if self.apart else [])])


@dataclass(frozen=True)
class Portfolio:
    """The lines, which are taken once, and the language in which they are told."""

    lines: Iterable[PortfolioLine]
    language: Language = ENGLISH
    as_of: date | None = None

    @property
    def standing(self) -> str:
        """As of when the report is."""
        return self.say(message("As of {date}", date=day(self.as_of))) if self.as_of else ""

    def say(self, text: str) -> str:
        """A text in that language."""
        return say(text, self.language)


def _rate_said(line: PortfolioLine) -> str:
    """What one unit of its currency is worth, and since when."""
    known = {"currency": line.currency, "rate": number(line.rate, _RATE_DIGITS), "base": line.converted_to}
    if line.rate_as_of is None:
        return message("1 {currency} = {rate} {base}.", **known)
    return message("1 {currency} = {rate} {base}, as of {day}.", **known, day=day(line.rate_as_of))


class Shape(Enum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """One column: its title, a line's value in it, its width in letters.

    On paper there is room for some of them only: `on_paper` is the shorter title there, and
    `nothing` what stands for a text that is missing.
    An amount is in `currency`. What is `about_currencies` needs no room there where all amounts are in one.
    """

    title: str
    value: Callable[[PortfolioLine], Any]
    shape: Shape = Shape.TEXT
    width: float = 13
    on_paper: str = ""
    nothing: str = ""
    currency: Callable[[PortfolioLine], str] = lambda line: line.currency
    about_currencies: bool = False


def _decision(line: PortfolioLine) -> str:
    return RECOMMENDATIONS[Recommendation(line.decision)] if line.decision else ""


def _stage(line: PortfolioLine) -> str:
    return STAGES[line.stage] if line.stage else ""


def _version(line: PortfolioLine) -> str:
    return "" if line.version is None else str(line.version)


def _rate_day(line: PortfolioLine) -> str:
    return line.rate_as_of.isoformat() if line.rate_as_of else ""


def _decided_by(line: PortfolioLine) -> str:
    """Who decided, when, and on which conditions, as one text."""
    return "\n".join(part for part in (line.decided_by, line.decided_on, *line.conditions) if part)


COLUMNS = (
    Column(message("Proposal"), lambda line: line.title, width=32, on_paper=message("Proposal")),
    Column(message("Team"), lambda line: line.team, width=16),
    Column(message("Owner"), lambda line: line.owner, width=14),
    Column(
        message("Recommendation"),
        lambda line: called(line.recommendation, has_figures=line.npv_mean is not None),
        width=22,
        on_paper=message("Recommendation"),
    ),
    Column(message("Decision"), _decision, width=15, on_paper=message("Decision"), nothing=message("none yet")),
    Column(message("By whom, and on which conditions"), _decided_by, width=32, on_paper=message("By whom, conditions")),
    Column(message("Stage"), _stage, width=18),
    Column(message("Advice"), lambda line: joined("\n", line.advice), width=32),
    Column(message("Leading alternative"), lambda line: line.leading or "", width=24),
    Column(message("Currency"), lambda line: line.currency, width=9),
    Column(message("Expected NPV"), lambda line: line.npv_mean, Shape.MONEY, on_paper=message("Expected NPV")),
    Column(
        message("Expected NPV, converted"),
        lambda line: line.converted,
        Shape.MONEY,
        on_paper=message("Converted"),
        currency=lambda line: line.converted_to,
        about_currencies=True,
    ),
    Column(message("Converted to"), lambda line: line.converted_to, width=10),
    Column(message("Rate"), lambda line: line.rate, Shape.NUMBER, width=11),
    Column(message("Rate as of"), _rate_day),
    Column(message("NPV P10"), lambda line: line.npv_p10, Shape.MONEY, on_paper="P10"),
    Column(message("NPV P90"), lambda line: line.npv_p90, Shape.MONEY, on_paper="P90"),
    Column(message("Chance of loss"), lambda line: line.probability_of_loss, Shape.SHARE, on_paper=message("Loss")),
    Column(
        message("Feasibility score"),
        lambda line: line.feasibility_score,
        Shape.SHARE,
        on_paper=message("Feasibility"),
    ),
    Column(message("Last saved"), lambda line: line.saved_on),
    Column(message("Version"), _version, width=10, on_paper=message("Version")),
)
"""The columns of every format, from the left."""
