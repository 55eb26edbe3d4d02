"""The contract of every format of data."""

from __future__ import annotations

import pytest

from scoping.reports import formats_of_data
from tests.scoping.reports import contract
from tests.scoping.reports.samples import HOSTILE, LIKE_DATA, NAMES

pytestmark = pytest.mark.long

FORMATS = list(formats_of_data())


@pytest.mark.parametrize("format_", FORMATS)
def test_a_format_says_what_it_is(format_: str) -> None:
    contract.says_what_it_is(format_, formats_of_data()[format_])


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_it_refuses_nothing(format_: str, name: str) -> None:
    contract.refuses_nothing(format_, name)


@pytest.mark.parametrize("format_", FORMATS)
def test_it_is_the_same_file_twice(format_: str) -> None:
    contract.is_repeatable(format_, "visual_inspection")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("text", [*HOSTILE, *LIKE_DATA], ids=lambda text: ascii(text)[:24])
def test_what_people_typed_stays_text(format_: str, text: str) -> None:
    contract.keeps_text_text(format_, text)
