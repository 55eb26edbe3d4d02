"""The database's errors stand in the one tree of errors."""

from __future__ import annotations

import inspect

import pytest

from db import (
    StoreError,
    errors,
)
from scoping.errors import GroundworkError, Refused

OWN = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if each.__module__ == errors.__name__ and issubclass(each, Exception)
]
SAY_WHAT_IS_WRONG = {each for each in OWN if each.__name__.endswith("Refused")} - {errors.RowRefused}


@pytest.mark.parametrize("error", OWN, ids=lambda error: error.__name__)
def test_every_error_is_one_of_the_store_and_stands_in_the_overview(error: type[Exception]) -> None:
    assert issubclass(error, StoreError)
    assert issubclass(error, GroundworkError)
    assert f"── {error.__name__}" in (errors.__doc__ or "")


def test_what_is_refused_is_caught_with_everything_that_is_refused() -> None:
    assert {error for error in OWN if issubclass(error, Refused)} == SAY_WHAT_IS_WRONG
    assert len(SAY_WHAT_IS_WRONG) > 10
