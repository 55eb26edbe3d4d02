"""Finding a text within another by an index of trigrams, the three letters that each place begins.

What is found is what a search through every text would find. Words of one or two letters have no trigram and are
sought that way, among what the longer ones leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, Engine, Text, column, func, inspect, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import ARRAY

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


def said_in_proposals(words: Sequence[str], searching: Searching) -> list[ColumnElement[bool]]:
    """What must hold of a proposal in which every one of the words occurs, in small letters as `search` holds them."""
    long = [word for word in words if len(word) >= _LETTERS]
    short = [word for word in words if len(word) < _LETTERS]
    match searching:
        case Searching.SQLITE:
            return [*_in_sqlite(long), *map(_contains, short)]
        case Searching.POSTGRESQL:
            return [*map(_in_postgresql, long), *map(_contains, words)]
        case Searching.THROUGH_ALL:
            return [*map(_contains, words)]


def _contains(word: str) -> ColumnElement[bool]:
    return ProposalRow.search.contains(word, autoescape=True)


def _in_sqlite(words: Sequence[str]) -> list[ColumnElement[bool]]:
    if not words:
        return []
    # A phrase in quotes is text to the index, whatever it holds; its trigrams in a row are the word itself.
    phrases = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)
    rows = select(_INDEX.c.rowid).where(_INDEX.c.search_index.op("MATCH")(phrases))
    return [ProposalRow.id.in_(select(_NUMBERS.c.proposal_id).where(_NUMBERS.c.number.in_(rows)))]


def _in_postgresql(word: str) -> ColumnElement[bool]:
    """That every trigram occurs; that they stand in a row, the comparison with the text says."""
    kept = literal_column("proposals.search_trigrams", ARRAY(Text))
    found: ColumnElement[bool] = kept.contains(func.groundwork_trigrams(literal(word), type_=ARRAY(Text)))
    return found
