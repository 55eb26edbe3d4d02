"""What is kept of a candidate: the same figures as when it was made, by this program alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoping import examples
from scoping.portfolio import Candidate, Option, candidate_of
from scoping.portfolio.keeping import VALUING

_KEPT_FIGURES = Path(__file__).with_name(f"valued_{VALUING}.json")


def figures_of(candidate: Candidate) -> dict[str, Any]:
    """What a choice reads of a candidate, thinned where there are thousands of figures."""
    pilot = candidate.pilot
    return {
        "options": [_option(each) for each in candidate.options],
        "estimates": [[each.alternative, each.value, each.error, each.size, each.on_data] for each in candidate.estimates],
        "pilot": pilot and [pilot.evsi, pilot.cost, pilot.net, pilot.months, str(pilot.why_not)],
        "discounts": list(candidate.discounts[::5]),
    }


def _option(option: Option) -> dict[str, Any]:
    simulated = option.simulated
    return {
        "name": str(option.name),
        "value": option.value,
        "money": [sum(option.money), *option.money[:3]],
        "people": {role: sum(months) for role, months in option.people.items()},
        "end": option.end,
        "draws": option.draws[::37].tolist() if option.draws is not None else None,
        "draws_sum": float(np.sum(option.draws)) if option.draws is not None else 0.0,
        "is_pilot": option.is_pilot,
        "rests_on": dict(option.rests_on),
        "npv": simulated and [float(simulated.npv.sum()), *simulated.npv[::171].tolist()],
        "causes": simulated
        and {f"{each.name}|{number}": float(each.ranks[::31].sum()) for number, each in enumerate(simulated.causes)},
    }


def _assert_same(found: Any, known: Any, place: str = "") -> None:
    if isinstance(known, dict):
        assert found.keys() == known.keys(), place
        for name, each in known.items():
            _assert_same(found[name], each, f"{place}.{name}")
    elif isinstance(known, list):
        assert len(found) == len(known), place
        for number, each in enumerate(known):
            _assert_same(found[number], each, f"{place}[{number}]")
    elif isinstance(known, float):
        assert found == pytest.approx(known, rel=1e-8, abs=1e-6), place
    else:
        assert found == known, place


@pytest.mark.parametrize("name", examples.NAMES)
def test_figures_that_move_take_another_version_of_the_valuing(name: str) -> None:
    """Figures are kept over restarts: where these move on purpose, raise VALUING and write the file of the new ones."""
    known = json.loads(_KEPT_FIGURES.read_text(encoding="utf-8"))
    _assert_same(figures_of(candidate_of(examples.load(name), rate=1.25)), known[name], name)
