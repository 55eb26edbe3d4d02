"""A minimum, what is most likely and a maximum: their distribution, and the document that holds them."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.integrate import quad

from db.differences import changed_paths
from scoping import DocumentRefused, Estimate, content_hash, read, to_dict, write
from scoping.document.ends import Ends, pert
from scoping.document.estimate import largest_conceivable, mean_of, quantile_function
from scoping.document.merging import merge
from scoping.document.paths import with_value
from tests.documents import CERTAIN, UNCERTAIN, proposal
from tests.schemas import published

CHANCES = np.linspace(0.001, 0.999, 333)
GIVEN = {"minimum": 80, "likely": 120, "maximum": 300}
numbers = st.floats(-1e12, 1e12)
triples = st.lists(numbers, min_size=3, max_size=3).map(sorted)


def ends(values: list[float]) -> Ends:
    """Three numbers as ends, where they are further apart than rounding."""
    low, _, high = values
    assume(high - low > 1e-6 * max(abs(low), abs(high), 1e-6))
    return Ends(minimum=values[0], likely=values[1], maximum=values[2])


def holding(value: Any) -> dict[str, Any]:
    return with_value(CERTAIN, "bridge.value_of_catch", value)


@pytest.mark.parametrize(
    ("likely", "distribution"),
    [
        # Betas with whole parameters have polynomials for distribution functions.
        (0.0, lambda x: 1 - (1 - x) ** 5),
        (0.25, lambda x: 1 - (1 - x) ** 5 - 5 * x * (1 - x) ** 4),
        (0.5, lambda x: 10 * x**3 - 15 * x**4 + 6 * x**5),
        (0.75, lambda x: 5 * x**4 - 4 * x**5),
        (1.0, lambda x: x**5),
    ],
)
def test_the_quantile_function_is_the_inverse_of_the_closed_form(likely: float, distribution: Any) -> None:
    quantile = pert(Ends(minimum=10, likely=10 + 20 * likely, maximum=30))
    assert distribution((quantile(CHANCES) - 10) / 20) == pytest.approx(CHANCES, abs=1e-12)


@given(triples)
def test_moments_are_those_that_were_published(values: list[float]) -> None:
    """Mean by Malcolm et al. 1959; variance (mean - minimum)(maximum - mean)/7 by Vose 2008, the PERT distribution."""
    given_ends = ends(values)
    low, mode, high = given_ends.numbers
    quantile, width = pert(given_ends), high - low
    mean = quad(lambda p: (quantile(p) - low) / width, 0, 1, limit=200)[0]
    second = quad(lambda p: ((quantile(p) - low) / width) ** 2, 0, 1, limit=200)[0]
    expected = ((low + 4 * mode + high) / 6 - low) / width
    assert mean == pytest.approx(expected, abs=1e-6)
    assert second - mean**2 == pytest.approx(expected * (1 - expected) / 7, abs=1e-6)
    assert given_ends.mean == pytest.approx((low + 4 * mode + high) / 6, abs=1e-9 * width + 1e-9 * abs(mode))


@given(triples)
@example([-524287.0, 0.0, 1.7])
def test_values_rise_between_the_ends_and_are_densest_at_the_likely_one(values: list[float]) -> None:
    given_ends = ends(values)
    low, mode, high = given_ends.numbers
    found = pert(given_ends)(np.linspace(0, 1, 401))
    assert (found[0], found[-1]) == (low, high)
    steps = np.diff(found)
    assert np.all(steps >= 0)
    assert np.all((low <= found) & (found <= high))
    # Of steps of one chance, the shortest lies around the mode, or beside the one that does.
    shortest = int(np.argmin(steps))
    near = 1e-6 * (high - low)
    assert found[max(shortest - 1, 0)] - near <= mode <= found[min(shortest + 2, 400)] + near


@given(triples)
def test_the_three_quantiles_are_those_of_the_distribution(values: list[float]) -> None:
    given_ends = ends(values)
    estimate = Estimate.between(*given_ends.numbers)
    assert values[0] <= estimate.p10 <= estimate.p50 <= estimate.p90 <= values[2]
    assert [estimate.p10, estimate.p50, estimate.p90] == sorted(pert(given_ends)([0.1, 0.5, 0.9]))
    assert mean_of(estimate, 0, None) == given_ends.mean
    assert largest_conceivable(estimate, 0) is None
    # Neither the field's bounds nor the lack of them move what bounds itself.
    assert np.array_equal(
        quantile_function(estimate, -1e15, 1e15)(CHANCES), quantile_function(estimate, 0, None)(CHANCES)
    )


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted))
def test_a_share_and_what_it_leaves_are_mirrored(values: list[float]) -> None:
    share = ends(values)
    rest = Ends(minimum=1 - share.maximum, likely=1 - share.likely, maximum=1 - share.minimum)
    assert pert(rest)(CHANCES) == pytest.approx(1 - pert(share)(1 - CHANCES), abs=1e-9)


@given(triples, st.floats(1e-3, 1e3))
def test_the_distribution_scales_with_its_unit(values: list[float], scale: float) -> None:
    given_ends = ends(values)
    larger = Ends(**{name: scale * number for name, number in given_ends.model_dump().items()})
    width = scale * (given_ends.maximum - given_ends.minimum)
    assert pert(larger)(CHANCES) == pytest.approx(scale * pert(given_ends)(CHANCES), rel=1e-9, abs=1e-6 * width)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3).map(sorted))
@example([-1.7e308, 0.0, 1.7e308])
@example([0.0, 5e-324, 1e-323])
@example([1.0, 1.0, 1.0000000000000002])
def test_whatever_three_numbers_rise_are_an_estimate_that_comes_back(values: list[float]) -> None:
    estimate = Estimate.between(*values)
    assert values[0] <= estimate.p10 <= estimate.p50 <= estimate.p90 <= values[2]
    assert values[0] <= mean_of(estimate, 0, None) <= values[2]
    assert Estimate.model_validate(json.loads(json.dumps(estimate.model_dump()))) == estimate


def test_three_equal_ends_are_one_number() -> None:
    assert Estimate.between(5, 5, 5) == Estimate.of(5)
    assert to_dict(read(holding({"minimum": 5, "likely": 5, "maximum": 5}))) == to_dict(read(holding(5)))
    assert content_hash(read(holding({"minimum": 5, "likely": 5, "maximum": 5}))) == content_hash(read(holding(5)))


def test_ends_come_back_and_are_what_counts_in_the_hash() -> None:
    document = read(holding(GIVEN))
    assert to_dict(document)["bridge"]["value_of_catch"] == GIVEN
    assert read(write(document)) == document
    published().validate(to_dict(document))
    other = read(holding({**GIVEN, "maximum": 301}))
    as_quantiles = read(holding(Estimate.model_validate(GIVEN).quantiles))
    assert len({content_hash(each) for each in (document, other, as_quantiles)}) == 3


def test_the_hash_of_a_document_without_ends_is_what_it_was() -> None:
    assert content_hash(read(UNCERTAIN)) == "2:84f6df6ba3c4f6c05a414e72a3242926b41d8f31ee41f2b4f372296b70f67e64"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"minimum": 300, "likely": 120, "maximum": 400}, "Likely is 120 and Minimum is 300: none of minimum, likely"),
        ({"minimum": 80, "likely": 120, "maximum": 100}, "Maximum is 100 and Likely is 120"),
        ({"minimum": 80, "likely": 120}, "Maximum: is missing"),
        ({"likely": 120}, "Minimum: is missing"),
        ({**GIVEN, "minimum": "80"}, "Minimum: must be a number"),
        ({**GIVEN, "maximum": None}, "Maximum: must be a number"),
        ({**GIVEN, "likely": True}, "Likely: must be a number"),
        ({**GIVEN, "likely": [1]}, "Likely: must be a number"),
        ({**GIVEN, "maximum": float("nan")}, "Maximum: must be a finite number"),
        ({**GIVEN, "maximum": float("inf")}, "Maximum: must be a finite number"),
        ({**GIVEN, "p50": 120}, "p50 is not a field here; allowed: minimum, likely, maximum"),
        ({"p10": 80, "p50": 120, "p90": 300, "minimum": 1}, "either minimum, likely and maximum, or p10, p50 and p90"),
        ({**GIVEN, "mean": 3}, "mean is not a field here"),
        ({**GIVEN, "judgements": []}, "judgements is not a field here"),
        ({"p10": 80, "p50": 120, "p90": 300, "ends": GIVEN}, "is not a field here"),
        ({**GIVEN, "maximum": 1e308}, "Maximum: must be a number from 0 to 1,000,000,000,000,000"),
        ({**GIVEN, "minimum": -1}, "Minimum: must be a number from 0 to"),
    ],
)
def test_what_are_no_ends_is_refused_by_name(raw: dict[str, Any], said: str) -> None:
    with pytest.raises(DocumentRefused, match=said) as refused:
        read(holding(raw))
    assert refused.value.problems[0].path == "bridge.value_of_catch"


@pytest.mark.parametrize("raw", [GIVEN, {"minimum": 5, "likely": 5, "maximum": 5}, {**GIVEN, "minimum": 0}])
def test_the_schema_takes_what_the_reader_takes(raw: dict[str, Any]) -> None:
    published().validate(to_dict(read(holding(raw))))
    published().validate(holding(raw))


@pytest.mark.parametrize(
    "raw",
    [
        {"minimum": 80, "likely": 120},
        {**GIVEN, "p50": 120},
        {**GIVEN, "minimum": "80"},
        {**GIVEN, "minimum": -1},
        {**GIVEN, "maximum": 1e308},
        {"p10": 80, "p50": 120, "p90": 300, "ends": GIVEN},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(raw: dict[str, Any]) -> None:
    with pytest.raises(DocumentRefused):
        read(holding(raw))
    with pytest.raises(jsonschema.ValidationError):
        published().validate(holding(raw))


@pytest.mark.parametrize(
    ("path", "raw", "is_taken"),
    [
        ("returns.adoption", {"minimum": 0, "likely": 0.8, "maximum": 1}, True),
        ("returns.adoption", {"minimum": 0.5, "likely": 1, "maximum": 1}, True),
        ("returns.adoption", {"minimum": 0.5, "likely": 0.9, "maximum": 1.01}, False),
        ("returns.volume_growth", {"minimum": -0.3, "likely": -0.1, "maximum": 0.2}, True),
        ("returns.volume_growth", {"minimum": -1, "likely": -0.1, "maximum": 0.2}, False),
        ("returns.ramp_months", {"minimum": 0, "likely": 0, "maximum": 9}, True),
        ("bridge.cases_per_month", {"minimum": 500, "likely": 1000, "maximum": 1000}, True),
        ("alternatives.2.build_months", {"minimum": 2, "likely": 4, "maximum": 900}, False),
        ("alternatives.2.metrics.recall", {"minimum": 0.6, "likely": 0.8, "maximum": 0.9}, True),
        ("alternatives.2.metrics.recall", {"minimum": 0.6, "likely": 0.8, "maximum": 1.2}, False),
        ("alternatives.2.costs.0.amount", {"minimum": 0, "likely": 20_000, "maximum": 90_000}, True),
        ("feasibility.ceilings.recall", {"minimum": 0.9, "likely": 0.95, "maximum": 1}, True),
    ],
)
def test_every_kind_of_field_takes_ends_within_its_bounds(path: str, raw: dict[str, float], is_taken: bool) -> None:
    document = with_value(CERTAIN, path, raw)
    if is_taken:
        assert read(write(read(document))) == read(document)
        return
    with pytest.raises(DocumentRefused, match=r"Maximum|Minimum") as refused:
        read(document)
    assert refused.value.problems[0].path == path


def test_ends_change_together() -> None:
    before, after = to_dict(read(holding(GIVEN))), to_dict(read(holding({**GIVEN, "likely": 130})))
    assert changed_paths(before, after) == ("bridge.value_of_catch",)
    assert changed_paths(to_dict(proposal(bridge__value_of_catch={"p10": 80, "p50": 120, "p90": 200})), after) == (
        "bridge.value_of_catch",
    )


def test_two_people_who_change_one_range_are_asked_and_each_range_is_whole() -> None:
    base = to_dict(read(holding({"p10": 80, "p50": 120, "p90": 300})))
    mine = to_dict(read(holding(GIVEN)))
    theirs = to_dict(read(holding({"p10": 90, "p50": 120, "p90": 300})))
    found = merge(base, mine, theirs)
    [clash] = found.clashes
    assert (clash.path, clash.mine) == ("bridge.value_of_catch", GIVEN)
    assert clash.theirs == {"p10": 90, "p50": 120, "p90": 300}
    assert read(found.settled({clash.path: True})) == read(mine)
    other = with_value(base, "returns.adoption", 0.7)
    assert merge(base, mine, other).clashes == ()
    assert read(merge(base, mine, other).document) == read(with_value(mine, "returns.adoption", 0.7))
    # Two people who move one end each have said two different things.
    narrow, wide = (
        with_value(mine, "bridge.value_of_catch.minimum", 90),
        with_value(mine, "bridge.value_of_catch.maximum", 400),
    )
    assert [each.path for each in merge(mine, narrow, wide).clashes] == ["bridge.value_of_catch"]


def test_ends_that_are_no_numbers_are_no_estimate_on_their_own() -> None:
    with pytest.raises(ValidationError, match="is not a field here"):
        Estimate.model_validate({"ends": GIVEN})
