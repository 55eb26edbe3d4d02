"""Documents that tests vary."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scoping import Proposal, read
from scoping.document.paths import with_value
from scoping.feasibility.catalogue import QUESTIONS, Question

Document = dict[str, Any]

CERTAIN: Document = {
    "title": "All figures are certain",
    "currency": "EUR",
    "bridge": {
        "kind": "detection",
        "cases_per_month": 1000,
        "prevalence": 0.05,
        "value_of_catch": 120,
        "action_cost": 4,
        "false_alarm_cost": 1,
        "miss_cost": 10,
    },
    "alternatives": [
        {"name": "Today", "kind": "status_quo", "costs": [{"name": "Check", "timing": "per_case", "amount": 0.25}]},
        {
            "name": "Rule",
            "kind": "rules",
            "metrics": {"recall": 0.4, "precision": 0.3},
            "build_months": 1,
            "success_probability": 1,
            "costs": [{"name": "Write it", "timing": "one_off", "amount": 3000}],
        },
        {
            "name": "Model",
            "kind": "classical_ml",
            "metrics": {"recall": 0.8, "precision": 0.6},
            "build_months": 4,
            "success_probability": 1,
            "costs": [
                {"name": "Build", "component": "modelling", "timing": "one_off", "amount": 20000},
                {"name": "Run", "component": "serving", "timing": "monthly", "amount": 800},
                {"name": "Call", "component": "serving", "timing": "per_case", "amount": 0.1},
            ],
        },
    ],
    "returns": {
        "horizon_months": 24,
        "discount_rate": 0.1,
        "adoption": 0.8,
        "ramp_months": 3,
        "volume_growth": 0.06,
        "drift": 0.2,
        "retrain_every_months": 6,
        "retraining_cost": 0,
    },
    "feasibility": {"ceilings": {"recall": 0.95, "precision": 0.9}},
}

UNCERTAIN: Document = {
    **CERTAIN,
    "title": "Some figures are uncertain",
    "bridge": {
        **CERTAIN["bridge"],
        "prevalence": {"p10": 0.03, "p50": 0.05, "p90": 0.08},
        "value_of_catch": {"p10": 80, "p50": 120, "p90": 200},
    },
    "pilot": {"cost": 500, "labelled_cases": 300},
}


CASES = Path(__file__).parent / "scoping" / "cases"


def case(name: str, **changes: Any) -> Document:
    """A small document that an audit, or a published source, has given, with other values at some paths."""
    return varied(json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")), **changes)


def as_given(written: Any, given: Any) -> Any:
    """What was written, without the keys that the form filled in because nobody had given them."""
    if isinstance(given, dict) and isinstance(written, dict):
        return {key: as_given(written[key], each) for key, each in given.items() if key in written}
    if isinstance(given, list) and isinstance(written, list) and len(given) == len(written):
        return [as_given(*pair) for pair in zip(written, given, strict=True)]
    return written


def best_answers() -> Document:
    """Each question answered with its best choice."""
    return {
        key: {"choice": max(question.choices, key=lambda choice: choice.score).id}
        for key, question in QUESTIONS.items()
    }


_FACTS: dict[str, Callable[[str], Document]] = {
    "structure": lambda word: {"data": {"structure": word}},
    "scale": lambda word: {"data": {"size": {"small": 800, "middle": 50_000, "large": 5_000_000}[word]}},
    "personal": lambda word: {"data": {"personal": word}},
    "system": lambda word: {"problem": {"system": word}},
    "stage": lambda word: {"problem": {"system": "existing" if word == "begun" else "new"}},
    "learned": lambda word: {"alternatives": [{"name": "M", "kind": "classical_ml" if word == "yes" else "rules"}]},
}


def asked_for(question: Question) -> Document:
    """A proposal that says what the question follows from, and nothing else."""
    found: Document = {"title": "t"}
    for fact, wanted in question.once.items():
        for section, said in _FACTS[fact](wanted if isinstance(wanted, str) else wanted[0]).items():
            found[section] = {**found.get(section, {}), **said} if isinstance(said, dict) else said
    return found


def proposal(document: Document = CERTAIN, **changes: Any) -> Proposal:
    """The document with other values at some paths; "__" stands for a point."""
    return read(varied(document, **changes))


def varied(document: Document, **changes: Any) -> Document:
    """A copy of the document with other values at some paths; "__" stands for a point."""
    changed = copy.deepcopy(document)
    for path, value in changes.items():
        changed = with_value(changed, path.replace("__", "."), value)
    return changed
