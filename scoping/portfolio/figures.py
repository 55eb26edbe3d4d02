"""A study as JSON values: for programs, and to be kept with a scenario. A figure that does not exist is None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from .believing import Believed
from .candidates import Option
from .choosing import Choice
from .piloting import PilotWorth
from .study import FrontierPoint, Line, Study
from .timeline import Timeline


def figures_of(study: Study) -> dict[str, Any]:
    """What is told of all proposals together ("whole"), and of each ("proposals", by name).

    Nothing in "whole" names a proposal, so that it can be shown to people who may not see all of them; limits that
    conflict and points of a frontier, which do, say so by their kind and their number alone.
    """
    return {
        "whole": {
            **_choice(study.choice),
            "conflict": [{"kind": each.kind, "when": each.when} for each in study.conflict],
            "believed": _believed(study.believed),
            "timeline": None if study.timeline is None else _timeline(study.timeline),
            "prices": None if study.prices is None else [
                {**asdict(each.limit), "by": each.by, "worth": each.worth} for each in study.prices
            ],
            "by_budget": _points(study.by_budget),
            "by_risk": _points(study.by_risk),
        },
        "proposals": {
            **{each.name: _line(study, each) for each in study.lines},
            **{each.name: {"chosen": None, "not_counted": each.why} for each in study.not_counted},
        },
    }  # fmt: skip


def _choice(choice: Choice | None) -> dict[str, Any]:
    names = ("value", "shortfall", "objective", "gap")
    return {name: None if choice is None else getattr(choice, name) for name in names}


def _believed(known: Believed) -> dict[str, Any]:
    return {"prior": None if known.prior is None else asdict(known.prior), "source": known.source}


def _timeline(timeline: Timeline) -> dict[str, Any]:
    return {
        "money": [asdict(each) for each in timeline.money],
        "people": {role: [asdict(each) for each in by_month] for role, by_month in timeline.people.items()},
        "at_once": [asdict(each) for each in timeline.at_once],
    }


def _points(points: Sequence[FrontierPoint] | None) -> list[dict[str, Any]] | None:
    if points is None:
        return None
    return [
        {
            "at": each.at,
            "money": each.money,
            "value": each.value,
            "shortfall": each.shortfall,
            "gap": each.gap,
            "many": len(each.chosen),
        }
        for each in points
    ]


def _line(study: Study, line: Line) -> dict[str, Any]:
    pilot = next((each for each in study.pilots or () if each.name == line.name), None)
    return {
        "chosen": None if line.option is None else option_figures(line.option),
        "best": None if line.best is None else option_figures(line.best),
        "belief": None if line.belief is None else asdict(line.belief),
        "right_in": line.right_in,
        "other_way": None if line.other_way is None else {"cost": line.other_way.cost, "least": line.other_way.least},
        "pilot": None if pilot is None else _pilot(pilot),
    }


def option_figures(option: Option) -> dict[str, Any]:
    """One way to do a proposal."""
    return {
        "option": option.name,
        "value": option.value,
        "start": option.start,
        "end": option.end,
        "is_pilot": option.is_pilot,
    }


def _pilot(pilot: PilotWorth) -> dict[str, Any]:
    return {name: value for name, value in asdict(pilot).items() if name != "name"}
