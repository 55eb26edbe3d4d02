"""The database's errors stand in the one tree of errors."""

from __future__ import annotations

import inspect

import pytest

from db import (
    BackupRefused,
    DecisionRefused,
    PersonRefused,
    RateRefused,
    RoundRefused,
    SettingRefused,
    StoreError,
    ValueRefused,
    errors,
)
from scoping.errors import GroundworkError, Refused

OWN = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if each.__module__ == errors.__name__ and issubclass(each, Exception)
]
REFUSED = [BackupRefused, DecisionRefused, PersonRefused, RateRefused, RoundRefused, SettingRefused, ValueRefused]


@pytest.mark.parametrize("error", OWN, ids=lambda error: error.__name__)
def test_every_error_is_one_of_the_store_and_stands_in_the_overview(error: type[Exception]) -> None:
    assert issubclass(error, StoreError)
    assert issubclass(error, GroundworkError)
    assert f"── {error.__name__}" in (errors.__doc__ or "")


def test_what_is_refused_is_caught_with_everything_that_is_refused() -> None:
    assert [error for error in OWN if issubclass(error, Refused)] == REFUSED
