"""Several people judge a number: each judgement is kept, the quantiles are averaged."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.differences import changed_paths
from scoping import (
    DocumentRefused,
    Estimate,
    assess,
    read,
    to_dict,
    write,
)
from scoping.reports import render, summarise
from tests.documents import CERTAIN, proposal
from tests.schemas import published

ANA = {"by": "Ana", "p10": 0.03, "p50": 0.05, "p90": 0.09}
BO = {"by": "Bo", "p10": 0.05, "p50": 0.07, "p90": 0.11}


def judged(*judgements: Any) -> dict[str, Any]:
    return {**CERTAIN, "bridge": {**CERTAIN["bridge"], "prevalence": {"judgements": list(judgements)}}}


def test_quantiles_are_averaged() -> None:
    # Lichtendahl, Grushka-Cockayne and Winkler 2013, Is It Better to Average Probabilities or Quantiles?
    estimate = Estimate.model_validate({"judgements": [ANA, BO]})
    assert (estimate.p10, estimate.p50, estimate.p90) == pytest.approx((0.04, 0.06, 0.10))


def test_averaged_quantiles_assess_like_typed_ones() -> None:
    together = assess(read(judged(ANA, BO))).to_dict()
    typed = assess(proposal(bridge__prevalence={"p10": 0.04, "p50": 0.06, "p90": 0.10})).to_dict()
    assert together["alternatives"][2]["npv"]["mean"] == pytest.approx(typed["alternatives"][2]["npv"]["mean"])


def test_each_judgement_is_kept_and_comes_back() -> None:
    document = read(judged(ANA, BO))
    assert to_dict(document)["bridge"]["prevalence"] == {"judgements": [ANA, BO]}
    assert read(write(document)) == document
    published().validate(to_dict(document))


def test_the_summary_shows_who_said_what() -> None:
    document = read(judged(ANA, {**BO, "by": "<b>Bo</b> | =1+1"}))
    text = render(summarise(document, assess(document)), "md").decode()
    assert "| Prevalence | Ana | 3% | 5% | 9% |" in text
    assert "\\<b\\>Bo\\</b\\> \\| =1+1" in text
    assert "| Prevalence | Average | 4% | 6% | 10% |" in text


@pytest.mark.parametrize(
    ("judgements", "said"),
    [
        ([], "at least one"),
        ([ANA, {**BO, "by": "Ana"}], "under a name of its own"),
        ([{**ANA, "p50": 0.01}], "may be below the one before it"),
        ([{**ANA, "by": ""}], "judgement 1, By"),
        ([{"by": "Ana", "p10": 0.1}], "Ana, Likely (P50): is missing"),
        ([{**ANA, "p90": 1.5}], "from 0 to 1"),
        ([{**ANA, "p10": float("nan")}], "finite"),
        ("nobody", "judgements"),
    ],
)
def test_judgements_that_cannot_be_are_refused(judgements: Any, said: str) -> None:
    document = judged() | {"bridge": {**CERTAIN["bridge"], "prevalence": {"judgements": judgements}}}
    with pytest.raises(DocumentRefused) as refused:
        read(document)
    assert refused.value.problems[0].path.startswith("bridge.prevalence")
    assert said in str(refused.value)


def test_judgements_change_together() -> None:
    before, after = judged(ANA), judged(ANA, BO)
    assert changed_paths(before, after) == ("bridge.prevalence",)


@given(st.lists(st.floats(0.1, 100), min_size=3, max_size=3, unique=True), st.integers(1, 5))
def test_people_who_agree_say_what_one_of_them_says(values: list[float], people: int) -> None:
    low, middle, high = sorted(values)
    one = {"p10": low, "p50": middle, "p90": high}
    combined = Estimate.model_validate({"judgements": [{"by": str(n), **one} for n in range(people)]})
    assert (combined.p10, combined.p50, combined.p90) == pytest.approx((low, middle, high))


@pytest.mark.parametrize("people", [1, 2, 3, 5])
@pytest.mark.parametrize("low", [0.1, 1.0, 10 / 3, 99.9999])
def test_people_who_agree_on_neighbouring_numbers_are_not_refused(low: float, people: int) -> None:
    middle = math.nextafter(low, math.inf)
    one = {"p10": low, "p50": middle, "p90": math.nextafter(middle, math.inf)}
    combined = Estimate.model_validate({"judgements": [{"by": str(n), **one} for n in range(people)]})
    assert {name: getattr(combined, name) for name in one} == one
