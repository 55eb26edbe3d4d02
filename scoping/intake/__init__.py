"""Ideas: how a proposal begins, as four fields; how many are read from a table, and which proposals are like one."""

from .columns import COLUMNS, Column
from .idea import LONGEST_IDEA_TEXT, Idea, idea_typed, proposal_of
from .likeness import Likeness, shared_words, text_compared
from .rough import Rough, RoughWorth, worth_a_year
from .table import HEADING_WITHIN, MOST_IDEAS, Cell, CellRefused, IdeasRead, Table, most_headings, read_ideas

__all__ = [
    "COLUMNS",
    "HEADING_WITHIN",
    "LONGEST_IDEA_TEXT",
    "MOST_IDEAS",
    "Cell",
    "CellRefused",
    "Column",
    "Idea",
    "IdeasRead",
    "Likeness",
    "Rough",
    "RoughWorth",
    "Table",
    "idea_typed",
    "most_headings",
    "proposal_of",
    "read_ideas",
    "shared_words",
    "text_compared",
    "worth_a_year",
]
