"""Each column of the list is written, read back and sorted, on both databases; a part that is missing is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import pytest

from db import SORTS, Filters, Listed, Store, open_store
from db.columns import LIST_COLUMNS, ListColumn
from db.models import ProposalRow
from scoping import Assessment, Proposal, assess, examples, read
from tests.conftest import empty_postgresql
from tests.documents import CERTAIN, UNCERTAIN, best_answers, proposal

BY_NAME = {column.name: column for column in LIST_COLUMNS}
A_BARE_IDEA = {"title": "An idea", "currency": "USD"}


@cache
def proposals() -> dict[str, Proposal]:
    """By title; among them one of which nothing can be valued."""
    found = (
        proposal(CERTAIN, team="Vision", owner="Ana", feasibility__answers=best_answers()),
        proposal(UNCERTAIN, team="Routing", owner="Bo"),
        read(A_BARE_IDEA),
        examples.load("stock_price"),
    )
    return {each.title: each for each in found}


@cache
def assessments() -> dict[str, Assessment]:
    return {title: assess(each) for title, each in proposals().items()}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds the proposals, on each database."""
    folder = tmp_path_factory.mktemp("columns")
    url = f"sqlite:///{folder / 'groundwork.db'}"
    if request.param == "postgresql":
        url = empty_postgresql(request.getfixturevalue("postgresql"), folder.name)
    store = open_store(url, lambda each: assessments()[each.title])
    for each in proposals().values():
        store.create(each)
    yield store
    store.close()


@pytest.mark.parametrize("name", BY_NAME)
def test_no_part_of_a_list_column_is_missing(name: str) -> None:
    parts = {
        "ProposalRow in db/models.py": set(ProposalRow.__table__.columns.keys()),
        "Listed in db/records.py": {field.name for field in fields(Listed)},
    }
    assert [f"{part} lacks {name!r}" for part, names in parts.items() if name not in names] == []


@pytest.mark.parametrize("column", LIST_COLUMNS, ids=lambda column: column.name)
def test_a_list_column_is_read_back_as_it_follows_from_the_assessment(filled: Store, column: ListColumn) -> None:
    found = {row.title: getattr(row, column.name) for row in filled.list().rows}
    assert found == {title: column.value(each, assessments()[title]) for title, each in proposals().items()}
    assert len(set(found.values())) > 1, "values that are all alike would hide a mistake"
    if column.vocabulary is not None:
        assert {type(value) for value in found.values()} == {column.vocabulary}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", SORTS)
def test_a_list_is_sorted_by_its_column_and_what_has_no_value_comes_last(
    filled: Store, name: str, descending: bool
) -> None:
    values = [getattr(row, name) for row in filled.list(Filters(sort=name, descending=descending)).rows]
    known = [value for value in values if value is not None]
    unknown = len(values) - len(known)
    assert values == [*sorted(known, reverse=descending), *[None] * unknown]
    assert len(set(known)) > 1


def test_some_of_the_lists_that_are_sorted_here_have_gaps(filled: Store) -> None:
    gaps = {name for name in SORTS if None in [getattr(row, name) for row in filled.list().rows]}
    assert {"npv_mean", "feasibility_score"} <= gaps


def test_a_list_is_sorted_by_what_is_declared_sortable_and_by_the_last_save() -> None:
    assert set(SORTS) == {"saved_at", *(column.name for column in LIST_COLUMNS if column.sortable)}
    assert SORTS[0] == Filters().sort


def test_what_is_no_sortable_column_sorts_by_the_last_save(filled: Store) -> None:
    assert filled.list(Filters(sort="document")).rows == filled.list(Filters(sort="saved_at")).rows
