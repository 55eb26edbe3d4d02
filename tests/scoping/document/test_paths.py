"""Places in the document, and how complete each step is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import DocumentRefused, examples, read, to_dict
from scoping.document.editing import change, without_unknown
from scoping.document.paths import Path, value_at, with_value
from scoping.document.specs import spec_at
from tests.documents import CERTAIN, proposal


@pytest.mark.parametrize(
    ("path", "shape", "title"),
    [
        ("title", "text", "Title"),
        ("summary", "long_text", "Summary"),
        ("tags", "words", "Tags"),
        ("problem.system", "choice", "New or existing system"),
        ("problem.business_metric.current", "number", "Today"),
        ("bridge.prevalence", "estimate", "Prevalence"),
        ("alternatives.1.metrics.recall", "estimate", "Recall"),
        ("alternatives.1.build_months", "estimate", "Build time"),
        ("returns.horizon_months", "whole_number", "Horizon"),
        ("returns.discount_rate", "estimate", "Discount rate"),
        ("returns.retrain_every_months", "number", "Retrain every"),
        ("operations.latency_ms.budget", "number", "Latency budget"),
        ("feasibility.ceilings.recall", "estimate", "Recall"),
    ],
)
def test_a_field_tells_a_form_all_it_needs(path: str, shape: str, title: str) -> None:
    spec = spec_at(proposal(), path)
    assert (spec.shape, spec.title) == (shape, title)
    assert spec.help
    assert (spec.quantity is not None) == (shape in ("estimate", "number", "whole_number"))


def test_a_place_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        spec_at(proposal(), "bridge.nothing")


def test_values_are_read_and_changed_by_path() -> None:
    assert value_at(CERTAIN, "alternatives.1.metrics.recall") == 0.4
    assert value_at(CERTAIN, "alternatives.9.name", "none") == "none"
    assert with_value(CERTAIN, "problem.statement", "x")["problem"] == {"statement": "x"}
    assert "pilot" not in CERTAIN
    assert change(proposal(), "alternatives.1.metrics.recall", 0.5).alternatives[1].metrics["recall"].p50 == 0.5
    with pytest.raises(DocumentRefused):
        change(proposal(), "alternatives.1.metrics.recall", 5)


def test_another_kind_of_task_drops_only_metrics_that_it_cannot_know() -> None:
    document = without_unknown({**to_dict(examples.load("stock_price")), "bridge": {"kind": "detection"}})
    assert all("metrics" not in each or each["metrics"] == {} for each in document["alternatives"])
    assert read(document).bridge is not None
    kept = without_unknown({**CERTAIN, "bridge": {"kind": "automation"}})
    assert kept["alternatives"][1]["metrics"] == {"recall": 0.4, "precision": 0.3}


keys = st.lists(
    st.text(min_size=1, max_size=8).filter(lambda key: "\0" not in key) | st.integers(0, 99), min_size=1, max_size=5
)


@given(keys)
def test_a_path_keeps_every_key_whatever_it_holds(parts: list[str | int]) -> None:
    path = Path.of(*parts)
    assert path.keys == tuple(map(str, parts))
    assert Path(str(path)) == path
    assert path.parent / path.last == path
    assert path.is_within(path.parent)
    assert (path / "x").after(path) == ("x",)


def test_a_path_is_never_put_together_from_text() -> None:
    with pytest.raises(TypeError, match="key by key"):
        Path("alternatives") + ".0"
