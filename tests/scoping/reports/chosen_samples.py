"""A scenario with something of everything, for the tests of its files."""

from __future__ import annotations

from datetime import date

from scoping.reports.chosen import APPROVED, NO_RATE, Heading, ProposalLine, Result, SignedNote, Whole
from scoping.reports.chosen.result import BudgetPoint, LimitNamed, PilotOf, PriceOf, RiskPoint, Use

ROLE = "data engineer"


def whole(**changes: object) -> Whole:
    """All together, every part of it asked for."""
    given = {
        "value": 812_345.5,
        "low": -120_000.0,
        "high": 1_900_000.0,
        "shortfall": -310_000.0,
        "gap": 0.0,
        "money": (Use(taken=90_000, limit=100_000), Use(taken=60_000, limit=60_000), Use(taken=5_000)),
        "people": {ROLE: (Use(taken=2, limit=2), Use(taken=1.5, limit=2), Use(taken=0, limit=2))},
        "by_budget": tuple(
            BudgetPoint(share=each, money=160_000 * each, value=812_345 * each) for each in (0.5, 1, 1.5)
        ),
        "by_risk": (
            RiskPoint(weight=0, value=812_345, shortfall=-310_000),
            RiskPoint(weight=0.5, value=700_000, shortfall=-100_000),
        ),
        "prices": (PriceOf(limit=LimitNamed(kind="budget", when=0), by=50_000, worth=120_000),),
        "pilots": (PilotOf(proposal="b", net=42_000, per_money=2.1, per_month=7_000, gain=30_000),),
    }
    return Whole(**{**given, **changes})  # type: ignore[arg-type]


def result(
    titles: tuple[str, str, str, str] = ("Inspection", "Churn", "Routing", "Forecast"), **changes: object
) -> Result:
    """Two proposals that are done, one of them as a pilot; one that is left, one that is not counted."""
    figures = {"low": -50_000.0, "high": 900_000.0, "right": 0.86, "force": 31_000.0}
    lines = {
        "a": ProposalLine(
            title=titles[0], way="Model", start=0, end=4, value=612_345.5, estimate=700_000, weight=0.8,
            source={"en": "measured", "de": "gemessen"}, money=(70_000, 60_000), **figures,
        ),
        "b": ProposalLine(
            title=titles[1], way="Rule", is_pilot=True, start=3, end=6, value=200_000, estimate=260_000, weight=0.6,
            source={"en": "guess"}, money=(20_000, 0, 5_000), **figures,
        ),
        "c": ProposalLine(title=titles[2], value=90_000, estimate=150_000, weight=0.5, money=(80_000,), **figures),
        "d": ProposalLine(title=titles[3], not_counted=NO_RATE),
    }  # fmt: skip
    return Result(proposals=lines, whole=whole(**changes))


def heading(name: str = "Next year", note: str = "Before the board meets", **changes: object) -> Heading:
    """A saved scenario, approved on an older version."""
    given = {
        "currency": "EUR",
        "terms": ("Budget of quarter 1: €100,000", "At most 3 at once"),
        "version": 2,
        "saved_by": "Ana",
        "saved_on": date(2026, 11, 2),
        "decisions": (SignedNote(APPROVED, 2, "It fits", "Bo", date(2026, 11, 3)),),
        "changed": ("Churn",),
        "as_of": date(2026, 11, 4),
    }
    return Heading(name=name, note=note, **{**given, **changes})  # type: ignore[arg-type]
