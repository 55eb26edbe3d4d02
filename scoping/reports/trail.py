"""The audit trail as a file for a spreadsheet: who did what, when, to which proposal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..text.languages import Language, message
from .listed import Column, render_list, yes

TITLE = message("Audit trail")


@dataclass(frozen=True)
class TrailLine:
    """One deed. `at` is in UTC; `is_verified` says that the name comes from a sign-in."""

    at: datetime
    actor: str
    is_verified: bool
    action: str
    detail: str
    proposal_id: str
    title: str


_COLUMNS: tuple[Column[TrailLine], ...] = (
    Column(message("When (UTC)"), lambda line: line.at.strftime("%Y-%m-%d %H:%M:%S"), 20),
    Column(message("Who"), lambda line: line.actor, 30),
    Column(message("By sign-in"), lambda line: yes(line.is_verified), 10),
    Column(message("What"), lambda line: line.action, 26),
    Column(message("Detail"), lambda line: line.detail, 50),
    Column(message("Proposal"), lambda line: line.title, 44),
    Column(message("Proposal's id"), lambda line: line.proposal_id, 38),
)


def render_trail(lines: Iterable[TrailLine], name: str, language: Language) -> bytes:
    """The file, in a language. What people typed stays as they typed it."""
    return render_list(TITLE, _COLUMNS, lines, name, language)
