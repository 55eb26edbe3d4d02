"""The JSON Schema and the reader agree: jsonschema, which knows nothing of us, is the judge of mutated documents."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import jsonschema
import pytest

from scoping import DocumentRefused, examples, read, to_dict
from scoping.document.paths import with_value
from scoping.document.reading import schema
from tests.documents import CERTAIN

SCHEMA = jsonschema.Draft202012Validator(schema())
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        1,
        -1,
        0.5,
        1.0,
        36.0,
        36.5,
        1e30,
        2**63,
        10**40,
        5e-324,
        "",
        " ",
        "x",
        "0.5",
        "EUR",
        "2026-01-01",
    ),
    *("a" * 201, "a" * 20_001, "https://a.org", [], {}, ["x"], [None], [1.5], [[0, 1], [1, 2]], {"name": "x"}),
    *({"p10": 0.1, "p50": 0.2}, {"p10": 0.1, "p50": 0.2, "p90": 0.3}, {"minimum": 0.1, "likely": 0.2, "maximum": 0.3}),
    {"judgements": [{"by": "a", "p10": 0.1, "p50": 0.2, "p90": 0.3}]},
)


def is_read(document: dict[str, Any]) -> bool:
    try:
        read(document)
    except DocumentRefused:
        return False
    return True


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from places(value[key], (*path, key))


def mutations(name: str, count: int) -> Iterator[dict[str, Any]]:
    """An example in which something else stands in one place."""
    document, luck = to_dict(examples.load(name)), random.Random(name)
    chosen = list(places(document))
    for _ in range(count):
        mutated = deepcopy(document)
        *way, last = luck.choice(chosen)
        at: Any = mutated
        for key in way:
            at = at[key]
        at[last] = luck.choice(ODD)
        yield mutated


def test_what_the_reader_takes_the_schema_takes() -> None:
    taken = [each for name in examples.NAMES for each in mutations(name, 60) if is_read(each)]
    assert len(taken) > 50
    for document in taken:
        SCHEMA.validate(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_version", 1.0),
        ("exported", "on Monday"),
        ("risks", ["The data come too late"]),
        ("resources", ["A data engineer"]),
        ("data", {"sources": ["Camera images of two years"]}),
        ("currency", "CHF"),
        ("feasibility", {"answers": {"acted_on": {"choice": "dont_know"}}, "ceilings": {"recall": 0.9}}),
        ("alternatives.1.metrics", {"recall": 1, "precision": 1.0}),
    ],
)
def test_both_take(path: str, value: Any) -> None:
    document = with_value(CERTAIN, path, value)
    assert is_read(document)
    SCHEMA.validate(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_version", 1.5),
        ("schema_version", True),
        ("risks", [5]),
        ("currency", "QQQ"),
        ("currency", "eur"),
        ("feasibility", {"answers": {"acted_on": {"choice": "perhaps"}}}),
        ("feasibility", {"ceilings": {"recall": 1.2}}),
        ("alternatives.1.metrics", {"recall": -0.1, "precision": 0.5}),
        ("alternatives.1.metrics", {"recall": {"p10": 0.5, "p50": 0.9, "p90": 1.1}, "precision": 0.5}),
        ("alternatives.1.metrics", {"roc_auc": 0.4}),
    ],
)
def test_both_refuse(path: str, value: Any) -> None:
    document = with_value(CERTAIN, path, value)
    assert not is_read(document)
    assert not SCHEMA.is_valid(document)


def test_counts_of_evidence_may_be_written_with_a_point() -> None:
    document = next(found for name in examples.NAMES if (found := to_dict(examples.load(name))).get("evidence"))
    evidence = document["evidence"][0]
    for value in (float(evidence["source"]["rows"]), evidence["source"]["rows"] + 0.5, -1, 1e16):
        evidence["source"]["rows"] = value
        assert is_read(document) == SCHEMA.is_valid(document) == (value >= 0 and value == int(value) and value < 1e15)


def test_a_curve_bounds_its_own_metric_whatever_it_is_called() -> None:
    """Elsewhere a lift lies between -1 and 10."""
    document = {
        "title": "t",
        "bridge": {"kind": "curve", "cases_per_month": 10, "metric": "lift", "points": [[0, 0], [50, 30]]},
        "alternatives": [{"name": "M", "metrics": {"lift": 40}}],
    }
    assert is_read(document)
    SCHEMA.validate(document)
