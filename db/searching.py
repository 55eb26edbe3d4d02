"""Finding a text within another by an index of trigrams, the three letters that each place begins.

What is found is what a search through every text would find. Words of one or two letters have no trigram and are
sought that way, among what the longer ones leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Engine,
    Select,
    TableClause,
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
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.operators import custom_op

from .models import DecisionRow, ProposalRow

_LETTERS = 3


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


@dataclass(frozen=True)
class Index:
    """The index over the folded text of one table's rows, which `identity` names.

    `found` is SQLite's index, `numbers` its numbers of the rows where those are no numbers themselves; `trigrams` is
    PostgreSQL's column.
    """

    identity: InstrumentedAttribute[Any]
    text: InstrumentedAttribute[str]
    found: TableClause
    trigrams: str
    numbers: TableClause | None = None

    def said_in_text(self, words: Sequence[str]) -> list[ColumnElement[bool]]:
        """What must hold of a row in which every one of the words occurs; its text is read for that.

        The words are in small letters, as the text is.
        """
        return [self.text.contains(word, autoescape=True) for word in words]

    def said(self, words: Sequence[str], searching: Searching) -> list[ColumnElement[bool]]:
        """The same by the index, as far as it goes."""
        long = [word for word in words if len(word) >= _LETTERS]
        short = [word for word in words if len(word) < _LETTERS]
        match searching:
            case Searching.SQLITE:
                return [*self._in_sqlite(long), *self.said_in_text(short)]
            case Searching.POSTGRESQL:
                # The text comes first: where the planner looks at every row, the array of each would be unpacked.
                return [*self.said_in_text(words), *map(self._in_postgresql, long)]
            case Searching.THROUGH_ALL:
                return self.said_in_text(words)

    def counted(self, words: Sequence[str], searching: Searching, most: int) -> Select[int] | None:
        """How many rows the index gives, up to a number; None where it would have to find all of them first."""
        long = [word for word in words if len(word) >= _LETTERS]
        if searching is not Searching.SQLITE or not long:
            return None
        return select(func.count()).select_from(self._rows_in_sqlite(long).limit(most).subquery())

    def _in_sqlite(self, words: Sequence[str]) -> list[ColumnElement[bool]]:
        if not words:
            return []
        rows = self._rows_in_sqlite(words)
        if self.numbers is None:
            return [self.identity.in_(rows)]
        return [self.identity.in_(select(self.numbers.c.proposal_id).where(self.numbers.c.number.in_(rows)))]

    def _rows_in_sqlite(self, words: Sequence[str]) -> Select[int]:
        # A phrase in quotes is text to the index, whatever it holds; its trigrams in a row are the word itself.
        phrases = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)
        return select(self.found.c.rowid).where(self.found.c[self.found.name].op("MATCH")(phrases))

    def _in_postgresql(self, word: str) -> ColumnElement[bool]:
        """That every trigram occurs; that they stand in a row, the comparison with the text says."""
        kept = literal_column(self.trigrams, ARRAY(Text))
        found: ColumnElement[bool] = kept.contains(func.groundwork_trigrams(literal(word), type_=ARRAY(Text)))
        return found


def _found(name: str) -> TableClause:
    """Made by the migrations: each database has its own kind."""
    return table(name, column("rowid"), column(name))


PROPOSALS = Index(
    ProposalRow.id,
    ProposalRow.search,
    _found("search_index"),
    "proposals.search_trigrams",
    table("search_numbers", column("number"), column("proposal_id")),
)
DECISIONS = Index(DecisionRow.id, DecisionRow.search, _found("search_decisions"), "decisions.search_trigrams")


def unindexed(condition: ColumnElement[bool], searching: Searching) -> ColumnElement[bool]:
    """The condition, to be looked at in what the index of the search gives.

    SQLite knows nothing of how many rows a text is in, and would go through an index of lists instead: the sign keeps
    it from that (sqlite.org/optoverview.html, disqualifying terms).
    """
    if searching is not Searching.SQLITE:
        return condition
    return UnaryExpression(condition.self_group(), operator=custom_op("+"), type_=Boolean())
