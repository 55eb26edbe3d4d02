"""By what people sort proposals beside the columns of a list: tags, and the organisation's own fields with choices.

They stand in the document. Beside it a row for each, so that a list is filtered by an index and no document is read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scoping.vocabulary import OwnKind

from .access import Person
from .mapping import plain
from .models import Base, ProposalRow
from .queries import MOST_CHOICES, in_use_by

TAG, _OWN = "tag", "own."
LONGEST = 200
"""By so many letters labels are told apart."""
BETWEEN = "="
"""Between the short name of an own field and its value, where both are one text."""


class LabelRow(Base):
    """A tag of a proposal as it is now, or what one of its own fields says. Written anew with each version."""

    __tablename__ = "proposal_labels"

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    value: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)

    __table_args__ = (Index("proposal_labels_by_value", "name", "value", "proposal_id"),)


def labels_of(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and value of each label of a document, once, in order."""
    declared = (document.get("organisation") or {}).get("fields") or ()
    choices = {each.get("id") for each in declared if each.get("kind") == OwnKind.CHOICE}
    own = {name: value for name, value in (document.get("own") or {}).items() if name in choices}
    found = [(TAG, each) for each in document.get("tags") or ()]
    found += [(f"{_OWN}{name}", value) for name, value in own.items() if isinstance(value, str)]
    cut = ((name, _as_kept(value)) for name, value in found)
    return sorted({each for each in cut if each[1]})


def _as_kept(value: str) -> str:
    """A value as it stands in its row, and as it is looked for; letters that look the same are the same."""
    return unicodedata.normalize("NFC", plain(value)).strip()[:LONGEST].strip()


def write_labels(session: Session, row: ProposalRow) -> None:
    """The labels of what the row says now, in place of those of the version before."""
    session.execute(delete(LabelRow).where(LabelRow.proposal_id == row.id))
    found = [{"proposal_id": row.id, "name": name, "value": value} for name, value in labels_of(row.document)]
    if found:
        session.execute(insert(LabelRow), found)


def labelled(tags: Sequence[str], own: Sequence[str]) -> list[ColumnElement[bool]]:
    """That a proposal has one of the tags, and of each own field that is named one of the values."""
    wanted = {TAG: [*tags]} if tags else {}
    for each in own:
        name, _, value = each.partition(BETWEEN)
        wanted.setdefault(f"{_OWN}{name}", []).append(value)
    return [_has(name, values) for name, values in wanted.items()]


def _has(name: str, values: Iterable[str]) -> ColumnElement[bool]:
    texts = [*map(_as_kept, values)]
    has = select(LabelRow.proposal_id).where(LabelRow.name == plain(name), LabelRow.value.in_(texts))
    return ProposalRow.id.in_(has)


def tags_of(person: Person, *conditions: ColumnElement[bool]) -> Select[str]:
    """The tags of proposals that are not archived and that the person may see, each once, in order."""
    seen = select(ProposalRow.id).where(in_use_by(person), *conditions)
    said = select(LabelRow.value).where(LabelRow.name == TAG, LabelRow.proposal_id.in_(seen))
    return said.distinct().order_by(LabelRow.value).limit(MOST_CHOICES)
