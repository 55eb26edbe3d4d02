"""Finding a text within another by an index of trigrams, the three letters that each place begins.

What is found is what a search through every text would find. Words of one or two letters have no trigram and are
sought that way, among what the longer ones leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Engine,
    Select,
    Text,
    UnaryExpression,
    column,
    func,
    inspect,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.operators import custom_op

from .models import ProposalRow

_LETTERS = 3
# Made by the migrations: each database has its own kind.
_NUMBERS = table("search_numbers", column("number"), column("proposal_id"))
_INDEX = table("search_index", column("rowid"), column("search_index"))


class Searching(StrEnum):
    """How the database finds a text within another."""

    THROUGH_ALL = "through all"
    SQLITE = "SQLite's full-text search"
    POSTGRESQL = "arrays of trigrams"


def searching_of(engine: Engine) -> Searching:
    """How this database finds texts: SQLite has an index where it was built with one."""
    if engine.dialect.name == "postgresql":
        return Searching.POSTGRESQL
    return Searching.SQLITE if inspect(engine).has_table("search_index") else Searching.THROUGH_ALL


def said_in_text(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """What must hold of a proposal in which every one of the words occurs; its text is read for that.

    The words are in small letters, as `search` holds them.
    """
    return [ProposalRow.search.contains(word, autoescape=True) for word in words]


def said_by_index(words: Sequence[str], searching: Searching) -> list[ColumnElement[bool]]:
    """The same by the index, as far as it goes."""
    long = [word for word in words if len(word) >= _LETTERS]
    short = [word for word in words if len(word) < _LETTERS]
    match searching:
        case Searching.SQLITE:
            return [*_in_sqlite(long), *said_in_text(short)]
        case Searching.POSTGRESQL:
            # The text comes first: where the planner looks at every row, the array of each would have to be unpacked.
            return [*said_in_text(words), *map(_in_postgresql, long)]
        case Searching.THROUGH_ALL:
            return said_in_text(words)


def counted_by_index(words: Sequence[str], searching: Searching, most: int) -> Select[int] | None:
    """How many proposals the index gives, up to a number; None where it would have to find all of them first."""
    long = [word for word in words if len(word) >= _LETTERS]
    if searching is not Searching.SQLITE or not long:
        return None
    return select(func.count()).select_from(_rows_in_sqlite(long).limit(most).subquery())


def unindexed(condition: ColumnElement[bool], searching: Searching) -> ColumnElement[bool]:
    """The condition, to be looked at in what the index of the search gives.

    SQLite knows nothing of how many rows a text is in, and would go through an index of lists instead: the sign keeps
    it from that (sqlite.org/optoverview.html, disqualifying terms).
    """
    if searching is not Searching.SQLITE:
        return condition
    return UnaryExpression(condition.self_group(), operator=custom_op("+"), type_=Boolean())


def _in_sqlite(words: Sequence[str]) -> list[ColumnElement[bool]]:
    if not words:
        return []
    numbers = _NUMBERS.c.number.in_(_rows_in_sqlite(words))
    return [ProposalRow.id.in_(select(_NUMBERS.c.proposal_id).where(numbers))]


def _rows_in_sqlite(words: Sequence[str]) -> Select[int]:
    # A phrase in quotes is text to the index, whatever it holds; its trigrams in a row are the word itself.
    phrases = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)
    return select(_INDEX.c.rowid).where(_INDEX.c.search_index.op("MATCH")(phrases))


def _in_postgresql(word: str) -> ColumnElement[bool]:
    """That every trigram occurs; that they stand in a row, the comparison with the text says."""
    kept = literal_column("proposals.search_trigrams", ARRAY(Text))
    found: ColumnElement[bool] = kept.contains(func.groundwork_trigrams(literal(word), type_=ARRAY(Text)))
    return found
